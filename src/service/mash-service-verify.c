/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"

#include <glib/gi18n-lib.h>

#include "mash-progress.h"
#include "mash-store-proof.h"

/* How much of the time the copying takes; the rest is the proof. */
#define COPYING 0.1

/* A proof under way. The copying runs on the store's thread, between whatever else is asked of it;
 * the proof runs on a worker, because it needs the copy and nothing else. */
typedef struct
{
  MashService      *service; /* borrowed: the task holds it */
  GTask            *task;    /* the caller's */
  MashProgress     *progress;
  MashProof        *proof;
  MashVerifyReport *report;
  double            fraction;
  gboolean          copied;
  GError           *error;
} Run;

static void run_step (Run *run);

static void
run_free (Run *run)
{
  g_clear_pointer (&run->progress, mash_progress_free);
  g_clear_pointer (&run->report, mash_verify_report_free);
  g_clear_error (&run->error);
  g_object_unref (run->task);
  g_free (run);
}

static char *
say_report (const MashVerifyReport *report)
{
  if (report->holds)
    return g_strdup_printf (_("Everything holds: %" G_GINT64_FORMAT " changes, %" G_GINT64_FORMAT
                              " looks, %" G_GINT64_FORMAT " rows rebuilt and compared."),
                            report->n_changes, report->n_views, report->n_rows);

  /* Translators: first a table, then a place in the log or 0, then what is wrong. */
  return g_strdup_printf (_("%s, entry %" G_GINT64_FORMAT ": %s"),
                          report->table, report->position, report->fault);
}

static gpointer
end_job (MashStore    **store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Run *run = data;

  g_clear_pointer (&run->proof, mash_proof_free);

  return run;
}

static void
on_ended_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Run *run = user_data;
  g_autofree char *words = run->report != NULL ? say_report (run->report) : NULL;

  mash_service_leave_aside (run->service);
  if (words == NULL)
    g_task_return_error (run->task, g_steal_pointer (&run->error));
  else if (run->report->holds)
    g_task_return_pointer (run->task, g_steal_pointer (&words), g_free);
  else
    g_task_return_new_error (run->task, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED, "%s", words);
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
set_progress (double   fraction,
              gpointer data)
{
  mash_progress_set (COPYING + (1 - COPYING) * fraction, data);
}

static void
prove_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Run *run = data;
  GError *error = NULL;

  if (mash_proof_run (run->proof, set_progress, run->progress, cancellable, &run->report, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_proved_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  finish (user_data, error);
}

/* Without the service, as in mash_service_run_aside(): its end may not come on that thread. */
static void
prove (Run *run)
{
  g_autoptr (GTask) proving = g_task_new (NULL, g_task_get_cancellable (run->task), on_proved_cb,
                                          run);

  g_task_set_task_data (proving, run, NULL);
  g_task_set_check_cancellable (proving, FALSE);
  g_task_run_in_thread (proving, prove_thread);
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
  if (run->proof == NULL)
    run->proof = mash_proof_begin (*store, error);

  return run->proof != NULL &&
         mash_proof_step (run->proof, 0, &run->fraction, &run->copied, error) ? run : NULL;
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
    prove (run);
  else
    run_step (run);
}

static void
run_step (Run *run)
{
  mash_service_insist (run->service, run, step_job, on_stepped_cb);
}

/**
 * mash_service_verify_async:
 * @self: a service, signed in
 * @progress: (nullable): told how far it has come
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Rebuilds every table from the changes and compares; checks digests, chain and signatures. A fault
 * is an error that names the first entry that does not hold. It is done on a copy of the database
 * as it is now, while people work, and nobody waits for it longer than one step of the copying
 * takes. A lock stops it.
 */
void
mash_service_verify_async (MashService         *self,
                           MashServiceProgress  progress,
                           gpointer             progress_data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GCancellable) stop = NULL;
  GTask *task;
  Run *run;

  g_return_if_fail (MASH_IS_SERVICE (self));

  stop = mash_service_enter_aside (self, cancellable);
  task = mash_service_begin (self, mash_service_verify_async, stop, callback, user_data);
  if (stop == NULL)
    {
      mash_service_refuse_aside (task);
      return;
    }

  run = g_new0 (Run, 1);
  run->service = self;
  run->task = task;
  run->progress = mash_progress_new (progress, progress_data);
  mash_service_keep_awake (run->task);
  run_step (run);
}

/**
 * mash_service_verify_finish:
 * @self: a service
 * @result: a result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): one sentence on what was checked
 */
char *
mash_service_verify_finish (MashService   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
