/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-copying.h"

#include "mash-progress.h"
#include "mash-service-private.h"

typedef struct
{
  MashService           *service; /* borrowed: the task holds it */
  GTask                 *task;    /* the caller's */
  const MashCopyingKind *kind;
  gpointer               work;
  MashProgress          *progress;
  double                 fraction;
  gboolean               copied;
  GError                *error;
} Run;

static void run_step (Run *run);

static gpointer
release_job (MashStore    **store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Run *run = data;
  gboolean is_whole = run->error == NULL;

  run->kind->release (run->work, *store, is_whole, is_whole ? &run->error : NULL);

  return run;
}

static void
on_released_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Run *run = user_data;

  if (run->kind->is_aside)
    mash_service_leave_aside (run->service);
  mash_progress_free (run->progress);
  run->kind->answer (run->work, run->task, run->error);
  run->kind->free (run->work);
  g_object_unref (run->task);
  g_free (run);
}

/* @error is the run's from here. */
static void
finish (Run    *run,
        GError *error)
{
  run->error = error;
  mash_service_insist (run->service, run, release_job, on_released_cb);
}

static void
set_progress (double   fraction,
              gpointer data)
{
  Run *run = data;

  mash_progress_set (run->kind->share + (1 - run->kind->share) * fraction, run->progress);
}

static gboolean
do_rest (Run     *run,
         GError **error)
{
  const MashStoreWatch watch = { set_progress, run, g_task_get_cancellable (run->task) };

  return run->kind->rest (run->work, &watch, error);
}

static gpointer
rest_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return do_rest (data, error) ? data : NULL;
}

static void
rest_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (do_rest (data, &error))
    g_task_return_pointer (task, data, NULL);
  else
    g_task_return_error (task, error);
}

static void
on_rested_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) != NULL)
    mash_progress_tell (run->progress, 1);
  finish (run, error);
}

/* A worker does it without the service, as in mash_service_run_aside(): its end may not come on
 * that thread. */
static void
run_rest (Run *run)
{
  g_autoptr (GTask) task = NULL;

  if (run->kind->in_store)
    {
      mash_service_insist (run->service, run, rest_job, on_rested_cb);
      return;
    }

  task = g_task_new (NULL, g_task_get_cancellable (run->task), on_rested_cb, run);
  g_task_set_task_data (task, run, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, rest_thread);
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

  return run->kind->step (run->work, *store, &run->fraction, &run->copied, error) ? run : NULL;
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

  mash_progress_tell (run->progress, run->kind->share * run->fraction);
  if (run->copied)
    run_rest (run);
  else
    run_step (run);
}

static void
run_step (Run *run)
{
  mash_service_insist (run->service, run, step_job, on_stepped_cb);
}

/**
 * mash_copying_run:
 * @service: the service of @task
 * @task: (transfer full): the caller's; its cancellable stops the work
 * @kind: what the work does
 * @work: (transfer full): the work
 * @progress: (nullable): told how far it has come
 * @progress_data: for @progress
 *
 * Main thread, and so is the answer. The idle lock waits for the end; a lock that somebody wants
 * does not.
 */
void
mash_copying_run (MashService           *service,
                  GTask                 *task,
                  const MashCopyingKind *kind,
                  gpointer               work,
                  MashServiceProgress    progress,
                  gpointer               progress_data)
{
  Run *run = g_new0 (Run, 1);

  run->service = service;
  run->task = task;
  run->kind = kind;
  run->work = work;
  run->progress = mash_progress_new (progress, progress_data);
  mash_service_keep_awake (task);
  run_step (run);
}
