/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <string.h>

#include "mash-time.h"

static gboolean
write_draft (MashStore   *self,
             const char  *context,
             const char  *json,
             const char  *at,
             GError     **error)
{
  return mash_database_run (self->database, error,
                            "INSERT INTO draft (person, context, body, at)"
                            " VALUES (?1, ?2, ?3, ?4)"
                            " ON CONFLICT (person, context)"
                            " DO UPDATE SET body = excluded.body, at = excluded.at",
                            "tttt", self->person, context, json, at);
}

/* Whether what was typed belongs to a contact that the hub has closed to the person while it was
 * open before them: nothing of it may come into the database again. */
static gboolean
is_shut (MashStore  *self,
         const char *context,
         const char *json)
{
  GHashTableIter iter;
  gpointer contact;

  g_hash_table_iter_init (&iter, self->shut);
  while (g_hash_table_iter_next (&iter, &contact, NULL))
    {
      g_autoptr (MashRecord) record = NULL;

      if (strstr (context, contact) == NULL && strstr (json, contact) == NULL)
        continue;
      record = mash_store_lookup (self, "contact", contact);
      if (record == NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_store_save_draft:
 * @self: a store
 * @context: what the draft belongs to, such as a contact's id
 * @json: what was typed, in whatever form its writer reads again
 * @error: %MASH_STORE_ERROR_NOT_FOUND where it belongs to a contact that was closed to the person
 *
 * Keeps what the person who is signed in has typed and not saved; durable when this returns. It
 * replaces the earlier draft of the same context. Nobody else ever sees it. On a full disk the
 * reserve is given up for it.
 *
 * Returns: %TRUE when it was kept
 */
gboolean
mash_store_save_draft (MashStore   *self,
                       const char  *context,
                       const char  *json,
                       GError     **error)
{
  g_autofree char *at = NULL;
  g_autoptr (GError) local_error = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (context != NULL, FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  if (is_shut (self, context, json))
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                   "There is no contact %s", context);
      return FALSE;
    }

  at = mash_time_format (mash_store_get_now (self));
  if (write_draft (self, context, json, at, &local_error))
    return TRUE;
  if (mash_store_meet_full (self, local_error))
    return write_draft (self, context, json, at, error);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * mash_store_get_draft:
 * @self: a store
 * @context: what the draft belongs to
 * @at: (out) (optional): when it was kept
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable): the draft; %NULL without an error when there is none
 */
char *
mash_store_get_draft (MashStore   *self,
                      const char  *context,
                      gint64      *at,
                      GError     **error)
{
  g_autoptr (MashStatement) row = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (context != NULL, NULL);

  row = mash_database_prepare (self->database,
                               "SELECT body, at FROM draft WHERE person = ?1 AND context = ?2",
                               error);
  if (row == NULL)
    return NULL;

  mash_statement_bind (row, "tt", self->person, context);
  if (mash_statement_step (row, error) != MASH_STEP_ROW)
    return NULL;
  if (at != NULL && !mash_time_parse (mash_statement_get_text (row, 1), at))
    *at = 0;

  return mash_statement_dup_text (row, 0);
}

/**
 * mash_store_list_drafts:
 * @self: a store
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable): the contexts of the person's drafts, the newest first
 */
char **
mash_store_list_drafts (MashStore  *self,
                        GError    **error)
{
  g_autoptr (GPtrArray) contexts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT context FROM draft WHERE person = ?1 ORDER BY at DESC",
                               error);
  if (row == NULL)
    return NULL;

  mash_statement_bind_text (row, 1, self->person);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (contexts, mash_statement_dup_text (row, 0));
  if (step == MASH_STEP_ERROR)
    return NULL;

  g_ptr_array_add (contexts, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&contexts), FALSE);
}

/**
 * mash_store_drop_draft:
 * @self: a store
 * @context: what the draft belongs to
 * @error: return location for a #MashStoreError
 *
 * Returns: %TRUE when there is none any more
 */
gboolean
mash_store_drop_draft (MashStore   *self,
                       const char  *context,
                       GError     **error)
{
  mash_store_assert (self);
  g_return_val_if_fail (context != NULL, FALSE);

  return mash_database_run (self->database, error,
                            "DELETE FROM draft WHERE person = ?1 AND context = ?2", "tt",
                            self->person, context);
}
