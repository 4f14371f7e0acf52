/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SQLITE_HAS_CODEC
#define SQLITE_HAS_CODEC 1
#endif

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-vault.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "mash-database-private.h"
#include "mash-store-error.h"

#define PROGRESS_STEPS 2000

/**
 * mash_vault_set_error: (skip)
 * @rc: what SQLite answered about a file that is not the desk's database
 * @error: %MASH_STORE_ERROR_BACKUP_DAMAGED where it does not hold what it should, and
 *   %MASH_STORE_ERROR_BACKUP_TARGET where it cannot be written
 *
 * Returns: %FALSE, so that callers can return it
 */
gboolean
mash_vault_set_error (int      rc,
                      GError **error)
{
  MashStoreError code = MASH_STORE_ERROR_BACKUP_TARGET;

  switch (rc & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
      code = MASH_STORE_ERROR_BACKUP_DAMAGED;
      break;

    case SQLITE_NOMEM:
      code = MASH_STORE_ERROR_FAILED;
      break;

    default:
      break;
    }
  g_set_error (error, MASH_STORE_ERROR, code, "Backup: %s (%d)", sqlite3_errstr (rc), rc);

  return FALSE;
}

static gboolean
give_key (sqlite3    *vault,
          MashSecret *key,
          GError    **error)
{
  int length;
  char *raw = mash_database_spell_key (key, &length, error);
  int rc;

  if (!raw)
    return FALSE;
  rc = sqlite3_key (vault, raw, length);
  sodium_free (raw);

  return rc == SQLITE_OK || mash_vault_set_error (rc, error);
}

/* A file that lies on something read-only cannot have a log beside it: it is read as it is. */
static char *
spell_path (const char   *path,
            MashVaultMode mode,
            GError      **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);

  if (!uri)
    return NULL;

  return mode == MASH_VAULT_READ ? g_strconcat (uri, "?immutable=1", NULL)
                                 : g_steal_pointer (&uri);
}

/**
 * mash_vault_open: (skip)
 * @path: the file
 * @key: its own key and salt
 * @mode: what it is opened for
 * @error: as for mash_vault_set_error()
 *
 * Returns: (transfer full): the connection, for sqlite3_close(), or %NULL
 */
sqlite3 *
mash_vault_open (const char   *path,
                 MashSecret   *key,
                 MashVaultMode mode,
                 GError      **error)
{
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
              SQLITE_OPEN_EXRESCODE |
              (mode == MASH_VAULT_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
  g_autofree char *uri = spell_path (path, mode, error);
  sqlite3 *vault = NULL;
  int rc;

  if (!uri)
    return NULL;
  if (mode == MASH_VAULT_CREATE)
    {
      int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

      if (fd < 0)
        {
          g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_TARGET,
                               "The file of the backup cannot be made");
          return NULL;
        }
      close (fd);
    }

  rc = sqlite3_open_v2 (uri, &vault, flags, NULL);
  if (rc != SQLITE_OK)
    mash_vault_set_error (rc, error);
  else
    sqlite3_exec (vault, "PRAGMA cipher_log_level = NONE", NULL, NULL, NULL);
  if (rc == SQLITE_OK && give_key (vault, key, error) &&
      mash_vault_run (vault, "PRAGMA locking_mode = EXCLUSIVE;"
                      "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;", error))
    {
      /* Who cuts it off throws the file away, so that it needs no journal. */
      if (mode == MASH_VAULT_CREATE)
        mash_vault_run (vault, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;", NULL);
      return vault;
    }
  sqlite3_close (vault);

  return NULL;
}

gboolean
mash_vault_run (sqlite3    *vault,
                const char *sql,
                GError    **error)
{
  int rc = sqlite3_exec (vault, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || mash_vault_set_error (rc, error);
}

/* The number a statement gives, or -1 when it gives none. */
gint64
mash_vault_read_number (sqlite3    *vault,
                        const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 number = -1;

  if (sqlite3_prepare_v2 (vault, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return number;
}

/* The text a statement gives, or NULL when it gives none. */
char *
mash_vault_dup_text (sqlite3    *vault,
                     const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  if (sqlite3_prepare_v2 (vault, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);

  return text;
}

static int
on_progress_cb (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/**
 * mash_vault_check: (skip)
 * @vault: an open file
 * @cancellable: (nullable): to stop it
 * @error: %MASH_STORE_ERROR_BACKUP_DAMAGED
 *
 * Checks each page's own code and the structure of every table and index: neither check finds what
 * the other does.
 *
 * Returns: whether both hold
 */
gboolean
mash_vault_check (sqlite3      *vault,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autofree char *broken = NULL;
  g_autofree char *whole = NULL;

  sqlite3_progress_handler (vault, PROGRESS_STEPS, on_progress_cb, cancellable);
  broken = mash_vault_dup_text (vault, "PRAGMA cipher_integrity_check");
  if (!broken && !g_cancellable_is_cancelled (cancellable))
    whole = mash_vault_dup_text (vault, "PRAGMA integrity_check (1)");
  sqlite3_progress_handler (vault, 0, NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!broken && g_strcmp0 (whole, "ok") == 0)
    return TRUE;
  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_DAMAGED,
                       "The copy does not hold its own check");

  return FALSE;
}

/**
 * mash_vault_sync: (skip)
 * @path: a file or a folder
 * @error: %MASH_STORE_ERROR_BACKUP_TARGET
 *
 * Returns: whether it is durable
 */
gboolean
mash_vault_sync (const char *path,
                 GError    **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  if (!synced)
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_TARGET,
                         "The backup cannot be made durable");

  return synced;
}
