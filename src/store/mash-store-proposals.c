/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-people-private.h"
#include "mash-store-people.h"

static const char proposal_keys_sql[] =
  "SELECT l.n FROM identity_link l"
  " CROSS JOIN person a ON a.id = l.person_a CROSS JOIN person b ON b.id = l.person_b"
  " WHERE l.state = 'SAME' AND a.voided_at IS NULL AND b.voided_at IS NULL ORDER BY l.n";

static const char proposal_sql[] =
  "SELECT person_a, person_b FROM identity_link WHERE n = ?1 AND state = 'SAME'";

/**
 * mash_store_list_link_proposal_keys:
 * @self: a store
 * @cancellable: (nullable): to stop it
 * @error: as mash_store_list_matches()
 *
 * Shows nobody, so nothing is written to the access chain.
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the keys of the links that somebody
 *   proposed and nobody has decided on, the oldest first
 */
GArray *
mash_store_list_link_proposal_keys (MashStore     *self,
                                    GCancellable  *cancellable,
                                    GError       **error)
{
  g_autoptr (MashStatement) row = NULL;

  mash_store_assert (self);

  if (!mash_store_check_compare (self, error))
    return NULL;
  row = mash_database_prepare (self->database, proposal_keys_sql, error);

  return row != NULL ? mash_statement_list_numbers (row, cancellable, error) : NULL;
}

/* %FALSE with @error; @match is NULL where somebody has decided meanwhile. */
static gboolean
read_proposal (MashStore      *self,
               MashStatement  *row,
               gint64          key,
               MashMatchRow  **match,
               GError        **error)
{
  g_autofree char *one = NULL, *other = NULL;
  g_autoptr (GError) local = NULL;
  MashStep step;

  mash_statement_bind (row, "i", key);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW)
    {
      one = mash_statement_dup_text (row, 0);
      other = mash_statement_dup_text (row, 1);
    }
  mash_statement_reset (row);
  if (step != MASH_STEP_ROW)
    return step == MASH_STEP_DONE;

  *match = mash_store_match_two (self, one, other, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/**
 * mash_store_list_link_proposals:
 * @self: a store
 * @keys: keys of mash_store_list_link_proposal_keys()
 * @n_keys: how many they are
 * @error: as mash_store_list_matches()
 *
 * Whoever is shown is written to the access chain first.
 *
 * Returns: (transfer full) (element-type MashMatchRow) (nullable): the proposals, in the order of
 *   @keys; %NULL in the place of one that waits no more
 */
GPtrArray *
mash_store_list_link_proposals (MashStore     *self,
                                const gint64  *keys,
                                guint          n_keys,
                                GError       **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  mash_store_assert (self);

  if (!mash_store_check_compare (self, error))
    return NULL;
  row = mash_database_prepare (self->database, proposal_sql, error);
  if (row == NULL)
    return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_match_row_free);
  for (guint i = 0; i < n_keys; i++)
    {
      MashMatchRow *match = NULL;

      if (!read_proposal (self, row, keys[i], &match, error))
        return NULL;
      g_ptr_array_add (rows, match);
    }
  if (mash_store_take_fault (self, error) || !mash_store_log_matches (self, rows, error))
    return NULL;

  return g_steal_pointer (&rows);
}
