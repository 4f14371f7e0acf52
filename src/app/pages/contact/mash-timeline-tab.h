/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tab “Timeline”: what happened, newest first, filtered by significance and by words, and
 * what is known of the entry that is chosen.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_TIMELINE_TAB (mash_timeline_tab_get_type ())

G_DECLARE_FINAL_TYPE (MashTimelineTab, mash_timeline_tab, MASH, TIMELINE_TAB, MashContactPart)

void mash_timeline_tab_load   (MashTimelineTab *self);
void mash_timeline_tab_search (MashTimelineTab *self);

G_END_DECLS
