/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many desks on one hub: all of them come back at once after a day, against bare connections; and
 * then they are idle, each with its line, and look every half minute whether there is something. */

#include "config.h"

#include <stdlib.h>

#include "mash-bench.h"
#include "mash-hub-calls.h"
#include "mash-sync-core.h"
#include "server-load.h"

#define N_MISSED 2000
#define N_PEOPLE 10
#define POLL (30 * G_USEC_PER_SEC)

typedef struct
{
  HubStock      *stock;
  guint          n_desks;
  MashAdmission *people[N_PEOPLE];
  char          *seats[N_PEOPLE];
  guint64        after;
  GBytes        *chain;
  gint           n_failed;
} Bench;

typedef struct
{
  Bench *bench;
  guint  person;
} Comer;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

static MashHubLine *
open_line (Bench *bench,
           guint  person)
{
  MashAdmission *who = bench->people[person];
  MashHubAddress address;

  mash_enrolment_get_address (bench->stock->machine, who->login,
                              (const char *) mash_secret_get_data (who->door->word, NULL),
                              &address);

  return mash_hub_line_open (&address, NULL);
}

/* A desk comes back: its line, what the hub says of it, and what it missed. */
static gpointer
come_back (gpointer data)
{
  Comer *comer = data;
  Bench *bench = comer->bench;
  const char *seat = bench->seats[comer->person];
  g_autoptr (MashHubLine) line = open_line (bench, comer->person);
  g_autoptr (MashHubRows) rows = NULL;
  g_autoptr (MashHello) hello = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (line != NULL)
    rows = mash_hub_line_ask (line, NULL, "LISTEN mash", NULL);
  if (rows != NULL)
    hello = mash_hub_call_hello (line, seat, bench->after, bench->chain, NULL);
  if (hello != NULL)
    entries = mash_hub_call_pull (line, seat, bench->after, bench->chain, MASH_HUB_ANY_TURN,
                                  N_MISSED, MASH_SYNC_PAGE_BYTES, NULL, NULL);
  if (entries == NULL || entries->len == 0)
    g_atomic_int_inc (&bench->n_failed);

  return NULL;
}

static gpointer
connect_bare (gpointer data)
{
  Comer *comer = data;
  g_autoptr (MashHubLine) line = open_line (comer->bench, comer->person);

  if (line == NULL)
    g_atomic_int_inc (&comer->bench->n_failed);

  return NULL;
}

/* All of them at once, each on a thread of its own. */
static double
let_come (Bench       *bench,
          GThreadFunc  come)
{
  g_autofree Comer *comers = g_new0 (Comer, bench->n_desks);
  g_autofree GThread **threads = g_new0 (GThread *, bench->n_desks);
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < bench->n_desks; i++)
    {
      comers[i] = (Comer) { bench, i % N_PEOPLE };
      threads[i] = g_thread_new ("desk", come, &comers[i]);
    }
  for (guint i = 0; i < bench->n_desks; i++)
    g_thread_join (threads[i]);

  return bench->n_failed == 0 ? seconds_since (began) : -1;
}

static double
all_come_back (gpointer data)
{
  return let_come (data, come_back);
}

static double
all_connect (gpointer data)
{
  return let_come (data, connect_bare);
}

/* Idle */

static gboolean
look (Bench       *bench,
      MashHubLine *line,
      guint        person,
      GBytes      *chain)
{
  g_autoptr (GPtrArray) entries = mash_hub_call_pull (line, bench->seats[person],
                                                      bench->stock->head, chain,
                                                      MASH_HUB_ANY_TURN, 500,
                                                      MASH_SYNC_PAGE_BYTES, NULL, NULL);

  return entries != NULL && entries->len == 0 &&
         mash_hub_call_ack (line, bench->seats[person], bench->stock->head, chain, 0, 0, NULL);
}

static GBytes *
read_chain (Bench   *bench,
            guint64  position)
{
  g_autofree char *sql = g_strdup_printf ("SELECT chain FROM mash.head WHERE seq = %"
                                          G_GUINT64_FORMAT, position);
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (bench->stock->line, NULL, sql, NULL);

  return rows != NULL && mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_dup_bytes (rows, 0, 0)
                                                        : NULL;
}

/* Each looks once in half a minute, at a time of its own. */
static gboolean
stay_idle (Bench        *bench,
           MashHubLine **lines,
           double        seconds)
{
  g_autoptr (GBytes) chain = read_chain (bench, bench->stock->head);
  gint64 began = g_get_monotonic_time ();
  gint64 step = POLL / bench->n_desks;

  for (guint i = 0; seconds_since (began) < seconds; i++)
    {
      guint which = i % bench->n_desks;
      gint64 left = began + (i + 1) * step - g_get_monotonic_time ();

      if (!look (bench, lines[which], which % N_PEOPLE, chain))
        return FALSE;
      if (left > 0)
        g_usleep ((gulong) left);
    }

  return TRUE;
}

static gboolean
look_round (Bench        *bench,
            MashHubLine **lines)
{
  g_autoptr (GBytes) chain = read_chain (bench, bench->stock->head);

  for (guint i = 0; i < bench->n_desks; i++)
    {
      if (!look (bench, lines[i], i % N_PEOPLE, chain))
        return FALSE;
    }

  return TRUE;
}

static gboolean
be_idle (Bench  *bench,
         double  seconds)
{
  g_autofree MashHubLine **lines = g_new0 (MashHubLine *, bench->n_desks);
  ServerLoad empty, before, after;
  gboolean done = TRUE;

  server_load_read (bench->stock, &empty);
  for (guint i = 0; done && i < bench->n_desks; i++)
    {
      lines[i] = open_line (bench, i % N_PEOPLE);
      done = lines[i] != NULL &&
             mash_hub_line_run (lines[i], "LISTEN mash", NULL);
    }
  /* What a server needs for its first look it keeps. */
  done = done && look_round (bench, lines);
  server_load_read (bench->stock, &before);
  done = done && stay_idle (bench, lines, seconds);
  server_load_read (bench->stock, &after);
  for (guint i = 0; i < bench->n_desks; i++)
    mash_hub_line_close (lines[i]);

  if (done)
    g_print ("%u idle desks: no target, figure %.1f %% of one processor, %u connections,"
             " %.1f MiB of the server’s own memory each (%.0f s)\n", bench->n_desks,
             100 * (after.seconds - before.seconds) / seconds,
             after.n_processes - empty.n_processes,
             (after.private_mib - empty.private_mib) / bench->n_desks, seconds);

  return done;
}

static gboolean
prepare (Bench *bench)
{
  g_autofree char *settings = g_strdup_printf ("max_connections = %u\n", bench->n_desks + 50);
  g_autofree char *after = NULL;

  if (!hub_stock_set (bench->stock, settings) ||
      !mash_hub_line_run (bench->stock->line,
                          "DO $$ DECLARE it record; BEGIN FOR it IN SELECT login FROM mash.person"
                          " LOOP EXECUTE format ('ALTER ROLE %I CONNECTION LIMIT -1', it.login);"
                          " END LOOP; END $$", NULL))
    return FALSE;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      mash_hub_line_close (hub_stock_enter (bench->stock, i, &bench->people[i]));
      bench->seats[i] = hub_stock_add_seat (bench->stock, i);
    }
  after = hub_stock_ask (bench->stock,
                         "SELECT max (seq) FROM mash.head WHERE group_end AND seq <="
                         " (SELECT greatest (head_seq - 2000, 1) FROM mash.meta)");
  bench->after = g_ascii_strtoull (after, NULL, 10);
  bench->chain = read_chain (bench, bench->after);

  return bench->chain != NULL;
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  const MashBenchPair pair = {
    "all desks come back after a day", "as many bare connections", 3, is_short ? 2 : 5,
    all_come_back, all_connect,
  };
  Bench bench = { .n_desks = is_short ? 50 : 500 };
  gboolean done;

  bench.stock = hub_stock_new (argc, argv, is_short ? 60 : 1000);
  done = prepare (&bench) && mash_bench_compare (&pair, &bench);
  bench.n_desks = is_short ? 50 : 300;
  done = done && be_idle (&bench, is_short ? 5 : 60);

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      mash_admission_free (bench.people[i]);
      g_free (bench.seats[i]);
    }
  g_clear_pointer (&bench.chain, g_bytes_unref);
  hub_stock_free (bench.stock);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
