/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-paper-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* A page of plain text: so many characters wide, so many lines between head and foot. */
#define WIDTH 78
#define BODY_LINES 54

/* Fills lines with words. What is wider than a line is broken where the line ends. */
static void
wrap (GPtrArray  *lines,
      const char *text,
      guint       first,
      guint       rest)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);
  guint indent = first;

  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      const char *at = paragraphs[i];

      do
        {
          guint room = WIDTH - indent, n = 0;
          const char *end = at, *space = NULL;

          while (*end != '\0' && n < room)
            {
              if (*end == ' ')
                space = end;
              end = g_utf8_next_char (end);
              n++;
            }
          if (*end != '\0' && *end != ' ' && space != NULL && space > at)
            end = space;
          g_ptr_array_add (lines, g_strdup_printf ("%*s%.*s", (int) indent, "", (int) (end - at),
                                                   at));
          at = *end == ' ' ? end + 1 : end;
          indent = rest;
        }
      while (*at != '\0');
    }
}

static void
add_blank (GPtrArray *lines)
{
  if (lines->len > 0 && *(char *) g_ptr_array_index (lines, lines->len - 1) != '\0')
    g_ptr_array_add (lines, g_strdup (""));
}

/* A row with figures is one line; any other says its cells one below the other. */
static void
add_cells (GPtrArray            *lines,
           const MashPaperBlock *block)
{
  guint inset = block->look == MASH_PAPER_ROW_INSET ? 2 : 0;
  g_autoptr (GString) line = g_string_new (NULL);
  guint n_figures = 0;

  for (guint i = 1; i < block->n_words; i++)
    n_figures += block->grid->right[i];
  if (n_figures == 0)
    {
      for (guint i = 0; i < block->n_words; i++)
        {
          if (*block->words[i].text != '\0')
            wrap (lines, block->words[i].text, i == 0 ? 0 : 4, 4);
        }
      if (block->head >= 0)
        add_blank (lines);
      return;
    }

  g_string_append_printf (line, "%*s%s", (int) inset, "", block->words[0].text);
  for (guint i = 1; i < block->n_words; i++)
    {
      guint column = i == 1 ? 46 : 46 + (i - 1) * 10;
      glong length = g_utf8_strlen (block->words[i].text, -1);
      glong gap = (glong) column - g_utf8_strlen (line->str, -1) - length;

      g_string_append_printf (line, "%*s%s", (int) MAX (1, gap), "", block->words[i].text);
    }
  wrap (lines, line->str, 0, 4);
}

static void
add_block (GPtrArray            *lines,
           const MashPaperBlock *block)
{
  switch (block->part)
    {
    case MASH_PAPER_TITLE:
    case MASH_PAPER_HEADING:
    case MASH_PAPER_SUBHEADING:
      {
        glong length = g_utf8_strlen (block->words[0].text, -1);

        add_blank (lines);
        wrap (lines, block->words[0].text, 0, 0);
        g_ptr_array_add (lines, g_strnfill ((gsize) MIN (length, WIDTH),
                                            block->part == MASH_PAPER_TITLE ? '=' : '-'));
        break;
      }

    case MASH_PAPER_TEXT:
    case MASH_PAPER_QUIET:
    case MASH_PAPER_PICTURE:
      add_blank (lines);
      wrap (lines, block->words[0].text, 0, 0);
      break;

    case MASH_PAPER_HEAD:
      add_blank (lines);
      add_cells (lines, block);
      add_blank (lines);
      break;

    case MASH_PAPER_ROW:
    default:
      add_cells (lines, block);
      break;
    }
}

static void
append_pair (GString    *out,
             const char *left,
             const char *right)
{
  glong gap = WIDTH - g_utf8_strlen (left, -1) - g_utf8_strlen (right, -1);

  g_string_append_printf (out, "%s%*s%s\r\n", left, (int) MAX (1, gap), "", right);
}

static void
append_rule (GString *out)
{
  g_autofree char *rule = g_strnfill (WIDTH, '-');

  g_string_append_printf (out, "%s\r\n", rule);
}

static void
append_page (GString   *out,
             MashPaper *paper,
             GPtrArray *lines,
             guint      page,
             guint      n_pages)
{
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page + 1, n_pages);
  g_autofree char *recipient = paper->recipient != NULL
                               ? g_strdup_printf (_("For %s"), paper->recipient) : g_strdup ("");

  append_pair (out, paper->title, paper->reference != NULL ? paper->reference : "");
  append_rule (out);
  for (guint i = page * BODY_LINES; i < (page + 1) * BODY_LINES; i++)
    g_string_append_printf (out, "%s\r\n",
                            i < lines->len ? (char *) g_ptr_array_index (lines, i) : "");
  append_rule (out);
  append_pair (out, recipient, number);
  append_pair (out, paper->note != NULL ? paper->note : "",
               paper->version != NULL ? paper->version : "");
  if (page + 1 < n_pages)
    g_string_append_c (out, '\f');
}

/**
 * mash_paper_dup_text:
 * @self: a paper
 *
 * Writes the paper as plain text in pages, with title, reference, recipient, version and number on
 * each. Any thread.
 *
 * Returns: (transfer full): UTF-8, with the ends of lines that every editor reads
 */
char *
mash_paper_dup_text (MashPaper *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *out = g_string_new (NULL);
  guint n_pages;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->blocks->len; i++)
    add_block (lines, g_ptr_array_index (self->blocks, i));
  n_pages = MAX (1, (lines->len + BODY_LINES - 1) / BODY_LINES);
  for (guint i = 0; i < n_pages; i++)
    append_page (out, self, lines, i, n_pages);

  return g_string_free (out, FALSE);
}
