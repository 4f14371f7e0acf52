/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "mash-backup-private.h"
#include "mash-body.h"
#include "mash-database-private.h"
#include "mash-page-copy.h"
#include "mash-store-private.h"
#include "mash-time.h"

#define HUB_FILE "hub.ini"

struct _MashBackup
{
  MashStore      *store;    /* borrowed, until all pages are copied */
  sqlite3        *vault;
  MashPageCopy    pages;
  MashSecret     *key;
  MashManifest   *manifest;
  char           *target;
  char           *place;    /* where it will stand */
  char           *fresh;    /* where it is made */
  gboolean        checked;
  gboolean        kept;
};

/* A backup inside the folder that it saves would go with it. */
static gboolean
check_target (MashStore  *store,
              const char *target,
              GError    **error)
{
  g_autofree char *own = realpath (store->folder, NULL);
  g_autofree char *there = realpath (target, NULL);
  gsize length = own ? strlen (own) : 0;

  if (there == NULL || !g_file_test (there, G_FILE_TEST_IS_DIR))
    return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_TARGET, "There is no such folder");
  if (own != NULL && strncmp (there, own, length) == 0 &&
      (there[length] == '\0' || there[length] == '/'))
    return mash_store_error_set (error, MASH_STORE_ERROR_SAME_PLACE,
                                 "The backup would lie in what it saves");

  return TRUE;
}

/* Somebody else's backup of the same name is never replaced. */
static gboolean
check_last (MashBackup *self,
            GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MashManifest) last = NULL;

  if (!g_file_test (self->place, G_FILE_TEST_EXISTS))
    return TRUE;
  last = mash_manifest_load (self->place, &local_error);
  if (last != NULL && !mash_backup_is_of (last->info, self->store->info))
    return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_TARGET,
                                 "There is another desk's backup of the same name");

  return TRUE;
}

static gboolean
make_place (MashBackup *self,
            GError    **error)
{
  const MashHubInfo *hub = self->store->info;
  g_autofree char *name = mash_backup_dup_name (hub->desk);

  self->place = g_build_filename (self->target, name, NULL);
  self->fresh = g_strconcat (self->place, ".new", NULL);
  self->manifest->info->hub = g_strdup (hub->hub);
  self->manifest->info->hub_name = g_strdup (hub->name);
  self->manifest->info->desk = g_strdup (hub->desk);
  if (!check_last (self, error))
    return FALSE;

  mash_backup_clear (self->fresh);
  if (g_mkdir (self->fresh, 0700) < 0)
    return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_TARGET,
                                 "The backup cannot be made there");

  return TRUE;
}

static gboolean
begin_copy (MashBackup *self,
            GError    **error)
{
  g_autofree char *path = g_build_filename (self->fresh, MASH_BACKUP_DATABASE, NULL);
  int rc;

  self->key = mash_secret_new_random (MASH_DATABASE_KEY_LENGTH);
  self->manifest->key = mash_backup_seal_key (self->key, self->store->database->key,
                                              self->store->info->hub);
  self->vault = mash_vault_open (path, self->key, MASH_VAULT_CREATE, error);
  if (self->vault == NULL)
    return FALSE;
  rc = mash_page_copy_begin (&self->pages, self->store, self->vault);

  return rc == SQLITE_OK || mash_vault_set_error (rc, error);
}

static gboolean
log_backup (MashStore *store,
            GError   **error)
{
  g_autoptr (GHashTable) members = mash_body_new ();

  mash_body_set (members, ".deed", g_variant_new_string ("backup"));

  return mash_store_log_view (store, "backup", store->info->desk, members, error);
}

/**
 * mash_backup_begin:
 * @store: a store; it is told before it closes
 * @target: the folder in which the backup is to lie
 * @error: %MASH_STORE_ERROR_BACKUP_TARGET, %MASH_STORE_ERROR_SAME_PLACE, or
 *   %MASH_STORE_ERROR_REFUSED when a backup is under way
 *
 * Begins a backup beside the last one. Work goes on between the steps; what is saved meanwhile is
 * in the backup too. Store's thread.
 *
 * Returns: (transfer full): the backup, or %NULL
 */
MashBackup *
mash_backup_begin (MashStore   *store,
                   const char  *target,
                   GError     **error)
{
  g_autoptr (MashBackup) self = NULL;

  mash_store_assert (store);
  g_return_val_if_fail (target != NULL, NULL);

  if (store->backup != NULL || store->rekey != NULL)
    {
      mash_store_refuse (error, _("A backup, a check or a change of the key is under way. Wait "
                                  "until it is done."));
      return NULL;
    }
  if (!check_target (store, target, error) || !log_backup (store, error))
    return NULL;

  self = g_new0 (MashBackup, 1);
  self->store = store;
  store->backup = self;
  self->target = g_canonicalize_filename (target, NULL);
  self->manifest = mash_manifest_new ();

  return make_place (self, error) && begin_copy (self, error) ? g_steal_pointer (&self) : NULL;
}

/* Ends the copying; the store goes its own way from here. */
void
mash_backup_stop (gpointer backup)
{
  MashBackup *self = backup;

  if (self == NULL || self->store == NULL)
    return;

  mash_page_copy_end (&self->pages);
  self->store->backup = NULL;
  self->store = NULL;
}

/* A file that stands beside the database goes with it. */
static gboolean
copy_beside (MashBackup *self,
             const char *name,
             GError    **error)
{
  switch (mash_backup_copy_file (self->store->folder, self->fresh, name))
    {
    case MASH_BACKUP_COPY_UNREAD:
      return mash_store_error_set (error, MASH_STORE_ERROR_IO,
                                   "A file beside the database cannot be read");

    case MASH_BACKUP_COPY_FULL:
    case MASH_BACKUP_COPY_UNWRITTEN:
      return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_TARGET,
                                   "The backup cannot be written");

    case MASH_BACKUP_COPY_DONE:
    default:
      return TRUE;
    }
}

/* In the same step as the last page, so that the slots, the counts and the pages are of one
 * moment. */
static gboolean
end_copy (MashBackup *self,
          GError    **error)
{
  MashStore *store = self->store;
  char *hex = g_malloc (2 * sizeof store->head.chain + 1);

  self->manifest->info->made_at = mash_time_format (mash_store_get_now (store));
  self->manifest->info->position = store->head.position;
  self->manifest->info->views = store->view_head.position;
  self->manifest->chain = sodium_bin2hex (hex, 2 * sizeof store->head.chain + 1,
                                          store->head.chain, sizeof store->head.chain);
  if (!copy_beside (self, MASH_SLOTS_NAME, error) ||
      !copy_beside (self, HUB_FILE, error))
    return FALSE;
  mash_backup_stop (self);

  return TRUE;
}

/**
 * mash_backup_step:
 * @self: a backup
 * @pages: how many pages to copy; 0 for as many as nobody notices
 * @fraction: (out) (optional): how far it has come, from 0 to 1
 * @done: (out): whether all is copied; mash_backup_check() is next, without the store
 * @error: %MASH_STORE_ERROR_BACKUP_TARGET, %MASH_STORE_ERROR_DAMAGED when a page of the desk's own
 *   database does not hold, %MASH_STORE_ERROR_IO, %G_IO_ERROR_CLOSED when the store was closed
 *   meanwhile
 *
 * Store's thread.
 *
 * Returns: %FALSE when it cannot go on; the last backup stands
 */
gboolean
mash_backup_step (MashBackup *self,
                  guint       pages,
                  double     *fraction,
                  gboolean   *done,
                  GError    **error)
{
  int rc;

  g_return_val_if_fail (self != NULL && done != NULL, FALSE);

  *done = FALSE;
  if (!mash_page_copy_check_open (self->store, error))
    return FALSE;

  rc = mash_page_copy_step (&self->pages, pages, fraction);
  if (rc == SQLITE_OK)
    return TRUE;
  if ((rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB)
    return mash_store_error_set (error, MASH_STORE_ERROR_DAMAGED, "The database cannot be copied");
  /* Nothing is read of the new file but what was just written to it. */
  if (rc == SQLITE_IOERR_READ || rc == SQLITE_IOERR_SHORT_READ)
    return mash_store_error_set (error, MASH_STORE_ERROR_IO, "The database cannot be read");
  if (rc != SQLITE_DONE)
    return mash_vault_set_error (rc, error);

  *done = TRUE;

  return end_copy (self, error);
}

/* What the copy says of itself is read anew from the disk. */
static gboolean
check_copy (MashBackup   *self,
            sqlite3      *vault,
            GCancellable *cancellable,
            GError      **error)
{
  const MashStoreWatch watch = { .cancellable = cancellable };

  if (!mash_vault_check (vault, &watch, error))
    return FALSE;

  self->manifest->rows = mash_manifest_count (vault, error);

  return self->manifest->rows != NULL && mash_manifest_check (self->manifest, vault, error);
}

/**
 * mash_backup_check:
 * @self: a backup that is copied
 * @cancellable: (nullable): to stop it
 * @error: %MASH_STORE_ERROR_BACKUP_DAMAGED, %MASH_STORE_ERROR_BACKUP_TARGET, %G_IO_ERROR_CANCELLED
 *
 * Opens the copy anew and checks every page, every table and index, and that it ends with the same
 * change as the hub did. Any thread.
 *
 * Returns: whether it may replace the last one
 */
gboolean
mash_backup_check (MashBackup   *self,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autofree char *path = NULL;
  sqlite3 *vault;
  struct stat st;

  g_return_val_if_fail (self != NULL && self->store == NULL, FALSE);

  path = g_build_filename (self->fresh, MASH_BACKUP_DATABASE, NULL);
  g_clear_pointer (&self->vault, sqlite3_close);
  if (!mash_vault_sync (path, error))
    return FALSE;
  vault = mash_vault_open (path, self->key, MASH_VAULT_READ, error);
  if (vault == NULL)
    return FALSE;
  self->checked = check_copy (self, vault, cancellable, error);
  sqlite3_close (vault);
  if (!self->checked)
    return FALSE;

  if (stat (path, &st) == 0)
    self->manifest->info->bytes = st.st_size;
  self->checked = mash_manifest_save (self->manifest, self->fresh, error) &&
                  mash_vault_sync (self->fresh, error);

  return self->checked;
}

/**
 * mash_backup_keep:
 * @self: a backup that was checked
 * @info: (out) (optional) (transfer full): what it holds
 * @error: %MASH_STORE_ERROR_BACKUP_TARGET
 *
 * Puts it in the place of the last one. Cut off anywhere, one of them is there by its name or with
 * `.old` behind it, and whoever looks for a backup finds it. Any thread.
 *
 * Returns: whether it is the last one now
 */
gboolean
mash_backup_keep (MashBackup      *self,
                  MashBackupInfo **info,
                  GError         **error)
{
  g_autofree char *old = NULL;

  g_return_val_if_fail (self != NULL && self->checked, FALSE);

  old = g_strconcat (self->place, ".old", NULL);
  if (g_file_test (self->place, G_FILE_TEST_EXISTS))
    {
      mash_backup_clear (old);
      if (g_rename (self->place, old) < 0)
        return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_TARGET,
                                     "The last backup cannot be renamed");
    }
  if (g_rename (self->fresh, self->place) < 0)
    {
      g_rename (old, self->place);
      return mash_store_error_set (error, MASH_STORE_ERROR_BACKUP_TARGET,
                                   "The backup cannot be renamed");
    }
  self->kept = TRUE;
  if (!mash_vault_sync (self->target, error))
    return FALSE;
  mash_backup_clear (old);

  self->manifest->info->place = g_strdup (self->place);
  if (info != NULL)
    *info = g_steal_pointer (&self->manifest->info);

  return TRUE;
}

/**
 * mash_backup_free:
 * @self: (transfer full) (nullable): a backup
 *
 * Throws away what was made, unless it was kept. While it copies, store's thread.
 */
void
mash_backup_free (MashBackup *self)
{
  if (self == NULL)
    return;

  mash_backup_stop (self);
  g_clear_pointer (&self->vault, sqlite3_close);
  if (!self->kept && self->fresh != NULL)
    mash_backup_clear (self->fresh);
  g_clear_pointer (&self->key, mash_secret_unref);
  g_clear_pointer (&self->manifest, mash_manifest_free);
  g_free (self->target);
  g_free (self->place);
  g_free (self->fresh);
  g_free (self);
}

/**
 * mash_store_backup:
 * @self: a store
 * @target: the folder in which the backup is to lie
 * @progress: (nullable): told how far it has come
 * @data: for @progress
 * @cancellable: (nullable): to stop it; the last backup stands then
 * @info: (out) (optional) (transfer full): what the backup holds
 * @error: as for mash_backup_begin(), mash_backup_step(), mash_backup_check()
 *
 * Makes, checks and keeps a backup at once, where nobody waits for the store meanwhile.
 *
 * Returns: whether it is the last one now
 */
gboolean
mash_store_backup (MashStore         *self,
                   const char        *target,
                   MashStoreProgress  progress,
                   gpointer           data,
                   GCancellable      *cancellable,
                   MashBackupInfo   **info,
                   GError           **error)
{
  g_autoptr (MashBackup) backup = mash_backup_begin (self, target, error);
  g_autoptr (MashBackupInfo) made = NULL;
  gboolean done = FALSE;
  double fraction;

  while (backup != NULL && !done)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !mash_backup_step (backup, 0, &fraction, &done, error))
        return FALSE;
      if (progress != NULL)
        progress (0.7 * fraction, data);
    }
  if (backup == NULL || !mash_backup_check (backup, cancellable, error) ||
      !mash_backup_keep (backup, &made, error) || !mash_store_note_backup (self, made, error))
    return FALSE;
  if (progress != NULL)
    progress (1.0, data);
  if (info != NULL)
    *info = g_steal_pointer (&made);

  return TRUE;
}

/**
 * mash_store_note_backup:
 * @self: a store
 * @info: what mash_backup_keep() gave
 * @error: return location for a #MashStoreError
 *
 * Returns: %TRUE when the hub remembers it as its last one
 */
gboolean
mash_store_note_backup (MashStore            *self,
                        const MashBackupInfo *info,
                        GError              **error)
{
  mash_store_assert (self);
  g_return_val_if_fail (info != NULL, FALSE);

  return mash_database_run (self->database, error,
                            "INSERT INTO backup_kept (one, at, place, changes, views, bytes)"
                            " VALUES (1, ?1, ?2, ?3, ?4, ?5)"
                            " ON CONFLICT (one) DO UPDATE SET at = excluded.at,"
                            " place = excluded.place, changes = excluded.changes,"
                            " views = excluded.views, bytes = excluded.bytes", "ttiii",
                            info->made_at, info->place, info->position, info->views, info->bytes);
}

/**
 * mash_store_get_backup:
 * @self: a store
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable): the last backup that was checked; %NULL without an error
 *   when there was none
 */
MashBackupInfo *
mash_store_get_backup (MashStore  *self,
                       GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashBackupInfo *info;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT at, place, changes, views, bytes FROM backup_kept", error);
  if (row == NULL || mash_statement_step (row, error) != MASH_STEP_ROW)
    return NULL;

  info = g_new0 (MashBackupInfo, 1);
  info->hub = g_strdup (self->info->hub);
  info->hub_name = g_strdup (self->info->name);
  info->desk = g_strdup (self->info->desk);
  info->made_at = mash_statement_dup_text (row, 0);
  info->place = mash_statement_dup_text (row, 1);
  info->position = mash_statement_get_int (row, 2);
  info->views = mash_statement_get_int (row, 3);
  info->bytes = mash_statement_get_int (row, 4);

  return info;
}
