/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-bench.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define MILLISECONDS 1000.0

/**
 * mash_bench_start:
 * @argc: as main() has it
 * @argv: as main() has it
 *
 * Prepares for printing, and is called first.
 *
 * Returns: whether `--short` was asked for, which is to show that the benchmark runs
 */
gboolean
mash_bench_start (int    argc,
                  char **argv)
{
  setlocale (LC_ALL, "");

  return argc > 1 && strcmp (argv[1], "--short") == 0;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

/* Sorts the times; the middle one is what counts. */
static double
take_median (GArray *times)
{
  g_array_sort (times, compare_doubles);

  return g_array_index (times, double, times->len / 2);
}

static char *
describe (const char *name,
          GArray     *times)
{
  return g_strdup_printf ("%s %.3g ms, %.3g–%.3g", name,
                          g_array_index (times, double, times->len / 2) * MILLISECONDS,
                          g_array_index (times, double, 0) * MILLISECONDS,
                          g_array_index (times, double, times->len - 1) * MILLISECONDS);
}

/* The first turn of each warms up the caches and is not counted. */
static gboolean
take_turn (MashBenchTurn turn,
           gpointer      data,
           gboolean      counts,
           GArray       *times)
{
  double seconds = turn (data);

  if (seconds < 0)
    return FALSE;
  if (counts)
    g_array_append_val (times, seconds);

  return TRUE;
}

/**
 * mash_bench_compare:
 * @pair: what is timed against what
 * @data: for the turns
 *
 * Takes turns of both, one after the other, and prints target, figure, and met or missed: the
 * figure is the ratio of the medians. A miss is no failure.
 *
 * Returns: whether every turn could be taken
 */
gboolean
mash_bench_compare (const MashBenchPair *pair,
                    gpointer             data)
{
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *ours_text = NULL;
  g_autofree char *bare_text = NULL;
  double ratio;

  for (guint i = 0; i <= pair->turns; i++)
    {
      if (!take_turn (pair->ours, data, i > 0, ours) ||
          !take_turn (pair->bare, data, i > 0, bare))
        {
          g_printerr ("%s: a turn failed\n", pair->what);
          return FALSE;
        }
    }

  ratio = take_median (ours) / take_median (bare);
  ours_text = describe ("ours", ours);
  bare_text = describe (pair->bare_name, bare);
  if (pair->target > 0)
    g_print ("%s: target %.3g ×, figure %.2f ×: %s", pair->what, pair->target, ratio,
             ratio <= pair->target ? "met" : "missed");
  else
    g_print ("%s: no target, figure %.2f ×", pair->what, ratio);
  g_print (" (%s; %s; %u turns each)\n", ours_text, bare_text, pair->turns);

  return TRUE;
}

/**
 * mash_bench_get_peak:
 *
 * Returns: the most memory that this program has had at once, MiB
 */
double
mash_bench_get_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_maxrss / 1024.0;
}
