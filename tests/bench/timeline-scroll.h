/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Scrolls the timeline of a contact in the real window, and plain lists beside it.
 *
 * The anchor is a plain list of 1,000 rows that show the same words: the toolkit's own table and
 * labels in a window that has nothing else. What is measured is thus what the timeline costs beyond
 * being a list of such rows: its length, its looks, and the page around it. A list of one short
 * string a row draws a fifth of the letters, and says how much of a frame the words themselves are.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TimelineScroll TimelineScroll;

TimelineScroll *timeline_scroll_new     (const char     *folder,
                                         const char     *contact) G_GNUC_WARN_UNUSED_RESULT;
double          timeline_scroll_ours    (gpointer        data);
double          timeline_scroll_plain   (gpointer        data);
double          timeline_scroll_strings (gpointer        data);
void            timeline_scroll_free    (TimelineScroll *self);

G_END_DECLS
