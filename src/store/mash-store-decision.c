/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-decision.h"

#include <string.h>

#include "mash-body.h"
#include "mash-family.h"
#include "mash-identity.h"
#include "mash-kinds.h"
#include "mash-rereferral.h"
#include "mash-store-private.h"
#include "mash-time.h"

#define WINDOW_CLOCK "T28"
#define WINDOW_MONTHS 12
#define NO_FURTHER_ACTION "O12"

/* The entry before the newest: the newest is this opening. */
static const char opened_sql[] =
  "SELECT said_at FROM access WHERE record = ?1 AND person = ?2 AND action = 'view'"
  " AND " MASH_STORE_NOT_BESIDE " ORDER BY position DESC LIMIT 1 OFFSET 1";

static const char altered_sql[] =
  "SELECT h.id, h.kind, h.record, h.base, h.said_at, h.body, s.name"
  " FROM change h LEFT JOIN staff s ON s.id = h.person"
  " WHERE h.contact = ?1 AND h.said_at > ?2 AND h.person IS NOT ?3 ORDER BY h.position";

void
mash_earlier_row_free (MashEarlierRow *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->contact);
  g_free (self->reference);
  g_free (self->state);
  g_free (self->result);
  g_free (self->outcome);
  g_free (self->level);
  g_free (self->criteria_version);
  g_free (self->rationale);
  g_free (self->by);
  g_free (self->children);
  g_free (self);
}

void
mash_altered_row_free (MashAlteredRow *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->kind);
  g_free (self->record);
  g_free (self->field);
  g_free (self->was);
  g_free (self->now);
  g_free (self->by);
  g_free (self);
}

/* What was decided before */

static gint64
get_time (MashRecord *record,
          const char *field)
{
  return mash_time_parse_or (mash_record_get_text (record, field), 0);
}

static char *
dup_staff_name (MashStore  *self,
                const char *staff)
{
  g_autoptr (MashRecord) record = staff != NULL ? mash_store_lookup (self, "staff", staff) : NULL;

  return record != NULL ? g_strdup (mash_record_get_text (record, "name")) : NULL;
}

static char *
dup_first_name (MashStore  *self,
                const char *person)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self, "person", person);
  const char *name = record != NULL ? mash_record_get_text (record, "known-as") : NULL;

  if (record != NULL && name == NULL)
    name = mash_record_get_text (record, "legal-forenames");

  return g_strdup (name);
}

/* The other contacts of the children of @contact, also those in which they stand under a linked
 * record: each with the names of those children. */
static GHashTable *
find_others (MashStore  *self,
             const char *contact)
{
  GHashTable *others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) mine = mash_store_list (self, "contact-subject", "contact", contact);

  for (guint i = 0; i < mine->len; i++)
    {
      const char *person = mash_record_get_text (g_ptr_array_index (mine, i), "person");
      g_autoptr (GPtrArray) theirs = NULL;
      g_autofree char *name = NULL;

      if (person == NULL || !mash_family_is_child (g_ptr_array_index (mine, i)))
        continue;
      theirs = mash_identity_list_subjects (MASH_FACTS (self), person);
      name = dup_first_name (self, person);
      for (guint j = 0; j < theirs->len; j++)
        {
          const char *other = mash_record_get_text (g_ptr_array_index (theirs, j), "contact");
          const char *names = other != NULL ? g_hash_table_lookup (others, other) : NULL;

          if (other == NULL || strcmp (other, contact) == 0)
            continue;
          g_hash_table_insert (others, g_strdup (other),
                               names != NULL && name != NULL ? g_strconcat (names, ", ", name, NULL)
                                                             : g_strdup (name != NULL ? name : ""));
        }
    }

  return others;
}

/* What follows is about to be shown of a contact that was not opened itself: it is a look all the
 * same, and is written down as one, with what it was shown beside. */
static gboolean
log_look (MashStore   *self,
          const char  *earlier,
          const char  *contact,
          GError     **error)
{
  g_autoptr (GHashTable) members = mash_body_new ();

  mash_body_set (members, ".deed", g_variant_new_string ("view"));
  mash_body_set (members, MASH_STORE_BESIDE, g_variant_new_string (contact));

  return mash_store_log_view (self, "view", earlier, members, error);
}

static MashEarlierRow *
make_earlier (MashStore  *self,
              MashRecord *earlier,
              MashRecord *decision,
              const char *children,
              gint64      received)
{
  const MashClockRule *window = mash_policy_find_clock (self->policy, WINDOW_CLOCK);
  MashEarlierRow *row = g_new0 (MashEarlierRow, 1);

  row->id = g_strdup (mash_record_get_id (decision != NULL ? decision : earlier));
  row->contact = g_strdup (mash_record_get_id (earlier));
  row->reference = g_strdup (mash_record_get_text (earlier, "reference"));
  row->state = g_strdup (mash_record_get_text (earlier, "state"));
  row->children = g_strdup (children);
  row->received_at = get_time (earlier, "received-at");
  if (decision == NULL)
    return row;

  row->result = g_strdup (mash_record_get_text (decision, "result"));
  row->outcome = g_strdup (mash_record_get_text (decision, "outcome"));
  row->level = g_strdup (mash_record_get_text (decision, "level"));
  row->criteria_version = g_strdup (mash_record_get_text (decision, "criteria-version"));
  row->rationale = g_strdup (mash_record_get_text (decision, "rationale"));
  row->by = dup_staff_name (self, mash_record_get_text (decision, "by"));
  row->decided_at = get_time (decision, "at");
  row->no_further_action = g_strcmp0 (row->outcome, NO_FURTHER_ACTION) == 0;
  row->recent = mash_rereferral_is_within (row->decided_at, received,
                                           window != NULL ? window->limit : WINDOW_MONTHS);

  return row;
}

/* A manager who approves gives no reasons of their own: those are the recommendation's. */
static void
take_recommendation (MashStore      *self,
                     MashRecord     *decision,
                     MashEarlierRow *row)
{
  const char *id = mash_record_get_text (decision, "recommendation");
  g_autoptr (MashRecord) recommendation = id != NULL ? mash_store_lookup (self, "recommendation",
                                                                          id) : NULL;

  if (recommendation == NULL)
    return;
  if (row->rationale == NULL)
    row->rationale = g_strdup (mash_record_get_text (recommendation, "rationale"));
  if (row->level == NULL)
    row->level = g_strdup (mash_record_get_text (recommendation, "level"));
}

static void
add_decisions (MashStore  *self,
               MashRecord *earlier,
               const char *children,
               gint64      received,
               GPtrArray  *rows)
{
  g_autoptr (GPtrArray) decisions = mash_store_list (self, "decision", "contact",
                                                     mash_record_get_id (earlier));
  guint before = rows->len;

  for (guint i = 0; i < decisions->len; i++)
    {
      MashRecord *decision = g_ptr_array_index (decisions, i);
      MashEarlierRow *row;

      if (g_strcmp0 (mash_record_get_text (decision, "result"), "RETURNED") == 0)
        continue;
      row = make_earlier (self, earlier, decision, children, received);
      take_recommendation (self, decision, row);
      g_ptr_array_add (rows, row);
    }
  if (rows->len == before)
    g_ptr_array_add (rows, make_earlier (self, earlier, NULL, children, received));
}

static int
compare_earlier (gconstpointer a,
                 gconstpointer b)
{
  const MashEarlierRow *first = *(const MashEarlierRow *const *) a;
  const MashEarlierRow *second = *(const MashEarlierRow *const *) b;
  gint64 one = MAX (first->decided_at, first->received_at);
  gint64 other = MAX (second->decided_at, second->received_at);

  return one != other ? (one > other ? -1 : 1) : strcmp (first->id, second->id);
}

/**
 * mash_store_list_earlier:
 * @self: a store
 * @contact: the id of a contact that has been opened
 * @error: return location for a #MashStoreError
 *
 * Lists what was decided on earlier contacts of the same children, and those of them on which
 * nothing is decided yet. A returned recommendation is no decision. A view entry is written for
 * each contact before anything of it is given; contacts that the person may not open are left out
 * without a trace.
 *
 * Returns: (transfer full) (element-type MashEarlierRow) (nullable): the decisions, newest first
 */
GPtrArray *
mash_store_list_earlier (MashStore   *self,
                         const char  *contact,
                         GError     **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MashRecord) record = NULL;
  g_autoptr (GHashTable) others = NULL;
  GHashTableIter iter;
  gpointer id, children;
  gint64 received;

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_earlier_row_free);
  record = mash_store_lookup (self, "contact", contact);
  received = record != NULL ? get_time (record, "received-at") : 0;
  others = find_others (self, contact);
  g_hash_table_iter_init (&iter, others);
  while (g_hash_table_iter_next (&iter, &id, &children))
    {
      g_autoptr (MashRecord) earlier = mash_store_lookup (self, "contact", id);

      if (earlier == NULL || get_time (earlier, "received-at") >= received ||
          !mash_store_may_open (self, earlier, NULL))
        continue;
      if (!log_look (self, id, contact, error))
        return NULL;
      add_decisions (self, earlier, children, received, rows);
    }
  if (mash_store_take_fault (self, error))
    return NULL;

  g_ptr_array_sort (rows, compare_earlier);

  return g_steal_pointer (&rows);
}

/* What was altered since */

/* The text of a value: a line for each member of a set. */
static char *
dup_words (GVariant *value)
{
  g_autofree const char **members = NULL;

  if (value == NULL)
    return NULL;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (value) ? "yes" : "no");
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string (value, NULL);
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    return NULL;

  members = g_variant_get_strv (value, NULL);

  return members[0] != NULL ? g_strjoinv ("\n", (char **) members) : NULL;
}

/* What the program keeps about its own course is no news, but that it was moved on or made more
 * urgent is. */
static gboolean
is_told (const MashKind  *kind,
         const MashField *field)
{
  return field->owner != MASH_OWNER_RULES ||
         (kind == &mash_contact_kind &&
          mash_words_contain ("state brag level harm-suspected assigned-to", field->name));
}

static MashAlteredRow *
make_altered (MashStatement *change,
              const char    *field)
{
  MashAlteredRow *row = g_new0 (MashAlteredRow, 1);

  row->id = mash_statement_dup_text (change, 0);
  row->kind = mash_statement_dup_text (change, 1);
  row->record = mash_statement_dup_text (change, 2);
  row->field = g_strdup (field);

  return row;
}

/* The row of a record's field, or of the whole record; a field of what was made since is part of
 * that. */
static MashAlteredRow *
ensure_row (GHashTable    *index,
            GPtrArray     *rows,
            MashStatement *change,
            const char    *field)
{
  const char *record = mash_statement_get_text (change, 2);
  g_autofree char *key = g_strconcat (record, " ", field, NULL);
  MashAlteredRow *row = g_hash_table_lookup (index, record);

  if (row == NULL || (field != NULL && row->voided))
    row = g_hash_table_lookup (index, key);
  if (row == NULL)
    {
      row = make_altered (change, field);
      g_hash_table_insert (index, field != NULL ? g_steal_pointer (&key) : g_strdup (record), row);
      g_ptr_array_add (rows, row);
    }
  g_free (row->by);
  row->by = mash_statement_dup_text (change, 6);
  if (!mash_time_parse (mash_statement_get_text (change, 4), &row->at))
    row->at = 0;

  return row;
}

static void
take_field (GHashTable      *index,
            GPtrArray       *rows,
            MashStatement   *change,
            GHashTable      *members,
            const MashField *field)
{
  g_autofree char *before = g_strconcat (field->name, ".was", NULL);
  guint known = rows->len;
  MashAlteredRow *row = ensure_row (index, rows, change, field->name);

  if (row->made)
    return;
  if (rows->len > known)
    row->was = dup_words (g_hash_table_lookup (members, before));
  g_free (row->now);
  row->now = dup_words (g_hash_table_lookup (members, field->name));
}

static void
take_change (GHashTable    *index,
             GPtrArray     *rows,
             MashStatement *change,
             GHashTable    *members)
{
  const MashKind *kind = mash_kind_lookup (mash_statement_get_text (change, 1));
  gboolean made = mash_statement_get_int (change, 3) == 0;
  gboolean voided = g_hash_table_contains (members, ".void");

  if (kind == NULL)
    return;
  if (made || voided)
    {
      MashAlteredRow *row = ensure_row (index, rows, change, NULL);

      row->made |= made;
      row->voided |= voided;
      return;
    }

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (g_hash_table_contains (members, kind->fields[i].name) &&
          is_told (kind, &kind->fields[i]))
        take_field (index, rows, change, members, &kind->fields[i]);
    }
}

/* What was made and voided again, or altered and set back, is as it was. Clocks, signatures and
 * the like follow from deeds that are told themselves. */
static gboolean
is_no_news (const MashAlteredRow *row)
{
  return (row->made && row->voided) ||
         mash_words_contain ("clock sign-off brag-history threshold-review", row->kind) ||
         (row->field != NULL && g_strcmp0 (row->was, row->now) == 0);
}

static gboolean
read_altered (MashStore   *self,
              const char  *contact,
              const char  *since,
              GPtrArray   *rows,
              GError     **error)
{
  g_autoptr (MashStatement) change = mash_database_prepare (self->database, altered_sql, error);
  g_autoptr (GHashTable) index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  MashStep step;

  if (change == NULL)
    return FALSE;

  mash_statement_bind (change, "ttt", contact, since, self->person);
  while ((step = mash_statement_step (change, error)) == MASH_STEP_ROW)
    {
      const char *body = mash_statement_get_text (change, 5);
      g_autoptr (GHashTable) members = mash_body_read (body, strlen (body), NULL);

      if (members != NULL)
        take_change (index, rows, change, members);
    }

  return step == MASH_STEP_DONE;
}

/**
 * mash_store_list_altered:
 * @self: a store
 * @contact: the id of a contact that is open before the person who is signed in
 * @opened_at: (out): when they opened it before this, microseconds; 0 where they never did
 * @error: return location for a #MashStoreError
 *
 * Lists what others altered since this person last opened the contact, each field once: with what
 * it held then and what it holds now. Where they never opened it, all of it is new to them and
 * nothing is listed.
 *
 * Returns: (transfer full) (element-type MashAlteredRow) (nullable): what was altered, oldest first
 */
GPtrArray *
mash_store_list_altered (MashStore   *self,
                         const char  *contact,
                         gint64      *opened_at,
                         GError     **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MashStatement) opened = NULL;
  g_autofree char *since = NULL;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);
  g_return_val_if_fail (opened_at != NULL, NULL);

  *opened_at = 0;
  if (!mash_store_write_log (self, error))
    return NULL;
  opened = mash_database_prepare (self->database, opened_sql, error);
  if (opened == NULL)
    return NULL;

  mash_statement_bind (opened, "tt", contact, self->person);
  step = mash_statement_step (opened, error);
  if (step == MASH_STEP_ROW)
    since = mash_statement_dup_text (opened, 0);
  mash_statement_reset (opened);
  if (step != MASH_STEP_ROW && step != MASH_STEP_DONE)
    return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_altered_row_free);
  if (since == NULL || !mash_time_parse (since, opened_at))
    return g_steal_pointer (&rows);
  if (!read_altered (self, contact, since, rows, error))
    return NULL;

  for (guint i = rows->len; i > 0; i--)
    {
      if (is_no_news (g_ptr_array_index (rows, i - 1)))
        g_ptr_array_remove_index (rows, i - 1);
    }

  return g_steal_pointer (&rows);
}
