/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <string.h>

#include "mash-kinds.h"
#include "mash-merge.h"

/* How many entries go by between two words on how far it has come. */
#define PROGRESS_STEP 500

/* The columns of mash_store_read_change(), and then what is kept beside the statement. Of a stub
 * there is no more than its link of the chain. */
static const char changes_sql[] =
  "SELECT c." MASH_STORE_CHANGE_COLUMNS ", c.position AS place, state, took_at, digest, chain,"
  " contact, lost, a.position IS NOT NULL FROM change c"
  " LEFT JOIN aside a ON a.position = c.position WHERE state = 'accepted'"
  " UNION ALL SELECT '', '', 0, 1, '', '', '', '', '', 0, '', 0, '', x'', '', x'', position,"
  " 'stub', took_at, digest, chain, NULL, '', 1 FROM stub ORDER BY place";

static const char views_sql[] =
  "SELECT id, id, 0, 1, desk, person, post, action, record, 0, compartment, format,"
  " said_at, salt, body, signature, position, NULL, said_at, digest, chain, NULL"
  " FROM access ORDER BY position";

enum
{
  COLUMN_POSITION = 16,
  COLUMN_STATE,
  COLUMN_TOOK_AT,
  COLUMN_DIGEST,
  COLUMN_CHAIN,
  COLUMN_CONTACT,
  COLUMN_LOST,
  COLUMN_ASIDE,
};

/* What is derived from records and so can be compared as a whole; the first column names the
 * row. */
static const struct
{
  const char *table;
  const char *sql;
} derived[] = {
  { "person_group", "SELECT person, root FROM person_group ORDER BY person" },
  { "tray", "SELECT * FROM tray ORDER BY contact" },
  { "tray_mine", "SELECT * FROM tray_mine ORDER BY person, contact" },
  { "tray_asked", "SELECT * FROM tray_asked ORDER BY person, contact" },
  { "board", "SELECT * FROM board ORDER BY action" },
  { "board_count", "SELECT agency || ' ' || owner || ' ' || day, n FROM board_count"
                   " ORDER BY agency, owner, day" },
  { "tray_count", "SELECT tray || ' ' || person || ' ' || facet || ' ' || value, n FROM tray_count"
                  " ORDER BY tray, person, facet, value" },
  { "timeline", "SELECT id, * FROM timeline ORDER BY n" },
  { "timeline_key", "SELECT scope || ' ' || n, * FROM timeline_key ORDER BY scope, at, n" },
  { "person_search",
    "SELECT person, rowid, names, keys, births, postcodes, identifiers FROM person_search"
    " ORDER BY rowid" },
};

typedef struct
{
  MashStore         *store;
  MashVerifyReport  *report;
  MashStoreProgress  progress;
  gpointer           data;
  GCancellable      *cancellable;

  /* The copy that is filled from the changes. */
  MashDatabase      *database;
  MashTables        *tables;
  MashApplier       *applier;

  GError            *failure; /* what kept a row from being made again: the disk, not the row */
  GHashTable        *keys;   /* id of staff → every signing key that they have had */
  MashHead           head;
  char              *at;     /* when the last entry was taken */
  char              *group;  /* the group that is going by, and how much of it has */
  guint              index;
  guint              size;
  gboolean           apart;  /* the entry before was only a link of the chain */
} Verify;

static void
verify_clear (Verify *self)
{
  mash_database_set_cancellable (self->store->database, NULL);
  g_clear_pointer (&self->applier, mash_applier_free);
  g_clear_pointer (&self->tables, mash_tables_free);
  g_clear_pointer (&self->database, mash_database_free);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->at, g_free);
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->report, mash_verify_report_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verify, verify_clear)

/* Says what is at fault; the first fault stands. Gives FALSE, so that callers can return it. */
static gboolean
blame (Verify     *self,
       const char *table,
       gint64      position,
       const char *record,
       const char *fault)
{
  MashVerifyReport *report = self->report;

  if (report->fault == NULL)
    {
      report->table = g_strdup (table);
      report->position = position;
      report->record = g_strdup (record);
      report->fault = g_strdup (fault);
    }

  return FALSE;
}

/* The same for what the copy did not take, unless it was the disk that did not. */
static gboolean
blame_copy (Verify           *self,
            const char       *table,
            const MashChange *change,
            gint64            position,
            const char       *fault,
            GError           *error)
{
  if (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL) ||
      g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO))
    {
      self->failure = error;
      return FALSE;
    }
  g_clear_error (&error);

  return blame (self, table, position, change->id, fault);
}

static gboolean
step_on (Verify  *self,
         gint64   done,
         gint64   all,
         double   from,
         double   to,
         GError **error)
{
  if (done % PROGRESS_STEP == 0 && self->progress != NULL && all > 0)
    self->progress (from + (to - from) * MIN ((double) done / (double) all, 1.0), self->data);

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static void
learn_key (Verify     *self,
           const char *person,
           const char *key)
{
  GPtrArray *keys = g_hash_table_lookup (self->keys, person);

  if (keys == NULL)
    {
      keys = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->keys, g_strdup (person), keys);
    }
  g_ptr_array_add (keys, g_strdup (key));
}

static gboolean
same_data (MashStatement *row,
           int            column,
           const guint8  *data,
           gsize          size)
{
  gsize length;
  const guint8 *found = mash_statement_get_data (row, column, &length);

  return length == size && memcmp (found, data, size) == 0;
}

/* Digest, chain and place of an entry of either chain. */
static gboolean
check_link (Verify        *self,
            const char    *table,
            MashStatement *row,
            const guint8  *digest)
{
  gint64 position = mash_statement_get_int (row, COLUMN_POSITION);
  const char *id = mash_statement_get_text (row, 0);

  if (position != self->head.position + 1)
    return blame (self, table, self->head.position + 1, NULL, "An entry is missing");
  if (!same_data (row, COLUMN_DIGEST, digest, MASH_CHANGE_DIGEST_SIZE))
    return blame (self, table, position, id, "The digest does not fit what was said");

  self->head.position = position;
  g_free (self->at);
  self->at = mash_statement_dup_text (row, COLUMN_TOOK_AT);
  mash_chain_next (self->head.chain, (guint64) position, self->at, digest, self->head.chain);
  if (!same_data (row, COLUMN_CHAIN, self->head.chain, sizeof self->head.chain))
    return blame (self, table, position, id, "The chain does not hold");

  return TRUE;
}

static gboolean
check_group (Verify           *self,
             const MashChange *change,
             gint64            position)
{
  if (self->group == NULL || strcmp (self->group, change->group) != 0)
    {
      if (self->index != self->size)
        return blame (self, "change", position, change->id, "The group before it is not whole");
      g_free (self->group);
      self->group = g_strdup (change->group);
      /* What comes before it in its group may be closed to this person. */
      self->index = self->apart && self->store->central ? change->index : 0;
      self->size = change->size;
    }
  self->apart = FALSE;
  if (change->index != self->index++ || change->size != self->size)
    return blame (self, "change", position, change->id, "Its group is out of order");

  return TRUE;
}

/* What others had altered meanwhile had stayed, by the hub's word. */
static gboolean
set_upon (Verify        *self,
          MashEdit     **edit,
          MashStatement *row)
{
  g_auto (GStrv) lost = g_strsplit (mash_statement_get_text (row, COLUMN_LOST), " ", -1);
  g_autoptr (MashRecord) held = mash_tables_lookup (self->tables, mash_edit_get_kind (*edit),
                                                    mash_edit_get_id (*edit), NULL);
  MashEdit *left = mash_merge_taken (*edit, held, (const char *const *) lost);

  if (left == NULL)
    return FALSE;
  mash_edit_free (*edit);
  *edit = left;

  return TRUE;
}

static gboolean
apply_change (Verify           *self,
              const MashChange *change,
              MashStatement    *row)
{
  gint64 position = mash_statement_get_int (row, COLUMN_POSITION);
  g_autofree char *about = NULL;
  g_autofree char *own = NULL;
  g_autofree char *deed = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (MashEdit) edit = mash_change_dup_edit (change, &deed, &about, &reason, NULL);
  g_autoptr (MashRecord) record = NULL;
  GError *error = NULL;
  MashHeard heard;

  if (edit != NULL && self->store->central && !set_upon (self, &edit, row))
    return blame (self, "change", position, change->id, "It does not follow from those before it");
  if (edit != NULL)
    record = mash_applier_apply (self->applier, edit, change->said_at, change->person,
                                 change->post, &error);
  if (record == NULL)
    return blame_copy (self, "change", change, position, "It does not follow from those before it",
                       error);

  own = mash_store_dup_contact (edit, record);
  if (g_strcmp0 (own != NULL ? own : about,
                 mash_statement_get_text (row, COLUMN_CONTACT)) != 0 ||
      g_strcmp0 (mash_statement_get_text (row, COLUMN_STATE), "accepted") != 0)
    return blame (self, "change", position, change->id,
                  "What is kept beside it is not what it says");
  heard = (MashHeard) { change, edit, record, deed, reason, own != NULL ? own : about, position };
  if (!mash_applier_hear (self->applier, &heard, &error))
    return blame_copy (self, "timeline", change, position, "It does not follow into the timeline",
                       error);
  if (strcmp (change->kind, "staff") == 0 && mash_record_get_text (record, "public-key") != NULL)
    learn_key (self, change->record, mash_record_get_text (record, "public-key"));

  return TRUE;
}

/* What the hub has told no more of, or this desk does not follow, is in the chain all the same. */
static gboolean
check_apart (Verify        *self,
             MashStatement *row)
{
  gsize length;
  const guint8 *digest = mash_statement_get_data (row, COLUMN_DIGEST, &length);

  self->index = self->size = 0;
  self->apart = TRUE;
  g_clear_pointer (&self->group, g_free);

  return length == MASH_CHANGE_DIGEST_SIZE
         ? check_link (self, "change", row, digest)
         : blame (self, "change", self->head.position + 1, NULL, "The digest is not whole");
}

/* Somebody's first key vouches for itself (mash-store-feed.c). */
static char *
dup_key (Verify           *self,
         const MashChange *change)
{
  char *key = self->store->central ? mash_store_dup_first_key (self->tables, change) : NULL;

  return key != NULL ? key
                     : mash_store_dup_public_key (self->tables, self->store->root_person,
                                                  self->store->root_key, change->person, NULL);
}

static gboolean
check_statement (Verify        *self,
                 MashStatement *row)
{
  g_autoptr (MashChange) change = mash_store_read_change (row, self->store->info->hub);
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  g_autoptr (MashChange) strict = mash_change_from_statement (statement, NULL);
  gint64 position = mash_statement_get_int (row, COLUMN_POSITION);
  g_autofree char *key = NULL;
  guint8 digest[MASH_CHANGE_DIGEST_SIZE];
  gboolean signed_well;

  key = dup_key (self, strict != NULL ? strict : change);
  signed_well = mash_store_check_signature (change, MASH_CHANGE_PURPOSE, key, digest);
  if (!check_link (self, "change", row, digest))
    return FALSE;
  if (!signed_well)
    return blame (self, "change", position, change->id, "The signature does not hold");
  if (strict == NULL)
    return blame (self, "change", position, change->id, "It has not the form of a change");

  return check_group (self, change, position) && apply_change (self, change, row);
}

static gboolean
check_change (Verify        *self,
              MashStatement *row)
{
  if (mash_statement_get_int (row, COLUMN_ASIDE) != 0)
    return check_apart (self, row);

  return check_statement (self, row);
}

static gboolean
check_view (Verify        *self,
            MashStatement *row)
{
  g_autoptr (MashChange) view = mash_store_read_change (row, self->store->info->hub);
  gint64 position = mash_statement_get_int (row, COLUMN_POSITION);
  GPtrArray *keys = g_hash_table_lookup (self->keys, view->person);
  guint8 digest[MASH_CHANGE_DIGEST_SIZE];
  gboolean signed_well = mash_store_check_signature (view, MASH_STORE_VIEW_PURPOSE, NULL, digest);

  for (guint i = 0; !signed_well && keys != NULL && i < keys->len; i++)
    signed_well = mash_store_check_signature (view, MASH_STORE_VIEW_PURPOSE,
                                              g_ptr_array_index (keys, i), digest);

  return check_link (self, "access", row, digest) &&
         (signed_well || blame (self, "access", position, view->id,
                                "The signature does not hold"));
}

/* Compares where a chain ends with where it should. */
static gboolean
check_head (Verify      *self,
            const char  *table,
            const char  *sql,
            GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, sql, error);

  if (row == NULL || mash_statement_step (row, error) != MASH_STEP_ROW)
    return FALSE;

  if (mash_statement_get_int (row, 0) != self->head.position ||
      !same_data (row, 1, self->head.chain, sizeof self->head.chain) ||
      g_strcmp0 (mash_statement_get_text (row, 2), self->at != NULL ? self->at : "") != 0)
    blame (self, table, self->head.position, NULL, "The chain does not end where it should");

  return TRUE;
}

static gboolean
check_chain (Verify        *self,
             const char    *sql,
             gboolean     (*check) (Verify *self, MashStatement *row),
             gint64         all,
             double         from,
             double         to,
             GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  self->head = (MashHead) { 0 };
  g_clear_pointer (&self->at, g_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      if (!check (self, row))
        {
          if (self->failure == NULL)
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&self->failure));
          return FALSE;
        }
      if (!step_on (self, self->head.position, all, from, to, error))
        return FALSE;
    }

  return step == MASH_STEP_DONE;
}

static gboolean
check_changes (Verify  *self,
               GError **error)
{
  if (!check_chain (self, changes_sql, check_change, self->store->head.position, 0.0, 0.6, error))
    return FALSE;

  self->report->n_changes = self->head.position;
  if (self->report->fault == NULL && self->index != self->size)
    blame (self, "change", self->head.position, NULL, "The last group is not whole");

  return self->report->fault != NULL ||
         (mash_applier_finish (self->applier, error) &&
          check_head (self, "change", "SELECT head_position, head_chain, head_at FROM meta",
                      error));
}

static gboolean
check_views (Verify  *self,
             GError **error)
{
  if (!check_chain (self, views_sql, check_view, self->store->view_head.position, 0.9, 1.0, error))
    return FALSE;

  self->report->n_views = self->head.position;

  return self->report->fault != NULL ||
         check_head (self, "access", "SELECT view_position, view_chain, view_at FROM meta", error);
}

static gboolean
same_cell (MashStatement *a,
           MashStatement *b,
           int            column)
{
  return mash_statement_is_null (a, column) == mash_statement_is_null (b, column) &&
         g_strcmp0 (mash_statement_get_text (a, column), mash_statement_get_text (b, column)) == 0;
}

static gboolean
compare_row (Verify        *self,
             const char    *table,
             MashStatement *kept,
             MashStatement *made)
{
  for (int i = 0; i < mash_statement_get_n_columns (kept); i++)
    {
      if (!same_cell (kept, made, i))
        {
          g_autofree char *fault = g_strdup_printf ("The column %s is not what the changes say",
                                                    mash_statement_get_column_name (kept, i));

          return blame (self, table, 0, mash_statement_get_text (kept, 0), fault);
        }
    }

  return TRUE;
}

/* Goes through a table and its copy side by side. */
static gboolean
compare_table (Verify      *self,
               const char  *table,
               const char  *sql,
               GError     **error)
{
  g_autoptr (MashStatement) kept = mash_database_prepare (self->store->database, sql, error);
  g_autoptr (MashStatement) made = kept != NULL ? mash_database_prepare (self->database, sql,
                                                                         error) : NULL;
  MashStep a, b;

  if (made == NULL)
    return FALSE;

  while ((a = mash_statement_step (kept, error)) != MASH_STEP_ERROR &&
         (b = mash_statement_step (made, error)) != MASH_STEP_ERROR)
    {
      if (a != b)
        {
          blame (self, table, 0, mash_statement_get_text (a == MASH_STEP_ROW ? kept : made, 0),
                 a == MASH_STEP_ROW ? "There is a row that no change made"
                                    : "A row that the changes made is missing");
          return TRUE;
        }
      if (a == MASH_STEP_DONE || !compare_row (self, table, kept, made))
        return TRUE;
      /* Five rows come of four changes, whatever the hub. */
      if (!step_on (self, ++self->report->n_rows, 1 + self->report->n_changes * 5 / 4, 0.6, 0.9,
                    error))
        return FALSE;
    }

  return FALSE;
}

static gboolean
compare_tables (Verify  *self,
                GError **error)
{
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds && self->report->fault == NULL; i++)
    {
      g_autofree char *table = mash_tables_dup_column (kinds[i]->name);
      g_autofree char *sql = g_strdup_printf ("SELECT %s, n FROM \"%s\" ORDER BY n",
                                              mash_tables_get_columns (self->tables, kinds[i]),
                                              table);

      if (!compare_table (self, table, sql, error))
        return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (derived) && self->report->fault == NULL; i++)
    {
      if (!compare_table (self, derived[i].table, derived[i].sql, error))
        return FALSE;
    }

  return TRUE;
}

/* An index of words could differ from the text that it was made from. */
static void
check_index (Verify     *self,
             const char *table,
             const char *sql,
             const char *fault)
{
  g_autoptr (GError) error = NULL;

  if (self->report->fault == NULL && !mash_database_execute (self->store->database, sql, &error) &&
      !g_cancellable_is_cancelled (self->cancellable))
    blame (self, table, 0, NULL, fault);
}

static void
check_indexes (Verify *self)
{
  check_index (self, "person_search",
               "INSERT INTO person_search (person_search, rank) VALUES ('integrity-check', 1)",
               "The index of people is not whole");
  check_index (self, "person_term",
               "INSERT INTO person_term (person_term, rank) VALUES ('integrity-check', 1)",
               "The terms under which people are found are not whole");
  check_index (self, "timeline_search",
               "INSERT INTO timeline_search (timeline_search, rank) VALUES ('integrity-check', 1)",
               "The index of the timeline is not whole");
}

static gboolean
check_documents (Verify  *self,
                 GError **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  row = mash_database_prepare (self->store->database, "SELECT sha256, size FROM document", error);
  if (row == NULL)
    return FALSE;

  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      const char *sha256 = mash_statement_get_text (row, 0);
      g_autoptr (GBytes) content = mash_store_get_document (self->store, sha256, NULL);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (content == NULL ||
          (gint64) g_bytes_get_size (content) != mash_statement_get_int (row, 1))
        {
          blame (self, "document", 0, sha256, "The document is not what its fingerprint says");
          return TRUE;
        }
    }

  return step == MASH_STEP_DONE;
}

static gboolean
run (Verify  *self,
     GError **error)
{
  if (!check_changes (self, error) ||
      (self->report->fault == NULL && !compare_tables (self, error)))
    return FALSE;
  check_indexes (self);

  return (self->report->fault != NULL || check_documents (self, error)) &&
         (self->report->fault != NULL || check_views (self, error));
}

/**
 * mash_store_verify:
 * @self: a store
 * @progress: (nullable): told now and then how far it is
 * @data: for @progress
 * @cancellable: (nullable): to stop it
 * @report: (out) (transfer full): whether everything holds, and if not, the first thing that does
 *   not
 * @error: %G_IO_ERROR_CANCELLED, or what the database says; that something does not hold is no
 *   error
 *
 * Makes every table again from the changes, in a database that ends with it, and compares row by
 * row. On the way it checks each change's place, digest, chain and signature, and that it follows
 * from those before it; then the documents and the chain of who looked. What waits for a central
 * hub is taken back for as long as this lasts. Nothing is altered.
 *
 * Returns: %TRUE when it came to an answer
 */
gboolean
mash_store_verify (MashStore          *self,
                   MashStoreProgress   progress,
                   gpointer            data,
                   GCancellable       *cancellable,
                   MashVerifyReport  **report,
                   GError            **error)
{
  g_auto (Verify) verify = { .store = self };
  g_autoptr (MashTransaction) transaction = NULL;
  g_autoptr (MashTransaction) apart = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (report != NULL, FALSE);

  verify.report = g_new0 (MashVerifyReport, 1);
  verify.progress = progress;
  verify.data = data;
  verify.cancellable = cancellable;
  verify.keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
  verify.database = mash_database_new_fleeting (self->folder, error);
  if (verify.database == NULL)
    return FALSE;
  verify.tables = mash_tables_new (verify.database);
  verify.applier = mash_applier_new (verify.tables, self->policy);
  learn_key (&verify, self->root_person, self->root_key);

  transaction = mash_transaction_begin (verify.database, error);
  if (self->central &&
      ((apart = mash_transaction_begin (self->database, error)) == NULL ||
       !mash_store_take_back (self, error)))
    return FALSE;
  mash_database_set_cancellable (self->database, cancellable);
  if (transaction == NULL || !run (&verify, error))
    return FALSE;

  verify.report->holds = verify.report->fault == NULL;
  *report = g_steal_pointer (&verify.report);

  return TRUE;
}
