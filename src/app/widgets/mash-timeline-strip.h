/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The years of a timeline at a glance: a lane for the household and for each person, a sign where
 * something happened, and the part that the list below shows.
 *
 * How grave a sign is its shape says first: a ring, a disc, a diamond. It is worked by keys too:
 * Left and Right go from month to month in which something happened, Up and Down from lane to lane,
 * Enter takes the list there; the name of the widget says what is under the cursor, and the list is
 * the same in text. Signal `chosen` (gint64: microseconds since 1970).
 */

#include <gtk/gtk.h>

#include "mash-timeline-view.h"

G_BEGIN_DECLS

#define MASH_TYPE_TIMELINE_STRIP (mash_timeline_strip_get_type ())

G_DECLARE_FINAL_TYPE (MashTimelineStrip, mash_timeline_strip, MASH, TIMELINE_STRIP, GtkWidget)

void mash_timeline_strip_set_lanes     (MashTimelineStrip *self,
                                        GPtrArray         *lanes,
                                        gint64             now);
void mash_timeline_strip_set_shown     (MashTimelineStrip *self,
                                        gint64             from,
                                        gint64             to);
int  mash_timeline_strip_get_height_of (MashTimelineStrip *self,
                                        guint              n_lanes);

G_END_DECLS
