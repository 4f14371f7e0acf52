/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

/* How many groups of a bulk go into one commit: enough that a page is not enciphered again and
 * again, few enough that the log beside the database stays small. */
#define GROUPS_PER_COMMIT 4000

/* What is read again soon stays in memory meanwhile, in KiB. */
#define CACHE_SQL "PRAGMA cache_size = -262144"

/* How many changes the signer is given at once: to wake it costs about what one signature does. */
#define BATCH 200

/* A change that is in the tables already, and in the log as soon as it has been signed. */
typedef struct
{
  MashSealed *sealed;
  MashSecret *key;
  char       *took_at;
  char       *contact;
} Entry;

struct _MashBulk
{
  MashStore       *store;       /* borrowed */
  MashTransaction *transaction;
  GThreadPool     *signer;      /* one thread: the order of signatures is of no matter */
  GPtrArray       *entries;     /* in the order of the log */
  GPtrArray       *batch;       /* of those, what the signer is given next; NULL: nothing */
  guint            n_accepted;
  guint            n_groups;
};

static void
entry_free (gpointer data)
{
  Entry *self = data;

  mash_sealed_unref (self->sealed);
  g_clear_pointer (&self->key, mash_secret_unref);
  g_free (self->took_at);
  g_free (self->contact);
  g_free (self);
}

static void
sign_cb (gpointer data,
         gpointer user_data)
{
  g_autoptr (GPtrArray) batch = data;

  for (guint i = 0; i < batch->len; i++)
    {
      Entry *entry = g_ptr_array_index (batch, i);

      mash_sealed_sign (entry->sealed, MASH_CHANGE_PURPOSE, entry->key);
    }
}

static void
push_batch (MashBulk *self)
{
  if (self->signer == NULL)
    self->signer = g_thread_pool_new (sign_cb, NULL, 1, FALSE, NULL);

  g_thread_pool_push (self->signer, g_steal_pointer (&self->batch), NULL);
}

/* Waits until everything that was accepted is signed. */
static void
end_signing (MashBulk *self)
{
  if (self->batch != NULL)
    push_batch (self);
  if (self->signer != NULL)
    g_thread_pool_free (g_steal_pointer (&self->signer), FALSE, TRUE);
}

/**
 * mash_bulk_new: (skip)
 * @store: the store of a training hub; borrowed
 * @error: return location for a #MashStoreError
 *
 * Begins to fill a hub. Changes are signed beside the work and written to the log a commit at a
 * time; what is derived from the records is worked out at the end.
 *
 * Returns: (transfer full) (nullable): what belongs to it
 */
MashBulk *
mash_bulk_new (MashStore  *store,
               GError    **error)
{
  g_autofree MashBulk *self = g_new0 (MashBulk, 1);

  if (!mash_database_execute (store->database, CACHE_SQL, error))
    return NULL;
  self->transaction = mash_transaction_begin (store->database, error);
  if (self->transaction == NULL)
    return NULL;

  self->store = store;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  mash_tables_set_remembering (store->tables, TRUE);
  mash_applier_put_off (store->applier);

  return g_steal_pointer (&self);
}

/**
 * mash_bulk_free: (skip)
 * @self: a bulk
 *
 * Ends a bulk; what was not committed is undone.
 */
void
mash_bulk_free (MashBulk *self)
{
  end_signing (self);
  g_clear_pointer (&self->transaction, mash_transaction_free);
  mash_tables_set_remembering (self->store->tables, FALSE);
  mash_database_execute (self->store->database, MASH_DATABASE_CACHE_SQL, NULL);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* Takes a change that is being applied, for the log. */
void
mash_bulk_add (MashBulk   *self,
               MashSealed *sealed,
               const char *took_at,
               const char *contact)
{
  Entry *entry = g_new0 (Entry, 1);
  MashSecret *key = g_hash_table_lookup (self->store->keys, sealed->change->person);

  entry->sealed = mash_sealed_ref (sealed);
  entry->key = key != NULL ? mash_secret_ref (key) : NULL;
  entry->took_at = g_strdup (took_at);
  entry->contact = g_strdup (contact);
  g_ptr_array_add (self->entries, entry);
}

/* The group whose changes were added is done: they are signed from now on. */
void
mash_bulk_accept (MashBulk *self)
{
  for (; self->n_accepted < self->entries->len; self->n_accepted++)
    {
      Entry *entry = g_ptr_array_index (self->entries, self->n_accepted);

      if (entry->sealed->is_signed)
        continue;
      if (self->batch == NULL)
        self->batch = g_ptr_array_sized_new (BATCH);
      g_ptr_array_add (self->batch, entry);
      if (self->batch->len == BATCH)
        push_batch (self);
    }
}

/* The group was undone. */
void
mash_bulk_refuse (MashBulk *self)
{
  g_ptr_array_set_size (self->entries, (int) self->n_accepted);
}

static gboolean
write_entries (MashBulk  *self,
               GError   **error)
{
  MashStore *store = self->store;
  gint64 position = store->head.position - self->entries->len;
  const char *took_at = NULL;

  end_signing (self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      took_at = entry->took_at;
      if (!mash_store_write_change (store, entry->sealed, ++position, took_at, entry->contact,
                                    NULL, error))
        return FALSE;
    }
  if (took_at != NULL && !mash_store_log_head (store, took_at, error))
    return FALSE;
  g_ptr_array_set_size (self->entries, 0);
  self->n_accepted = 0;

  return TRUE;
}

/* Counts a group that was done, and now and then makes durable what was gathered. */
gboolean
mash_bulk_renew (MashBulk  *self,
                 GError   **error)
{
  mash_bulk_accept (self);
  if (++self->n_groups % GROUPS_PER_COMMIT != 0)
    return TRUE;

  if (!write_entries (self, error) || !mash_transaction_commit (self->transaction, error))
    return FALSE;
  g_clear_pointer (&self->transaction, mash_transaction_free);
  self->transaction = mash_transaction_begin (self->store->database, error);

  return self->transaction != NULL;
}

/* Works out what was put off and makes everything durable. An index that was written at once is in
 * as many parts as memory was full, and each is asked for each term. */
gboolean
mash_bulk_commit (MashBulk  *self,
                  GError   **error)
{
  return write_entries (self, error) && mash_applier_catch_up (self->store->applier, error) &&
         mash_database_execute (self->store->database,
                                "INSERT INTO person_term (person_term) VALUES ('optimize')",
                                error) &&
         mash_transaction_commit (self->transaction, error);
}

/* Whoever reads the log of a hub that is being filled writes first what belongs in it. */
gboolean
mash_store_write_log (MashStore  *self,
                      GError    **error)
{
  return self->bulk == NULL || write_entries (self->bulk, error);
}
