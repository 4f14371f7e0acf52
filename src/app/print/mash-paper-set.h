/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How a paper is set, for those who lay it out and those who draw it: the same words come out with
 * the same lines in both. All measures are in points.
 */

#include <pango/pangocairo.h>

#include "mash-paper-layout.h"
#include "mash-paper-private.h"

G_BEGIN_DECLS

#define MASH_PAPER_MARGIN  54.0
#define MASH_PAPER_HEADER  30.0
#define MASH_PAPER_FOOT    38.0
#define MASH_PAPER_GAP     10.0   /* between columns */
#define MASH_PAPER_PADDING 4.5    /* above and below a row */

/* What of a block is on a page. */
typedef struct
{
  guint    block;
  guint    page;
  double   y;
  double   height;
  guint   *from;      /* of each words: the first line, and the one after the last */
  guint   *to;
  gboolean last;      /* the block ends here */
} MashPaperPiece;

struct _MashPaperLayout
{
  MashPaper    *paper;
  PangoContext *context;
  GPtrArray    *pieces;   /* of MashPaperPiece */
  double        width;
  double        height;
  double        y;        /* where the next piece goes */
  guint         page;
  guint         next;     /* the next block */
  gboolean      done;
};

/* How each part is set. */
typedef struct
{
  double      size;
  double      before;
  PangoWeight weight;
  gboolean    quiet;
} MashPaperLook;

extern const MashPaperLook mash_paper_looks[];

MashPaperBlock *mash_paper_layout_get_block  (MashPaperLayout      *self,
                                              guint                 i);
double          mash_paper_layout_get_body   (MashPaperLayout      *self);
PangoLayout    *mash_paper_layout_make_text  (MashPaperLayout      *self,
                                              const char           *text,
                                              double                size,
                                              PangoWeight           weight,
                                              double                width) G_GNUC_WARN_UNUSED_RESULT;
PangoLayout    *mash_paper_layout_make_words (MashPaperLayout      *self,
                                              const MashPaperBlock *block,
                                              guint                 i,
                                              double                width) G_GNUC_WARN_UNUSED_RESULT;
double          mash_paper_layout_get_column (MashPaperLayout      *self,
                                              const MashPaperBlock *block,
                                              guint                 column,
                                              double               *width);

G_END_DECLS
