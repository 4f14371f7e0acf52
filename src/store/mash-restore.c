/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "mash-backup-private.h"
#include "mash-database-private.h"
#include "mash-file.h"
#include "mash-rescue.h"
#include "mash-restore-private.h"
#include "mash-slots-tries.h"
#include "mash-store-keys.h"
#include "mash-store-private.h"
#include "mash-time.h"

#define COPY_PAGES 500

/* How far it is when each part is done, as the time goes; the proof takes most of it. */
#define CHECKED 0.1
#define COPIED 0.2
#define OPENED 0.25
#define PROVED 0.98

typedef struct
{
  const MashRestore *request;
  const char        *desk;        /* the folder of the desk, or NULL where there is none */
  MashManifest      *manifest;
  MashSecret        *backup_key;
  MashSecret        *key;         /* what the restored database has */
  GPtrArray         *known;       /* keys that the passphrase opens, the desk's own first */
  char              *stage;
  MashRestoreReport *report;
} Work;

/* What the passphrase opens of one file of slots. */
typedef struct
{
  MashSecret *key;      /* or NULL */
  guint64     counter;
} Keys;

static void
keys_clear (Keys *self)
{
  g_clear_pointer (&self->key, mash_secret_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keys, keys_clear)

static void
work_clear (Work *self)
{
  g_clear_pointer (&self->manifest, mash_manifest_free);
  g_clear_pointer (&self->backup_key, mash_secret_unref);
  g_clear_pointer (&self->key, mash_secret_unref);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  if (self->stage != NULL)
    mash_backup_clear (self->stage);
  g_clear_pointer (&self->stage, g_free);
  g_clear_pointer (&self->report, mash_restore_report_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

void
mash_restore_report_free (MashRestoreReport *report)
{
  if (report == NULL)
    return;

  g_free (report->made_at);
  g_free (report->kept);
  g_free (report->rescued);
  g_free (report->backup);
  g_strfreev (report->lost);
  g_clear_pointer (&report->report, mash_verify_report_free);
  g_free (report);
}

static void
tell (Work  *work,
      double fraction)
{
  if (work->request->progress != NULL)
    work->request->progress (fraction, work->request->progress_data);
}

static gboolean
take_file (Work       *work,
           const char *from,
           const char *name,
           GError    **error)
{
  switch (mash_backup_copy_file (from, work->stage, name))
    {
    case MASH_BACKUP_COPY_UNREAD:
      return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_DAMAGED,
                                   "A file of the backup is not there");

    case MASH_BACKUP_COPY_FULL:
      return mash_store_error_set (error, MASH_STORE_ERROR_FULL, "The disk is full");

    case MASH_BACKUP_COPY_UNWRITTEN:
      return mash_store_error_set (error, MASH_STORE_ERROR_IO,
                                   "The folder of the desk cannot be written");

    case MASH_BACKUP_COPY_DONE:
    default:
      return TRUE;
    }
}

static void
add_key (Work       *work,
         MashSecret *key)
{
  for (guint i = 0; key != NULL && i < work->known->len; i++)
    if (mash_secret_equal (key, work->known->pdata[i]))
      return;
  if (key != NULL)
    g_ptr_array_add (work->known, mash_secret_ref (key));
}

static gboolean
open_slots (Work       *work,
            MashSlots  *slots,
            Keys       *keys,
            GError    **error)
{
  const MashRestore *request = work->request;
  g_autoptr (MashSlotKey) key = NULL;

  key = mash_slots_open (slots, request->sign_in, request->passphrase, g_get_real_time (), error);
  if (key == NULL)
    return FALSE;
  keys->key = mash_secret_ref (key->database_key);
  keys->counter = mash_slots_get_counter (slots);
  add_key (work, key->database_key);
  add_key (work, key->older_key);

  return TRUE;
}

/* The tries are counted where the desk's own slots are asked. */
static gboolean
open_own_slots (Work      *work,
                Keys      *keys,
                gboolean  *is_counted,
                GError   **error)
{
  g_autoptr (MashSlots) slots = mash_slots_load (work->request->folder, NULL);
  g_autoptr (GError) local_error = NULL;

  *is_counted = slots != NULL;
  if (slots == NULL)
    return TRUE;
  if (strcmp (mash_slots_get_hub (slots), work->manifest->info->hub) != 0)
    return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_FOREIGN,
                                 "The backup is another hub's");
  if (open_slots (work, slots, keys, &local_error) ||
      g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY) ||
      g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOTS_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* Slots that are opened beside the desk would count wrong tries where nobody looks: they count in
 * the desk's folder, as if the desk itself had been opened. */
static gboolean
open_counted (Work       *work,
              MashSlots  *slots,
              Keys       *keys,
              GError    **error)
{
  const MashRestore *request = work->request;
  const char *hub = mash_slots_get_hub (slots);
  g_autoptr (GError) local_error = NULL;
  gint64 now = g_get_real_time ();
  int folder_fd = mash_file_open_folder (work->desk, error);
  gboolean opened = FALSE;

  if (folder_fd < 0)
    return FALSE;
  if (mash_tries_check (folder_fd, hub, request->sign_in, now, error) &&
      mash_tries_add (folder_fd, hub, request->sign_in, now, error))
    {
      opened = open_slots (work, slots, keys, &local_error);
      if (!g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY))
        mash_tries_take (folder_fd, hub, request->sign_in, FALSE, NULL);
      if (!opened)
        g_propagate_error (error, g_steal_pointer (&local_error));
    }
  close (folder_fd);

  return opened;
}

static gboolean
open_backup_slots (Work      *work,
                   gboolean   is_counted,
                   Keys      *keys,
                   GError   **error)
{
  g_autoptr (MashSlots) slots = NULL;

  if (!take_file (work, work->manifest->info->place, MASH_SLOTS_NAME, error))
    return FALSE;
  slots = mash_slots_load (work->stage, error);
  if (slots == NULL)
    return FALSE;

  return is_counted || work->desk == NULL ? open_slots (work, slots, keys, error)
                                          : open_counted (work, slots, keys, error);
}

/* Finds the key of the backup, and lays into the stage the slots with which the restored hub will
 * be opened. The slots that stand there know who was let in and who was not since the backup was
 * made, so they are preferred unless they are the older ones. The backup's are opened in any case:
 * where the desk's own are of another day than the database beside them, these may fit it. */
static gboolean
find_keys (Work    *work,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (Keys) own = { 0 };
  g_auto (Keys) copied = { 0 };
  gboolean takes_own, is_counted;

  work->known = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_secret_unref);
  if (!open_own_slots (work, &own, &is_counted, error))
    return FALSE;
  open_backup_slots (work, is_counted, &copied, &local_error);
  for (guint i = 0; i < work->known->len && work->backup_key == NULL; i++)
    work->backup_key = mash_backup_unseal_key (work->manifest->key, work->known->pdata[i],
                                               work->manifest->info->hub);
  if (work->backup_key != NULL)
    {
      takes_own = own.key != NULL && (copied.key == NULL || own.counter >= copied.counter);
      work->key = mash_secret_ref (takes_own ? own.key : copied.key);
      return !takes_own || take_file (work, work->request->folder, MASH_SLOTS_NAME, error);
    }

  if (local_error == NULL)
    return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_DAMAGED, "The backup has no key");
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
copy_pages (Work           *work,
            sqlite3_backup *copying,
            GError        **error)
{
  int rc;

  do
    {
      if (g_cancellable_set_error_if_cancelled (work->request->cancellable, error))
        return FALSE;
      rc = sqlite3_backup_step (copying, COPY_PAGES);
      tell (work, CHECKED + (COPIED - CHECKED) *
            (1.0 - (double) sqlite3_backup_remaining (copying) /
             MAX (sqlite3_backup_pagecount (copying), 1)));
    }
  while (rc == SQLITE_OK);

  if ((rc & 0xff) == SQLITE_FULL)
    return mash_store_error_set (error, MASH_STORE_ERROR_FULL, "The disk is full");

  return rc == SQLITE_DONE || mash_vault_set_error (rc, error);
}

static gboolean
copy_database (Work    *work,
               sqlite3 *vault,
               GError **error)
{
  g_autofree char *path = g_build_filename (work->stage, MASH_DATABASE_NAME, NULL);
  sqlite3 *target = mash_vault_open (path, work->key, MASH_VAULT_CREATE, error);
  sqlite3_backup *copying;
  gboolean copied;

  if (target == NULL)
    return FALSE;
  copying = sqlite3_backup_init (target, "main", vault, "main");
  copied = copying != NULL ? copy_pages (work, copying, error)
                           : mash_vault_set_error (sqlite3_extended_errcode (target), error);
  sqlite3_backup_finish (copying);
  sqlite3_close (target);

  return copied && mash_vault_sync (path, error);
}

static void
on_checking_cb (double   fraction,
                gpointer data)
{
  tell (data, CHECKED * fraction);
}

/* A backup that cannot be read is none, whatever it is that keeps it from being read. */
static gboolean
check_backup (Work     *work,
              sqlite3  *vault,
              GError  **error)
{
  const MashStoreWatch watch = { on_checking_cb, work, work->request->cancellable };
  GError *fault = NULL;

  if (mash_vault_check (vault, &watch, &fault) &&
      mash_manifest_check (work->manifest, vault, &fault))
    return TRUE;
  if (g_error_matches (fault, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_TARGET))
    fault->code = MASH_STORE_ERROR_BACKUP_DAMAGED;
  g_propagate_error (error, fault);

  return FALSE;
}

/* The backup is checked as a whole before a page of it goes anywhere. */
static gboolean
unpack (Work    *work,
        GError **error)
{
  g_autofree char *path = g_build_filename (work->manifest->info->place, MASH_BACKUP_DATABASE,
                                            NULL);
  sqlite3 *vault = mash_vault_open (path, work->backup_key, MASH_VAULT_READ, NULL);
  gboolean unpacked;

  if (vault == NULL)
    return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_DAMAGED,
                                 "The database of the backup cannot be opened");
  unpacked = check_backup (work, vault, error);
  tell (work, CHECKED);
  unpacked = unpacked && copy_database (work, vault, error);
  sqlite3_close (vault);

  return unpacked && take_file (work, work->manifest->info->place, "hub.ini", error);
}

static int
compare_references (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char **
list_lost (const MashRescue *found)
{
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (found->lost, NULL);
  char **lost = g_strdupv ((char **) keys);

  qsort (lost, g_strv_length (lost), sizeof *lost, compare_references);

  return lost;
}

static gboolean
rescue (Work      *work,
        MashStore *store,
        GError   **error)
{
  MashRestoreReport *report = work->report;
  g_autoptr (MashRescue) found = NULL;

  for (guint i = 0; i < work->known->len && (found == NULL || !found->opened); i++)
    {
      g_clear_pointer (&found, mash_rescue_free);
      found = mash_rescue_read (work->request->folder, work->stage, work->known->pdata[i],
                                work->manifest->info->hub, work->manifest->info->position, error);
      if (found == NULL)
        return FALSE;
    }
  report->unreadable = found->unreadable;

  if (!mash_rescue_apply (found, store, &report->taken, &report->missing, &report->drafts, error))
    return FALSE;
  report->lost = list_lost (found);

  return TRUE;
}

/* From here on the hub is another incarnation of itself, and remembers where it came from: what
 * was numbered after the backup was made is numbered anew. */
static gboolean
mark_restored (Work      *work,
               MashStore *store,
               GError   **error)
{
  g_autofree char *epoch = mash_store_make_id (store);
  g_autofree char *at = mash_time_format (mash_store_get_now (store));
  MashRestoreReport *report = work->report;

  return mash_database_run (store->database, error, "UPDATE meta SET epoch = ?1", "t", epoch) &&
         mash_database_run (store->database, error,
                            "INSERT INTO restored (at, made_at, position, missing, taken, drafts)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "ttiiii", at, report->made_at,
                            report->position, report->missing, report->taken, report->drafts);
}

static void
on_proving_cb (double   fraction,
               gpointer data)
{
  tell (data, OPENED + (PROVED - OPENED) * fraction);
}

/* Opens what was unpacked as a hub is opened, takes over what was found, and proves it. */
static gboolean
prove (Work    *work,
       gboolean takes_over,
       GError **error)
{
  const MashRestore *request = work->request;
  g_autoptr (MashStore) store = NULL;
  gboolean proved;

  store = mash_store_open (work->stage, request->policy, request->sign_in, request->passphrase,
                           error);
  proved = store != NULL &&
           (request->prepare == NULL || request->prepare (store, request->prepare_data, error)) &&
           (!request->keeper_only || mash_store_check_keeper (store, error)) &&
           (!takes_over || rescue (work, store, error)) &&
           mark_restored (work, store, error) &&
           (!takes_over || mash_store_log_key (store, "restore", store->own, error));
  tell (work, OPENED);
  proved = proved && mash_store_verify (store, on_proving_cb, work, request->cancellable,
                                        &work->report->report, error);
  if (proved && !work->report->report->holds)
    proved = mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_DAMAGED,
                                   "The restored hub does not verify");
  if (proved)
    proved = mash_store_close (store, error);
  tell (work, PROVED);

  return proved;
}

static gboolean
prepare_stage (Work    *work,
               GError **error)
{
  work->stage = g_build_filename (work->request->folder, MASH_RESTORE_STAGE, NULL);
  mash_backup_clear (work->stage);
  if (g_mkdir (work->stage, 0700) < 0)
    {
      mash_store_error_set_errno (error, errno, "make room for the backup");
      return FALSE;
    }

  return TRUE;
}

static gboolean
begin (Work    *work,
       GError **error)
{
  const MashRestore *request = work->request;
  g_autoptr (MashHubInfo) own = work->desk != NULL ? mash_hub_info_load (work->desk, NULL) : NULL;
  g_autofree char *place = mash_backup_find (request->source, own, error);

  work->manifest = place != NULL ? mash_manifest_load (place, error) : NULL;
  if (work->manifest == NULL)
    return FALSE;
  if (own != NULL && !mash_backup_is_of (work->manifest->info, own))
    return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_FOREIGN,
                                 "The backup is another desk's");

  work->report = g_new0 (MashRestoreReport, 1);
  work->report->made_at = g_strdup (work->manifest->info->made_at);
  work->report->position = work->manifest->info->position;

  return prepare_stage (work, error) && find_keys (work, error) && unpack (work, error);
}

/* What a file that is written here meets is nobody's backup that could not be made. */
static void
pass_on (GError  *fault,
         GError **error)
{
  if (g_error_matches (fault, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_TARGET))
    fault->code = MASH_STORE_ERROR_IO;
  g_propagate_error (error, fault);
}

/**
 * mash_restore_run:
 * @request: what to put where, and by whom
 * @report: (out) (transfer full): what came of it
 * @error: %MASH_STORE_ERROR_BUSY while the desk is open, %MASH_STORE_ERROR_NO_BACKUP,
 *   %MASH_STORE_ERROR_SEVERAL_BACKUPS, %MASH_STORE_ERROR_BACKUP_DAMAGED,
 *   %MASH_STORE_ERROR_BACKUP_FOREIGN, %MASH_STORE_ERROR_WRONG_KEY, %MASH_STORE_ERROR_FULL,
 *   %MASH_STORE_ERROR_REFUSED,
 *   %G_IO_ERROR_CANCELLED
 *
 * Puts a backup in the place of a hub that is damaged, gone, or to go back. All of it is made and
 * verified beside what stands there; that is then renamed, never deleted, and lies in
 * #MashRestoreReport.kept. What can still be read of it – drafts, and changes after the backup
 * whose signatures and rights hold – is taken over. Who did it stands in the chain of accesses,
 * signed. Cut off anywhere, there is what was or what is
 * new. Any thread.
 *
 * Returns: %TRUE when the folder holds the restored hub
 */
gboolean
mash_restore_run (const MashRestore  *request,
                  MashRestoreReport **report,
                  GError            **error)
{
  g_auto (Work) work = { .request = request, .desk = request->folder };
  GError *fault = NULL;
  gboolean done;
  int folder_fd;

  g_return_val_if_fail (request != NULL && report != NULL, FALSE);

  g_mkdir_with_parents (request->folder, 0700);
  if (!mash_database_file_lock (request->folder, &folder_fd, error))
    return FALSE;

  done = mash_restore_finish_locked (request->folder, &fault) &&
         begin (&work, &fault) &&
         prove (&work, TRUE, &fault) &&
         mash_restore_commit (request->folder, &work.report->kept, &fault);
  close (folder_fd);
  if (done)
    *report = g_steal_pointer (&work.report);
  else
    pass_on (fault, error);

  return done;
}

/**
 * mash_restore_drill:
 * @request: as for mash_restore_run(); its folder is an empty one of the caller's
 * @report: (out) (transfer full): what came of it
 * @error: as for mash_restore_run()
 *
 * Does all that mash_restore_run() does, in a folder that is nobody's, and takes it away again: so
 * that a backup is known to be good before it is needed. Any thread.
 *
 * Returns: %TRUE when the backup gives a hub that verifies
 */
gboolean
mash_restore_drill (const MashRestore  *request,
                    MashRestoreReport **report,
                    GError            **error)
{
  g_auto (Work) work = { .request = request, .desk = request->desk };
  GError *fault = NULL;
  gboolean done;
  int folder_fd;

  g_return_val_if_fail (request != NULL && report != NULL, FALSE);

  if (!mash_database_file_lock (request->folder, &folder_fd, error))
    return FALSE;
  done = begin (&work, &fault) && prove (&work, FALSE, &fault);
  close (folder_fd);
  if (done)
    *report = g_steal_pointer (&work.report);
  else
    pass_on (fault, error);

  return done;
}
