/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A desk on a small and on a large register: what a person waits for may not grow with it. The two
 * training hubs differ tenfold; `--hubs DIR` keeps them there for the next run. */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "mash-bench.h"

#define N_TURNS       5
#define FRAME_SECONDS (1.0 / 60)
#define MAX_MORE_MIB  64.0

/* How much more than the logarithm of the register the work of a search may grow by, for what
 * measuring it adds. */
#define MEASURED      1.1

/* A list that hardly moves says nothing of what it costs to move one. */
#define MIN_SCROLLED  60

enum { SMALL, LARGE, N_SIZES };

typedef struct
{
  char       *hub;
  guint       n_contacts;
  GHashTable *figures;  /* name → GArray of double, a turn each */
} Register;

typedef struct
{
  Register registers[N_SIZES];
  gboolean is_short;
} Bench;

static gboolean
run (char   **arguments,
     char   **output)
{
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, arguments, NULL,
                     G_SPAWN_SEARCH_PATH | (output == NULL ? G_SPAWN_STDOUT_TO_DEV_NULL : 0), NULL,
                     NULL, output, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    {
      g_printerr ("%s: %s\n", arguments[0], error->message);
      return FALSE;
    }

  return TRUE;
}

/* The register as a council would have it after that many contacts, made by the program's own
 * rules. */
static gboolean
fill (Register *reg)
{
  g_autofree char *n_contacts = g_strdup_printf ("%u", reg->n_contacts);
  gint64 began = g_get_monotonic_time ();
  char *arguments[] = {
    (char *) ADMIN_PROGRAM, (char *) "training", reg->hub, (char *) "--contacts", n_contacts, NULL,
  };

  if (g_file_test (reg->hub, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!run (arguments, NULL))
    return FALSE;
  g_print ("  %u contacts made in %.0f s\n", reg->n_contacts,
           (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);

  return TRUE;
}

static void
note_figure (Register   *reg,
             const char *name,
             double      figure)
{
  GArray *turns = g_hash_table_lookup (reg->figures, name);

  if (turns == NULL)
    {
      turns = g_array_new (FALSE, FALSE, sizeof (double));
      g_hash_table_insert (reg->figures, g_strdup (name), turns);
    }
  g_array_append_val (turns, figure);
}

static gboolean
run_desk (Register   *reg,
          const char *what)
{
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  char *arguments[] = { (char *) REGISTER_DESK, reg->hub, (char *) what, NULL };

  if (!run (arguments, &output))
    return FALSE;

  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);

      if (g_strv_length (words) == 2)
        note_figure (reg, words[0], g_ascii_strtod (words[1], NULL));
    }

  return TRUE;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

/* The median of the turns. */
static double
get_figure (Register   *reg,
            const char *name)
{
  GArray *turns = g_hash_table_lookup (reg->figures, name);

  if (turns == NULL)
    return -1;
  g_array_sort (turns, compare_doubles);

  return g_array_index (turns, double, turns->len / 2);
}

/* Of figures that are in order. */
static double
find_p95 (GArray *figures)
{
  return g_array_index (figures, double, (guint) ((figures->len - 1) * 0.95));
}

static double
unlock (Register *reg)
{
  g_hash_table_remove_all (reg->figures);

  return run_desk (reg, NULL) ? get_figure (reg, "unlock") : -1;
}

static double
unlock_large (gpointer data)
{
  return unlock (&((Bench *) data)->registers[LARGE]);
}

static double
unlock_small (gpointer data)
{
  return unlock (&((Bench *) data)->registers[SMALL]);
}

/* What is done at the desk, on the one and on the other in turn. */
static gboolean
work (Bench *bench)
{
  guint turns = bench->is_short ? 1 : N_TURNS;

  for (guint i = 0; i < N_SIZES; i++)
    g_hash_table_remove_all (bench->registers[i].figures);
  for (guint i = 0; i < turns * N_SIZES; i++)
    {
      if (!run_desk (&bench->registers[i % N_SIZES], "--all"))
        return FALSE;
    }

  return TRUE;
}

static double
show_empty_window (gpointer data)
{
  char *arguments[] = { (char *) EMPTY_PROGRAM, NULL };
  gint64 began = g_get_monotonic_time ();

  return run (arguments, NULL) ? (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC : -1;
}

static void
print_growth (Bench      *bench,
              const char *what,
              const char *name,
              double      unit,
              const char *unit_name)
{
  double small = get_figure (&bench->registers[SMALL], name);
  double large = get_figure (&bench->registers[LARGE], name);

  g_print ("%s, %u against %u contacts: no target, figure %.2f × (%.3g %s against %.3g %s)\n",
           what, bench->registers[LARGE].n_contacts, bench->registers[SMALL].n_contacts,
           small > 0 ? large / small : 0, large * unit, unit_name, small * unit, unit_name);
}

/* The kinds of texts that are searched for, each on its own. */
static const struct
{
  const char *figure;
  const char *what;
} searches[] = {
  { "search_letter", "for a letter" },
  { "search_short", "for two beginnings of a letter or two" },
  { "search_word", "for a name" },
  { "search_words", "for two names" },
  { "search_strangers", "for two names that nobody has together" },
  { "search_three", "for three names" },
  { "search_marked", "for names with marks" },
  { "search_numbers", "for numbers, dates and postcodes" },
  { "search_mixed", "for a name with a number" },
};

/* On the wall, by the work that it is, and by the pages of the file: those are deciphered each time
 * where the register is larger than the memory that keeps them. What is left of the growth where
 * all of them are in memory is that of the search itself. */
static void
print_search_growth (Bench      *bench,
                     const char *what,
                     const char *name)
{
  static const struct
  {
    const char *figure;
    const char *what;
    double      unit;
    const char *unit_name;
  } kinds[] = {
    { "p95", "p95", 1000, "ms" },
    { "work_p95", "work, p95", 1000, "ms" },
    { "pages_p95", "pages read, p95", 1, "pages" },
    { "again_p95", "work of asking again, p95", 1000, "ms" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *all = g_strdup_printf ("%s, %s", what, kinds[i].what);
      g_autofree char *figure = g_strdup_printf ("%s_%s", name, kinds[i].figure);

      print_growth (bench, all, figure, kinds[i].unit, kinds[i].unit_name);
    }
}

/* The same texts, of which each shows as many people on the one register as on the other: what is
 * left of the growth is that of looking them up. */
static void
print_equal_lists (Bench      *bench,
                   const char *what,
                   const char *prefix)
{
  Register *small = &bench->registers[SMALL];
  Register *large = &bench->registers[LARGE];
  double target = MEASURED * log (large->n_contacts) / log (small->n_contacts);
  g_autoptr (GArray) few = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) many = g_array_new (FALSE, FALSE, sizeof (double));
  GHashTableIter iter;
  gpointer name;
  double ratio;

  g_hash_table_iter_init (&iter, small->figures);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      double ours = get_figure (large, name);
      double theirs = get_figure (small, name);

      if (!g_str_has_prefix (name, prefix) || ours < 0)
        continue;
      g_array_append_val (many, ours);
      g_array_append_val (few, theirs);
    }
  if (few->len == 0)
    {
      g_print ("search, %s on both registers: no figure, there is no such text\n", what);
      return;
    }

  g_array_sort (few, compare_doubles);
  g_array_sort (many, compare_doubles);
  ratio = find_p95 (many) / find_p95 (few);
  g_print ("search, %s on both registers, work of asking again, p95: target %.2f ×, "
           "figure %.2f ×: %s (%.3g ms against %.3g ms, %u texts)\n", what, target, ratio,
           ratio <= target ? "met" : "missed", find_p95 (many) * 1000, find_p95 (few) * 1000,
           few->len);
}

static void
print_search (Bench *bench)
{
  double p95 = get_figure (&bench->registers[LARGE], "search_p95");

  g_print ("search as you type, p95: target %.2f frames, figure %.2f frames: %s "
           "(p50 %.3g ms, p95 %.3g ms, p99 %.3g ms of %.0f key presses)\n",
           1.0, p95 / FRAME_SECONDS, p95 <= FRAME_SECONDS ? "met" : "missed",
           get_figure (&bench->registers[LARGE], "search_p50") * 1000, p95 * 1000,
           get_figure (&bench->registers[LARGE], "search_p99") * 1000,
           get_figure (&bench->registers[LARGE], "searches"));
  print_search_growth (bench, "search as you type", "search");
  print_search_growth (bench, "search as you type, full lists alone", "search_full");
  print_equal_lists (bench, "the same texts with a full page", "full/");
  print_equal_lists (bench, "the same texts with nobody", "none/");
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autofree char *what = g_strdup_printf ("search %s", searches[i].what);

      print_search_growth (bench, what, searches[i].figure);
    }
}

/* A longer list may cost no more to move than a short one. */
static void
print_scrolling (Bench *bench)
{
  Register *small = &bench->registers[SMALL];
  Register *large = &bench->registers[LARGE];
  double ratio = get_figure (large, "scroll_p50") / get_figure (small, "scroll_p50");
  double p99 = get_figure (large, "scroll_p99");

  if (MIN (get_figure (small, "scroll_frames"), get_figure (large, "scroll_frames")) <
      MIN_SCROLLED)
    {
      g_print ("scroll the front door: no figure, %.0f and %.0f rows do not fill the window\n",
               get_figure (large, "scroll_rows"), get_figure (small, "scroll_rows"));
      return;
    }

  g_print ("scroll the front door, work of a frame: target 1.2 ×, figure %.2f ×: %s "
           "(%.0f rows %.3g ms, %.0f rows %.3g ms; %.0f and %.0f frames in which they moved)\n",
           ratio, ratio <= 1.2 ? "met" : "missed",
           get_figure (large, "scroll_rows"), get_figure (large, "scroll_p50") * 1000,
           get_figure (small, "scroll_rows"), get_figure (small, "scroll_p50") * 1000,
           get_figure (large, "scroll_frames"), get_figure (small, "scroll_frames"));
  g_print ("scroll the front door, work of a frame, p99: target %.2f frames, figure %.2f frames: "
           "%s (%.3g ms)\n", 1.0, p99 / FRAME_SECONDS, p99 <= FRAME_SECONDS ? "met" : "missed",
           p99 * 1000);
}

static void
print_memory (Bench *bench)
{
  double small = get_figure (&bench->registers[SMALL], "memory") / 1024;
  double large = get_figure (&bench->registers[LARGE], "memory") / 1024;

  g_print ("memory with %u contacts above that with %u: target %.0f MiB, figure %.0f MiB: %s "
           "(%.0f against %.0f MiB)\n",
           bench->registers[LARGE].n_contacts, bench->registers[SMALL].n_contacts, MAX_MORE_MIB,
           large - small, large - small <= MAX_MORE_MIB ? "met" : "missed", large, small);
}

static gboolean
measure (Bench *bench)
{
  MashBenchPair unlock = {
    .what = "unlock after the key to a filled front door",
    .bare_name = "the first frame of an empty window",
    .target = 2.0,
    .turns = bench->is_short ? 3 : 9,
    .ours = unlock_large,
    .bare = show_empty_window,
  };
  MashBenchPair growth = {
    .what = "unlock with ten times the register",
    .bare_name = "with the small one",
    .turns = bench->is_short ? 3 : 9,
    .ours = unlock_large,
    .bare = unlock_small,
  };

  if (!mash_bench_compare (&unlock, bench) || !mash_bench_compare (&growth, bench))
    return FALSE;
  if (!work (bench))
    return FALSE;
  print_growth (bench, "refresh the front door", "refresh", 1000, "ms");
  print_scrolling (bench);
  print_search (bench);
  print_memory (bench);

  return TRUE;
}

static gboolean
open_registers (Bench      *bench,
                const char *folder)
{
  static const guint sizes[N_SIZES] = { 5000, 50000 };

  for (guint i = 0; i < N_SIZES; i++)
    {
      Register *reg = &bench->registers[i];

      /* The short form shows that the benchmark runs. */
      reg->n_contacts = bench->is_short ? sizes[i] / 50 : sizes[i];
      reg->hub = g_strdup_printf ("%s/hub-%u", folder, reg->n_contacts);
      reg->figures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_array_unref);
      if (!fill (reg))
        return FALSE;
    }

  return TRUE;
}

static void
remove_folder (const char *folder)
{
  char *arguments[] = { (char *) "rm", (char *) "-rf", (char *) folder, NULL };

  run (arguments, NULL);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { .is_short = mash_bench_start (argc, argv) };
  g_autofree char *own = NULL;
  const char *kept = NULL;
  gboolean done;

  for (int i = 1; i + 1 < argc; i++)
    {
      if (strcmp (argv[i], "--hubs") == 0)
        kept = argv[i + 1];
    }
  if (kept == NULL)
    own = g_dir_make_tmp ("mash-bench-XXXXXX", NULL);
  else
    g_mkdir_with_parents (kept, 0700);
  if (kept == NULL && own == NULL)
    return EXIT_FAILURE;

  done = open_registers (&bench, kept != NULL ? kept : own) && measure (&bench);
  for (guint i = 0; i < N_SIZES; i++)
    {
      g_free (bench.registers[i].hub);
      g_clear_pointer (&bench.registers[i].figures, g_hash_table_unref);
    }
  if (own != NULL)
    remove_folder (own);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
