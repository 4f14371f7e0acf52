/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the start of the program to its first frame, against an empty window. */

#include "config.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "mash-bench.h"

/* The most memory that any turn had at once, KiB. */
typedef struct
{
  long ours;
  long bare;
} Peaks;

static double
run_program (char **arguments,
             long  *peak)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  struct rusage usage;
  GPid pid;
  int status;

  if (!g_spawn_async (NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error))
    {
      g_printerr ("%s\n", error->message);
      return -1;
    }
  if (wait4 (pid, &status, 0, &usage) != pid || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    return -1;
  *peak = MAX (*peak, usage.ru_maxrss);

  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

static double
start_desk (gpointer data)
{
  char *arguments[] = { (char *) DESK_PROGRAM, (char *) "--exit-after-startup", NULL };
  Peaks *peaks = data;

  return run_program (arguments, &peaks->ours);
}

static double
start_empty_window (gpointer data)
{
  char *arguments[] = { (char *) EMPTY_PROGRAM, NULL };
  Peaks *peaks = data;

  return run_program (arguments, &peaks->bare);
}

int
main (int    argc,
      char **argv)
{
  Peaks peaks = { 0 };
  MashBenchPair pair = {
    .what = "start to first frame",
    .bare_name = "an empty window",
    .target = 1.5,
    .turns = mash_bench_start (argc, argv) ? 5 : 21,
    .ours = start_desk,
    .bare = start_empty_window,
  };

  if (!mash_bench_compare (&pair, &peaks))
    return EXIT_FAILURE;
  g_print ("  peak memory %.0f MiB against %.0f MiB\n", peaks.ours / 1024.0, peaks.bare / 1024.0);

  return EXIT_SUCCESS;
}
