/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-timeline-family.h"

#include <string.h>

#define PERSON_COLUMNS "p.n, p.id, p.known_as, p.legal_forenames, p.birth"

static const char subjects_sql[] =
  "SELECT " PERSON_COLUMNS ", s.role FROM contact_subject s JOIN person p ON p.id = s.person"
  " WHERE s.contact = ?1 AND s.voided_at IS NULL AND p.voided_at IS NULL ORDER BY s.n";

static const char members_sql[] =
  "SELECT " PERSON_COLUMNS ", other.role FROM household_member mine"
  " JOIN household_member other ON other.household = mine.household"
  " JOIN person p ON p.id = other.person"
  " WHERE mine.person = ?1 AND mine.voided_at IS NULL AND other.voided_at IS NULL"
  " AND p.voided_at IS NULL ORDER BY other.n";

/* Records that are the same person. */
static const char same_sql[] =
  "SELECT " PERSON_COLUMNS ", NULL FROM person_group mine"
  " JOIN person_group other ON other.root = mine.root JOIN person p ON p.id = other.person"
  " WHERE mine.person = ?1 AND p.voided_at IS NULL ORDER BY p.n";

static void
person_free (MashTimelinePerson *person)
{
  g_free (person->id);
  g_free (person->name);
  g_free (person->birth);
  g_free (person->same);
  g_free (person);
}

static MashTimelinePerson *
find_person (GPtrArray *people,
             gint64     n)
{
  for (guint i = 0; i < people->len; i++)
    {
      MashTimelinePerson *person = g_ptr_array_index (people, i);

      if (person->n == n)
        return person;
    }

  return NULL;
}

static gboolean
is_subject (GPtrArray  *people,
            const char *id)
{
  for (guint i = 0; i < people->len; i++)
    {
      MashTimelinePerson *person = g_ptr_array_index (people, i);

      if (strcmp (person->id, id) == 0)
        return person->subject;
    }

  return FALSE;
}

static gboolean
add_people (GPtrArray   *people,
            MashStore   *store,
            const char  *sql,
            const char  *id,
            gboolean     same,
            GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (store->database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, id);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      gint64 n = mash_statement_get_int (row, 0);
      const char *role = mash_statement_get_text (row, 5);
      MashTimelinePerson *person = find_person (people, n);

      if (person != NULL)
        continue;
      person = g_new0 (MashTimelinePerson, 1);
      person->n = n;
      person->id = mash_statement_dup_text (row, 1);
      person->name = mash_statement_dup_text (row, mash_statement_is_null (row, 2) ? 3 : 2);
      person->birth = mash_statement_dup_text (row, 4);
      person->child = g_strcmp0 (role, "CHILD") == 0 || g_strcmp0 (role, "UNBORN") == 0 ||
                      g_strcmp0 (role, "SIBLING") == 0;
      person->same = g_strdup (same ? id : NULL);
      person->subject = same ? is_subject (people, id) : sql == subjects_sql;
      g_ptr_array_add (people, person);
    }

  return step == MASH_STEP_DONE;
}

/* Children first, each in the order in which they became known. */
static int
compare_people (gconstpointer a,
                gconstpointer b)
{
  const MashTimelinePerson *first = *(const MashTimelinePerson *const *) a;
  const MashTimelinePerson *second = *(const MashTimelinePerson *const *) b;

  if (first->child != second->child)
    return first->child ? -1 : 1;

  return (first->n > second->n) - (first->n < second->n);
}

static gboolean
add_for_each (GPtrArray   *people,
              MashStore   *store,
              const char  *sql,
              gboolean     same,
              GError     **error)
{
  guint n = people->len;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup (((MashTimelinePerson *) g_ptr_array_index (people, i))->id);

      if (!add_people (people, store, sql, id, same, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_timeline_family_new: (skip)
 *
 * Returns: (transfer full) (element-type MashTimelinePerson): nobody yet
 */
GPtrArray *
mash_timeline_family_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) person_free);
}

/**
 * mash_timeline_family_read: (skip)
 * @people: (element-type MashTimelinePerson): filled, children first, other records of them last
 * @store: a store
 * @contact: the id of a contact
 * @error: return location for a #MashStoreError
 *
 * Returns: %TRUE when everybody was read
 */
gboolean
mash_timeline_family_read (GPtrArray   *people,
                           MashStore   *store,
                           const char  *contact,
                           GError     **error)
{
  if (!add_people (people, store, subjects_sql, contact, FALSE, error) ||
      !add_for_each (people, store, members_sql, FALSE, error))
    return FALSE;
  g_ptr_array_sort (people, compare_people);

  return add_for_each (people, store, same_sql, TRUE, error);
}
