/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Asks for whom a chronology is and what for, then makes it: on paper, as PDF or as plain text.
 *
 * That it is made is on record before anything of it is. The name of a file never says who it is
 * about.
 */

#include "mash-page.h"
#include "mash-timeline-view.h"

G_BEGIN_DECLS

#define MASH_TYPE_COPY_WINDOW (mash_copy_window_get_type ())

G_DECLARE_FINAL_TYPE (MashCopyWindow, mash_copy_window, MASH, COPY_WINDOW, AdwWindow)

void mash_copy_window_open (MashPage               *page,
                            const MashTimelineView *view);

G_END_DECLS
