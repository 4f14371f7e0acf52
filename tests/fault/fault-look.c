/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fault-look.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "mash-backup.h"
#include "mash-sentences.h"
#include "mash-small-hub.h"

static char *
read_text (FaultDesk  *desk,
           const char *sql,
           const char *first,
           const char *second)
{
  g_autoptr (MashStatement) row = mash_database_prepare (desk->store->database, sql, NULL);

  if (row == NULL)
    return NULL;
  mash_statement_bind_text (row, 1, first);
  if (second != NULL)
    mash_statement_bind_text (row, 2, second);

  return mash_statement_step (row, NULL) == MASH_STEP_ROW ? mash_statement_dup_text (row, 0) : NULL;
}

/* Whether one line of what was acknowledged is so. */
static gboolean
is_so (FaultDesk  *desk,
       const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  g_autofree char *found = NULL;

  if (words[0] == NULL || words[1] == NULL || words[2] == NULL)
    return TRUE;
  if (strcmp (words[0], "change") == 0 && strcmp (words[1], "0") != 0)
    found = read_text (desk, "SELECT lower (hex (chain)) FROM change WHERE position = ?1",
                       words[1], NULL);
  else if (strcmp (words[0], "access") == 0 && strcmp (words[1], "0") != 0)
    found = read_text (desk, "SELECT lower (hex (chain)) FROM access WHERE position = ?1",
                       words[1], NULL);
  else if (strcmp (words[0], "draft") == 0)
    found = read_text (desk, "SELECT body FROM draft WHERE context = ?1", words[1], NULL);
  else if (strcmp (words[0], "restored") == 0)
    found = read_text (desk, "SELECT made_at FROM restored WHERE position = ?1", words[1], NULL);
  else
    return TRUE;

  return g_strcmp0 (found, words[2]) == 0;
}

/* Of drafts only what was said last counts, because the next one takes its place; and one that
 * was not acknowledged may have done so. */
static gboolean
is_superseded (char **lines,
               guint  i)
{
  const char *end = g_str_has_prefix (lines[i], "draft ") ? strchr (lines[i] + 6, ' ') : NULL;
  gsize length = end != NULL ? (gsize) (end - lines[i]) : 0;

  for (guint k = i + 1; length > 0 && lines[k] != NULL; k++)
    if (strncmp (lines[k], lines[i], length + 1) == 0 ||
        (g_str_has_prefix (lines[k], "drafting ") &&
         strncmp (lines[k] + 9, lines[i] + 6, length - 6) == 0))
      return TRUE;

  return FALSE;
}

static gint64
count (FaultDesk  *desk,
       const char *sql)
{
  g_autoptr (MashStatement) row = mash_database_prepare (desk->store->database, sql, NULL);

  return row != NULL && mash_statement_step (row, NULL) == MASH_STEP_ROW
         ? mash_statement_get_int (row, 0) : -1;
}

static gboolean
is_whole (FaultDesk     *desk,
          FaultFinding  *finding)
{
  g_autoptr (MashVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;

  if (!mash_store_verify (desk->store, NULL, NULL, NULL, &report, &error))
    {
      finding->fault = g_strdup (error->message);
      finding->sentence = mash_sentence_for_error (error);
    }
  else if (!report->holds)
    finding->fault = g_strdup_printf ("%s: %s", report->table, report->fault);
  else if (count (desk, "SELECT count (*) FROM (SELECT 1 FROM change GROUP BY group_id"
                  " HAVING count (*) <> max (size))") != 0)
    finding->fault = g_strdup ("A group of changes is half there");
  else if (count (desk, "SELECT count (*) FROM source_document d WHERE d.sha256 IS NOT NULL"
                  " AND NOT EXISTS (SELECT 1 FROM document WHERE sha256 = d.sha256)") != 0)
    finding->fault = g_strdup ("A document is not there");
  finding->signatures = count (desk, "SELECT count (*) FROM sign_off WHERE type = 'SO04'");
  if (finding->fault == NULL &&
      count (desk, "SELECT count (*) FROM sd_request WHERE answer IS NOT NULL") !=
      finding->signatures)
    finding->fault = g_strdup ("A strategy record is half signed");

  return finding->fault == NULL;
}

/* The passphrase that was acknowledged last, and the one that was on its way after it. */
static void
find_passphrases (const char *said,
                  char      **known,
                  char      **tried)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);

  *known = g_strdup (MASH_SMALL_HUB_PASSPHRASE);
  *tried = NULL;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "passphrase "))
        {
          g_free (*known);
          *known = g_strdup (lines[i] + strlen ("passphrase "));
          g_clear_pointer (tried, g_free);
        }
      else if (g_str_has_prefix (lines[i], "trying "))
        {
          g_free (*tried);
          *tried = g_strdup (lines[i] + strlen ("trying "));
        }
    }
}

static gboolean
open_after (FaultDesk    *desk,
            const char   *said,
            FaultFinding *finding)
{
  g_autofree char *known = NULL;
  g_autofree char *tried = NULL;
  g_autoptr (GError) error = NULL;
  gboolean opened;

  find_passphrases (said, &known, &tried);
  opened = fault_desk_open_with (desk, FAULT_WORKER, known, &error);
  if (!opened && tried != NULL &&
      g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY))
    {
      g_clear_error (&error);
      opened = fault_desk_open_with (desk, FAULT_WORKER, tried, &error);
    }
  if (!opened)
    {
      finding->sentence = mash_sentence_for_error (error);
      finding->fault = g_strdup (error->message);
    }

  return opened;
}

static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir == NULL || g_dir_read_name (dir) == NULL;
}

/* Whether this is not the database that stood there at first; a restore leaves a row and a rescue
 * an entry. */
static gboolean
is_restored (FaultDesk *desk)
{
  return count (desk, "SELECT count (*) FROM restored") > 0 ||
         count (desk, "SELECT count (*) FROM access WHERE action = 'key'"
                " AND body LIKE '%\"restore\"%'") > 0;
}

/* What a restore has put aside is, byte for byte, the database that stood there. */
static void
look_at_original (FaultDesk    *desk,
                  const char   *said,
                  FaultFinding *finding)
{
  g_autofree char *note = g_build_filename (desk->root, FAULT_ORIGINAL, NULL);
  g_autofree char *original = NULL;
  g_autoptr (GDir) dir = g_dir_open (desk->folder, 0, NULL);
  const char *name;

  if (strstr (said, FAULT_RESTORED) != NULL)
    g_assert_true (is_restored (desk));
  if (!is_restored (desk) || !g_file_get_contents (note, &original, NULL, NULL))
    return;
  finding->lost_original = TRUE;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *kept = g_build_filename (desk->folder, name, "desk.db", NULL);
      g_autofree char *sum = g_str_has_prefix (name, "kept-") ? fault_desk_dup_checksum (kept)
                                                              : NULL;

      if (g_strcmp0 (sum, original) == 0)
        finding->lost_original = FALSE;
    }
  if (finding->lost_original && finding->fault == NULL)
    finding->fault = g_strdup ("What stood there before is not kept");
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Of names, modes and every byte of what lies in a folder. */
static char *
dup_folder_checksum (const char *folder)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      g_autofree char *inner = NULL;
      g_autofree char *line = NULL;
      struct stat st;

      g_assert_cmpint (lstat (path, &st), ==, 0);
      inner = S_ISDIR (st.st_mode) ? dup_folder_checksum (path) : fault_desk_dup_checksum (path);
      g_assert_nonnull (inner);
      line = g_strdup_printf ("%s/%o/%s\n", (char *) names->pdata[i], st.st_mode, inner);
      g_checksum_update (sum, (guint8 *) line, -1);
    }

  return g_strdup (g_checksum_get_string (sum));
}

/* Where there was a backup there always is one, which can be put back on another computer. A drill
 * knows nothing but the folder of the backup, so that one which is in every byte as one that was
 * put back already need not be put back again. */
static gboolean
try_backup (FaultDesk    *desk,
            FaultFinding *finding)
{
  static GHashTable *good;
  g_autofree char *sum = dup_folder_checksum (desk->elsewhere);
  g_autofree char *room = g_build_filename (desk->root, "room", NULL);
  g_autoptr (MashSecret) passphrase = fault_desk_passphrase (MASH_SMALL_HUB_PASSPHRASE);
  g_autoptr (MashRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  MashRestore request = {
    .source = desk->elsewhere,
    .folder = room,
    .sign_in = FAULT_ADMINISTRATOR,
    .passphrase = passphrase,
    .policy = desk->policy,
  };

  const char *fault = NULL;

  if (good == NULL)
    good = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_contains (good, sum))
    return TRUE;

  g_mkdir (room, 0700);
  if (!mash_restore_drill (&request, &report, &error))
    fault = error->message;
  else if (!report->report->holds)
    fault = report->report->fault;
  if (error != NULL && finding->sentence == NULL)
    finding->sentence = mash_sentence_for_error (error);
  if (fault != NULL)
    {
      g_free (finding->fault);
      finding->fault = g_strdup_printf ("The backup: %s", fault);
    }
  else
    {
      g_hash_table_add (good, g_steal_pointer (&sum));
    }
  fault_desk_remove (room);

  return fault == NULL;
}

/**
 * fault_desk_look:
 * @desk: a desk that is closed
 * @said: what was said of it before it broke
 * @finding: (out caller-allocates): what is left
 *
 * Opens the desk as a person would the next morning, holds it to what was acknowledged, proves it
 * from its changes, and closes it.
 */
void
fault_desk_look (FaultDesk    *desk,
                 const char   *said,
                 FaultFinding *finding)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);
  g_autoptr (GError) error = NULL;

  *finding = (FaultFinding) { FALSE };
  finding->opened = open_after (desk, said, finding);
  if (!finding->opened)
    return;

  finding->recovered = mash_database_get_recovered (desk->store->database);
  finding->holds = is_whole (desk, finding);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!is_so (desk, lines[i]) && !is_superseded (lines, i))
      {
        finding->behind = TRUE;
        if (finding->fault == NULL)
          finding->fault = g_strdup_printf ("Not there: %s", lines[i]);
      }
  look_at_original (desk, said, finding);
  if (!fault_desk_close (desk, &error))
    {
      finding->holds = FALSE;
      finding->fault = g_strdup (error->message);
    }
  if (finding->holds && !is_empty (desk->elsewhere))
    finding->holds = try_backup (desk, finding);
}

void
fault_finding_clear (FaultFinding *finding)
{
  g_clear_pointer (&finding->sentence, g_free);
  g_clear_pointer (&finding->fault, g_free);
}
