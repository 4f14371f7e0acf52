/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"
#include "mash-versions.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* The file held the service, which gives it the ids of what is added to it. */
static void
on_file_gone_cb (gpointer data,
                 GObject *where_it_was)
{
  g_autoptr (MashService) self = data;
  GHashTableIter iter;
  gpointer file;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    {
      if (file == (gpointer) where_it_was)
        g_hash_table_iter_remove (&iter);
    }
}

/* Remembers an open contact, without keeping it open, so that it can be brought up to date. It
 * keeps the service as long as it lives itself. */
void
mash_service_keep_file (MashService     *self,
                        MashContactFile *file,
                        const char      *contact)
{
  g_hash_table_insert (self->files, g_strdup (contact), file);
  g_object_weak_ref (G_OBJECT (file), on_file_gone_cb, g_object_ref (self));
}

/* Opening a contact */

static gpointer
open_contact_job (MashStore   **store,
                  gpointer      data,
                  GCancellable *cancellable,
                  GError      **error)
{
  return mash_service_need_store (store, error) != NULL
         ? mash_store_open_contact (*store, data, error)
         : NULL;
}

static void
on_contact_opened_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactBundle) bundle = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *today = NULL;
  MashContactFile *file;

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* Whoever opens a contact twice gets one file: an entity a record, wherever it is shown. */
  file = g_hash_table_lookup (self->files, bundle->contact);
  if (file != NULL)
    {
      mash_contact_file_set_records (file, bundle->records);
      g_task_return_pointer (task, g_object_ref (file), g_object_unref);
      return;
    }

  today = mash_service_dup_today (self);
  file = mash_contact_file_new (bundle->contact, today, mash_service_dup_id, self);
  mash_contact_file_set_records (file, bundle->records);
  if (bundle->draft != NULL)
    mash_contact_file_load_draft (file, bundle->draft, bundle->draft_at);
  mash_service_keep_file (self, file, bundle->contact);
  g_task_return_pointer (task, file, g_object_unref);
}

/**
 * mash_service_open_contact_async:
 * @self: a service, signed in
 * @contact: the id of a contact
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes the view entry, then reads the contact with everything that belongs to it and what this
 * person had typed and not saved.
 */
void
mash_service_open_contact_async (MashService        *self,
                                 const char         *contact,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (contact != NULL);

  task = mash_service_begin (self, mash_service_open_contact_async, cancellable, callback,
                             user_data);
  mash_service_run (self, task, g_strdup (contact), g_free, open_contact_job,
                    (GDestroyNotify) mash_contact_bundle_free, on_contact_opened_cb);
}

MashContactFile *
mash_service_open_contact_finish (MashService  *self,
                                  GAsyncResult *result,
                                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mash_service_new_contact:
 * @self: a service, signed in
 *
 * Returns: (transfer full): the file of a contact that comes to exist when it is first submitted
 *   with the deed `create`
 */
MashContactFile *
mash_service_new_contact (MashService *self)
{
  g_autofree char *id = NULL;
  g_autofree char *today = NULL;
  MashContactFile *file;

  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);

  id = mash_service_make_id (self);
  today = mash_service_dup_today (self);
  file = mash_contact_file_new (id, today, mash_service_dup_id, self);
  mash_service_keep_file (self, file, id);

  return file;
}

/* Submitting */

typedef struct
{
  MashGroup  *group;
  MashSecret *passphrase; /* NULL unless it is signed */
  gboolean    closes;     /* where nothing is open any more */
} Submission;

/* What a submission comes back with: the receipt, or the conflict that stood in its way, and the
 * open contact as it now stands. */
typedef struct
{
  char        *contact;
  char        *deed;
  MashReceipt *receipt;
  GError      *conflict;
  GPtrArray   *records;
} Submitted;

static void
free_submission (Submission *submission)
{
  mash_group_unref (submission->group);
  g_clear_pointer (&submission->passphrase, mash_secret_unref);
  g_free (submission);
}

static void
free_submitted (Submitted *submitted)
{
  g_free (submitted->contact);
  g_free (submitted->deed);
  g_clear_pointer (&submitted->receipt, mash_receipt_free);
  g_clear_error (&submitted->conflict);
  g_clear_pointer (&submitted->records, g_ptr_array_unref);
  g_free (submitted);
}

static gboolean
is_same_record (gconstpointer a,
                gconstpointer b)
{
  return strcmp (mash_record_get_id (a), mash_record_get_id (b)) == 0;
}

/* The contact as it now stands, and what was altered beside it: somebody typed in who is not yet
 * linked to the contact, say. */
static GPtrArray *
list_altered (MashStore   *store,
              const char  *contact,
              MashReceipt *receipt)
{
  GPtrArray *records = mash_store_list_contact (store, contact, NULL);

  for (guint i = 0; records != NULL && i < receipt->records->len; i++)
    {
      MashRecord *record = g_ptr_array_index (receipt->records, i);

      if (!g_ptr_array_find_with_equal_func (records, record, is_same_record, NULL))
        g_ptr_array_add (records, mash_record_ref (record));
    }

  return records;
}

/* A contact of which the referrer was told closes by itself with the last thing that was open
 * (domain 4.2, C80 to C90), as a step of its own. Where something is still open the judge says so,
 * and it stays. */
static void
close_when_done (MashStore  *store,
                 const char *contact)
{
  g_autoptr (MashRecord) record = mash_store_lookup (store, "contact", contact);
  g_autoptr (MashGroup) group = NULL;

  if (record == NULL || g_strcmp0 (mash_record_get_text (record, "state"), "C80") != 0)
    return;

  group = mash_group_new ("close-done", contact);
  mash_store_submit (store, group, NULL, NULL);
}

static char *
make_id_cb (gpointer data)
{
  return mash_store_make_id (data);
}

/* What several people write at once in a strategy discussion never collides: what came second is
 * kept as another version (domain 4.4). */
static MashGroup *
divide (MashStore *store,
        MashGroup *group)
{
  guint n_versions;

  if (strcmp (mash_group_get_deed (group), "write-discussion") != 0)
    return mash_group_ref (group);

  return mash_versions_divide (MASH_FACTS (store), group, make_id_cb, store, &n_versions);
}

static gpointer
submit_job (MashStore   **store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Submission *submission = data;
  const char *contact = mash_group_get_contact (submission->group);
  g_autoptr (MashGroup) group = NULL;
  Submitted *submitted;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;
  if (submission->passphrase != NULL &&
      !mash_store_check_passphrase (*store, submission->passphrase, error))
    return NULL;

  submitted = g_new0 (Submitted, 1);
  submitted->contact = g_strdup (contact);
  submitted->deed = g_strdup (mash_group_get_deed (submission->group));
  group = divide (*store, submission->group);
  if (mash_store_submit (*store, group, &submitted->receipt, &submitted->conflict))
    {
      if (contact != NULL)
        {
          if (submission->closes)
            close_when_done (*store, contact);
          submitted->records = list_altered (*store, contact, submitted->receipt);
        }
    }
  else if (contact != NULL && g_error_matches (submitted->conflict, MASH_STORE_ERROR,
                                               MASH_STORE_ERROR_CONFLICT))
    {
      submitted->records = mash_store_list_contact (*store, contact, NULL);
    }
  else
    {
      g_propagate_error (error, g_steal_pointer (&submitted->conflict));
      g_clear_pointer (&submitted, free_submitted);
    }

  return submitted;
}

/* What became another version is no longer typed over what stands; that comes with the records, and
 * whoever typed is not asked again which of the two is to stay. */
static void
give_way (MashContactFile *file,
          MashReceipt     *receipt)
{
  for (guint i = 0; i < receipt->records->len; i++)
    {
      MashRecord *record = g_ptr_array_index (receipt->records, i);
      const char *field = strcmp (mash_record_get_kind (record)->name, "sd-version") == 0
                          ? mash_record_get_text (record, "of-field") : NULL;
      MashEntity *entity;

      if (field == NULL || mash_record_has (record, "choice"))
        continue;
      entity = mash_contact_file_find (file, mash_record_get_text (record, "of-record"));
      if (entity != NULL)
        mash_entity_settle_field (entity, mash_kind_find_field (mash_entity_get_kind (entity),
                                                                field), FALSE);
    }
}

/* What was saved, and what was told for the deed that is done, is no longer part of the draft; what
 * was typed beside it still is. */
static void
renew_file (MashService     *self,
            MashContactFile *file,
            const char      *deed,
            GPtrArray       *records)
{
  if (file != NULL)
    mash_contact_file_clear_loose (file, deed);
  if (file != NULL && records != NULL)
    mash_contact_file_set_records (file, records);
  mash_service_set_saved (self, file);
  if (file != NULL)
    mash_service_save_draft_async (self, file, NULL, NULL);
}

static void
on_submitted_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Submitted *submitted = g_task_propagate_pointer (G_TASK (result), &error);
  MashContactFile *file = NULL;

  if (submitted == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (submitted->contact != NULL)
    file = g_hash_table_lookup (self->files, submitted->contact);
  if (submitted->conflict != NULL)
    {
      if (file != NULL && submitted->records != NULL)
        mash_contact_file_set_records (file, submitted->records);
      g_task_return_error (task, g_steal_pointer (&submitted->conflict));
      free_submitted (submitted);
      return;
    }

  if (file != NULL && submitted->receipt != NULL)
    give_way (file, submitted->receipt);
  renew_file (self, file, submitted->deed, submitted->records);
  if (submitted->contact != NULL)
    {
      g_signal_emit_by_name (self, "contact-changed", submitted->contact);
      mash_service_reload_contacts (self, (const char *const[]) { submitted->contact, NULL });
    }
  else
    {
      mash_service_reload (self);
    }
  free_submitted (submitted);
  g_task_return_boolean (task, TRUE);
}

static void
submit (MashService *self,
        GTask       *task,
        MashGroup   *group,
        MashSecret  *passphrase)
{
  Submission *submission = g_new0 (Submission, 1);

  submission->group = mash_group_ref (group);
  submission->passphrase = passphrase;
  submission->closes = g_strcmp0 (mash_policy_get_setting (mash_service_get_policy (self),
                                                           "close-when-done"), "yes") == 0;
  mash_service_run (self, task, submission, (GDestroyNotify) free_submission, submit_job,
                    (GDestroyNotify) free_submitted, on_submitted_cb);
}

/**
 * mash_service_submit_async:
 * @self: a service, signed in
 * @group: what the user did; taken over, not to be altered afterwards
 * @cancellable: (nullable): to stop it before it is begun
 * @callback: called when it is durable, or refused
 * @user_data: for @callback
 *
 * Completes, judges, seals and applies @group in one transaction. On success the open contact and
 * the trays are brought up to date before @callback is called.
 */
void
mash_service_submit_async (MashService        *self,
                           MashGroup          *group,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  const MashDeed *deed;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (group != NULL);

  task = mash_service_begin (self, mash_service_submit_async, cancellable, callback, user_data);
  deed = mash_policy_find_deed (self->policy, mash_group_get_deed (group));
  if (deed != NULL && deed->passphrase)
    {
      g_task_return_new_error (task, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED, "%s",
                               _("This is signed: give your passphrase."));
      g_object_unref (task);
      return;
    }

  submit (self, task, group, NULL);
}

gboolean
mash_service_submit_finish (MashService  *self,
                            GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mash_service_sign_async:
 * @self: a service, signed in
 * @group: what the user does, with a deed that is signed
 * @passphrase: the signer's passphrase, borrowed for the call
 * @cancellable: (nullable): to stop it before it is begun
 * @callback: called when it is durable, or refused
 * @user_data: for @callback
 *
 * As mash_service_submit_async(), after the passphrase has been found right. A wrong one counts
 * against the same limit as at sign-in.
 */
void
mash_service_sign_async (MashService        *self,
                         MashGroup          *group,
                         const char         *passphrase,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GError) error = NULL;
  MashSecret *secret;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (group != NULL && passphrase != NULL);

  task = mash_service_begin (self, mash_service_sign_async, cancellable, callback, user_data);
  secret = mash_secret_new_from_text (passphrase, -1, &error);
  if (secret == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  submit (self, task, group, secret);
}

gboolean
mash_service_sign_finish (MashService  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
examine_job (MashStore   **store,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  return mash_service_need_store (store, error) != NULL
         ? mash_store_examine (*store, data, error)
         : NULL;
}

static void
on_examined_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  MashVerdict *verdict = g_task_propagate_pointer (G_TASK (result), &error);

  if (verdict != NULL)
    g_task_return_pointer (task, verdict, (GDestroyNotify) mash_verdict_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mash_service_examine_async:
 * @self: a service, signed in
 * @group: what the user would do
 * @cancellable: (nullable): to stop it
 * @callback: called with the verdict
 * @user_data: for @callback
 *
 * Judges @group as a submission would, and alters nothing, so that a page can say beforehand what
 * may be done and why not.
 */
void
mash_service_examine_async (MashService        *self,
                            MashGroup          *group,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (group != NULL);

  task = mash_service_begin (self, mash_service_examine_async, cancellable, callback, user_data);
  mash_service_run (self, task, mash_group_ref (group), (GDestroyNotify) mash_group_unref,
                    examine_job, (GDestroyNotify) mash_verdict_unref, on_examined_cb);
}

MashVerdict *
mash_service_examine_finish (MashService  *self,
                             GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Drafts */

typedef struct
{
  char *contact;
  char *draft;
} Draft;

static void
free_draft (Draft *draft)
{
  g_free (draft->contact);
  g_free (draft->draft);
  g_free (draft);
}

static gpointer
save_draft_job (MashStore   **store,
                gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  Draft *draft = data;
  gboolean saved;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  saved = draft->draft != NULL
          ? mash_store_save_draft (*store, draft->contact, draft->draft, error)
          : mash_store_drop_draft (*store, draft->contact, error);

  return GINT_TO_POINTER (saved);
}

static void
on_draft_saved_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  mash_service_set_saved (self, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * mash_service_save_draft_async:
 * @self: a service, signed in
 * @file: an open contact
 * @callback: called when it is durable
 * @user_data: for @callback
 *
 * Keeps what is typed in @file and not saved, in the encrypted database; drops the draft when there
 * is nothing in it any more.
 */
void
mash_service_save_draft_async (MashService        *self,
                               MashContactFile    *file,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  MashEntity *contact;
  Draft *draft;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (MASH_IS_CONTACT_FILE (file));

  contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  task = mash_service_begin (self, mash_service_save_draft_async, NULL, callback, user_data);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  draft = g_new0 (Draft, 1);
  draft->contact = g_strdup (mash_entity_get_id (contact));
  draft->draft = mash_contact_file_dup_draft (file);
  mash_service_run (self, task, draft, (GDestroyNotify) free_draft, save_draft_job, NULL,
                    on_draft_saved_cb);
}

gboolean
mash_service_save_draft_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
