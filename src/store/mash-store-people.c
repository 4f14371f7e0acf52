/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-people.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "mash-identity-match.h"
#include "mash-identity.h"
#include "mash-store-people-private.h"
#include "mash-time.h"

#define PERMISSION_SEARCH 3
#define PERMISSION_PROPOSE 31

static const char group_sql[] =
  "SELECT person FROM person_group WHERE root ="
  " (SELECT root FROM person_group WHERE person = ?1) AND person <> ?1 ORDER BY person";

static const char contacts_sql[] =
  "SELECT c.id, c.reference, count (*) OVER () FROM contact_subject s"
  " JOIN contact c ON c.id = s.contact"
  " WHERE s.person = ?1 AND s.voided_at IS NULL ORDER BY c.n DESC LIMIT 1";

static const char address_sql[] =
  "SELECT a.line1, a.town, a.postcode FROM household_member m"
  " JOIN household h ON h.id = m.household JOIN address a ON a.id = h.address"
  " WHERE m.person = ?1 AND m.voided_at IS NULL AND a.voided_at IS NULL"
  " AND a.confidential IS NOT 1 ORDER BY m.n DESC LIMIT 1";

/* Linked records */

/**
 * mash_store_list_linked_people:
 * @self: a store
 * @person: the id of a person
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable): the ids of all records that are this person by approved
 *   links, @person first
 */
char **
mash_store_list_linked_people (MashStore   *self,
                               const char  *person,
                               GError     **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GStrvBuilder) people = g_strv_builder_new ();
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail (person != NULL, NULL);

  row = mash_database_prepare (self->database, group_sql, error);
  if (row == NULL)
    return NULL;

  g_strv_builder_add (people, person);
  mash_statement_bind_text (row, 1, person);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_strv_builder_add (people, mash_statement_get_text (row, 0));

  return step == MASH_STEP_DONE ? g_strv_builder_end (people) : NULL;
}

/* Rows */

static char *
dup_name (MashRecord *person)
{
  const char *forenames = mash_record_get_text (person, "legal-forenames");
  const char *surname = mash_record_get_text (person, "legal-surname");
  const char *known_as = mash_record_get_text (person, "known-as");

  if (forenames != NULL && surname != NULL)
    return g_strdup_printf ("%s %s", forenames, surname);
  if (forenames != NULL || surname != NULL)
    return g_strdup (forenames != NULL ? forenames : surname);
  if (known_as != NULL || mash_record_has (person, "description"))
    return g_strdup (known_as != NULL ? known_as : mash_record_get_text (person, "description"));

  return g_strdup (_("Name not known"));
}

/**
 * mash_store_dup_person_name:
 * @self: a store
 * @person: the id of a person
 *
 * Returns: (transfer full) (nullable): what the person is called
 */
char *
mash_store_dup_person_name (MashStore  *self,
                            const char *person)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self, "person", person);

  return record != NULL ? dup_name (record) : NULL;
}

static char *
dup_staff_name (MashStore  *self,
                const char *staff)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self, "staff", staff);

  return record != NULL ? g_strdup (mash_record_get_text (record, "name")) : NULL;
}

static void
tell_link (MashStore    *self,
           MashMatchRow *row,
           MashRecord   *link)
{
  const MashStamps *stamps = mash_record_get_stamps (link);
  const char *decided_at = mash_record_get_text (link, "decided-at");

  row->link = g_strdup (mash_record_get_id (link));
  row->state = g_strdup (mash_record_get_text (link, "state"));
  row->why = g_strdup (mash_record_get_text (link, "why"));
  row->proposed_by = g_strdup (stamps->created_by);
  row->proposed_name = dup_staff_name (self, stamps->created_by);
  row->decided_name = dup_staff_name (self, mash_record_get_text (link, "decided-by"));
  if (!mash_time_parse (stamps->created_at, &row->proposed_at))
    row->proposed_at = 0;
  if (decided_at == NULL || !mash_time_parse (decided_at, &row->decided_at))
    row->decided_at = 0;
}

static gboolean
tell_contacts (MashStore     *self,
               MashMatchRow  *match,
               GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, contacts_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, match->other);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW)
    {
      match->contact = mash_statement_dup_text (row, 0);
      match->reference = mash_statement_dup_text (row, 1);
      match->contacts = (guint) mash_statement_get_int (row, 2);
    }

  return step != MASH_STEP_ERROR;
}

static gboolean
tell_address (MashStore     *self,
              MashMatchRow  *match,
              GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, address_sql, error);
  g_autoptr (GString) line = g_string_new (NULL);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, match->other);
  step = mash_statement_step (row, error);
  for (int i = 0; step == MASH_STEP_ROW && i < 3; i++)
    {
      if (!mash_statement_is_null (row, i))
        g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "",
                                mash_statement_get_text (row, i));
    }
  if (line->len > 0)
    match->address = g_string_free (g_steal_pointer (&line), FALSE);

  return step != MASH_STEP_ERROR;
}

/* The two compared; NULL without an error where one of them is void or not there. */
MashMatchRow *
mash_store_match_two (MashStore   *self,
                      const char  *person,
                      const char  *other,
                      GError     **error)
{
  g_autoptr (MashRecord) one = mash_store_lookup (self, "person", person);
  g_autoptr (MashRecord) two = mash_store_lookup (self, "person", other);
  g_autoptr (MashRecord) link = NULL;
  g_autoptr (MashMatchRow) row = NULL;

  if (one == NULL || two == NULL || mash_record_get_stamps (one)->voided_at != NULL ||
      mash_record_get_stamps (two)->voided_at != NULL)
    return NULL;

  row = g_new0 (MashMatchRow, 1);
  row->person = g_strdup (person);
  row->person_name = dup_name (one);
  row->other = g_strdup (other);
  row->other_name = dup_name (two);
  row->birth = g_strdup (mash_record_get_text (two, "birth"));
  row->score = mash_identity_score (MASH_FACTS (self), person, other, &row->reasons);
  link = mash_identity_find_link (MASH_FACTS (self), person, other);
  if (link != NULL)
    tell_link (self, row, link);

  return tell_contacts (self, row, error) && tell_address (self, row, error)
         ? g_steal_pointer (&row) : NULL;
}

static guint
get_prompt (MashStore *self)
{
  const char *prompt = mash_policy_get_setting (self->policy, "match-prompt");

  return prompt != NULL ? (guint) strtoul (prompt, NULL, 10) : MASH_MATCH_PROMPT;
}

/* Those about whom something was said belong in the list whatever they score now. */
static void
add_spoken_of (MashStore  *self,
               const char *person,
               GHashTable *people)
{
  static const char *const ends[][2] = { { "person-a", "person-b" }, { "person-b", "person-a" } };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GPtrArray) links = mash_store_list (self, "identity-link", ends[i][0], person);

      for (guint j = 0; j < links->len; j++)
        g_hash_table_add (people, g_strdup (mash_record_get_text (g_ptr_array_index (links, j),
                                                                  ends[i][1])));
    }
}

/* What waits for somebody comes first, then the likeliest; what was answered comes last. */
static int
rank (const MashMatchRow *row)
{
  if (row->state == NULL || strcmp (row->state, "UNSURE") == 0 ||
      strcmp (row->state, "UNDONE") == 0)
    return 1;

  return strcmp (row->state, "SAME") == 0 ? 0 : strcmp (row->state, "MERGED") == 0 ? 2 : 3;
}

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  const MashMatchRow *first = *(const MashMatchRow *const *) a;
  const MashMatchRow *second = *(const MashMatchRow *const *) b;

  if (rank (first) != rank (second))
    return rank (first) - rank (second);
  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;

  return strcmp (first->other, second->other);
}

/* Both are one person already, by way of a third record or of their own link. */
static gboolean
is_joined (char       **group,
           const char  *other)
{
  return g_strv_contains ((const char *const *) group, other);
}

static gboolean
add_matches (MashStore   *self,
             const char  *person,
             GPtrArray   *rows,
             GError     **error)
{
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) group = mash_store_list_linked_people (self, person, error);
  g_autoptr (GPtrArray) found = NULL;
  GHashTableIter iter;
  gpointer other;

  if (group == NULL ||
      !mash_store_find_candidates (self, person, get_prompt (self), people, error))
    return FALSE;

  add_spoken_of (self, person, people);
  found = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, people);
  while (g_hash_table_iter_next (&iter, &other, NULL))
    {
      g_autoptr (GError) local = NULL;
      MashMatchRow *row = NULL;

      if (strcmp (other, person) != 0)
        row = mash_store_match_two (self, person, other, &local);

      if (row == NULL && local == NULL)
        continue;
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          g_ptr_array_foreach (found, (GFunc) (gpointer) mash_match_row_free, NULL);
          return FALSE;
        }
      if ((row->link == NULL && row->score < get_prompt (self)) ||
          (is_joined (group, other) && g_strcmp0 (row->state, "MERGED") != 0))
        mash_match_row_free (row);
      else
        g_ptr_array_add (found, row);
    }
  g_ptr_array_sort (found, compare_matches);
  g_ptr_array_extend (rows, found, NULL, NULL);

  return TRUE;
}

/* Who may search may be shown who else there is; what is shown is written down first. */
gboolean
mash_store_check_compare (MashStore  *self,
                          GError    **error)
{
  if (mash_policy_get_grant (self->policy, self->role, PERMISSION_SEARCH,
                             NULL) == MASH_GRANT_YES ||
      mash_policy_get_grant (self->policy, self->role, PERMISSION_PROPOSE,
                             NULL) == MASH_GRANT_YES)
    return TRUE;

  mash_store_refuse (error, _("Your role does not compare people."));

  return FALSE;
}

/* Writes to the access chain who is on a list of MashMatchRow that is about to be shown. */
gboolean
mash_store_log_matches (MashStore  *self,
                        GPtrArray  *rows,
                        GError    **error)
{
  g_autoptr (GHashTable) members = mash_body_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  const char *terms[] = { "match", NULL };

  for (guint i = 0; i < rows->len; i++)
    {
      const MashMatchRow *row = g_ptr_array_index (rows, i);

      if (row != NULL && g_hash_table_add (seen, row->other))
        g_ptr_array_add (people, row->other);
    }
  if (people->len == 0)
    return TRUE;

  mash_body_set (members, ".deed", g_variant_new_string ("search"));
  mash_body_set (members, "terms", g_variant_new_strv (terms, -1));
  mash_body_set (members, "people", g_variant_new_strv ((const char *const *) people->pdata,
                                                        (gssize) people->len));

  return mash_store_log_view (self, "search", NULL, members, error);
}

/**
 * mash_store_list_matches:
 * @self: a store
 * @person: the id of a person
 * @error: %MASH_STORE_ERROR_REFUSED where the person’s role may not compare people
 *
 * Finds by the index who may be the same person: by numbers, by births also with day and month
 * swapped, by how names sound, by postcodes that are not confidential. Those about whom something
 * was said already are in the list with what was said. Whoever is on it is written to the access
 * chain first.
 *
 * Returns: (transfer full) (element-type MashMatchRow) (nullable): proposals first, then the
 *   likeliest, then what was answered
 */
GPtrArray *
mash_store_list_matches (MashStore   *self,
                         const char  *person,
                         GError     **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (person != NULL, NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_match_row_free);
  if (!mash_store_check_compare (self, error) || !add_matches (self, person, rows, error) ||
      mash_store_take_fault (self, error) || !mash_store_log_matches (self, rows, error))
    return NULL;

  return g_steal_pointer (&rows);
}

/**
 * mash_store_count_matches:
 * @self: a store
 * @person: the id of a person
 * @n: (out): of how many others somebody should say whether they are the same person
 * @error: return location for a #MashStoreError
 *
 * Counts what mash_store_list_matches() would list and nobody has answered; shows nobody.
 *
 * Returns: %TRUE when they were counted
 */
gboolean
mash_store_count_matches (MashStore   *self,
                          const char  *person,
                          guint       *n,
                          GError     **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (person != NULL && n != NULL, FALSE);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_match_row_free);
  if (!add_matches (self, person, rows, error) || mash_store_take_fault (self, error))
    return FALSE;

  *n = 0;
  for (guint i = 0; i < rows->len; i++)
    *n += rank (g_ptr_array_index (rows, i)) <= 1;

  return TRUE;
}

/**
 * mash_store_list_contact_matches:
 * @self: a store
 * @contact: the id of a contact that has been opened
 * @error: as mash_store_list_matches()
 *
 * Returns: (transfer full) (element-type MashMatchRow) (nullable): the possible matches of each
 *   person in the contact, in the order in which they were added to it
 */
GPtrArray *
mash_store_list_contact_matches (MashStore   *self,
                                 const char  *contact,
                                 GError     **error)
{
  g_autoptr (GPtrArray) subjects = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);

  if (!mash_store_check_compare (self, error))
    return NULL;
  subjects = mash_store_list (self, "contact-subject", "contact", contact);
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_match_row_free);
  for (guint i = 0; i < subjects->len; i++)
    {
      const char *person = mash_record_get_text (g_ptr_array_index (subjects, i), "person");

      if (person != NULL && !add_matches (self, person, rows, error))
        return NULL;
    }
  if (mash_store_take_fault (self, error) || !mash_store_log_matches (self, rows, error))
    return NULL;

  return g_steal_pointer (&rows);
}
