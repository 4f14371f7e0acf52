/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-store-thread.h"

struct _MashStoreThread
{
  GThread     *thread;
  GAsyncQueue *jobs;
};

typedef struct
{
  GTask          *task; /* NULL ends the thread */
  MashStoreJob    run;
  GDestroyNotify  free_result;
} Job;

static void
do_job (MashStore **store,
        Job        *job)
{
  g_autoptr (GError) error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (job->task))
    return;

  result = job->run (store, g_task_get_task_data (job->task), g_task_get_cancellable (job->task),
                     &error);
  if (error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&error));
  else
    g_task_return_pointer (job->task, result, job->free_result);
}

static gboolean
keep_until_here (gpointer task)
{
  return G_SOURCE_REMOVE;
}

/* A task may hold the last reference to the service, whose end waits for this thread; so the
 * task is let go where it was begun and never here. */
static void
give_back (GTask *task)
{
  /* Attached, not invoked: invoking would run it here whenever that context is idle. */
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, keep_until_here, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static gpointer
run_thread (gpointer data)
{
  g_autoptr (GAsyncQueue) jobs = data;
  MashStore *store = NULL;
  gboolean ended = FALSE;

  while (!ended)
    {
      Job *job = g_async_queue_pop (jobs);

      ended = job->task == NULL;
      if (!ended)
        {
          do_job (&store, job);
          give_back (g_steal_pointer (&job->task));
        }
      g_free (job);
    }
  g_clear_object (&store);

  return NULL;
}

/**
 * mash_store_thread_new:
 *
 * Returns: (transfer full): a running thread without a store
 */
MashStoreThread *
mash_store_thread_new (void)
{
  MashStoreThread *self = g_new0 (MashStoreThread, 1);

  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("mash-store", run_thread, g_async_queue_ref (self->jobs));

  return self;
}

/**
 * mash_store_thread_free:
 * @self: (nullable): a thread
 *
 * Waits until the jobs given so far are done and the store is closed.
 */
void
mash_store_thread_free (MashStoreThread *self)
{
  if (self == NULL)
    return;

  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_free (self);
}

/**
 * mash_store_thread_run:
 * @self: a thread
 * @task: answers with a pointer or an error; its data is the job's
 * @job: what to do
 * @free_result: (nullable): frees a result that nobody takes
 *
 * Main thread; returns at once.
 */
void
mash_store_thread_run (MashStoreThread *self,
                       GTask           *task,
                       MashStoreJob     job,
                       GDestroyNotify   free_result)
{
  Job *entry;

  g_return_if_fail (self != NULL && G_IS_TASK (task) && job != NULL);

  entry = g_new0 (Job, 1);
  entry->task = g_object_ref (task);
  entry->run = job;
  entry->free_result = free_result;
  g_async_queue_push (self->jobs, entry);
}
