/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-family.h"
#include "mash-handling.h"
#include "mash-kinds.h"
#include "mash-reach.h"
#include "mash-time.h"

/* Permissions of the matrix (domain 2.2). */
#define PERMISSION_OPEN 4
#define PERMISSION_READ_ACCESS 44

static const char access_keys_sql[] =
  "SELECT position FROM access WHERE record = ?1 AND (?2 IS NULL OR person <> ?2)"
  " ORDER BY position DESC";

static const char access_sql[] =
  "SELECT a.id, a.person, s.name, p.title, g.name, a.action, a.said_at"
  " FROM access a LEFT JOIN staff s ON s.id = a.person LEFT JOIN post p ON p.id = a.post"
  " LEFT JOIN agency g ON g.id = p.agency"
  " WHERE a.position = ?1 AND a.record = ?2 AND (?3 IS NULL OR a.person <> ?3)";

/* Kinds that belong to a person, by the field that names the person. */
static const struct
{
  const MashKind *kind;
  const char     *field;
} person_kinds[] = {
  { &mash_person_name_kind, "person" },
  { &mash_identifier_kind, "person" },
  { &mash_episode_kind, "person" },
  { &mash_contact_point_kind, "person" },
  { &mash_relationship_kind, "from-person" },
  { &mash_relationship_kind, "to-person" },
  { &mash_flag_kind, "person" },
};

/* What is being gathered for a bundle: each record once. */
typedef struct
{
  MashStore  *store;
  GPtrArray  *records;
  GHashTable *seen;
} Gather;

/* What somebody may not read does not reach their page; that it is there does (scenario 13). Who
 * wrote it down knows it. */
gboolean
mash_store_gives_words (MashStore  *self,
                        MashRecord *paragraph)
{
  return mash_record_has (paragraph, "text") &&
         (g_strcmp0 (mash_record_get_stamps (paragraph)->created_by, self->person) == 0 ||
          mash_handling_gives_words (self->policy, paragraph, self->role, self->agency));
}

static MashRecord *
show (Gather     *gather,
      MashRecord *record)
{
  const char *kind = mash_record_get_kind (record)->name;
  g_autoptr (MashRecord) paragraph = NULL;

  if (strcmp (kind, "sd-paragraph") == 0)
    paragraph = mash_record_ref (record);
  else if (strcmp (kind, "sd-version") == 0)
    paragraph = mash_store_lookup (gather->store, "sd-paragraph",
                                   mash_record_get_text (record, "of-record"));

  return paragraph != NULL && !mash_store_gives_words (gather->store, paragraph)
         ? mash_handling_cover (record) : mash_record_ref (record);
}

static gboolean
add (Gather     *gather,
     MashRecord *record)
{
  MashRecord *shown;

  if (record == NULL || g_hash_table_contains (gather->seen, mash_record_get_id (record)))
    return FALSE;

  /* A set takes over the key of what it holds already, and this one would go with its record. */
  shown = show (gather, record);
  g_hash_table_add (gather->seen, (char *) mash_record_get_id (shown));
  g_ptr_array_add (gather->records, shown);

  return TRUE;
}

static GPtrArray *
list (Gather         *gather,
      const MashKind *kind,
      const char     *field,
      const char     *value)
{
  return mash_store_list (gather->store, kind->name, field, value);
}

static void
add_list (Gather         *gather,
          const MashKind *kind,
          const char     *field,
          const char     *value)
{
  g_autoptr (GPtrArray) records = list (gather, kind, field, value);

  for (guint i = 0; i < records->len; i++)
    add (gather, g_ptr_array_index (records, i));
}

static gboolean
add_one (Gather         *gather,
         const MashKind *kind,
         const char     *id)
{
  g_autoptr (MashRecord) record = mash_store_lookup (gather->store, kind->name, id);

  return add (gather, record);
}

static void
add_person (Gather     *gather,
            const char *person)
{
  if (person == NULL || !add_one (gather, &mash_person_kind, person))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (person_kinds); i++)
    add_list (gather, person_kinds[i].kind, person_kinds[i].field, person);
}

/* A household comes with its address and with everybody who lives there. */
static void
add_household (Gather     *gather,
               const char *id)
{
  g_autoptr (MashRecord) household = mash_store_lookup (gather->store, "household", id);
  g_autoptr (GPtrArray) members = NULL;

  if (!add (gather, household))
    return;

  add_one (gather, &mash_address_kind, mash_record_get_text (household, "address"));
  members = list (gather, &mash_household_member_kind, "household", id);
  for (guint i = 0; i < members->len; i++)
    {
      add (gather, g_ptr_array_index (members, i));
      add_person (gather, mash_record_get_text (g_ptr_array_index (members, i), "person"));
    }
}

static void
add_family (Gather     *gather,
            const char *contact)
{
  g_autoptr (GPtrArray) subjects = list (gather, &mash_contact_subject_kind, "contact", contact);

  for (guint i = 0; i < subjects->len; i++)
    {
      const char *person = mash_record_get_text (g_ptr_array_index (subjects, i), "person");
      g_autoptr (GPtrArray) members = NULL;

      add_person (gather, person);
      members = list (gather, &mash_household_member_kind, "person", person);
      for (guint j = 0; j < members->len; j++)
        {
          add (gather, g_ptr_array_index (members, j));
          add_household (gather, mash_record_get_text (g_ptr_array_index (members, j),
                                                       "household"));
        }
    }
}

/* A discussion is held between agencies, and says of each by its name whether it is there. */
static void
add_agencies (Gather *gather)
{
  GError *error = NULL;
  GPtrArray *agencies = mash_tables_list_agencies (gather->store->tables, &error);

  for (guint i = 0; agencies != NULL && i < agencies->len; i++)
    add (gather, g_ptr_array_index (agencies, i));
  if (agencies == NULL)
    mash_store_keep_fault (gather->store, error);
}

static GPtrArray *
gather_records (MashStore  *self,
                MashRecord *contact)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Gather gather = { self, records, seen };
  const char *id = mash_record_get_id (contact);
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  add (&gather, contact);
  for (guint i = 0; i < n_kinds; i++)
    {
      if (mash_kind_get_contact_field (kinds[i]) != MASH_NO_FIELD)
        add_list (&gather, kinds[i], "contact", id);
    }
  add_list (&gather, &mash_identifier_kind, "of-contact", id);
  add_family (&gather, id);
  add_agencies (&gather);

  return records;
}

/* Some roles open only what they have to do with (domain 2.2, row 4). */
gboolean
mash_store_may_open (MashStore  *self,
                     MashRecord *contact,
                     GError    **error)
{
  const char *note = NULL;
  MashGrant grant = mash_policy_get_grant (self->policy, self->role, PERMISSION_OPEN, &note);
  gboolean reviews = grant == MASH_GRANT_CONDITION && g_strcmp0 (note, "C2") == 0;
  const char *refusal = _("Your role does not open contacts.");

  if (grant == MASH_GRANT_YES ||
      ((grant == MASH_GRANT_ASSIGNED || grant == MASH_GRANT_OWN) &&
       mash_reach_has (self->policy, MASH_FACTS (self), mash_store_prepare_actor (self),
                       contact)) ||
      (reviews && mash_reach_reviews (MASH_FACTS (self), mash_store_prepare_actor (self),
                                      mash_record_get_id (contact))))
    return TRUE;

  if (reviews)
    refusal = _("Your role opens a contact only for a review: when a seal of it waits for an "
                "answer, or when you are given a task in it.");
  else if (grant == MASH_GRANT_ASSIGNED || grant == MASH_GRANT_OWN)
    refusal = _("Your role opens only contacts that you are asked about.");
  mash_store_refuse (error, refusal);

  return FALSE;
}

static gboolean
log_view (MashStore  *self,
          const char *contact,
          GError    **error)
{
  g_autoptr (GHashTable) members = mash_body_new ();

  mash_body_set (members, ".deed", g_variant_new_string ("view"));

  return mash_store_log_view (self, "view", contact, members, error);
}

/* Writes that the person who is signed in opens a contact, which is given as it stands. */
static MashRecord *
enter (MashStore   *self,
       const char  *contact,
       GError     **error)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self, "contact", contact);

  if (mash_store_take_fault (self, error))
    return NULL;
  if (record == NULL)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                   "There is no contact %s", contact);
      return NULL;
    }

  return mash_store_may_open (self, record, error) && log_view (self, contact, error)
         ? g_steal_pointer (&record) : NULL;
}

/**
 * mash_store_open_contact:
 * @self: a store
 * @contact: the id of a contact
 * @error: %MASH_STORE_ERROR_NOT_FOUND; %MASH_STORE_ERROR_REFUSED where the person's role may not
 *
 * Writes the signed view entry first and commits it; only then is anything read that is shown. Then
 * reads the contact, all that belongs to it, its people, their households and who lives in them.
 *
 * Returns: (transfer full) (nullable): everything that the pages of the contact show
 */
MashContactBundle *
mash_store_open_contact (MashStore  *self,
                         const char *contact,
                         GError    **error)
{
  g_autoptr (MashRecord) record = NULL;
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autofree char *today = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);

  record = enter (self, contact, error);
  if (record == NULL)
    return NULL;

  today = mash_time_dup_local_date (mash_store_get_now (self));
  bundle = g_new0 (MashContactBundle, 1);
  bundle->contact = g_strdup (contact);
  bundle->records = gather_records (self, record);
  bundle->family = mash_family_dup_name (MASH_FACTS (self), contact);
  bundle->children = mash_family_dup_children (MASH_FACTS (self), contact, today);
  bundle->draft = mash_store_get_draft (self, contact, &bundle->draft_at, NULL);

  return mash_store_take_fault (self, error) ? NULL : g_steal_pointer (&bundle);
}

/**
 * mash_store_look_in:
 * @self: the store of a training hub that is being filled
 * @contact: the id of a contact
 * @error: as for mash_store_open_contact()
 *
 * Writes the same signed entry as mash_store_open_contact(), and reads nothing: nobody is shown it.
 *
 * Returns: %TRUE when it was written
 */
gboolean
mash_store_look_in (MashStore   *self,
                    const char  *contact,
                    GError     **error)
{
  g_autoptr (MashRecord) record = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (self->bulk != NULL && contact != NULL, FALSE);

  record = enter (self, contact, error);

  return record != NULL;
}

/**
 * mash_store_list_contact:
 * @self: a store
 * @contact: the id of a contact that is open before the person who is signed in
 * @error: %MASH_STORE_ERROR_NOT_FOUND
 *
 * Reads again what mash_store_open_contact() gave, after something of it was altered. The look was
 * written down when the contact was opened, so no further entry is made.
 *
 * Returns: (transfer full) (element-type MashRecord) (nullable): the records as they now stand
 */
GPtrArray *
mash_store_list_contact (MashStore  *self,
                         const char *contact,
                         GError    **error)
{
  g_autoptr (MashRecord) record = NULL;
  g_autoptr (GPtrArray) records = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);

  record = mash_store_lookup (self, "contact", contact);
  if (record != NULL)
    records = gather_records (self, record);
  if (mash_store_take_fault (self, error))
    return NULL;
  if (records == NULL)
    g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                 "There is no contact %s", contact);

  return g_steal_pointer (&records);
}

/* Who may know on a condition may know of others, and not of themselves (note C21 of the matrix);
 * the hub has the same rule (functions/kept.sql). */
static gboolean
check_read_access (MashStore    *self,
                   const char  **but,
                   GError      **error)
{
  MashGrant grant = mash_policy_get_grant (self->policy, self->role, PERMISSION_READ_ACCESS, NULL);

  *but = grant == MASH_GRANT_CONDITION ? self->person : NULL;
  if (grant != MASH_GRANT_NO)
    return TRUE;

  mash_store_refuse (error, _("Your role does not read who looked."));

  return FALSE;
}

static gpointer
read_access (MashStatement *row,
             gpointer       data)
{
  MashAccessRow *out = g_new0 (MashAccessRow, 1);

  out->id = mash_statement_dup_text (row, 0);
  out->person = mash_statement_dup_text (row, 1);
  out->person_name = mash_statement_dup_text (row, 2);
  out->post_title = mash_statement_dup_text (row, 3);
  out->agency_name = mash_statement_dup_text (row, 4);
  out->action = mash_statement_dup_text (row, 5);
  out->at = mash_statement_get_time (row, 6);

  return out;
}

/**
 * mash_store_list_access_keys:
 * @self: a store
 * @contact: the id of a contact
 * @cancellable: (nullable): to stop it
 * @error: %MASH_STORE_ERROR_REFUSED where the person's role may not know who looked
 *
 * Reads an index on the contact, and the entries themselves only for who may not know of their own.
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the key of each entry on who opened
 *   the contact, the newest first; a manager’s own are not among what they get
 */
GArray *
mash_store_list_access_keys (MashStore     *self,
                             const char    *contact,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (MashStatement) row = NULL;
  const char *but;

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);

  if (!check_read_access (self, &but, error))
    return NULL;
  row = mash_database_prepare (self->database, access_keys_sql, error);
  if (row == NULL)
    return NULL;
  mash_statement_bind (row, "tt", contact, but);

  return mash_statement_list_numbers (row, cancellable, error);
}

/**
 * mash_store_list_access:
 * @self: a store
 * @contact: the id of a contact
 * @keys: keys of mash_store_list_access_keys()
 * @n_keys: how many they are
 * @error: as there
 *
 * Returns: (transfer full) (element-type MashAccessRow) (nullable): who opened the contact, in the
 *   order of @keys; %NULL in the place of an entry that is there no more
 */
GPtrArray *
mash_store_list_access (MashStore     *self,
                        const char    *contact,
                        const gint64  *keys,
                        guint          n_keys,
                        GError       **error)
{
  g_autoptr (MashStatement) row = NULL;
  const char *but;

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);

  if (!check_read_access (self, &but, error))
    return NULL;
  row = mash_database_prepare (self->database, access_sql, error);
  if (row == NULL)
    return NULL;
  mash_statement_bind_text (row, 2, contact);
  mash_statement_bind_text (row, 3, but);

  return mash_statement_list_rows (row, keys, n_keys, read_access, NULL,
                                   (GDestroyNotify) mash_access_row_free, error);
}
