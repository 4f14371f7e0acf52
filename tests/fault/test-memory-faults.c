/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory runs out in each core operation. SQLite’s n-th allocation fails, once and for ever: the
 * operation answers with an error that has its sentence, and nothing acknowledged is lost. (Where
 * SQLCipher 4.6 has no memory for a key’s own context it falls over its own NULL, in
 * sqlcipher_openssl_setup(); and where there is none for a value that stands in the database, the
 * store ends the program before a known value is taken for an unknown one. Both are held to the
 * same as an end by GLib.) Then the n-th allocation of anybody fails: GLib ends the program there,
 * by design (fault-memory.c says why that is the honest thing to test), and the next session finds
 * all that was acknowledged. MASH_FAULT_LONG tries many more than the part that is drawn
 * otherwise. */

#include "config.h"

#include <signal.h>

#include "fault-memory.h"
#include "fault-trial.h"

#define DRAWN 3
#define DRAWN_LONG 40

static FaultBench *bench;

static void
check (const FaultOperation *operation,
       const FaultTrial     *trial,
       const FaultOutcome   *outcome)
{
  g_autofree char *what = g_strdup_printf ("%s, allocation %u/%u, %s", operation->name,
                                           trial->allocation, trial->sqlite_allocation,
                                           trial->for_ever ? "for ever" : "once");
  const FaultFinding *finding = &outcome->finding;

  if (outcome->crashed && trial->allocation == 0 && outcome->signal != SIGSEGV &&
      outcome->signal != SIGTRAP)
    g_error ("%s: the program ended by a signal", what);
  if (!outcome->crashed && !outcome->done &&
      (outcome->sentence == NULL || *outcome->sentence == '\0'))
    g_error ("%s: nobody was told", what);
  if (!finding->opened && g_str_equal (operation->name, "make-hub") && !outcome->done)
    return;
  if (!finding->opened || !finding->holds || finding->behind)
    g_error ("%s: %s", what, finding->fault);
}

static void
try_operation (const FaultOperation *operation,
               gboolean              of_sqlite)
{
  guint n = fault_bench_count (bench, operation, TRUE, of_sqlite);
  guint drawn = g_getenv ("MASH_FAULT_LONG") != NULL ? DRAWN_LONG : DRAWN;
  guint n_crashed = 0;

  for (guint i = 0; i < 2 * drawn && n > 0; i++)
    {
      guint at = (guint) g_test_rand_int_range (1, (gint) n + 1);
      FaultTrial trial = { .disk = { .way = FAULT_WAY_NONE },
                           .allocation = of_sqlite ? 0 : at,
                           .sqlite_allocation = of_sqlite ? at : 0,
                           .for_ever = i % 2 == 1 };
      FaultOutcome outcome;

      fault_bench_try (bench, operation, &trial, &outcome);
      check (operation, &trial, &outcome);
      n_crashed += outcome.crashed;
      fault_outcome_clear (&outcome);
    }
  g_test_message ("%s: %u allocations, %u of them failed in turn, %u ended the program",
                  operation->name, n, 2 * drawn, n_crashed);
}

static void
test_sqlite (gconstpointer data)
{
  try_operation (data, TRUE);
}

static void
test_anybody (gconstpointer data)
{
#ifdef FAULT_MEMORY_SANITIZED
  g_test_skip ("A sanitizer has taken the allocations");
#else
  try_operation (data, FALSE);
#endif
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
      g_autofree char *path = g_strdup_printf ("/faults/memory/sqlite/%s", operations[i].name);
      g_autofree char *other = g_strdup_printf ("/faults/memory/anybody/%s", operations[i].name);

      if (operations[i].is_long)
        continue;
      g_test_add_data_func (path, &operations[i], test_sqlite);
      g_test_add_data_func (other, &operations[i], test_anybody);
    }
  result = g_test_run ();
  fault_bench_free (bench);

  return result;
}
