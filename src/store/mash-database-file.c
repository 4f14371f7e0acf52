/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-file.h"
#include "mash-store-error.h"

#define HEADER_LENGTH 16
#define PLAIN_HEADER "SQLite format 3"
#define SAMPLE_LENGTH 512
#define MIN_TEXT_LENGTH 64

/**
 * mash_database_file_lock: (skip)
 * @folder: the folder of a database
 * @folder_fd: (out): the open folder, which is the lock: closing it lets go
 * @error: %MASH_STORE_ERROR_BUSY, and as for mash_file_open_folder()
 *
 * Keeps every other opener out, in this process and in others, before the file is touched: to
 * close any descriptor of the file would drop the locks that SQLite holds in this process.
 *
 * Returns: whether the folder is ours
 */
gboolean
mash_database_file_lock (const char *folder,
                         int        *folder_fd,
                         GError    **error)
{
  *folder_fd = mash_file_open_folder (folder, error);
  if (*folder_fd < 0)
    return FALSE;
  if (flock (*folder_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  if (errno == EWOULDBLOCK)
    mash_store_error_set (error, MASH_STORE_ERROR_BUSY, "The database is already open");
  else
    mash_store_error_set_errno (error, errno, "lock the database");
  close (*folder_fd);
  *folder_fd = -1;

  return FALSE;
}

static gsize
read_start (int         folder_fd,
            const char *name,
            guint8      start[SAMPLE_LENGTH])
{
  int fd = openat (folder_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  gssize n;

  if (fd < 0)
    return 0;
  n = read (fd, start, SAMPLE_LENGTH);
  close (fd);

  return MAX (n, 0);
}

/* What is encrypted looks random: 512 bytes without one control character are not. */
static gboolean
is_text (const guint8 *data,
         gsize         length)
{
  for (gsize i = 0; i < length; i++)
    if ((data[i] < 0x20 && !strchr ("\t\n\r\f", data[i])) || data[i] == 0x7f || data[i] == '\0')
      return FALSE;

  return length >= MIN_TEXT_LENGTH;
}

static gboolean
check_content (int      folder_fd,
               gsize    size,
               GError **error)
{
  guint8 start[SAMPLE_LENGTH];
  gsize n = read_start (folder_fd, MASH_DATABASE_NAME, start);

  if (size == 0)
    return mash_store_error_set (error, MASH_STORE_ERROR_EMPTY, "The database file has no bytes");
  if (n >= sizeof PLAIN_HEADER && memcmp (start, PLAIN_HEADER, sizeof PLAIN_HEADER) == 0)
    return mash_store_error_set (error, MASH_STORE_ERROR_PLAIN,
                                 "The database file is not encrypted");
  if (is_text (start, n))
    return mash_store_error_set (error, MASH_STORE_ERROR_FOREIGN,
                                 "The file is text and no database");

  return TRUE;
}

static gboolean
check_size (gsize           size,
            gsize           log_size,
            MashNoteFinding finding,
            const MashDatabaseNote *note,
            GError        **error)
{
  gboolean known = finding == MASH_NOTE_READ;

  if (size < 2 * MASH_DATABASE_PAGE_SIZE || (known && size < note->size))
    return mash_store_error_set (error, MASH_STORE_ERROR_TRUNCATED,
                                 "The database file is shorter than it was");
  /* With a log, a page cut short by a power cut is written again from there. */
  if (size % MASH_DATABASE_PAGE_SIZE != 0 && log_size == 0)
    return mash_store_error_set (error,
                                 known ? MASH_STORE_ERROR_DAMAGED : MASH_STORE_ERROR_TRUNCATED,
                                 "The database file does not end with a whole page");

  return TRUE;
}

static gboolean
check_log (gboolean        there,
           gsize           size,
           MashNoteFinding finding,
           const MashDatabaseNote *note,
           GError        **error)
{
  gboolean needed;

  if (finding != MASH_NOTE_READ)
    return TRUE;

  needed = note->state == MASH_NOTE_OPEN || note->state == MASH_NOTE_OPENING;
  if (needed && !there)
    return mash_store_error_set (error, MASH_STORE_ERROR_LOG_MISSING,
                                 "The log with the latest saves is not there");
  if (!needed && size > 0)
    return mash_store_error_set (error, MASH_STORE_ERROR_ROLLED_BACK,
                                 "There is a log of another day beside the database");

  return TRUE;
}

/**
 * mash_database_file_check: (skip)
 * @folder_fd: the locked folder
 * @finding: whether @note was there
 * @note: how the last session left the database
 * @error: the fault, by its own code
 *
 * Looks at the database and its log before SQLite does, because SQLite takes an empty file for a
 * new database, and a missing log for no log.
 *
 * Returns: whether the database may be opened
 */
gboolean
mash_database_file_check (int             folder_fd,
                          MashNoteFinding finding,
                          const MashDatabaseNote *note,
                          GError        **error)
{
  g_autoptr (GError) no_log = NULL;
  g_autoptr (GError) no_journal = NULL;
  gsize size;
  gsize log_size = 0;
  gsize journal_size = 0;
  gboolean log_there;

  if (!mash_file_check (folder_fd, MASH_DATABASE_NAME, &size, error) ||
      !check_content (folder_fd, size, error))
    return FALSE;

  log_there = mash_file_check (folder_fd, MASH_DATABASE_NAME "-wal", &log_size, &no_log);
  if (!log_there && !g_error_matches (no_log, MASH_STORE_ERROR, MASH_STORE_ERROR_MISSING))
    {
      g_propagate_error (error, g_steal_pointer (&no_log));
      return FALSE;
    }

  /* We never keep a rollback journal, and SQLite would roll back whatever one says. */
  if (mash_file_check (folder_fd, MASH_DATABASE_NAME "-journal", &journal_size, &no_journal) ?
      journal_size > 0 :
      !g_error_matches (no_journal, MASH_STORE_ERROR, MASH_STORE_ERROR_MISSING))
    return mash_store_error_set (error, MASH_STORE_ERROR_DAMAGED,
                                 "There is a journal beside the database that is not ours");

  return check_log (log_there, log_size, finding, note, error) &&
         check_size (size, log_size, finding, note, error) &&
         (log_size == 0 || mash_database_log_check (folder_fd, error));
}

/**
 * mash_database_file_has_salt: (skip)
 * @folder_fd: the locked folder
 * @name: a database file in it, which no connection has open
 * @key: a database key and its salt
 *
 * Returns: whether the file begins with the salt that belongs to @key, as SQLCipher writes it
 */
gboolean
mash_database_file_has_salt (int         folder_fd,
                             const char *name,
                             MashSecret *key)
{
  guint8 start[SAMPLE_LENGTH];

  return read_start (folder_fd, name, start) >= HEADER_LENGTH &&
         memcmp (start, mash_secret_get_data (key, NULL) + 32, HEADER_LENGTH) == 0;
}
