/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-keys.h"

#include <glib/gi18n-lib.h>

#include "mash-backup.h"
#include "mash-service-private.h"
#include "mash-store-keys.h"

/* How much of the time the copying takes; the rest is the check. */
#define COPYING 0.6

/* A backup under way. The steps run on the store's thread, between whatever else is asked of it;
 * the check runs on a worker, because it needs the copy and nothing else. */
typedef struct
{
  MashService         *service; /* borrowed: the task holds it */
  GTask               *task;    /* the caller's */
  char                *target;
  MashServiceProgress  progress;
  gpointer             progress_data;
  MashBackup          *backup;
  MashBackupInfo      *info;
  double               fraction;
  gboolean             done;
  GError              *error;
} Run;

static void run_step (Run *run);

static void
run_free (Run *run)
{
  g_clear_pointer (&run->info, mash_backup_info_free);
  g_clear_error (&run->error);
  g_object_unref (run->task);
  g_free (run->target);
  g_free (run);
}

static void
tell (Run    *run,
      double  fraction)
{
  if (run->progress != NULL)
    run->progress (fraction, run->progress_data);
}

static gpointer
end_job (MashStore    **store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Run *run = data;

  g_clear_pointer (&run->backup, mash_backup_free);
  if (run->error == NULL && *store != NULL)
    mash_store_note_backup (*store, run->info, &run->error);

  return run;
}

static void
on_ended_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Run *run = user_data;

  if (run->error != NULL)
    {
      g_task_return_error (run->task, g_steal_pointer (&run->error));
    }
  else
    {
      g_autofree char *at = mash_service_dup_local_time (run->info->made_at);

      /* Translators: first a local time, then a number of changes, then a folder. */
      g_task_return_pointer (run->task,
                             g_strdup_printf (_("The backup of %s is checked: %" G_GINT64_FORMAT
                                                " changes, in %s."),
                                              at, run->info->position, run->info->place), g_free);
    }
  run_free (run);
}

static void
finish (Run    *run,
        GError *error)
{
  run->error = error;
  mash_service_insist (run->service, run, end_job, on_ended_cb);
}

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Run *run = data;
  GError *error = NULL;

  if (mash_backup_check (run->backup, cancellable, &error) &&
      mash_backup_keep (run->backup, &run->info, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_checked_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  tell (run, 1.0);
  finish (run, error);
}

/* Without the service, as in mash_service_run_aside(): its end may not come on that thread. */
static void
check (Run *run)
{
  g_autoptr (GTask) checking = g_task_new (NULL, g_task_get_cancellable (run->task), on_checked_cb,
                                           run);

  g_task_set_task_data (checking, run, NULL);
  g_task_set_check_cancellable (checking, FALSE);
  g_task_run_in_thread (checking, check_thread);
}

static gpointer
step_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Run *run = data;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;
  if (run->backup == NULL)
    {
      if (!mash_store_check_keeper (*store, error))
        return NULL;
      run->backup = mash_backup_begin (*store, run->target, error);
    }
  if (run->backup == NULL ||
      !mash_backup_step (run->backup, 0, &run->fraction, &run->done, error))
    return NULL;

  return run;
}

static void
on_stepped_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) == NULL ||
      g_cancellable_set_error_if_cancelled (g_task_get_cancellable (run->task), &error))
    {
      finish (run, error);
      return;
    }

  tell (run, COPYING * run->fraction);
  if (run->done)
    check (run);
  else
    run_step (run);
}

static void
run_step (Run *run)
{
  mash_service_insist (run->service, run, step_job, on_stepped_cb);
}

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
  Run *run;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (target != NULL);

  if (mash_service_refuse_central (self, mash_service_backup_async, callback, user_data))
    return;

  run = g_new0 (Run, 1);
  run->service = self;
  run->task = mash_service_begin (self, mash_service_backup_async, cancellable, callback,
                                  user_data);
  mash_service_keep_awake (run->task);
  run->target = g_strdup (target);
  run->progress = progress;
  run->progress_data = progress_data;
  run_step (run);
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
