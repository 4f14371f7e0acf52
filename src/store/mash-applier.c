/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-applier.h"

#include <string.h>

#include "mash-board-table.h"
#include "mash-group-table.h"
#include "mash-kinds.h"
#include "mash-search-table.h"
#include "mash-tray-table.h"

#define MEMBERS_OF_HOUSEHOLD_SQL \
  "SELECT person FROM household_member WHERE household = ?1"

/* Whoever is in a contact is found by its numbers in other systems. */
#define SUBJECTS_OF_CONTACT_SQL \
  "SELECT person FROM contact_subject WHERE contact = ?1 AND person IS NOT NULL"

#define NUMBERED_SUBJECT_SQL \
  "SELECT s.person FROM contact_subject s WHERE s.id = ?1 AND s.person IS NOT NULL" \
  " AND EXISTS (SELECT 1 FROM identifier i WHERE i.of_contact = s.contact)"

#define MEMBERS_AT_ADDRESS_SQL \
  "SELECT m.person FROM household h JOIN household_member m ON m.household = h.id" \
  " WHERE h.address = ?1"

/* The trays tell the team of whoever has a contact, whose the tasks of a post are, and who of an
 * agency is asked to sign. */
#define CONTACTS_OF_POST_SQL \
  "SELECT contact FROM tray WHERE assigned_to = ?2" \
  " UNION SELECT contact FROM task WHERE owner_post = ?1 AND status = 'OPEN'" \
  " UNION SELECT contact FROM strategy_discussion WHERE state = 'SIGNING'"

/* Who is named as the owner of an action is found by agency and name. */
#define BOARDS_OF_STAFF_SQL \
  "SELECT contact FROM board WHERE owner = ?1 UNION SELECT contact FROM board WHERE agency = ?2"

#define PEOPLE_AFTER_SQL "SELECT n, id FROM person WHERE n > ?1 ORDER BY n LIMIT 1000"

struct _MashApplier
{
  MashTables *tables;
  MashPolicy *policy;
  MashTimelineTable *timeline;
  GHashTable *contacts; /* ids of contacts whose rows in the trays may be wrong */
  GHashTable *boards;   /* ids of contacts whose open actions may be wrong on the board */
  GHashTable *people;   /* ids of people whose rows in the index may be wrong */
  GHashTable *linked;   /* ids of people whose links were altered */
  gboolean    later;    /* what is derived is put off */
};

/* Kinds that the trays are worked out from. */
static const char *const tray_kinds[] = {
  "clock", "recommendation", "task", "mention", "sd-request", "strategy-discussion", NULL
};

/* Kinds that the board of actions is worked out from. */
static const char *const board_kinds[] = { "sd-action", "strategy-discussion", NULL };

/* Kinds that belong to one person of the index. */
static const char *const person_kinds[] = {
  "person-name", "identifier", "household-member", "episode", NULL,
};

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
mark_rows (MashApplier  *self,
           const char   *sql,
           const char   *id,
           GError      **error)
{
  MashDatabase *database = mash_tables_get_database (self->tables);
  g_autoptr (MashStatement) row = mash_database_prepare (database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, id);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_hash_table_add (self->people, mash_statement_dup_text (row, 0));

  return step == MASH_STEP_DONE;
}

static void
mark_link (MashApplier *self,
           MashRecord  *link)
{
  g_hash_table_add (self->linked, g_strdup (mash_record_get_text (link, "person-a")));
  g_hash_table_add (self->linked, g_strdup (mash_record_get_text (link, "person-b")));
}

static gboolean
mark_contacts (MashApplier  *self,
               GHashTable   *contacts,
               const char   *sql,
               const char   *first,
               const char   *second,
               GError      **error)
{
  MashDatabase *database = mash_tables_get_database (self->tables);
  g_autoptr (MashStatement) row = mash_database_prepare (database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, first);
  mash_statement_bind_text (row, 2, second);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_hash_table_add (contacts, mash_statement_dup_text (row, 0));

  return step == MASH_STEP_DONE;
}

static gboolean
mark_contacts_of_post (MashApplier  *self,
                       MashRecord   *post,
                       GError      **error)
{
  return mark_contacts (self, self->contacts, CONTACTS_OF_POST_SQL, mash_record_get_id (post),
                        mash_record_get_text (post, "staff"), error);
}

static gboolean
mark (MashApplier  *self,
      MashRecord   *record,
      GError      **error)
{
  const char *kind = mash_record_get_kind (record)->name;
  const char *id = mash_record_get_id (record);

  if (g_strv_contains (board_kinds, kind))
    g_hash_table_add (self->boards, g_strdup (mash_record_get_text (record, "contact")));

  if (strcmp (kind, "contact") == 0)
    g_hash_table_add (self->contacts, g_strdup (id));
  else if (strcmp (kind, "identity-link") == 0)
    mark_link (self, record);
  else if (strcmp (kind, "identifier") == 0 && !mash_record_has (record, "person"))
    return mark_rows (self, SUBJECTS_OF_CONTACT_SQL, mash_record_get_text (record, "of-contact"),
                      error);
  else if (strcmp (kind, "contact-subject") == 0)
    return mark_rows (self, NUMBERED_SUBJECT_SQL, id, error);
  else if (g_strv_contains (tray_kinds, kind))
    g_hash_table_add (self->contacts, g_strdup (mash_record_get_text (record, "contact")));
  else if (strcmp (kind, "person") == 0)
    g_hash_table_add (self->people, g_strdup (id));
  else if (g_strv_contains (person_kinds, kind))
    g_hash_table_add (self->people, g_strdup (mash_record_get_text (record, "person")));
  else if (strcmp (kind, "post") == 0)
    return mark_contacts_of_post (self, record, error);
  else if (strcmp (kind, "staff") == 0)
    return mark_contacts (self, self->boards, BOARDS_OF_STAFF_SQL, id,
                          mash_record_get_text (record, "agency"), error);
  else if (strcmp (kind, "household") == 0)
    return mark_rows (self, MEMBERS_OF_HOUSEHOLD_SQL, id, error);
  else if (strcmp (kind, "address") == 0)
    return mark_rows (self, MEMBERS_AT_ADDRESS_SQL, id, error);

  return TRUE;
}

/**
 * mash_applier_new:
 * @tables: the tables; borrowed, and must outlive what is returned
 * @policy: the policy in force
 *
 * Returns: (transfer full): an applier
 */
MashApplier *
mash_applier_new (MashTables *tables,
                  MashPolicy *policy)
{
  MashApplier *self = g_new0 (MashApplier, 1);

  self->tables = tables;
  self->policy = mash_policy_ref (policy);
  self->timeline = mash_timeline_table_new (tables);
  self->contacts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->boards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
mash_applier_free (MashApplier *self)
{
  if (self == NULL)
    return;

  mash_timeline_table_free (self->timeline);
  g_hash_table_unref (self->contacts);
  g_hash_table_unref (self->boards);
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->linked);
  mash_policy_unref (self->policy);
  g_free (self);
}

/**
 * mash_applier_apply:
 * @self: an applier
 * @edit: what a change says
 * @at: when it was said
 * @person: by whom
 * @post: in which post
 * @error: %MASH_STORE_ERROR_CONFLICT, or what the database says
 *
 * Returns: (transfer full) (nullable): the record as it now stands
 */
MashRecord *
mash_applier_apply (MashApplier  *self,
                    MashEdit     *edit,
                    const char   *at,
                    const char   *person,
                    const char   *post,
                    GError      **error)
{
  g_autoptr (MashRecord) before = NULL;
  g_autoptr (MashRecord) record = NULL;
  g_autoptr (GError) lost = NULL;

  /* Whoever held the post before no longer has its team. */
  if (mash_edit_get_kind (edit) == &mash_post_kind && !mash_edit_is_new (edit))
    before = mash_tables_lookup (self->tables, &mash_post_kind, mash_edit_get_id (edit), &lost);
  if (lost != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&lost));
      return NULL;
    }
  if (before != NULL && !mark_contacts_of_post (self, before, error))
    return NULL;

  record = mash_tables_apply (self->tables, edit, at, person, post, error);

  return record != NULL && mark (self, record, error) ? g_steal_pointer (&record) : NULL;
}

/**
 * mash_applier_hear:
 * @self: an applier
 * @heard: a change that has been applied, with its place in the hub's order
 * @error: return location for a #MashStoreError
 *
 * Returns: %TRUE when what the timeline takes from it was written
 */
gboolean
mash_applier_hear (MashApplier      *self,
                   const MashHeard  *heard,
                   GError          **error)
{
  return mash_timeline_table_hear (self->timeline, heard, error);
}

/**
 * mash_applier_end_group:
 * @self: an applier
 * @error: return location for a #MashStoreError
 *
 * Writes the line of the group that went by last, so that the next can be forgotten alone.
 *
 * Returns: whether it was written
 */
gboolean
mash_applier_end_group (MashApplier  *self,
                        GError      **error)
{
  return mash_timeline_table_finish (self->timeline, error);
}

/**
 * mash_applier_forget_group:
 * @self: an applier
 *
 * Drops the line of the group that goes by, after what the group did was undone. What else is to be
 * worked out is worked out for nothing.
 */
void
mash_applier_forget_group (MashApplier *self)
{
  mash_timeline_table_forget (self->timeline);
}

/**
 * mash_applier_drop_lines:
 * @self: an applier
 * @from: a position
 * @error: return location for a #MashStoreError
 *
 * Takes what was heard from a position on out of the timeline.
 *
 * Returns: whether it is gone
 */
gboolean
mash_applier_drop_lines (MashApplier  *self,
                         gint64        from,
                         GError      **error)
{
  return mash_timeline_table_finish (self->timeline, error) &&
         mash_timeline_table_drop (self->timeline, from, error);
}

/* The line of a record that is there still says what was taken back. */
static gboolean
renew_line (MashApplier       *self,
            MashRecord        *record,
            const MashChange  *change,
            GError           **error)
{
  const MashKind *kind = mash_record_get_kind (record);
  g_autoptr (MashEdit) edit = mash_edit_new (kind, mash_record_get_id (record),
                                             mash_record_get_revision (record));
  guint field = mash_kind_get_contact_field (kind);
  MashHeard heard = { change, edit, record, NULL, NULL, NULL, 0 };

  if (field != MASH_NO_FIELD)
    heard.contact = mash_record_get_text (record, kind->fields[field].name);

  return mash_timeline_table_renew (self->timeline, &heard, error);
}

/**
 * mash_applier_put_back:
 * @self: an applier
 * @kind: a kind
 * @id: the id of a record that is in its table
 * @record: (nullable): how it stands without what was said last; %NULL: it is not there at all
 * @change: what is taken back
 * @error: return location for a #MashStoreError
 *
 * Takes back what was done to a record; its lines of the timeline that only say so go with
 * mash_applier_drop_lines(), which comes first.
 *
 * Returns: whether it was taken back
 */
gboolean
mash_applier_put_back (MashApplier       *self,
                       const MashKind    *kind,
                       const char        *id,
                       MashRecord        *record,
                       const MashChange  *change,
                       GError           **error)
{
  g_autoptr (GError) lost = NULL;
  g_autoptr (MashRecord) now = mash_tables_lookup (self->tables, kind, id, &lost);

  if (lost != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&lost));
      return FALSE;
    }
  if (now == NULL)
    return TRUE;

  /* The index of people is found by where the person stands in its table. */
  if (!mark (self, now, error) ||
      (record == NULL && kind == &mash_person_kind &&
       !mash_search_table_drop (self->tables, id, error)) ||
      !mash_tables_put_back (self->tables, kind, id, record, error))
    return FALSE;

  return record == NULL ||
         (mark (self, record, error) && renew_line (self, record, change, error));
}

/* Whole ids in the order in which they were made: what was written together is read together. */
static GPtrArray *
list_ids (GHashTable *ids)
{
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (ids, NULL);
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < g_hash_table_size (ids); i++)
    g_ptr_array_add (list, keys[i]);
  g_ptr_array_sort (list, compare_ids);

  return list;
}

static gboolean
refresh_trays (MashApplier  *self,
               GHashTable   *contacts,
               GError      **error)
{
  g_autoptr (GPtrArray) ids = list_ids (contacts);

  for (guint i = 0; i < ids->len; i++)
    {
      if (!mash_tray_table_refresh (self->tables, self->policy, g_ptr_array_index (ids, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
refresh_index (MashApplier  *self,
               GHashTable   *people,
               GError      **error)
{
  g_autoptr (GPtrArray) ids = list_ids (people);

  for (guint i = 0; i < ids->len; i++)
    {
      if (!mash_search_table_refresh (self->tables, g_ptr_array_index (ids, i), error))
        return FALSE;
    }

  return TRUE;
}

/* A few at a time, so that a register of any size is gone through in the same memory. */
static gboolean
refresh_whole_index (MashApplier  *self,
                     GError      **error)
{
  MashDatabase *database = mash_tables_get_database (self->tables);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gint64 last = 0;

  do
    {
      g_autoptr (MashStatement) row = mash_database_prepare (database, PEOPLE_AFTER_SQL, error);
      MashStep step;

      g_ptr_array_set_size (ids, 0);
      if (row == NULL)
        return FALSE;
      mash_statement_bind_int (row, 1, last);
      while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
        {
          last = mash_statement_get_int (row, 0);
          g_ptr_array_add (ids, mash_statement_dup_text (row, 1));
        }
      if (step != MASH_STEP_DONE)
        return FALSE;
      mash_statement_reset (row);
      for (guint i = 0; i < ids->len; i++)
        {
          if (!mash_search_table_refresh (self->tables, g_ptr_array_index (ids, i), error))
            return FALSE;
        }
    }
  while (ids->len > 0);

  return TRUE;
}

/**
 * mash_applier_put_off:
 * @self: an applier
 *
 * Leaves the trays and the index of people as they are until mash_applier_catch_up(): while a hub
 * is filled nobody looks at them, and each contact is altered many times.
 */
void
mash_applier_put_off (MashApplier *self)
{
  self->later = TRUE;
}

/**
 * mash_applier_catch_up:
 * @self: an applier
 * @error: return location for a #MashStoreError
 *
 * Works out what was put off, for every contact that has a place in a tray and everybody, and puts
 * nothing off any more.
 *
 * Returns: %TRUE when all of it was written
 */
gboolean
mash_applier_catch_up (MashApplier  *self,
                       GError      **error)
{
  g_autoptr (GHashTable) contacts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->later = FALSE;

  return mash_tray_table_clear (self->tables, contacts, error) &&
         refresh_trays (self, contacts, error) && refresh_whole_index (self, error);
}

/**
 * mash_applier_finish:
 * @self: an applier
 * @error: return location for a #MashStoreError
 *
 * Works out anew what is derived from the records that were altered since the last time.
 *
 * Returns: %TRUE when all of it was written
 */
gboolean
mash_applier_finish (MashApplier  *self,
                     GError      **error)
{
  GHashTableIter iter;
  gpointer id;

  if (!mash_timeline_table_finish (self->timeline, error))
    return FALSE;

  if (!self->later && (!refresh_trays (self, self->contacts, error) ||
                       !refresh_index (self, self->people, error)))
    return FALSE;

  g_hash_table_iter_init (&iter, self->boards);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!mash_board_table_refresh (self->tables, id, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, self->linked);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!mash_group_table_refresh (self->tables, id, error))
        return FALSE;
    }

  mash_applier_forget (self);

  return TRUE;
}

/**
 * mash_applier_forget:
 * @self: an applier
 *
 * Drops what was still to be worked out, after the transaction was undone.
 */
void
mash_applier_forget (MashApplier *self)
{
  mash_timeline_table_forget (self->timeline);
  g_hash_table_remove_all (self->contacts);
  g_hash_table_remove_all (self->boards);
  g_hash_table_remove_all (self->people);
  g_hash_table_remove_all (self->linked);
}

/**
 * mash_applier_redo_trays:
 * @self: an applier
 * @error: return location for a #MashStoreError
 *
 * Works out the row of every contact in a tray anew, for a policy whose clocks differ.
 *
 * Returns: %TRUE when all of it was written
 */
gboolean
mash_applier_redo_trays (MashApplier  *self,
                         GError      **error)
{
  return mash_tray_table_clear (self->tables, self->contacts, error) &&
         mash_applier_finish (self, error);
}
