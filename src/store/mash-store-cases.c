/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-cases.h"

#include <string.h>

#include "mash-family.h"
#include "mash-guards.h"
#include "mash-store-private.h"

/* How many people are asked for their contacts; beyond that somebody types on. */
#define PEOPLE_MAX 40

static const char contacts_sql[] =
  "SELECT s.contact FROM contact_subject s WHERE s.person = ?1 AND s.voided_at IS NULL"
  " ORDER BY s.n DESC";

/* Everybody in a contact, and other records of them. */
static const char people_sql[] =
  "SELECT s.person FROM contact_subject s WHERE s.contact = ?1 AND s.voided_at IS NULL"
  " UNION SELECT other.person FROM contact_subject s JOIN person_group mine"
  " ON mine.person = s.person JOIN person_group other ON other.root = mine.root"
  " WHERE s.contact = ?1 AND s.voided_at IS NULL ORDER BY 1";

/* As what is attached is looked at when it is (domain 4.2, C20 to X20). */
static const char opened_sql[] =
  "SELECT 1 FROM access WHERE record = ?1 AND person = ?2 AND action = 'view' LIMIT 1";

typedef struct
{
  MashStore  *store;
  const char *contact;   /* which is to be linked, and is not found itself */
  GPtrArray  *rows;
  GHashTable *seen;
  guint       limit;
} Finder;

void
mash_case_row_free (MashCaseRow *self)
{
  if (self == NULL)
    return;

  g_free (self->contact);
  g_free (self->reference);
  g_free (self->family);
  g_free (self->state);
  g_free (self->owner);
  g_free (self);
}

static gboolean
was_opened (MashStore  *store,
            const char *contact)
{
  g_autoptr (MashStatement) row = mash_database_prepare (store->database, opened_sql, NULL);

  if (row == NULL)
    return FALSE;
  mash_statement_bind (row, "tt", contact, store->person);

  return mash_statement_step (row, NULL) == MASH_STEP_ROW;
}

static MashCaseRow *
read_row (MashStore  *store,
          MashRecord *contact)
{
  const char *assigned_to = mash_record_get_text (contact, "assigned-to");
  g_autoptr (MashRecord) owner = assigned_to != NULL
                                 ? mash_store_lookup (store, "staff", assigned_to) : NULL;
  MashCaseRow *row = g_new0 (MashCaseRow, 1);

  row->contact = g_strdup (mash_record_get_id (contact));
  row->reference = g_strdup (mash_record_get_text (contact, "reference"));
  row->family = mash_family_dup_name (MASH_FACTS (store), row->contact);
  row->state = g_strdup (mash_record_get_text (contact, "state"));
  row->owner = owner != NULL ? g_strdup (mash_record_get_text (owner, "name")) : NULL;
  row->opened = was_opened (store, row->contact);

  return row;
}

static void
add_contact (Finder     *self,
             const char *id)
{
  g_autoptr (MashRecord) contact = NULL;
  const char *state;

  if (self->rows->len >= self->limit || g_strcmp0 (id, self->contact) == 0 ||
      !g_hash_table_add (self->seen, g_strdup (id)))
    return;

  contact = mash_store_lookup (self->store, "contact", id);
  state = contact != NULL ? mash_record_get_text (contact, "state") : NULL;
  if (state != NULL && !mash_words_contain ("C00 C90 X20", state) &&
      mash_record_get_stamps (contact)->voided_at == NULL &&
      mash_store_may_open (self->store, contact, NULL))
    g_ptr_array_add (self->rows, read_row (self->store, contact));
}

static GPtrArray *
read_ids (MashStore   *store,
          const char  *sql,
          const char  *id,
          GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (store->database, sql, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  MashStep step;

  if (row == NULL)
    return NULL;
  mash_statement_bind_text (row, 1, id);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (ids, mash_statement_dup_text (row, 0));

  return step == MASH_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
add_contacts_of (Finder      *self,
                 const char  *person,
                 GError     **error)
{
  g_autoptr (GPtrArray) contacts = read_ids (self->store, contacts_sql, person, error);

  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    add_contact (self, g_ptr_array_index (contacts, i));

  return contacts != NULL;
}

static gboolean
add_same_people (Finder  *self,
                 GError **error)
{
  g_autoptr (GPtrArray) people = read_ids (self->store, people_sql, self->contact, error);
  gboolean read = people != NULL;

  for (guint i = 0; read && i < people->len; i++)
    read = add_contacts_of (self, g_ptr_array_index (people, i), error);

  return read;
}

static gboolean
add_found (Finder      *self,
           const char  *text,
           GError     **error)
{
  g_autoptr (GPtrArray) hits = mash_store_search_people (self->store, text, PEOPLE_MAX, FALSE,
                                                         error);
  gboolean read = hits != NULL;

  for (guint i = 0; read && i < hits->len; i++)
    {
      const MashPersonHit *hit = g_ptr_array_index (hits, i);

      /* Who typed a reference means that one contact. */
      if (strcmp (hit->why, "reference") == 0)
        add_contact (self, hit->contact);
      else
        read = add_contacts_of (self, hit->person, error);
    }

  return read;
}

/**
 * mash_store_find_cases:
 * @self: a store
 * @contact: the id of the contact that is to be linked
 * @text: what somebody typed so far, as for mash_store_search_people(); blank for the contacts of
 *   the same people
 * @limit: how many at most
 * @error: %MASH_STORE_ERROR_REFUSED where the person's role may not search
 *
 * Finds other contacts that are open and that the person who is signed in may open. What they may
 * not open is not found, however it is asked for.
 *
 * Returns: (transfer full) (element-type MashCaseRow) (nullable): the best first
 */
GPtrArray *
mash_store_find_cases (MashStore   *self,
                       const char  *contact,
                       const char  *text,
                       guint        limit,
                       GError     **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) seen = NULL;
  Finder finder = { self, contact, NULL, NULL, limit };

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL && text != NULL, NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_case_row_free);
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  finder.rows = rows;
  finder.seen = seen;
  if (mash_text_is_blank (text) ? !add_same_people (&finder, error)
                                : !add_found (&finder, text, error))
    return NULL;

  return mash_store_take_fault (self, error) ? NULL : g_steal_pointer (&rows);
}

/**
 * mash_store_read_case:
 * @self: a store
 * @contact: the id of a contact
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashCaseRow) (nullable): it alone, open or not; nothing
 *   where the person who is signed in may not open it
 */
GPtrArray *
mash_store_read_case (MashStore   *self,
                      const char  *contact,
                      GError     **error)
{
  g_autoptr (MashRecord) record = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_case_row_free);
  record = mash_store_lookup (self, "contact", contact);
  if (record != NULL && mash_store_may_open (self, record, NULL))
    g_ptr_array_add (rows, read_row (self, record));

  return mash_store_take_fault (self, error) ? NULL : g_steal_pointer (&rows);
}
