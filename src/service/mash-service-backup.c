/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-keys.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "mash-backup.h"
#include "mash-policy-reader.h"
#include "mash-service-private.h"
#include "mash-store-keys.h"
#include "mash-time.h"

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

static char *
say_time (const char *instant)
{
  gint64 at;

  return mash_time_parse (instant, &at) ? mash_time_dup_local (at) : g_strdup (instant);
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
      g_autofree char *at = say_time (run->info->made_at);

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
      if (!mash_store_is_keeper (*store))
        {
          g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED,
                               _("Only a MASH manager or the administrator may do this."));
          return NULL;
        }
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

/* Putting back */

typedef struct
{
  char       *source;
  char       *folder;
  char       *sign_in;
  MashSecret *passphrase;
  gboolean    drill;
} Request;

static void
free_request (Request *request)
{
  g_free (request->source);
  g_free (request->folder);
  g_free (request->sign_in);
  g_clear_pointer (&request->passphrase, mash_secret_unref);
  g_free (request);
}

static gboolean
apply_policy (MashStore *store,
              gpointer   data,
              GError   **error)
{
  g_autoptr (MashPolicy) policy = NULL;

  return mash_service_apply_own_policy (store, &policy, error);
}

/* What became of the work between the backup and now, in words that are true in each case. */
static char *
say_rest (const MashRestoreReport *report)
{
  if (report->unreadable || report->missing > 0)
    return g_strdup_printf (_("%" G_GINT64_FORMAT " later changes and %" G_GINT64_FORMAT
                              " drafts were taken over; some could not be."),
                            report->taken, report->drafts);

  return g_strdup_printf (_("%" G_GINT64_FORMAT " later changes and %" G_GINT64_FORMAT
                            " drafts were taken over, all that there were."),
                          report->taken, report->drafts);
}

static char *
say_restored (const MashRestoreReport *report,
              gboolean                 drill)
{
  g_autofree char *at = say_time (report->made_at);
  g_autofree char *rest = NULL;

  if (drill)
    return g_strdup_printf (_("The backup of %s is good: a hub was made from it, and everything in "
                              "it holds (%" G_GINT64_FORMAT " changes)."), at, report->position);

  rest = say_rest (report);

  /* Translators: first a local time, then a sentence, then a folder. */
  return g_strdup_printf (_("The hub is restored from the backup of %s, and everything in it "
                            "holds. %s What stood there before is in %s."), at, rest, report->kept);
}

static gboolean
run_request (const Request      *request,
             GCancellable       *cancellable,
             MashRestoreReport **report,
             GError            **error)
{
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (error);
  g_autofree char *room = NULL;
  MashRestore restore = {
    .source = request->source,
    .folder = request->folder,
    .sign_in = request->sign_in,
    .passphrase = request->passphrase,
    .policy = policy,
    .prepare = apply_policy,
    .cancellable = cancellable,
  };
  gboolean done;

  if (policy == NULL)
    return FALSE;
  if (!request->drill)
    return mash_restore_run (&restore, report, error);

  room = g_dir_make_tmp ("mash-drill-XXXXXX", error);
  if (room == NULL)
    return FALSE;
  restore.folder = room;
  done = mash_restore_drill (&restore, report, error);
  g_rmdir (room);

  return done;
}

static gpointer
restore_job (MashStore    **store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Request *request = data;
  g_autoptr (MashRestoreReport) report = NULL;

  if (request->sign_in == NULL)
    {
      if (mash_service_need_store (store, error) == NULL)
        return NULL;
      request->sign_in = g_strdup (mash_store_get_sign_in (*store));
    }

  /* Nobody may be in what is about to be replaced. */
  if (!request->drill && *store != NULL)
    {
      if (!mash_store_close (*store, error))
        return NULL;
      g_clear_object (store);
    }

  return run_request (request, cancellable, &report, error)
         ? say_restored (report, request->drill) : NULL;
}

static void
on_restored_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *words = g_task_propagate_pointer (G_TASK (result), &error);

  if (words != NULL)
    g_task_return_pointer (task, words, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mash_service_restore_async:
 * @self: a service; for a drill whoever is signed in stays so, else the hub is closed
 * @source: the backup, or the folder in which it lies
 * @sign_in: (nullable): who puts it back; %NULL for who is signed in
 * @passphrase: their passphrase now, or the one they had when the backup was made
 * @drill: whether it is only tried, in a folder that is taken away again
 * @cancellable: (nullable): to stop it; what stood there stays then
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
mash_service_restore_async (MashService         *self,
                            const char          *source,
                            const char          *sign_in,
                            const char          *passphrase,
                            gboolean             drill,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GError) error = NULL;
  Request *request;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (source != NULL && passphrase != NULL);

  task = mash_service_begin (self, mash_service_restore_async, cancellable, callback, user_data);
  request = g_new0 (Request, 1);
  request->source = g_strdup (source);
  request->folder = g_strdup (self->folder);
  request->sign_in = g_strdup (sign_in);
  request->drill = drill;
  request->passphrase = mash_secret_new_from_text (passphrase, -1, &error);
  if (request->passphrase == NULL)
    {
      free_request (request);
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  mash_service_run (self, task, request, (GDestroyNotify) free_request, restore_job, g_free,
                    on_restored_cb);
}

/**
 * mash_service_restore_finish:
 * @self: a service
 * @result: a result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): in words what came of it
 */
char *
mash_service_restore_finish (MashService   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
