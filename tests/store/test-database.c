/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-database-private.h"
#include "mash-store-error.h"

#define HUB "0190a1b2-0000-7000-8000-000000000001"
#define PAGE MASH_DATABASE_PAGE_SIZE

static const char *const steps_one[] = {
  "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, data BLOB) STRICT;"
  "CREATE INDEX thing_data ON thing (data);"
  "CREATE TABLE part (thing INTEGER NOT NULL REFERENCES thing (id)) STRICT;",
  NULL
};

static const char *const steps_two[] = {
  "not run again",
  "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT; INSERT INTO more VALUES (7);",
  NULL
};

static const char *const steps_broken[] = {
  "not run again",
  "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE broken (",
  NULL
};

typedef struct
{
  char       *folder;
  char       *path;
  char       *log;
  char       *note;
  MashSecret *key;
} Fixture;

static MashDatabase *
try_open (Fixture  *fixture,
          GError  **error)
{
  return mash_database_open_with (fixture->folder, fixture->key, MASH_DATABASE_APPLICATION_ID,
                                  HUB, steps_one, error);
}

static MashDatabase *
must_open (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MashDatabase *database = try_open (fixture, &error);

  g_assert_no_error (error);
  g_assert_nonnull (database);

  return database;
}

static void
must_not_open (Fixture        *fixture,
               MashStoreError  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDatabase) database = try_open (fixture, &error);

  g_assert_error (error, MASH_STORE_ERROR, (int) code);
  g_assert_null (database);
  g_assert_null (strstr (error->message, fixture->folder));
}

static void
must_close (MashDatabase *database)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_database_close (database, &error));
  g_assert_no_error (error);
  mash_database_free (database);
}

static void
put_rows (MashDatabase *database,
          int           from,
          int           n)
{
  g_autoptr (GError) error = NULL;

  for (int i = from; i < from + n; i++)
    {
      g_autofree char *name = g_strdup_printf ("thing %d", i);
      guint8 data[600];

      memset (data, i, sizeof data);
      mash_database_run (database, &error, "INSERT INTO thing (name, data) VALUES (?1, ?2)", "tp",
                         name, data, sizeof data);
      g_assert_no_error (error);
    }
}

static gint64
count (MashDatabase *database,
       const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStatement) statement = mash_database_prepare (database, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (mash_statement_step (statement, &error), ==, MASH_STEP_ROW);

  return mash_statement_get_int (statement, 0);
}

#define count_things(database) count (database, "SELECT count (*) FROM thing")

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  MashDatabase *database;

  fixture->folder = g_dir_make_tmp ("mash-database-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "desk.db", NULL);
  fixture->log = g_build_filename (fixture->folder, "desk.db-wal", NULL);
  fixture->note = g_build_filename (fixture->folder, "desk.note", NULL);
  fixture->key = mash_secret_new_random (MASH_DATABASE_KEY_LENGTH);

  database = mash_database_create_with (fixture->folder, fixture->key,
                                        MASH_DATABASE_APPLICATION_ID, HUB, steps_one, &error);
  g_assert_no_error (error);
  put_rows (database, 0, 100);
  must_close (database);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_chmod (fixture->folder, 0700);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->log);
  g_free (fixture->note);
  mash_secret_unref (fixture->key);
}

static void
read_file (const char  *path,
           char       **data,
           gsize       *length)
{
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, data, length, &error);
  g_assert_no_error (error);
}

static void
write_file (const char *path,
            const char *data,
            gssize      length)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  if (length < 0)
    length = strlen (data);
  g_assert_cmpint (write (fd, data, length), ==, length);
  close (fd);
}

static void
flip (const char *path,
      gsize       offset)
{
  g_autofree char *data = NULL;
  gsize length;

  read_file (path, &data, &length);
  g_assert_cmpuint (offset, <, length);
  data[offset] ^= 0x10;
  write_file (path, data, length);
}

/* A process that saves and then dies, as on kill -9: what it acknowledged is in the log alone. */
static void
die_after (Fixture *fixture,
           int      from,
           int      n)
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    {
      MashDatabase *database = must_open (fixture);

      put_rows (database, from, n);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  gsize length;
  struct stat st;
  MashDatabase *database = must_open (fixture);

  g_assert_false (mash_database_get_recovered (database));
  g_assert_cmpint (count_things (database), ==, 100);
  g_assert_cmpuint (mash_database_get_version (database), ==, 1);
  g_assert_cmpstr (mash_database_get_hub (database), ==, HUB);
  put_rows (database, 100, 1);
  must_close (database);

  g_assert_false (g_file_test (fixture->log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (fixture->path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  read_file (fixture->path, &bytes, &length);
  g_assert_null (memmem (bytes, length, "thing", 5));
  g_assert_null (memmem (bytes, length, "SQLite", 6));

  database = must_open (fixture);
  g_assert_cmpint (count_things (database), ==, 101);
  must_close (database);
}

static void
test_settings (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct
  {
    const char *sql;
    gint64      expected;
  } settings[] = {
    { "PRAGMA synchronous", 2 },
    { "PRAGMA foreign_keys", 1 },
    { "PRAGMA trusted_schema", 0 },
    { "PRAGMA cell_size_check", 1 },
    { "PRAGMA temp_store", 2 },
    { "PRAGMA application_id", MASH_DATABASE_APPLICATION_ID },
    { "SELECT count (*) FROM pragma_journal_mode WHERE journal_mode = 'wal'", 1 },
    { "SELECT count (*) FROM pragma_locking_mode WHERE locking_mode = 'exclusive'", 1 },
  };
  g_autoptr (MashDatabase) database = must_open (fixture);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (settings) - 2; i++)
    g_assert_cmpint (count (database, settings[i].sql), ==, settings[i].expected);

  g_assert_false (g_file_test (g_strconcat (fixture->path, "-shm", NULL), G_FILE_TEST_EXISTS));
  g_assert_false (mash_database_execute (database, "ATTACH ':memory:' AS other KEY ''", &error));
  g_clear_error (&error);
  g_assert_false (mash_database_execute (database, "INSERT INTO part VALUES (999)", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (mash_database_execute (database, "UPDATE sqlite_master SET sql = ''", &error));
  g_assert_nonnull (error);
}

static void
test_statements (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *sql = "SELECT id, name, data FROM thing WHERE name = ?1";
  g_autoptr (MashDatabase) database = must_open (fixture);
  g_autoptr (MashStatement) first = mash_database_prepare (database, sql, NULL);
  g_autoptr (MashStatement) second = mash_database_prepare (database, sql, NULL);
  g_autoptr (GError) error = NULL;
  MashStatement *kept = first;

  g_assert_true (first != second);
  mash_statement_bind (first, "t", "thing 5");
  mash_statement_bind (second, "t", "no such thing");
  g_assert_cmpint (mash_statement_step (first, &error), ==, MASH_STEP_ROW);
  g_assert_cmpint (mash_statement_step (second, &error), ==, MASH_STEP_DONE);
  g_assert_cmpstr (mash_statement_get_text (first, 1), ==, "thing 5");
  g_assert_cmpstr (mash_statement_get_column_name (first, 2), ==, "data");
  {
    g_autoptr (GBytes) bytes = mash_statement_dup_bytes (first, 2);

    g_assert_cmpuint (g_bytes_get_size (bytes), ==, 600);
  }

  /* Given back and asked for again it is the same one, and remembers nothing. */
  g_clear_pointer (&first, mash_statement_free);
  first = mash_database_prepare (database, sql, NULL);
  g_assert_true (first == kept);
  g_assert_cmpint (mash_statement_step (first, &error), ==, MASH_STEP_DONE);

  g_assert_null (mash_database_prepare (database, "SELEC", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (mash_database_run (database, &error, "INSERT INTO thing (name) VALUES (?1)", "t",
                                     "thing 5"));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONSTRAINT);
}

static void
test_transactions (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (MashDatabase) database = must_open (fixture);
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (MashTransaction) outer = mash_transaction_begin (database, &error);

    put_rows (database, 200, 1);
    {
      g_autoptr (MashTransaction) inner = mash_transaction_begin (database, &error);

      put_rows (database, 201, 5);
    }
    g_assert_cmpint (count_things (database), ==, 101);
    {
      g_autoptr (MashTransaction) inner = mash_transaction_begin (database, &error);

      put_rows (database, 300, 2);
      g_assert_true (mash_transaction_commit (inner, &error));
    }
    g_assert_true (mash_transaction_commit (outer, &error));
  }
  g_assert_cmpint (count_things (database), ==, 103);

  {
    g_autoptr (MashTransaction) outer = mash_transaction_begin (database, &error);
    g_autoptr (MashTransaction) inner = mash_transaction_begin (database, &error);

    put_rows (database, 400, 9);
    g_assert_true (mash_transaction_commit (inner, &error));
  }
  g_assert_cmpint (count_things (database), ==, 103);
  g_assert_no_error (error);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (MashDatabase) database = must_open (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const char *endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                        " SELECT count (*) FROM n";

  mash_database_set_cancellable (database, cancellable);
  g_cancellable_cancel (cancellable);
  {
    g_autoptr (MashTransaction) transaction = mash_transaction_begin (database, &error);

    put_rows (database, 500, 1);
    g_assert_false (mash_database_run (database, &error, endless, NULL));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
  mash_database_set_cancellable (database, NULL);
  g_assert_cmpint (count_things (database), ==, 100);
}

static void
test_already_open (Fixture       *fixture,
                   gconstpointer  data)
{
  MashDatabase *database = must_open (fixture);
  pid_t pid;
  int status;

  must_not_open (fixture, MASH_STORE_ERROR_BUSY);
  pid = fork ();
  if (pid == 0)
    {
      must_not_open (fixture, MASH_STORE_ERROR_BUSY);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);

  /* The refusals took no lock away from the one that has it. */
  put_rows (database, 100, 1);
  must_close (database);
  must_close (must_open (fixture));
}

/* B1: whatever is left of the file, it is refused and no new one is made. */
static void
test_missing_and_cut (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *more = NULL;
  gsize length;

  read_file (fixture->path, &bytes, &length);
  more = g_malloc0 (length + 1);
  memcpy (more, bytes, length);

  write_file (fixture->path, bytes, 0);
  must_not_open (fixture, MASH_STORE_ERROR_EMPTY);
  for (gsize cut = 1; cut < length; cut += 4093)
    {
      write_file (fixture->path, bytes, cut);
      must_not_open (fixture, MASH_STORE_ERROR_TRUNCATED);
    }
  write_file (fixture->path, bytes, length / 2 / PAGE * PAGE);
  must_not_open (fixture, MASH_STORE_ERROR_TRUNCATED);
  write_file (fixture->path, bytes, length - 1);
  must_not_open (fixture, MASH_STORE_ERROR_TRUNCATED);
  write_file (fixture->path, more, length + 1);
  must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);

  g_unlink (fixture->path);
  must_not_open (fixture, MASH_STORE_ERROR_MISSING);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  /* Without the note too. */
  g_unlink (fixture->note);
  write_file (fixture->path, bytes, length / 2 / PAGE * PAGE);
  must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);

  write_file (fixture->path, bytes, length);
  must_close (must_open (fixture));
}

/* B2: another file of the same name is refused and left as it is. */
static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  Fixture other = { 0 };
  g_autofree char *theirs = NULL;
  g_autofree char *after = NULL;
  g_autofree char *plain = g_malloc0 (4 * PAGE);
  g_autofree char *text = g_strnfill (4 * PAGE, 'a');
  gsize length;
  gsize n_after;

  strcpy (plain, "SQLite format 3");
  write_file (fixture->path, plain, 4 * PAGE);
  must_not_open (fixture, MASH_STORE_ERROR_PLAIN);
  write_file (fixture->path, text, 4 * PAGE);
  must_not_open (fixture, MASH_STORE_ERROR_FOREIGN);
  read_file (fixture->path, &after, &n_after);
  g_assert_cmpmem (after, n_after, text, 4 * PAGE);
  g_clear_pointer (&after, g_free);

  set_up (&other, NULL);
  read_file (other.path, &theirs, &length);
  write_file (fixture->path, theirs, length);
  must_not_open (fixture, MASH_STORE_ERROR_FOREIGN);
  read_file (fixture->path, &after, &n_after);
  g_assert_cmpmem (after, n_after, theirs, length);
  tear_down (&other, NULL);
}

static void
test_wrong_key_or_hub (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (MashSecret) key = mash_secret_ref (fixture->key);
  g_autoptr (MashSecret) cut = mash_secret_new_part (key, 0, 47);
  g_autoptr (GError) error = NULL;
  guint8 bytes[MASH_DATABASE_KEY_LENGTH];

  memcpy (bytes, mash_secret_get_data (key, NULL), sizeof bytes);
  bytes[0] ^= 1;
  mash_secret_unref (fixture->key);
  fixture->key = mash_secret_new_from_bytes (bytes, sizeof bytes);
  must_not_open (fixture, MASH_STORE_ERROR_WRONG_KEY);
  mash_secret_unref (fixture->key);
  fixture->key = mash_secret_ref (cut);
  must_not_open (fixture, MASH_STORE_ERROR_WRONG_KEY);
  mash_secret_unref (fixture->key);
  fixture->key = mash_secret_ref (key);

  g_assert_null (mash_database_open_with (fixture->folder, key, MASH_DATABASE_APPLICATION_ID,
                                          "another hub", steps_one, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FOREIGN);
  g_clear_error (&error);
  g_assert_null (mash_database_open_with (fixture->folder, key, 7, HUB, steps_one, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FOREIGN);
  g_clear_error (&error);
  g_assert_null (mash_database_create_with (fixture->folder, key, MASH_DATABASE_APPLICATION_ID,
                                            HUB, steps_one, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_EXISTS);
  must_close (must_open (fixture));
}

/* B3: a flipped bit in any page is found by the start check after an unclean end, and by the
 * statement that reads it otherwise. */
static void
test_bit_flips (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *note = NULL;
  gsize length;
  gsize n_note;

  read_file (fixture->path, &bytes, &length);
  read_file (fixture->note, &note, &n_note);
  for (gsize page = 0; page < length / PAGE; page++)
    {
      write_file (fixture->path, bytes, length);
      write_file (fixture->note, note, n_note);
      flip (fixture->path, page * PAGE + 99);
      g_unlink (fixture->note);
      if (page == 0)
        must_not_open (fixture, MASH_STORE_ERROR_WRONG_KEY);
      else
        must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);
    }

  /* The note proves the key, so a first page that does not open is damage. */
  write_file (fixture->path, bytes, length);
  write_file (fixture->note, note, n_note);
  flip (fixture->path, 99);
  must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);
  write_file (fixture->path, bytes, length);
  flip (fixture->path, 3);
  must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);

  /* A note that was tampered with counts for nothing. */
  write_file (fixture->path, bytes, length);
  flip (fixture->note, 20);
  {
    g_autoptr (MashDatabase) database = must_open (fixture);

    g_assert_true (mash_database_get_recovered (database));
  }
}

static void
test_unclean_end (Fixture       *fixture,
                  gconstpointer  data)
{
  MashDatabase *database;

  die_after (fixture, 100, 50);
  database = must_open (fixture);
  g_assert_true (mash_database_get_recovered (database));
  g_assert_cmpint (count_things (database), ==, 150);
  must_close (database);

  database = must_open (fixture);
  g_assert_false (mash_database_get_recovered (database));
  must_close (database);
}

/* B3 and B5: a log with a flipped bit, cut, gone, or of another day loses no save in silence. */
static void
test_log_faults (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *log = NULL;
  g_autofree char *old_log = NULL;
  g_autofree char *database_bytes = NULL;
  g_autofree char *note = NULL;
  const gsize places[] = { 3, 17, 32 + 17, 32 + 24 + 100, 32 + 3 * (24 + PAGE) + 500 };
  gsize n_log;
  gsize n_old;
  gsize n_database;
  gsize n_note;

  die_after (fixture, 100, 5);
  read_file (fixture->log, &old_log, &n_old);
  must_close (must_open (fixture));

  /* A clean end, and a log of another day beside it. */
  write_file (fixture->log, old_log, n_old);
  must_not_open (fixture, MASH_STORE_ERROR_ROLLED_BACK);
  g_unlink (fixture->log);

  die_after (fixture, 200, 20);
  read_file (fixture->log, &log, &n_log);
  read_file (fixture->path, &database_bytes, &n_database);
  read_file (fixture->note, &note, &n_note);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      write_file (fixture->log, log, n_log);
      flip (fixture->log, places[i]);
      must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);
    }

  write_file (fixture->log, old_log, n_old);
  must_not_open (fixture, MASH_STORE_ERROR_ROLLED_BACK);
  g_unlink (fixture->log);
  must_not_open (fixture, MASH_STORE_ERROR_LOG_MISSING);
  write_file (fixture->log, log, 0);
  must_not_open (fixture, MASH_STORE_ERROR_ROLLED_BACK);

  /* Every refusal left the files as they were: with its own log all is there. */
  write_file (fixture->log, log, n_log);
  {
    g_autoptr (MashDatabase) database = must_open (fixture);

    g_assert_cmpint (count_things (database), ==, 125);
  }
}

static void
test_old_copy (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  gsize length;
  MashDatabase *database;

  read_file (fixture->path, &bytes, &length);
  database = must_open (fixture);
  mash_database_execute (database, "DELETE FROM thing WHERE id > 90", NULL);
  must_close (database);

  write_file (fixture->path, bytes, length);
  must_not_open (fixture, MASH_STORE_ERROR_ROLLED_BACK);
}

/* B5: links, owner and mode. */
static void
test_unsafe_files (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere", NULL);
  struct stat st;

  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  must_close (must_open (fixture));
  g_stat (fixture->path, &st);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_stat (fixture->folder, &st);
  g_assert_cmpint (st.st_mode & 0777, ==, 0700);

  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  must_not_open (fixture, MASH_STORE_ERROR_READ_ONLY);
  g_chmod (fixture->path, 0600);
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  must_not_open (fixture, MASH_STORE_ERROR_READ_ONLY);
  g_chmod (fixture->folder, 0700);

  g_assert_cmpint (link (fixture->path, elsewhere), ==, 0);
  must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
  g_unlink (fixture->path);
  g_assert_cmpint (symlink (elsewhere, fixture->path), ==, 0);
  must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
  g_unlink (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
  g_rmdir (fixture->path);
  g_assert_cmpint (rename (elsewhere, fixture->path), ==, 0);

  g_assert_cmpint (symlink (fixture->path, fixture->log), ==, 0);
  must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
  g_unlink (fixture->log);

  /* Only root can give a file away. */
  if (geteuid () == 0)
    {
      g_assert_cmpint (chown (fixture->path, 1, 1), ==, 0);
      must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
      g_assert_cmpint (chown (fixture->path, 0, 0), ==, 0);
    }
  must_close (must_open (fixture));
}

/* B13 */
static void
test_schema (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  MashDatabase *database;

  g_assert_null (mash_database_open_with (fixture->folder, fixture->key,
                                          MASH_DATABASE_APPLICATION_ID, HUB, steps_broken,
                                          &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED);
  g_clear_error (&error);

  /* A step that failed left nothing of itself, so the mended one runs whole. */
  database = must_open (fixture);
  g_assert_cmpint (count (database, "SELECT count (*) FROM sqlite_master WHERE name = 'more'"),
                   ==, 0);
  must_close (database);

  database = mash_database_open_with (fixture->folder, fixture->key, MASH_DATABASE_APPLICATION_ID,
                                      HUB, steps_two, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mash_database_get_version (database), ==, 2);
  g_assert_cmpint (count (database, "SELECT id FROM more"), ==, 7);
  must_close (database);

  must_not_open (fixture, MASH_STORE_ERROR_NEWER);
}

static void
test_half_made (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *half = g_strconcat (fixture->path, ".new", NULL);
  MashDatabase *database;

  g_unlink (fixture->path);
  write_file (half, "half", -1);
  must_not_open (fixture, MASH_STORE_ERROR_MISSING);
  database = mash_database_create_with (fixture->folder, fixture->key,
                                        MASH_DATABASE_APPLICATION_ID, HUB, steps_one, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
  g_assert_cmpint (count_things (database), ==, 0);
  must_close (database);
}

static void
test_in_memory (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDatabase) database = mash_database_new_in_memory (&error);

  g_assert_no_error (error);
  g_assert_nonnull (database);
  g_assert_true (mash_database_execute (database, "CREATE TABLE t (a)", &error));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/database/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("settings", test_settings);
  ADD ("statements", test_statements);
  ADD ("transactions", test_transactions);
  ADD ("cancel", test_cancel);
  ADD ("already-open", test_already_open);
  ADD ("missing-and-cut", test_missing_and_cut);
  ADD ("foreign", test_foreign);
  ADD ("wrong-key-or-hub", test_wrong_key_or_hub);
  ADD ("bit-flips", test_bit_flips);
  ADD ("unclean-end", test_unclean_end);
  ADD ("log-faults", test_log_faults);
  ADD ("old-copy", test_old_copy);
  ADD ("unsafe-files", test_unsafe_files);
  ADD ("schema", test_schema);
  ADD ("half-made", test_half_made);
  g_test_add_func ("/database/in-memory", test_in_memory);
#undef ADD

  return g_test_run ();
}
