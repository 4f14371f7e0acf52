/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <string.h>

#include "mash-merge.h"

/* What waits for the hub is taken back before what the hub has is applied, and put again on top of
 * it: so the tables are always those of the hub's history with the desk's own work behind it, and
 * nobody who reads them needs to know which is which. */

/* From the few that wait to what they say; the other way round all of the history would be read. */
static const char shown_sql[] =
  "SELECT " MASH_STORE_CHANGE_COLUMNS " FROM outbox o CROSS JOIN change c"
  " ON c.position = o.position WHERE o.shown = 1 ORDER BY o.position DESC";

static const char waiting_sql[] =
  "SELECT " MASH_STORE_CHANGE_COLUMNS " FROM outbox o CROSS JOIN change c"
  " ON c.position = o.position ORDER BY o.position";

static const char history_sql[] =
  "SELECT " MASH_STORE_CHANGE_COLUMNS ", lost FROM change WHERE record = ?1 AND state = 'accepted'"
  " AND position NOT IN (SELECT position FROM aside) ORDER BY position";

static GPtrArray *
list_changes (MashStore   *self,
              const char  *sql,
              GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, sql, error);
  g_autoptr (GPtrArray) changes = NULL;
  MashStep step;

  if (row == NULL)
    return NULL;

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_sealed_unref);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (changes, mash_sealed_new (mash_store_read_change (row, self->info->hub)));

  return step == MASH_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}

/* Applies one change of a group and lets the timeline hear it. */
gboolean
mash_store_follow (MashStore         *self,
                   const MashChange  *change,
                   MashEdit          *edit,
                   MashGroup         *group,
                   gint64             position,
                   char             **contact,
                   GPtrArray         *records,
                   GError           **error)
{
  g_autoptr (MashRecord) record = NULL;
  MashHeard heard;

  record = mash_applier_apply (self->applier, edit, change->said_at, change->person, change->post,
                               error);
  if (record == NULL)
    return FALSE;

  *contact = mash_store_dup_contact (edit, record);
  if (*contact == NULL)
    *contact = g_strdup (mash_group_get_contact (group));
  heard = (MashHeard) {
    change, edit, record, mash_group_get_deed (group), mash_group_get_reason (group), *contact,
    position,
  };
  if (records != NULL)
    g_ptr_array_add (records, mash_record_ref (record));

  return mash_applier_hear (self->applier, &heard, error);
}

/* How a record stands by what the hub has taken; nothing where the hub knows none. */
static gboolean
fold_record (MashStore         *self,
             const MashChange  *about,
             MashRecord       **record,
             GError           **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, history_sql, error);
  g_autoptr (MashRecord) held = NULL;
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, about->record);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      g_autoptr (MashChange) change = mash_store_read_change (row, self->info->hub);
      g_auto (GStrv) lost = g_strsplit (mash_statement_get_text (row, MASH_STORE_N_CHANGE_COLUMNS),
                                        " ", -1);
      g_autoptr (MashEdit) edit = mash_change_dup_edit (change, NULL, NULL, NULL, NULL);
      g_autoptr (MashEdit) left = NULL;
      MashRecord *after;

      if (edit != NULL)
        left = mash_merge_taken (edit, held, (const char *const *) lost);
      if (left == NULL)
        continue;
      after = mash_merge_apply (left, held, change->said_at, change->person, change->post);
      g_clear_pointer (&held, mash_record_unref);
      held = after;
    }
  *record = g_steal_pointer (&held);

  return step == MASH_STEP_DONE;
}

/* Sets a record to what the log says of it, inside the caller's transaction. */
gboolean
mash_store_take_back_record (MashStore         *self,
                             const MashChange  *change,
                             GError           **error)
{
  const MashKind *kind = mash_kind_lookup (change->kind);
  g_autoptr (MashRecord) record = NULL;

  return fold_record (self, change, &record, error) &&
         mash_applier_put_back (self->applier, kind, change->record, record, change, error);
}

/* Takes what waits for the hub out of the tables, newest first, inside the caller's transaction. */
gboolean
mash_store_take_back (MashStore  *self,
                      GError    **error)
{
  g_autoptr (GPtrArray) changes = list_changes (self, shown_sql, error);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  if (changes == NULL)
    return FALSE;
  if (changes->len == 0)
    return TRUE;
  if (!mash_applier_drop_lines (self->applier, MASH_STORE_PENDING, error))
    return FALSE;

  for (guint i = 0; i < changes->len; i++)
    {
      const MashChange *change = ((MashSealed *) g_ptr_array_index (changes, i))->change;

      if (g_hash_table_add (done, change->record) &&
          !mash_store_take_back_record (self, change, error))
        return FALSE;
    }

  return mash_applier_finish (self->applier, error) &&
         mash_database_run (self->database, error, "UPDATE outbox SET shown = 0 WHERE shown = 1",
                            NULL);
}

static gboolean
set_shown (MashStore         *self,
           const MashChange  *change,
           GError           **error)
{
  return mash_database_run (self->database, error,
                            "UPDATE outbox SET shown = 1 WHERE position ="
                            " (SELECT position FROM change WHERE id = ?1)", "t", change->id);
}

static gint64
find_position (MashStore        *self,
               const MashChange *change)
{
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database, "SELECT position FROM change WHERE id = ?1", NULL);
  if (row == NULL)
    return 0;
  mash_statement_bind_text (row, 1, change->id);

  return mash_statement_step (row, NULL) == MASH_STEP_ROW ? mash_statement_get_int (row, 0) : 0;
}

/* Sets a group upon what is there. Says whether it still can be done. */
static gboolean
put_group (MashStore  *self,
           GPtrArray  *sealed,
           gboolean   *done,
           GError    **error)
{
  g_autoptr (MashTransaction) transaction = NULL;
  g_autoptr (MashGroup) group = mash_store_rebuild_group (sealed, error);
  const MashDeed *deed;

  *done = FALSE;
  transaction = group != NULL ? mash_transaction_begin (self->database, error) : NULL;
  if (transaction == NULL || !mash_applier_end_group (self->applier, error))
    return FALSE;

  deed = mash_policy_find_deed (self->policy, mash_group_get_deed (group));
  for (guint i = 0; i < sealed->len; i++)
    {
      const MashChange *change = ((MashSealed *) g_ptr_array_index (sealed, i))->change;
      MashEdit *edit = mash_group_get_edit (group, i);
      g_autoptr (MashRecord) held = NULL;
      g_autoptr (MashEdit) left = NULL;
      g_autofree char *contact = NULL;

      held = mash_tables_lookup (self->tables, mash_edit_get_kind (edit), change->record, NULL);
      left = mash_merge_foretell (edit, held, deed);
      if (left == NULL)
        {
          mash_applier_forget_group (self->applier);
          return TRUE;
        }
      if (!mash_store_follow (self, change, left, group, find_position (self, change), &contact,
                              NULL, error) ||
          !set_shown (self, change, error))
        return FALSE;
    }
  *done = TRUE;

  return mash_transaction_commit (transaction, error);
}

/* Sets what waits for the hub upon what the hub has, in the order in which it was said, inside the
 * caller's transaction. What cannot be done any more is left out until the hub has said so. */
gboolean
mash_store_put_again (MashStore  *self,
                      GError    **error)
{
  g_autoptr (GPtrArray) changes = list_changes (self, waiting_sql, error);
  g_autoptr (GPtrArray) group = NULL;

  if (changes == NULL)
    return FALSE;

  group = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_sealed_unref);
  for (guint i = 0; i < changes->len; i++)
    {
      MashSealed *sealed = g_ptr_array_index (changes, i);
      gboolean done;

      g_ptr_array_add (group, mash_sealed_ref (sealed));
      if (group->len < sealed->change->size)
        continue;
      if (!put_group (self, group, &done, error))
        return FALSE;
      g_ptr_array_set_size (group, 0);
    }

  return changes->len == 0 || mash_applier_finish (self->applier, error);
}
