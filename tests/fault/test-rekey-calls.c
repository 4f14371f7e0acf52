/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that fails calls of the end of a change of the database key in turn, below SQLCipher: each
 * with which a file is named or made durable, and some of the many others. The file has the old key
 * or the new one, and nothing is lost. */

#include "config.h"

#include <errno.h>

#include "failing-calls.h"
#include "mash-backup.h"
#include "mash-database-private.h"
#include "mash-sentences.h"
#include "mash-store-keys.h"
#include "mash-store-rekey.h"
#include "store-fixture.h"

#define COUNT "SELECT count(*) FROM change"

/* Copies all but the end, which is where both files and the slots are written. */
static MashRekey *
begin (StoreFixture *fixture,
       MashSecret   *words)
{
  g_autoptr (GError) error = NULL;
  MashRekey *rekey = mash_rekey_begin (fixture->store, words, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  while (!done)
    g_assert_true (mash_rekey_step (rekey, 0, NULL, &done, NULL));

  return rekey;
}

/* The next session, after one that found its database shut or kept both keys. */
static void
start_anew (StoreFixture *fixture)
{
  mash_store_close (fixture->store, NULL);
  g_clear_object (&fixture->store);
  store_fixture_sign_in (fixture, "manager");
}

/* Which call fails next, after this one; every one where all are asked for. */
static guint
get_next (guint at,
          guint every)
{
  return at + 1 + (every > 0 && g_getenv ("MASH_FAULT_LONG") == NULL ? at / every : 0);
}

static void
try_once (StoreFixture *fixture,
          MashSecret   *words,
          FailingCalls  calls,
          guint         at,
          gboolean     *hit,
          guint        *n_failed)
{
  g_autoptr (MashRekey) rekey = begin (fixture, words);
  g_autoptr (GError) error = NULL;
  gboolean done;

  failing_calls_arm (calls, at, EIO);
  done = mash_rekey_end (rekey, NULL, &error);
  *hit = failing_calls_disarm ();
  if (!*hit && error != NULL)
    g_error ("It does not go on after what failed before call %u: %s", at, error->message);
  if (!done)
    {
      g_autofree char *sentence = mash_sentence_for_error (error);

      g_assert_cmpstr (sentence, !=, "");
      *n_failed += 1;
    }
}

static void
test_calls (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const struct
  {
    FailingCalls calls;
    guint        every;   /* the next is so large a part of those before */
  } rows[] = {
    { FAILING_NAME | FAILING_SYNC, 0 },
    { FAILING_OPEN | FAILING_STAT, 5 },
    { FAILING_READ | FAILING_WRITE, 1 },
  };
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autofree char *contact = store_fixture_contact (fixture, "Ada", "Rowe", "2019-03-04");
  gint64 n_changes = store_fixture_count (fixture, COUNT);
  g_autoptr (MashVerifyReport) report = NULL;
  guint n_failed = 0;

  store_fixture_sign_in (fixture, "manager");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean hit = TRUE;

      for (guint at = 1; hit; at = get_next (at, rows[i].every))
        {
          try_once (fixture, words, rows[i].calls, at, &hit, &n_failed);
          if (!mash_database_is_open (fixture->store->database) ||
              mash_slots_is_between_keys (fixture->store->slots))
            start_anew (fixture);
          g_assert_cmpint (store_fixture_count (fixture, COUNT), ==, n_changes);
          g_assert_cmpuint (at, <, 100000);
        }
    }
  g_test_message ("%u calls made it fail", n_failed);
  g_assert_cmpuint (n_failed, >, 20);

  store_fixture_sign_in (fixture, "worker");
  report = store_fixture_verify (fixture);
  g_assert_true (report->holds);
}

/* While it is copied: whatever the disk does the key is as it was, and no copy is left. */
static void
test_copying (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const struct
  {
    FailingCalls calls;
    int          number;
    gboolean     of_steps;
  } rows[] = {
    { FAILING_OPEN | FAILING_NAME, EIO, FALSE },
    { FAILING_WRITE, ENOSPC, FALSE },
    { FAILING_READ, EIO, TRUE },
    { FAILING_WRITE, ENOSPC, TRUE },
  };
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autofree char *copy = g_build_filename (fixture->folder, MASH_DATABASE_COPY_NAME, NULL);
  guint n_failed = 0;

  store_fixture_sign_in (fixture, "manager");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean hit = TRUE;

      for (guint at = 1; hit; at = get_next (at, rows[i].of_steps ? 1 : 4))
        {
          g_autoptr (MashRekey) rekey = NULL;
          g_autoptr (GError) error = NULL;
          gboolean done = FALSE;
          gboolean goes_on = TRUE;
          double fraction = 0;

          if (!rows[i].of_steps)
            failing_calls_arm (rows[i].calls, at, rows[i].number);
          rekey = mash_rekey_begin (fixture->store, words, &error);
          if (rows[i].of_steps)
            failing_calls_arm (rows[i].calls, at, rows[i].number);
          while (rekey != NULL && goes_on && !done)
            goes_on = mash_rekey_step (rekey, 3, &fraction, &done, &error);
          hit = failing_calls_disarm ();
          if (rekey == NULL || !goes_on)
            {
              g_assert_nonnull (error);
              n_failed++;
            }
          g_clear_pointer (&rekey, mash_rekey_free);
          g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
          g_assert_cmpuint (at, <, 100000);
        }
    }
  g_assert_cmpuint (n_failed, >, 4);
  store_fixture_sign_in (fixture, "worker");
}

/* While a copy is made the key stays. */
static void
test_beside_copies (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashBackup) backup = NULL;
  g_autofree char *target = g_dir_make_tmp ("mash-copies-XXXXXX", NULL);

  store_fixture_sign_in (fixture, "manager");
  backup = mash_backup_begin (fixture->store, target, &error);
  g_assert_no_error (error);
  g_assert_null (mash_rekey_begin (fixture->store, words, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);

  g_clear_pointer (&backup, mash_backup_free);
  g_assert_true (mash_store_rekey (fixture->store, words, &error));
  g_assert_no_error (error);
  store_fixture_remove_all (target);
}

/* One change of key at a time, of a store that is open. */
static void
test_order (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashRekey) rekey = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  store_fixture_sign_in (fixture, "manager");
  rekey = begin (fixture, words);
  g_assert_null (mash_rekey_begin (fixture->store, words, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  store_fixture_sign_in (fixture, "manager");
  g_assert_false (mash_rekey_step (rekey, 0, NULL, &done, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (mash_rekey_end (rekey, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  mash_rekey_free (NULL);

  g_clear_error (&error);
  g_assert_false (mash_store_recover ("/nonexistent", "worker", words, words, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_MISSING);
  store_fixture_sign_in (fixture, "admin");
  g_assert_true (mash_store_is_keeper (fixture->store));
  store_fixture_sign_in (fixture, "worker");
  g_assert_false (mash_store_is_keeper (fixture->store));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/faults/rekey-calls/copying", StoreFixture, NULL, store_fixture_set_up,
              test_copying, store_fixture_tear_down);
  g_test_add ("/faults/rekey-calls/beside-copies", StoreFixture, NULL, store_fixture_set_up,
              test_beside_copies, store_fixture_tear_down);
  g_test_add ("/faults/rekey-calls/order", StoreFixture, NULL, store_fixture_set_up, test_order,
              store_fixture_tear_down);
  g_test_add ("/faults/rekey-calls/end", StoreFixture, NULL, store_fixture_set_up, test_calls,
              store_fixture_tear_down);

  return g_test_run ();
}
