/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-merge.h"
#include "mash-store-private.h"

/* The columns of mash_store_read_change(), and then its place and its contact. */
static const char changes_sql[] =
  "SELECT id, group_id, idx, size, desk, person, post, kind, record, base, compartment, format,"
  " said_at, salt, body, signature, position, contact FROM change ORDER BY position";

enum
{
  COLUMN_POSITION = 16,
  COLUMN_CONTACT,
};

/* The greatest is found at the end of an index, without going through the table. */
static gboolean
has_greatest (MashStore  *self,
              const char *sql)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, sql, NULL);

  return row != NULL && mash_statement_step (row, NULL) == MASH_STEP_ROW &&
         !mash_statement_is_null (row, 0);
}

/* The record as it stood after the change: what a line says follows from that, and not from how it
 * stands today. */
static MashRecord *
follow (GHashTable       *records,
        const MashChange *change,
        MashEdit         *edit)
{
  MashRecord *before = g_hash_table_lookup (records, change->record);
  MashRecord *after = mash_merge_apply (edit, before, change->said_at, change->person,
                                        change->post);

  g_hash_table_replace (records, g_strdup (change->record), after);

  return after;
}

static gboolean
hear_all (MashStore  *self,
          GError    **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, changes_sql, error);
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) mash_record_unref);
  MashStep step;

  if (row == NULL)
    return FALSE;

  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      g_autoptr (MashChange) change = mash_store_read_change (row, self->info->hub);
      g_autofree char *deed = NULL;
      g_autofree char *reason = NULL;
      g_autoptr (MashEdit) edit = mash_change_dup_edit (change, &deed, NULL, &reason, NULL);
      MashHeard heard = { change, edit, NULL, deed, reason,
                          mash_statement_get_text (row, COLUMN_CONTACT),
                          mash_statement_get_int (row, COLUMN_POSITION) };

      if (edit == NULL)
        continue;
      heard.record = follow (records, change, edit);
      if (!mash_applier_hear (self->applier, &heard, error))
        return FALSE;
    }

  return step == MASH_STEP_DONE;
}

/* Makes the timeline of a hub that has changes and no timeline yet, because it is older. */
gboolean
mash_store_fill_timeline (MashStore  *self,
                          GError    **error)
{
  g_autoptr (MashTransaction) transaction = NULL;

  if (has_greatest (self, "SELECT max (n) FROM timeline") ||
      !has_greatest (self, "SELECT max (contact) FROM change WHERE contact IS NOT NULL"))
    return TRUE;

  transaction = mash_transaction_begin (self->database, error);
  if (transaction != NULL && hear_all (self, error) && mash_applier_finish (self->applier, error) &&
      mash_transaction_commit (transaction, error))
    return TRUE;
  mash_applier_forget (self->applier);

  return FALSE;
}
