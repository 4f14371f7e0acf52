/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SQLITE_HAS_CODEC
#define SQLITE_HAS_CODEC 1
#endif

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "mash-database-private.h"
#include "mash-file.h"
#include "mash-process.h"
#include "mash-search-terms.h"
#include "mash-store-error.h"

#define NEW_NAME MASH_DATABASE_NAME ".new"
#define CANARY "Zoë O’Brien – canary 0123456789"

/* "x'", 96 hex digits, "'", and the end. A digit fewer and SQLCipher would take it all for a
 * passphrase. */
#define RAW_KEY_LENGTH (2 + 2 * MASH_DATABASE_KEY_LENGTH + 1)

/* How many steps of SQLite's machine go by between two looks at the cancellable. */
#define PROGRESS_STEPS 2000

#define MAX_VALUE (64 * 1024 * 1024)
#define MAX_SQL (256 * 1024)

static const char identity_sql[] =
  "CREATE TABLE file_identity ("
  "  id INTEGER PRIMARY KEY CHECK (id = 1),"
  "  hub TEXT NOT NULL,"
  "  canary TEXT NOT NULL,"
  "  generation INTEGER NOT NULL,"
  "  slots INTEGER NOT NULL DEFAULT 0"
  ") STRICT";

static int
on_progress_cb (gpointer data)
{
  MashDatabase *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/* From now on a statement in progress heeds the cancellable. */
void
mash_database_watch (MashDatabase *self)
{
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, on_progress_cb, self);
}

static MashDatabase *
database_new (const char        *hub,
              guint32            application_id,
              const char *const *steps)
{
  MashDatabase *self = g_new0 (MashDatabase, 1);

  self->thread = g_thread_self ();
  self->hub = g_strdup (hub);
  self->application_id = application_id;
  self->steps = g_strdupv ((char **) steps);
  self->folder_fd = -1;

  return self;
}

/* The key as SQLCipher reads a raw one, in locked memory for sodium_free(), or NULL. */
static char *
spell_key (MashSecret *key,
           int        *length,
           GError    **error)
{
  char *raw = sodium_malloc (RAW_KEY_LENGTH + 1);

  if (!raw)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_MEMORY_FOR_KEY,
                           "No locked memory for the key");
      return NULL;
    }

  memcpy (raw, "x'", 2);
  sodium_bin2hex (raw + 2, 2 * MASH_DATABASE_KEY_LENGTH + 1,
                  mash_secret_get_data (key, NULL), MASH_DATABASE_KEY_LENGTH);
  memcpy (raw + RAW_KEY_LENGTH - 1, "'", 2);
  *length = RAW_KEY_LENGTH;

  return raw;
}

static gboolean
answers (sqlite3    *handle,
         const char *sql,
         const char *expected)
{
  sqlite3_stmt *statement = NULL;
  gboolean same = FALSE;

  if (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    same = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), expected) == 0;
  sqlite3_finalize (statement);

  return same;
}

/**
 * mash_database_set_format: (skip)
 * @handle: a connection that has been given its key and has read nothing yet
 *
 * Says how the file is enciphered, the same for every file that we make: the library's own format
 * of version 4 but for larger pages, which cost less each, and a code that processors compute
 * themselves.
 *
 * Returns: what SQLite says
 */
int
mash_database_set_format (sqlite3 *handle)
{
  int rc = sqlite3_exec (handle, "PRAGMA cipher_compatibility = 4;"
                         "PRAGMA cipher_page_size = " G_STRINGIFY (MASH_DATABASE_PAGE_SIZE) ";"
                         "PRAGMA cipher_hmac_algorithm = HMAC_SHA256", NULL, NULL, NULL);

  if (rc == SQLITE_OK &&
      (!answers (handle, "PRAGMA cipher_page_size", G_STRINGIFY (MASH_DATABASE_PAGE_SIZE)) ||
       !answers (handle, "PRAGMA cipher_hmac_algorithm", "HMAC_SHA256")))
    return SQLITE_MISUSE;

  return rc;
}

/**
 * mash_database_give_key: (skip)
 * @handle: a connection that has read nothing yet
 * @key: a database key and its salt
 * @rc: (out): what SQLite says about it
 * @error: %MASH_STORE_ERROR_NO_MEMORY_FOR_KEY
 *
 * Returns: whether SQLite was asked
 */
gboolean
mash_database_give_key (sqlite3    *handle,
                        MashSecret *key,
                        int        *rc,
                        GError    **error)
{
  int length;
  char *raw = spell_key (key, &length, error);

  if (!raw)
    return FALSE;
  *rc = sqlite3_key (handle, raw, length);
  sodium_free (raw);
  if (*rc == SQLITE_OK)
    *rc = mash_database_set_format (handle);

  return TRUE;
}

static gboolean
open_handle (MashDatabase *self,
             const char   *path,
             GError      **error)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX |
              SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  int rc;

  if (self->in_memory)
    flags |= SQLITE_OPEN_MEMORY;
  rc = sqlite3_open_v2 (path, &self->handle, flags, NULL);
  if (rc != SQLITE_OK)
    return mash_database_set_error (self, rc, error);

  sqlite3_exec (self->handle, "PRAGMA cipher_log_level = NONE", NULL, NULL, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  /* Until everything holds, closing must leave the file and its log as they were found. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, MAX_VALUE);
  sqlite3_limit (self->handle, SQLITE_LIMIT_SQL_LENGTH, MAX_SQL);
  rc = mash_search_terms_install (self->handle);
  if (rc != SQLITE_OK)
    return mash_database_set_error (self, rc, error);

  return self->in_memory ||
         (mash_database_give_key (self->handle, self->key, &rc, error) &&
          (rc == SQLITE_OK || mash_database_set_error (self, rc, error)));
}

/* A pragma that is not known, or not heard, says nothing: each is read back. */
gboolean
mash_database_set_pragmas (MashDatabase *self,
                           GError      **error)
{
  static const struct
  {
    const char *name;
    const char *value;
    const char *answer;
    gboolean    file_only;
  } pragmas[] = {
    { "journal_mode", "WAL", "wal", TRUE },
    { "synchronous", "FULL", "2", TRUE },
    { "foreign_keys", "ON", "1", FALSE },
    { "trusted_schema", "OFF", "0", FALSE },
    { "cell_size_check", "ON", "1", FALSE },
    { "temp_store", "MEMORY", "2", FALSE },
    { "recursive_triggers", "ON", "1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      g_autofree char *set = g_strdup_printf ("PRAGMA %s = %s", pragmas[i].name,
                                              pragmas[i].value);
      g_autofree char *get = g_strdup_printf ("PRAGMA %s", pragmas[i].name);
      int rc;

      if (pragmas[i].file_only && self->in_memory)
        continue;
      rc = sqlite3_exec (self->handle, set, NULL, NULL, NULL);
      if (rc != SQLITE_OK)
        return mash_database_set_error (self, rc, error);
      if (!answers (self->handle, get, pragmas[i].answer))
        {
          g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
                       "The database does not take the setting %s", pragmas[i].name);
          return FALSE;
        }
    }
  sqlite3_exec (self->handle, "PRAGMA mmap_size = 0", NULL, NULL, NULL);
  sqlite3_exec (self->handle, MASH_DATABASE_CACHE_SQL, NULL, NULL, NULL);
  sqlite3_exec (self->handle, MASH_DATABASE_LOG_SQL, NULL, NULL, NULL);

  return TRUE;
}

/* The first statement that reads, which shows whether the key opens the file. */
static gboolean
read_first_page (MashDatabase   *self,
                 MashNoteFinding finding,
                 gboolean        has_salt,
                 GError        **error)
{
  int rc;

  sqlite3_exec (self->handle, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
  rc = sqlite3_exec (self->handle, "SELECT count (*) FROM sqlite_master", NULL, NULL, NULL);

  if (rc == SQLITE_NOTADB && !has_salt)
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FOREIGN,
                         "The file is not this hub's database");
  else if (rc == SQLITE_NOTADB && finding != MASH_NOTE_READ)
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY,
                         "The key does not open the database");
  else if (rc == SQLITE_OK && !has_salt)
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                         "The first bytes of the database have changed");
  else if (rc != SQLITE_OK)
    mash_database_set_error (self, rc, error);
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_identity (MashDatabase *self,
                guint32       application_id,
                gint64       *generation,
                GError      **error)
{
  g_autoptr (MashStatement) statement = NULL;
  MashStep step;

  if (mash_database_read_number (self, "PRAGMA application_id") != application_id)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FOREIGN,
                           "The file is another program's database");
      return FALSE;
    }

  statement = mash_database_prepare (self,
                                     "SELECT hub, canary, generation FROM file_identity"
                                     " WHERE id = 1", error);
  if (!statement)
    return FALSE;
  step = mash_statement_step (statement, error);
  if (step == MASH_STEP_ERROR)
    return FALSE;

  if (step == MASH_STEP_DONE || g_strcmp0 (mash_statement_get_text (statement, 1), CANARY) != 0)
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                         "The database does not know itself");
  else if (g_strcmp0 (mash_statement_get_text (statement, 0), self->hub) != 0)
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FOREIGN,
                         "The database is another hub's");
  else
    {
      *generation = mash_statement_get_int (statement, 2);
      return TRUE;
    }

  return FALSE;
}

/* Each session has a number, in the database and in the note: a database or a log from before the
 * note was written has a lower one. */
static gboolean
check_generation (MashDatabase   *self,
                  MashNoteFinding finding,
                  gint64          generation,
                  GError        **error)
{
  guint64 least = self->note.state == MASH_NOTE_OPENING ? self->note.generation - 1 :
                  self->note.generation;

  if (finding == MASH_NOTE_READ && (generation < 0 || (guint64) generation < least))
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_ROLLED_BACK,
                           "An older copy of the database was put back");
      return FALSE;
    }

  return TRUE;
}

static gboolean
begin_session (MashDatabase *self,
               gint64        generation,
               GError      **error)
{
  /* The note is going to say that there is a log: its name must be there whenever the note is. */
  if (fsync (self->folder_fd) < 0)
    {
      mash_store_error_set_errno (error, errno, "make the log durable");
      return FALSE;
    }

  self->note.state = MASH_NOTE_OPENING;
  self->note.generation = MAX (self->note.generation, (guint64) generation) + 1;
  if (!mash_note_write (self->folder_fd, self->key, &self->note, error) ||
      !mash_database_run (self, error, "UPDATE file_identity SET generation = ?1", "i",
                          (gint64) self->note.generation))
    return FALSE;

  self->note.state = MASH_NOTE_OPEN;
  if (!mash_note_write (self->folder_fd, self->key, &self->note, error))
    return FALSE;
  self->noted = TRUE;

  return TRUE;
}

static gboolean
check_arguments (MashSecret *key,
                 GError    **error)
{
  if (mash_secret_get_length (key) != MASH_DATABASE_KEY_LENGTH)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY,
                   "A database key has %d bytes", MASH_DATABASE_KEY_LENGTH);
      return FALSE;
    }

  return mash_process_check_cipher (error);
}

/* The path without a link in it, because SQLite is told to follow none. */
static char *
resolve_folder (const char *folder,
                GError    **error)
{
  g_autofree char *path = g_malloc (PATH_MAX);

  if (!realpath (folder, path))
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_MISSING,
                           "The folder is not there");
      return NULL;
    }

  return g_steal_pointer (&path);
}

/* A session that was killed has lost nothing that it had written: the system still had it, and the
 * log says where it stood. After a power cut that is as good as the disk, and every page is
 * checked. The machine having started anew in between tells one from the other. */
static gboolean
is_in_doubt (MashDatabase   *self,
             MashNoteFinding finding)
{
  return self->recovered && !self->vouched &&
         !(finding == MASH_NOTE_READ && self->note.same_boot);
}

/* Opens the file of a folder that is locked, by the list, and begins a session of it. */
gboolean
mash_database_open_file (MashDatabase *self,
                         GError      **error)
{
  g_autofree char *path = g_build_filename (self->folder, MASH_DATABASE_NAME, NULL);
  MashNoteFinding finding;
  gboolean has_salt;
  gint64 generation;

  finding = mash_note_read (self->folder_fd, self->key, &self->note);
  if (!mash_database_file_check (self->folder_fd, finding, &self->note, error))
    return mash_database_blame_disk (self, finding, error);
  self->recovered = finding != MASH_NOTE_READ || self->note.state != MASH_NOTE_CLOSED;
  self->checked = is_in_doubt (self, finding);
  has_salt = mash_database_file_has_salt (self->folder_fd, MASH_DATABASE_NAME, self->key);

  if (!open_handle (self, path, error) ||
      !read_first_page (self, finding, has_salt, error) ||
      !mash_database_set_pragmas (self, error) ||
      !check_identity (self, self->application_id, &generation, error) ||
      !check_generation (self, finding, generation, error) ||
      (self->checked && !mash_database_check (self, self->watch, error)) ||
      !begin_session (self, generation, error))
    return mash_database_blame_disk (self, finding, error);

  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  mash_database_watch (self);

  if (mash_schema_upgrade (self, (const char *const *) self->steps, error))
    return TRUE;

  /* Nobody has heard yet how the session before ended: the next to open finds it as it was. */
  if (self->recovered)
    {
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      self->noted = FALSE;
    }

  return FALSE;
}

MashDatabase *
mash_database_open_with (const char           *folder,
                         MashSecret           *key,
                         guint32               application_id,
                         const char           *hub,
                         const char *const    *steps,
                         const MashStoreWatch *watch,
                         GError              **error)
{
  g_autoptr (MashDatabase) self = NULL;

  g_return_val_if_fail (folder != NULL && key != NULL && hub != NULL, NULL);

  if (!check_arguments (key, error))
    return NULL;

  self = database_new (hub, application_id, steps);
  self->watch = watch;
  self->key = mash_secret_ref (key);
  self->folder = resolve_folder (folder, error);
  if (!self->folder ||
      !mash_database_file_lock (self->folder, &self->folder_fd, error))
    return NULL;
  mash_database_sweep (self->folder_fd);
  if (!mash_database_open_file (self, error))
    return NULL;
  self->watch = NULL;

  return g_steal_pointer (&self);
}

/**
 * mash_database_open:
 * @folder: the folder of the desk, which holds `desk.db`
 * @key: the database key and its salt, %MASH_DATABASE_KEY_LENGTH bytes
 * @application_id: what the file must carry, %MASH_DATABASE_APPLICATION_ID
 * @hub: the id of the hub whose file it must be
 * @watch: (nullable): told how far the check after an unclean end and the steps to the program's
 *   schema have come, and asked whether to go on; what was stopped is checked anew the next time,
 *   and goes on with the step that was not at its end
 * @error: each fault has its own code of #MashStoreError
 *
 * Opens the database of a desk on this thread, keeps every other opener out, checks it by the
 * list of security.md 2.4, and takes it to the program's schema. It never makes a file.
 *
 * Returns: (transfer full): the database, or %NULL
 */
MashDatabase *
mash_database_open (const char           *folder,
                    MashSecret           *key,
                    guint32               application_id,
                    const char           *hub,
                    const MashStoreWatch *watch,
                    GError              **error)
{
  g_auto (GStrv) steps = mash_schema_list_steps ();

  return mash_database_open_with (folder, key, application_id, hub, (const char *const *) steps,
                                  watch, error);
}

static gboolean
make_room (int      folder_fd,
           GError **error)
{
  static const char *const left_overs[] = {
    NEW_NAME, NEW_NAME "-wal", NEW_NAME "-journal", "desk.note",
  };
  struct stat st;
  int fd;

  if (fstatat (folder_fd, MASH_DATABASE_NAME, &st, AT_SYMLINK_NOFOLLOW) == 0)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_EXISTS,
                           "There is a database already");
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (left_overs); i++)
    if (unlinkat (folder_fd, left_overs[i], 0) < 0 && errno != ENOENT)
      {
        mash_store_error_set_errno (error, errno, "remove a half-made database");
        return FALSE;
      }

  /* SQLite would make it with a mode that lets others read. */
  fd = openat (folder_fd, NEW_NAME, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      mash_store_error_set_errno (error, errno, "make the database");
      return FALSE;
    }
  close (fd);

  return TRUE;
}

static gboolean
write_identity (MashDatabase *self,
                guint32       application_id,
                GError      **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %u", application_id);

  return mash_database_execute (self, mark, error) &&
         mash_database_execute (self, identity_sql, error) &&
         mash_database_run (self, error,
                            "INSERT INTO file_identity (id, hub, canary, generation)"
                            " VALUES (1, ?1, ?2, 1)", "tt", self->hub, CANARY);
}

static gboolean
fill_new_file (MashDatabase      *self,
               guint32            application_id,
               const char *const *steps,
               GError           **error)
{
  g_autofree char *path = g_build_filename (self->folder, NEW_NAME, NULL);

  if (!open_handle (self, path, error))
    return FALSE;
  sqlite3_exec (self->handle, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
  if (!mash_database_set_pragmas (self, error) ||
      !write_identity (self, application_id, error) ||
      !mash_schema_upgrade (self, steps, error) ||
      !mash_database_execute (self, "PRAGMA wal_checkpoint (TRUNCATE)", error))
    return FALSE;
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  mash_database_close_handle (self);

  if (mash_database_file_has_salt (self->folder_fd, NEW_NAME, self->key))
    return TRUE;
  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_CIPHER,
                       "The new database was not encrypted");

  return FALSE;
}

static gboolean
name_new_file (MashDatabase *self,
               GError      **error)
{
  struct stat st;

  if (fstatat (self->folder_fd, NEW_NAME, &st, AT_SYMLINK_NOFOLLOW) < 0)
    {
      mash_store_error_set_errno (error, errno, "look at the new database");
      return FALSE;
    }
  self->note = (MashDatabaseNote) { MASH_NOTE_CLOSED, 1, st.st_size };
  if (!mash_note_write (self->folder_fd, self->key, &self->note, error))
    return FALSE;
  if (renameat (self->folder_fd, NEW_NAME, self->folder_fd, MASH_DATABASE_NAME) < 0 ||
      fsync (self->folder_fd) < 0)
    {
      mash_store_error_set_errno (error, errno, "name the new database");
      return FALSE;
    }

  return TRUE;
}

MashDatabase *
mash_database_create_with (const char        *folder,
                           MashSecret        *key,
                           guint32            application_id,
                           const char        *hub,
                           const char *const *steps,
                           GError           **error)
{
  g_autoptr (MashDatabase) self = NULL;

  g_return_val_if_fail (folder != NULL && key != NULL && hub != NULL, NULL);

  if (!check_arguments (key, error))
    return NULL;

  self = database_new (hub, application_id, steps);
  self->key = mash_secret_ref (key);
  self->folder = resolve_folder (folder, error);
  if (!self->folder ||
      !mash_database_file_lock (self->folder, &self->folder_fd, error) ||
      !make_room (self->folder_fd, error) ||
      !fill_new_file (self, application_id, steps, error) ||
      !name_new_file (self, error) ||
      !mash_database_open_file (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * mash_database_create:
 * @folder: an empty folder of the desk's own
 * @key: the database key and its salt, %MASH_DATABASE_KEY_LENGTH bytes
 * @application_id: what the file shall carry, %MASH_DATABASE_APPLICATION_ID
 * @hub: the id of the hub
 * @error: %MASH_STORE_ERROR_EXISTS when there is a database, and as for mash_database_open()
 *
 * Makes the database of a desk and opens it. Only enrolment does this; until the file is whole
 * it has another name.
 *
 * Returns: (transfer full): the database, or %NULL
 */
MashDatabase *
mash_database_create (const char *folder,
                      MashSecret *key,
                      guint32     application_id,
                      const char *hub,
                      GError    **error)
{
  g_auto (GStrv) steps = mash_schema_list_steps ();

  return mash_database_create_with (folder, key, application_id, hub,
                                    (const char *const *) steps, error);
}

/**
 * mash_database_new_in_memory:
 * @error: what the schema's steps say
 *
 * Makes an empty database with the program's schema that is never on a disk, to rebuild tables in
 * and compare.
 *
 * Returns: (transfer full): the database, or %NULL
 */
MashDatabase *
mash_database_new_in_memory (GError **error)
{
  g_autoptr (MashDatabase) self = database_new (NULL, 0, NULL);
  g_auto (GStrv) steps = mash_schema_list_steps ();

  self->in_memory = TRUE;
  if (!open_handle (self, ":memory:", error) ||
      !mash_database_set_pragmas (self, error) ||
      !mash_schema_upgrade (self, (const char *const *) steps, error))
    return NULL;
  mash_database_watch (self);

  return g_steal_pointer (&self);
}
