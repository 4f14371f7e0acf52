/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-key-reader.h"
#include "mash-service-private.h"

/* How much of a list is read: more than anybody looks through, and bounded. While somebody types,
 * it is what a window shows at once: each person of the list is looked up in six places. */
#define SEARCH_LIMIT 60
#define TYPING_LIMIT 20

typedef struct
{
  char     *text;
  gboolean  settled;
} Query;

static void
free_query (Query *query)
{
  g_free (query->text);
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
         ? mash_store_search_people (*store, query->text,
                                     query->settled ? SEARCH_LIMIT : TYPING_LIMIT,
                                     query->settled, error)
         : NULL;
}

/**
 * mash_service_search_people_async:
 * @self: a service, signed in
 * @text: names, a date of birth, an identifier, a postcode or a reference
 * @settled: the user has stopped typing: the list is shown to be read, whole, and an access entry
 *   is written
 * @cancellable: (nullable): to stop it
 * @callback: called with the people
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

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (text != NULL);

  query = g_new0 (Query, 1);
  query->text = g_strdup (text);
  query->settled = settled;
  mash_service_run_list (self,
                         mash_service_begin (self, mash_service_search_people_async, cancellable,
                                             callback, user_data),
                         MASH_TYPE_PERSON_ITEM, query, (GDestroyNotify) free_query,
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
