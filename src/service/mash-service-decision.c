/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-decision.h"

#include "mash-service-private.h"
#include "mash-store-decision.h"

typedef struct
{
  GPtrArray *rows;
  gint64     opened_at;
} Altered;

static void
free_altered (Altered *altered)
{
  g_clear_pointer (&altered->rows, g_ptr_array_unref);
  g_free (altered);
}

static gpointer
list_earlier_job (MashStore    **store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return mash_service_need_store (store, error) != NULL
         ? mash_store_list_earlier (*store, data, error) : NULL;
}

/**
 * mash_service_list_earlier_async:
 * @self: a service, signed in
 * @contact: the id of a contact that has been opened
 * @cancellable: (nullable): to stop it
 * @callback: called with the earlier decisions, MashEarlierItem, newest first
 * @user_data: for @callback
 *
 * Asks what was decided on the same children before. Each earlier contact gets a view entry: ask
 * only when it is about to be shown.
 */
void
mash_service_list_earlier_async (MashService         *self,
                                 const char          *contact,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (contact != NULL);

  mash_service_run_list (self,
                         mash_service_begin (self, mash_service_list_earlier_async, cancellable,
                                             callback, user_data),
                         MASH_TYPE_EARLIER_ITEM, g_strdup (contact), g_free, list_earlier_job);
}

GListModel *
mash_service_list_earlier_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
list_altered_job (MashStore    **store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Altered *altered = g_new0 (Altered, 1);

  if (mash_service_need_store (store, error) != NULL)
    altered->rows = mash_store_list_altered (*store, data, &altered->opened_at, error);
  if (altered->rows != NULL)
    return altered;

  free_altered (altered);

  return NULL;
}

static void
on_altered_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Altered *altered = g_task_propagate_pointer (G_TASK (result), &error);

  if (altered == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, g_memdup2 (&altered->opened_at, sizeof altered->opened_at), g_free);
  g_task_return_pointer (task, mash_items_new_list (MASH_TYPE_ALTERED_ITEM,
                                                    g_steal_pointer (&altered->rows)),
                         g_object_unref);
  free_altered (altered);
}

/**
 * mash_service_list_altered_async:
 * @self: a service, signed in
 * @contact: the id of a contact that is open
 * @cancellable: (nullable): to stop it
 * @callback: called with what others altered since this person last opened it, MashAlteredItem,
 *   oldest first
 * @user_data: for @callback
 */
void
mash_service_list_altered_async (MashService         *self,
                                 const char          *contact,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (contact != NULL);

  mash_service_run (self,
                    mash_service_begin (self, mash_service_list_altered_async, cancellable,
                                        callback, user_data),
                    g_strdup (contact), g_free, list_altered_job, (GDestroyNotify) free_altered,
                    on_altered_cb);
}

/**
 * mash_service_list_altered_finish:
 * @self: a service
 * @result: what the callback got
 * @opened_at: (out): when this person opened it before, microseconds; 0 where they never did
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the list
 */
GListModel *
mash_service_list_altered_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  gint64        *opened_at,
                                  GError       **error)
{
  const gint64 *at;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (opened_at != NULL, NULL);

  at = g_task_get_task_data (G_TASK (result));
  *opened_at = at != NULL ? *at : 0;

  return g_task_propagate_pointer (G_TASK (result), error);
}
