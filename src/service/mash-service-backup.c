/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-keys.h"

#include <glib/gi18n-lib.h>

#include "mash-backup.h"
#include "mash-copying.h"
#include "mash-service-private.h"
#include "mash-store-keys.h"

typedef struct
{
  char           *target;
  MashBackup     *backup;
  MashBackupInfo *info;
} BackingUp;

static gboolean
step (gpointer    work,
      MashStore  *store,
      double     *fraction,
      gboolean   *copied,
      GError    **error)
{
  BackingUp *backing_up = work;

  if (backing_up->backup == NULL && mash_store_check_keeper (store, error))
    backing_up->backup = mash_backup_begin (store, backing_up->target, error);

  return backing_up->backup != NULL &&
         mash_backup_step (backing_up->backup, 0, fraction, copied, error);
}

static gboolean
check (gpointer               work,
       const MashStoreWatch  *watch,
       GError               **error)
{
  BackingUp *backing_up = work;

  return mash_backup_check (backing_up->backup, watch->cancellable, error) &&
         mash_backup_keep (backing_up->backup, &backing_up->info, error);
}

static gboolean
release (gpointer    work,
         MashStore  *store,
         gboolean    is_whole,
         GError    **error)
{
  BackingUp *backing_up = work;

  g_clear_pointer (&backing_up->backup, mash_backup_free);

  return !is_whole || store == NULL || mash_store_note_backup (store, backing_up->info, error);
}

static void
answer (gpointer  work,
        GTask    *task,
        GError   *error)
{
  const MashBackupInfo *info = ((BackingUp *) work)->info;
  g_autofree char *at = NULL;

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  at = mash_service_dup_local_time (info->made_at);
  /* Translators: first a local time, then a number of changes, then a folder. */
  g_task_return_pointer (task, g_strdup_printf (_("The backup of %s is checked: %" G_GINT64_FORMAT
                                                  " changes, in %s."),
                                                at, info->position, info->place), g_free);
}

static void
free_backing_up (gpointer work)
{
  BackingUp *backing_up = work;

  g_clear_pointer (&backing_up->info, mash_backup_info_free);
  g_free (backing_up->target);
  g_free (backing_up);
}

static const MashCopyingKind backup_kind = {
  .share = 0.6,
  .step = step,
  .rest = check,
  .release = release,
  .answer = answer,
  .free = free_backing_up,
};

/**
 * mash_service_backup_async:
 * @self: a service, signed in by a manager or the administrator
 * @target: the folder in which the backup is to lie
 * @progress: (nullable): told how far it has come
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it; the last backup stands then
 * @callback: called when the new backup is checked and has replaced the last, or why it has not
 * @user_data: for @callback
 *
 * Copies the hub while people work; nobody waits for it longer than one step takes.
 */
void
mash_service_backup_async (MashService         *self,
                           const char          *target,
                           MashServiceProgress  progress,
                           gpointer             progress_data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  BackingUp *backing_up;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (target != NULL);

  if (mash_service_refuse_central (self, mash_service_backup_async, callback, user_data))
    return;

  backing_up = g_new0 (BackingUp, 1);
  backing_up->target = g_strdup (target);
  task = mash_service_begin (self, mash_service_backup_async, cancellable, callback, user_data);
  mash_copying_run (self, task, &backup_kind, backing_up, progress, progress_data);
}

/**
 * mash_service_backup_finish:
 * @self: a service
 * @result: a result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): one sentence on what was made
 */
char *
mash_service_backup_finish (MashService   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
