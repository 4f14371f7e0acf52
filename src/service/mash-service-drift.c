/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-key-reader.h"
#include "mash-progress.h"
#include "mash-service-private.h"
#include "mash-service-strategy.h"
#include "mash-store-strategy.h"

/* A report while it is made. */
typedef struct
{
  int           first_day;
  int           last_day;
  MashProgress *progress;
} Making;

/* A report with the keys of its rows and the first of them. */
typedef struct
{
  MashDrift *drift;
  GArray    *keys;
  GPtrArray *rows;
} Opened;

static void
free_opened (gpointer data)
{
  Opened *opened = data;

  g_clear_pointer (&opened->drift, mash_drift_free);
  g_clear_pointer (&opened->keys, g_array_unref);
  g_clear_pointer (&opened->rows, g_ptr_array_unref);
  g_free (opened);
}

static GPtrArray *
list_drift (MashStore     *store,
            gconstpointer  query,
            const gint64  *keys,
            guint          n_keys,
            GError       **error)
{
  return mash_store_list_drift (store, keys, n_keys, error);
}

/* The keys come with the report. */
static const MashKeyReader drift_reader = { mash_drift_item_get_type, NULL, list_drift };

static gpointer
read_drift_job (MashStore   **store,
                gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  const Making *making = data;
  const MashStoreWatch watch = { mash_progress_set, making->progress, cancellable };

  return mash_service_need_store (store, error) != NULL
         ? mash_store_read_drift (*store, making->first_day, making->last_day, &watch, error)
         : NULL;
}

/* Leaves of the report its figures, and of its rows the keys and the first page. */
static gpointer
open_drift_job (MashStore   **store,
                gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  MashDrift *drift = read_drift_job (store, data, cancellable, error);
  Opened *opened;

  if (drift == NULL)
    return NULL;

  opened = g_new0 (Opened, 1);
  opened->drift = drift;
  opened->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  opened->rows = drift->rows;
  drift->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_drift_row_free);
  for (guint i = 0; i < opened->rows->len; i++)
    g_array_append_val (opened->keys, ((MashDriftRow *) opened->rows->pdata[i])->key);
  g_ptr_array_set_size (opened->rows, (int) MIN (opened->rows->len, MASH_KEY_LIST_PAGE));

  return opened;
}

static void
end_making (GAsyncResult *result)
{
  Making *making = g_task_get_task_data (G_TASK (result));

  g_clear_pointer (&making->progress, mash_progress_free);
}

static void
on_drift_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  MashDrift *drift = g_task_propagate_pointer (G_TASK (result), &error);

  end_making (result);
  if (drift != NULL)
    g_task_return_pointer (task, drift, (GDestroyNotify) mash_drift_free);
  else
    g_task_return_error (task, error);
}

static void
on_opened_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Opened *opened = g_task_propagate_pointer (G_TASK (result), &error);
  MashKeyList *list;

  end_making (result);
  if (opened == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  list = mash_key_reader_new_list (MASH_SERVICE (object), &drift_reader,
                                   g_steal_pointer (&opened->keys), opened->rows);
  g_task_set_task_data (task, list, g_object_unref);
  g_task_return_pointer (task, g_steal_pointer (&opened->drift), (GDestroyNotify) mash_drift_free);
  free_opened (opened);
}

static void
make_report (MashService         *self,
             int                  first_day,
             int                  last_day,
             MashProgress        *progress,
             GTask               *task,
             MashStoreJob         job,
             GDestroyNotify       free_result,
             GAsyncReadyCallback  callback)
{
  const Making making = { first_day, last_day, progress };

  mash_service_run (self, task, g_memdup2 (&making, sizeof making), g_free, job, free_result,
                    callback);
}

/**
 * mash_service_read_drift_async:
 * @self: a service, signed in
 * @first_day: the first day, as mash_time_get_local_day() counts
 * @last_day: the last day
 * @progress: (nullable): told how far it has come
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @callback: called with drift and delay of the discussions needed in that time
 * @user_data: for @callback
 */
void
mash_service_read_drift_async (MashService        *self,
                               int                 first_day,
                               int                 last_day,
                               MashServiceProgress progress,
                               gpointer            progress_data,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));

  make_report (self, first_day, last_day, mash_progress_new (progress, progress_data),
               mash_service_begin (self, mash_service_read_drift_async, cancellable, callback,
                                   user_data),
               read_drift_job, (GDestroyNotify) mash_drift_free, on_drift_cb);
}

MashDrift *
mash_service_read_drift_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mash_service_open_drift_async:
 * @self: a service, signed in
 * @first_day: the first day, as mash_time_get_local_day() counts
 * @last_day: the last day
 * @progress: (nullable): told how far it has come
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @callback: called with the figures, and with the discussions as a list of its own
 * @user_data: for @callback
 *
 * Reads the same as mash_service_read_drift_async() for a page that shows it: the rows are left out
 * of the report, and are read again page by page when somebody looks at them.
 */
void
mash_service_open_drift_async (MashService        *self,
                               int                 first_day,
                               int                 last_day,
                               MashServiceProgress progress,
                               gpointer            progress_data,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));

  make_report (self, first_day, last_day, mash_progress_new (progress, progress_data),
               mash_service_begin (self, mash_service_open_drift_async, cancellable, callback,
                                   user_data),
               open_drift_job, free_opened, on_opened_cb);
}

/**
 * mash_service_open_drift_finish:
 * @self: a service
 * @result: the result
 * @rows: (out) (transfer full): the discussions, MashDriftItem, what waited longest in front
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the report without its rows
 */
MashDrift *
mash_service_open_drift_finish (MashService   *self,
                                GAsyncResult  *result,
                                GListModel   **rows,
                                GError       **error)
{
  MashDrift *drift;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  drift = g_task_propagate_pointer (G_TASK (result), error);
  if (drift != NULL)
    *rows = g_object_ref (g_task_get_task_data (G_TASK (result)));

  return drift;
}
