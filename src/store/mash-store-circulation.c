/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-circulation.h"

#include <string.h>

#include "mash-body.h"
#include "mash-store-private.h"

/* What is said of the first words of a record is no earlier revision of it. */
static const char altered_sql[] =
  "SELECT kind, record, body FROM change WHERE contact = ?1 AND base > 0 ORDER BY position";

static const char *const kinds[] = { "sd-participant", "sd-note", "sd-paragraph", "sd-child",
                                     "sd-plan", "sd-view", "sd-action" };

static GHashTable *
list_ids (MashStore  *self,
          const char *discussion)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_hash_table_add (ids, g_strdup (discussion));
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) parts = mash_store_list (self, kinds[k], "discussion", discussion);

      for (guint i = 0; parts != NULL && i < parts->len; i++)
        g_hash_table_add (ids, g_strdup (mash_record_get_id (g_ptr_array_index (parts, i))));
    }

  return ids;
}

static void
add_earlier (GPtrArray     *withheld,
             MashStatement *change,
             const char    *held)
{
  const MashKind *kind = mash_kind_lookup (mash_statement_get_text (change, 0));
  const char *body = mash_statement_get_text (change, 2);
  g_autoptr (GHashTable) members = mash_body_read (body, strlen (body), NULL);

  for (guint i = 0; kind != NULL && members != NULL && i < kind->n_fields; i++)
    {
      g_autofree char *name = NULL;
      GVariant *was;

      if (kind->fields[i].type != MASH_FIELD_RICH && kind->fields[i].type != MASH_FIELD_TEXT)
        continue;
      name = g_strconcat (kind->fields[i].name, ".was", NULL);
      was = g_hash_table_lookup (members, name);
      if (was != NULL && g_variant_is_of_type (was, G_VARIANT_TYPE_STRING))
        mash_circulation_add_earlier (withheld, g_variant_get_string (was, NULL), held);
    }
}

static gboolean
read_earlier (MashStore   *self,
              MashRecord  *discussion,
              GPtrArray   *withheld,
              GError     **error)
{
  const char *id = mash_record_get_id (discussion);
  g_autoptr (MashStatement) change = mash_database_prepare (self->database, altered_sql, error);
  g_autoptr (GHashTable) ids = list_ids (self, id);
  g_autofree char *held = mash_circulation_dup_held (MASH_FACTS (self), id);
  MashStep step;

  if (change == NULL)
    return FALSE;

  mash_statement_bind (change, "t", mash_record_get_text (discussion, "contact"));
  while ((step = mash_statement_step (change, error)) == MASH_STEP_ROW)
    {
      if (g_hash_table_contains (ids, mash_statement_get_text (change, 1)))
        add_earlier (withheld, change, held);
    }

  return step == MASH_STEP_DONE;
}

/**
 * mash_store_list_withheld:
 * @self: a store
 * @discussion: the id of a discussion of a contact that is open before the person
 * @copy: the copy
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable) (element-type MashWithheld): what must not be found in it,
 *   words that the person who makes it may not read among them
 */
GPtrArray *
mash_store_list_withheld (MashStore         *self,
                          const char        *discussion,
                          const MashCopyFor *copy,
                          GError           **error)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self, "strategy-discussion", discussion);
  g_autoptr (GPtrArray) withheld = NULL;

  if (record == NULL)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                   "There is no discussion %s", discussion);
      return NULL;
    }

  withheld = mash_circulation_list_withheld (MASH_FACTS (self), discussion, copy);
  mash_circulation_drop_labels (withheld, self->policy);
  if (!read_earlier (self, record, withheld, error) || mash_store_take_fault (self, error))
    return NULL;

  return g_steal_pointer (&withheld);
}
