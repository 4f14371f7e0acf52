/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kills a process that saves, imports and signs, at any moment, and looks at what is left:
 * everything that it was told is done must be there, and everything that is there must hold.
 * MASH_KILL_CYCLES says how often. */

#include "config.h"

#include "store-fixture.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFAULT_CYCLES 12
#define CYCLES_PER_VERIFY 20
#define MAX_LIFE_MS 250

/* The words with which the process that is killed says what it has been told is done. */
#define SAID_STATE "state"
#define SAID_REVISION "revision"
#define SAID_DRAFT "draft"

static void
say (int         fd,
     const char *what,
     const char *id,
     const char *value)
{
  g_autofree char *line = g_strdup_printf ("%s %s %s\n", what, id, value);

  /* A line is shorter than a pipe's buffer, so it is written whole or not at all. */
  if (write (fd, line, strlen (line)) < 0)
    _exit (2);
}

static void
import (StoreFixture *fixture,
        int           fd,
        guint         i,
        char        **contact)
{
  g_autofree char *surname = g_strdup_printf ("Marsh%c%c", 'a' + i % 26, 'a' + i / 26 % 26);
  g_autofree char *text = g_strdup_printf ("Referral %u of %d", i, getpid ());
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ellie", surname,
                                                           "2019-03-04");

  store_fixture_add (fixture->store, group, &mash_source_document_kind, "title", "Referral",
                     "sha256", sum, NULL);
  mash_group_attach (group, sum, content);
  store_fixture_submit (fixture, group);
  g_free (*contact);
  *contact = g_strdup (mash_group_get_contact (group));
  say (fd, SAID_STATE, *contact, "C10");
}

static void
save (StoreFixture *fixture,
      int           fd,
      guint         i,
      const char   *contact)
{
  g_autofree char *ward = g_strdup_printf ("Ward %u", i);
  g_autofree char *revision = NULL;
  g_autoptr (MashRecord) record = NULL;

  store_fixture_do (fixture, "edit", contact, "ward", ward, NULL);
  record = mash_store_lookup (fixture->store, "contact", contact);
  revision = g_strdup_printf ("%" G_GINT64_FORMAT, mash_record_get_revision (record));
  say (fd, SAID_REVISION, contact, revision);

  if (mash_store_save_draft (fixture->store, contact, ward, NULL))
    say (fd, SAID_DRAFT, contact, ward);
}

static void
sign_one (StoreFixture *fixture,
          int           fd,
          const char   *contact)
{
  g_autoptr (GPtrArray) recommendations = mash_store_list (fixture->store, "recommendation",
                                                           "contact", contact);
  MashRecord *recommendation = g_ptr_array_index (recommendations, recommendations->len - 1);
  g_autoptr (MashGroup) group = mash_group_new ("approve", contact);
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  store_fixture_add (fixture->store, group, &mash_decision_kind,
                     "recommendation", mash_record_get_id (recommendation),
                     "recommendation-hash", mash_record_get_text (recommendation, "content-hash"),
                     "result", "APPROVED", "outcome", "O05", "level", "3",
                     "rationale", "I agree", NULL);
  if (!mash_store_check_passphrase (fixture->store, passphrase, &error) ||
      !mash_store_submit (fixture->store, group, NULL, &error))
    g_error ("approve: %s", error->message);
  say (fd, SAID_STATE, contact, "C70");
}

static void
work_as_worker (StoreFixture *fixture,
                int           fd)
{
  g_autofree char *contact = NULL;

  store_fixture_sign_in (fixture, "worker");
  for (guint i = 0;; i++)
    {
      import (fixture, fd, i, &contact);
      save (fixture, fd, i, contact);
      store_fixture_recommend (fixture, contact);
      say (fd, SAID_STATE, contact, "C60");
    }
}

static void
work_as_manager (StoreFixture *fixture,
                 int           fd)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *contact = NULL;

  store_fixture_sign_in (fixture, "manager");
  rows = mash_store_list_tray (fixture->store, MASH_TRAY_TO_SIGN, 1000, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const MashTrayRow *row = g_ptr_array_index (rows, i);
      g_autoptr (MashContactBundle) bundle = mash_store_open_contact (fixture->store, row->contact,
                                                                      NULL);

      sign_one (fixture, fd, row->contact);
    }
  for (guint i = 0;; i++)
    {
      import (fixture, fd, i, &contact);
      save (fixture, fd, i, contact);
    }
}

/* Lets a process work for a while, kills it, and gives what it said. */
static char *
live_and_die (StoreFixture *fixture,
              guint         cycle)
{
  guint life = g_test_rand_int_range (1, MAX_LIFE_MS);
  GString *said = g_string_new (NULL);
  char buffer[4096];
  int fds[2], status;
  gssize n;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (fds[0]);
      if (cycle % 3 == 2)
        work_as_manager (fixture, fds[1]);
      else
        work_as_worker (fixture, fds[1]);
      _exit (1);
    }

  close (fds[1]);
  g_usleep (life * 1000);
  kill (pid, SIGKILL);
  while ((n = read (fds[0], buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    g_string_append_len (said, buffer, MAX (n, 0));
  close (fds[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);

  return g_string_free (said, FALSE);
}

/* Remembers the last thing that was said of each id. */
static void
remember (GHashTable *told,
          const char *said,
          guint      *n_said)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);

      g_hash_table_replace (told, g_strdup_printf ("%s %s", words[0], words[1]),
                            g_strdup (words[2]));
      (*n_said)++;
    }
}

static void
check_draft (StoreFixture *fixture,
             const char   *contact,
             const char   *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (fixture->store->database,
                               "SELECT body FROM draft WHERE context = ?1", &error);
  mash_statement_bind_text (row, 1, contact);
  g_assert_cmpint (mash_statement_step (row, &error), ==, MASH_STEP_ROW);
  g_assert_cmpstr (mash_statement_get_text (row, 0), ==, body);
}

static void
check_told (StoreFixture *fixture,
            const char   *what,
            const char   *value)
{
  g_auto (GStrv) words = g_strsplit (what, " ", 2);
  g_autoptr (MashRecord) record = mash_store_lookup (fixture->store, "contact", words[1]);

  g_assert_nonnull (record);
  if (strcmp (words[0], SAID_STATE) == 0)
    {
      /* What it said last is there; something may have been done that it did not live to say. */
      g_assert_cmpstr (mash_record_get_text (record, "state"), >=, value);
    }
  else if (strcmp (words[0], SAID_REVISION) == 0)
    {
      g_assert_cmpint (mash_record_get_revision (record), >=, g_ascii_strtoll (value, NULL, 10));
    }
  else
    {
      check_draft (fixture, words[1], value);
    }
}

static void
check_documents (StoreFixture *fixture)
{
  g_assert_cmpint (store_fixture_count (fixture,
                                        "SELECT count(*) FROM source_document d WHERE NOT EXISTS"
                                        " (SELECT 1 FROM document WHERE sha256 = d.sha256)"),
                   ==, 0);
}

static void
check_all (StoreFixture *fixture,
           GHashTable   *told,
           gboolean      verify)
{
  GHashTableIter iter;
  gpointer what, value;

  store_fixture_sign_in (fixture, "worker");
  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &what, &value))
    check_told (fixture, what, value);
  check_documents (fixture);

  if (verify)
    {
      g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

      g_assert_true (report->holds);
    }
  store_fixture_close (fixture);
}

static void
test_kill (StoreFixture  *fixture,
           gconstpointer  data)
{
  const char *wanted = g_getenv ("MASH_KILL_CYCLES");
  guint cycles = wanted != NULL ? (guint) atoi (wanted) : DEFAULT_CYCLES;
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n_said = 0;

  store_fixture_close (fixture);
  for (guint i = 0; i < cycles; i++)
    {
      g_autofree char *said = live_and_die (fixture, i);

      remember (told, said, &n_said);
      check_all (fixture, told, i % CYCLES_PER_VERIFY == CYCLES_PER_VERIFY - 1 || i + 1 == cycles);
    }

  g_test_message ("%u kills, %u things acknowledged, none lost", cycles, n_said);
  g_assert_cmpuint (n_said, >, cycles);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/kill/at-any-moment", StoreFixture, NULL, store_fixture_set_up, test_kill,
              store_fixture_tear_down);

  return g_test_run ();
}
