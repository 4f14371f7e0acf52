/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies beside the database so that it can be read without its first pages: whatever call fails
 * while it is written, and wherever that is cut off, it is whole or not there, and the next time it
 * is written. And where there is no room to read a damaged database in, that is said. */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "failing-calls.h"
#include "mash-database-private.h"
#include "mash-file.h"
#include "mash-rescue.h"
#include "mash-shape.h"
#include "store-fixture.h"

#define CUT 77

/* Whether the shape is there; it is never there in part. */
static gboolean
is_there (StoreFixture *fixture)
{
  MashDatabase *database = fixture->store->database;
  g_autofree char *path = g_build_filename (fixture->folder, MASH_SHAPE_NAME, NULL);
  g_autoptr (MashShape) shape = mash_shape_load (fixture->folder, database->key);

  g_assert_cmpint (shape != NULL, ==, g_file_test (path, G_FILE_TEST_EXISTS));
  if (shape != NULL)
    g_assert_cmpuint (g_variant_n_children (shape->rows), ==,
                      store_fixture_count (fixture, "SELECT count (*) FROM sqlite_master"));

  return shape != NULL;
}

static void
write_anew (StoreFixture *fixture)
{
  mash_shape_keep (fixture->store->database);
  g_assert_true (is_there (fixture));
}

static void
test_calls (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const FailingCalls calls[] = {
    FAILING_OPEN, FAILING_STAT, FAILING_ACCESS, FAILING_READ, FAILING_WRITE, FAILING_SYNC,
    FAILING_NAME,
  };
  static const int numbers[] = { EIO, ENOSPC, EACCES, FAILING_SHORT };
  MashDatabase *database = fixture->store->database;
  guint n_hit = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
      {
        gboolean was_hit = TRUE;

        if (numbers[k] == FAILING_SHORT && calls[i] != FAILING_READ && calls[i] != FAILING_WRITE)
          continue;
        for (guint at = 1; was_hit; at++)
          {
            mash_shape_drop (database);
            g_assert_false (is_there (fixture));
            failing_calls_arm (calls[i], at, numbers[k]);
            mash_shape_keep (database);
            /* Nothing to do, or what could not be read. */
            mash_shape_keep (database);
            was_hit = failing_calls_disarm ();
            n_hit += was_hit;
            is_there (fixture);
            write_anew (fixture);

            failing_calls_arm (calls[i], at, numbers[k]);
            mash_shape_drop (database);
            failing_calls_disarm ();
            is_there (fixture);
          }
      }
  g_assert_cmpuint (n_hit, >, 10);
  write_anew (fixture);
}

static void
on_step_cb (MashFileStep step,
            gpointer     data)
{
  if (step == *(const MashFileStep *) data)
    _exit (CUT);
}

static void
test_kills (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const MashFileStep steps[] = {
    MASH_FILE_STEP_OPENED, MASH_FILE_STEP_WRITTEN, MASH_FILE_STEP_SYNCED, MASH_FILE_STEP_RENAMED,
    MASH_FILE_STEP_DONE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      MashFileStep step = steps[i];
      int status;
      pid_t pid;

      mash_shape_drop (fixture->store->database);
      pid = fork ();
      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        {
          mash_file_set_hook (on_step_cb, &step);
          mash_shape_keep (fixture->store->database);
          _exit (0);
        }
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == CUT);
      g_assert_cmpint (is_there (fixture), ==, step >= MASH_FILE_STEP_RENAMED);
      store_fixture_sign_in (fixture, "worker");
      g_assert_true (is_there (fixture));
    }
}

static guint
get_next (guint at)
{
  return at + 1 + (g_getenv ("MASH_FAULT_LONG") == NULL ? at / 4 : 0);
}

/* Where nothing fails all is read; what fails is said, or is what the disk does not give. */
static void
try_rescue (StoreFixture *fixture,
            MashSecret   *key,
            const char   *work,
            FailingCalls  calls,
            int           number)
{
  gboolean was_hit = TRUE;
  guint n_said = 0;

  for (guint at = 1; was_hit; at = get_next (at))
    {
      g_autoptr (MashRescue) found = NULL;
      g_autoptr (GError) error = NULL;

      failing_calls_arm (calls, at, number);
      found = mash_rescue_read (fixture->folder, work, key, "hub", 0, &error);
      was_hit = failing_calls_disarm ();
      g_assert_true ((found == NULL) == (error != NULL));
      g_assert_true (was_hit || (found->opened && !found->unreadable));
      if (number == ENOSPC && error != NULL)
        g_assert_true (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL) ||
                       g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO));
      n_said += error != NULL;
    }
  if (calls == FAILING_WRITE)
    g_assert_cmpuint (n_said, >, 0);
}

static void
test_rescue (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (MashSecret) key = mash_secret_ref (fixture->store->database->key);
  g_autofree char *path = g_build_filename (fixture->folder, MASH_DATABASE_NAME, NULL);
  g_autofree char *work = g_dir_make_tmp ("mash-shape-XXXXXX", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  store_fixture_close (fixture);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[100] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));

  try_rescue (fixture, key, work, FAILING_WRITE, ENOSPC);
  try_rescue (fixture, key, work, FAILING_WRITE, EIO);
  try_rescue (fixture, key, work, FAILING_READ, EIO);
  g_assert_cmpint (g_rmdir (work), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/faults/shape-calls/each", StoreFixture, NULL, store_fixture_set_up, test_calls,
              store_fixture_tear_down);
  g_test_add ("/faults/shape-calls/kills", StoreFixture, NULL, store_fixture_set_up, test_kills,
              store_fixture_tear_down);
  g_test_add ("/faults/shape-calls/rescue", StoreFixture, NULL, store_fixture_set_up, test_rescue,
              store_fixture_tear_down);

  return g_test_run ();
}
