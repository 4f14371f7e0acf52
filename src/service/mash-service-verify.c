/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"

#include <glib/gi18n-lib.h>

#include "mash-copying.h"
#include "mash-store-proof.h"

typedef struct
{
  MashProof        *proof;
  MashVerifyReport *report;
} Proving;

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

static gboolean
step (gpointer    work,
      MashStore  *store,
      double     *fraction,
      gboolean   *copied,
      GError    **error)
{
  Proving *proving = work;

  if (proving->proof == NULL)
    proving->proof = mash_proof_begin (store, error);

  return proving->proof != NULL &&
         mash_proof_step (proving->proof, 0, fraction, copied, error);
}

static gboolean
prove (gpointer               work,
       const MashStoreWatch  *watch,
       GError               **error)
{
  Proving *proving = work;

  return mash_proof_run (proving->proof, watch->progress, watch->data, watch->cancellable,
                         &proving->report, error);
}

static gboolean
release (gpointer    work,
         MashStore  *store,
         gboolean    is_whole,
         GError    **error)
{
  g_clear_pointer (&((Proving *) work)->proof, mash_proof_free);

  return TRUE;
}

static void
answer (gpointer  work,
        GTask    *task,
        GError   *error)
{
  Proving *proving = work;
  g_autofree char *words = proving->report != NULL ? say_report (proving->report) : NULL;

  if (words == NULL)
    g_task_return_error (task, error);
  else if (proving->report->holds)
    g_task_return_pointer (task, g_steal_pointer (&words), g_free);
  else
    g_task_return_new_error (task, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED, "%s", words);
}

static void
free_proving (gpointer work)
{
  g_clear_pointer (&((Proving *) work)->report, mash_verify_report_free);
  g_free (work);
}

static const MashCopyingKind proof_kind = {
  .share = 0.1,
  .is_aside = TRUE,
  .step = step,
  .rest = prove,
  .release = release,
  .answer = answer,
  .free = free_proving,
};

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

  g_return_if_fail (MASH_IS_SERVICE (self));

  stop = mash_service_enter_aside (self, cancellable);
  task = mash_service_begin (self, mash_service_verify_async, stop, callback, user_data);
  if (stop == NULL)
    {
      mash_service_refuse_aside (task);
      return;
    }

  mash_copying_run (self, task, &proof_kind, g_new0 (Proving, 1), progress, progress_data);
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
