/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-vault.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "mash-database-private.h"
#include "mash-page-watch.h"
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

/**
 * mash_vault_set_copy_error: (skip)
 * @rc: what SQLite answered about a copy that stands beside the database for a while
 * @no_room: what is said when the disk is full
 * @error: %MASH_STORE_ERROR_REFUSED, %MASH_STORE_ERROR_DAMAGED when a page of the database itself
 *   cannot be read, or %MASH_STORE_ERROR_IO
 *
 * Nobody who did not ask for a backup is told of one.
 *
 * Returns: %FALSE, so that callers can return it
 */
gboolean
mash_vault_set_copy_error (int          rc,
                           const char  *no_room,
                           GError     **error)
{
  switch (rc & 0xff)
    {
    case SQLITE_FULL:
      mash_store_error_set (error, MASH_STORE_ERROR_REFUSED, no_room);
      break;

    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      mash_store_error_set (error, MASH_STORE_ERROR_DAMAGED, "The database cannot be copied");
      break;

    default:
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO, "Copy: %s (%d)",
                   sqlite3_errstr (rc), rc);
    }

  return FALSE;
}

/**
 * mash_vault_pass_on: (skip)
 * @fault: (transfer full): what a function of this file said of such a copy
 * @error: the same, without talk of a backup
 *
 * Returns: %FALSE, so that callers can return it
 */
gboolean
mash_vault_pass_on (GError  *fault,
                    GError **error)
{
  if (g_error_matches (fault, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_TARGET) ||
      g_error_matches (fault, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_DAMAGED))
    fault->code = MASH_STORE_ERROR_IO;
  g_propagate_error (error, fault);

  return FALSE;
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
  if (rc == SQLITE_OK && mash_database_give_key (vault, key, &rc, error) &&
      (rc == SQLITE_OK || mash_vault_set_error (rc, error)) &&
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

/**
 * mash_vault_forget_pages: (skip)
 * @vault: a damaged file, of which something could not be read just now
 *
 * SQLCipher gives an error once for a page that does not hold, and may leave it in memory as an
 * empty one: who reads it again would take that for what stands there.
 */
void
mash_vault_forget_pages (sqlite3 *vault)
{
  sqlite3_db_release_memory (vault);
}

static int
on_progress_cb (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/**
 * mash_vault_check: (skip)
 * @vault: an open file
 * @watch: (nullable): told how far it is, and asked whether to go on
 * @error: %MASH_STORE_ERROR_BACKUP_DAMAGED, or as for mash_vault_set_error() where the disk does
 *   not say how large the file is
 *
 * Checks each page's own code and the structure of every table and index: neither check finds what
 * the other does.
 *
 * Returns: whether both hold
 */
gboolean
mash_vault_check (sqlite3               *vault,
                  const MashStoreWatch  *watch,
                  GError               **error)
{
  GCancellable *cancellable = watch != NULL ? watch->cancellable : NULL;
  g_autofree char *broken = NULL;
  g_autofree char *whole = NULL;
  MashPageWatch pages;
  int rc = mash_page_watch_begin (&pages, vault, 2, watch);

  if (rc != SQLITE_OK)
    return mash_vault_set_error (rc, error);
  sqlite3_progress_handler (vault, PROGRESS_STEPS, on_progress_cb, cancellable);
  broken = mash_vault_dup_text (vault, "PRAGMA cipher_integrity_check");
  rc = pages.rc;
  if (broken == NULL && rc == SQLITE_OK && !g_cancellable_is_cancelled (cancellable))
    whole = mash_vault_dup_text (vault, "PRAGMA integrity_check (1)");
  sqlite3_progress_handler (vault, 0, NULL, NULL);
  mash_page_watch_end (&pages);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (rc != SQLITE_OK)
    return mash_vault_set_error (rc, error);
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
