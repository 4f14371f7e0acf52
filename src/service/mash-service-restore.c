/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-keys.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "mash-backup.h"
#include "mash-policy-reader.h"
#include "mash-progress.h"
#include "mash-sentences.h"
#include "mash-service-private.h"
#include "mash-store-keys.h"

/* Putting a backup back. It is done on the store's thread, because nobody may be in what is about
 * to be replaced; a drill touches nothing of the hub and runs on a worker, while people work. */
typedef struct
{
  GCancellable      *cancellable;
  char              *source;
  char              *folder;
  char              *sign_in;
  MashSecret        *passphrase;
  MashProgress      *progress;
  MashRestoreReport *report;
  gboolean           drill;
  gboolean           keeper_only;
} Request;

static void
free_request (Request *request)
{
  g_clear_object (&request->cancellable);
  g_free (request->source);
  g_free (request->folder);
  g_free (request->sign_in);
  g_clear_pointer (&request->passphrase, mash_secret_unref);
  g_clear_pointer (&request->progress, mash_progress_free);
  g_clear_pointer (&request->report, mash_restore_report_free);
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

/* What is missing of the work between the backup and now, so that somebody can look for it. */
static void
add_missing (GString                 *words,
             const MashRestoreReport *report)
{
  g_autofree char *lost = report->lost != NULL ? g_strjoinv (", ", report->lost) : NULL;

  if (report->missing > 0)
    g_string_append_printf (g_string_append_c (words, ' '),
                            ngettext ("%u later change could not be taken over.",
                                      "%u later changes could not be taken over.",
                                      (gulong) report->missing), (guint) report->missing);
  if (lost != NULL && *lost != '\0')
    /* Translators: %s are references of contacts, divided by commas. */
    g_string_append_printf (g_string_append_c (words, ' '),
                            _("Look at these contacts first: %s."), lost);
  if (report->unreadable)
    g_string_append (g_string_append_c (words, ' '),
                     _("What else was saved after the backup, if anything, could not be read."));
}

/* What became of that work, in words that are true in each case. */
static char *
say_rest (const MashRestoreReport *report)
{
  GString *words = g_string_new (NULL);

  if (report->taken + report->drafts > 0 || report->missing > 0 || report->unreadable)
    g_string_append_printf (words, _("Work had gone on after it. Later changes that were taken "
                                     "over, each once: %" G_GINT64_FORMAT "; drafts: %"
                                     G_GINT64_FORMAT "."), report->taken, report->drafts);
  else
    g_string_append (words, _("Nothing had been saved after it."));
  add_missing (words, report);

  return g_string_free (words, FALSE);
}

/* Without a backup the hub is whole, or what was read of it lies beside; unless there is one after
 * all. */
static char *
say_alone (const MashRestoreReport *report)
{
  if (report->backup != NULL)
    /* Translators: the folder of a backup. */
    return g_strdup_printf (_("There is a backup, and it is good. Nothing was changed. Restore the "
                              "backup in %s: what was saved after it is taken over as far as it "
                              "can be read."), report->backup);

  if (report->rescued == NULL)
    /* Translators: a number of changes, a number of drafts, and a folder. */
    return g_strdup_printf (_("All that the damaged database held could be read, and everything in "
                              "it holds. Changes: %" G_GINT64_FORMAT "; drafts: %"
                              G_GINT64_FORMAT ". What stood there before is in %s. Make a backup "
                              "now."), report->taken, report->drafts, report->kept);

  /* Translators: how many changes of how many, a number of drafts, and a folder. */
  return g_strdup_printf (_("Not all of the damaged database could be read, and it was left as it "
                            "was. Changes that could be: %" G_GINT64_FORMAT " of %"
                            G_GINT64_FORMAT "; drafts: %" G_GINT64_FORMAT ". They lie, encrypted, "
                            "in %s; keep that folder, and ask whoever looks after MASH Desk."),
                          report->taken, report->position, report->drafts, report->rescued);
}

static char *
say_restored (const MashRestoreReport *report,
              gboolean                 drill)
{
  g_autofree char *at = mash_service_dup_local_time (report->made_at);
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
drill (MashRestore        *restore,
       MashRestoreReport **report,
       GError            **error)
{
  gboolean is_new = !g_file_test (restore->folder, G_FILE_TEST_EXISTS);
  const char *folder = restore->folder;
  gboolean done = FALSE;
  g_autofree char *room = NULL;

  /* On the disk that the desk has anyway: a backup may be larger than what is kept for trifles. */
  g_mkdir_with_parents (folder, 0700);
  room = g_build_filename (folder, MASH_RESTORE_DRILL "XXXXXX", NULL);
  if (g_mkdtemp_full (room, 0700) == NULL)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_READ_ONLY,
                           "No folder for the drill");
    }
  else
    {
      restore->folder = room;
      restore->desk = is_new ? NULL : folder;
      done = mash_restore_drill (restore, report, error);
      g_rmdir (room);
    }
  if (is_new)
    g_rmdir (folder);

  return done;
}

/* Whoever says that there is no backup may not know of it. */
static gboolean
try_backup (const char *place,
            gpointer    data)
{
  MashRestore restore = *(const MashRestore *) data;
  g_autoptr (MashRestoreReport) report = NULL;

  restore.source = place;
  restore.progress = NULL;

  return drill (&restore, &report, NULL);
}

static gboolean
run_request (Request  *request,
             GError  **error)
{
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (error);
  MashRestore restore = {
    .source = request->source,
    .folder = request->folder,
    .sign_in = request->sign_in,
    .passphrase = request->passphrase,
    .policy = policy,
    .keeper_only = request->keeper_only,
    .prepare = apply_policy,
    .try_backup = try_backup,
    .try_data = &restore,
    .progress = mash_progress_set,
    .progress_data = request->progress,
    .cancellable = request->cancellable,
  };

  if (policy == NULL)
    return FALSE;
  if (request->source == NULL)
    return mash_restore_alone (&restore, &request->report, error);

  return request->drill ? drill (&restore, &request->report, error)
                        : mash_restore_run (&restore, &request->report, error);
}

/* A hub that opens is put back by those who keep its keys; one that does not, by whoever is there.
 * Where the passphrase does not open it, the role that the backup knows decides. */
static gboolean
check_role (MashStore **store,
            Request    *request,
            GError    **error)
{
  g_autoptr (MashPolicy) policy = NULL;
  g_autoptr (GError) local_error = NULL;

  if (*store == NULL)
    {
      policy = mash_policy_reader_load_builtin (error);
      if (policy == NULL)
        return FALSE;
      *store = mash_store_open (request->folder, policy, request->sign_in, request->passphrase,
                                &local_error);
    }
  request->keeper_only = *store == NULL && !mash_sentence_is_damage (local_error);

  return *store == NULL || mash_store_check_keeper (*store, error);
}

/* Who puts it back; and for a drill that is all the store's thread is asked for. */
static gpointer
restore_job (MashStore    **store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Request *request = g_task_get_task_data (data);
  gboolean was_open, may;

  if (g_cancellable_set_error_if_cancelled (request->cancellable, error))
    return NULL;
  if (request->sign_in == NULL)
    {
      if (mash_service_need_store (store, error) == NULL)
        return NULL;
      request->sign_in = g_strdup (mash_store_get_sign_in (*store));
    }
  if (request->drill)
    return data;

  was_open = *store != NULL;
  may = check_role (store, request, error);
  if (*store != NULL && (may || !was_open))
    {
      if (!mash_store_close (*store, may ? error : NULL))
        return NULL;
      g_clear_object (store);
    }

  return may && run_request (request, error) ? data : NULL;
}

static void
answer (GTask  *task,
        GError *error)
{
  Request *request = g_task_get_task_data (task);

  if (request->drill)
    mash_service_leave_aside (g_task_get_source_object (task));
  if (error == NULL)
    mash_progress_tell (request->progress, 1);
  g_clear_pointer (&request->progress, mash_progress_free);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (request->source == NULL &&
           (request->report->rescued != NULL || request->report->backup != NULL))
    {
      g_autofree char *words = say_alone (request->report);

      g_task_return_new_error (task, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY, "%s", words);
    }
  else if (request->source == NULL)
    g_task_return_pointer (task, say_alone (request->report), g_free);
  else
    g_task_return_pointer (task, say_restored (request->report, request->drill), g_free);
}

static void
on_drilled_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  answer (task, error);
}

static void
drill_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (run_request (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_restored_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error == NULL && request->drill)
    mash_service_run_aside (g_steal_pointer (&task), request, drill_thread, on_drilled_cb);
  else
    answer (task, error);
}

/**
 * mash_service_restore_async:
 * @self: a service; for a drill whoever is signed in stays so, else the hub is closed
 * @source: (nullable): the backup, or the folder in which it lies; %NULL where there is none, and
 *   what can be read of a damaged database is all that there is
 * @sign_in: (nullable): who puts it back; %NULL for who is signed in
 * @passphrase: their passphrase now, or the one they had when the backup was made
 * @drill: whether it is only tried, in a folder that is taken away again, while people work; a
 *   lock stops it
 * @progress: (nullable): told how far it has come
 * @progress_data: for @progress
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
                            MashServiceProgress  progress,
                            gpointer             progress_data,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GCancellable) stop = NULL;
  GError *error = NULL;
  Request *request;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail ((source != NULL || !drill) && passphrase != NULL);

  if (mash_service_refuse_central (self, mash_service_restore_async, callback, user_data))
    return;

  if (drill)
    stop = mash_service_enter_aside (self, cancellable);
  else if (cancellable != NULL)
    stop = g_object_ref (cancellable);
  task = mash_service_begin (self, mash_service_restore_async, stop, callback, user_data);
  /* Whether it was done is answered, not whether somebody would have liked it stopped. */
  g_task_set_check_cancellable (task, FALSE);
  if (drill && stop == NULL)
    {
      mash_service_refuse_aside (task);
      return;
    }

  request = g_new0 (Request, 1);
  g_task_set_task_data (task, request, (GDestroyNotify) free_request);
  mash_service_keep_awake (task);
  g_set_object (&request->cancellable, stop);
  request->source = g_strdup (source);
  request->folder = g_strdup (self->folder);
  request->sign_in = g_strdup (sign_in);
  request->drill = drill;
  request->progress = mash_progress_new (progress, progress_data);
  request->passphrase = mash_secret_new_from_text (passphrase, -1, &error);
  if (request->passphrase == NULL)
    {
      answer (task, error);
      g_object_unref (task);
      return;
    }

  mash_service_insist (self, task, restore_job, on_restored_cb);
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
