/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-rekey.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "mash-database-private.h"
#include "mash-page-copy.h"
#include "mash-store-keys.h"
#include "mash-store-private.h"
#include "mash-vault.h"

struct _MashRekey
{
  MashStore      *store;    /* borrowed, until the store is closed */
  sqlite3        *copy;
  MashPageCopy    pages;
  MashSecret     *old;
  MashSecret     *key;
  char           *path;
};

/* What a file beside the database could not do is said of the key, not of a backup. */
static gboolean
fail (int      rc,
      GError **error)
{
  return mash_vault_set_copy_error (rc, _("There is no room on the disk to encrypt the database "
                                          "anew. The key is as it was."), error);
}

static gboolean
begin_copy (MashRekey  *self,
            GError    **error)
{
  GError *fault = NULL;
  int rc;

  g_unlink (self->path);
  self->copy = mash_vault_open (self->path, self->key, MASH_VAULT_CREATE, &fault);
  if (self->copy == NULL)
    return mash_vault_pass_on (fault, error);
  rc = mash_page_copy_begin (&self->pages, self->store, self->copy);

  return rc == SQLITE_OK || fail (rc, error);
}

static gboolean
check_may (MashStore  *store,
           MashSecret *passphrase,
           GError    **error)
{
  g_autoptr (MashSlotKey) opened = NULL;

  if (!mash_store_check_keeper (store, error))
    return FALSE;
  if (store->backup != NULL || store->rekey != NULL)
    return mash_store_error_set (error, MASH_STORE_ERROR_REFUSED,
                                 _("A backup is under way; change the key when it is done."));
  if (store->proof != NULL)
    return mash_store_error_set (error, MASH_STORE_ERROR_REFUSED,
                                 _("The records are being copied to be checked; change the key in "
                                   "a few minutes."));
  opened = mash_slots_open (store->slots, store->sign_in, passphrase, g_get_real_time (), error);

  return opened != NULL;
}

/**
 * mash_rekey_begin:
 * @store: a store; it is told before it closes
 * @passphrase: the passphrase of the person who is signed in, a manager or the administrator
 * @error: %MASH_STORE_ERROR_REFUSED, %MASH_STORE_ERROR_SLOT_OLD, %MASH_STORE_ERROR_WRONG_KEY
 *
 * Begins a copy of the database under a new key. Work goes on between the steps; what is saved
 * meanwhile is in the copy too. The new key is in no file until mash_rekey_end().
 *
 * Returns: (transfer full): the change of key under way, or %NULL
 */
MashRekey *
mash_rekey_begin (MashStore   *store,
                  MashSecret  *passphrase,
                  GError     **error)
{
  g_autoptr (MashRekey) self = NULL;
  g_autoptr (MashSecret) key = NULL;

  mash_store_assert (store);
  g_return_val_if_fail (passphrase != NULL, NULL);

  if (!check_may (store, passphrase, error))
    return NULL;
  key = mash_slots_make_key (store->slots, error);
  if (key == NULL || !mash_store_log_key (store, "change-key", store->own, error))
    return NULL;

  self = g_new0 (MashRekey, 1);
  self->store = store;
  store->rekey = self;
  self->old = mash_secret_ref (store->database->key);
  self->key = g_steal_pointer (&key);
  self->path = g_build_filename (store->folder, MASH_DATABASE_COPY_NAME, NULL);

  return begin_copy (self, error) ? g_steal_pointer (&self) : NULL;
}

/* Ends the copying; the store goes its own way from here. */
void
mash_rekey_stop (gpointer rekey)
{
  MashRekey *self = rekey;

  if (self == NULL || self->store == NULL)
    return;

  mash_page_copy_end (&self->pages);
  g_clear_pointer (&self->copy, sqlite3_close);
  self->store->rekey = NULL;
  self->store = NULL;
}

/**
 * mash_rekey_step:
 * @self: a change of key
 * @pages: how many pages to copy; 0 for as many as nobody notices
 * @fraction: (out) (optional): how far it has come, from 0 to 1
 * @done: (out): whether so little is left that mash_rekey_end() is next
 * @error: %MASH_STORE_ERROR_REFUSED when the disk is full, %MASH_STORE_ERROR_DAMAGED when a page
 *   cannot be read, %G_IO_ERROR_CLOSED when the store was closed meanwhile
 *
 * Returns: %FALSE when it cannot go on; the key is as it was
 */
gboolean
mash_rekey_step (MashRekey  *self,
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

  rc = mash_page_copy_come_near (&self->pages, pages, fraction);
  *done = rc == SQLITE_DONE;

  return rc == SQLITE_OK || *done || fail (rc, error);
}

/* Copies what is left, and looks at the copy as it lies on the disk. */
static gboolean
end_copy (MashRekey             *self,
          const MashStoreWatch  *watch,
          GError               **error)
{
  gint64 pages = mash_database_read_number (self->store->database, "PRAGMA page_count");
  int rc = mash_page_copy_take_rest (&self->pages);
  GError *fault = NULL;
  sqlite3 *copy;
  gboolean whole;

  if (rc != SQLITE_DONE)
    return fail (rc, error);
  g_clear_pointer (&self->copy, sqlite3_close);

  if (!mash_vault_sync (self->path, &fault))
    return mash_vault_pass_on (fault, error);
  copy = mash_vault_open (self->path, self->key, MASH_VAULT_READ, &fault);
  if (copy == NULL)
    return mash_vault_pass_on (fault, error);
  whole = mash_vault_check (copy, watch, &fault);
  if (whole && mash_vault_read_number (copy, "PRAGMA page_count") != pages)
    {
      whole = FALSE;
      g_set_error_literal (&fault, MASH_STORE_ERROR, MASH_STORE_ERROR_IO, "The copy is cut short");
    }
  sqlite3_close (copy);

  if (!whole)
    return mash_vault_pass_on (fault, error);

  return TRUE;
}

/**
 * mash_rekey_end:
 * @self: a change of key that is nearly copied
 * @watch: (nullable): told how far the check has come, and asked whether to go on, until the copy
 *   takes the place of the database
 * @error: as for mash_rekey_step(), and %G_IO_ERROR_CANCELLED
 *
 * Copies the rest, checks every page of the copy, and puts it in the place of the database. Both
 * keys are in the slots from before that until the database has opened with one of them, and then
 * that one stays. Whoever wants the store meanwhile waits. Backups that were made before keep
 * their own slots.
 *
 * Returns: %TRUE when the database has the new key
 */
gboolean
mash_rekey_end (MashRekey             *self,
                const MashStoreWatch  *watch,
                GError               **error)
{
  MashStore *store = self->store;
  g_autoptr (GError) local_error = NULL;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!mash_page_copy_check_open (self->store, error) ||
      !mash_slots_begin_rekey (store->slots, self->key, error))
    return FALSE;
  /* The copy has to know of the slots that open it; nothing may be saved after it ends. */
  done = mash_store_confirm_slots (store, &local_error) &&
         end_copy (self, watch, &local_error);
  mash_rekey_stop (self);
  if (done)
    done = mash_database_swap (store->database, MASH_DATABASE_COPY_NAME, self->key, &local_error);

  /* Where it did not open at all, both keys stay in the file for the next start. */
  if (mash_database_is_open (store->database) &&
      mash_slots_end_rekey (store->slots, done ? self->key : self->old,
                            local_error == NULL ? &local_error : NULL))
    mash_store_confirm_slots (store, local_error == NULL ? &local_error : NULL);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return done;
}

/**
 * mash_rekey_free:
 * @self: (transfer full) (nullable): a change of key
 *
 * Throws away what was copied, unless it took its place.
 */
void
mash_rekey_free (MashRekey *self)
{
  if (self == NULL)
    return;

  mash_rekey_stop (self);
  if (self->path != NULL)
    g_unlink (self->path);
  g_clear_pointer (&self->old, mash_secret_unref);
  g_clear_pointer (&self->key, mash_secret_unref);
  g_free (self->path);
  g_free (self);
}

/**
 * mash_store_rekey:
 * @self: a store
 * @passphrase: the passphrase of the person who is signed in, a manager or the administrator
 * @error: as for mash_rekey_begin() and mash_rekey_end()
 *
 * Gives the database a new key at once.
 *
 * Returns: %TRUE when the database has the new key
 */
gboolean
mash_store_rekey (MashStore   *self,
                  MashSecret  *passphrase,
                  GError     **error)
{
  g_autoptr (MashRekey) rekey = mash_rekey_begin (self, passphrase, error);
  gboolean done = FALSE;

  while (rekey != NULL && !done)
    if (!mash_rekey_step (rekey, 0, NULL, &done, error))
      return FALSE;

  return rekey != NULL && mash_rekey_end (rekey, NULL, error);
}
