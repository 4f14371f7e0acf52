/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-paper-set.h"

/* The first of these that there is; the last always is. */
#define FAMILIES "Cantarell, Noto Sans, DejaVu Sans, Sans"

#define INSET 12.0

/* What is read aloud is set so much larger. */
#define LARGE 1.18

const MashPaperLook mash_paper_looks[] = {
  [MASH_PAPER_TITLE] = { 19, 0, PANGO_WEIGHT_BOLD, FALSE },
  [MASH_PAPER_HEADING] = { 12, 16, PANGO_WEIGHT_BOLD, FALSE },
  [MASH_PAPER_SUBHEADING] = { 10, 11, PANGO_WEIGHT_BOLD, FALSE },
  [MASH_PAPER_TEXT] = { 9.5, 5, PANGO_WEIGHT_NORMAL, FALSE },
  [MASH_PAPER_QUIET] = { 8.5, 4, PANGO_WEIGHT_NORMAL, TRUE },
  [MASH_PAPER_PICTURE] = { 8.5, 8, PANGO_WEIGHT_NORMAL, TRUE },
  [MASH_PAPER_HEAD] = { 8.5, 6, PANGO_WEIGHT_BOLD, TRUE },
  [MASH_PAPER_ROW] = { 9.5, 0, PANGO_WEIGHT_NORMAL, FALSE },
};

MashPaperBlock *
mash_paper_layout_get_block (MashPaperLayout *self,
           guint            i)
{
  return g_ptr_array_index (self->paper->blocks, i);
}

double
mash_paper_layout_get_body (MashPaperLayout *self)
{
  return self->width - 2 * MASH_PAPER_MARGIN;
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

PangoLayout *
mash_paper_layout_make_text (MashPaperLayout *self,
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

PangoLayout *
mash_paper_layout_make_words (MashPaperLayout      *self,
            const MashPaperBlock *block,
            guint                 i,
            double                width)
{
  const MashPaperWords *words = &block->words[i];
  PangoWeight weight = block->look == MASH_PAPER_ROW_STRONG ? PANGO_WEIGHT_BOLD
                                                            : mash_paper_looks[block->part].weight;
  double size = mash_paper_looks[block->part].size * (self->paper->large ? LARGE : 1);
  PangoLayout *layout = mash_paper_layout_make_text (self, words->text, size, weight, width);
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
double
mash_paper_layout_get_column (MashPaperLayout      *self,
            const MashPaperBlock *block,
            guint                 column,
            double               *width)
{
  double body = mash_paper_layout_get_body (self);
  double x = 0, sum = 0, room;

  *width = body;
  if (block->grid == NULL)
    return 0;

  for (guint i = 0; i < block->grid->n_columns; i++)
    sum += block->grid->shares[i];
  room = body - MASH_PAPER_GAP * (block->grid->n_columns - 1);
  for (guint i = 0; i < column; i++)
    x += room * block->grid->shares[i] / sum + MASH_PAPER_GAP;
  *width = room * block->grid->shares[column] / sum;
  if (column == 0 && block->look == MASH_PAPER_ROW_INSET)
    {
      x += INSET;
      *width -= INSET;
    }

  return x;
}
