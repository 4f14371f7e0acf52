/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"

#include "mash-referral.h"
#include "mash-time.h"

/* Taking in a referral file. It is read on a worker thread, by the separate reader, and then
 * becomes part of the hub in one group on the store's thread. */

typedef struct
{
  GFile        *file;
  MashPolicy   *policy;
  MashReferral *referral;
  gint64        now;
} Intake;

typedef struct
{
  char     *contact;
  gboolean  known;
} Taken;

static void
free_intake (Intake *intake)
{
  g_clear_object (&intake->file);
  mash_policy_unref (intake->policy);
  g_clear_pointer (&intake->referral, mash_referral_unref);
  g_free (intake);
}

static void
free_taken (Taken *taken)
{
  g_free (taken->contact);
  g_free (taken);
}

static char *
make_id (gpointer store)
{
  return mash_store_make_id (store);
}

/* The contact that the same file, byte for byte, has already made. */
static char *
find_known (MashStore  *store,
            const char *sha256)
{
  g_autoptr (GPtrArray) documents = mash_store_list (store, "source-document", "sha256", sha256);

  return documents != NULL && documents->len > 0
         ? g_strdup (mash_record_get_text (g_ptr_array_index (documents, 0), "contact")) : NULL;
}

static gpointer
take_in_job (MashStore    **store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Intake *intake = data;
  g_autofree char *now = mash_time_format (intake->now);
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (MashReceipt) receipt = NULL;
  Taken *taken;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  taken = g_new0 (Taken, 1);
  taken->contact = find_known (*store, mash_referral_get_sha256 (intake->referral));
  taken->known = taken->contact != NULL;
  if (taken->known)
    return taken;

  group = mash_referral_to_group (intake->referral, now, now, make_id, *store);
  if (!mash_store_submit (*store, group, &receipt, error))
    {
      free_taken (taken);
      return NULL;
    }
  taken->contact = g_strdup (mash_group_get_contact (group));

  return taken;
}

static void
on_taken_in_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Taken *taken = g_task_propagate_pointer (G_TASK (result), &error);

  if (taken == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (!taken->known)
    {
      mash_service_set_saved (self, NULL);
      mash_service_reload_contacts (self, (const char *const[]) { taken->contact, NULL });
    }
  g_task_return_pointer (task, taken, (GDestroyNotify) free_taken);
}

static void
read_file_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (MashReferral) referral = NULL;
  Intake *intake = data;

  file = mash_referral_load_file (intake->file, cancellable, &error);
  if (file != NULL)
    referral = mash_referral_read (file, cancellable, &error);
  if (referral == NULL || !mash_referral_check (referral, intake->policy, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&referral),
                           (GDestroyNotify) mash_referral_unref);
}

static void
on_file_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  MashService *self = g_task_get_source_object (task);
  MashReferral *referral = g_task_propagate_pointer (G_TASK (result), &error);
  Intake *intake;

  if (referral == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  intake = g_new0 (Intake, 1);
  intake->policy = mash_policy_ref (self->policy);
  intake->referral = referral;
  intake->now = mash_service_get_now (self);
  mash_service_run (self, g_steal_pointer (&task), intake, (GDestroyNotify) free_intake,
                    take_in_job, (GDestroyNotify) free_taken, on_taken_in_cb);
}

/**
 * mash_service_import_async:
 * @self: a service, signed in
 * @file: a referral file
 * @cancellable: (nullable): to stop it before it has become part of the hub
 * @callback: called when the contact is durable, or the file refused
 * @user_data: for @callback
 *
 * Has a referral file read by the separate reader and takes it in as one contact, with the file
 * itself kept unaltered. It counts as received now, whatever the file says. The same file a second
 * time gives the contact that it made the first time.
 */
void
mash_service_import_async (MashService         *self,
                           GFile               *file,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;
  Intake *intake;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (self->policy != NULL);

  task = mash_service_begin (self, mash_service_import_async, cancellable, callback, user_data);
  intake = g_new0 (Intake, 1);
  intake->file = g_object_ref (file);
  intake->policy = mash_policy_ref (self->policy);
  g_task_set_task_data (task, intake, (GDestroyNotify) free_intake);
  mash_service_run_aside (task, intake, read_file_thread, on_file_read_cb);
}

/**
 * mash_service_import_finish:
 * @self: a service
 * @result: a result
 * @known: (out) (optional): whether the same file had been taken in before
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the id of the contact
 */
char *
mash_service_import_finish (MashService   *self,
                            GAsyncResult  *result,
                            gboolean      *known,
                            GError       **error)
{
  Taken *taken;
  char *contact;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  taken = g_task_propagate_pointer (G_TASK (result), error);
  if (taken == NULL)
    return NULL;

  contact = g_steal_pointer (&taken->contact);
  if (known != NULL)
    *known = taken->known;
  free_taken (taken);

  return contact;
}
