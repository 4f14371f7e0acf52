/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A view of a timeline as a list: it knows the key of every line and has the rows of those that
 * were looked at last.
 *
 * Items are MashTimelineItem. One whose row is still being read has only its time, and gets the
 * rest within a moment. The list does not change; when the timeline does, a new one is opened. Main
 * thread.
 */

#include <gio/gio.h>

#include "mash-item.h"
#include "mash-timeline-view.h"

G_BEGIN_DECLS

#define MASH_TYPE_TIMELINE_LIST (mash_timeline_list_get_type ())

G_DECLARE_FINAL_TYPE (MashTimelineList, mash_timeline_list, MASH, TIMELINE_LIST, GObject)

const MashTimelineView *mash_timeline_list_get_view  (MashTimelineList *self);
GPtrArray              *mash_timeline_list_get_lanes (MashTimelineList *self);
GPtrArray              *mash_timeline_list_get_agencies (MashTimelineList *self);
gint64                  mash_timeline_list_get_at    (MashTimelineList *self,
                                                      guint             position);
guint                   mash_timeline_list_find_time (MashTimelineList *self,
                                                      gint64            at);
gboolean                mash_timeline_list_is_read   (MashTimelineList *self,
                                                      guint             position);

G_END_DECLS
