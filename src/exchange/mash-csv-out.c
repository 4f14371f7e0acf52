/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-csv-out.h"

#include <string.h>

/* What a spreadsheet reads as the beginning of a formula; a tab or a line feed hides one. */
#define FORMULA "=+-@\t\r\n|%"

struct _MashCsvOut
{
  GString *text;
  gboolean in_row;
};

/**
 * mash_csv_out_new:
 *
 * Returns: (transfer full): an empty table
 */
MashCsvOut *
mash_csv_out_new (void)
{
  MashCsvOut *self = g_new0 (MashCsvOut, 1);

  self->text = g_string_new (NULL);

  return self;
}

static void
begin_cell (MashCsvOut *self)
{
  if (self->in_row)
    g_string_append_c (self->text, ',');
  self->in_row = TRUE;
}

static gboolean
may_be_formula (const char *text)
{
  /* A sign of the full width is taken for the other by some. */
  static const char *const wide[] = { "＝", "＋", "－", "＠" };

  while (*text == ' ')
    text++;
  if (*text != '\0' && strchr (FORMULA, *text) != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    {
      if (g_str_has_prefix (text, wide[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_csv_out_add_text:
 * @self: a table
 * @text: (nullable): what stands in the next cell, UTF-8
 *
 * Adds a cell with words. Whatever it holds, no spreadsheet reckons with it.
 */
void
mash_csv_out_add_text (MashCsvOut *self,
                       const char *text)
{
  g_return_if_fail (self != NULL);

  begin_cell (self);
  if (text == NULL)
    return;

  g_string_append_c (self->text, '"');
  if (may_be_formula (text))
    g_string_append_c (self->text, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (self->text, '"');
      g_string_append_c (self->text, *at);
    }
  g_string_append_c (self->text, '"');
}

/**
 * mash_csv_out_add_number:
 * @self: a table
 * @number: what stands in the next cell
 */
void
mash_csv_out_add_number (MashCsvOut *self,
                         gint64      number)
{
  g_return_if_fail (self != NULL);

  begin_cell (self);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, number);
}

void
mash_csv_out_end_row (MashCsvOut *self)
{
  g_return_if_fail (self != NULL);

  g_string_append (self->text, "\r\n");
  self->in_row = FALSE;
}

/**
 * mash_csv_out_free_to_text:
 * @self: (transfer full): a table
 *
 * Returns: (transfer full): its text
 */
char *
mash_csv_out_free_to_text (MashCsvOut *self)
{
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_free (self->text, FALSE);
  g_free (self);

  return text;
}

void
mash_csv_out_free (MashCsvOut *self)
{
  if (self == NULL)
    return;

  g_string_free (self->text, TRUE);
  g_free (self);
}
