/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-import-counts.h"

#include "mash-kinds.h"

static char *
make_id_cb (gpointer store)
{
  return mash_store_make_id (store);
}

static void
unref_record (gpointer record)
{
  if (record != NULL)
    mash_record_unref (record);
}

/* The figure that stands for the same team, week and measure. */
static MashRecord *
find_count (MashStore            *store,
            const MashImportLine *line)
{
  g_autoptr (GPtrArray) counts = mash_store_list (store, "assessment-count", "week",
                                                  mash_import_line_get (line, "week"));

  for (guint i = 0; i < counts->len; i++)
    {
      MashRecord *count = g_ptr_array_index (counts, i);

      if (g_strcmp0 (mash_record_get_text (count, "team"),
                     mash_import_line_get (line, "team")) == 0 &&
          g_strcmp0 (mash_record_get_text (count, "measure"),
                     mash_import_line_get (line, "measure")) == 0)
        return mash_record_ref (count);
    }

  return NULL;
}

static gboolean
is_known (MashStore            *store,
          const MashImportLine *line,
          GHashTable           *seen)
{
  char *digest = mash_import_line_dup_digest (line, MASH_IMPORT_COUNTS);
  g_autoptr (GPtrArray) rows = mash_store_list (store, "import-row", "digest", digest);

  return !g_hash_table_add (seen, digest) || rows->len > 0;
}

/**
 * mash_import_take_counts:
 * @store: the store
 * @import: a file of counts, none of whose rows is bad
 * @report: what comes of it; says beforehand whether it is only tried out
 * @error: %MASH_STORE_ERROR, with the judge's sentence where the hub refuses it
 *
 * Takes in what was not taken in before, all of it by one step. Thread of the store.
 *
 * Returns: %TRUE when all of it is in
 */
gboolean
mash_import_take_counts (MashStore         *store,
                         const MashImport  *import,
                         MashImportReport  *report,
                         GError           **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (unref_record);
  g_autoptr (GPtrArray) files = mash_store_list (store, "import-file", "fingerprint",
                                                 import->sha256);
  g_autoptr (MashGroup) group = NULL;

  report->known_file = files->len > 0;
  for (guint i = 0; i < import->lines->len; i++)
    {
      const MashImportLine *line = g_ptr_array_index (import->lines, i);

      if (is_known (store, line, seen))
        {
          report->repeated++;
          continue;
        }
      g_ptr_array_add (lines, (gpointer) line);
      g_ptr_array_add (before, find_count (store, line));
      if (g_ptr_array_index (before, before->len - 1) != NULL)
        report->changed_counts++;
      else
        report->new_counts++;
    }
  if (lines->len == 0 || report->dry_run)
    return TRUE;

  group = mash_import_counts_to_group (import, files->len > 0
                                       ? mash_record_get_id (g_ptr_array_index (files, 0)) : NULL,
                                       lines, before, make_id_cb, store);

  return mash_store_submit (store, group, NULL, error);
}
