/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "database-fixture.h"
#include "mash-file.h"

#define N_KILLS 40
#define MAX_MICROSECONDS 40000

static void
die_at_step_cb (MashFileStep step,
                gpointer     data)
{
  int *left = data;

  if ((*left)-- == 0)
    _exit (9);
}

/* A session ends at each step of each note that it writes; the next one finds no fault, because
 * whatever the note says it never says more than what is on the disk. */
static void
test_each_note (Fixture      *fixture,
                gconstpointer data)
{
  gboolean killed = TRUE;
  gint64 least = 100;

  for (int at = 0; killed; at++)
    {
      MashDatabase *database;
      gint64 n;
      pid_t pid = fork ();
      int status;

      if (pid == 0)
        {
          int left = at;

          mash_file_set_hook (die_at_step_cb, &left);
          database = fixture_open (fixture);
          fixture_put_rows (database, 1000 + at, 1);
          fixture_close (database);
          _exit (0);
        }
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFEXITED (status));
      killed = WEXITSTATUS (status) == 9;
      g_assert_cmpint (WEXITSTATUS (status), ==, killed ? 9 : 0);

      /* Twice, because the recovery writes notes as well. */
      database = fixture_open (fixture);
      n = fixture_count (database, "SELECT count (*) FROM thing");
      g_assert_cmpint (n, >=, least);
      least = n;
      fixture_close (database);
      database = fixture_open (fixture);
      g_assert_false (mash_database_get_recovered (database));
      fixture_close (database);
      g_assert_cmpint (at, <, 100);
    }
  g_assert_cmpint (least, >, 101);
}

static void
save_and_tell (Fixture *fixture,
               int      pipe_fd,
               int      from)
{
  for (int i = from; ; i++)
    {
      MashDatabase *database = fixture_open (fixture);

      for (int n = 0; n < 3; n++)
        {
          fixture_put_rows (database, i * 10 + n, 1);
          if (write (pipe_fd, "+", 1) != 1)
            _exit (1);
        }
      fixture_close (database);
    }
}

/* B11: killed at any moment of opening, saving and closing, over and over, nothing that was
 * acknowledged is lost. */
static void
test_any_moment (Fixture      *fixture,
                 gconstpointer data)
{
  gint64 acknowledged = 100;

  for (int round = 0; round < N_KILLS; round++)
    {
      MashDatabase *database;
      g_autoptr (GError) error = NULL;
      int fds[2];
      int status;
      char mark;
      pid_t pid;
      gint64 n;

      g_assert_cmpint (pipe (fds), ==, 0);
      pid = fork ();
      if (pid == 0)
        save_and_tell (fixture, fds[1], (round + 1) * 10000);
      close (fds[1]);
      g_usleep (g_test_rand_int_range (0, MAX_MICROSECONDS));
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status));
      while (read (fds[0], &mark, 1) == 1)
        acknowledged++;
      close (fds[0]);

      database = fixture_open (fixture);
      n = fixture_count (database, "SELECT count (*) FROM thing");
      g_assert_cmpint (n, >=, acknowledged);
      g_assert_cmpint (n, <=, acknowledged + 1);
      acknowledged = n;
      g_assert_true (mash_database_check (database, NULL, &error));
      fixture_close (database);
    }
}

/* Cut off while it is made, there is no database, and making it again works. */
static void
test_making (Fixture      *fixture,
             gconstpointer data)
{
  gboolean killed = TRUE;

  for (int at = 0; killed; at++)
    {
      g_autoptr (GError) error = NULL;
      pid_t pid;
      int status;
      MashDatabase *database;

      unlink (fixture->path);
      unlink (fixture->note);
      unlink (fixture->log);
      pid = fork ();
      if (pid == 0)
        {
          int left = at;

          mash_file_set_hook (die_at_step_cb, &left);
          mash_database_free (mash_database_create_with (fixture->folder, fixture->key,
                                                         MASH_DATABASE_APPLICATION_ID, HUB,
                                                         fixture_steps, NULL));
          _exit (0);
        }
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      killed = WEXITSTATUS (status) == 9;

      if (g_file_test (fixture->path, G_FILE_TEST_EXISTS))
        database = fixture_open (fixture);
      else
        database = mash_database_create_with (fixture->folder, fixture->key,
                                              MASH_DATABASE_APPLICATION_ID, HUB, fixture_steps,
                                              &error);
      g_assert_no_error (error);
      g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 0);
      fixture_close (database);
      g_assert_cmpint (at, <, 100);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/database/killed/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("at-each-note", test_each_note);
  ADD ("at-any-moment", test_any_moment);
  ADD ("while-making", test_making);
#undef ADD

  return g_test_run ();
}
