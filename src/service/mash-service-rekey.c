/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-keys.h"

#include <glib/gi18n-lib.h>

#include "mash-progress.h"
#include "mash-service-private.h"
#include "mash-store-rekey.h"

/* How much of the work is copying; the rest is the check, in one piece, and the exchange. */
#define COPYING 0.4

/* A change of the key under way. Its steps run on the store's thread, between whatever else is
 * asked of it. */
typedef struct
{
  MashService         *service; /* borrowed: the task holds it */
  GTask               *task;    /* the caller's */
  MashSecret          *passphrase;
  MashProgress        *progress;
  MashRekey           *rekey;
  double               fraction;
  gboolean             copied;
  GError              *error;
} Run;

static void
run_free (Run *run)
{
  g_clear_error (&run->error);
  g_clear_pointer (&run->passphrase, mash_secret_unref);
  g_object_unref (run->task);
  g_free (run);
}

static gpointer
free_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Run *run = data;

  g_clear_pointer (&run->rekey, mash_rekey_free);

  return run;
}

static void
on_freed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Run *run = user_data;

  mash_service_leave_aside (run->service);
  g_clear_pointer (&run->progress, mash_progress_free);
  if (g_error_matches (run->error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_task_return_new_error (run->task, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY, "%s",
                             _("The desk was locked meanwhile. The key is as it was."));
  else if (run->error != NULL)
    g_task_return_error (run->task, g_steal_pointer (&run->error));
  else
    g_task_return_boolean (run->task, TRUE);
  run_free (run);
}

static void
finish (Run    *run,
        GError *error)
{
  run->error = error;
  mash_service_insist (run->service, run, free_job, on_freed_cb);
}

static void
on_checking_cb (double   fraction,
                gpointer data)
{
  mash_progress_set (COPYING + (1 - COPYING) * fraction, data);
}

static gpointer
end_job (MashStore    **store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Run *run = data;
  const MashStoreWatch watch = { on_checking_cb, run->progress,
                                 g_task_get_cancellable (run->task) };

  return mash_rekey_end (run->rekey, &watch, error) ? run : NULL;
}

static void
on_ended_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GError *error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  finish (user_data, error);
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
  if (run->rekey == NULL)
    run->rekey = mash_rekey_begin (*store, run->passphrase, error);

  return run->rekey != NULL &&
         mash_rekey_step (run->rekey, 0, &run->fraction, &run->copied, error) ? run : NULL;
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

  mash_progress_tell (run->progress, COPYING * run->fraction);
  if (run->copied)
    mash_service_insist (run->service, run, end_job, on_ended_cb);
  else
    mash_service_insist (run->service, run, step_job, on_stepped_cb);
}

/**
 * mash_service_change_key_async:
 * @self: a service, signed in by a manager or the administrator
 * @passphrase: their passphrase, borrowed for the call
 * @progress: (nullable): told how far it has come
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it; the key is as it was then
 * @callback: called when the database has the new key, or why it has not
 * @user_data: for @callback
 *
 * Gives the database a new key while people work. For the last part, the check of what was
 * written, they wait. A lock stops it until then, and in the check too.
 */
void
mash_service_change_key_async (MashService         *self,
                               const char          *passphrase,
                               MashServiceProgress  progress,
                               gpointer             progress_data,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GCancellable) stop = NULL;
  GError *error = NULL;
  GTask *task;
  Run *run;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (passphrase != NULL);

  if (mash_service_refuse_central (self, mash_service_change_key_async, callback, user_data))
    return;

  stop = mash_service_enter_aside (self, cancellable);
  task = mash_service_begin (self, mash_service_change_key_async, stop, callback, user_data);
  /* Whether it was done is answered, not whether somebody would have liked it stopped. */
  g_task_set_check_cancellable (task, FALSE);
  if (stop == NULL)
    {
      mash_service_refuse_aside (task);
      return;
    }

  run = g_new0 (Run, 1);
  run->service = self;
  run->task = task;
  mash_service_keep_awake (run->task);
  run->passphrase = mash_secret_new_from_text (passphrase, -1, &error);
  run->progress = mash_progress_new (progress, progress_data);
  if (run->passphrase != NULL)
    mash_service_insist (run->service, run, step_job, on_stepped_cb);
  else
    finish (run, error);
}

gboolean
mash_service_change_key_finish (MashService   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
