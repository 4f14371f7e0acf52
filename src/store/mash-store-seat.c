/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <string.h>

static const char history_sql[] =
  "SELECT " MASH_STORE_CHANGE_COLUMNS ", position, took_at, digest, chain, idx + 1 = size"
  " FROM change WHERE position > ?1 AND state = 'accepted' ORDER BY position LIMIT ?2";

/**
 * mash_store_is_seat:
 * @self: a store
 *
 * Returns: whether it is a desk of a central hub, and not a hub by itself
 */
gboolean
mash_store_is_seat (MashStore *self)
{
  mash_store_assert (self);

  return self->central;
}

/**
 * mash_store_set_on_line:
 * @self: a seat
 * @on_line: whether its hub answers
 *
 * What needs the line can be done only while it holds.
 */
void
mash_store_set_on_line (MashStore *self,
                        gboolean   on_line)
{
  mash_store_assert (self);

  self->on_line = on_line;
  self->actor.on_line = !self->central || on_line;
}

/**
 * mash_store_set_hub_policy:
 * @self: a seat
 * @version: the policy by which its hub judges
 * @after: the last position that was judged by another
 *
 * What the hub judges by another policy than the desk's is followed and not judged again.
 */
void
mash_store_set_hub_policy (MashStore  *self,
                           const char *version,
                           gint64      after)
{
  mash_store_assert (self);

  g_free (self->hub_policy);
  self->hub_policy = g_strdup (version);
  self->hub_policy_after = after;
}

/**
 * mash_store_is_policy_other:
 * @self: a seat
 *
 * Returns: whether its hub has said that it judges by another policy than this desk
 */
gboolean
mash_store_is_policy_other (MashStore *self)
{
  mash_store_assert (self);

  return self->hub_policy != NULL &&
         strcmp (self->hub_policy, mash_policy_get_version (self->policy)) != 0;
}

/**
 * mash_store_get_root:
 * @self: a store
 * @person: (out) (transfer none): who signed the hub's first change
 * @key: (out) (transfer none): their public key, in hex
 */
void
mash_store_get_root (MashStore   *self,
                     const char **person,
                     const char **key)
{
  mash_store_assert (self);

  *person = self->root_person;
  *key = self->root_key;
}

/**
 * mash_store_set_watcher:
 * @self: a seat
 * @watcher: (nullable): told whenever something was saved that the hub has to hear
 * @data: for @watcher
 */
void
mash_store_set_watcher (MashStore        *self,
                        MashStoreWatcher  watcher,
                        gpointer          data)
{
  mash_store_assert (self);

  self->watcher = watcher;
  self->watcher_data = data;
}

static MashEntry *
read_entry (MashStore     *self,
            MashStatement *row)
{
  g_autoptr (MashChange) change = mash_store_read_change (row, self->info->hub);
  int at = MASH_STORE_N_CHANGE_COLUMNS;
  MashEntry *entry = g_new0 (MashEntry, 1);

  entry->seq = (guint64) mash_statement_get_int (row, at);
  entry->took_at = mash_statement_dup_text (row, at + 1);
  entry->digest = mash_statement_dup_bytes (row, at + 2);
  entry->chain = mash_statement_dup_bytes (row, at + 3);
  entry->group_end = mash_statement_get_int (row, at + 4) != 0;
  entry->statement = mash_change_to_statement (change);
  entry->signature = g_bytes_new (change->signature, sizeof change->signature);
  entry->lost = g_new0 (char *, 1);

  return entry;
}

/**
 * mash_store_list_history:
 * @self: a store
 * @after: a position
 * @limit: how many at most
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashEntry) (nullable): the history that follows, as it was
 *   said and signed
 */
GPtrArray *
mash_store_list_history (MashStore  *self,
                         gint64      after,
                         guint       limit,
                         GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database, history_sql, error);
  if (row == NULL)
    return NULL;

  mash_statement_bind (row, "iu", after, limit);
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_entry_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (entries, read_entry (self, row));

  return step == MASH_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}
