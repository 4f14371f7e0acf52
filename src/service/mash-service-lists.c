/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-key-reader.h"
#include "mash-service-private.h"

/* How much of a list is read while somebody types: what a window shows at once, for each person of
 * the list is looked up in six places. */
#define TYPING_LIMIT 20

typedef struct
{
  char     *text;
  gboolean  settled;
} Query;

static void
clear_query (gpointer query)
{
  g_free (((Query *) query)->text);
}

static void
free_query (Query *query)
{
  clear_query (query);
  g_free (query);
}

static gpointer
search_people_job (MashStore    **store,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Query *query = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_search_people (*store, query->text, TYPING_LIMIT, query->settled, error)
         : NULL;
}

static GArray *
list_found_keys (MashStore     *store,
                 gconstpointer  query,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return mash_store_list_found_keys (store, ((const Query *) query)->text, cancellable, error);
}

static GPtrArray *
list_found (MashStore     *store,
            gconstpointer  query,
            const gint64  *keys,
            guint          n_keys,
            GError       **error)
{
  return mash_store_list_found (store, ((const Query *) query)->text, keys, n_keys, error);
}

static const MashKeyReader found_reader = {
  mash_person_item_get_type, list_found_keys, list_found,
};

/**
 * mash_service_search_people_async:
 * @self: a service, signed in
 * @text: names, a date of birth, an identifier, a postcode or a reference
 * @settled: the user has stopped typing: the list is shown to be read, whole, page by page, and an
 *   access entry is written for each page before it is shown
 * @cancellable: (nullable): to stop it
 * @callback: (nullable): called with the people; %NULL where those who were shown while somebody
 *   typed are written down, and nobody looks at more
 * @user_data: for @callback
 */
void
mash_service_search_people_async (MashService         *self,
                                  const char          *text,
                                  gboolean             settled,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Query *query;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (text != NULL);

  query = g_new0 (Query, 1);
  query->text = g_strdup (text);
  query->settled = settled;
  task = mash_service_begin (self, mash_service_search_people_async, cancellable, callback,
                             user_data);
  if (settled && callback != NULL)
    mash_key_reader_open (self, task, &found_reader, query, clear_query);
  else
    mash_service_run_list (self, task, MASH_TYPE_PERSON_ITEM, query, (GDestroyNotify) free_query,
                           search_people_job);
}

GListModel *
mash_service_search_people_finish (MashService   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Who looked: of the contact whose id stands in @query. */

typedef struct
{
  char *contact;
} AccessQuery;

static void
clear_access_query (gpointer data)
{
  g_free (((AccessQuery *) data)->contact);
}

static GArray *
list_access_keys (MashStore     *store,
                  gconstpointer  query,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return mash_store_list_access_keys (store, ((const AccessQuery *) query)->contact, cancellable,
                                      error);
}

static GPtrArray *
list_access (MashStore     *store,
             gconstpointer  query,
             const gint64  *keys,
             guint          n_keys,
             GError       **error)
{
  return mash_store_list_access (store, ((const AccessQuery *) query)->contact, keys, n_keys,
                                 error);
}

static const MashKeyReader access_reader = {
  mash_access_item_get_type, list_access_keys, list_access,
};

/**
 * mash_service_list_access_async:
 * @self: a service, signed in by somebody who may read the access log
 * @contact: the id of a contact
 * @cancellable: (nullable): to stop it
 * @callback: called with who looked, MashAccessItem, newest first, all of them: it is read page by
 *   page when somebody looks at it
 * @user_data: for @callback
 */
void
mash_service_list_access_async (MashService         *self,
                                const char          *contact,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AccessQuery *query;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (contact != NULL);

  query = g_new0 (AccessQuery, 1);
  query->contact = g_strdup (contact);
  mash_key_reader_open (self,
                        mash_service_begin (self, mash_service_list_access_async, cancellable,
                                            callback, user_data),
                        &access_reader, query, clear_access_query);
}

GListModel *
mash_service_list_access_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
