/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the start of opening to a front door that can be worked with, after the last session was
 * killed in the middle of its work, against the same after a clean end. The check of every page
 * that follows a kill is in it. */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-bench.h"
#include "mash-small-hub.h"

#define LIMIT 200
#define SAVES 5

typedef struct
{
  const char *folder;
} Bench;

static gboolean
take_in (MashStore *store,
         guint      n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *contact = NULL;
      g_autoptr (MashGroup) group = mash_small_hub_new_contact (store, &contact);

      if (!mash_store_submit (store, group, NULL, NULL))
        return FALSE;
    }

  return TRUE;
}

/* A session in a process of its own, which ends as it is told to. */
static gboolean
work_elsewhere (const char *folder,
                gboolean    is_killed)
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    {
      g_autoptr (MashStore) store = mash_small_hub_open (folder, MASH_SMALL_HUB_WORKER, NULL);

      if (store == NULL || !take_in (store, SAVES))
        _exit (EXIT_FAILURE);
      if (is_killed)
        kill (getpid (), SIGKILL);
      _exit (mash_store_close (store, NULL) ? EXIT_SUCCESS : EXIT_FAILURE);
    }

  return waitpid (pid, &status, 0) == pid &&
         (is_killed ? WIFSIGNALED (status) : WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static double
start (Bench    *bench,
       gboolean  after_kill)
{
  g_autoptr (MashStore) store = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 began;
  double seconds;

  if (!work_elsewhere (bench->folder, after_kill))
    return -1;
  began = g_get_monotonic_time ();
  store = mash_small_hub_open (bench->folder, MASH_SMALL_HUB_WORKER, NULL);
  if (store == NULL)
    return -1;
  rows = mash_store_list_tray (store, MASH_TRAY_FRONT_DOOR, LIMIT, NULL);
  seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;

  return rows != NULL && mash_store_close (store, NULL) ? seconds : -1;
}

static double
start_after_kill (gpointer data)
{
  return start (data, TRUE);
}

static double
start_clean (gpointer data)
{
  return start (data, FALSE);
}

static gboolean
fill (const char *folder,
      guint       n,
      GError    **error)
{
  g_autoptr (MashStore) store = NULL;

  if (!mash_small_hub_make (folder, error))
    return FALSE;
  store = mash_small_hub_open (folder, MASH_SMALL_HUB_WORKER, error);

  return store != NULL && take_in (store, n) && mash_store_close (store, error);
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mash-bench-XXXXXX", &error);
  Bench bench = { .folder = folder };
  MashBenchPair pair = {
    .what = "B21: usable again after a kill",
    .bare_name = "after a clean end",
    .target = 1.5,
    .turns = is_short ? 10 : 60,
    .ours = start_after_kill,
    .bare = start_clean,
  };
  gboolean done;

  if (folder == NULL || !fill (folder, is_short ? 100 : 1000, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "The hub could not be filled");
      return EXIT_FAILURE;
    }
  done = mash_bench_compare (&pair, &bench);
  mash_small_hub_remove (folder);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
