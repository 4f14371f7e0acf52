/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-timeline.h"

#include "mash-service-private.h"

static void
on_rows_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = g_task_propagate_pointer (G_TASK (result), &error);

  if (rows != NULL)
    g_task_return_pointer (task, mash_items_new_list (MASH_TYPE_TIMELINE_ITEM, rows),
                           g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gpointer
list_chronology_job (MashStore    **store,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return mash_service_need_store (store, error) != NULL
         ? mash_store_list_chronology (*store, data, cancellable, error) : NULL;
}

/**
 * mash_service_list_chronology_async:
 * @self: a service, signed in
 * @view: what is wanted, of a contact that is open
 * @cancellable: (nullable): to stop it
 * @callback: called with the entries, MashTimelineItem, in the order of @view
 * @user_data: for @callback
 *
 * Gives the whole of a view, for a chronology that is printed or written to a file. What must not
 * be given away is in it and has `confidential` set, so that it can be left out and counted.
 */
void
mash_service_list_chronology_async (MashService            *self,
                                    const MashTimelineView *view,
                                    GCancellable           *cancellable,
                                    GAsyncReadyCallback     callback,
                                    gpointer                user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (view != NULL);

  mash_service_run (self,
                    mash_service_begin (self, mash_service_list_chronology_async, cancellable,
                                        callback, user_data),
                    mash_timeline_view_copy (view), (GDestroyNotify) mash_timeline_view_free,
                    list_chronology_job, (GDestroyNotify) g_ptr_array_unref, on_rows_read_cb);
}

GListModel *
mash_service_list_chronology_finish (MashService   *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
