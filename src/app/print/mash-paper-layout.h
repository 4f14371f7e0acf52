/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A paper set on pages: where it breaks, and each page drawn.
 *
 * Setting is done in steps, so that a long paper never holds a main loop for longer than it is
 * given. The same pages come out on a printer, in a PDF and in a picture, because nothing is fitted
 * to the pixels of any of them. A layout is used by one thread.
 */

#include "mash-paper.h"

G_BEGIN_DECLS

typedef struct _MashPaperLayout MashPaperLayout;

MashPaperLayout *mash_paper_layout_new         (MashPaper       *paper,
                                                cairo_t         *cr,
                                                double           width,
                                                double           height) G_GNUC_WARN_UNUSED_RESULT;
void             mash_paper_layout_free        (MashPaperLayout *self);
gboolean         mash_paper_layout_step        (MashPaperLayout *self,
                                                gint64           usec);
double           mash_paper_layout_get_fraction (MashPaperLayout *self);
guint            mash_paper_layout_get_n_pages (MashPaperLayout *self);
void             mash_paper_layout_draw        (MashPaperLayout *self,
                                                cairo_t         *cr,
                                                guint            page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashPaperLayout, mash_paper_layout_free)

G_END_DECLS
