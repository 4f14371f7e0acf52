/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <string.h>

#include "mash-time.h"

static const char unsent_sql[] =
  "SELECT " MASH_STORE_CHANGE_COLUMNS ", o.position, o.number FROM outbox o"
  " CROSS JOIN change c ON c.position = o.position WHERE o.answered = 0 ORDER BY o.position"
  " LIMIT 300";

static const char refuse_sql[] =
  "INSERT INTO refusal (id, group_id, person, contact, said_at, code, says, at, statement,"
  " signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

static gboolean
read_int (MashStore   *self,
          const char  *sql,
          gint64      *n,
          GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, sql, error);

  if (row == NULL || mash_statement_step (row, error) != MASH_STEP_ROW)
    return FALSE;
  *n = mash_statement_get_int (row, 0);

  return TRUE;
}

/* Where the next change that waits will stand. */
gboolean
mash_store_load_outbox (MashStore  *self,
                        GError    **error)
{
  if (!read_int (self, "SELECT coalesce (max (position), 0) FROM outbox", &self->pending, error))
    return FALSE;
  self->pending = MAX (self->pending, MASH_STORE_PENDING);

  return TRUE;
}

static gboolean
put_pending (MashStore         *self,
             const MashSealed  *sealed,
             const char        *contact,
             GError           **error)
{
  return mash_store_write_pending (self, sealed, self->pending, contact, error) &&
         mash_database_run (self->database, error,
                            "INSERT INTO outbox (position, shown) VALUES (?1, 1)", "i",
                            self->pending);
}

/* Applies a group that has been judged here and waits for the hub, inside the caller's
 * transaction. */
gboolean
mash_store_apply_pending (MashStore  *self,
                          MashGroup  *group,
                          GPtrArray  *sealed,
                          GPtrArray  *records,
                          GError    **error)
{
  for (guint i = 0; i < sealed->len; i++)
    {
      const MashSealed *entry = g_ptr_array_index (sealed, i);
      g_autofree char *contact = NULL;

      self->pending++;
      if (!mash_store_follow (self, entry->change, mash_group_get_edit (group, i), group,
                              self->pending, &contact, records, error) ||
          !put_pending (self, entry, contact, error))
        return FALSE;
    }

  return mash_applier_finish (self->applier, error);
}

/* Sending */

static gboolean
give_number (MashStore  *self,
             gint64      position,
             gint64     *next,
             GError    **error)
{
  return mash_database_run (self->database, error,
                            "UPDATE outbox SET number = ?2 WHERE position = ?1", "ii", position,
                            (*next)++);
}

/* Adds whole groups to a batch for as long as there is room; a group that is larger than all of it
 * goes alone. */
static gboolean
fill_batch (MashStore      *self,
            MashStatement  *row,
            GPtrArray      *groups,
            guint           max_groups,
            guint           max_changes,
            guint64        *first,
            gint64         *next,
            GError        **error)
{
  GPtrArray *group = NULL;
  guint n = 0;
  MashStep step;

  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      g_autoptr (MashChange) change = mash_store_read_change (row, self->info->hub);
      gint64 position = mash_statement_get_int (row, MASH_STORE_N_CHANGE_COLUMNS);
      gint64 number = mash_statement_get_int (row, MASH_STORE_N_CHANGE_COLUMNS + 1);

      if (change->index == 0)
        {
          n += change->size;
          if (groups->len == max_groups || (groups->len > 0 && n > max_changes))
            return TRUE;
          group = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);
          g_ptr_array_add (groups, group);
        }
      if (number == 0)
        {
          number = *next;
          if (!give_number (self, position, next, error))
            return FALSE;
        }
      if (*first == 0)
        *first = (guint64) number;
      g_ptr_array_add (group, mash_signed_new (change));
    }

  return step == MASH_STEP_DONE;
}

/**
 * mash_store_list_batch:
 * @self: a seat
 * @max_groups: how many groups at most
 * @max_changes: how many changes at most, unless one group alone has more
 * @first: (out): the number of the first change
 * @error: return location for a #MashStoreError
 *
 * What is to be sent next: what was sent and not answered first, under the numbers that it had.
 * Numbers are durable when this returns.
 *
 * Returns: (transfer full) (element-type GPtrArray) (nullable): each an array of
 *   #MashSigned
 */
GPtrArray *
mash_store_list_batch (MashStore  *self,
                       guint       max_groups,
                       guint       max_changes,
                       guint64    *first,
                       GError    **error)
{
  g_autoptr (MashTransaction) transaction = NULL;
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  gint64 next, before;

  mash_store_assert (self);

  *first = 0;
  transaction = mash_transaction_begin (self->database, error);
  if (transaction == NULL || !read_int (self, "SELECT next_number FROM meta", &before, error))
    return NULL;
  row = mash_database_prepare (self->database, unsent_sql, error);
  if (row == NULL)
    return NULL;

  next = before;
  groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  if (!fill_batch (self, row, groups, max_groups, max_changes, first, &next, error))
    return NULL;
  mash_statement_reset (row);
  if (next == before)
    return g_steal_pointer (&groups);

  return mash_database_run (self->database, error, "UPDATE meta SET next_number = ?1", "i", next) &&
         mash_transaction_commit (transaction, error)
         ? g_steal_pointer (&groups) : NULL;
}

/**
 * mash_store_list_unsent:
 * @self: a seat
 * @after: (inout): the place of the last change that was listed before, 0 at first
 * @max_changes: how many at most
 * @error: return location for a #MashStoreError
 *
 * What has no answer yet, for when it will not be sent as usual: nothing is numbered or marked.
 *
 * Returns: (transfer full) (element-type MashSigned) (nullable): nothing in it at the end
 */
GPtrArray *
mash_store_list_unsent (MashStore  *self,
                        guint64    *after,
                        guint       max_changes,
                        GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) list = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT " MASH_STORE_CHANGE_COLUMNS ", o.position FROM outbox o"
                               " CROSS JOIN change c ON c.position = o.position"
                               " WHERE o.answered = 0 AND o.position > ?1"
                               " ORDER BY o.position LIMIT ?2", error);
  if (row == NULL)
    return NULL;
  mash_statement_bind_int (row, 1, (gint64) *after);
  mash_statement_bind_int (row, 2, max_changes);
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      g_autoptr (MashChange) change = mash_store_read_change (row, self->info->hub);

      *after = (guint64) mash_statement_get_int (row, MASH_STORE_N_CHANGE_COLUMNS);
      g_ptr_array_add (list, mash_signed_new (change));
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* Answers */

static gboolean
keep_refused (MashStore         *self,
              const MashAnswer  *answer,
              gboolean          *found,
              GError           **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (MashChange) change = NULL;
  g_autoptr (GBytes) statement = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *at = mash_time_format (mash_store_get_now (self));
  gint64 position;
  MashStep step;

  row = mash_database_prepare (self->database,
                               "SELECT " MASH_STORE_CHANGE_COLUMNS ", position, contact FROM change"
                               " WHERE id = ?1 AND state = 'pending'", error);
  if (row == NULL)
    return FALSE;
  mash_statement_bind_text (row, 1, answer->id);
  step = mash_statement_step (row, error);
  *found = step == MASH_STEP_ROW;
  if (!*found)
    return step == MASH_STEP_DONE;

  change = mash_store_read_change (row, self->info->hub);
  position = mash_statement_get_int (row, MASH_STORE_N_CHANGE_COLUMNS);
  contact = mash_statement_dup_text (row, MASH_STORE_N_CHANGE_COLUMNS + 1);
  mash_statement_reset (row);
  if (contact != NULL)
    g_hash_table_add (self->news, g_strdup (contact));
  statement = mash_change_to_statement (change);

  return mash_database_run (self->database, error, refuse_sql, "ttttttttbp", change->id,
                            change->group, change->person, contact, change->said_at, answer->code,
                            answer->says, at, statement, change->signature,
                            sizeof change->signature) &&
         mash_database_run (self->database, error, "DELETE FROM outbox WHERE position = ?1", "i",
                            position) &&
         mash_database_run (self->database, error, "DELETE FROM change WHERE position = ?1", "i",
                            position);
}

static gboolean
has_refusals (GPtrArray *answers)
{
  for (guint i = 0; i < answers->len; i++)
    {
      if (strcmp (((MashAnswer *) g_ptr_array_index (answers, i))->outcome, "refused") == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
take_answer (MashStore         *self,
             const MashAnswer  *answer,
             GError           **error)
{
  gboolean found;

  if (strcmp (answer->outcome, "refused") == 0)
    return keep_refused (self, answer, &found, error);

  return mash_database_run (self->database, error,
                            "UPDATE outbox SET answered = 1, seq = ?2 WHERE position ="
                            " (SELECT position FROM change WHERE id = ?1 AND state = 'pending')",
                            "ti", answer->id, (gint64) answer->seq);
}

/* Drops what was said here at a place. Who has its contact open is told, and where it was never
 * here but as what was said here, the contact is closed with it. */
static gboolean
forget_place (MashStore  *self,
              gint64      place,
              GError    **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (
    self->database, "SELECT contact, kind = 'contact' AND base = 0 FROM change WHERE position = ?1",
    error);
  const char *contact;
  MashStep step;

  if (row == NULL)
    return FALSE;
  mash_statement_bind_int (row, 1, place);
  step = mash_statement_step (row, error);
  if (step != MASH_STEP_ROW)
    return step == MASH_STEP_DONE;
  contact = mash_statement_get_text (row, 0);
  if (contact != NULL)
    g_hash_table_add (self->news, g_strdup (contact));
  if (contact != NULL && mash_statement_get_int (row, 1) != 0)
    g_hash_table_add (self->shut, g_strdup (contact));
  mash_statement_reset (row);

  return mash_database_run (self->database, error, "DELETE FROM outbox WHERE position = ?1", "i",
                            place) &&
         mash_database_run (self->database, error, "DELETE FROM change WHERE position = ?1", "i",
                            place);
}

/* Drops what waits and the hub keeps closed from now on, after it was taken out of the tables;
 * @which is a question with one parameter for the places that it has here. */
gboolean
mash_store_forget_pending (MashStore   *self,
                           const char  *which,
                           gint64       position,
                           GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, which, error);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint64));
  MashStep step;

  if (row == NULL)
    return FALSE;
  mash_statement_bind_int (row, 1, position);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      gint64 place = mash_statement_get_int (row, 0);

      g_array_append_val (places, place);
    }
  mash_statement_reset (row);

  for (guint i = 0; step == MASH_STEP_DONE && i < places->len; i++)
    {
      if (!forget_place (self, g_array_index (places, gint64, i), error))
        return FALSE;
    }

  return step == MASH_STEP_DONE &&
         (places->len == 0 ||
          mash_database_run (self->database, error, "UPDATE meta SET unswept = 1", NULL));
}

static gboolean
take_answers (MashStore  *self,
              GPtrArray  *answers,
              GError    **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (self->database, error);
  gboolean refusals = has_refusals (answers);

  if (transaction == NULL || (refusals && !mash_store_take_back (self, error)))
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    {
      if (!take_answer (self, g_ptr_array_index (answers, i), error))
        return FALSE;
    }

  return (!refusals || mash_store_put_again (self, error)) &&
         mash_transaction_commit (transaction, error);
}

/**
 * mash_store_take_answers:
 * @self: a seat
 * @answers: (element-type MashAnswer): what the hub said of changes
 * @error: return location for a #MashStoreError
 *
 * What was accepted waits for the feed to bring it; what was refused goes out of the tables, is
 * kept as it was said, and is shown to its author until they have seen to it. Answers that were
 * taken before do nothing.
 *
 * Returns: whether they are kept
 */
gboolean
mash_store_take_answers (MashStore  *self,
                         GPtrArray  *answers,
                         GError    **error)
{
  MashHead before;

  mash_store_assert (self);

  before = self->head;
  if (take_answers (self, answers, error))
    return TRUE;
  mash_store_undo (self, &before);

  return FALSE;
}

/**
 * mash_store_count_waiting:
 * @self: a store
 *
 * Returns: how many changes lie on top of what the feed has brought, answered or not; 0 where they
 *   cannot be counted
 */
guint
mash_store_count_waiting (MashStore *self)
{
  gint64 n = 0;

  mash_store_assert (self);

  return read_int (self, "SELECT count (*) FROM outbox", &n, NULL) ? (guint) n : 0;
}

/**
 * mash_store_count_unsent:
 * @self: a store
 * @unsent: (out caller-allocates): what waits, for the hub or for somebody
 * @error: return location for a #MashStoreError
 *
 * Returns: whether it could be counted
 */
gboolean
mash_store_count_unsent (MashStore   *self,
                         MashUnsent  *unsent,
                         GError     **error)
{
  g_autoptr (MashStatement) row = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (unsent != NULL, FALSE);

  *unsent = (MashUnsent) { 0 };
  row = mash_database_prepare (self->database,
                               "SELECT count (*), min (c.said_at),"
                               " (SELECT count (DISTINCT group_id) FROM refusal"
                               "   WHERE settled_at IS NULL),"
                               " (SELECT count (*) FROM conflict WHERE settled_at IS NULL"
                               "   AND ?1 IN (other_by, held_by)),"
                               " (SELECT count (*) FROM aside),"
                               " (SELECT count (*) FROM document WHERE at_hub = 0)"
                               " FROM outbox o JOIN change c ON c.position = o.position"
                               " WHERE o.answered = 0", error);
  if (row == NULL)
    return FALSE;
  mash_statement_bind_text (row, 1, self->own);
  if (mash_statement_step (row, error) != MASH_STEP_ROW)
    return FALSE;

  unsent->n_changes = (guint) mash_statement_get_int (row, 0);
  if (!mash_statement_is_null (row, 1) &&
      !mash_time_parse (mash_statement_get_text (row, 1), &unsent->since))
    unsent->since = 0;
  unsent->n_refused = (guint) mash_statement_get_int (row, 2);
  unsent->n_conflicts = (guint) mash_statement_get_int (row, 3);
  unsent->n_aside = (guint) mash_statement_get_int (row, 4);
  unsent->n_originals = (guint) mash_statement_get_int (row, 5);

  return TRUE;
}
