/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <string.h>

/* A hub that was put back to what it had before, or a desk that was: where the two histories part
 * is found by the line; here the desk goes back to that place. What it has of its own work beyond
 * it waits again, and is sent again; what it has of others' is handed to the hub, in whose hands it
 * waits for its authors or for a manager. Nothing is thrown away. */

static const char place_sql[] =
  "SELECT position, chain FROM (SELECT * FROM (SELECT position, chain FROM change"
  " WHERE position <= ?1 AND idx + 1 = size ORDER BY position DESC LIMIT 1)"
  " UNION ALL SELECT * FROM (SELECT position, chain FROM stub"
  " WHERE position <= ?1 AND group_end = 1 ORDER BY position DESC LIMIT 1))"
  " ORDER BY position DESC LIMIT 1";

static const char beyond_sql[] =
  "SELECT " MASH_STORE_CHANGE_COLUMNS ", position, took_at, contact FROM change"
  " WHERE position > ?1 AND state = 'accepted' ORDER BY position DESC";

static const char records_sql[] =
  "SELECT " MASH_STORE_CHANGE_COLUMNS " FROM change WHERE position IN"
  " (SELECT max (position) FROM change WHERE position > ?1 AND state = 'accepted'"
  "  GROUP BY record) ORDER BY position DESC";

/* What was the desk's own before goes before what waits already. A place is free before anything is
 * put there: what was taken back another time may stand where something else goes now. */
static const char *const again_sql[] = {
  "UPDATE change SET position = -position WHERE state = 'pending'",
  "UPDATE change SET position = (1 << 40) - position WHERE position < 0",
  "UPDATE outbox SET position = -position, number = NULL",
  "UPDATE outbox SET position = (1 << 40) - position",
};

/**
 * mash_store_find_place:
 * @self: a seat
 * @at_most: a position
 * @place: (out caller-allocates): the furthest end of a group at or before it; 0 where there is
 *   none
 * @error: return location for a #MashStoreError
 *
 * Returns: whether it could be looked up
 */
gboolean
mash_store_find_place (MashStore      *self,
                       guint64         at_most,
                       MashSyncPlace  *place,
                       GError        **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, place_sql, error);
  const guint8 *chain;
  gsize length;
  MashStep step;

  mash_store_assert (self);

  *place = (MashSyncPlace) { 0 };
  if (row == NULL)
    return FALSE;
  mash_statement_bind_int (row, 1, (gint64) at_most);
  step = mash_statement_step (row, error);
  if (step != MASH_STEP_ROW)
    return step == MASH_STEP_DONE;

  place->seq = (guint64) mash_statement_get_int (row, 0);
  chain = mash_statement_get_data (row, 1, &length);
  if (length == sizeof place->chain)
    memcpy (place->chain, chain, length);

  return TRUE;
}

/* A change that the hub no longer has: this person's own waits again, others' is kept to be handed
 * in. */
static gboolean
move_change (MashStore         *self,
             MashStatement     *row,
             const MashChange  *change,
             GError           **error)
{
  gint64 position = mash_statement_get_int (row, MASH_STORE_N_CHANGE_COLUMNS);
  g_autofree char *took_at = mash_statement_dup_text (row, MASH_STORE_N_CHANGE_COLUMNS + 1);
  g_autofree char *contact = mash_statement_dup_text (row, MASH_STORE_N_CHANGE_COLUMNS + 2);
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  static const guint8 none[MASH_CHANGE_DIGEST_SIZE] = { 0 };

  if (contact != NULL)
    g_hash_table_add (self->news, g_strdup (contact));
  if (strcmp (change->person, self->own) == 0)
    return mash_database_run (self->database, error,
                              "UPDATE change SET state = 'pending', position = position + ?2,"
                              " took_at = said_at, chain = ?3, lost = '' WHERE position = ?1",
                              "iip", position, MASH_STORE_PENDING, none, sizeof none) &&
           mash_database_run (self->database, error,
                              "INSERT INTO outbox (position, shown) VALUES (?1, 0)", "i",
                              position + MASH_STORE_PENDING);

  return mash_database_run (self->database, error,
                            "INSERT INTO lost (id, position, took_at, person, contact, statement,"
                            " signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", "titttbp",
                            change->id, position, took_at, change->person, contact, statement,
                            change->signature, sizeof change->signature) &&
         mash_database_run (self->database, error, "DELETE FROM change WHERE position = ?1", "i",
                            position);
}

static gboolean
move_changes (MashStore  *self,
              gint64      after,
              GError    **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, beyond_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_int (row, 1, after);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      g_autoptr (MashChange) change = mash_store_read_change (row, self->info->hub);

      if (!move_change (self, row, change, error))
        return FALSE;
      mash_statement_reset (row);
      mash_statement_bind_int (row, 1, after);
    }

  return step == MASH_STEP_DONE;
}

/* What is only kept of entries beyond a place, and is found again when they are followed again. */
gboolean
mash_store_drop_beyond (MashStore  *self,
                        gint64      after,
                        GError    **error)
{
  return mash_database_run (self->database, error, "DELETE FROM aside WHERE position > ?1", "i",
                            after) &&
         mash_database_run (self->database, error, "DELETE FROM conflict WHERE position > ?1", "i",
                            after) &&
         mash_database_run (self->database, error, "DELETE FROM stub WHERE position > ?1", "i",
                            after);
}

/* The changes that altered each record last, of which it has to be folded again. */
GPtrArray *
mash_store_list_beyond (MashStore  *self,
                         gint64      after,
                         GError    **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, records_sql, error);
  g_autoptr (GPtrArray) changes = NULL;
  MashStep step;

  if (row == NULL)
    return NULL;

  mash_statement_bind_int (row, 1, after);
  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_change_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (changes, mash_store_read_change (row, self->info->hub));

  return step == MASH_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}

/* A hub that has forgotten work has forgotten who looked, too. */
static gboolean
renumber (MashStore  *self,
          guint64     next,
          GError    **error)
{
  return mash_database_run (self->database, error,
                            "UPDATE outbox SET number = NULL, answered = 0, seq = NULL", NULL) &&
         mash_database_run (self->database, error,
                            "UPDATE meta SET next_number = ?1, looks_handed = 0", "i",
                            (gint64) next);
}

/* Takes what lies beyond a place out of tables and log. */
static gboolean
go_back (MashStore  *self,
         gint64      after,
         GError    **error)
{
  g_autoptr (GPtrArray) altered = mash_store_list_beyond (self, after, error);

  if (altered == NULL || !mash_applier_drop_lines (self->applier, after + 1, error) ||
      !mash_database_run (self->database, error, "PRAGMA defer_foreign_keys = ON", NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (again_sql); i++)
    {
      if (!mash_database_run (self->database, error, again_sql[i], NULL))
        return FALSE;
    }
  if (!move_changes (self, after, error) || !mash_store_drop_beyond (self, after, error))
    return FALSE;

  for (guint i = 0; i < altered->len; i++)
    {
      if (!mash_store_take_back_record (self, g_ptr_array_index (altered, i), error))
        return FALSE;
    }

  return mash_applier_finish (self->applier, error);
}

/* The head is the end of what is left; it came when the last of that came. */
static gboolean
set_head (MashStore            *self,
          const MashSyncPlace  *place,
          GError              **error)
{
  self->head.position = (gint64) place->seq;
  memcpy (self->head.chain, place->chain, sizeof place->chain);

  return mash_database_run (self->database, error,
                            "UPDATE meta SET turned = -1, head_position = ?1, head_chain = ?2,"
                            " head_at ="
                            " coalesce ((SELECT took_at FROM change WHERE position = ?1),"
                            " (SELECT took_at FROM stub WHERE position = ?1), '')",
                            "ip", self->head.position, self->head.chain,
                            sizeof self->head.chain);
}

static gboolean
fall_back (MashStore            *self,
           const MashSyncPlace  *place,
           guint64               next,
           GError              **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (self->database, error);

  return transaction != NULL && mash_store_take_back (self, error) &&
         go_back (self, (gint64) place->seq, error) && set_head (self, place, error) &&
         renumber (self, next, error) && mash_store_put_again (self, error) &&
         mash_store_load_outbox (self, error) && mash_transaction_commit (transaction, error);
}

/**
 * mash_store_fall_back:
 * @self: a seat
 * @place: the last place that desk and hub have in common
 * @next: the number under which the hub expects this seat's next change
 * @error: return location for a #MashStoreError
 *
 * Goes back to where the desk's history and the hub's part, in one transaction. What the person
 * said beyond it waits to be sent again; what others said is kept for mash_store_list_lost().
 *
 * Returns: whether the desk is there now; if not, it is where it was
 */
gboolean
mash_store_fall_back (MashStore            *self,
                      const MashSyncPlace  *place,
                      guint64               next,
                      GError              **error)
{
  MashHead before;

  mash_store_assert (self);
  g_return_val_if_fail (self->central && (gint64) place->seq < self->head.position, FALSE);

  before = self->head;
  if (!fall_back (self, place, next, error))
    {
      mash_store_undo (self, &before);
      return FALSE;
    }
  mash_store_load_actor (self, self->own, NULL, NULL);

  return TRUE;
}

/**
 * mash_store_list_lost:
 * @self: a seat
 * @max_changes: how many at most
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashSigned) (nullable): what others said that the hub has
 *   lost and that was not handed to it yet, in the order that it had
 */
GPtrArray *
mash_store_list_lost (MashStore  *self,
                      guint       max_changes,
                      GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) list = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT statement, signature FROM lost WHERE handed = 0"
                               " ORDER BY position, n LIMIT ?1", error);
  if (row == NULL)
    return NULL;
  mash_statement_bind_int (row, 1, max_changes);
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashSigned *lost = g_new0 (MashSigned, 1);
      gsize length;
      const guint8 *signature = mash_statement_get_data (row, 1, &length);

      if (length == sizeof lost->signature)
        memcpy (lost->signature, signature, length);
      lost->statement = mash_statement_dup_bytes (row, 0);
      g_ptr_array_add (list, lost);
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/**
 * mash_store_hand_lost:
 * @self: a seat
 * @changes: (element-type MashSigned): of mash_store_list_lost()
 * @error: return location for a #MashStoreError
 *
 * The hub keeps them. They stay here too.
 *
 * Returns: whether that is remembered
 */
gboolean
mash_store_hand_lost (MashStore  *self,
                      GPtrArray  *changes,
                      GError    **error)
{
  g_autoptr (MashTransaction) transaction = NULL;

  mash_store_assert (self);

  transaction = mash_transaction_begin (self->database, error);
  for (guint i = 0; transaction != NULL && i < changes->len; i++)
    {
      const MashSigned *lost = g_ptr_array_index (changes, i);

      if (!mash_database_run (self->database, error,
                              "UPDATE lost SET handed = 1 WHERE statement = ?1", "b",
                              lost->statement))
        return FALSE;
    }

  return transaction != NULL && mash_transaction_commit (transaction, error);
}

/**
 * mash_store_get_numbers:
 * @self: a seat
 * @unanswered: (out): the first number that has no answer yet, or the next
 * @next: (out): the next number that will be given
 * @error: return location for a #MashStoreError
 *
 * Returns: whether they could be read
 */
gboolean
mash_store_get_numbers (MashStore  *self,
                        guint64    *unanswered,
                        guint64    *next,
                        GError    **error)
{
  g_autoptr (MashStatement) row = NULL;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT next_number, coalesce ((SELECT min (number) FROM outbox"
                               " WHERE answered = 0), next_number) FROM meta", error);
  if (row == NULL || mash_statement_step (row, error) != MASH_STEP_ROW)
    return FALSE;
  *next = (guint64) mash_statement_get_int (row, 0);
  *unanswered = (guint64) mash_statement_get_int (row, 1);

  return TRUE;
}

/**
 * mash_store_renumber:
 * @self: a seat
 * @next: the number under which the hub expects this seat's next change
 * @error: return location for a #MashStoreError
 *
 * Everything that the feed has not brought yet is sent again, whatever the hub said of it.
 *
 * Returns: whether that is durable
 */
gboolean
mash_store_renumber (MashStore  *self,
                     guint64     next,
                     GError    **error)
{
  g_autoptr (MashTransaction) transaction = NULL;

  mash_store_assert (self);

  transaction = mash_transaction_begin (self->database, error);

  return transaction != NULL && renumber (self, next, error) &&
         mash_transaction_commit (transaction, error);
}

/**
 * mash_store_get_seat:
 * @self: a store
 *
 * Returns: (transfer none): the id under which it speaks to its hub
 */
const char *
mash_store_get_seat (MashStore *self)
{
  mash_store_assert (self);

  return self->info->desk;
}

/**
 * mash_store_begin_seat:
 * @self: a seat
 * @make: whether one is made where there is none
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable): the id of the seat that is to take this one's place;
 *   durable, so that the hub is asked for the same one again after a power cut
 */
char *
mash_store_begin_seat (MashStore  *self,
                       gboolean    make,
                       GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autofree char *id = NULL;

  mash_store_assert (self);

  row = mash_database_prepare (self->database, "SELECT next_seat FROM meta", error);
  if (row == NULL || mash_statement_step (row, error) != MASH_STEP_ROW)
    return NULL;
  if (!mash_statement_is_null (row, 0))
    return mash_statement_dup_text (row, 0);
  if (!make)
    return NULL;

  mash_statement_reset (row);
  id = mash_store_make_id (self);

  return mash_database_run (self->database, error, "UPDATE meta SET next_seat = ?1", "t", id)
         ? g_steal_pointer (&id) : NULL;
}

/**
 * mash_store_take_seat:
 * @self: a seat for which another was begun
 * @error: return location for a #MashStoreError
 *
 * The desk is at the new seat from now on: what it says names it, and what was not answered is sent
 * again under numbers that begin with 1. What was said at the old seat stays said there.
 *
 * Returns: whether that is durable
 */
gboolean
mash_store_take_seat (MashStore  *self,
                      GError    **error)
{
  g_autoptr (MashTransaction) transaction = NULL;
  g_autofree char *seat = mash_store_begin_seat (self, FALSE, error);

  if (seat != NULL)
    transaction = mash_transaction_begin (self->database, error);
  if (transaction == NULL || !renumber (self, 1, error) ||
      !mash_database_run (self->database, error,
                          "UPDATE meta SET desk = next_seat, next_seat = NULL", NULL) ||
      !mash_transaction_commit (transaction, error))
    return FALSE;

  g_free (self->info->desk);
  self->info->desk = g_steal_pointer (&seat);
  self->actor.desk = self->info->desk;
  /* The file beside the database only repeats it, and is put right when the store is opened. */
  mash_hub_info_save (self->info, self->folder, NULL);

  return TRUE;
}
