/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A desk and its central hub, as the window shows them: whether the hub answers, and what waits.
 *
 * Signal of the service: `hub-changed`. What the hub brings comes as `contact-changed` and
 * `counts-changed`, like what is done here.
 */

#include "mash-hub-reading.h"
#include "mash-service.h"
#include "mash-writer.h"

G_BEGIN_DECLS

const MashHubReading *mash_service_get_hub_reading (MashService *self);
gboolean              mash_service_is_enrolled     (MashService *self);
gboolean              mash_service_get_removed     (MashService *self);

/* Who looked, at whatever desk */
void        mash_service_list_hub_looks_async  (MashService          *self,
                                                const char           *contact,
                                                const char           *before,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GListModel *mash_service_list_hub_looks_finish (MashService          *self,
                                                GAsyncResult         *result,
                                                char                **next,
                                                GError              **error);

/* Who else is in a strategy discussion, and where they write */
void        mash_service_tell_writing_async    (MashService          *self,
                                                const char           *discussion,
                                                const char           *place,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GPtrArray  *mash_service_tell_writing_finish   (MashService          *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
