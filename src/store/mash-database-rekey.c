/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-database-private.h"
#include "mash-store-error.h"

/* Nothing of the file that goes may be left for the one that comes: a log belongs to the file
 * beside it. It is empty here, and SQLite has most often taken it away. */
static gboolean
remove_log (MashDatabase *self,
            GError      **error)
{
  struct stat st;

  if (fstatat (self->folder_fd, MASH_DATABASE_NAME "-wal", &st, AT_SYMLINK_NOFOLLOW) == 0 &&
      (st.st_size != 0 || unlinkat (self->folder_fd, MASH_DATABASE_NAME "-wal", 0) < 0))
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO,
                           "The log of the database could not be put away");
      return FALSE;
    }
  if (fsync (self->folder_fd) == 0)
    return TRUE;
  mash_store_error_set_errno (error, errno, "make the end of the log durable");

  return FALSE;
}

static gboolean
put_in_place (MashDatabase *self,
              const char   *name,
              GError      **error)
{
  if (renameat (self->folder_fd, name, self->folder_fd, MASH_DATABASE_NAME) == 0 &&
      fsync (self->folder_fd) == 0)
    return TRUE;
  mash_store_error_set_errno (error, errno, "name the new database");

  return FALSE;
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
      /* Closing takes the log away. Where a session had begun the note would go on asking for it,
       * and nobody could open the file again. */
      if (self->noted)
        mash_database_end_session (self, NULL);
      self->noted = FALSE;
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
 * mash_database_swap:
 * @self: a database; every statement and transaction of it was freed
 * @name: a file in its folder: a copy of it as it is now, under @key, durable and checked
 * @key: a new key with the same salt
 * @error: why the file has not the new key
 *
 * Closes the file, puts the copy in its place by one renaming, and opens that by the list. Whenever
 * the power goes, the file opens with the old key or with the new one; whoever calls it therefore
 * has both kept before, and drops the old one after. Where it fails the database is open again with
 * the key that it has, if it can be opened at all.
 *
 * Returns: whether the file has opened with @key
 */
gboolean
mash_database_swap (MashDatabase *self,
                    const char   *name,
                    MashSecret   *key,
                    GError      **error)
{
  g_autoptr (MashSecret) old = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean recovered, checked;
  gboolean opened;

  g_return_val_if_fail (self != NULL && name != NULL && key != NULL, FALSE);
  g_return_val_if_fail (mash_secret_get_length (key) == MASH_DATABASE_KEY_LENGTH, FALSE);
  g_assert (self->thread == g_thread_self ());

  old = mash_secret_ref (self->key);
  recovered = self->recovered;
  checked = self->checked;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  self->vouched = mash_database_end_session (self, &local_error) &&
                  remove_log (self, &local_error) && put_in_place (self, name, &local_error);
  mash_database_close_handle (self);
  self->noted = FALSE;

  /* An error may come after the renaming was done: what the file opens with counts. */
  opened = open_with_either (self, old, key, local_error == NULL ? error : NULL);
  self->vouched = FALSE;
  if (opened)
    {
      self->recovered = recovered;
      self->checked = checked;
    }
  if (opened && mash_secret_equal (self->key, key))
    return TRUE;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (opened)
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO,
                         "The database could not be encrypted anew");

  return FALSE;
}
