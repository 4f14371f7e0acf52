/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-paper-layout.h"

#include <glib/gi18n.h>

#include "mash-paper-set.h"

/* What stands at the head and the foot of a page. */
#define SMALL 8.0

static void
set_ink (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.11, 0.11, 0.13);
}

static void
set_quiet_ink (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0.34, 0.33, 0.37);
}

static void
draw_rule (cairo_t *cr,
           double   x,
           double   y,
           double   width,
           double   thickness,
           double   grey)
{
  cairo_set_source_rgb (cr, grey, grey, grey + 0.02);
  cairo_rectangle (cr, x, y - thickness / 2, width, thickness);
  cairo_fill (cr);
}

static void
draw_lines (cairo_t     *cr,
            PangoLayout *layout,
            double       x,
            double       y,
            guint        from,
            guint        to)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  guint line = 0;
  int top = 0;

  do
    {
      PangoRectangle logical;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      if (line == from)
        top = logical.y;
      if (line >= from && line < to)
        {
          cairo_move_to (cr, x + (double) logical.x / PANGO_SCALE,
                         y + (double) (pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE);
          pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
        }
      line++;
    }
  while (line < to && pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
draw_piece (MashPaperLayout *self,
            cairo_t         *cr,
            const MashPaperPiece     *piece)
{
  MashPaperBlock *block = mash_paper_layout_get_block (self, piece->block);
  gboolean row = block->part == MASH_PAPER_ROW || block->part == MASH_PAPER_HEAD;

  if (block->part == MASH_PAPER_PICTURE)
    {
      cairo_save (cr);
      cairo_translate (cr, MASH_PAPER_MARGIN, piece->y);
      block->draw (cr, mash_paper_layout_get_body (self), block->height, block->data);
      cairo_restore (cr);
      return;
    }

  if (mash_paper_looks[block->part].quiet)
    set_quiet_ink (cr);
  else
    set_ink (cr);
  for (guint i = 0; i < block->n_words; i++)
    {
      double width;
      double x = MASH_PAPER_MARGIN + mash_paper_layout_get_column (self, block, i, &width);
      g_autoptr (PangoLayout) layout = mash_paper_layout_make_words (self, block, i, width);

      if (piece->to[i] > piece->from[i])
        draw_lines (cr, layout, x, piece->y + (row ? MASH_PAPER_PADDING : 0), piece->from[i],
                    piece->to[i]);
    }
  if (block->part == MASH_PAPER_HEAD)
    draw_rule (cr, MASH_PAPER_MARGIN, piece->y + piece->height,
               mash_paper_layout_get_body (self), 0.9, 0.2);
  else if (row && piece->last)
    draw_rule (cr, MASH_PAPER_MARGIN, piece->y + piece->height,
               mash_paper_layout_get_body (self), 0.4, 0.72);
}

/* One line of the frame; returns how wide it came out. */
static double
draw_frame_line (MashPaperLayout *self,
                 cairo_t         *cr,
                 const char      *text,
                 double           y,
                 double           width,
                 gboolean         right,
                 PangoWeight      weight)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle logical;

  if (text == NULL || *text == '\0')
    return 0;

  layout = mash_paper_layout_make_text (self, text, SMALL, weight, width);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_extents (layout, NULL, &logical);
  draw_lines (cr, layout, right ? self->width - MASH_PAPER_MARGIN -
                                  (double) logical.width / PANGO_SCALE
                                : MASH_PAPER_MARGIN, y, 0, 1);

  return (double) logical.width / PANGO_SCALE;
}

static void
draw_frame (MashPaperLayout *self,
            cairo_t         *cr,
            guint            page)
{
  MashPaper *paper = self->paper;
  double body = mash_paper_layout_get_body (self);
  double foot = self->height - MASH_PAPER_MARGIN - MASH_PAPER_FOOT + 14;
  g_autofree char *number = NULL;
  g_autofree char *recipient = NULL;
  double taken;

  /* Translators: the number of a page, and how many there are. */
  number = g_strdup_printf (_("Page %u of %u"), page + 1, self->page + 1);
  if (paper->recipient != NULL)
    /* Translators: for whom a copy was made. */
    recipient = g_strdup_printf (_("For %s"), paper->recipient);

  set_quiet_ink (cr);
  taken = draw_frame_line (self, cr, paper->reference, MASH_PAPER_MARGIN, body / 2, TRUE,
                           PANGO_WEIGHT_BOLD);
  draw_frame_line (self, cr, paper->title, MASH_PAPER_MARGIN, body - taken - MASH_PAPER_GAP, FALSE,
                   PANGO_WEIGHT_BOLD);
  draw_rule (cr, MASH_PAPER_MARGIN, MASH_PAPER_MARGIN + 15, body, 0.5, 0.6);

  draw_rule (cr, MASH_PAPER_MARGIN, foot - 6, body, 0.5, 0.6);
  set_quiet_ink (cr);
  taken = draw_frame_line (self, cr, number, foot, body / 2, TRUE, PANGO_WEIGHT_BOLD);
  draw_frame_line (self, cr, recipient != NULL ? recipient : paper->version, foot,
                   body - taken - MASH_PAPER_GAP, FALSE, PANGO_WEIGHT_NORMAL);
  taken = recipient != NULL
          ? draw_frame_line (self, cr, paper->version, foot + 12, body / 2, TRUE,
                             PANGO_WEIGHT_NORMAL)
          : 0;
  draw_frame_line (self, cr, paper->note, foot + 12, body - taken - MASH_PAPER_GAP, FALSE,
                   PANGO_WEIGHT_NORMAL);
}

static guint
find_first_piece (MashPaperLayout *self,
                  guint            page)
{
  guint low = 0, high = self->pieces->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const MashPaperPiece *piece = g_ptr_array_index (self->pieces, middle);

      if (piece->page < page)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * mash_paper_layout_draw:
 * @self: a layout that is set
 * @cr: where to draw it, in points
 * @page: which page, from 0
 */
void
mash_paper_layout_draw (MashPaperLayout *self,
                        cairo_t         *cr,
                        guint            page)
{
  g_return_if_fail (self != NULL && self->done && page <= self->page);

  cairo_save (cr);
  draw_frame (self, cr, page);
  for (guint i = find_first_piece (self, page); i < self->pieces->len; i++)
    {
      const MashPaperPiece *piece = g_ptr_array_index (self->pieces, i);

      if (piece->page != page)
        break;
      draw_piece (self, cr, piece);
    }
  cairo_restore (cr);
}
