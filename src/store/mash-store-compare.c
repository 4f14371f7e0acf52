/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-people-private.h"

#include <string.h>

static void
add_each (GPtrArray *into,
          GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (into, mash_record_ref (g_ptr_array_index (records, i)));
}

static void
add_named (MashStore  *self,
           GPtrArray  *into,
           const char *kind,
           MashRecord *by,
           const char *field)
{
  MashRecord *record = mash_store_lookup (self, kind, mash_record_get_text (by, field));

  if (record != NULL)
    g_ptr_array_add (into, record);
}

static GPtrArray *
gather_person (MashStore  *self,
               const char *person)
{
  static const struct
  {
    const char *kind;
    const char *field;
    const char *names;   /* the kind of record that each names */
    const char *by;
  } belongings[] = {
    { "person-name", "person", NULL, NULL },
    { "identifier", "person", NULL, NULL },
    { "contact-point", "person", NULL, NULL },
    { "household-member", "person", "household", "household" },
    { "relationship", "from-person", "person", "to-person" },
    { "relationship", "to-person", "person", "from-person" },
    { "contact-subject", "person", "contact", "contact" },
    { "episode", "person", NULL, NULL },
    { "import-row", "person", "import-file", "file" },
    { "flag", "person", NULL, NULL },
  };
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
  MashRecord *record = mash_store_lookup (self, "person", person);

  if (record != NULL)
    g_ptr_array_add (records, record);
  for (guint i = 0; i < G_N_ELEMENTS (belongings); i++)
    {
      g_autoptr (GPtrArray) found = mash_store_list (self, belongings[i].kind,
                                                     belongings[i].field, person);

      add_each (records, found);
      for (guint j = 0; belongings[i].names != NULL && j < found->len; j++)
        {
          MashRecord *by = g_ptr_array_index (found, j);
          g_autoptr (MashRecord) household = NULL;

          add_named (self, records, belongings[i].names, by, belongings[i].by);
          if (strcmp (belongings[i].names, "household") != 0)
            continue;
          household = mash_store_lookup (self, "household",
                                         mash_record_get_text (by, "household"));
          if (household != NULL)
            add_named (self, records, "address", household, "address");
        }
    }

  return records;
}

/**
 * mash_store_compare_people:
 * @self: a store
 * @one: the id of a person
 * @other: the id of another
 * @error: %MASH_STORE_ERROR_NOT_FOUND; %MASH_STORE_ERROR_REFUSED where the person’s role may not
 *   compare people
 *
 * Writes the signed entries that both were looked at, commits them, and only then reads.
 *
 * Returns: (transfer full) (nullable): all that is known of the two
 */
MashPeoplePair *
mash_store_compare_people (MashStore   *self,
                           const char  *one,
                           const char  *other,
                           GError     **error)
{
  g_autoptr (MashPeoplePair) pair = NULL;
  g_autoptr (GError) local = NULL;
  const char *both[] = { one, other };

  mash_store_assert (self);
  g_return_val_if_fail (one != NULL && other != NULL, NULL);

  if (!mash_store_check_compare (self, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (GHashTable) members = mash_body_new ();

      mash_body_set (members, ".deed", g_variant_new_string ("compare"));
      if (!mash_store_log_view (self, "view", both[i], members, error))
        return NULL;
    }

  pair = g_new0 (MashPeoplePair, 1);
  pair->match = mash_store_match_two (self, one, other, &local);
  if (mash_store_take_fault (self, error))
    return NULL;
  if (pair->match == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                     "There are no people %s and %s", one, other);
      return NULL;
    }
  pair->one = gather_person (self, one);
  pair->other = gather_person (self, other);

  return mash_store_take_fault (self, error) ? NULL : g_steal_pointer (&pair);
}
