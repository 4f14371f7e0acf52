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
#include "mash-training-contact.h"
#include "mash-training-reports.h"
#include "mash-training-rota.h"
#include "mash-training-same.h"

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

/* Everything that is to happen. */
typedef struct
{
  GPtrArray *families;
  GArray    *contacts;   /* of MashTrainingContact */
  GArray    *steps;      /* of MashTrainingStep, in the order in which they are done */
} Script;

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

static void
script_clear (Script *self)
{
  g_clear_pointer (&self->families, g_ptr_array_unref);
  g_clear_pointer (&self->contacts, g_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Script, script_clear)

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const MashTrainingStep *one = a;
  const MashTrainingStep *other = b;

  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  if (one->contact != other->contact)
    return one->contact < other->contact ? -1 : 1;

  return (one->order > other->order) - (one->order < other->order);
}

static MashTrainingGravity
get_gravity (const char *outcome)
{
  if (strcmp (outcome, "O01") == 0 || strcmp (outcome, "O02") == 0)
    return MASH_TRAINING_ADVICE;
  if (strcmp (outcome, "O06") == 0 || strcmp (outcome, "O07") == 0)
    return MASH_TRAINING_HARM;
  if (strcmp (outcome, "O03") == 0 || strcmp (outcome, "O04") == 0 || strcmp (outcome, "O12") == 0)
    return MASH_TRAINING_HELP;

  return MASH_TRAINING_NEED;
}

/* One contact that was closed comes up again, an hour before the hub’s present. */
static void
add_reopening (MashTrainingHub *hub,
               Script          *script)
{
  for (guint i = script->steps->len; i > 0; i--)
    {
      const MashTrainingStep *last = &g_array_index (script->steps, MashTrainingStep, i - 1);
      MashTrainingStep step = *last;

      if (last->deed != MASH_TRAINING_CLOSE ||
          last->at > hub->until - 2 * MASH_TIME_DAY)
        continue;
      step.deed = MASH_TRAINING_REOPEN;
      step.order++;
      step.at = hub->until - 64 * MASH_TIME_MINUTE;
      g_array_append_val (script->steps, step);
      return;
    }
}

static void
write_script (MashTrainingHub        *hub,
              const MashTrainingPlan *plan,
              Script                 *script)
{
  g_autoptr (GArray) entries = mash_training_plan_list (plan);
  MashTrainingContact *contacts;
  MashTrainingContact *first = NULL;

  script->families = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_training_family_free);
  script->contacts = g_array_new (FALSE, TRUE, sizeof (MashTrainingContact));
  g_array_set_clear_func (script->contacts, (GDestroyNotify) mash_training_contact_clear);
  g_array_set_size (script->contacts, entries->len);
  script->steps = g_array_new (FALSE, TRUE, sizeof (MashTrainingStep));
  contacts = (MashTrainingContact *) (gpointer) script->contacts->data;

  for (guint i = 0; i < entries->len; i++)
    {
      MashTrainingContact *contact = &contacts[i];

      contact->entry = g_array_index (entries, MashTrainingEntry, i);
      mash_training_random_init (&contact->random, plan->seed, 1000 + i);
      if (contact->entry.outcome != NULL)
        {
          mash_training_cast (hub, contact, script->families, get_gravity (contact->entry.outcome));
          mash_training_plan_course (hub, contact, i, script->steps);
        }
      else
        {
          first = first != NULL ? first : contact;
          mash_training_plan_live (hub, contact, script->families, first, i, script->steps);
        }
    }
  add_reopening (hub, script);
  g_array_sort (script->steps, compare_steps);
}

static gboolean
play (Work            *self,
      MashTrainingHub *hub,
      GCancellable    *cancellable,
      GError         **error)
{
  g_auto (Script) script = { NULL };

  write_script (hub, &self->plan, &script);
  for (guint i = 0; i < script.steps->len; i++)
    {
      const MashTrainingStep *step = &g_array_index (script.steps, MashTrainingStep, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !mash_training_do (hub, &g_array_index (script.contacts, MashTrainingContact,
                                                  step->contact), step, error))
        return FALSE;
      tell (self, i, script.steps->len);
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
