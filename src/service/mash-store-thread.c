/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-store-thread.h"

struct _MashStoreThread
{
  GThread     *thread;
  GAsyncQueue *jobs;
  gboolean     ended; /* read and written under the queue's lock */
  gint64       asked; /* when a job was given last; under that lock, too */
};

/* Somebody who waits. */
typedef struct
{
  MashStoreCall run;
  gpointer      data;
  GMutex        mutex;
  GCond         cond;
  gboolean      done;
} Call;

typedef struct
{
  GTask          *task; /* NULL ends the thread, unless there is a call */
  Call           *call;
  MashStoreCall   later; /* for which nobody waits */
  gpointer        data;
  MashStoreJob    run;
  GDestroyNotify  free_result;
} Job;

/* Nothing of the call is touched after it was said to be done: it lies where somebody waited. */
static void
do_call (MashStore **store,
         Call       *call)
{
  call->run (store, call->data);
  g_mutex_lock (&call->mutex);
  call->done = TRUE;
  g_cond_signal (&call->cond);
  g_mutex_unlock (&call->mutex);
}

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

      ended = job->task == NULL && job->call == NULL && job->later == NULL;
      if (job->call != NULL)
        {
          do_call (&store, job->call);
        }
      else if (job->later != NULL)
        {
          job->later (&store, job->data);
        }
      else if (!ended)
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
  MashStoreThread *self = g_atomic_rc_box_new0 (MashStoreThread);

  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("mash-store", run_thread, g_async_queue_ref (self->jobs));

  return self;
}

static void
thread_clear (gpointer data)
{
  g_async_queue_unref (((MashStoreThread *) data)->jobs);
}

/**
 * mash_store_thread_ref:
 * @self: a thread
 *
 * Returns: (transfer full): the same, which may be called after its end; it then does nothing
 */
MashStoreThread *
mash_store_thread_ref (MashStoreThread *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
mash_store_thread_unref (MashStoreThread *self)
{
  g_atomic_rc_box_release_full (self, thread_clear);
}

/* Whether there is still a thread to do a job; where there is none the job is gone. */
static gboolean
push (MashStoreThread *self,
      Job             *job,
      gboolean         is_last)
{
  gboolean ended;

  g_async_queue_lock (self->jobs);
  ended = self->ended;
  self->ended = ended || is_last;
  if (job->task != NULL)
    self->asked = g_get_monotonic_time ();
  if (!ended)
    g_async_queue_push_unlocked (self->jobs, job);
  g_async_queue_unlock (self->jobs);
  if (ended)
    g_free (job);

  return !ended;
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

  push (self, g_new0 (Job, 1), TRUE);
  g_thread_join (self->thread);
  mash_store_thread_unref (self);
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
  push (self, entry, FALSE);
}

/**
 * mash_store_thread_call:
 * @self: a thread
 * @call: what to do
 * @data: for @call
 *
 * Does something on the thread and waits until it is done. Any thread but that one.
 *
 * Returns: %FALSE where the thread has ended, and nothing was done
 */
gboolean
mash_store_thread_call (MashStoreThread *self,
                        MashStoreCall    call,
                        gpointer         data)
{
  Call waiting = { .run = call, .data = data };
  Job *entry = g_new0 (Job, 1);
  gboolean taken;

  g_return_val_if_fail (g_thread_self () != self->thread, FALSE);

  g_mutex_init (&waiting.mutex);
  g_cond_init (&waiting.cond);
  entry->call = &waiting;
  taken = push (self, entry, FALSE);

  g_mutex_lock (&waiting.mutex);
  while (taken && !waiting.done)
    g_cond_wait (&waiting.cond, &waiting.mutex);
  g_mutex_unlock (&waiting.mutex);
  g_mutex_clear (&waiting.mutex);
  g_cond_clear (&waiting.cond);

  return taken;
}

/**
 * mash_store_thread_call_later:
 * @self: a thread that has not ended
 * @call: what to do
 * @data: for @call, which sees to its end
 *
 * Does something on the thread after all that was asked before, and does not wait for it.
 */
void
mash_store_thread_call_later (MashStoreThread *self,
                              MashStoreCall    call,
                              gpointer         data)
{
  Job *entry = g_new0 (Job, 1);

  entry->later = call;
  entry->data = data;
  push (self, entry, FALSE);
}

/**
 * mash_store_thread_get_rest:
 * @self: a thread
 *
 * Any thread.
 *
 * Returns: how long ago the last job was given, in microseconds
 */
gint64
mash_store_thread_get_rest (MashStoreThread *self)
{
  gint64 asked;

  g_async_queue_lock (self->jobs);
  asked = self->asked;
  g_async_queue_unlock (self->jobs);

  return g_get_monotonic_time () - asked;
}
