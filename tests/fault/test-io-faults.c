/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each call with which each core operation uses the disk fails: once, for ever, and for want of
 * room. Whatever was acknowledged is there afterwards, nothing is half there, a person has been
 * told in a sentence, the desk opens again and proves itself. MASH_FAULT_LONG tries every call, or
 * with MASH_FAULT_PART, which is K/M, each M-th of them from the K-th. Otherwise a part is drawn by
 * the test's seed, of the size of MASH_FAULT_DRAWN. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault-memory.h"
#include "fault-trial.h"

#define DRAWN 6   /* calls of each operation and way, where not all are tried */

static FaultBench *bench;
static guint n_trials;

static void
check (const FaultOperation *operation,
       const FaultTrial     *trial,
       const FaultOutcome   *outcome)
{
  g_autofree char *what = g_strdup_printf ("%s, call %u (%s), way %d", operation->name,
                                           trial->disk.at, outcome->hit, trial->disk.way);

  n_trials++;
  if (outcome->crashed)
    g_error ("%s: the program ended by a signal", what);
  /* The reserve is given up for what was typed, for who looked and for who signs in, and nothing
   * else uses it. */
  if (trial->disk.way == FAULT_WAY_FULL && !outcome->done &&
      (g_str_equal (operation->name, "save-draft") ||
       g_str_equal (operation->name, "open-contact") ||
       g_str_equal (operation->name, "sign-in")))
    g_error ("%s: the reserve was no help", what);
  /* What cannot be read is lost. What cannot be written was there. */
  if (outcome->done && strstr (outcome->said, FAULT_LEFT_BEHIND) != NULL &&
      (trial->disk.way == FAULT_WAY_FULL || g_strcmp0 (outcome->hit, "write") == 0))
    g_error ("%s: work was left behind for want of room", what);
  if (!outcome->done && (outcome->sentence == NULL || *outcome->sentence == '\0'))
    g_error ("%s: nobody was told", what);
  if (outcome->sentence != NULL && strstr (outcome->sentence, "Marsh") != NULL)
    g_error ("%s: a name was said", what);

  /* A hub that could not be made is no hub, and is made again elsewhere. */
  if (!outcome->finding.opened && g_str_equal (operation->name, "make-hub") && !outcome->done)
    return;
  if (!outcome->finding.opened || !outcome->finding.holds || outcome->finding.behind ||
      outcome->finding.lost_original)
    g_error ("%s: %s", what, outcome->finding.fault);
}

static void
try_call (const FaultOperation *operation,
          FaultWay              way,
          guint                 at)
{
  FaultTrial trial = { .disk = { .way = way, .at = at } };
  FaultOutcome outcome;

  fault_bench_try (bench, operation, &trial, &outcome);
  check (operation, &trial, &outcome);
  fault_outcome_clear (&outcome);
}

/* Which of every call are tried: each @step-th from @first, and all where nobody says. */
static void
get_part (guint *first,
          guint *step)
{
  const char *part = g_getenv ("MASH_FAULT_PART");

  *first = *step = 1;
  if (part != NULL && (sscanf (part, "%u/%u", first, step) != 2 || *first < 1 || *first > *step))
    g_error ("%s is no part: MASH_FAULT_PART is K/M, with K from 1 to M", part);
}

static void
try_each (const FaultOperation *operation,
          FaultWay              way,
          guint                 n)
{
  guint before = n_trials;
  guint first, step;

  get_part (&first, &step);
  for (guint at = first; at <= n; at += step)
    try_call (operation, way, at);
  g_test_message ("%s, way %d: %u of %u calls, from %u by %u", operation->name, way,
                  n_trials - before, n, first, step);
}

static void
try_drawn (const FaultOperation *operation,
           FaultWay              way,
           guint                 n)
{
  const char *drawn = g_getenv ("MASH_FAULT_DRAWN");
  guint wanted = MIN (n, drawn != NULL ? (guint) atoi (drawn) : DRAWN);

  for (guint i = 0; i < wanted; i++)
    try_call (operation, way, (guint) g_test_rand_int_range (1, (gint) n + 1));
}

static void
test_operation (gconstpointer data)
{
  static const FaultWay ways[] = { FAULT_WAY_ONCE, FAULT_WAY_FOR_EVER, FAULT_WAY_FULL };
  const FaultOperation *operation = data;
  guint n = fault_bench_count (bench, operation, FALSE, FALSE);
  guint before = n_trials;

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_getenv ("MASH_FAULT_LONG") != NULL)
      try_each (operation, ways[i], n);
    else
      try_drawn (operation, ways[i], n);
  g_test_message ("%s: %u calls, %u of them broken in turn", operation->name, n,
                  n_trials - before);
}

int
main (int   argc,
      char *argv[])
{
  const FaultOperation *operations;
  guint n;
  int result;

  fault_memory_init ();
  g_test_init (&argc, &argv, NULL);
  bench = fault_bench_new ();
  operations = fault_operations_list (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults/disk/%s", operations[i].name);

      if (operations[i].is_long)
        continue;
      g_test_add_data_func (path, &operations[i], test_operation);
    }
  result = g_test_run ();
  fault_bench_free (bench);

  return result;
}
