/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-key-reader.h"

#include "mash-service-private.h"

/* What a list goes back to for each of its pages; the list and the jobs share it. */
typedef struct
{
  GWeakRef             service;
  const MashKeyReader *reader;
  gpointer             query;
  GDestroyNotify       clear_query;
} Source;

/* A page that is wanted. The list itself stays with the caller's task, on the main thread. */
typedef struct
{
  Source *source;
  gint64 *keys;
  guint   first;
  guint   n_keys;
} Wanted;

/* What opening reads. */
typedef struct
{
  GArray    *keys;
  GPtrArray *rows;
} Opened;

static void
clear_source (gpointer data)
{
  Source *source = data;

  g_weak_ref_clear (&source->service);
  if (source->clear_query != NULL)
    source->clear_query (source->query);
  g_free (source->query);
}

static void
release_source (gpointer source)
{
  g_atomic_rc_box_release_full (source, clear_source);
}

static void
free_wanted (gpointer data)
{
  Wanted *wanted = data;

  release_source (wanted->source);
  g_free (wanted->keys);
  g_free (wanted);
}

static void
free_opened (gpointer data)
{
  Opened *opened = data;

  g_clear_pointer (&opened->keys, g_array_unref);
  g_clear_pointer (&opened->rows, g_ptr_array_unref);
  g_free (opened);
}

static gpointer
read_page_job (MashStore    **store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Wanted *wanted = data;

  return mash_service_need_store (store, error) != NULL
         ? wanted->source->reader->list_rows (*store, wanted->source->query, wanted->keys,
                                              wanted->n_keys, error) : NULL;
}

/* A page that cannot be read stays empty; the page around it says so when it reads the whole. */
static void
on_page_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Wanted *wanted = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) rows = g_task_propagate_pointer (G_TASK (result), NULL);

  if (rows != NULL)
    mash_key_list_take_rows (g_task_get_task_data (task), wanted->first, rows);
  g_task_return_boolean (task, rows != NULL);
}

static void
read_page (MashKeyList   *list,
           guint          first,
           gconstpointer  keys,
           guint          n_keys,
           gpointer       data)
{
  Source *source = data;
  g_autoptr (MashService) service = g_weak_ref_get (&source->service);
  Wanted *wanted;
  GTask *task;

  if (service == NULL || !service->signed_in)
    return;

  task = mash_service_begin (service, read_page, NULL, NULL, NULL);
  g_task_set_task_data (task, g_object_ref (list), g_object_unref);
  wanted = g_new0 (Wanted, 1);
  wanted->source = g_atomic_rc_box_acquire (source);
  wanted->keys = g_memdup2 (keys, n_keys * sizeof *wanted->keys);
  wanted->first = first;
  wanted->n_keys = n_keys;
  mash_service_run (service, task, wanted, free_wanted, read_page_job,
                    (GDestroyNotify) g_ptr_array_unref, on_page_read_cb);
}

static gpointer
open_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Source *source = data;
  Opened *opened;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  opened = g_new0 (Opened, 1);
  opened->keys = source->reader->list_keys (*store, source->query, cancellable, error);
  if (opened->keys != NULL)
    opened->rows = source->reader->list_rows (*store, source->query,
                                              (const gint64 *) (gpointer) opened->keys->data,
                                              MIN (opened->keys->len, MASH_KEY_LIST_PAGE), error);
  if (opened->rows == NULL)
    g_clear_pointer (&opened, free_opened);

  return opened;
}

static Source *
source_new (MashService         *service,
            const MashKeyReader *reader)
{
  Source *source = g_atomic_rc_box_new0 (Source);

  g_weak_ref_init (&source->service, service);
  source->reader = reader;

  return source;
}

/* The list has @source from here. */
static MashKeyList *
make_list (Source    *source,
           GArray    *keys,
           GPtrArray *rows)
{
  MashKeyList *list = mash_key_list_new (source->reader->item_type (), keys, NULL, read_page,
                                         source, release_source);

  mash_key_list_begin (list, rows);

  return list;
}

static void
on_opened_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Source *source = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  Opened *opened = g_task_propagate_pointer (G_TASK (result), &error);

  if (opened == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task,
                         make_list (g_atomic_rc_box_acquire (source),
                                    g_steal_pointer (&opened->keys), opened->rows),
                         g_object_unref);
  free_opened (opened);
}

/**
 * mash_key_reader_open:
 * @service: the service of @task, signed in
 * @task: (transfer full): the caller's, which is answered with a #MashKeyList
 * @reader: what the list asks of the store
 * @query: (transfer full): for @reader, from g_malloc(); never altered
 * @clear_query: (nullable): frees what @query holds, but not itself
 */
void
mash_key_reader_open (MashService         *service,
                      GTask               *task,
                      const MashKeyReader *reader,
                      gpointer             query,
                      GDestroyNotify       clear_query)
{
  Source *source = source_new (service, reader);

  source->query = query;
  source->clear_query = clear_query;
  mash_service_run (service, task, source, release_source, open_job, free_opened, on_opened_cb);
}

/**
 * mash_key_reader_new_list:
 * @service: the service, signed in
 * @reader: what the list asks of the store, without a query
 * @keys: (transfer full): the numbers of all rows, gint64, in the order of the list
 * @rows: the rows of the first page, which are taken out
 *
 * Returns: (transfer full): a list of which the keys have been read already
 */
MashKeyList *
mash_key_reader_new_list (MashService         *service,
                          const MashKeyReader *reader,
                          GArray              *keys,
                          GPtrArray           *rows)
{
  return make_list (source_new (service, reader), keys, rows);
}
