/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-file.h"
#include "mash-recovery-code.h"
#include "mash-store-keys.h"
#include "mash-store-proof.h"
#include "mash-store-rekey.h"
#include "store-fixture.h"

static void
check_opens (StoreFixture *fixture,
             const char   *sign_in,
             const char   *words,
             int           code)
{
  g_autoptr (MashSecret) secret = store_fixture_passphrase (words);
  g_autoptr (MashStore) store = NULL;
  g_autoptr (GError) error = NULL;

  store = mash_store_open (fixture->folder, fixture->policy, sign_in, secret, &error);
  if (code == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, MASH_STORE_ERROR, code);
  if (store != NULL)
    g_assert_true (mash_store_close (store, NULL));
}

static void
test_passphrase (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (MashSecret) old = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashSecret) new = store_fixture_passphrase ("new words for the desk");
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (fixture, "worker");
  g_assert_false (mash_store_change_passphrase (fixture->store, new, old, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY);
  g_clear_error (&error);
  g_assert_true (mash_store_change_passphrase (fixture->store, old, new, &error));
  g_assert_no_error (error);
  g_assert_true (mash_store_check_passphrase (fixture->store, new, &error));
  store_fixture_close (fixture);

  check_opens (fixture, "worker", FIXTURE_PASSPHRASE, MASH_STORE_ERROR_WRONG_KEY);
  check_opens (fixture, "worker", "new words for the desk", 0);
  check_opens (fixture, "manager", FIXTURE_PASSPHRASE, 0);
}

/* The code opens once, in whatever way it was copied, and sets a new passphrase. */
static void
test_recovery (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashSecret) new = store_fixture_passphrase ("found again");
  g_autoptr (MashSecret) code = NULL;
  g_autoptr (MashSecret) typed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *small = NULL;
  gsize length;

  store_fixture_sign_in (fixture, "worker");
  g_assert_false (mash_store_has_recovery (fixture->store));
  code = mash_store_make_recovery (fixture->store, words, &error);
  g_assert_no_error (error);
  g_assert_true (mash_store_has_recovery (fixture->store));
  store_fixture_close (fixture);

  text = g_strndup ((const char *) mash_secret_get_data (code, &length), 29);
  g_assert_cmpuint (length, ==, 29);
  small = g_ascii_strdown (g_strdelimit (text, "-", ' '), -1);
  typed = store_fixture_passphrase (small);

  g_assert_false (mash_store_recover (fixture->folder, "worker", words, new, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY);
  g_clear_error (&error);
  g_assert_false (mash_store_recover (fixture->folder, "manager", typed, new, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY);
  g_clear_error (&error);
  check_opens (fixture, "worker", small, MASH_STORE_ERROR_WRONG_KEY);

  g_assert_true (mash_store_recover (fixture->folder, "worker", typed, new, &error));
  g_assert_no_error (error);
  check_opens (fixture, "worker", FIXTURE_PASSPHRASE, MASH_STORE_ERROR_WRONG_KEY);
  check_opens (fixture, "worker", "found again", 0);
  g_assert_false (mash_store_recover (fixture->folder, "worker", typed, new, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY);
}

/* Who has used their code up gets the next; the chain says so. Nobody else may have the hub open,
 * who would write their own slots over the new ones. */
static void
test_renew (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashSecret) new = store_fixture_passphrase ("found again");
  g_autoptr (MashSecret) code = NULL;
  g_autoptr (MashSecret) next = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (fixture, "worker");
  code = mash_store_make_recovery (fixture->store, words, &error);
  g_assert_no_error (error);
  g_assert_false (mash_store_recover (fixture->folder, "worker", code, new, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BUSY);
  g_clear_error (&error);
  store_fixture_close (fixture);

  g_assert_true (mash_store_recover (fixture->folder, "worker", code, new, &error));
  next = mash_store_renew_recovery (fixture->folder, fixture->policy, "worker", words, &error);
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY);
  g_assert_null (next);
  g_clear_error (&error);
  next = mash_store_renew_recovery (fixture->folder, fixture->policy, "worker", new, &error);
  g_assert_no_error (error);
  g_assert_true (mash_store_recover (fixture->folder, "worker", next, words, &error));
  g_assert_no_error (error);

  store_fixture_sign_in (fixture, "worker");
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM access"
                                        " WHERE action = 'key'"), >=, 3);
}

/* A new database key: everybody signs in as before, and the old file fits no longer. */
static void
test_rekey (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autofree char *path = g_build_filename (fixture->folder, "desk.db", NULL);
  g_autofree char *note = g_build_filename (fixture->folder, "desk.note", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (MashVerifyReport) report = NULL;
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_before, n_after;

  store_fixture_sign_in (fixture, "worker");
  g_assert_false (mash_store_rekey (fixture->store, words, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  contact = store_fixture_contact (fixture, "Ada", "Rowe", "2019-03-04");
  store_fixture_close (fixture);
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));

  store_fixture_sign_in (fixture, "manager");
  g_assert_true (mash_store_rekey (fixture->store, words, &error));
  g_assert_no_error (error);
  report = store_fixture_verify (fixture);
  g_assert_true (report->holds);
  store_fixture_close (fixture);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpint (memcmp (before + 16, after + 16, 4080), !=, 0);

  check_opens (fixture, "worker", FIXTURE_PASSPHRASE, 0);
  store_fixture_sign_in (fixture, "manager");
  g_assert_true (mash_store_rekey (fixture->store, words, &error));
  store_fixture_close (fixture);
  check_opens (fixture, "officer", FIXTURE_PASSPHRASE, 0);

  g_assert_true (g_file_set_contents (path, before, (gssize) n_before, NULL));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  check_opens (fixture, "worker", FIXTURE_PASSPHRASE, MASH_STORE_ERROR_DAMAGED);
  g_unlink (note);
  check_opens (fixture, "worker", FIXTURE_PASSPHRASE, MASH_STORE_ERROR_KEYS_APART);
}

static MashRekey *
begin_rekey (StoreFixture *fixture)
{
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  MashRekey *rekey = mash_rekey_begin (fixture->store, words, &error);

  g_assert_no_error (error);

  return rekey;
}

static void
check_no_copy (StoreFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "desk.db.key", NULL);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* What is saved between two steps is there under the new key; a page may be written before it was
 * copied and after. No backup begins meanwhile, and no second change. */
static void
test_rekey_meanwhile (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (MashRekey) rekey = NULL;
  g_autoptr (MashRekey) second = NULL;
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashVerifyReport) report = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  double fraction = 0;
  guint n = 0;

  store_fixture_sign_in (fixture, "manager");
  rekey = begin_rekey (fixture);
  while (!done)
    {
      g_assert_true (mash_rekey_step (rekey, 20, &fraction, &done, &error));
      g_assert_no_error (error);
      if (n++ % 4 == 0)
        g_free (store_fixture_contact (fixture, "Ada", "Rowe", "2019-03-04"));
    }
  g_assert_cmpuint (n, >, 4);
  g_assert_cmpfloat (fraction, >, 0.9);
  second = mash_rekey_begin (fixture->store, words, &error);
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_assert_null (second);
  g_clear_error (&error);
  last = store_fixture_contact (fixture, "Ivo", "Last", "2020-05-06");
  g_assert_true (mash_rekey_end (rekey, NULL, &error));
  g_assert_no_error (error);
  report = store_fixture_verify (fixture);
  g_assert_true (report->holds);
  store_fixture_check_state (fixture, last, "C10");
  store_fixture_close (fixture);
  check_no_copy (fixture);
  check_opens (fixture, "worker", FIXTURE_PASSPHRASE, 0);
}

/* Stops the last check when half of it is done. */
static void
stop_halfway (double   fraction,
              gpointer cancellable)
{
  if (fraction >= 0.5)
    g_cancellable_cancel (cancellable);
}

/* Given up at any moment before the exchange, nothing of it is left. */
static void
test_rekey_given_up (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autofree char *left = g_build_filename (fixture->folder, "desk.db.key", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const MashStoreWatch watch = { stop_halfway, cancellable, cancellable };
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashRekey) closed = NULL;
  g_autoptr (MashProof) proof = NULL;
  g_autoptr (GError) error = NULL;
  MashRekey *rekey;
  gboolean done = FALSE;

  store_fixture_sign_in (fixture, "manager");
  rekey = begin_rekey (fixture);
  g_assert_true (mash_rekey_step (rekey, 5, NULL, &done, &error));
  mash_rekey_free (rekey);
  check_no_copy (fixture);

  rekey = begin_rekey (fixture);
  while (!done)
    g_assert_true (mash_rekey_step (rekey, 0, NULL, &done, &error));
  g_assert_false (mash_rekey_end (rekey, &watch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  mash_rekey_free (rekey);
  check_no_copy (fixture);
  g_free (store_fixture_contact (fixture, "Ada", "Rowe", "2019-03-04"));

  /* Nor while the records are copied to be checked: the copy is of one database. */
  proof = mash_proof_begin (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_null (mash_rekey_begin (fixture->store, words, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_clear_pointer (&proof, mash_proof_free);

  closed = begin_rekey (fixture);
  g_assert_null (mash_proof_begin (fixture->store, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  store_fixture_close (fixture);
  g_assert_false (mash_rekey_step (closed, 0, NULL, &done, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_assert_true (g_file_set_contents (left, "half a copy", -1, NULL));
  check_opens (fixture, "worker", FIXTURE_PASSPHRASE, 0);
  check_no_copy (fixture);
}

static void
test_release (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (fixture, "worker");
  g_assert_false (mash_store_release_slot (fixture->store, "officer", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  store_fixture_close (fixture);

  store_fixture_sign_in (fixture, "manager");
  g_assert_true (mash_store_release_slot (fixture->store, "officer", &error));
  g_assert_no_error (error);
  g_assert_false (mash_store_release_slot (fixture->store, "nobody", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND);
}

static guint steps_left;

static void
die_at_step (MashFileStep step,
             gpointer     user_data)
{
  if (steps_left-- == 0)
    kill (getpid (), SIGKILL);
}

typedef gboolean (*Act) (MashStore  *store,
                         MashSecret *old,
                         MashSecret *new);

static gboolean
act_passphrase (MashStore  *store,
                MashSecret *old,
                MashSecret *new)
{
  return mash_store_change_passphrase (store, old, new, NULL);
}

static gboolean
act_rekey (MashStore  *store,
           MashSecret *old,
           MashSecret *new)
{
  return mash_store_rekey (store, old, NULL);
}

static gboolean
act_code (MashStore  *store,
          MashSecret *old,
          MashSecret *new)
{
  g_autoptr (MashSecret) code = mash_store_make_recovery (store, old, NULL);

  return code != NULL;
}

/* Does the act in another process, which is killed at the step of that number; says whether it
 * came to its end before. */
static gboolean
act_and_die (StoreFixture *fixture,
             Act           act,
             guint         step,
             MashSecret   *old,
             MashSecret   *new)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      MashStore *store = mash_store_open (fixture->folder, fixture->policy, "manager", old, NULL);

      if (store == NULL)
        store = mash_store_open (fixture->folder, fixture->policy, "manager", new, NULL);
      steps_left = step;
      mash_file_set_hook (die_at_step, NULL);
      _exit (store != NULL && act (store, old, new) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || (WIFEXITED (status) && WEXITSTATUS (status) == 0));

  return WIFEXITED (status);
}

/* A11: whatever moment the power goes, the old passphrase or the new one opens, everybody else’s
 * too, and every record holds at the end. */
static void
test_killed (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const Act acts[] = { act_passphrase, act_rekey, act_code };
  g_autoptr (MashSecret) old = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashSecret) new = store_fixture_passphrase ("new words for the desk");
  guint n = 0;

  store_fixture_close (fixture);
  for (guint a = 0; a < G_N_ELEMENTS (acts); a++)
    {
      gboolean ended = FALSE;

      for (guint step = 0; !ended; step++, n++)
        {
          g_autoptr (MashStore) store = NULL;
          g_autoptr (MashVerifyReport) report = NULL;
          g_autoptr (GError) error = NULL;

          ended = act_and_die (fixture, acts[a], step, old, new);
          store = mash_store_open (fixture->folder, fixture->policy, "manager", old, NULL);
          if (store == NULL)
            {
              g_assert_true (acts[a] == act_passphrase);
              store = mash_store_open (fixture->folder, fixture->policy, "manager", new, &error);
              g_assert_no_error (error);
              g_assert_true (mash_store_change_passphrase (store, new, old, &error));
            }
          if (ended)
            {
              g_assert_true (mash_store_verify (store, NULL, NULL, NULL, &report, &error));
              g_assert_true (report->holds);
            }
          g_assert_true (mash_store_close (store, &error));
          check_opens (fixture, "worker", FIXTURE_PASSPHRASE, 0);
        }
      g_assert_cmpuint (n, >, 10 * a);
    }
  g_test_message ("killed %u times", n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/keys/" path, StoreFixture, NULL, store_fixture_set_up, func, \
              store_fixture_tear_down)
  ADD ("passphrase", test_passphrase);
  ADD ("recovery", test_recovery);
  ADD ("renew", test_renew);
  ADD ("rekey", test_rekey);
  ADD ("rekey-meanwhile", test_rekey_meanwhile);
  ADD ("rekey-given-up", test_rekey_given_up);
  ADD ("release", test_release);
  ADD ("killed", test_killed);
#undef ADD

  return g_test_run ();
}
