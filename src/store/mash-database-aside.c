/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SQLITE_HAS_CODEC
#define SQLITE_HAS_CODEC 1
#endif

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "mash-database-private.h"
#include "mash-store-error.h"
#include "mash-search-terms.h"
#include "mash-vault.h"

/* How much of a fleeting database stays in memory, in KiB; what a hub of ten thousand contacts
 * needs. The rest of a larger one goes to its file. */
#define FLEETING_CACHE_SQL "PRAGMA cache_size = -262144"

/* Takes away what a session that was cut off left beside the database: copies, which nobody needs
 * and nobody has the key of, or of which the key was dropped. */
void
mash_database_sweep (int folder_fd)
{
  static const char *const names[] = {
    MASH_DATABASE_COPY_NAME, MASH_DATABASE_PROOF_NAME, MASH_DATABASE_PROOF_NAME "-wal",
    MASH_DATABASE_MADE_NAME,
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    unlinkat (folder_fd, names[i], 0);
}

/* A database on a connection that somebody else has opened; it is taken over. It is of this thread
 * from now on. */
MashDatabase *
mash_database_new_on (sqlite3 *handle)
{
  MashDatabase *self = g_new0 (MashDatabase, 1);

  self->handle = handle;
  self->thread = g_thread_self ();
  self->folder_fd = -1;
  self->in_memory = TRUE;
  /* Where there is no memory for it, the first statement that needs it says so. */
  mash_search_terms_install (handle);
  mash_database_watch (self);

  return self;
}

/**
 * mash_database_new_fleeting:
 * @folder: the folder of a desk, whose disk takes what does not fit into memory
 * @error: %MASH_STORE_ERROR_IO and what the schema's steps say
 *
 * Makes an empty database with the program's schema that ends with this object, to rebuild tables
 * in and compare. It is encrypted under a key that nobody else has, and its file has no name, so
 * that nothing of it is left whatever happens. A transaction of it cannot be undone.
 *
 * Returns: (transfer full): the database, or %NULL
 */
MashDatabase *
mash_database_new_fleeting (const char  *folder,
                            GError     **error)
{
  g_autofree char *path = g_build_filename (folder, MASH_DATABASE_MADE_NAME, NULL);
  g_autoptr (MashSecret) key = mash_secret_new_random (MASH_DATABASE_KEY_LENGTH);
  g_autoptr (MashDatabase) self = NULL;
  GError *fault = NULL;
  sqlite3 *handle;

  g_unlink (path);
  handle = mash_vault_open (path, key, MASH_VAULT_CREATE, &fault);
  g_unlink (path);
  if (!handle)
    {
      mash_vault_pass_on (fault, error);
      return NULL;
    }

  self = mash_database_new_on (handle);
  /* One transaction without an end, so that nothing is written that fits into memory. */
  if (!mash_database_set_pragmas (self, error) ||
      !mash_database_execute (self, FLEETING_CACHE_SQL "; BEGIN EXCLUSIVE", error))
    return NULL;
  self->depth = 1;
  if (!mash_schema_make (self, error))
    return NULL;

  return g_steal_pointer (&self);
}
