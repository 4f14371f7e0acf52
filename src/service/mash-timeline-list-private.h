/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How the service makes a list of a view. Private to the service. */

#include "mash-rows.h"
#include "mash-timeline-list.h"

G_BEGIN_DECLS

/* Asks for the rows of @n_keys keys; whoever does gives them to mash_timeline_list_take_rows(). */
typedef void (*MashTimelineRead) (MashTimelineList      *list,
                                  guint                  first,
                                  const MashTimelineKey *keys,
                                  guint                  n_keys,
                                  gpointer               source);

MashTimelineList *mash_timeline_list_new       (const MashTimelineView *view,
                                                MashTimelineReading    *reading,
                                                MashTimelineRead        read,
                                                GObject                *source) G_GNUC_WARN_UNUSED_RESULT;
void              mash_timeline_list_take_rows (MashTimelineList       *self,
                                                guint                   first,
                                                GPtrArray              *rows);

G_END_DECLS
