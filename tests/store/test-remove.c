/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A database leaves a desk for good. Wherever the power goes, it is whole and opens, or its removal
 * goes on at the next start until nothing is left; and from the first step of that on nobody opens
 * it. */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-file.h"
#include "mash-store-error.h"
#include "mash-store-hub.h"
#include "store-fixture.h"

static void
die_at_step_cb (MashFileStep step,
                gpointer     data)
{
  int *left = data;

  if ((*left)-- == 0)
    _exit (9);
}

static char *
copy_folder (const char *folder,
             int         n)
{
  char *copy = g_strdup_printf ("%s-%d", folder, n);
  g_autofree char *command = g_strdup_printf ("cp -a %s %s", folder, copy);
  g_autofree char *inner = g_build_filename (copy, "aside", NULL);
  g_autofree char *file = g_build_filename (inner, "desk.db", NULL);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "a copy that was put aside", -1, NULL));

  return copy;
}

static MashStore *
open_copy (StoreFixture *fixture,
           const char   *folder,
           GError      **error)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);

  return mash_store_open (folder, fixture->policy, "worker", passphrase, error);
}

/* In a process of its own, which ends at a step. */
static void
remove_until (StoreFixture *fixture,
              const char   *folder,
              int           at)
{
  MashStore *store = open_copy (fixture, folder, NULL);
  g_autofree char *gone = NULL;
  int left = at;

  if (store == NULL)
    _exit (1);
  mash_file_set_hook (die_at_step_cb, &left);
  gone = mash_store_begin_removal (store, NULL);
  mash_file_set_hook (NULL, NULL);
  mash_store_close (store, NULL);
  g_object_unref (store);
  mash_file_set_hook (die_at_step_cb, &left);
  _exit (gone != NULL && mash_store_finish_removal (gone, NULL) ? 0 : 1);
}

static gboolean
is_decided (const char *folder)
{
  g_autofree char *mark = g_build_filename (folder, "leaving", NULL);

  return g_file_test (mark, G_FILE_TEST_EXISTS);
}

/* What is found after a process ended at a step. */
static void
check_rest (StoreFixture *fixture,
            const char   *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *keys = g_build_filename (folder, "slots", NULL);

  if (g_file_test (folder, G_FILE_TEST_EXISTS) && !is_decided (folder) &&
      g_file_test (keys, G_FILE_TEST_EXISTS))
    {
      MashStore *store = open_copy (fixture, folder, &error);

      g_assert_no_error (error);
      mash_store_close (store, NULL);
      g_object_unref (store);
      store_fixture_remove_all (folder);
      return;
    }

  g_assert_true (mash_store_finish_removal (folder, &error));
  g_assert_no_error (error);
  if (g_file_test (folder, G_FILE_TEST_EXISTS))
    g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_each_step (StoreFixture  *fixture,
                gconstpointer  data)
{
  int status = -1;

  store_fixture_close (fixture);
  for (int at = 0; status != 0; at++)
    {
      g_autofree char *folder = copy_folder (fixture->folder, at);
      pid_t pid = fork ();

      g_assert_cmpint (at, <, 60);
      if (pid == 0)
        remove_until (fixture, folder, at);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFEXITED (status));
      status = WEXITSTATUS (status);
      g_assert_true (status == 0 || status == 9);
      if (status == 0)
        g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
      check_rest (fixture, folder);
    }
}

/* What nobody decided about stays, however often it is asked; and what is linked to is not ours. */
static void
test_left_alone (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = copy_folder (fixture->folder, 100);
  g_autofree char *link = g_strconcat (folder, "-link", NULL);
  g_autofree char *mark = g_build_filename (folder, "leaving", NULL);
  g_autofree char *database = g_build_filename (folder, "desk.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_store_finish_removal (folder, &error));
  g_assert_true (g_file_test (database, G_FILE_TEST_EXISTS));
  g_assert_true (mash_store_finish_removal ("/nowhere", &error));

  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  g_assert_cmpint (symlink (folder, link), ==, 0);
  g_assert_true (mash_store_finish_removal (link, &error));
  g_assert_true (g_file_test (database, G_FILE_TEST_EXISTS));
  g_unlink (link);
  g_assert_true (mash_store_finish_removal (folder, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* What the disk refuses is said, and nothing is called gone that is not, or not durably. */
static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *folder = copy_folder (fixture->folder, 200);
  g_autoptr (GError) error = NULL;
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int path = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_false (mash_file_remove (fd, "aside", TRUE, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO);
  g_clear_error (&error);
  /* The file is gone, and nobody can know for how long. */
  g_assert_false (mash_file_remove (path, "slots", FALSE, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO);
  g_clear_error (&error);
  g_assert_true (mash_file_remove (fd, "slots", FALSE, &error));
  close (path);
  close (fd);
  store_fixture_remove_all (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/remove/each-step", StoreFixture, NULL, store_fixture_set_up, test_each_step,
              store_fixture_tear_down);
  g_test_add ("/store/remove/left-alone", StoreFixture, NULL, store_fixture_set_up,
              test_left_alone, store_fixture_tear_down);
  g_test_add ("/store/remove/refused", StoreFixture, NULL, store_fixture_set_up, test_refused,
              store_fixture_tear_down);

  return g_test_run ();
}
