/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-proof.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "mash-database-private.h"
#include "mash-page-copy.h"
#include "mash-store-private.h"
#include "mash-vault.h"

struct _MashProof
{
  MashStore      *store;    /* borrowed, until all pages are copied or the store is closed */
  MashStore      *still;    /* the hub as it is in the copy; it gets its database when it runs */
  sqlite3        *copy;
  MashPageCopy    pages;
  char           *path;
};

static gboolean
fail (int      rc,
      GError **error)
{
  return mash_vault_set_copy_error (rc, _("There is no room on the disk for a copy of the "
                                          "database, in which the records are checked while work "
                                          "goes on. Make space and try again."), error);
}

/* The copy needs no name once it is open, and nothing of it is left then, whatever happens. */
static void
drop_name (MashProof *self)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);

  g_unlink (self->path);
  g_unlink (log);
}

/**
 * mash_proof_begin:
 * @store: a store; it is told before it closes
 * @error: %MASH_STORE_ERROR_REFUSED while the key is changed or another proof copies, and as for
 *   mash_proof_step()
 *
 * Begins a copy of the database. Work goes on between the steps; what is saved until the last of
 * them is in the copy too. Store's thread.
 *
 * Returns: (transfer full): the proof under way, or %NULL
 */
MashProof *
mash_proof_begin (MashStore  *store,
                  GError    **error)
{
  g_autoptr (MashProof) self = NULL;
  g_autoptr (MashSecret) key = mash_secret_new_random (MASH_DATABASE_KEY_LENGTH);
  GError *fault = NULL;
  int rc;

  mash_store_assert (store);

  if (store->rekey != NULL || store->proof != NULL)
    {
      mash_store_refuse (error, _("The database is being copied already; check the records when "
                                  "that is done."));
      return NULL;
    }

  self = g_new0 (MashProof, 1);
  self->store = store;
  store->proof = self;
  self->path = g_build_filename (store->folder, MASH_DATABASE_PROOF_NAME, NULL);
  drop_name (self);
  self->copy = mash_vault_open (self->path, key, MASH_VAULT_CREATE, &fault);
  if (self->copy == NULL)
    {
      mash_vault_pass_on (fault, error);
      return NULL;
    }
  rc = mash_page_copy_begin (&self->pages, store, self->copy);
  if (rc != SQLITE_OK)
    {
      fail (rc, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* Ends the copying; the store goes its own way from here. */
void
mash_proof_stop (gpointer proof)
{
  MashProof *self = proof;

  if (self == NULL || self->store == NULL)
    return;

  mash_page_copy_end (&self->pages);
  self->store->proof = NULL;
  self->store = NULL;
}

/* What a proof needs to know of the hub, as it is in the copy. */
static void
keep_still (MashProof *self)
{
  MashStore *store = self->store;
  MashStore *still = g_object_new (MASH_TYPE_STORE, NULL);

  still->folder = g_strdup (store->folder);
  still->info = mash_hub_info_copy (store->info);
  still->policy = mash_policy_ref (store->policy);
  still->root_person = g_strdup (store->root_person);
  still->root_key = g_strdup (store->root_key);
  still->head = store->head;
  still->view_head = store->view_head;
  still->central = store->central;
  self->still = still;
}

/* The copy says of itself that it has a log, which the first reading therefore makes; from then on
 * neither is looked for by its name. */
static gboolean
end_copy (MashProof  *self,
          GError    **error)
{
  int rc;

  keep_still (self);
  mash_proof_stop (self);
  rc = sqlite3_exec (self->copy, "SELECT count (*) FROM sqlite_master; " MASH_DATABASE_CACHE_SQL,
                     NULL, NULL, NULL);
  drop_name (self);
  g_clear_pointer (&self->path, g_free);

  return rc == SQLITE_OK || fail (rc, error);
}

/**
 * mash_proof_step:
 * @self: a proof
 * @pages: how many pages to copy; 0 for as many as nobody notices
 * @fraction: (out) (optional): how far the copy has come, from 0 to 1
 * @done: (out): whether all is copied; mash_proof_run() is next, without the store
 * @error: %MASH_STORE_ERROR_REFUSED when the disk is full, %MASH_STORE_ERROR_DAMAGED when a page of
 *   the database cannot be read, %MASH_STORE_ERROR_IO, %G_IO_ERROR_CLOSED when the store was closed
 *   meanwhile
 *
 * Store's thread.
 *
 * Returns: %FALSE when it cannot go on
 */
gboolean
mash_proof_step (MashProof  *self,
                 guint       pages,
                 double     *fraction,
                 gboolean   *done,
                 GError    **error)
{
  int rc;

  g_return_val_if_fail (self != NULL && done != NULL, FALSE);

  *done = FALSE;
  if (!mash_page_copy_check_open (self->store, error))
    return FALSE;

  rc = mash_page_copy_step (&self->pages, pages, fraction);
  if (rc == SQLITE_OK)
    return TRUE;
  if (rc != SQLITE_DONE)
    return fail (rc, error);

  *done = TRUE;

  return end_copy (self, error);
}

/**
 * mash_proof_run:
 * @self: a proof whose copy is done
 * @progress: (nullable): told now and then how far it is, on the calling thread
 * @data: for @progress
 * @cancellable: (nullable): to stop it
 * @report: (out) (transfer full): as mash_store_verify() gives it
 * @error: as for mash_store_verify()
 *
 * Any thread, once.
 *
 * Returns: %TRUE when it came to an answer
 */
gboolean
mash_proof_run (MashProof          *self,
                MashStoreProgress   progress,
                gpointer            data,
                GCancellable       *cancellable,
                MashVerifyReport  **report,
                GError            **error)
{
  g_autoptr (MashStore) still = NULL;

  g_return_val_if_fail (self != NULL && self->still != NULL && self->copy != NULL, FALSE);

  still = g_steal_pointer (&self->still);
  still->thread = g_thread_self ();
  still->database = mash_database_new_on (g_steal_pointer (&self->copy));
  still->tables = mash_tables_new (still->database);
  still->applier = mash_applier_new (still->tables, still->policy);

  return mash_store_verify (still, progress, data, cancellable, report, error);
}

/**
 * mash_proof_free:
 * @self: (transfer full) (nullable): a proof
 *
 * Throws the copy away. While it copies, store's thread.
 */
void
mash_proof_free (MashProof *self)
{
  if (self == NULL)
    return;

  mash_proof_stop (self);
  g_clear_object (&self->still);
  g_clear_pointer (&self->copy, sqlite3_close);
  if (self->path != NULL)
    drop_name (self);
  g_free (self->path);
  g_free (self);
}
