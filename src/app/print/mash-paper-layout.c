/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-paper-layout.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "mash-paper-private.h"

/* The first of these that there is; the last always is. */
#define FAMILIES "Cantarell, Noto Sans, DejaVu Sans, Sans"

/* In points, as everything here. */
#define MARGIN      54.0
#define HEAD_HEIGHT 30.0
#define FOOT_HEIGHT 38.0
#define SMALL       8.0
#define GAP         10.0   /* between columns */
#define PADDING     4.5    /* above and below a row */
#define KEEP        64.0   /* so much must fit below a heading */
#define INSET       12.0

/* A row that is lower than this part of a page is never broken. */
#define WHOLE_PART 0.3

/* So many lines of a paragraph stand together at least, before and after a break. */
#define WIDOW 2u

/* What of a block is on a page. */
typedef struct
{
  guint  block;
  guint  page;
  double y;
  double height;
  guint *from;      /* of each words: the first line, and the one after the last */
  guint *to;
  gboolean last;    /* the block ends here */
} Piece;

struct _MashPaperLayout
{
  MashPaper    *paper;
  PangoContext *context;
  GPtrArray    *pieces;
  double        width;
  double        height;
  double        y;        /* where the next piece goes */
  guint         page;
  guint         next;     /* the next block */
  gboolean      done;
};

/* How each part is set. */
static const struct
{
  double      size;
  double      before;
  PangoWeight weight;
  gboolean    quiet;
} looks[] = {
  [MASH_PAPER_TITLE] = { 19, 0, PANGO_WEIGHT_BOLD, FALSE },
  [MASH_PAPER_HEADING] = { 12, 16, PANGO_WEIGHT_BOLD, FALSE },
  [MASH_PAPER_TEXT] = { 9.5, 5, PANGO_WEIGHT_NORMAL, FALSE },
  [MASH_PAPER_QUIET] = { 8.5, 4, PANGO_WEIGHT_NORMAL, TRUE },
  [MASH_PAPER_PICTURE] = { 8.5, 8, PANGO_WEIGHT_NORMAL, TRUE },
  [MASH_PAPER_HEAD] = { 8.5, 6, PANGO_WEIGHT_BOLD, TRUE },
  [MASH_PAPER_ROW] = { 9.5, 0, PANGO_WEIGHT_NORMAL, FALSE },
};

static void
piece_free (Piece *piece)
{
  g_free (piece->from);
  g_free (piece->to);
  g_free (piece);
}

static MashPaperBlock *
get_block (MashPaperLayout *self,
           guint            i)
{
  return g_ptr_array_index (self->paper->blocks, i);
}

static double
get_body_width (MashPaperLayout *self)
{
  return self->width - 2 * MARGIN;
}

static double
get_top (void)
{
  return MARGIN + HEAD_HEIGHT;
}

static double
get_bottom (MashPaperLayout *self)
{
  return self->height - MARGIN - FOOT_HEIGHT;
}

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
insert (PangoAttrList  *list,
        PangoAttribute *attribute,
        guint           from,
        guint           to)
{
  attribute->start_index = from;
  attribute->end_index = to;
  pango_attr_list_insert (list, attribute);
}

static PangoLayout *
make_text (MashPaperLayout *self,
           const char      *text,
           double           size,
           PangoWeight      weight,
           double           width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (FAMILIES);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_spacing (layout, (int) (size * 0.12 * PANGO_SCALE));

  return layout;
}

static PangoLayout *
make_words (MashPaperLayout      *self,
            const MashPaperBlock *block,
            guint                 i,
            double                width)
{
  const MashPaperWords *words = &block->words[i];
  PangoWeight weight = block->look == MASH_PAPER_ROW_STRONG ? PANGO_WEIGHT_BOLD
                                                            : looks[block->part].weight;
  PangoLayout *layout = make_text (self, words->text, looks[block->part].size, weight, width);
  PangoAttrList *list = pango_attr_list_new ();

  insert (list, pango_attr_font_features_new ("tnum=1"), 0, G_MAXUINT);
  if (words->strong > 0)
    insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), 0, words->strong);
  insert (list, pango_attr_scale_new (0.9), words->quiet, G_MAXUINT);
  insert (list, pango_attr_foreground_new (0x5600, 0x5400, 0x5e00), words->quiet, G_MAXUINT);
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
  if (block->grid != NULL && block->grid->right[i])
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);

  return layout;
}

/* Where a cell of a row lies. */
static double
get_column (MashPaperLayout      *self,
            const MashPaperBlock *block,
            guint                 column,
            double               *width)
{
  double body = get_body_width (self);
  double x = 0, sum = 0, room;

  *width = body;
  if (block->grid == NULL)
    return 0;

  for (guint i = 0; i < block->grid->n_columns; i++)
    sum += block->grid->shares[i];
  room = body - GAP * (block->grid->n_columns - 1);
  for (guint i = 0; i < column; i++)
    x += room * block->grid->shares[i] / sum + GAP;
  *width = room * block->grid->shares[column] / sum;
  if (column == 0 && block->look == MASH_PAPER_ROW_INSET)
    {
      x += INSET;
      *width -= INSET;
    }

  return x;
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

static Piece *
add_piece (MashPaperLayout *self,
           guint            block,
           double           height)
{
  Piece *piece = g_new0 (Piece, 1);
  guint n = get_block (self, block)->n_words;

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
  MashPaperBlock *block = get_block (self, head);
  double height = 0;
  Piece *piece;

  for (guint i = 0; i < block->n_words; i++)
    {
      double width;
      g_autoptr (PangoLayout) layout = NULL;

      get_column (self, block, i, &width);
      layout = make_words (self, block, i, width);
      height = MAX (height, measure (layout, 0, (guint) pango_layout_get_line_count (layout)));
    }
  piece = add_piece (self, head, height + 2 * PADDING);
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
  MashPaperBlock *block = get_block (self, self->next);
  double padding = block->part == MASH_PAPER_ROW ? PADDING : 0;
  double room = get_bottom (self) - self->y - 2 * padding;
  g_autofree guint *to = g_new0 (guint, block->n_words);
  double height = 0;
  gboolean whole = TRUE, some = FALSE;
  Piece *piece;

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

static void
place_words (MashPaperLayout *self)
{
  MashPaperBlock *block = get_block (self, self->next);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree guint *from = g_new0 (guint, block->n_words);
  double height = 0, left, keep = 0;
  gboolean fresh;

  for (guint i = 0; i < block->n_words; i++)
    {
      double width;
      PangoLayout *layout;

      get_column (self, block, i, &width);
      layout = make_words (self, block, i, width);
      height = MAX (height, measure (layout, 0, (guint) pango_layout_get_line_count (layout)));
      g_ptr_array_add (cells, layout);
    }
  if (block->part == MASH_PAPER_HEADING || block->part == MASH_PAPER_TITLE)
    keep = KEEP;

  left = get_bottom (self) - self->y;
  fresh = self->y <= get_top ();
  if (!fresh && height + keep > left &&
      (keep > 0 || height < WHOLE_PART * (get_bottom (self) - get_top ())))
    turn_page (self, block);

  while (!place_some (self, (PangoLayout **) cells->pdata, from, self->y <= get_top ()))
    turn_page (self, block);
}

static void
place_block (MashPaperLayout *self)
{
  MashPaperBlock *block = get_block (self, self->next);

  if (self->y > get_top ())
    self->y += looks[block->part].before;

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
            const Piece     *piece)
{
  MashPaperBlock *block = get_block (self, piece->block);
  gboolean row = block->part == MASH_PAPER_ROW || block->part == MASH_PAPER_HEAD;

  if (block->part == MASH_PAPER_PICTURE)
    {
      cairo_save (cr);
      cairo_translate (cr, MARGIN, piece->y);
      block->draw (cr, get_body_width (self), block->height, block->data);
      cairo_restore (cr);
      return;
    }

  if (looks[block->part].quiet)
    set_quiet_ink (cr);
  else
    set_ink (cr);
  for (guint i = 0; i < block->n_words; i++)
    {
      double width;
      double x = MARGIN + get_column (self, block, i, &width);
      g_autoptr (PangoLayout) layout = make_words (self, block, i, width);

      if (piece->to[i] > piece->from[i])
        draw_lines (cr, layout, x, piece->y + (row ? PADDING : 0), piece->from[i], piece->to[i]);
    }
  if (block->part == MASH_PAPER_HEAD)
    draw_rule (cr, MARGIN, piece->y + piece->height, get_body_width (self), 0.9, 0.2);
  else if (row && piece->last)
    draw_rule (cr, MARGIN, piece->y + piece->height, get_body_width (self), 0.4, 0.72);
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

  layout = make_text (self, text, SMALL, weight, width);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_extents (layout, NULL, &logical);
  draw_lines (cr, layout, right ? self->width - MARGIN - (double) logical.width / PANGO_SCALE
                                : MARGIN, y, 0, 1);

  return (double) logical.width / PANGO_SCALE;
}

static void
draw_frame (MashPaperLayout *self,
            cairo_t         *cr,
            guint            page)
{
  MashPaper *paper = self->paper;
  double body = get_body_width (self);
  double foot = self->height - MARGIN - FOOT_HEIGHT + 14;
  g_autofree char *number = NULL;
  g_autofree char *recipient = NULL;
  double taken;

  /* Translators: the number of a page, and how many there are. */
  number = g_strdup_printf (_("Page %u of %u"), page + 1, self->page + 1);
  if (paper->recipient != NULL)
    /* Translators: for whom a copy was made. */
    recipient = g_strdup_printf (_("For %s"), paper->recipient);

  set_quiet_ink (cr);
  taken = draw_frame_line (self, cr, paper->reference, MARGIN, body / 2, TRUE,
                           PANGO_WEIGHT_BOLD);
  draw_frame_line (self, cr, paper->title, MARGIN, body - taken - GAP, FALSE, PANGO_WEIGHT_BOLD);
  draw_rule (cr, MARGIN, MARGIN + 15, body, 0.5, 0.6);

  draw_rule (cr, MARGIN, foot - 6, body, 0.5, 0.6);
  set_quiet_ink (cr);
  taken = draw_frame_line (self, cr, number, foot, body / 2, TRUE, PANGO_WEIGHT_BOLD);
  draw_frame_line (self, cr, recipient != NULL ? recipient : paper->version, foot,
                   body - taken - GAP, FALSE, PANGO_WEIGHT_NORMAL);
  taken = recipient != NULL
          ? draw_frame_line (self, cr, paper->version, foot + 12, body / 2, TRUE,
                             PANGO_WEIGHT_NORMAL)
          : 0;
  draw_frame_line (self, cr, paper->note, foot + 12, body - taken - GAP, FALSE,
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
      const Piece *piece = g_ptr_array_index (self->pieces, middle);

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
      const Piece *piece = g_ptr_array_index (self->pieces, i);

      if (piece->page != page)
        break;
      draw_piece (self, cr, piece);
    }
  cairo_restore (cr);
}
