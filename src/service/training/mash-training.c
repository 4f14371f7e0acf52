/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "mash-policy-reader.h"
#include "mash-service.h"
#include "mash-store-thread.h"
#include "mash-time.h"
#include "mash-training-reports.h"
#include "mash-training-rota.h"
#include "mash-training-same.h"
#include "mash-training-script.h"

/* How often the caller hears how far it is. */
#define PROGRESS_PERIOD G_USEC_PER_SEC

/* What the thread is given. */
typedef struct
{
  char                *folder;
  char                *making;    /* a folder beside it, in which the hub is made */
  MashTrainingPlan     plan;
  MashTrainingProgress progress;
  gpointer             progress_data;
  GMainContext        *context;
  MashStoreThread     *thread;
  gint64               told_at;
} Work;

typedef struct
{
  MashTrainingProgress progress;
  gpointer             data;
  guint                percent;
} News;

static void
free_work (Work *self)
{
  mash_store_thread_free (self->thread);
  g_free (self->folder);
  g_free (self->making);
  g_main_context_unref (self->context);
  g_free (self);
}

static gboolean
tell_cb (gpointer data)
{
  News *news = data;

  news->progress (news->percent, news->data);

  return G_SOURCE_REMOVE;
}

static void
tell (Work *self,
      guint done,
      guint all)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  News *news;

  if (self->progress == NULL || now - self->told_at < PROGRESS_PERIOD)
    return;

  self->told_at = now;
  news = g_new0 (News, 1);
  *news = (News) { self->progress, self->progress_data, (guint) ((guint64) done * 100 / all) };
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, news, g_free);
  g_source_attach (source, self->context);
}

static gboolean
play (Work            *self,
      MashTrainingHub *hub,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr (MashTrainingScript) script = mash_training_script_new (hub, &self->plan);
  MashTrainingContact *contact;
  MashTrainingStep step;

  while (mash_training_script_next (script, &contact, &step))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !mash_training_do (hub, contact, &step, error))
        return FALSE;
      tell (self, mash_training_script_get_n_ended (script), self->plan.contacts);
    }

  return TRUE;
}

static gboolean
make_hub (Work         *self,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (error);
  g_autoptr (MashTrainingHub) hub = NULL;

  if (policy == NULL)
    return FALSE;

  hub = mash_training_hub_new (self->making, policy, &self->plan, error);

  return hub != NULL && play (self, hub, cancellable, error) &&
         mash_training_add_counts (hub, &self->plan, error) &&
         mash_training_add_doubles (hub, &self->plan, error) &&
         mash_training_add_rota (hub, &self->plan, error) &&
         mash_training_hub_finish (hub, &self->plan, error);
}

/* The hub’s files lie in one folder without others in it. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static gboolean
check_folder (const char *folder,
              GError    **error)
{
  g_autoptr (GDir) dir = NULL;

  if (!g_file_test (folder, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  dir = g_dir_open (folder, 0, NULL);
  if (dir != NULL && g_dir_read_name (dir) == NULL)
    return TRUE;

  g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOT_EMPTY,
                       _("This folder is not empty. Name one that does not exist yet."));

  return FALSE;
}

/* A folder of mode 0700 beside the one that is wanted, so that renaming it is one step. */
static gboolean
begin_folder (Work    *self,
              GError **error)
{
  g_autofree char *parent = g_path_get_dirname (self->folder);
  g_autofree char *name = g_path_get_basename (self->folder);
  g_autofree char *template = g_strdup_printf (".%s-XXXXXX", name);

  self->making = g_build_filename (parent, template, NULL);
  if (check_folder (self->folder, error) && g_mkdtemp (self->making) != NULL)
    return TRUE;

  if (error == NULL || *error == NULL)
    g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOT_EMPTY,
                         _("No folder can be made there. Check that its parent exists and is "
                           "yours."));
  g_clear_pointer (&self->making, g_free);

  return FALSE;
}

static gpointer
make_job (MashStore   **store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Work *self = data;
  gboolean made;

  if (!begin_folder (self, error))
    return NULL;

  made = make_hub (self, cancellable, error);
  if (made && rename (self->making, self->folder) != 0)
    {
      g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOT_EMPTY,
                           _("This folder is not empty. Name one that does not exist yet."));
      made = FALSE;
    }
  if (!made)
    remove_folder (self->making);

  return made ? self : NULL;
}

/**
 * mash_training_make_async:
 * @folder: where the hub is to be: nothing is there yet, or an empty folder
 * @plan: what hub it is to be
 * @progress: (nullable) (scope notified): hears how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Makes a training hub beside @folder and puts it in place when it is whole; what was begun is
 * removed when it fails or is stopped. The same plan makes the same records.
 */
void
mash_training_make_async (const char             *folder,
                          const MashTrainingPlan *plan,
                          MashTrainingProgress    progress,
                          gpointer                progress_data,
                          GCancellable           *cancellable,
                          GAsyncReadyCallback     callback,
                          gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  g_return_if_fail (folder != NULL);
  g_return_if_fail (plan != NULL);

  work = g_new0 (Work, 1);
  work->folder = g_canonicalize_filename (folder, NULL);
  work->plan = *plan;
  work->progress = progress;
  work->progress_data = progress_data;
  work->context = g_main_context_ref_thread_default ();
  work->told_at = g_get_monotonic_time ();

  work->thread = mash_store_thread_new ();
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mash_training_make_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, (GDestroyNotify) free_work);
  mash_store_thread_run (work->thread, task, make_job, NULL);
}

/**
 * mash_training_make_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, %MASH_SERVICE_ERROR_NOT_EMPTY, or what a deed was refused for
 *
 * Returns: %TRUE when the hub is there
 */
gboolean
mash_training_make_finish (GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mash_training_make_async), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
