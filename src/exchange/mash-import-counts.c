/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-import.h"

#include <string.h>

#include "mash-kinds.h"

/* What a count is of: one team, one week, one measure. */
static char *
dup_key (const MashImportLine *line)
{
  return g_strjoin ("\n", mash_import_line_get (line, "week"),
                    mash_import_line_get (line, "team"),
                    mash_import_line_get (line, "measure"), NULL);
}

static gboolean
says_the_same (const MashImportLine *one,
               const MashImportLine *other)
{
  return g_strcmp0 (mash_import_line_get (one, "count"),
                    mash_import_line_get (other, "count")) == 0 &&
         g_strcmp0 (mash_import_line_get (one, "source"),
                    mash_import_line_get (other, "source")) == 0;
}

/**
 * mash_import_check_counts:
 * @self: a file of counts, whose rows were checked each by itself
 *
 * Marks what is wrong with the rows together: two figures of which only one can hold, and more of
 * them than one step takes. Any thread.
 */
void
mash_import_check_counts (MashImport *self)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      MashImportLine *line = g_ptr_array_index (self->lines, i);
      const MashImportLine *before;
      char *key;

      if (line->fault.fault != MASH_FAULT_NONE)
        continue;
      if (i >= MASH_IMPORT_MAX_COUNTS)
        line->fault = (MashFaultPlace) { MASH_FAULT_CSV_COUNTS, line->line };

      key = dup_key (line);
      before = g_hash_table_lookup (first, key);
      if (before != NULL && !says_the_same (before, line))
        line->fault = (MashFaultPlace) { MASH_FAULT_CSV_COUNT_TWICE, line->line };
      if (before == NULL)
        g_hash_table_insert (first, key, line);
      else
        g_free (key);
    }
}

static void
put (MashEdit   *edit,
     MashRecord *before,
     const char *name,
     const char *text)
{
  guint field = mash_kind_find_field (mash_edit_get_kind (edit), name);
  g_autoptr (GVariant) now = g_variant_ref_sink (g_variant_new_string (text));

  mash_edit_set (edit, field, before != NULL ? mash_record_get_value (before, field) : NULL, now);
}

/* The figure of a row: a new one, or the one that stands there put right. */
static MashEdit *
make_count (const MashImportLine *line,
            MashRecord           *before,
            MashIdSource          make_id,
            gpointer              data)
{
  static const char *const columns[] = { "week", "team", "measure", "count", "source" };
  g_autofree char *id = make_id (data);
  MashEdit *edit = before != NULL ? mash_edit_new_for (before)
                                  : mash_edit_new (&mash_assessment_count_kind, id, 0);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    put (edit, before, columns[i], mash_import_line_get (line, columns[i]));

  return edit;
}

static MashEdit *
make_row (const MashImportLine *line,
          const char           *file,
          const char           *count,
          MashIdSource          make_id,
          gpointer              data)
{
  g_autofree char *id = make_id (data);
  g_autofree char *digest = mash_import_line_dup_digest (line, MASH_IMPORT_COUNTS);
  g_autofree char *said = mash_import_line_dup_said (line, MASH_IMPORT_COUNTS);
  MashEdit *row = mash_edit_new (&mash_import_row_kind, id, 0);

  mash_edit_set_text (row, "file", file);
  mash_edit_set_int (row, "line", line->line);
  mash_edit_set_text (row, "system", mash_import_line_get (line, "source"));
  mash_edit_set_text (row, "digest", digest);
  mash_edit_set_text (row, "counted", count);
  mash_edit_set_text (row, "said", said);

  return row;
}

/**
 * mash_import_counts_to_group:
 * @self: a file of counts, none of whose rows is bad
 * @file: (nullable): the id of the record of the file where there is one already
 * @lines: (element-type MashImportLine): the rows to take in, at most %MASH_IMPORT_MAX_COUNTS
 * @before: (element-type MashRecord): for each of them the figure that stands there, or %NULL
 * @make_id: (scope call): gives ids
 * @data: for @make_id
 *
 * Each row makes a figure, or puts the one right that stands for the same team, week and measure,
 * and keeps where it comes from. Any thread.
 *
 * Returns: (transfer full): what takes the file in, in one step
 */
MashGroup *
mash_import_counts_to_group (const MashImport *self,
                             const char       *file,
                             GPtrArray        *lines,
                             GPtrArray        *before,
                             MashIdSource      make_id,
                             gpointer          data)
{
  MashGroup *group = mash_group_new ("import-counts", NULL);
  g_autofree char *made = make_id (data);

  g_return_val_if_fail (lines->len == before->len, NULL);

  if (file == NULL)
    {
      MashEdit *edit = mash_edit_new (&mash_import_file_kind, made, 0);

      mash_edit_set_text (edit, "form", mash_import_get_form_name (self->form));
      mash_edit_set_text (edit, "fingerprint", self->sha256);
      mash_edit_set_int (edit, "rows", self->lines->len);
      mash_group_take_edit (group, edit);
      file = made;
    }
  for (guint i = 0; i < lines->len; i++)
    {
      const MashImportLine *line = g_ptr_array_index (lines, i);
      MashEdit *count = make_count (line, g_ptr_array_index (before, i), make_id, data);
      g_autofree char *id = g_strdup (mash_edit_get_id (count));

      if (mash_edit_is_empty (count))
        mash_edit_free (count);
      else
        mash_group_take_edit (group, count);
      mash_group_take_edit (group, make_row (line, file, id, make_id, data));
    }

  return group;
}
