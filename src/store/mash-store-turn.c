/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <string.h>

/* What the hub opens and closes to the person of a seat. The desk goes back to before the first
 * change that is concerned and follows its own log again from there, with a stub in the place of
 * what was closed and the change in that of a stub: so the tables are what they would be if it had
 * always been so, the chain leads to where it led, and what others wrote meanwhile stays. What was
 * closed is then swept out of the file. */

static const char log_sql[] =
  "SELECT " MASH_STORE_CHANGE_COLUMNS ", position AS place, took_at, digest, lost, idx + 1 = size,"
  " 0 FROM change WHERE state = 'accepted' AND position > ?1"
  " UNION ALL SELECT '', '', 0, 1, '', '', '', '', '', 0, '', 0, '', x'', '', x'', position,"
  " took_at, digest, '', group_end, 1 FROM stub WHERE position > ?1 ORDER BY place";

enum
{
  COLUMN_PLACE = MASH_STORE_N_CHANGE_COLUMNS,
  COLUMN_TOOK_AT,
  COLUMN_DIGEST,
  COLUMN_LOST,
  COLUMN_GROUP_END,
  COLUMN_IS_STUB,
};

/* A contact is closed where the change that made it is. What was written of it beside the log goes
 * with it; of what the hub did not accept, and has kept, its author is told no more than that. */
static const char *const beside_sql[] = {
  "CREATE TEMP TABLE shut AS SELECT record FROM change WHERE kind = 'contact' AND base = 0"
  " AND state = 'accepted' AND position IN (SELECT position FROM closing)",
  "DELETE FROM refusal WHERE settled_at IS NOT NULL AND contact IN (SELECT record FROM shut)",
  "UPDATE refusal SET contact = NULL, code = 'withheld', says = '', statement = x'',"
  " signature = x'' WHERE contact IN (SELECT record FROM shut)",
  "DELETE FROM lost WHERE contact IN (SELECT record FROM shut)",
  "DELETE FROM draft WHERE EXISTS (SELECT 1 FROM shut WHERE instr (context, record) > 0"
  " OR instr (body, record) > 0)",
};

/* What a turn works on. */
typedef struct
{
  GPtrArray  *entries;   /* of MashEntry: the log from where it goes back to */
  GHashTable *known;     /* positions of those that were followed and stay as they are */
  GHashTable *turned;    /* position → MashEntry of those that the hub opens or closes; borrowed */
  GPtrArray  *altered;   /* of MashChange */
  gint64      from;      /* where it goes back to */
  gboolean    closes;
} Turn;

static void
turn_clear (Turn *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->turned, g_hash_table_unref);
  g_clear_pointer (&self->altered, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Turn, turn_clear)

static gboolean
read_int (MashStore   *self,
          const char  *sql,
          gint64       parameter,
          gint64      *n,
          GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;
  if (strstr (sql, "?1") != NULL)
    mash_statement_bind_int (row, 1, parameter);
  step = mash_statement_step (row, error);
  *n = step == MASH_STEP_ROW ? mash_statement_get_int (row, 0) : 0;

  return step != MASH_STEP_ERROR;
}

/**
 * mash_store_get_turned:
 * @self: a seat
 * @turned: (out): the number of the last turn that was followed, 0 before the first; -1 where what
 *   is open has to be asked anew
 * @stubs: (out) (nullable) (transfer full) (element-type gint64): then, positions of which the desk
 *   has no more than a stub
 * @error: return location for a #MashStoreError
 *
 * Returns: whether it could be read
 */
gboolean
mash_store_get_turned (MashStore  *self,
                       gint64     *turned,
                       GArray    **stubs,
                       GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (gint64));
  MashStep step;

  mash_store_assert (self);

  *stubs = NULL;
  if (!read_int (self, "SELECT turned FROM meta", 0, turned, error))
    return FALSE;
  if (*turned >= 0)
    return TRUE;

  row = mash_database_prepare (self->database, "SELECT position FROM stub ORDER BY position",
                               error);
  if (row == NULL)
    return FALSE;
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      gint64 position = mash_statement_get_int (row, 0);

      g_array_append_val (list, position);
    }
  if (step == MASH_STEP_DONE)
    *stubs = g_steal_pointer (&list);

  return step == MASH_STEP_DONE;
}

/* Whether the desk has a position as the hub gives it now. */
static gboolean
is_as_given (MashStore       *self,
             const MashEntry *entry,
             gboolean        *same,
             GError         **error)
{
  gint64 n;

  if (!read_int (self, entry->statement != NULL
                       ? "SELECT count (*) FROM change WHERE position = ?1"
                       : "SELECT count (*) FROM stub WHERE position = ?1",
                 (gint64) entry->seq, &n, error))
    return FALSE;
  *same = n > 0;

  return TRUE;
}

/* Picks what alters something, and where the first group of it begins. */
static gboolean
prepare (MashStore  *self,
         GPtrArray  *entries,
         Turn       *turn,
         GError    **error)
{
  MashSyncPlace place;

  turn->turned = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < entries->len; i++)
    {
      MashEntry *entry = g_ptr_array_index (entries, i);
      gboolean same;

      if ((gint64) entry->seq > self->head.position)
        continue;
      if (!is_as_given (self, entry, &same, error))
        return FALSE;
      if (same)
        continue;
      turn->closes |= entry->statement == NULL;
      g_hash_table_insert (turn->turned, &entry->seq, entry);
      if (turn->from == 0 || (gint64) entry->seq < turn->from)
        turn->from = (gint64) entry->seq;
    }
  if (turn->from == 0)
    return TRUE;
  if (!mash_store_find_place (self, (guint64) turn->from - 1, &place, error))
    return FALSE;
  turn->from = (gint64) place.seq;

  return TRUE;
}

static MashEntry *
read_entry (MashStore     *self,
            MashStatement *row)
{
  MashEntry *entry = g_new0 (MashEntry, 1);

  entry->seq = (guint64) mash_statement_get_int (row, COLUMN_PLACE);
  entry->took_at = mash_statement_dup_text (row, COLUMN_TOOK_AT);
  entry->digest = mash_statement_dup_bytes (row, COLUMN_DIGEST);
  entry->group_end = mash_statement_get_int (row, COLUMN_GROUP_END) != 0;
  entry->lost = *mash_statement_get_text (row, COLUMN_LOST) != '\0'
                ? g_strsplit (mash_statement_get_text (row, COLUMN_LOST), " ", -1)
                : g_new0 (char *, 1);
  if (mash_statement_get_int (row, COLUMN_IS_STUB) == 0)
    {
      g_autoptr (MashChange) change = mash_store_read_change (row, self->info->hub);

      entry->statement = mash_change_to_statement (change);
      entry->signature = g_bytes_new (change->signature, sizeof change->signature);
    }

  return entry;
}

/* What the hub gives now in the place of what the desk has. */
static void
replace (MashEntry       *entry,
         const MashEntry *given)
{
  g_clear_pointer (&entry->statement, g_bytes_unref);
  g_clear_pointer (&entry->signature, g_bytes_unref);
  g_strfreev (entry->lost);
  entry->lost = g_strdupv (given->lost);
  if (given->statement != NULL)
    {
      entry->statement = g_bytes_ref (given->statement);
      entry->signature = g_bytes_ref (given->signature);
    }
}

static gboolean
is_aside (MashStore *self,
          gint64     position)
{
  gint64 n;

  return !read_int (self, "SELECT count (*) FROM aside WHERE position = ?1", position, &n, NULL) ||
         n > 0;
}

static gboolean
load_log (MashStore  *self,
          Turn       *turn,
          GError    **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, log_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  turn->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_entry_free);
  turn->known = g_hash_table_new (g_int64_hash, g_int64_equal);
  mash_statement_bind_int (row, 1, turn->from);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashEntry *entry = read_entry (self, row);
      const MashEntry *given = g_hash_table_lookup (turn->turned, &entry->seq);

      g_ptr_array_add (turn->entries, entry);
      if (given != NULL)
        replace (entry, given);
      else if (!is_aside (self, (gint64) entry->seq))
        g_hash_table_add (turn->known, &entry->seq);
    }

  return step == MASH_STEP_DONE;
}

static GPtrArray *
list_texts (MashStore   *self,
            const char  *sql,
            GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, sql, error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  MashStep step;

  if (row == NULL)
    return NULL;
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (texts, mash_statement_dup_text (row, 0));

  return step == MASH_STEP_DONE ? g_steal_pointer (&texts) : NULL;
}

/* What stands beside the log about contacts that are closed. */
static gboolean
close_beside (MashStore  *self,
              Turn       *turn,
              GError    **error)
{
  GHashTableIter iter;
  gpointer seq, entry;

  if (!mash_database_execute (self->database,
                              "CREATE TEMP TABLE closing (position INTEGER PRIMARY KEY)", error))
    return FALSE;
  g_hash_table_iter_init (&iter, turn->turned);
  while (g_hash_table_iter_next (&iter, &seq, &entry))
    {
      if (((MashEntry *) entry)->statement == NULL &&
          !mash_database_run (self->database, error, "INSERT INTO closing VALUES (?1)", "i",
                              *(gint64 *) seq))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (beside_sql); i++)
    {
      if (!mash_database_execute (self->database, beside_sql[i], error))
        return FALSE;
    }

  return mash_store_forget_pending (self, "SELECT position FROM change WHERE state = 'pending' AND"
                                    " position > ?1 AND contact IN (SELECT record FROM shut)",
                                    0, error);
}

/* Pages that have them open are told, and what was typed there is kept no more. */
static void
tell_news (MashStore *self,
           GPtrArray *contacts)
{
  for (guint i = 0; i < contacts->len; i++)
    {
      const char *contact = g_ptr_array_index (contacts, i);

      g_hash_table_add (self->news, g_strdup (contact));
      g_hash_table_add (self->shut, g_strdup (contact));
    }
}

/* Takes what lies beyond the place out of tables and log; it is in the caller's hands. */
static gboolean
go_back (MashStore  *self,
         Turn       *turn,
         GError    **error)
{
  MashSyncPlace place;

  turn->altered = mash_store_list_beyond (self, turn->from, error);
  if (turn->altered == NULL ||
      !mash_store_find_place (self, (guint64) turn->from, &place, error) ||
      !mash_applier_drop_lines (self->applier, turn->from + 1, error) ||
      !mash_database_run (self->database, error,
                          "DELETE FROM change WHERE state = 'accepted' AND position > ?1", "i",
                          turn->from) ||
      !mash_store_drop_beyond (self, turn->from, error))
    return FALSE;
  for (guint i = 0; i < turn->altered->len; i++)
    {
      if (!mash_store_take_back_record (self, g_ptr_array_index (turn->altered, i), error))
        return FALSE;
    }
  self->head.position = turn->from;
  memcpy (self->head.chain, place.chain, sizeof place.chain);
  mash_tables_forget (self->tables);

  return mash_applier_finish (self->applier, error);
}

/* Conflicts that somebody has settled here stay settled. */
static gboolean
follow_again (MashStore  *self,
              Turn       *turn,
              GError    **error)
{
  return mash_database_execute (self->database, "CREATE TEMP TABLE settled AS SELECT position,"
                                " field, settled_at FROM conflict WHERE settled_at IS NOT NULL",
                                error) &&
         go_back (self, turn, error) &&
         mash_store_take_groups (self, turn->entries, turn->known, error) &&
         mash_applier_finish (self->applier, error) &&
         mash_database_execute (self->database, "UPDATE conflict SET settled_at ="
                                " (SELECT s.settled_at FROM settled s WHERE s.position ="
                                " conflict.position AND s.field = conflict.field) WHERE"
                                " settled_at IS NULL AND (position, field) IN"
                                " (SELECT position, field FROM settled)", error);
}

static gboolean
turn_log (MashStore  *self,
          Turn       *turn,
          GError    **error)
{
  g_autoptr (GPtrArray) shut = NULL;
  MashHead before = self->head;

  if (!mash_store_take_back (self, error) || !load_log (self, turn, error) ||
      !close_beside (self, turn, error) || !follow_again (self, turn, error))
    return FALSE;
  shut = list_texts (self, "SELECT record FROM shut", error);
  if (shut == NULL)
    return FALSE;
  tell_news (self, shut);
  if (self->head.position != before.position ||
      memcmp (self->head.chain, before.chain, sizeof before.chain) != 0)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                           "What was followed again does not lead to where it led");
      return FALSE;
    }

  return mash_database_execute (self->database, "DROP TABLE temp.closing; DROP TABLE temp.shut;"
                                " DROP TABLE temp.settled", error) &&
         mash_store_put_again (self, error) &&
         (!turn->closes || mash_store_drop_originals (self, error));
}

static gboolean
set_turned (MashStore  *self,
            gint64      turned,
            gboolean    closed,
            GError    **error)
{
  return mash_database_run (self->database, error,
                            "UPDATE meta SET turned = ?1, unswept = unswept OR ?2", "id", turned,
                            closed);
}

static gboolean
take_turn (MashStore  *self,
           Turn       *turn,
           gint64      turned,
           GError    **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (self->database, error);

  return transaction != NULL &&
         (g_hash_table_size (turn->turned) == 0 || turn_log (self, turn, error)) &&
         set_turned (self, turned, turn->closes, error) &&
         mash_transaction_commit (transaction, error);
}

/**
 * mash_store_take_turn:
 * @self: a seat
 * @entries: (element-type MashEntry): positions that the hub opened or closed, each as it gives it
 *   now
 * @turned: the number of the last of these turns
 * @waits: (out): %TRUE where the desk has something to send first, and has done nothing
 * @error: return location for a #MashStoreError
 *
 * Follows what the hub opened and closed to the person, in one transaction with the number; then
 * sweeps what was closed out of the file.
 *
 * Returns: whether the desk is there now; if not, it is where it was
 */
gboolean
mash_store_take_turn (MashStore  *self,
                      GPtrArray  *entries,
                      gint64      turned,
                      gboolean   *waits,
                      GError    **error)
{
  g_auto (Turn) turn = { 0 };
  MashOriginal original;
  gint64 n_waiting;
  MashHead before;

  mash_store_assert (self);
  g_return_val_if_fail (self->central, FALSE);

  before = self->head;
  *waits = FALSE;
  if (!prepare (self, entries, &turn, error) ||
      !read_int (self, "SELECT (SELECT count (*) FROM outbox WHERE answered = 0) +"
                 " (SELECT count (*) FROM lost WHERE handed = 0)", 0, &n_waiting, error) ||
      !mash_store_find_original (self, 0, &original, error))
    return FALSE;
  *waits = turn.closes && (n_waiting > 0 || *original.sha256 != '\0');
  if (*waits)
    return TRUE;
  if (!take_turn (self, &turn, turned, error))
    {
      mash_store_undo (self, &before);
      return FALSE;
    }
  mash_store_load_actor (self, self->own, NULL, NULL);

  return mash_store_sweep (self, error);
}

/* Whoever deletes a row leaves its bytes: in pages that are free, in the room beside other rows, in
 * older parts of the indexes of words, and in the log beside the file. All of the file is written
 * anew without them. It is remembered until it is done. */
gboolean
mash_store_sweep (MashStore  *self,
                  GError    **error)
{
  gint64 unswept;

  if (!read_int (self, "SELECT unswept FROM meta", 0, &unswept, error))
    return FALSE;

  return unswept == 0 ||
         (mash_database_execute (self->database,
                                 "INSERT INTO person_search (person_search) VALUES ('optimize');"
                                 "INSERT INTO person_term (person_term) VALUES ('optimize');"
                                 "INSERT INTO timeline_search (timeline_search) VALUES"
                                 " ('optimize')", error) &&
          mash_database_compact (self->database, error) &&
          mash_database_execute (self->database, "UPDATE meta SET unswept = 0", error));
}

/**
 * mash_store_steal_news:
 * @self: a store
 *
 * Returns: (transfer full) (array zero-terminated=1): the contacts that the hub has altered since
 *   this was asked last
 */
char **
mash_store_steal_news (MashStore *self)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  mash_store_assert (self);

  g_hash_table_iter_init (&iter, self->news);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (ids, id);
    }
  g_ptr_array_add (ids, NULL);

  return (char **) g_ptr_array_free (ids, FALSE);
}
