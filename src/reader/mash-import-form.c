/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-reader"

#include "config.h"

#include "mash-import-form.h"

#include <string.h>

#include "mash-csv.h"
#include "mash-date-check.h"
#include "mash-identifiers.h"
#include "mash-import-columns.h"
#include "mash-prescan.h"
#include "mash-time.h"

#define MONDAY 1
#define NUMBER_MAX 100000

typedef struct
{
  MashReading            *reading;
  const char             *today;
  MashImportForm          form;
  const MashImportColumn *columns[MASH_CSV_MAX_CELLS];
  guint                   n_columns;
} Import;

/* The column that only one kind of file has tells what it is. */
static MashFault
find_form (Import  *self,
           char   **cells)
{
  if (g_strv_contains ((const char *const *) cells, "episode_id"))
    self->form = MASH_IMPORT_EPISODES;
  else if (g_strv_contains ((const char *const *) cells, "source_id"))
    self->form = MASH_IMPORT_PEOPLE;
  else if (g_strv_contains ((const char *const *) cells, "measure"))
    self->form = MASH_IMPORT_COUNTS;
  else
    return MASH_FAULT_CSV_HEAD;

  return MASH_FAULT_NONE;
}

static gboolean
has_column (Import                 *self,
            const MashImportColumn *column)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->columns[i] == column)
        return TRUE;
    }

  return FALSE;
}

/* Every column is known and named once, and what is needed is there: a column that nobody reads
 * would be lost without a word. */
static MashFault
read_head (Import  *self,
           char   **cells)
{
  const MashImportColumn *columns;
  MashFault fault = find_form (self, cells);
  guint n_columns;

  if (fault != MASH_FAULT_NONE)
    return fault;

  for (guint i = 0; cells[i] != NULL; i++)
    {
      const MashImportColumn *column = mash_import_find_column (self->form, cells[i]);

      if (column == NULL)
        return MASH_FAULT_CSV_COLUMN;
      if (has_column (self, column))
        return MASH_FAULT_CSV_COLUMN_TWICE;
      self->columns[self->n_columns++] = column;
    }
  columns = mash_import_list_columns (self->form, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (columns[i].needed && !has_column (self, &columns[i]))
        return MASH_FAULT_CSV_HEAD;
    }
  mash_reading_add (self->reading, "form", mash_import_get_form_name (self->form));

  return MASH_FAULT_NONE;
}

static gboolean
is_past (const MashImportColumn *column)
{
  return strcmp (column->name, "due") != 0;
}

static MashFault
check_date (Import                 *self,
            const MashImportColumn *column,
            const char             *cell)
{
  MashFault fault = mash_date_check (cell, column->check == MASH_COLUMN_PARTIAL_DATE);

  return fault == MASH_FAULT_NONE && is_past (column) ? mash_date_check_past (cell, self->today)
                                                      : fault;
}

static gboolean
has_form_of_code (const char *cell)
{
  return strlen (cell) <= 16 && g_str_is_ascii (cell) &&
         strspn (cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == strlen (cell);
}

static MashFault
check_week (Import                 *self,
            const MashImportColumn *column,
            const char             *cell)
{
  MashFault fault = check_date (self, column, cell);
  int day;

  if (fault != MASH_FAULT_NONE)
    return fault;

  return mash_date_parse (cell, &day) && mash_date_get_weekday (day) == MONDAY
         ? MASH_FAULT_NONE : MASH_FAULT_CSV_WEEK;
}

static MashFault
check_number (const char *cell)
{
  guint64 number;

  return g_ascii_string_to_unsigned (cell, 10, 0, NUMBER_MAX, &number, NULL)
         ? MASH_FAULT_NONE : MASH_FAULT_CSV_NUMBER;
}

/* What makes the row useless; an empty cell is only wrong where one is needed. */
static MashFault
check_cell (Import                 *self,
            const MashImportColumn *column,
            const char             *cell)
{
  if (*cell == '\0')
    return column->needed ? MASH_FAULT_CSV_NEEDED : MASH_FAULT_NONE;
  if (strpbrk (cell, "\r\n") != NULL)
    return MASH_FAULT_CSV_BREAK;

  switch (column->check)
    {
    case MASH_COLUMN_DATE:
    case MASH_COLUMN_PARTIAL_DATE:
      return check_date (self, column, cell);

    case MASH_COLUMN_CODE:
      return has_form_of_code (cell) ? MASH_FAULT_NONE : MASH_FAULT_CODE_FORM;

    case MASH_COLUMN_YES_NO:
      return strcmp (cell, "yes") == 0 || strcmp (cell, "no") == 0 ? MASH_FAULT_NONE
                                                                   : MASH_FAULT_CSV_YES_NO;

    case MASH_COLUMN_WEEK:
      return check_week (self, column, cell);

    case MASH_COLUMN_NUMBER:
      return check_number (cell);

    case MASH_COLUMN_TEXT:
    case MASH_COLUMN_NHS_NUMBER:
    case MASH_COLUMN_UPN:
    default:
      return MASH_FAULT_NONE;
    }
}

static gboolean
has_check_digit (const MashImportColumn *column,
                 const char             *cell)
{
  g_autofree char *plain = mash_identifiers_normalize (cell);

  return column->check == MASH_COLUMN_NHS_NUMBER ? mash_nhs_number_check (plain)
                                                 : mash_upn_check (plain);
}

static void
tell (Import                 *self,
      const char             *name,
      MashFault               fault,
      guint                   line,
      const MashImportColumn *column)
{
  const MashFaultPlace place = {
    fault, line, column != NULL ? column->kind : NULL, column != NULL ? column->field : NULL,
  };
  g_autofree char *text = mash_fault_place_to_text (&place);

  mash_reading_add (self->reading, name, text);
}

static gboolean
is_born_and_due (Import  *self,
                 char   **cells)
{
  guint n = 0;

  for (guint i = 0; i < self->n_columns; i++)
    n += *cells[i] != '\0' && (strcmp (self->columns[i]->name, "birth") == 0 ||
                               strcmp (self->columns[i]->name, "due") == 0);

  return n == 2;
}

/* The first thing that is wrong with a row; the row then says nothing else. */
static gboolean
find_row_fault (Import     *self,
                guint       line,
                char      **cells,
                MashFault   fault)
{
  if (fault == MASH_FAULT_NONE && g_strv_length (cells) != self->n_columns)
    fault = MASH_FAULT_CSV_CELLS;
  if (fault == MASH_FAULT_NONE && is_born_and_due (self, cells))
    fault = MASH_FAULT_BORN_AND_DUE;
  if (fault != MASH_FAULT_NONE)
    {
      tell (self, "bad", fault, line, NULL);
      return TRUE;
    }

  for (guint i = 0; i < self->n_columns; i++)
    {
      fault = check_cell (self, self->columns[i], cells[i]);
      if (fault != MASH_FAULT_NONE)
        {
          tell (self, "bad", fault, line, self->columns[i]);
          return TRUE;
        }
    }

  return FALSE;
}

static MashFault
read_row (guint      line,
          char     **cells,
          MashFault  fault,
          gpointer   data)
{
  Import *self = data;
  g_autofree char *number = g_strdup_printf ("%u", line);

  if (self->n_columns == 0)
    return fault != MASH_FAULT_NONE ? fault : read_head (self, cells);
  if (find_row_fault (self, line, cells, fault))
    return MASH_FAULT_NONE;

  mash_reading_add (self->reading, "row", number);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const MashImportColumn *column = self->columns[i];

      if (*cells[i] == '\0')
        continue;
      mash_reading_add (self->reading, column->name, cells[i]);
      if ((column->check == MASH_COLUMN_NHS_NUMBER || column->check == MASH_COLUMN_UPN) &&
          !has_check_digit (column, cells[i]))
        tell (self, "note", MASH_FAULT_CHECK_DIGIT, line, column);
    }

  return MASH_FAULT_NONE;
}

/**
 * mash_import_form_read:
 * @text: a file
 * @length: its length in bytes
 * @today: the local date in full
 * @reading: what the file says: `form`; for each row `row` with its line and the cells by the names
 *   of their columns, `note` where something is only remarkable; `bad` for each row that cannot be
 *   taken. A refused file: only `refused`
 *
 * Returns: %TRUE when the form of the whole file holds, whatever single rows are worth
 */
gboolean
mash_import_form_read (const char  *text,
                       gsize        length,
                       const char  *today,
                       MashReading *reading)
{
  g_autoptr (MashReading) whole = mash_reading_new ();
  Import self = { .reading = whole, .today = today };
  MashFaultPlace place = { MASH_FAULT_NONE };

  if (length > MASH_PRESCAN_MAX_BYTES)
    place.fault = MASH_FAULT_SIZE;
  else
    place.fault = mash_csv_read (text, length, read_row, &self, &place.line);
  if (place.fault == MASH_FAULT_NONE && self.n_columns == 0)
    place.fault = MASH_FAULT_CSV_HEAD;
  if (place.fault == MASH_FAULT_EMPTY)
    place.line = 0;

  if (place.fault != MASH_FAULT_NONE)
    {
      g_autofree char *refused = mash_fault_place_to_text (&place);

      mash_reading_add (reading, "refused", refused);
      return FALSE;
    }
  for (guint i = 0; i < mash_reading_get_length (whole); i++)
    mash_reading_add (reading, mash_reading_get_name (whole, i),
                      mash_reading_get_value (whole, i));

  return TRUE;
}
