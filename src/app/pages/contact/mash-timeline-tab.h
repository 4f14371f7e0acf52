/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tab “Timeline”: what happened to the household, to one person, in this contact, as one agency
 * knew it, or of harm alone; filtered by significance, kind and words; its years at a glance; and
 * what is known of the entry that is chosen.
 */

#include "mash-contact-part.h"
#include "mash-service-timeline.h"

G_BEGIN_DECLS

#define MASH_TYPE_TIMELINE_TAB (mash_timeline_tab_get_type ())

G_DECLARE_FINAL_TYPE (MashTimelineTab, mash_timeline_tab, MASH, TIMELINE_TAB, MashContactPart)

void              mash_timeline_tab_load     (MashTimelineTab *self);
void              mash_timeline_tab_search   (MashTimelineTab *self);
void              mash_timeline_tab_jump     (MashTimelineTab *self);
MashTimelineView *mash_timeline_tab_dup_view (MashTimelineTab *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
