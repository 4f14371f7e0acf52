/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "mash-service-private.h"
#include "mash-store-hub.h"

#include "mash-kinds.h"
#include "mash-policy-reader.h"

/* A policy file is a few hundred kilobytes; what is larger is no policy file. */
#define POLICY_MAX_BYTES (4 * 1024 * 1024)

/* A policy on its way from a file to being in force. */
typedef struct
{
  GFile      *file;
  GBytes     *bytes;
  MashPolicy *policy;
  MashSecret *passphrase;
} Candidate;

static void
free_candidate (Candidate *candidate)
{
  g_clear_object (&candidate->file);
  g_clear_pointer (&candidate->bytes, g_bytes_unref);
  g_clear_pointer (&candidate->policy, mash_policy_unref);
  g_clear_pointer (&candidate->passphrase, mash_secret_unref);
  g_free (candidate);
}

static GBytes *
load_file (GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);

  return stream != NULL
         ? g_input_stream_read_bytes (G_INPUT_STREAM (stream), POLICY_MAX_BYTES, cancellable, error)
         : NULL;
}

/* Fills in what is read of a candidate's file. */
static gboolean
read_candidate (Candidate     *candidate,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree char *name = g_file_get_basename (candidate->file);

  candidate->bytes = load_file (candidate->file, cancellable, error);
  if (candidate->bytes != NULL)
    candidate->policy = mash_policy_reader_load (candidate->bytes, name, error);

  return candidate->policy != NULL;
}

/**
 * mash_service_check_policy:
 * @file: a policy file
 * @version: (out) (optional): the version that it says it is
 * @cancellable: (nullable): to stop it
 * @error: return location; the first fault, with its line
 *
 * Reads a policy file as a hub would and puts nothing in force. Any thread; needs no hub.
 *
 * Returns: %TRUE when a hub could work by it
 */
gboolean
mash_service_check_policy (GFile         *file,
                           char         **version,
                           GCancellable  *cancellable,
                           GError       **error)
{
  Candidate candidate = { .file = file };
  gboolean right;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  right = read_candidate (&candidate, cancellable, error);
  if (right && version != NULL)
    *version = g_strdup (mash_policy_get_version (candidate.policy));
  g_clear_pointer (&candidate.bytes, g_bytes_unref);
  g_clear_pointer (&candidate.policy, mash_policy_unref);

  return right;
}

/**
 * mash_service_read_policy:
 * @file: (nullable): a policy file; %NULL for the one that is part of the program
 * @error: return location; the first fault, with its line
 *
 * Any thread; needs no hub.
 *
 * Returns: (transfer full) (nullable): the policy, %NULL when a hub could not work by it
 */
MashPolicy *
mash_service_read_policy (GFile   *file,
                          GError **error)
{
  Candidate candidate = { .file = file };

  if (file == NULL)
    return mash_policy_reader_load_builtin (error);

  read_candidate (&candidate, NULL, error);
  g_clear_pointer (&candidate.bytes, g_bytes_unref);

  return candidate.policy;
}

static MashGroup *
make_group (MashStore *store,
            Candidate *candidate)
{
  g_autofree char *id = mash_store_make_id (store);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, candidate->bytes);
  MashGroup *group = mash_group_new ("apply-policy", NULL);
  MashEdit *edit = mash_edit_new (&mash_policy_version_kind, id, 0);

  mash_edit_set_text (edit, "version", mash_policy_get_version (candidate->policy));
  mash_edit_set_text (edit, "criteria-version",
                      mash_policy_get_criteria_version (candidate->policy));
  mash_edit_set_text (edit, "sha256", sha256);
  mash_group_take_edit (group, edit);
  mash_group_attach (group, sha256, candidate->bytes);

  return group;
}

/* The hub judges for all its desks, so no desk chooses by what. */
static gboolean
check_own (MashStore  *store,
           GError    **error)
{
  if (!mash_store_is_seat (store))
    return TRUE;

  g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                       _("A central hub has one policy for all its desks. Its administrator puts "
                         "it in force, with “mash-admin policy push”."));

  return FALSE;
}

static gpointer
apply_job (MashStore    **store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Candidate *candidate = data;
  g_autoptr (MashGroup) group = NULL;

  if (mash_service_need_store (store, error) == NULL || !check_own (*store, error) ||
      !read_candidate (candidate, cancellable, error) ||
      !mash_store_check_passphrase (*store, candidate->passphrase, error))
    return NULL;

  group = make_group (*store, candidate);
  if (!mash_store_submit (*store, group, NULL, error) ||
      !mash_store_set_policy (*store, candidate->policy, error))
    return NULL;

  return mash_policy_ref (candidate->policy);
}

static void
on_applied_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  MashPolicy *policy = g_task_propagate_pointer (G_TASK (result), &error);

  if (policy == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  mash_policy_unref (self->policy);
  self->policy = policy;
  g_task_return_boolean (task, TRUE);
}

/**
 * mash_service_apply_policy_async:
 * @self: a service, signed in by somebody who may put a policy in force
 * @file: a policy file
 * @passphrase: the signer's passphrase, borrowed for the call
 * @cancellable: (nullable): to stop it before it is begun
 * @callback: called when it is in force, or refused
 * @user_data: for @callback
 *
 * Keeps the file in the encrypted database under a signed change and works by it from then on. A
 * file that is not right is refused with its first fault and line, and the policy in force stays.
 */
void
mash_service_apply_policy_async (MashService         *self,
                                 GFile               *file,
                                 const char          *passphrase,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GError) error = NULL;
  MashSecret *secret;
  Candidate *candidate;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (passphrase != NULL);

  task = mash_service_begin (self, mash_service_apply_policy_async, cancellable, callback,
                             user_data);
  secret = mash_secret_new_from_text (passphrase, -1, &error);
  if (secret == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  candidate = g_new0 (Candidate, 1);
  candidate->file = g_object_ref (file);
  candidate->passphrase = secret;
  mash_service_run (self, task, candidate, (GDestroyNotify) free_candidate, apply_job,
                    (GDestroyNotify) mash_policy_unref, on_applied_cb);
}

gboolean
mash_service_apply_policy_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
