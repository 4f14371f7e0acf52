/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first hundred rows of the front door with their counts, of 50,000 open contacts against
 * 5,000, and the same behind a key in the middle: neither grows with the register. */

#include "config.h"

#include <stdlib.h>

#include "mash-bench.h"
#include "mash-small-hub.h"
#include "mash-store-private.h"

#define SMALL 5000
#define LARGE 50000
#define ROWS 100

/* Only the trays are filled: reading them reads nothing else of a contact but its family. */
#define FILL \
  "WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < %d)" \
  " INSERT INTO tray (contact, tray, state, urgency, concern, clock_started, clock_due," \
  " received_at, created_at, harm, strategy, undecided, waiting, incomplete)" \
  " SELECT printf ('00000000-0000-7000-8000-%%012d', i), 'work', 'C10', i %% 5," \
  " hex (randomblob (40)), 1, i * 7919 %% 1000003, 1, 1, 0, 0, 1, 0, i %% 3 = 0 FROM k;" \
  "INSERT INTO tray_count (tray, person, facet, value, n)" \
  " VALUES ('front-door', '', '', '', %d);"

typedef struct
{
  MashStore     *small;
  MashStore     *large;
  MashTrayQuery *query;
  MashTrayKey    middle;
  gboolean       in_middle;
} Bench;

static double
read_tray (Bench     *bench,
           MashStore *store)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows = NULL;
  guint counts[MASH_N_TRAYS];
  guint count;

  rows = mash_store_list_tray_page (store, bench->query, bench->in_middle ? &bench->middle : NULL,
                                    0, ROWS, NULL);
  if (rows == NULL || rows->len != ROWS ||
      !mash_store_count_tray (store, bench->query, &count, NULL) ||
      !mash_store_count_trays (store, counts, NULL))
    return -1;

  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

static double
read_large (gpointer data)
{
  Bench *bench = data;

  return read_tray (bench, bench->large);
}

static double
read_small (gpointer data)
{
  Bench *bench = data;

  return read_tray (bench, bench->small);
}

static MashStore *
make_store (const char *folder,
            int         n,
            GError    **error)
{
  g_autofree char *sql = g_strdup_printf (FILL, n, n);
  MashStore *store = NULL;

  if (mash_small_hub_make (folder, error))
    store = mash_small_hub_open (folder, MASH_SMALL_HUB_WORKER, error);
  if (store != NULL && !mash_database_execute (store->database, sql, error))
    g_clear_object (&store);

  return store;
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  Bench bench = { NULL };
  MashBenchPair pair = {
    .what = "first 100 rows of 50,000",
    .bare_name = "first 100 rows of 5,000",
    .target = 1.5,
    .turns = is_short ? 20 : 200,
    .ours = read_large,
    .bare = read_small,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *small = g_dir_make_tmp ("mash-bench-XXXXXX", &error);
  g_autofree char *large = g_dir_make_tmp ("mash-bench-XXXXXX", &error);
  gboolean done;

  bench.query = mash_tray_query_new (MASH_TRAY_FRONT_DOOR);
  bench.middle = (MashTrayKey) { 2, 500000, "" };
  bench.small = make_store (small, SMALL, &error);
  bench.large = bench.small != NULL ? make_store (large, LARGE, &error) : NULL;
  if (bench.large == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  done = mash_bench_compare (&pair, &bench);
  bench.in_middle = TRUE;
  pair.what = "100 rows from the middle of 50,000";
  pair.bare_name = "100 rows from the middle of 5,000";
  done = mash_bench_compare (&pair, &bench) && done;
  mash_tray_query_free (bench.query);
  mash_store_close (bench.small, NULL);
  mash_store_close (bench.large, NULL);
  g_clear_object (&bench.small);
  g_clear_object (&bench.large);
  mash_small_hub_remove (small);
  mash_small_hub_remove (large);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
