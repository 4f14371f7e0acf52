/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session without an end, and then files that do not hold: after a new start of the machine it is
 * the disk that did not keep what it had confirmed; without one they were spoilt. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "database-fixture.h"
#include "failing-calls.h"
#include "mash-sentences.h"

#define N_ROWS 40

/* A file of the desk, and a byte of it without which it does not hold. */
typedef struct
{
  const char *what;
  gboolean    in_log;
  gsize       offset;
} Spot;

static const Spot spots[] = {
  { "the head of the log", TRUE, 17 },
  { "a frame of the log", TRUE, 32 + 24 + 100 },
  { "a later frame of the log", TRUE, 32 + 3 * (24 + PAGE) + 500 },
  { "a page of the database that is not in the log", FALSE, 0 },
};

/* What stands in the note, written by another start of the machine: by one of which the system did
 * not say which it was. */
static void
start_anew (Fixture *fixture)
{
  int fd = open (fixture->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  MashDatabaseNote note = { 0 };

  g_assert_cmpint (mash_note_read (fd, fixture->key, &note), ==, MASH_NOTE_READ);
  g_assert_true (note.same_boot);
  failing_calls_arm (FAILING_OPEN, 1, EACCES);
  g_assert_true (mash_note_write (fd, fixture->key, &note, NULL));
  g_assert_true (failing_calls_disarm ());
  close (fd);
}

/* The last page of the file in whose place the log has no other. */
static gsize
find_page (Fixture *fixture)
{
  g_autofree char *log = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GHashTable) in_log = g_hash_table_new (NULL, NULL);
  gsize length, n_log, page;

  fixture_read_file (fixture->path, &bytes, &length);
  fixture_read_file (fixture->log, &log, &n_log);
  for (gsize at = 32; at + 24 + PAGE <= n_log; at += 24 + PAGE)
    {
      guint32 number;

      memcpy (&number, log + at, sizeof number);
      g_hash_table_add (in_log, GUINT_TO_POINTER (GUINT32_FROM_BE (number)));
    }
  for (page = length / PAGE; g_hash_table_contains (in_log, GUINT_TO_POINTER (page)); page--)
    g_assert_cmpuint (page, >, 1);

  return page;
}

static void
spoil (Fixture    *fixture,
       const Spot *spot)
{
  if (spot->in_log)
    fixture_flip (fixture->log, spot->offset);
  else
    fixture_flip (fixture->path, find_page (fixture) * PAGE - PAGE / 2);
}

/* The spots damage the files of a session that was cut off; undone, all is there. */
static void
test_forgot (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GError) told = g_error_new_literal (MASH_STORE_ERROR, MASH_STORE_ERROR_DISK_FORGOT,
                                                 "");
  g_autoptr (GError) damaged = g_error_new_literal (MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                                                    "");
  g_autofree char *sentence = mash_sentence_for_error (told);
  g_autofree char *other = mash_sentence_for_error (damaged);

  g_assert_cmpstr (sentence, !=, other);
  g_assert_true (mash_sentence_is_damage (told));
  fixture_die_after (fixture, 100, N_ROWS);
  start_anew (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (spots); i++)
    {
      g_test_message ("%s", spots[i].what);
      spoil (fixture, &spots[i]);
      fixture_must_not_open (fixture, MASH_STORE_ERROR_DISK_FORGOT);
      spoil (fixture, &spots[i]);
    }
  {
    g_autoptr (MashDatabase) database = fixture_open (fixture);

    g_assert_true (mash_database_get_checked (database));
    g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 100 + N_ROWS);
  }
}

/* The system still had all that a session wrote that was only killed. */
static void
test_same_start (Fixture      *fixture,
                 gconstpointer data)
{
  fixture_die_after (fixture, 100, N_ROWS);
  for (guint i = 0; spots[i].in_log; i++)
    {
      spoil (fixture, &spots[i]);
      fixture_must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);
      spoil (fixture, &spots[i]);
    }
}

/* What was closed lay there until it was spoilt. */
static void
test_closed (Fixture      *fixture,
             gconstpointer data)
{
  start_anew (fixture);
  fixture_flip (fixture->path, 99);
  fixture_must_not_open (fixture, MASH_STORE_ERROR_DAMAGED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/faults/forgetful-disk/forgot", Fixture, NULL, fixture_set_up, test_forgot,
              fixture_tear_down);
  g_test_add ("/faults/forgetful-disk/same-start", Fixture, NULL, fixture_set_up, test_same_start,
              fixture_tear_down);
  g_test_add ("/faults/forgetful-disk/closed", Fixture, NULL, fixture_set_up, test_closed,
              fixture_tear_down);

  return g_test_run ();
}
