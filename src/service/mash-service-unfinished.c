/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"

/* What somebody typed into a new contact that does not exist yet. */
typedef struct
{
  char   *context;
  char   *draft;
  gint64  at;
} Unfinished;

static void
free_unfinished (Unfinished *unfinished)
{
  g_free (unfinished->context);
  g_free (unfinished->draft);
  g_free (unfinished);
}

static gpointer
find_unfinished_job (MashStore    **store,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_auto (GStrv) contexts = NULL;
  Unfinished *found;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  contexts = mash_store_list_drafts (*store, error);
  if (contexts == NULL)
    return NULL;

  found = g_new0 (Unfinished, 1);
  for (guint i = 0; contexts[i] != NULL && found->context == NULL; i++)
    {
      g_autoptr (MashRecord) contact = mash_store_lookup (*store, "contact", contexts[i]);

      if (contact != NULL)
        continue;
      found->draft = mash_store_get_draft (*store, contexts[i], &found->at, error);
      if (found->draft == NULL)
        {
          free_unfinished (found);
          return NULL;
        }
      found->context = g_strdup (contexts[i]);
    }

  return found;
}

static void
on_found_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Unfinished *found = g_task_propagate_pointer (G_TASK (result), &error);
  MashContactFile *file = NULL;

  if (found == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (found->context != NULL)
    file = g_hash_table_lookup (self->files, found->context);
  if (file != NULL)
    g_object_ref (file);
  else if (found->context != NULL)
    {
      g_autofree char *today = mash_service_dup_today (self);

      file = mash_contact_file_new (found->context, today, mash_service_dup_id, self);
      mash_contact_file_load_draft (file, found->draft, found->at);
      mash_service_keep_file (self, file, found->context);
    }
  free_unfinished (found);
  g_task_return_pointer (task, file, g_object_unref);
}

/**
 * mash_service_find_unfinished_async:
 * @self: a service, signed in
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks for the newest contact that this person had begun to type and that does not exist yet: no
 * tray lists it, and only its draft knows of it. mash_contact_file_discard() and
 * mash_service_save_draft_async() give it up.
 */
void
mash_service_find_unfinished_async (MashService         *self,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));

  mash_service_run (self,
                    mash_service_begin (self, mash_service_find_unfinished_async, NULL, callback,
                                        user_data),
                    NULL, NULL, find_unfinished_job, (GDestroyNotify) free_unfinished,
                    on_found_cb);
}

/**
 * mash_service_find_unfinished_finish:
 * @self: a service
 * @result: of mash_service_find_unfinished_async()
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the contact with what was typed;
 *   mash_contact_file_get_draft_at() says when. %NULL without an error when there is none
 */
MashContactFile *
mash_service_find_unfinished_finish (MashService   *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
