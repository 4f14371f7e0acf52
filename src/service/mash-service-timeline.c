/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-timeline.h"

#include "mash-key-list.h"
#include "mash-service-private.h"
#include "mash-timeline-list-private.h"

/* How much is read before the list is shown: what a tall window has room for. */
#define ROWS_AT_ONCE MASH_KEY_LIST_PAGE

/* A page of rows that is wanted. */
typedef struct
{
  MashTimelineList *list;
  char             *contact;
  MashTimelineKey  *keys;
  guint             first;
  guint             n_keys;
} Wanted;

static void
free_wanted (Wanted *wanted)
{
  g_object_unref (wanted->list);
  g_free (wanted->contact);
  g_free (wanted->keys);
  g_free (wanted);
}

static gpointer
read_rows_job (MashStore    **store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Wanted *wanted = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_list_timeline_rows (*store, wanted->contact, wanted->keys, wanted->n_keys,
                                          error) : NULL;
}

/* A page that cannot be read stays empty; the page around it says so when it reads the whole. */
static void
on_page_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Wanted *wanted = g_task_get_task_data (G_TASK (result));
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) rows = g_task_propagate_pointer (G_TASK (result), NULL);

  if (rows == NULL)
    return;

  mash_timeline_list_take_rows (wanted->list, wanted->first, rows);
}

static void
read_page (MashTimelineList      *list,
           guint                  first,
           const MashTimelineKey *keys,
           guint                  n_keys,
           gpointer               source)
{
  MashService *self = source;
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->list = g_object_ref (list);
  wanted->contact = g_strdup (mash_timeline_list_get_view (list)->contact);
  wanted->keys = g_memdup2 (keys, n_keys * sizeof *keys);
  wanted->first = first;
  wanted->n_keys = n_keys;
  mash_service_run (self, mash_service_begin (self, read_page, NULL, NULL, NULL), wanted,
                    (GDestroyNotify) free_wanted, read_rows_job,
                    (GDestroyNotify) g_ptr_array_unref, on_page_read_cb);
}

static gpointer
open_timeline_job (MashStore    **store,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return mash_service_need_store (store, error) != NULL
         ? mash_store_read_timeline (*store, data, ROWS_AT_ONCE, cancellable, error) : NULL;
}

static void
on_timeline_read_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  MashTimelineReading *reading = g_task_propagate_pointer (G_TASK (result), &error);
  const MashTimelineView *view = g_task_get_task_data (G_TASK (result));

  if (reading != NULL)
    g_task_return_pointer (task, mash_timeline_list_new (view, reading, read_page, object),
                           g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mash_service_open_timeline_async:
 * @self: a service, signed in
 * @view: what is wanted, of a contact that is open
 * @cancellable: (nullable): to stop it
 * @callback: called with the list
 * @user_data: for @callback
 *
 * Gives a view as a list that has its first rows and reads the others when somebody looks at them.
 */
void
mash_service_open_timeline_async (MashService            *self,
                                  const MashTimelineView *view,
                                  GCancellable           *cancellable,
                                  GAsyncReadyCallback     callback,
                                  gpointer                user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (view != NULL);

  mash_service_run (self,
                    mash_service_begin (self, mash_service_open_timeline_async, cancellable,
                                        callback, user_data),
                    mash_timeline_view_copy (view), (GDestroyNotify) mash_timeline_view_free,
                    open_timeline_job, (GDestroyNotify) mash_timeline_reading_free,
                    on_timeline_read_cb);
}

MashTimelineList *
mash_service_open_timeline_finish (MashService   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
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

  mash_service_run_list (self,
                         mash_service_begin (self, mash_service_list_chronology_async,
                                             cancellable, callback, user_data),
                         MASH_TYPE_TIMELINE_ITEM, mash_timeline_view_copy (view),
                         (GDestroyNotify) mash_timeline_view_free, list_chronology_job);
}

GListModel *
mash_service_list_chronology_finish (MashService   *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
