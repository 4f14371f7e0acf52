/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "database-fixture.h"

/* Another process than a fork, which would inherit what SQLite knows of its own locks. */
static int
open_elsewhere (Fixture *fixture)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GString) key = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { self, "--open", fixture->folder, NULL, NULL };
  int status;

  for (gsize i = 0; i < MASH_DATABASE_KEY_LENGTH; i++)
    g_string_append_printf (key, "%02x", mash_secret_get_data (fixture->key, NULL)[i]);
  arguments[3] = key->str;
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status);
}

static int
be_elsewhere (const char *folder,
              const char *hex)
{
  Fixture fixture = { .folder = (char *) folder };
  guint8 bytes[MASH_DATABASE_KEY_LENGTH];
  g_autoptr (GError) error = NULL;
  MashDatabase *database;

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]);
  fixture.key = mash_secret_new_from_bytes (bytes, sizeof bytes);
  database = fixture_try_open (&fixture, &error);
  mash_secret_unref (fixture.key);
  mash_database_free (database);

  return database ? 0 : error->code;
}

static void
test_already_open (Fixture      *fixture,
                   gconstpointer data)
{
  MashDatabase *database = fixture_open (fixture);

  g_assert_cmpint (open_elsewhere (fixture), ==, MASH_STORE_ERROR_BUSY);

  /* A refusal takes no lock away from the one that has it. */
  fixture_must_not_open (fixture, MASH_STORE_ERROR_BUSY);
  g_assert_cmpint (open_elsewhere (fixture), ==, MASH_STORE_ERROR_BUSY);
  fixture_put_rows (database, 100, 1);
  fixture_close (database);
  g_assert_cmpint (open_elsewhere (fixture), ==, 0);
}

/* B1: whatever is left of the file, it is refused and no new one is made. */
static void
test_missing_and_cut (Fixture      *fixture,
                      gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *more = NULL;
  struct stat st;
  gsize length;

  fixture_read_file (fixture->path, &bytes, &length);
  more = g_malloc0 (length + 1);
  memcpy (more, bytes, length);

  fixture_write_file (fixture->path, bytes, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_EMPTY);
  for (gsize cut = 1; cut < length; cut += 4093)
    {
      fixture_write_file (fixture->path, bytes, cut);
      fixture_must_not_open (fixture, MASH_STORE_ERROR_TRUNCATED);
    }
  fixture_write_file (fixture->path, bytes, length / 2 / PAGE * PAGE);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_TRUNCATED);
  fixture_write_file (fixture->path, bytes, length - 1);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_TRUNCATED);
  fixture_write_file (fixture->path, more, length + 1);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);

  g_unlink (fixture->path);
  g_assert_cmpint (g_chmod (fixture->folder, 0777), ==, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_MISSING);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_stat (fixture->folder, &st);
  g_assert_cmpint (st.st_mode & 0777, ==, 0777);

  /* Without the note too. */
  g_unlink (fixture->note);
  fixture_write_file (fixture->path, bytes, length / 2 / PAGE * PAGE);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);

  fixture_write_file (fixture->path, bytes, length);
  fixture_close (fixture_open (fixture));
}

/* B2: another file of the same name is refused and left as it is. */
static void
test_foreign (Fixture      *fixture,
              gconstpointer data)
{
  Fixture other = { 0 };
  g_autofree char *theirs = NULL;
  g_autofree char *after = NULL;
  g_autofree char *plain = g_malloc0 (4 * PAGE);
  g_autofree char *text = g_strnfill (4 * PAGE, 'a');
  gsize length;
  gsize n_after;

  strcpy (plain, "SQLite format 3");
  fixture_write_file (fixture->path, plain, 4 * PAGE);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_PLAIN);
  fixture_write_file (fixture->path, text, 4 * PAGE);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_FOREIGN);
  fixture_read_file (fixture->path, &after, &n_after);
  g_assert_cmpmem (after, n_after, text, 4 * PAGE);
  g_clear_pointer (&after, g_free);

  fixture_set_up (&other, NULL);
  fixture_read_file (other.path, &theirs, &length);
  fixture_write_file (fixture->path, theirs, length);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_FOREIGN);
  fixture_read_file (fixture->path, &after, &n_after);
  g_assert_cmpmem (after, n_after, theirs, length);
  fixture_tear_down (&other, NULL);
}

static void
test_wrong_key_or_hub (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (MashSecret) key = mash_secret_ref (fixture->key);
  g_autoptr (MashSecret) cut = mash_secret_new_part (key, 0, 47);
  g_autoptr (GError) error = NULL;
  guint8 bytes[MASH_DATABASE_KEY_LENGTH];

  memcpy (bytes, mash_secret_get_data (key, NULL), sizeof bytes);
  bytes[0] ^= 1;
  mash_secret_unref (fixture->key);
  fixture->key = mash_secret_new_from_bytes (bytes, sizeof bytes);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_WRONG_KEY);
  mash_secret_unref (fixture->key);
  fixture->key = mash_secret_ref (cut);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_WRONG_KEY);
  mash_secret_unref (fixture->key);
  fixture->key = mash_secret_ref (key);

  g_assert_null (mash_database_open_with (fixture->folder, key, MASH_DATABASE_APPLICATION_ID,
                                          "another hub", fixture_steps, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FOREIGN);
  g_clear_error (&error);
  g_assert_null (mash_database_open_with (fixture->folder, key, 7, HUB, fixture_steps, NULL,
                                          &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FOREIGN);
  g_clear_error (&error);
  g_assert_null (mash_database_create_with (fixture->folder, key, MASH_DATABASE_APPLICATION_ID,
                                            HUB, fixture_steps, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_EXISTS);
  fixture_close (fixture_open (fixture));
}

/* B3: a flipped bit in any page is found by the start check after an unclean end, and by the
 * statement that reads it otherwise. */
static void
test_bit_flips (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *note = NULL;
  gsize length;
  gsize n_note;

  fixture_read_file (fixture->path, &bytes, &length);
  fixture_read_file (fixture->note, &note, &n_note);
  for (gsize page = 0; page < length / PAGE; page++)
    {
      fixture_write_file (fixture->path, bytes, length);
      fixture_write_file (fixture->note, note, n_note);
      fixture_flip (fixture->path, page * PAGE + 99);
      g_unlink (fixture->note);
      if (page == 0)
        fixture_must_not_open (fixture, MASH_STORE_ERROR_WRONG_KEY);
      else
        fixture_must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);
    }

  /* The note proves the key, so a first page that does not open is damage. */
  fixture_write_file (fixture->path, bytes, length);
  fixture_write_file (fixture->note, note, n_note);
  fixture_flip (fixture->path, 99);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);
  fixture_write_file (fixture->path, bytes, length);
  fixture_flip (fixture->path, 3);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);

  /* A note that was tampered with counts for nothing. */
  fixture_write_file (fixture->path, bytes, length);
  fixture_flip (fixture->note, 20);
  {
    g_autoptr (MashDatabase) database = fixture_open (fixture);

    g_assert_true (mash_database_get_recovered (database));
  }
}

static void
test_unclean_end (Fixture      *fixture,
                  gconstpointer data)
{
  MashDatabase *database;

  fixture_die_after (fixture, 100, 50);
  database = fixture_open (fixture);
  g_assert_true (mash_database_get_recovered (database));
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 150);
  fixture_close (database);

  database = fixture_open (fixture);
  g_assert_false (mash_database_get_recovered (database));
  fixture_close (database);
}

/* B3 and B5: a log with a flipped bit, cut, gone, or of another day loses no save in silence. */
static void
test_log_faults (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *log = NULL;
  g_autofree char *old_log = NULL;
  g_autofree char *database_bytes = NULL;
  g_autofree char *note = NULL;
  const gsize places[] = { 3, 17, 32 + 17, 32 + 24 + 100, 32 + 3 * (24 + PAGE) + 500 };
  g_autofree char *after = NULL;
  gsize n_log;
  gsize n_old;
  gsize n_after;
  gsize n_database;
  gsize n_note;

  fixture_die_after (fixture, 100, 5);
  fixture_read_file (fixture->log, &old_log, &n_old);
  fixture_close (fixture_open (fixture));

  /* A clean end, and a log of another day beside it. */
  fixture_write_file (fixture->log, old_log, n_old);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_ROLLED_BACK);
  g_unlink (fixture->log);

  fixture_die_after (fixture, 200, 20);
  fixture_read_file (fixture->log, &log, &n_log);
  fixture_read_file (fixture->path, &database_bytes, &n_database);
  fixture_read_file (fixture->note, &note, &n_note);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      fixture_write_file (fixture->log, log, n_log);
      fixture_flip (fixture->log, places[i]);
      fixture_must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);
    }

  fixture_write_file (fixture->log, old_log, n_old);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_ROLLED_BACK);
  g_unlink (fixture->log);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_LOG_MISSING);
  fixture_write_file (fixture->log, log, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_ROLLED_BACK);

  /* Every refusal left the files as they were: with its own log all is there. */
  fixture_read_file (fixture->path, &after, &n_after);
  g_assert_cmpmem (after, n_after, database_bytes, n_database);
  g_clear_pointer (&after, g_free);
  fixture_read_file (fixture->note, &after, &n_after);
  g_assert_cmpmem (after, n_after, note, n_note);
  fixture_write_file (fixture->log, log, n_log);
  {
    g_autoptr (MashDatabase) database = fixture_open (fixture);

    g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 125);
  }
}

static void
test_old_copy (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;
  MashDatabase *database;

  fixture_read_file (fixture->path, &bytes, &length);
  database = fixture_open (fixture);
  mash_database_execute (database, "DELETE FROM thing WHERE id > 90", NULL);
  fixture_close (database);

  fixture_write_file (fixture->path, bytes, length);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_ROLLED_BACK);
}

/* B5: links, owner and mode. */
static void
test_unsafe_files (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere", NULL);
  struct stat st;

  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0777), ==, 0);
  fixture_close (fixture_open (fixture));
  g_stat (fixture->path, &st);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_stat (fixture->folder, &st);
  g_assert_cmpint (st.st_mode & 0777, ==, 0755);
  g_assert_cmpint (g_chmod (fixture->folder, 01777), ==, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
  g_chmod (fixture->folder, 0700);

  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_READ_ONLY);
  g_chmod (fixture->path, 0600);
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_READ_ONLY);
  g_chmod (fixture->folder, 0700);

  g_assert_cmpint (link (fixture->path, elsewhere), ==, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
  g_unlink (fixture->path);
  g_assert_cmpint (symlink (elsewhere, fixture->path), ==, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
  g_unlink (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
  g_rmdir (fixture->path);
  g_assert_cmpint (rename (elsewhere, fixture->path), ==, 0);

  g_assert_cmpint (symlink (fixture->path, fixture->log), ==, 0);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
  g_unlink (fixture->log);

  /* A journal that is not ours would be rolled back. */
  fixture_write_file (journal, "journal", -1);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);
  g_unlink (journal);

  /* Only root can give a file away. */
  if (geteuid () == 0)
    {
      g_assert_cmpint (chown (fixture->path, 1, 1), ==, 0);
      fixture_must_not_open (fixture, MASH_STORE_ERROR_UNSAFE_FILE);
      g_assert_cmpint (chown (fixture->path, 0, 0), ==, 0);
    }
  fixture_close (fixture_open (fixture));
}

/* B8: a write beyond a limit of the system fails, the transaction is undone, and work goes on. */
static void
test_no_room (Fixture      *fixture,
              gconstpointer data)
{
  MashDatabase *database = fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  struct rlimit limit;
  rlim_t before;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &limit);
  before = limit.rlim_cur;
  limit.rlim_cur = 40 * PAGE;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  {
    g_autoptr (MashTransaction) transaction = mash_transaction_begin (database, &error);

    g_assert_no_error (error);
    fixture_put_rows (database, 100, 400);
    g_assert_false (mash_transaction_commit (transaction, &error));
    g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO);
  }
  limit.rlim_cur = before;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);

  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 100);
  fixture_put_rows (database, 100, 400);
  fixture_close (database);
  database = fixture_open (fixture);
  g_assert_false (mash_database_get_recovered (database));
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 500);
  fixture_close (database);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && strcmp (argv[1], "--open") == 0)
    return be_elsewhere (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/database/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("already-open", test_already_open);
  ADD ("missing-and-cut", test_missing_and_cut);
  ADD ("foreign", test_foreign);
  ADD ("wrong-key-or-hub", test_wrong_key_or_hub);
  ADD ("bit-flips", test_bit_flips);
  ADD ("unclean-end", test_unclean_end);
  ADD ("log-faults", test_log_faults);
  ADD ("old-copy", test_old_copy);
  ADD ("unsafe-files", test_unsafe_files);
  ADD ("no-room", test_no_room);
#undef ADD

  return g_test_run ();
}
