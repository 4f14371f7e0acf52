/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-bulk.h"

#include <glib/gi18n-lib.h>

#include "mash-sentences.h"
#include "mash-service-private.h"

/* How many steps are taken before others get their turn: some ten milliseconds of work. */
#define AT_ONCE 8

typedef struct
{
  GPtrArray       *assignments;
  MashBulkProgress progress;
  gpointer         data;
  guint            n_done;
} Bulk;

/* Some of the assignments, which the thread of the store works on while nobody else does. */
typedef struct
{
  GPtrArray *assignments;
  guint      first;
  guint      n;
  char      *actor;        /* id of whoever is signed in */
} Part;

static void
bulk_free (gpointer data)
{
  Bulk *bulk = data;

  g_ptr_array_unref (bulk->assignments);
  g_free (bulk);
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_ptr_array_unref (part->assignments);
  g_free (part->actor);
  g_free (part);
}

static const char *
choose_deed (const MashAssignment *assignment,
             const char           *actor)
{
  if (assignment->person == NULL)
    return "release";

  return g_strcmp0 (assignment->person, actor) == 0 ? "take" : "assign";
}

static void
assign (MashStore      *store,
        MashAssignment *assignment,
        const char     *actor)
{
  g_autoptr (MashRecord) contact = mash_store_lookup (store, "contact", assignment->contact);
  guint field = mash_kind_find_field (&mash_contact_kind, "assigned-to");
  g_autoptr (GVariant) person = NULL;
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (GError) error = NULL;
  MashEdit *edit;

  if (contact == NULL)
    {
      assignment->sentence = g_strdup (_("This contact does not exist at this hub."));
      return;
    }

  assignment->reference = g_strdup (mash_record_get_text (contact, "reference"));
  assignment->was = g_strdup (mash_record_get_text (contact, "assigned-to"));
  if (g_strcmp0 (assignment->was, assignment->person) == 0)
    return;

  if (assignment->person != NULL)
    person = g_variant_ref_sink (g_variant_new_string (assignment->person));
  group = mash_group_new (choose_deed (assignment, actor), assignment->contact);
  edit = mash_edit_new_for (contact);
  mash_edit_set (edit, field, mash_record_get_value (contact, field), person);
  mash_group_take_edit (group, edit);
  assignment->done = mash_store_submit (store, group, NULL, &error);
  if (!assignment->done)
    assignment->sentence = mash_sentence_for_error (error);
}

static gpointer
assign_job (MashStore   **store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Part *part = data;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  for (guint i = part->first; i < part->first + part->n; i++)
    assign (*store, g_ptr_array_index (part->assignments, i), part->actor);

  return GINT_TO_POINTER (TRUE);
}

/* The trays show what has been done so far. */
static void
show_part (MashService *self,
           Bulk        *bulk,
           guint        n)
{
  g_autofree const char **contacts = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      MashAssignment *assignment = g_ptr_array_index (bulk->assignments, bulk->n_done + i);

      contacts[i] = assignment->contact;
      if (g_hash_table_contains (self->files, assignment->contact))
        g_signal_emit_by_name (self, "contact-changed", assignment->contact);
    }
  mash_service_reload_contacts (self, contacts);
}

static void
on_part_done_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data);

static void
go_on (MashService *self,
       GTask       *task)
{
  Bulk *bulk = g_task_get_task_data (task);
  Part *part;

  /* What is done stays done, and the answer says what it was. */
  if (bulk->n_done >= bulk->assignments->len ||
      g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      mash_service_set_saved (self, NULL);
      g_task_return_pointer (task, g_ptr_array_ref (bulk->assignments),
                             (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
      return;
    }

  part = g_new0 (Part, 1);
  part->assignments = g_ptr_array_ref (bulk->assignments);
  part->actor = g_strdup (self->actor.person);
  part->first = bulk->n_done;
  part->n = MIN (AT_ONCE, bulk->assignments->len - bulk->n_done);
  mash_service_run (self, task, part, part_free, assign_job, NULL, on_part_done_cb);
}

static void
on_part_done_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  GTask *task = user_data;
  Bulk *bulk = g_task_get_task_data (task);
  GError *error = NULL;
  Part *part = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_pointer (G_TASK (result), &error) == NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (error == NULL)
    {
      show_part (self, bulk, part->n);
      bulk->n_done += part->n;
      if (bulk->progress != NULL)
        bulk->progress (bulk->n_done, bulk->assignments->len, bulk->data);
    }
  g_clear_error (&error);
  go_on (self, task);
}

/**
 * mash_service_assign_all_async:
 * @self: a service, signed in
 * @assignments: (element-type MashAssignment): which contacts to whom; written to until it is done
 * @cancellable: (nullable): to stop it between two contacts
 * @progress: (nullable): told how far it is
 * @progress_data: for @progress
 * @callback: called when it is done or stopped
 * @user_data: for @callback
 *
 * Assigns, takes and gives back contacts, each as a step of its own. What cannot be done carries
 * its sentence and does not stop the rest. The trays and their counts are read again after every
 * few steps and follow the answer by a moment; “counts-changed” says when.
 */
void
mash_service_assign_all_async (MashService        *self,
                               GPtrArray          *assignments,
                               GCancellable       *cancellable,
                               MashBulkProgress    progress,
                               gpointer            progress_data,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  Bulk *bulk;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (assignments != NULL);

  bulk = g_new0 (Bulk, 1);
  bulk->assignments = g_ptr_array_ref (assignments);
  bulk->progress = progress;
  bulk->data = progress_data;
  task = mash_service_begin (self, mash_service_assign_all_async, cancellable, callback, user_data);
  g_task_set_task_data (task, bulk, bulk_free);
  g_task_set_check_cancellable (task, FALSE);
  go_on (self, task);
}

/**
 * mash_service_assign_all_finish:
 * @self: a service
 * @result: what the callback was given
 * @error: return location for an error that stopped it
 *
 * Returns: (transfer full) (element-type MashAssignment) (nullable): what became of each; those
 *   that were not begun before it was stopped are neither done nor carry a sentence
 */
GPtrArray *
mash_service_assign_all_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
