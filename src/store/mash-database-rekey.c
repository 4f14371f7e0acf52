/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SQLITE_HAS_CODEC
#define SQLITE_HAS_CODEC 1
#endif

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database.h"

#include <sodium.h>

#include "mash-database-private.h"
#include "mash-store-error.h"

/* Every page goes through the log under the new key, and the log is one transaction: it is there
 * as a whole or not at all. */
static gboolean
encrypt_anew (MashDatabase *self,
              MashSecret   *key,
              GError      **error)
{
  int length;
  char *raw;
  int rc;

  rc = sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  if (rc != SQLITE_OK)
    return mash_database_set_error (self, rc, error);

  raw = mash_database_spell_key (key, &length, error);
  if (!raw)
    return FALSE;
  /* From here on the connection must not close into the file unless all went well. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  rc = sqlite3_rekey (self->handle, raw, length);
  sodium_free (raw);

  return rc == SQLITE_OK || mash_database_set_error (self, rc, error);
}

/* The key that the file turns out to have; whoever is told wrongly would lose it. */
static gboolean
open_with_either (MashDatabase *self,
                  MashSecret   *old,
                  MashSecret   *new,
                  GError      **error)
{
  MashSecret *keys[] = { new, old };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) local_error = NULL;

      g_clear_pointer (&self->key, mash_secret_unref);
      self->key = mash_secret_ref (keys[i]);
      if (mash_database_open_file (self, &local_error))
        return TRUE;
      mash_database_close_handle (self);
      if (i + 1 < G_N_ELEMENTS (keys) &&
          g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY))
        continue;
      g_propagate_error (error, g_steal_pointer (&local_error));
      break;
    }

  return FALSE;
}

/**
 * mash_database_rekey:
 * @self: a database; every statement and transaction of it was freed
 * @key: a new key with the same salt
 * @error: why the file has not the new key
 *
 * Encrypts every page of the file anew, closes it, and opens it again by the list with the new
 * key. Whenever the power goes, the file opens with the old key or with the new one; whoever calls
 * it therefore has both kept before, and drops the old one after. Where it fails the database is
 * open again with the key that it has, if it can be opened at all.
 *
 * Returns: whether the file has opened with @key
 */
gboolean
mash_database_rekey (MashDatabase *self,
                     MashSecret   *key,
                     GError      **error)
{
  g_autoptr (MashSecret) old = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean recovered;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);
  g_return_val_if_fail (mash_secret_get_length (key) == MASH_DATABASE_KEY_LENGTH, FALSE);
  g_assert (self->thread == g_thread_self ());

  old = mash_secret_ref (self->key);
  recovered = self->recovered;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  encrypt_anew (self, key, &local_error);
  mash_database_close_handle (self);
  self->noted = FALSE;

  /* SQLCipher answers with success where it could not read a page, and an error may come after all
   * was in the log: neither is believed. What the file opens with counts, log and all. */
  if (!open_with_either (self, old, key, local_error == NULL ? error : NULL))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->recovered = recovered;
  if (mash_secret_equal (self->key, key))
    return TRUE;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO,
                         "The database could not be encrypted anew");

  return FALSE;
}
