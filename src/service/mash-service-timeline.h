/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The timeline of a family: as a list that reads only what is looked at, and as a whole for a
 * chronology.
 *
 * What the person who is signed in may not see is in neither, and is not counted.
 */

#include "mash-service.h"
#include "mash-timeline-list.h"

G_BEGIN_DECLS

void        mash_service_open_timeline_async    (MashService            *self,
                                                 const MashTimelineView *view,
                                                 GCancellable           *cancellable,
                                                 GAsyncReadyCallback     callback,
                                                 gpointer                user_data);
MashTimelineList *
            mash_service_open_timeline_finish   (MashService            *self,
                                                 GAsyncResult           *result,
                                                 GError                **error);
void        mash_service_list_chronology_async  (MashService            *self,
                                                 const MashTimelineView *view,
                                                 GCancellable           *cancellable,
                                                 GAsyncReadyCallback     callback,
                                                 gpointer                user_data);
GListModel *mash_service_list_chronology_finish (MashService            *self,
                                                 GAsyncResult           *result,
                                                 GError                **error);

G_END_DECLS
