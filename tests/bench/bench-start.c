/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the start of the program to its first frame, the sign-in page of a small hub, against an
 * empty window. */

#include "config.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-bench.h"
#include "mash-small-hub.h"

/* The hub, and the most memory that any turn had at once, KiB. */
typedef struct
{
  char *folder;
  long  ours;
  long  bare;
} Bench;

/* Both programs write a line when they have drawn their first frame. What they do after it, such as
 * opening the hub on a thread of its own, nobody waits for who looks at an empty form. */
static double
wait_for_frame (int    pipe,
                gint64 began)
{
  double seconds = -1;
  char byte;

  if (read (pipe, &byte, 1) == 1)
    seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  while (read (pipe, &byte, 1) == 1)
    ;
  close (pipe);

  return seconds;
}

static double
run_program (char **arguments,
             long  *peak)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  struct rusage usage;
  double seconds;
  GPid pid;
  int status, pipe;

  if (!g_spawn_async_with_pipes (NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                                 NULL, &pipe, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return -1;
    }
  seconds = wait_for_frame (pipe, began);
  if (wait4 (pid, &status, 0, &usage) != pid || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    return -1;
  *peak = MAX (*peak, usage.ru_maxrss);

  return seconds;
}

static double
start_desk (gpointer data)
{
  Bench *bench = data;
  char *arguments[] = {
    (char *) DESK_PROGRAM, (char *) "--data", bench->folder, (char *) "--exit-after-startup", NULL,
  };

  return run_program (arguments, &bench->ours);
}

static double
start_empty_window (gpointer data)
{
  Bench *bench = data;
  char *arguments[] = { (char *) EMPTY_PROGRAM, NULL };

  return run_program (arguments, &bench->bare);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { NULL };
  MashBenchPair pair = {
    .what = "start to first frame",
    .bare_name = "an empty window",
    .target = 1.5,
    .turns = mash_bench_start (argc, argv) ? 5 : 21,
    .ours = start_desk,
    .bare = start_empty_window,
  };
  g_autoptr (GError) error = NULL;
  gboolean done;

  bench.folder = g_dir_make_tmp ("mash-bench-XXXXXX", &error);
  if (bench.folder == NULL || !mash_small_hub_make (bench.folder, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  done = mash_bench_compare (&pair, &bench);
  mash_small_hub_remove (bench.folder);
  g_free (bench.folder);
  g_print ("  peak memory %.0f MiB against %.0f MiB\n", bench.ours / 1024.0, bench.bare / 1024.0);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
