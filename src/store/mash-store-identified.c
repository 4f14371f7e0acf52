/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-people-private.h"

#include <string.h>

#include "mash-identifiers.h"
#include "mash-name-key.h"
#include "mash-search-table.h"

static const char find_sql[] =
  "SELECT person FROM person_search WHERE person_search MATCH ?1 ORDER BY rowid LIMIT 20";

static gboolean
numbers_equal (const char *a,
               const char *b)
{
  g_autofree char *one = a != NULL ? mash_identifiers_normalize (a) : NULL;
  g_autofree char *other = b != NULL ? mash_identifiers_normalize (b) : NULL;

  return one != NULL && g_strcmp0 (one, other) == 0;
}

static gboolean
issuers_equal (const char *a,
               const char *b)
{
  return (a == NULL && b == NULL) || (a != NULL && b != NULL && mash_name_equal (a, b));
}

/* The index only says that some number of the person begins like it. */
static gboolean
has_number (MashStore  *self,
            const char *person,
            const char *type,
            const char *value,
            const char *issuer)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self, "person", person);
  g_autoptr (GPtrArray) identifiers = mash_store_list (self, "identifier", "person", person);
  gboolean national = strcmp (type, "NHS") == 0 || strcmp (type, "UPN") == 0;

  if (record == NULL || mash_record_get_stamps (record)->voided_at != NULL)
    return FALSE;
  if (national && numbers_equal (mash_record_get_text (record, strcmp (type, "NHS") == 0
                                                               ? "nhs-number" : "upn"), value))
    return TRUE;

  for (guint i = 0; i < identifiers->len; i++)
    {
      MashRecord *identifier = g_ptr_array_index (identifiers, i);

      if (g_strcmp0 (mash_record_get_text (identifier, "type"), type) == 0 &&
          numbers_equal (mash_record_get_text (identifier, "value"), value) &&
          (national || issuers_equal (mash_record_get_text (identifier, "issuer"), issuer)))
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_store_list_identified:
 * @self: a store
 * @type: a code of the list IDT
 * @value: a number
 * @issuer: (nullable): who gave it; of no account for NHS and pupil numbers
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the ids of the people who have exactly
 *   this number, by index
 */
GPtrArray *
mash_store_list_identified (MashStore   *self,
                            const char  *type,
                            const char  *value,
                            const char  *issuer,
                            GError     **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *token = NULL;
  g_autofree char *query = NULL;
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail (type != NULL && value != NULL, NULL);

  token = mash_search_dup_token (value);
  if (*token == '\0')
    return g_steal_pointer (&people);

  row = mash_database_prepare (self->database, find_sql, error);
  if (row == NULL)
    return NULL;
  query = g_strdup_printf ("identifiers : \"%s\"", token);
  mash_statement_bind_text (row, 1, query);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      const char *person = mash_statement_get_text (row, 0);

      if (has_number (self, person, type, value, issuer))
        g_ptr_array_add (people, g_strdup (person));
    }

  return step == MASH_STEP_DONE && !mash_store_take_fault (self, error)
         ? g_steal_pointer (&people) : NULL;
}
