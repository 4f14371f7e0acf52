/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "mash-backup-private.h"
#include "mash-database-private.h"
#include "mash-rescue.h"
#include "mash-restore-private.h"
#include "mash-salvage.h"
#include "mash-search-table.h"
#include "mash-store-keys.h"
#include "mash-store-private.h"

/* How far it is when each part is done. */
#define READ   0.3
#define PROVED 0.98

/* Where there is no backup: what can be read of a damaged hub is all that there is of it. */
typedef struct
{
  const MashRestore *request;
  char              *stage;
  char              *hub;
  GPtrArray         *keys;     /* that the passphrase opens */
  char              *noted;    /* where the hub made its last backup, or NULL */
  MashRestoreReport *report;
} Alone;

static void
alone_clear (Alone *self)
{
  if (self->stage != NULL)
    mash_backup_clear (self->stage);
  g_clear_pointer (&self->stage, g_free);
  g_free (self->hub);
  g_free (self->noted);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->report, mash_restore_report_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Alone, alone_clear)

static void
tell (Alone *self,
      double fraction)
{
  if (self->request->progress != NULL)
    self->request->progress (fraction, self->request->progress_data);
}

static void
on_proving_cb (double   fraction,
               gpointer data)
{
  tell (data, READ + (PROVED - READ) * fraction);
}

static gboolean
open_keys (Alone    *self,
           GError  **error)
{
  const MashRestore *request = self->request;
  g_autoptr (MashHubInfo) info = mash_hub_info_load (request->folder, error);
  g_autoptr (MashSlots) slots = info != NULL ? mash_slots_load (request->folder, error) : NULL;
  g_autoptr (MashSlotKey) key = NULL;

  if (slots != NULL)
    key = mash_slots_open (slots, request->sign_in, request->passphrase, g_get_real_time (),
                           error);
  if (key == NULL)
    return FALSE;

  self->hub = g_strdup (info->hub);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_secret_unref);
  g_ptr_array_add (self->keys, mash_secret_ref (key->database_key));
  if (key->older_key != NULL)
    g_ptr_array_add (self->keys, mash_secret_ref (key->older_key));

  return TRUE;
}

static gboolean
make_stage (Alone   *self,
            GError **error)
{
  const char *folder = self->request->folder;

  self->stage = g_build_filename (folder, MASH_RESTORE_STAGE, NULL);
  mash_backup_clear (self->stage);
  if (g_mkdir (self->stage, 0700) < 0)
    {
      mash_store_error_set_errno (error, errno, "make room for what can be read");
      return FALSE;
    }
  if (mash_backup_copy_file (folder, self->stage, MASH_SLOTS_NAME) == MASH_BACKUP_COPY_DONE &&
      mash_backup_copy_file (folder, self->stage, "hub.ini") == MASH_BACKUP_COPY_DONE)
    return TRUE;

  return mash_store_error_set (error, MASH_STORE_ERROR_IO, "The keys of the desk were not copied");
}

/* The copy of the damaged file under whichever key opens it. */
static sqlite3 *
open_damaged (Alone       *self,
              const char  *place,
              MashSecret **key,
              GError     **error)
{
  sqlite3 *vault = NULL;

  for (guint i = 0; i < self->keys->len; i++)
    {
      *key = self->keys->pdata[i];
      if (!mash_rescue_open (self->request->folder, place, *key, &vault, error))
        return NULL;
      if (vault != NULL)
        return vault;
    }
  mash_store_error_set (error, MASH_STORE_ERROR_DAMAGED, "Nothing of it can be read");

  return NULL;
}

static gboolean
read_noted (Alone         *self,
            MashDatabase  *database,
            GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, "SELECT place FROM backup_kept",
                                                         error);
  MashStep step = row != NULL ? mash_statement_step (row, error) : MASH_STEP_ERROR;

  if (step == MASH_STEP_ROW)
    self->noted = mash_statement_dup_text (row, 0);

  return step != MASH_STEP_ERROR;
}

/* Rows of one version of the schema stand in the tables of that version only. */
static gboolean
salvage (Alone         *self,
         sqlite3       *vault,
         MashDatabase  *database,
         GError       **error)
{
  const MashStoreWatch watch = { .cancellable = self->request->cancellable };
  MashRestoreReport *report = self->report;
  MashSalvage found;
  gint64 head;

  if (mash_vault_read_number (vault, "PRAGMA user_version") !=
      (gint64) mash_database_get_version (database))
    return mash_store_error_set (error, MASH_STORE_ERROR_DAMAGED, "Another version of the tables");
  if (!mash_salvage_copy (vault, database, &watch, &found, error))
    return FALSE;

  report->unreadable = found.unreadable;
  report->taken = mash_database_read_number (database, "SELECT count (*) FROM change");
  report->drafts = mash_database_read_number (database, "SELECT count (*) FROM draft");
  head = mash_database_read_number (database, "SELECT max (head_position) FROM meta");
  report->position = MAX (head, report->taken);
  report->missing = report->position - report->taken;

  return read_noted (self, database, error);
}

static gboolean
fill (Alone   *self,
      GError **error)
{
  g_autofree char *place = g_build_filename (self->stage, "rescue", NULL);
  g_autoptr (MashDatabase) database = NULL;
  MashSecret *key = NULL;
  sqlite3 *vault = NULL;
  gboolean filled = FALSE;

  if (mash_rescue_copy (self->request->folder, place, error))
    vault = open_damaged (self, place, &key, error);
  if (vault != NULL)
    database = mash_database_create (self->stage, key, MASH_DATABASE_APPLICATION_ID, self->hub,
                                     error);
  if (database != NULL)
    filled = salvage (self, vault, database, error) && mash_database_close (database, error);
  sqlite3_close (vault);
  mash_backup_clear (place);
  tell (self, READ);

  return filled;
}

/* What is searched for is written anew. */
static gboolean
index_people (MashStore  *store,
              GError    **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (store->database, error);
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  MashStep step = MASH_STEP_ERROR;

  if (transaction != NULL)
    row = mash_database_prepare (store->database, "SELECT id FROM person ORDER BY n", error);
  while (row != NULL && (step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (people, mash_statement_dup_text (row, 0));
  for (guint i = 0; i < people->len && step == MASH_STEP_DONE; i++)
    if (!mash_search_table_refresh (store->tables, people->pdata[i], error))
      return FALSE;

  return step == MASH_STEP_DONE && mash_transaction_commit (transaction, error);
}

/* Whether what was read is a whole hub; what it lacks is no error. */
static gboolean
prove (Alone     *self,
       gboolean  *whole,
       GError   **error)
{
  const MashRestore *request = self->request;
  g_autoptr (GError) fault = NULL;
  g_autoptr (MashStore) store = mash_store_open (self->stage, request->policy, request->sign_in,
                                                 request->passphrase, &fault);
  gboolean proved = store != NULL &&
                    (request->prepare == NULL ||
                     request->prepare (store, request->prepare_data, &fault)) &&
                    index_people (store, &fault) &&
                    mash_store_log_key (store, "restore", store->own, &fault) &&
                    mash_store_verify (store, on_proving_cb, self, request->cancellable,
                                       &self->report->report, &fault);

  *whole = proved && self->report->report->holds && self->report->missing == 0;
  if (store != NULL && !mash_store_close (store, fault == NULL ? &fault : NULL))
    *whole = FALSE;
  tell (self, PROVED);
  if (!g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (fault, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL) &&
      !g_error_matches (fault, MASH_STORE_ERROR, MASH_STORE_ERROR_IO))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));

  return FALSE;
}

/* A backup that can be put back is worth more than what is read without one: what was done since is
 * taken over from the damaged database then too. */
static gboolean
has_backup (Alone *self)
{
  const MashRestore *request = self->request;

  if (self->noted == NULL || request->try_backup == NULL ||
      !request->try_backup (self->noted, request->try_data))
    return FALSE;

  self->report->backup = g_steal_pointer (&self->noted);

  return TRUE;
}

/* What is not whole takes nobody's place: it lies beside, as it could be read. */
static gboolean
keep_aside (Alone   *self,
            GError **error)
{
  const char *folder = self->request->folder;
  g_autofree char *name = mash_restore_dup_name (folder, "rescued-", error);
  g_autofree char *place = name != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (place == NULL || !mash_vault_sync (self->stage, error))
    return FALSE;
  if (g_rename (self->stage, place) < 0)
    {
      mash_store_error_set_errno (error, errno, "name what could be read");
      return FALSE;
    }
  if (!mash_vault_sync (folder, error))
    return FALSE;
  self->report->rescued = g_steal_pointer (&place);

  return TRUE;
}

/**
 * mash_restore_alone:
 * @request: as for mash_restore_run(), without a backup
 * @report: (out) (transfer full): what came of it
 * @error: %MASH_STORE_ERROR_BUSY while the desk is open, %MASH_STORE_ERROR_WRONG_KEY,
 *   %MASH_STORE_ERROR_DAMAGED where nothing at all can be read, %MASH_STORE_ERROR_FULL,
 *   %MASH_STORE_ERROR_IO, %G_IO_ERROR_CANCELLED
 *
 * For a damaged database of which there is no backup. Every row that can still be read, of what was
 * sent and of what was not, goes into a new database beside it. Where that turns out to be the
 * whole hub – each change is there, the chain holds, and every record is what its changes say – it
 * takes the place of the damaged one, which is renamed and lies in #MashRestoreReport.kept. Where
 * it is not, the damaged one stays as it is, and what was read lies in #MashRestoreReport.rescued,
 * encrypted under the same keys. Nothing is deleted, and nothing empty takes the place of anything.
 * Where the hub did make a backup and @request finds it good, nothing is done at all: it is named
 * in #MashRestoreReport.backup, and is to be put back instead. Any thread.
 *
 * Returns: %TRUE when what can be read was read
 */
gboolean
mash_restore_alone (const MashRestore  *request,
                    MashRestoreReport **report,
                    GError            **error)
{
  g_auto (Alone) self = { .request = request };
  GError *fault = NULL;
  gboolean whole = FALSE;
  gboolean done;
  int folder_fd;

  g_return_val_if_fail (request != NULL && report != NULL, FALSE);

  if (!mash_database_file_lock (request->folder, &folder_fd, error))
    return FALSE;
  self.report = g_new0 (MashRestoreReport, 1);
  done = mash_restore_finish_locked (request->folder, &fault) && open_keys (&self, &fault) &&
         make_stage (&self, &fault) && fill (&self, &fault) &&
         (has_backup (&self) || prove (&self, &whole, &fault));
  if (done && self.report->backup == NULL)
    done = whole ? mash_restore_commit (request->folder, &self.report->kept, &fault)
                 : keep_aside (&self, &fault);
  close (folder_fd);
  if (done)
    *report = g_steal_pointer (&self.report);
  else
    mash_vault_pass_on (fault, error);

  return done;
}
