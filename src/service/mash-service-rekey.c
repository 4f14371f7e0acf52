/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-keys.h"

#include <glib/gi18n-lib.h>

#include "mash-copying.h"
#include "mash-service-private.h"
#include "mash-store-rekey.h"

typedef struct
{
  MashSecret *passphrase;
  MashRekey  *rekey;
} Rekeying;

static gboolean
step (gpointer    work,
      MashStore  *store,
      double     *fraction,
      gboolean   *copied,
      GError    **error)
{
  Rekeying *rekeying = work;

  if (rekeying->rekey == NULL)
    rekeying->rekey = mash_rekey_begin (store, rekeying->passphrase, error);

  return rekeying->rekey != NULL &&
         mash_rekey_step (rekeying->rekey, 0, fraction, copied, error);
}

static gboolean
end (gpointer               work,
     const MashStoreWatch  *watch,
     GError               **error)
{
  return mash_rekey_end (((Rekeying *) work)->rekey, watch, error);
}

static gboolean
release (gpointer    work,
         MashStore  *store,
         gboolean    is_whole,
         GError    **error)
{
  g_clear_pointer (&((Rekeying *) work)->rekey, mash_rekey_free);

  return TRUE;
}

static void
answer (gpointer  work,
        GTask    *task,
        GError   *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    {
      g_error_free (error);
      error = g_error_new_literal (MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                                   _("The desk was locked meanwhile. The key is as it was."));
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
free_rekeying (gpointer work)
{
  g_clear_pointer (&((Rekeying *) work)->passphrase, mash_secret_unref);
  g_free (work);
}

/* What comes after the copying is the check and the exchange, in one piece. */
static const MashCopyingKind rekey_kind = {
  .share = 0.4,
  .in_store = TRUE,
  .is_aside = TRUE,
  .step = step,
  .rest = end,
  .release = release,
  .answer = answer,
  .free = free_rekeying,
};

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
  Rekeying *rekeying;
  GTask *task;

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

  rekeying = g_new0 (Rekeying, 1);
  rekeying->passphrase = mash_secret_new_from_text (passphrase, -1, &error);
  if (rekeying->passphrase != NULL)
    {
      mash_copying_run (self, task, &rekey_kind, rekeying, progress, progress_data);
      return;
    }

  mash_service_leave_aside (self);
  free_rekeying (rekeying);
  g_task_return_error (task, error);
  g_object_unref (task);
}

gboolean
mash_service_change_key_finish (MashService   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
