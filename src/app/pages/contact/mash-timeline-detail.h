/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is known of one entry of the timeline: when, how grave, whole words, where it comes from,
 * whom it is about, who wrote it; the way to what it came from; and taking back what oneself wrote
 * by hand.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_TIMELINE_DETAIL (mash_timeline_detail_get_type ())

G_DECLARE_FINAL_TYPE (MashTimelineDetail, mash_timeline_detail, MASH, TIMELINE_DETAIL,
                      MashContactPart)

void mash_timeline_detail_show        (MashTimelineDetail *self,
                                       GObject            *entry);
void mash_timeline_detail_open_source (MashTimelineDetail *self);

G_END_DECLS
