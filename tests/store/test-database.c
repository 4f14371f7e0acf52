/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "database-fixture.h"

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

static void
test_round_trip (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;
  struct stat st;
  MashDatabase *database = fixture_open (fixture);

  g_assert_false (mash_database_get_recovered (database));
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 100);
  g_assert_cmpuint (mash_database_get_version (database), ==, 1);
  g_assert_cmpstr (mash_database_get_hub (database), ==, HUB);
  fixture_put_rows (database, 100, 1);
  fixture_close (database);

  g_assert_false (g_file_test (fixture->log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (fixture->path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  fixture_read_file (fixture->path, &bytes, &length);
  g_assert_null (memmem (bytes, length, "thing", 5));
  g_assert_null (memmem (bytes, length, "SQLite", 6));

  database = fixture_open (fixture);
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 101);
  fixture_close (database);
}

static void
test_settings (Fixture      *fixture,
               gconstpointer data)
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
    { "PRAGMA page_size", PAGE },
    { "PRAGMA cipher_page_size", PAGE },
    { "PRAGMA cipher_use_hmac", 1 },
    { "PRAGMA wal_autocheckpoint", 500 },
  };
  g_autofree char *shared = g_strconcat (fixture->path, "-shm", NULL);
  g_autoptr (MashDatabase) database = fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    g_assert_cmpint (fixture_count (database, settings[i].sql), ==, settings[i].expected);

  g_assert_false (g_file_test (shared, G_FILE_TEST_EXISTS));
  g_assert_false (mash_database_execute (database, "ATTACH ':memory:' AS other KEY ''", &error));
  g_clear_error (&error);
  g_assert_false (mash_database_execute (database, "INSERT INTO part VALUES (999)", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (mash_database_execute (database, "UPDATE sqlite_master SET sql = ''", &error));
  g_assert_nonnull (error);
}

static void
test_statements (Fixture      *fixture,
                 gconstpointer data)
{
  const char *sql = "SELECT id, name, data FROM thing WHERE name = ?1";
  g_autoptr (MashDatabase) database = fixture_open (fixture);
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
test_transactions (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (MashDatabase) database = fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (MashTransaction) outer = mash_transaction_begin (database, &error);

    fixture_put_rows (database, 200, 1);
    {
      g_autoptr (MashTransaction) inner = mash_transaction_begin (database, &error);

      g_assert_nonnull (inner);
      fixture_put_rows (database, 201, 5);
    }
    g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 101);
    {
      g_autoptr (MashTransaction) inner = mash_transaction_begin (database, &error);

      fixture_put_rows (database, 300, 2);
      g_assert_true (mash_transaction_commit (inner, &error));
    }
    g_assert_true (mash_transaction_commit (outer, &error));
  }
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 103);

  {
    g_autoptr (MashTransaction) outer = mash_transaction_begin (database, &error);
    g_autoptr (MashTransaction) inner = mash_transaction_begin (database, &error);

    g_assert_nonnull (outer);
    fixture_put_rows (database, 400, 9);
    g_assert_true (mash_transaction_commit (inner, &error));
  }
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 103);
  g_assert_no_error (error);
}

static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (MashDatabase) database = fixture_open (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const char *endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                        " SELECT count (*) FROM n";

  mash_database_set_cancellable (database, cancellable);
  g_cancellable_cancel (cancellable);
  {
    g_autoptr (MashTransaction) transaction = mash_transaction_begin (database, &error);

    g_assert_nonnull (transaction);
    fixture_put_rows (database, 500, 1);
    g_assert_false (mash_database_run (database, &error, endless, NULL));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
  mash_database_set_cancellable (database, NULL);
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 100);
}

/* B13 */
static void
test_schema (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MashDatabase *database;

  g_assert_null (mash_database_open_with (fixture->folder, fixture->key,
                                          MASH_DATABASE_APPLICATION_ID, HUB, steps_broken, NULL,
                                          &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED);
  g_clear_error (&error);

  /* A step that failed left nothing of itself, so the mended one runs whole. */
  database = fixture_open (fixture);
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM sqlite_master"
                                  " WHERE name = 'more'"),
                   ==, 0);
  fixture_close (database);

  database = mash_database_open_with (fixture->folder, fixture->key, MASH_DATABASE_APPLICATION_ID,
                                      HUB, steps_two, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mash_database_get_version (database), ==, 2);
  g_assert_cmpint (fixture_count (database, "SELECT id FROM more"), ==, 7);
  fixture_close (database);

  fixture_must_not_open (fixture, MASH_STORE_ERROR_NEWER);
}

static void
test_half_made (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *half = g_strconcat (fixture->path, ".new", NULL);
  MashDatabase *database;

  g_unlink (fixture->path);
  fixture_write_file (half, "half", -1);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_MISSING);
  database = mash_database_create_with (fixture->folder, fixture->key,
                                        MASH_DATABASE_APPLICATION_ID, HUB, fixture_steps, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 0);
  fixture_close (database);
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

#define ADD(path, func) \
  g_test_add ("/database/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("settings", test_settings);
  ADD ("statements", test_statements);
  ADD ("transactions", test_transactions);
  ADD ("cancel", test_cancel);
  ADD ("schema", test_schema);
  ADD ("half-made", test_half_made);
#undef ADD
  g_test_add_func ("/database/in-memory", test_in_memory);

  return g_test_run ();
}
