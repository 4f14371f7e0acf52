/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-database-private.h"
#include "mash-page-watch.h"
#include "mash-shape.h"
#include "mash-store-error.h"

static MashStoreError
code_for (int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_FULL:
      return MASH_STORE_ERROR_FULL;

    case SQLITE_IOERR:
      return MASH_STORE_ERROR_IO;

    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return MASH_STORE_ERROR_DAMAGED;

    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return MASH_STORE_ERROR_READ_ONLY;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return MASH_STORE_ERROR_BUSY;

    case SQLITE_CONSTRAINT:
      return MASH_STORE_ERROR_CONSTRAINT;

    default:
      return MASH_STORE_ERROR_FAILED;
    }
}

/* Sets @error for what SQLite answered; gives FALSE, so that callers can return it. What SQLite
 * says in words may repeat what somebody searched for, except about constraints, where it names
 * tables and columns. */
gboolean
mash_database_set_error (MashDatabase *self,
                         int           rc,
                         GError      **error)
{
  if ((rc & 0xff) == SQLITE_INTERRUPT &&
      g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  g_set_error (error, MASH_STORE_ERROR, code_for (rc), "Database: %s (%d)",
               (rc & 0xff) == SQLITE_CONSTRAINT ? sqlite3_errmsg (self->handle) :
               sqlite3_errstr (rc), rc);
  if (error != NULL)
    mash_store_error_set_number (*error, rc);

  return FALSE;
}

/* Ends the connection, with every statement kept. */
void
mash_database_close_handle (MashDatabase *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (self->handle && sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A statement outlived its database");
  self->handle = NULL;
}

/**
 * mash_database_free:
 * @self: (transfer full) (nullable): a database
 *
 * Closes a database and frees it; what mash_database_close() would say is not heard.
 */
void
mash_database_free (MashDatabase *self)
{
  if (!self)
    return;

  mash_database_close (self, NULL);
  mash_database_close_handle (self);
  if (self->folder_fd >= 0)
    close (self->folder_fd);
  g_clear_pointer (&self->key, mash_secret_unref);
  g_strfreev (self->steps);
  g_clear_object (&self->cancellable);
  g_free (self->folder);
  g_free (self->hub);
  g_free (self);
}

/* The number a statement gives, or -1 when it gives none. */
gint64
mash_database_read_number (MashDatabase *self,
                           const char   *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 number = -1;

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return number;
}

/* Whether the check says so; with no error where it says what is broken. */
static gboolean
run_check (MashDatabase         *self,
           const MashStoreWatch *watch,
           GError              **error)
{
  g_autoptr (MashStatement) statement = NULL;
  MashPageWatch pages;
  gboolean whole;
  int rc = mash_page_watch_begin (&pages, self->handle, 1, watch);

  if (rc != SQLITE_OK)
    return mash_database_set_error (self, rc, error);
  mash_database_watch (self);
  if (watch != NULL)
    mash_database_set_cancellable (self, watch->cancellable);
  statement = mash_database_prepare (self, "PRAGMA quick_check (1)", error);
  whole = statement && mash_statement_step (statement, error) == MASH_STEP_ROW &&
          g_strcmp0 (mash_statement_get_text (statement, 0), "ok") == 0;
  if (watch != NULL)
    mash_database_set_cancellable (self, NULL);
  mash_page_watch_end (&pages);

  return whole;
}

/**
 * mash_database_check:
 * @self: a database
 * @watch: (nullable): told how far it is, and asked whether to go on
 * @error: %MASH_STORE_ERROR_DAMAGED, %G_IO_ERROR_CANCELLED
 *
 * Runs SQLite's quick check, which reads every page and so also checks each page's own code.
 *
 * Returns: whether the database is whole
 */
gboolean
mash_database_check (MashDatabase         *self,
                     const MashStoreWatch *watch,
                     GError              **error)
{
  GCancellable *cancellable = watch != NULL ? watch->cancellable : NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean whole;

  g_return_val_if_fail (self != NULL, FALSE);

  whole = run_check (self, watch, &local_error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (whole)
    return TRUE;

  /* The check itself ends in a general error on some damage. */
  if (g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                         "The database does not hold its own check");

  return FALSE;
}

/* The log is empty, and must be so after a power cut too: the note will say that there is none,
 * and not every file system keeps what was done to two files in order. */
static gboolean
sync_empty_log (MashDatabase *self,
                GError      **error)
{
  int fd = openat (self->folder_fd, MASH_DATABASE_NAME "-wal", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  gboolean synced = fd >= 0 ? fsync (fd) == 0 : errno == ENOENT;

  if (!synced)
    mash_store_error_set_errno (error, errno, "make the end of the log durable");
  if (fd >= 0)
    close (fd);

  return synced;
}

static gboolean
empty_log (MashDatabase *self,
           GError      **error)
{
  int rc = sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  if (rc != SQLITE_OK)
    return mash_database_set_error (self, rc, error);
  self->note.state = MASH_NOTE_CLOSING;

  return sync_empty_log (self, error) &&
         mash_note_write (self->folder_fd, self->key, &self->note, error);
}

/* Puts the log into the file and closes both, so that the next opener finds a clean end. */
gboolean
mash_database_end_session (MashDatabase *self,
                           GError      **error)
{
  struct stat st;

  if (!empty_log (self, error))
    {
      /* The note still says that there is a log, so the log has to stay for the next session. */
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      return FALSE;
    }

  mash_database_close_handle (self);
  if (fstatat (self->folder_fd, MASH_DATABASE_NAME, &st, AT_SYMLINK_NOFOLLOW) < 0)
    {
      mash_store_error_set_errno (error, errno, "look at the closed database");
      return FALSE;
    }
  self->note.state = MASH_NOTE_CLOSED;
  self->note.size = st.st_size;

  return mash_note_write (self->folder_fd, self->key, &self->note, error);
}

/**
 * mash_database_close:
 * @self: a database; every statement and transaction of it was freed
 * @error: what kept the log from being written into the database
 *
 * Ends the session: the log goes into the file, the note says how the file was left, and the next
 * opener may come. On an error the database is closed all the same, and the next open recovers.
 *
 * Returns: whether the end was clean
 */
gboolean
mash_database_close (MashDatabase *self,
                     GError      **error)
{
  gboolean clean = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->thread == g_thread_self ());

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (self->noted)
    clean = mash_database_end_session (self, error);
  self->noted = FALSE;
  mash_database_close_handle (self);
  if (self->folder_fd >= 0)
    close (self->folder_fd);
  self->folder_fd = -1;

  return clean;
}

/**
 * mash_database_execute:
 * @self: a database
 * @sql: one or more statements without parameters, written in the source
 * @error: as for mash_statement_step()
 *
 * Runs statements whose rows nobody reads.
 *
 * Returns: whether all came to their end
 */
gboolean
mash_database_execute (MashDatabase *self,
                       const char   *sql,
                       GError      **error)
{
  int rc;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);
  g_assert (self->thread == g_thread_self ());

  rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || mash_database_set_error (self, rc, error);
}

/**
 * mash_database_compact:
 * @self: a database without an open transaction
 * @error: as for mash_statement_step()
 *
 * Writes the whole file anew, so that no page, and no room in one, has what was deleted; and
 * empties the log beside it.
 *
 * Returns: whether nothing of it is left
 */
gboolean
mash_database_compact (MashDatabase *self,
                       GError      **error)
{
  int before, rc, n_log, n_done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->thread == g_thread_self ());

  mash_shape_drop (self);
  /* It is done by way of a second file, which is encrypted, has no name, and goes with the step. */
  before = sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 1);
  rc = sqlite3_exec (self->handle, "VACUUM", NULL, NULL, NULL);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, before);
  if (rc == SQLITE_OK)
    rc = sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, &n_log,
                                    &n_done);
  mash_shape_keep (self);

  return rc == SQLITE_OK || mash_database_set_error (self, rc, error);
}

/**
 * mash_database_is_open:
 * @self: a database
 *
 * Returns: whether there is a session; a new key that could not be opened with has ended it
 */
gboolean
mash_database_is_open (MashDatabase *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->handle != NULL;
}

/**
 * mash_database_get_hub:
 * @self: a database
 *
 * Returns: (transfer none) (nullable): the id of the hub; %NULL for one in memory
 */
const char *
mash_database_get_hub (MashDatabase *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->hub;
}

/**
 * mash_database_get_version:
 * @self: a database
 *
 * Returns: how many steps the schema has had
 */
guint
mash_database_get_version (MashDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}

/**
 * mash_database_get_recovered:
 * @self: a database
 *
 * Returns: whether the last session did not end cleanly
 */
gboolean
mash_database_get_recovered (MashDatabase *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->recovered;
}

/**
 * mash_database_get_checked:
 * @self: a database
 *
 * Returns: whether all of the database was checked when it was opened, because the machine had been
 *   started anew since a session that did not end cleanly, or nothing says that it had not
 */
gboolean
mash_database_get_checked (MashDatabase *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->checked;
}

/**
 * mash_database_get_last_id:
 * @self: a database
 *
 * Returns: the row number of the last row that was inserted
 */
gint64
mash_database_get_last_id (MashDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);
  g_assert (self->thread == g_thread_self ());

  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * mash_database_get_n_changed:
 * @self: a database
 *
 * Returns: how many rows the last statement inserted, updated or deleted
 */
guint
mash_database_get_n_changed (MashDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);
  g_assert (self->thread == g_thread_self ());

  return sqlite3_changes (self->handle);
}

/**
 * mash_database_set_cancellable:
 * @self: a database
 * @cancellable: (nullable): what may stop the statements that follow; %NULL for nothing
 *
 * Statements in progress end with %G_IO_ERROR_CANCELLED soon after @cancellable is cancelled,
 * which any thread may do.
 */
void
mash_database_set_cancellable (MashDatabase *self,
                               GCancellable *cancellable)
{
  g_return_if_fail (self != NULL);
  g_assert (self->thread == g_thread_self ());

  g_set_object (&self->cancellable, cancellable);
}

/**
 * mash_database_confirm_slots:
 * @self: a database
 * @counter: mash_slots_get_counter() of the slots that opened it
 * @error: %MASH_STORE_ERROR_SLOTS_ROLLED_BACK
 *
 * Compares the slot file with what the database remembers of it: a lower counter is an older file
 * that was put back, perhaps with somebody's slot in it that was taken away. A higher one is
 * remembered. It is called after each open and after each time the slots were written.
 *
 * Returns: whether the slots are the newest
 */
gboolean
mash_database_confirm_slots (MashDatabase *self,
                             guint64       counter,
                             GError      **error)
{
  gint64 known;

  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->thread == g_thread_self ());

  known = mash_database_read_number (self, "SELECT slots FROM file_identity");
  if (known < 0 || counter < (guint64) known)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOTS_ROLLED_BACK,
                           "An older copy of the key slots was put back");
      return FALSE;
    }

  return counter == (guint64) known ||
         mash_database_run (self, error, "UPDATE file_identity SET slots = ?1", "i",
                            (gint64) counter);
}
