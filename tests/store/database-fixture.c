/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "database-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

const char *const fixture_steps[] = {
  "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, data BLOB) STRICT;"
  "CREATE INDEX thing_data ON thing (data);"
  "CREATE TABLE part (thing INTEGER NOT NULL REFERENCES thing (id)) STRICT;",
  NULL
};

MashDatabase *
fixture_try_open (Fixture *fixture,
                  GError **error)
{
  return mash_database_open_with (fixture->folder, fixture->key, MASH_DATABASE_APPLICATION_ID,
                                  HUB, fixture_steps, NULL, error);
}

MashDatabase *
fixture_open (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MashDatabase *database = fixture_try_open (fixture, &error);

  g_assert_no_error (error);
  g_assert_nonnull (database);

  return database;
}

void
fixture_must_not_open (Fixture       *fixture,
                       MashStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDatabase) database = fixture_try_open (fixture, &error);

  g_assert_error (error, MASH_STORE_ERROR, (int) code);
  g_assert_null (database);
  g_assert_null (strstr (error->message, fixture->folder));
}

void
fixture_close (MashDatabase *database)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_database_close (database, &error));
  g_assert_no_error (error);
  mash_database_free (database);
}

void
fixture_put_rows (MashDatabase *database,
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

gint64
fixture_count (MashDatabase *database,
               const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStatement) statement = mash_database_prepare (database, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (mash_statement_step (statement, &error), ==, MASH_STEP_ROW);

  return mash_statement_get_int (statement, 0);
}

void
fixture_set_up (Fixture      *fixture,
                gconstpointer data)
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
                                        MASH_DATABASE_APPLICATION_ID, HUB, fixture_steps, &error);
  g_assert_no_error (error);
  fixture_put_rows (database, 0, 100);
  fixture_close (database);
}

void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer data)
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

void
fixture_read_file (const char *path,
                   char      **data,
                   gsize      *length)
{
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, data, length, &error);
  g_assert_no_error (error);
}

void
fixture_write_file (const char *path,
                    const char *data,
                    gssize      length)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  if (length < 0)
    length = strlen (data);
  g_assert_cmpint (write (fd, data, length), ==, length);
  close (fd);
}

void
fixture_flip (const char *path,
              gsize       offset)
{
  g_autofree char *data = NULL;
  gsize length;

  fixture_read_file (path, &data, &length);
  g_assert_cmpuint (offset, <, length);
  data[offset] ^= 0x10;
  fixture_write_file (path, data, length);
}

/* A process that saves and then dies, as on kill -9: what it acknowledged is in the log alone. */
void
fixture_die_after (Fixture *fixture,
                   int      from,
                   int      n)
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    {
      MashDatabase *database = fixture_open (fixture);

      fixture_put_rows (database, from, n);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}
