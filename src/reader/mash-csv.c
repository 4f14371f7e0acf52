/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-reader"

#include "config.h"

#include "mash-csv.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  const char *at;
  const char *end;
  MashCsvRow  row;
  gpointer    data;
  GPtrArray  *cells;
  GString    *cell;
  MashFault   fault;      /* of the row */
  guint       line;
  guint       row_line;
  guint       n_rows;
} Csv;

/* What no text has: a file that holds it is no text, whatever its name says. */
static MashFault
check_text (const char *text,
            gsize       length,
            guint      *line)
{
  const char *bad = NULL;

  *line = 1;
  if (length == 0)
    return MASH_FAULT_EMPTY;
  if (!g_utf8_validate_len (text, length, &bad) && *bad != '\0')
    {
      for (const char *p = text; p < bad; p++)
        *line += *p == '\n';
      return MASH_FAULT_NOT_UTF8;
    }
  for (const char *p = text; p < text + length; p++)
    {
      if ((guchar) *p < 0x20 && strchr ("\t\r\n", *p) == NULL)
        return MASH_FAULT_CONTROL;
      if (*p == '\0' || *p == 0x7f)
        return MASH_FAULT_CONTROL;
      *line += *p == '\n';
    }

  return MASH_FAULT_NONE;
}

static void
end_cell (Csv *self)
{
  if (self->cells->len >= MASH_CSV_MAX_CELLS)
    self->fault = MASH_FAULT_CSV_CELLS;
  else
    g_ptr_array_add (self->cells, g_strdup (self->cell->str));
  g_string_truncate (self->cell, 0);
}

/* A cell that is too long is not kept, but gone through to its end. */
static void
append (Csv *self)
{
  if (self->cell->len < MASH_CSV_MAX_CELL_BYTES)
    g_string_append_c (self->cell, *self->at);
  else
    self->fault = MASH_FAULT_LONG;
}

static MashFault
end_row (Csv *self)
{
  MashFault fault = MASH_FAULT_NONE;
  gboolean empty;

  end_cell (self);
  empty = self->cells->len == 1 && *(char *) g_ptr_array_index (self->cells, 0) == '\0';
  if (!empty && self->n_rows++ > MASH_CSV_MAX_ROWS)
    return MASH_FAULT_CSV_ROWS;
  if (!empty)
    {
      g_ptr_array_add (self->cells, NULL);
      fault = self->row (self->row_line, (char **) self->cells->pdata, self->fault, self->data);
    }

  g_ptr_array_set_size (self->cells, 0);
  self->fault = MASH_FAULT_NONE;

  return fault;
}

/* A line ends with LF or CR LF; a lone CR is neither. */
static gboolean
take_line_end (Csv *self)
{
  if (*self->at == '\r' && self->at + 1 < self->end && self->at[1] == '\n')
    self->at++;
  if (*self->at != '\n')
    return FALSE;
  self->at++;
  self->line++;

  return TRUE;
}

static MashFault
read_quoted (Csv *self)
{
  for (self->at++; self->at < self->end; self->at++)
    {
      if (*self->at == '"' && self->at + 1 < self->end && self->at[1] == '"')
        {
          append (self);
          self->at++;
          continue;
        }
      if (*self->at == '"')
        {
          self->at++;
          return self->at == self->end || strchr (",\r\n", *self->at) != NULL
                 ? MASH_FAULT_NONE : MASH_FAULT_CSV_QUOTE;
        }
      if (*self->at == '\r' && (self->at + 1 == self->end || self->at[1] != '\n'))
        return MASH_FAULT_CSV_LINE;
      self->line += *self->at == '\n';
      append (self);
    }

  return MASH_FAULT_CSV_OPEN;
}

static MashFault
read_plain (Csv *self)
{
  for (; self->at < self->end && strchr (",\r\n", *self->at) == NULL; self->at++)
    {
      if (*self->at == '"')
        return MASH_FAULT_CSV_QUOTE;
      append (self);
    }

  return MASH_FAULT_NONE;
}

static MashFault
read_cell (Csv *self)
{
  MashFault fault = *self->at == '"' ? read_quoted (self) : read_plain (self);

  if (fault != MASH_FAULT_NONE)
    return fault;
  if (self->at < self->end && *self->at == ',')
    {
      end_cell (self);
      self->at++;
      return MASH_FAULT_NONE;
    }
  if (self->at < self->end && !take_line_end (self))
    return MASH_FAULT_CSV_LINE;

  fault = end_row (self);
  if (fault == MASH_FAULT_NONE)
    self->row_line = self->line;
  else
    self->line = self->row_line;

  return fault;
}

/**
 * mash_csv_read:
 * @text: the file
 * @length: its length in bytes
 * @row: called with each row that is not empty
 * @data: for @row
 * @line: (out): where the reading ended
 *
 * Any thread.
 *
 * Returns: %MASH_FAULT_NONE when it was read to its end, else what broke it or what @row gave
 */
MashFault
mash_csv_read (const char *text,
               gsize       length,
               MashCsvRow  row,
               gpointer    data,
               guint      *line)
{
  Csv self = { .row = row, .data = data, .line = 1, .row_line = 1 };
  MashFault fault = check_text (text, length, line);

  if (fault != MASH_FAULT_NONE)
    return fault;

  self.at = text;
  self.end = text + length;
  if (length >= strlen (BYTE_ORDER_MARK) &&
      memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    self.at += strlen (BYTE_ORDER_MARK);
  self.cells = g_ptr_array_new_with_free_func (g_free);
  self.cell = g_string_new (NULL);

  while (fault == MASH_FAULT_NONE && self.at < self.end)
    fault = read_cell (&self);
  /* A last line without its end that stops after a comma has one more cell, and that is empty. */
  if (fault == MASH_FAULT_NONE && self.cells->len > 0)
    fault = end_row (&self);
  if (fault == MASH_FAULT_NONE && self.n_rows == 0)
    fault = MASH_FAULT_EMPTY;

  /* A quote that is never closed is told where it was opened. */
  *line = fault == MASH_FAULT_CSV_OPEN ? self.row_line : self.line;
  g_ptr_array_unref (self.cells);
  g_string_free (self.cell, TRUE);

  return fault;
}
