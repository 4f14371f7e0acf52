/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-paper-layout.h"

#include "mash-paper-set.h"

/* So much must fit below a heading at least. */
#define KEEP 64.0

/* Between what stands above it and a table without a head. */
#define TABLE 5.0

/* A row that is lower than this part of a page is never broken. */
#define WHOLE_PART 0.3

/* So many lines of a paragraph stand together at least, before and after a break. */
#define WIDOW 2u

static void
piece_free (MashPaperPiece *piece)
{
  g_free (piece->from);
  g_free (piece->to);
  g_free (piece);
}

static double
get_top (void)
{
  return MASH_PAPER_MARGIN + MASH_PAPER_HEADER;
}

static double
get_bottom (MashPaperLayout *self)
{
  return self->height - MASH_PAPER_MARGIN - MASH_PAPER_FOOT;
}

/* The height of the lines from @from to before @to. */
static double
measure (PangoLayout *layout,
         guint        from,
         guint        to)
{
  PangoLayoutIter *iter;
  int top = 0, bottom = 0;
  guint line = 0;

  if (to <= from)
    return 0;

  iter = pango_layout_get_iter (layout);
  do
    {
      PangoRectangle logical;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      if (line == from)
        top = logical.y;
      if (line + 1 == to)
        bottom = logical.y + logical.height;
      line++;
    }
  while (line < to && pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  return (double) (bottom - top) / PANGO_SCALE;
}

/* How many lines from @from on fit into @room without leaving one alone on either side. */
static guint
fit (PangoLayout *layout,
     guint        from,
     double       room)
{
  guint n = (guint) pango_layout_get_line_count (layout);
  guint low = from, high = n;

  while (low < high)
    {
      guint middle = (low + high + 1) / 2;

      if (measure (layout, from, middle) <= room)
        low = middle;
      else
        high = middle - 1;
    }
  if (low < n && n - low < WIDOW)
    low = n > WIDOW + from ? n - WIDOW : from;
  if (low < n && low - from < WIDOW)
    low = from;

  return low;
}

static void
start_page (MashPaperLayout *self)
{
  self->page++;
  self->y = get_top ();
}

static MashPaperPiece *
add_piece (MashPaperLayout *self,
           guint            block,
           double           height)
{
  MashPaperPiece *piece = g_new0 (MashPaperPiece, 1);
  guint n = mash_paper_layout_get_block (self, block)->n_words;

  piece->block = block;
  piece->page = self->page;
  piece->y = self->y;
  piece->height = height;
  piece->from = g_new0 (guint, n);
  piece->to = g_new0 (guint, n);
  self->y += height;
  g_ptr_array_add (self->pieces, piece);

  return piece;
}

/* The head of a table, above its first row on a page. */
static void
place_head (MashPaperLayout *self,
            guint            head)
{
  MashPaperBlock *block = mash_paper_layout_get_block (self, head);
  double height = 0;
  MashPaperPiece *piece;

  for (guint i = 0; i < block->n_words; i++)
    {
      double width;
      g_autoptr (PangoLayout) layout = NULL;

      mash_paper_layout_get_column (self, block, i, &width);
      layout = mash_paper_layout_make_words (self, block, i, width);
      height = MAX (height, measure (layout, 0, (guint) pango_layout_get_line_count (layout)));
    }
  piece = add_piece (self, head, height + 2 * MASH_PAPER_PADDING);
  for (guint i = 0; i < block->n_words; i++)
    piece->to[i] = G_MAXUINT;
  piece->last = TRUE;
}

static void
turn_page (MashPaperLayout      *self,
           const MashPaperBlock *block)
{
  start_page (self);
  if (block->part == MASH_PAPER_ROW && block->head >= 0)
    place_head (self, (guint) block->head);
}

/* Places as much of a block as there is room for; %TRUE when all of it is placed. */
static gboolean
place_some (MashPaperLayout *self,
            PangoLayout    **cells,
            guint           *from,
            gboolean         must)
{
  MashPaperBlock *block = mash_paper_layout_get_block (self, self->next);
  double padding = block->part == MASH_PAPER_ROW ? MASH_PAPER_PADDING : 0;
  double room = get_bottom (self) - self->y - 2 * padding;
  g_autofree guint *to = g_new0 (guint, block->n_words);
  double height = 0;
  gboolean whole = TRUE, some = FALSE;
  MashPaperPiece *piece;

  for (guint i = 0; i < block->n_words; i++)
    {
      guint n = (guint) pango_layout_get_line_count (cells[i]);

      to[i] = MAX (from[i], MIN (n, fit (cells[i], from[i], room)));
      if (must && to[i] == from[i] && from[i] < n)
        to[i]++;
      whole &= to[i] == n;
      some |= to[i] > from[i];
      height = MAX (height, measure (cells[i], from[i], to[i]));
    }
  if (!whole && !some)
    return FALSE;

  piece = add_piece (self, self->next, height + 2 * padding);
  piece->last = whole;
  for (guint i = 0; i < block->n_words; i++)
    {
      piece->from[i] = from[i];
      piece->to[i] = to[i];
      from[i] = to[i];
    }

  return whole;
}

static double
measure_block (MashPaperLayout *self,
               guint            i,
               guint            lines)
{
  MashPaperBlock *block = mash_paper_layout_get_block (self, i);
  gboolean row = block->part == MASH_PAPER_ROW || block->part == MASH_PAPER_HEAD;
  double height = 0;

  for (guint w = 0; w < block->n_words; w++)
    {
      double width;
      g_autoptr (PangoLayout) layout = NULL;
      guint n;

      mash_paper_layout_get_column (self, block, w, &width);
      layout = mash_paper_layout_make_words (self, block, w, width);
      n = (guint) pango_layout_get_line_count (layout);
      height = MAX (height, measure (layout, 0, MIN (n, lines)));
    }

  return height + (row ? 2 * MASH_PAPER_PADDING : 0) + mash_paper_looks[block->part].before;
}

static gboolean
is_heading (const MashPaperBlock *block)
{
  return block->part == MASH_PAPER_TITLE || block->part == MASH_PAPER_HEADING ||
         block->part == MASH_PAPER_SUBHEADING;
}

/* What must stay with the block before: a heading stays with what it is the heading of, which is
 * another heading, the head of a table and its first row, or the first lines of what is long. */
static double
measure_kept (MashPaperLayout *self,
              guint            i)
{
  double most = WHOLE_PART * (get_bottom (self) - get_top ());
  MashPaperBlock *block;
  double height;

  if (i >= self->paper->blocks->len)
    return 0;
  block = mash_paper_layout_get_block (self, i);
  if (block->part == MASH_PAPER_PICTURE)
    return block->height;

  height = measure_block (self, i, G_MAXUINT);
  if (is_heading (block))
    return height + MAX (KEEP, measure_kept (self, i + 1));
  if (block->part == MASH_PAPER_HEAD)
    return MAX (KEEP, height + measure_kept (self, i + 1));

  return height < most ? height : measure_block (self, i, WIDOW);
}

static void
place_words (MashPaperLayout *self)
{
  MashPaperBlock *block = mash_paper_layout_get_block (self, self->next);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree guint *from = g_new0 (guint, block->n_words);
  double height = 0, left, keep = 0;
  gboolean fresh;

  for (guint i = 0; i < block->n_words; i++)
    {
      double width;
      PangoLayout *layout;

      mash_paper_layout_get_column (self, block, i, &width);
      layout = mash_paper_layout_make_words (self, block, i, width);
      height = MAX (height, measure (layout, 0, (guint) pango_layout_get_line_count (layout)));
      g_ptr_array_add (cells, layout);
    }
  if (is_heading (block))
    keep = MAX (KEEP, measure_kept (self, self->next + 1));

  left = get_bottom (self) - self->y;
  fresh = self->y <= get_top ();
  if (!fresh && height + keep > left &&
      (keep > 0 || height < WHOLE_PART * (get_bottom (self) - get_top ())))
    turn_page (self, block);

  while (!place_some (self, (PangoLayout **) cells->pdata, from, self->y <= get_top ()))
    turn_page (self, block);
}

/* A first row with no head above it. */
static gboolean
begins_table (MashPaperLayout *self)
{
  MashPaperPart part = mash_paper_layout_get_block (self, self->next)->part;
  MashPaperPart last = self->next > 0
                       ? mash_paper_layout_get_block (self, self->next - 1)->part
                       : MASH_PAPER_HEAD;

  return part == MASH_PAPER_ROW && last != MASH_PAPER_ROW && last != MASH_PAPER_HEAD;
}

static void
place_block (MashPaperLayout *self)
{
  MashPaperBlock *block = mash_paper_layout_get_block (self, self->next);

  if (self->y > get_top ())
    self->y += begins_table (self) ? TABLE : mash_paper_looks[block->part].before;

  if (block->part == MASH_PAPER_HEAD)
    {
      if (get_bottom (self) - self->y < KEEP)
        start_page (self);
      place_head (self, self->next);
    }
  else if (block->part == MASH_PAPER_PICTURE)
    {
      if (get_bottom (self) - self->y < block->height && self->y > get_top ())
        start_page (self);
      add_piece (self, self->next, block->height)->last = TRUE;
    }
  else
    {
      place_words (self);
    }
}

/**
 * mash_paper_layout_new:
 * @paper: a paper
 * @cr: where it will be drawn, in points; it is only asked for its fonts
 * @width: the width of a page
 * @height: its height
 *
 * Returns: (transfer full): a layout of which nothing is set yet
 */
MashPaperLayout *
mash_paper_layout_new (MashPaper *paper,
                       cairo_t   *cr,
                       double     width,
                       double     height)
{
  MashPaperLayout *self = g_new0 (MashPaperLayout, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  self->paper = mash_paper_ref (paper);
  self->context = pango_cairo_create_context (cr);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  self->width = width;
  self->height = height;
  self->y = get_top ();

  return self;
}

void
mash_paper_layout_free (MashPaperLayout *self)
{
  if (self == NULL)
    return;

  mash_paper_unref (self->paper);
  g_object_unref (self->context);
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

/**
 * mash_paper_layout_step:
 * @self: a layout
 * @usec: how long to go on, in microseconds; -1 to the end
 *
 * Sets the next paragraphs and rows.
 *
 * Returns: %TRUE when all is set, so that there is a number of pages
 */
gboolean
mash_paper_layout_step (MashPaperLayout *self,
                        gint64           usec)
{
  gint64 end = g_get_monotonic_time () + usec;

  g_return_val_if_fail (self != NULL, TRUE);

  while (self->next < self->paper->blocks->len)
    {
      place_block (self);
      self->next++;
      if (usec >= 0 && g_get_monotonic_time () >= end)
        break;
    }
  self->done = self->next == self->paper->blocks->len;

  return self->done;
}

double
mash_paper_layout_get_fraction (MashPaperLayout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->paper->blocks->len > 0 ? (double) self->next / self->paper->blocks->len : 1;
}

guint
mash_paper_layout_get_n_pages (MashPaperLayout *self)
{
  g_return_val_if_fail (self != NULL && self->done, 0);

  return self->page + 1;
}
