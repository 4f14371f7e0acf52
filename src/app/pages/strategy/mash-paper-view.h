/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A paper on the screen before it goes anywhere: its pages as they will be printed, one at a time,
 * and the same as text for whoever listens to it. It alters nothing.
 */

#include <adwaita.h>

#include "mash-paper.h"

G_BEGIN_DECLS

#define MASH_TYPE_PAPER_VIEW (mash_paper_view_get_type ())

G_DECLARE_FINAL_TYPE (MashPaperView, mash_paper_view, MASH, PAPER_VIEW, AdwBin)

void  mash_paper_view_set_paper   (MashPaperView *self,
                                   MashPaper     *paper);
guint mash_paper_view_get_n_pages (MashPaperView *self);

G_END_DECLS
