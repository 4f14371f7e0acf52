/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "mash-database-private.h"
#include "mash-store-proof.h"

/* One thing that somebody with the key alters behind the program's back, and what must be named. */
typedef struct
{
  const char *sql;
  const char *table;
  gint64      position;  /* 0 where no entry of a chain is at fault, -1 the last */
} Tamper;

static const Tamper tampers[] = {
  { "UPDATE change SET id = 'x' WHERE position = 3", "change", 3 },
  { "UPDATE change SET group_id = 'x' WHERE position = 3", "change", 3 },
  { "UPDATE change SET idx = 9 WHERE position = 3", "change", 3 },
  { "UPDATE change SET size = 9 WHERE position = 3", "change", 3 },
  { "UPDATE change SET desk = 'x' WHERE position = 3", "change", 3 },
  { "UPDATE change SET person = 'x' WHERE position = 3", "change", 3 },
  { "UPDATE change SET post = 'x' WHERE position = 3", "change", 3 },
  { "UPDATE change SET kind = 'note' WHERE position = 3", "change", 3 },
  { "UPDATE change SET record = 'x' WHERE position = 3", "change", 3 },
  { "UPDATE change SET base = 7 WHERE position = 3", "change", 3 },
  { "UPDATE change SET compartment = 'x' WHERE position = 3", "change", 3 },
  { "UPDATE change SET format = 2 WHERE position = 3", "change", 3 },
  { "UPDATE change SET said_at = '2020-01-01T00:00:00.000Z' WHERE position = 3", "change", 3 },
  { "UPDATE change SET took_at = '2020-01-01T00:00:00.000Z' WHERE position = 3", "change", 3 },
  { "UPDATE change SET salt = zeroblob (16) WHERE position = 3", "change", 3 },
  { "UPDATE change SET salt = x'00' WHERE position = 3", "change", 3 },
  { "UPDATE change SET body = replace (body, ',', ' ,') WHERE position = 3", "change", 3 },
  { "UPDATE change SET signature = zeroblob (64) WHERE position = 3", "change", 3 },
  { "UPDATE change SET digest = zeroblob (32) WHERE position = 3", "change", 3 },
  { "UPDATE change SET chain = zeroblob (32) WHERE position = 3", "change", 3 },
  { "UPDATE change SET state = 'pending' WHERE position = 3", "change", 3 },
  { "UPDATE change SET contact = 'x' WHERE position = 3", "change", 3 },
  { "DELETE FROM change WHERE position = 3", "change", 3 },
  { "DELETE FROM change WHERE position = (SELECT max (position) FROM change)", "change", -1 },
  { "UPDATE meta SET head_position = head_position + 1", "change", -1 },
  { "UPDATE meta SET head_chain = zeroblob (32)", "change", -1 },
  { "UPDATE meta SET head_at = ''", "change", -1 },
  { "UPDATE access SET id = 'x' WHERE position = 2", "access", 2 },
  { "UPDATE access SET desk = 'x' WHERE position = 2", "access", 2 },
  { "UPDATE access SET person = 'x' WHERE position = 2", "access", 2 },
  { "UPDATE access SET post = 'x' WHERE position = 2", "access", 2 },
  { "UPDATE access SET action = 'search' WHERE position = 2", "access", 2 },
  { "UPDATE access SET record = 'x' WHERE position = 2", "access", 2 },
  { "UPDATE access SET compartment = 'x' WHERE position = 2", "access", 2 },
  { "UPDATE access SET format = 2 WHERE position = 2", "access", 2 },
  { "UPDATE access SET said_at = 'x' WHERE position = 2", "access", 2 },
  { "UPDATE access SET salt = zeroblob (16) WHERE position = 2", "access", 2 },
  { "UPDATE access SET body = '{}' WHERE position = 2", "access", 2 },
  { "UPDATE access SET signature = zeroblob (64) WHERE position = 2", "access", 2 },
  { "UPDATE access SET digest = zeroblob (32) WHERE position = 2", "access", 2 },
  { "UPDATE access SET chain = zeroblob (32) WHERE position = 2", "access", 2 },
  { "DELETE FROM access WHERE position = 2", "access", 2 },
  { "DELETE FROM access WHERE position = (SELECT max (position) FROM access)", "access", -1 },
  { "UPDATE meta SET view_chain = zeroblob (32)", "access", -1 },
  { "UPDATE tray SET urgency = 0 WHERE urgency > 0", "tray", 0 },
  { "UPDATE tray SET clock_due = 0", "tray", 0 },
  { "DELETE FROM tray", "tray", 0 },
  { "UPDATE tray_count SET n = n + 1", "tray_count", 0 },
  { "DELETE FROM tray_count", "tray_count", 0 },
  { "UPDATE person_search SET names = 'x'", "person_search", 0 },
  { "DELETE FROM person_search", "person_search", 0 },
  { "INSERT INTO person_term (person_term) VALUES ('delete-all')", "person_term", 0 },
  { "INSERT INTO person_term (rowid, terms) VALUES (1, 'zoe$')", "person_term", 0 },
  { "UPDATE document_part SET data = x'00'", "document", 0 },
  { "DELETE FROM document_part", "document", 0 },
};

static void
fill (StoreFixture *fixture)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) group = mash_group_new ("add-document", contact);
  g_autoptr (GBytes) content = g_bytes_new_static ("Dear hub", 8);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autoptr (GError) error = NULL;

  store_fixture_add (fixture->store, group, &mash_source_document_kind, "title", "Letter",
                     "sha256", sum, "size", "8", NULL);
  mash_group_attach (group, sum, content);
  store_fixture_submit (fixture, group);
  store_fixture_recommend (fixture, contact);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MashContactBundle) bundle = mash_store_open_contact (fixture->store, contact,
                                                                      &error);

      g_assert_no_error (error);
    }
}

static void
execute (StoreFixture *fixture,
         const char   *sql)
{
  g_autoptr (GError) error = NULL;

  mash_database_execute (fixture->store->database, sql, &error);
  g_assert_no_error (error);
}

static void
check_named (StoreFixture *fixture,
             const char   *what,
             const char   *table,
             gint64        position)
{
  g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

  g_test_message ("%s", what);
  g_assert_false (report->holds);
  g_assert_cmpstr (report->table, ==, table);
  g_assert_nonnull (report->fault);
  if (position >= 0)
    g_assert_cmpint (report->position, ==, position);
  else
    g_assert_cmpint (report->position, >, 0);
}

static void
test_holds (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (MashVerifyReport) report = NULL;

  fill (fixture);
  report = store_fixture_verify (fixture);
  g_assert_true (report->holds);
  g_assert_null (report->fault);
  g_assert_cmpint (report->n_changes, ==,
                   store_fixture_count (fixture, "SELECT count(*) FROM change"));
  g_assert_cmpint (report->n_views, ==, 3);
  g_assert_cmpint (report->n_rows, >, 10);
}

static void
test_tampered (StoreFixture  *fixture,
               gconstpointer  data)
{
  fill (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (tampers); i++)
    {
      execute (fixture, "SAVEPOINT tamper");
      execute (fixture, tampers[i].sql);
      check_named (fixture, tampers[i].sql, tampers[i].table, tampers[i].position);
      execute (fixture, "ROLLBACK TO tamper");
      execute (fixture, "RELEASE tamper");
    }
  {
    g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

    g_assert_true (report->holds);
  }
}

/* Alters each column of each table of records that has a row, one by one. */
static void
test_each_column (StoreFixture  *fixture,
                  gconstpointer  data)
{
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);
  guint n_tried = 0;

  fill (fixture);
  for (guint i = 0; i < n_kinds; i++)
    {
      g_autofree char *table = mash_tables_dup_column (kinds[i]->name);
      g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM \"%s\"", table);
      g_autofree char *delete = g_strdup_printf ("DELETE FROM \"%s\"", table);

      if (store_fixture_count (fixture, count) == 0)
        continue;
      for (guint f = 0; f < kinds[i]->n_fields; f++)
        {
          g_autofree char *column = mash_tables_dup_column (kinds[i]->fields[f].name);
          g_autofree char *sql = g_strdup_printf ("UPDATE \"%s\" SET \"%s\" ="
                                                  " CASE WHEN \"%s\" IS NULL THEN '7' END"
                                                  " WHERE n = 1", table, column, column);

          execute (fixture, "SAVEPOINT tamper");
          execute (fixture, sql);
          check_named (fixture, sql, table, 0);
          execute (fixture, "ROLLBACK TO tamper");
          execute (fixture, "RELEASE tamper");
          n_tried++;
        }
      execute (fixture, "SAVEPOINT tamper");
      execute (fixture, delete);
      check_named (fixture, delete, table, 0);
      execute (fixture, "ROLLBACK TO tamper");
      execute (fixture, "RELEASE tamper");
    }
  g_assert_cmpuint (n_tried, >, 100);
}

static void
test_stamps (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const char *const columns[] = {
    "revision", "created_at", "created_by", "created_post", "updated_at", "updated_by", "voided_at",
    "voided_reason",
  };

  fill (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE contact SET %s = '7'", columns[i]);

      execute (fixture, "SAVEPOINT tamper");
      execute (fixture, sql);
      check_named (fixture, sql, "contact", 0);
      execute (fixture, "ROLLBACK TO tamper");
      execute (fixture, "RELEASE tamper");
    }
}

/* A whole history that was written anew, chain and all, but without the author's key. */
static void
test_forged (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (MashChange) change = NULL;
  g_autoptr (GBytes) statement = NULL;
  g_autoptr (GError) error = NULL;
  MashHead head = { 0 };
  gint64 last;
  g_autofree char *took_at = NULL;
  guint8 digest[MASH_CHANGE_DIGEST_SIZE];
  gsize length;

  fill (fixture);
  last = fixture->store->head.position;
  row = mash_database_prepare (fixture->store->database,
                               "SELECT id, group_id, idx, size, desk, person, post, kind, record,"
                               " base, compartment, format, said_at, salt, body, signature, took_at"
                               " FROM change ORDER BY position DESC LIMIT 1", &error);
  g_assert_cmpint (mash_statement_step (row, &error), ==, MASH_STEP_ROW);
  change = mash_store_read_change (row, fixture->store->info->hub);
  took_at = mash_statement_dup_text (row, 16);
  g_clear_pointer (&row, mash_statement_free);

  row = mash_database_prepare (fixture->store->database,
                               "SELECT chain FROM change ORDER BY position DESC LIMIT 1 OFFSET 1",
                               &error);
  g_assert_cmpint (mash_statement_step (row, &error), ==, MASH_STEP_ROW);
  memcpy (head.chain, mash_statement_get_data (row, 0, &length), sizeof head.chain);
  g_clear_pointer (&row, mash_statement_free);

  g_free (change->post);
  change->post = g_strdup ("another-post");
  statement = mash_change_to_statement (change);
  mash_change_digest (statement, change->signature, digest);
  mash_chain_next (head.chain, (guint64) last, took_at, digest, head.chain);
  g_assert_true (mash_database_run (fixture->store->database, &error,
                                    "UPDATE change SET post = ?1, digest = ?2, chain = ?3"
                                    " WHERE position = ?4", "tppi", change->post, digest,
                                    sizeof digest, head.chain, sizeof head.chain, last));
  g_assert_true (mash_database_run (fixture->store->database, &error,
                                    "UPDATE meta SET head_chain = ?1", "p", head.chain,
                                    sizeof head.chain));

  {
    g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

    g_assert_false (report->holds);
    g_assert_cmpint (report->position, ==, last);
    g_assert_nonnull (strstr (report->fault, "signature"));
  }
}

static void
on_progress_cb (double   fraction,
                gpointer data)
{
  g_assert_cmpfloat (fraction, >=, 0.0);
  g_assert_cmpfloat (fraction, <=, 1.0);
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (MashVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  mash_store_verify (fixture->store, on_progress_cb, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_clear_pointer (&report, mash_verify_report_free);

  g_cancellable_cancel (cancellable);
  g_assert_false (mash_store_verify (fixture->store, NULL, NULL, cancellable, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (report);

  /* And the store goes on as before. */
  g_free (store_fixture_contact (fixture, "Noah", "Khan", "2022-01-02"));
}

static guint
count_files (StoreFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static MashProof *
copy_all (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MashProof *proof = mash_proof_begin (fixture->store, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  while (!done)
    g_assert_true (mash_proof_step (proof, 0, NULL, &done, &error));

  return proof;
}

static gpointer
prove_thread (gpointer proof)
{
  MashVerifyReport *report = NULL;
  g_autoptr (GError) error = NULL;

  mash_proof_run (proof, on_progress_cb, NULL, NULL, &report, &error);
  g_assert_no_error (error);

  return report;
}

static MashVerifyReport *
run_on_thread (MashProof *proof)
{
  return g_thread_join (g_thread_new ("proof", prove_thread, proof));
}

/* The copy is of one moment: what is saved before its last page is in it, what is saved after is
 * not, and nothing of it has a name once it is whole. */
static void
test_aside (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (MashVerifyReport) report = NULL;
  g_autoptr (MashProof) proof = NULL;
  g_autoptr (GError) error = NULL;
  guint n_files = count_files (fixture);
  gboolean done = FALSE;
  gint64 then;

  fill (fixture);
  proof = mash_proof_begin (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_null (mash_proof_begin (fixture->store, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (mash_proof_step (proof, 5, NULL, &done, &error));
  g_assert_cmpuint (count_files (fixture), ==, n_files + 1);
  g_free (store_fixture_contact (fixture, "Noah", "Khan", "2022-01-02"));
  then = fixture->store->head.position;
  while (!done)
    g_assert_true (mash_proof_step (proof, 0, NULL, &done, &error));
  g_assert_cmpuint (count_files (fixture), ==, n_files);

  g_free (store_fixture_contact (fixture, "Ada", "Rowe", "2019-03-04"));
  report = run_on_thread (proof);
  g_assert_true (report->holds);
  g_assert_cmpint (report->n_changes, ==, then);
  g_assert_cmpint (report->n_views, ==, 3);
  g_assert_cmpuint (count_files (fixture), ==, n_files);
}

/* A fault that the store itself would find is found in the copy. */
static void
test_aside_tampered (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (MashVerifyReport) report = NULL;
  g_autoptr (MashProof) proof = NULL;

  fill (fixture);
  execute (fixture, "UPDATE tray SET clock_due = 0");
  proof = copy_all (fixture);
  execute (fixture, "DELETE FROM tray");
  report = run_on_thread (proof);
  g_assert_false (report->holds);
  g_assert_cmpstr (report->table, ==, "tray");
  g_assert_nonnull (strstr (report->fault, "clock_due"));
}

/* Given up at any moment, and after a kill at any moment, nothing of it is left. */
static void
test_aside_given_up (StoreFixture  *fixture,
                     gconstpointer  data)
{
  static const char *const names[] = {
    MASH_DATABASE_PROOF_NAME, MASH_DATABASE_PROOF_NAME "-wal", MASH_DATABASE_MADE_NAME,
  };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (MashVerifyReport) report = NULL;
  g_autoptr (MashProof) closed = NULL;
  g_autoptr (GError) error = NULL;
  MashProof *proof = mash_proof_begin (fixture->store, NULL);
  guint n_files = count_files (fixture) - 1;
  gboolean done = FALSE;

  g_assert_true (mash_proof_step (proof, 5, NULL, &done, NULL));
  mash_proof_free (proof);
  g_assert_cmpuint (count_files (fixture), ==, n_files);

  proof = copy_all (fixture);
  g_cancellable_cancel (cancellable);
  g_assert_false (mash_proof_run (proof, NULL, NULL, cancellable, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  mash_proof_free (proof);

  closed = mash_proof_begin (fixture->store, NULL);
  store_fixture_close (fixture);
  g_assert_false (mash_proof_step (closed, 0, NULL, &done, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_pointer (&closed, mash_proof_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_assert_true (g_file_set_contents (path, "half a copy", -1, NULL));
    }
  store_fixture_sign_in (fixture, "worker");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/verify/holds", test_holds);
  ADD ("/verify/tampered", test_tampered);
  ADD ("/verify/each-column", test_each_column);
  ADD ("/verify/stamps", test_stamps);
  ADD ("/verify/forged", test_forged);
  ADD ("/verify/cancelled", test_cancelled);
  ADD ("/verify/aside", test_aside);
  ADD ("/verify/aside-tampered", test_aside_tampered);
  ADD ("/verify/aside-given-up", test_aside_given_up);

  return g_test_run ();
}
