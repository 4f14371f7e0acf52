/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-paper-private.h"

#include <string.h>

static void
free_grid (MashPaperGrid *grid)
{
  g_free (grid->shares);
  g_free (grid->right);
  g_free (grid);
}

static void
free_block (MashPaperBlock *block)
{
  for (guint i = 0; i < block->n_words; i++)
    g_free (block->words[i].text);
  g_free (block->words);
  if (block->free_data != NULL)
    block->free_data (block->data);
  g_free (block);
}

/**
 * mash_paper_new:
 * @head: what every page says
 *
 * Returns: (transfer full): an empty paper
 */
MashPaper *
mash_paper_new (const MashPaperHead *head)
{
  MashPaper *self = g_atomic_rc_box_new0 (MashPaper);

  g_assert (head != NULL && head->title != NULL);

  self->title = g_strdup (head->title);
  self->reference = g_strdup (head->reference);
  self->recipient = g_strdup (head->recipient);
  self->version = g_strdup (head->version);
  self->note = g_strdup (head->note);
  self->made_at = g_strdup (head->made_at);
  self->large = head->large;
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) free_block);
  self->grids = g_ptr_array_new_with_free_func ((GDestroyNotify) free_grid);
  self->head = -1;

  return self;
}

MashPaper *
mash_paper_ref (MashPaper *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear (MashPaper *self)
{
  g_free (self->title);
  g_free (self->reference);
  g_free (self->recipient);
  g_free (self->version);
  g_free (self->note);
  g_free (self->made_at);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->grids);
}

void
mash_paper_unref (MashPaper *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

static MashPaperBlock *
add_block (MashPaper    *self,
           MashPaperPart part,
           guint         n_words)
{
  MashPaperBlock *block = g_new0 (MashPaperBlock, 1);

  block->part = part;
  block->head = -1;
  block->n_words = n_words;
  block->words = g_new0 (MashPaperWords, n_words);
  g_ptr_array_add (self->blocks, block);

  return block;
}

/* What is no UTF-8, or would stop a line, does not reach the layout. */
static void
append (GString    *line,
        const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL || *text == '\0')
    return;

  valid = g_utf8_make_valid (text, -1);
  if (line->len > 0)
    g_string_append_c (line, '\n');
  g_string_append (line, g_strchomp (g_strdelimit (valid, "\f\v\r", ' ')));
}

static void
set_words (MashPaperWords      *words,
           const MashPaperCell *cell)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append (line, cell->strong);
  words->strong = (guint) line->len;
  append (line, cell->text);
  words->quiet = (guint) line->len;
  append (line, cell->quiet);
  words->text = g_string_free (g_steal_pointer (&line), FALSE);
}

static void
add_words (MashPaper    *self,
           MashPaperPart part,
           const char   *text)
{
  MashPaperCell cell = { .text = text };

  set_words (&add_block (self, part, 1)->words[0], &cell);
}

/* The large words at the top of the first page; a heading, which never stands alone at the foot of
 * a page; paragraphs; and paragraphs said more quietly. */
void
mash_paper_add_title (MashPaper  *self,
                      const char *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  add_words (self, MASH_PAPER_TITLE, text);
}

void
mash_paper_add_heading (MashPaper  *self,
                        const char *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  add_words (self, MASH_PAPER_HEADING, text);
}

void
mash_paper_add_subheading (MashPaper  *self,
                           const char *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  add_words (self, MASH_PAPER_SUBHEADING, text);
}

void
mash_paper_add_text (MashPaper  *self,
                     const char *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  add_words (self, MASH_PAPER_TEXT, text);
}

void
mash_paper_add_quiet (MashPaper  *self,
                      const char *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  add_words (self, MASH_PAPER_QUIET, text);
}

/**
 * mash_paper_add_picture:
 * @self: a paper
 * @height: how high it is, in points; it is as wide as the page allows
 * @words: what it shows, for those who read the text
 * @draw: draws it
 * @data: for @draw
 * @free_data: (nullable): frees @data
 */
void
mash_paper_add_picture (MashPaper     *self,
                        double         height,
                        const char    *words,
                        MashPaperDraw  draw,
                        gpointer       data,
                        GDestroyNotify free_data)
{
  MashPaperCell cell = { .text = words };
  MashPaperBlock *block;

  g_return_if_fail (self != NULL && draw != NULL);

  block = add_block (self, MASH_PAPER_PICTURE, 1);
  set_words (&block->words[0], &cell);
  block->height = height;
  block->draw = draw;
  block->data = data;
  block->free_data = free_data;
}

/**
 * mash_paper_begin_table:
 * @self: a paper
 * @columns: the columns of the rows that follow
 * @n_columns: how many there are
 *
 * The head is said again on every page that the table goes on to.
 */
void
mash_paper_begin_table (MashPaper             *self,
                        const MashPaperColumn *columns,
                        guint                  n_columns)
{
  MashPaperGrid *grid = g_new0 (MashPaperGrid, 1);
  gboolean titled = FALSE;

  g_return_if_fail (self != NULL && n_columns > 0);

  grid->n_columns = n_columns;
  grid->shares = g_new0 (guint, n_columns);
  grid->right = g_new0 (gboolean, n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      grid->shares[i] = columns[i].share;
      grid->right[i] = columns[i].right;
      titled |= columns[i].title != NULL;
    }
  g_ptr_array_add (self->grids, grid);
  self->head = -1;
  if (titled)
    {
      MashPaperBlock *block = add_block (self, MASH_PAPER_HEAD, n_columns);

      block->grid = grid;
      for (guint i = 0; i < n_columns; i++)
        set_words (&block->words[i], &(MashPaperCell) { .strong = columns[i].title });
      self->head = (gint) self->blocks->len - 1;
    }
}

/**
 * mash_paper_add_row:
 * @self: a paper with a table
 * @look: how it is set
 * @cells: a cell for each column
 */
void
mash_paper_add_row (MashPaper           *self,
                    MashPaperRow         look,
                    const MashPaperCell *cells)
{
  MashPaperGrid *grid;
  MashPaperBlock *block;

  g_return_if_fail (self != NULL && self->grids->len > 0);

  grid = g_ptr_array_index (self->grids, self->grids->len - 1);
  block = add_block (self, MASH_PAPER_ROW, grid->n_columns);
  block->grid = grid;
  block->look = look;
  block->head = self->head;
  for (guint i = 0; i < grid->n_columns; i++)
    set_words (&block->words[i], &cells[i]);
}

const char *
mash_paper_get_title (MashPaper *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}
