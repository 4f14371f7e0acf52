/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-cases.h"

#include "mash-service-private.h"
#include "mash-store-cases.h"

/* More than these nobody reads; they type on. */
#define CASES_MAX 8

static GType string_type (void) { return G_TYPE_STRING; }
static GType bool_type (void) { return G_TYPE_BOOLEAN; }

#define ROW(member) G_STRUCT_OFFSET (MashCaseRow, member)

static const MashItemMember case_members[] = {
  { "contact", string_type, ROW (contact) },
  { "reference", string_type, ROW (reference) },
  { "family", string_type, ROW (family) },
  { "state", string_type, ROW (state) },
  { "owner", string_type, ROW (owner) },
  { "opened", bool_type, ROW (opened) },
};

#undef ROW

struct _MashCaseItem
{
  MashItem parent_instance;
};

G_DEFINE_FINAL_TYPE (MashCaseItem, mash_case_item, MASH_TYPE_ITEM)

typedef struct
{
  char *contact;
  char *text;      /* NULL: the contact itself */
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->contact);
  g_free (query->text);
  g_free (query);
}

static gpointer
list_cases_job (MashStore    **store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const Query *query = data;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  return query->text != NULL
         ? mash_store_find_cases (*store, query->contact, query->text, CASES_MAX, error)
         : mash_store_read_case (*store, query->contact, error);
}

static void
mash_case_item_class_init (MashCaseItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), case_members,
                                   G_N_ELEMENTS (case_members),
                                   (GDestroyNotify) mash_case_row_free);
}

static void
mash_case_item_init (MashCaseItem *self)
{
}

static void
list_cases (MashService *self,
            GTask       *task,
            const char  *contact,
            const char  *text)
{
  Query *query = g_new0 (Query, 1);

  query->contact = g_strdup (contact);
  query->text = g_strdup (text);
  mash_service_run_list (self, task, MASH_TYPE_CASE_ITEM, query, query_free, list_cases_job);
}

/**
 * mash_service_find_cases_async:
 * @self: a service, signed in
 * @contact: the id of the contact that is to be linked
 * @text: names, a date of birth, an identifier or a reference; blank for contacts of the same
 *   people
 * @cancellable: (nullable): to stop it
 * @callback: called with other open contacts that may be opened, MashCaseItem, the best first
 * @user_data: for @callback
 */
void
mash_service_find_cases_async (MashService         *self,
                               const char          *contact,
                               const char          *text,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (contact != NULL && text != NULL);

  list_cases (self,
              mash_service_begin (self, mash_service_find_cases_async, cancellable, callback,
                                  user_data),
              contact, text);
}

/**
 * mash_service_read_case_async:
 * @self: a service, signed in
 * @contact: the id of a contact
 * @cancellable: (nullable): to stop it
 * @callback: called with it alone; with nothing where it may not be opened
 * @user_data: for @callback
 */
void
mash_service_read_case_async (MashService         *self,
                              const char          *contact,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (contact != NULL);

  list_cases (self,
              mash_service_begin (self, mash_service_read_case_async, cancellable, callback,
                                  user_data),
              contact, NULL);
}

/**
 * mash_service_list_cases_finish:
 * @self: a service
 * @result: of either of the two
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the contacts
 */
GListModel *
mash_service_list_cases_finish (MashService   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
