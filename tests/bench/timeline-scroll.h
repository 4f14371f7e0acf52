/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Scrolls the timeline of a contact in the real window, and a plain list beside it. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TimelineScroll TimelineScroll;

TimelineScroll *timeline_scroll_new     (const char *folder,
                                         const char *contact) G_GNUC_WARN_UNUSED_RESULT;
double          timeline_scroll_ours    (gpointer    data);
double          timeline_scroll_plain   (gpointer    data);
void            timeline_scroll_free    (TimelineScroll *self);

G_END_DECLS
