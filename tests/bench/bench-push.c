/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hub takes a second from one desk, with every look that it takes at what is sent, against
 * bare inserts of the same bytes by the same kind of line. */

#include "config.h"

#include <sodium.h>
#include <stdlib.h>

#include "bare-line.h"
#include "mash-bench.h"
#include "stock-voice.h"

#define N_GROUPS 50
#define GROUP_SIZE 2

#define BARE_TABLE \
  "CREATE TABLE IF NOT EXISTS bare (n bigserial PRIMARY KEY, statement bytea, signature bytea)"
#define BARE_INSERT "INSERT INTO bare (statement, signature) VALUES ($1, $2)"

typedef struct
{
  HubStock   *stock;
  StockVoice *voice;
  PGconn     *bare;
  GPtrArray  *batch; /* what was sent last */
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

static double
push (Bench *bench,
      guint  n_groups,
      guint  size)
{
  gint64 began;

  g_clear_pointer (&bench->batch, g_ptr_array_unref);
  bench->batch = stock_voice_make (bench->voice, n_groups, size);
  began = g_get_monotonic_time ();

  return stock_voice_send (bench->voice, bench->batch) ? seconds_since (began) : -1;
}

static double
push_one (gpointer data)
{
  return push (data, 1, 1);
}

static double
push_batch (gpointer data)
{
  return push (data, N_GROUPS, GROUP_SIZE);
}

static gboolean
insert (Bench            *bench,
        const MashSigned *change)
{
  const char *values[2];
  int lengths[2];
  static const int formats[2] = { 1, 1 };
  gsize length;

  values[0] = g_bytes_get_data (change->statement, &length);
  lengths[0] = (int) length;
  values[1] = (const char *) change->signature;
  lengths[1] = sizeof change->signature;

  return PQsendQueryPrepared (bench->bare, "insert", 2, values, lengths, formats, 0);
}

/* Reads every result to the end of the pipeline or of the statement. */
static gboolean
drain (Bench    *bench,
       gboolean  pipeline)
{
  gboolean done = TRUE;

  for (;;)
    {
      PGresult *result = PQgetResult (bench->bare);
      ExecStatusType status;

      if (result == NULL && pipeline)
        continue;
      if (result == NULL)
        return done;
      status = PQresultStatus (result);
      PQclear (result);
      if (status == PGRES_PIPELINE_SYNC)
        return done;
      done = done && status == PGRES_COMMAND_OK;
      if (PQstatus (bench->bare) != CONNECTION_OK)
        return FALSE;
    }
}

/* A prepared statement, which commits by itself. */
static double
insert_one (gpointer data)
{
  Bench *bench = data;
  GPtrArray *group = g_ptr_array_index (bench->batch, 0);
  gint64 began = g_get_monotonic_time ();

  return insert (bench, g_ptr_array_index (group, 0)) &&
         drain (bench, FALSE) ? seconds_since (began) : -1;
}

/* As many in one pipeline, which is one transaction. */
static double
insert_batch (gpointer data)
{
  Bench *bench = data;
  gint64 began = g_get_monotonic_time ();
  gboolean done = PQenterPipelineMode (bench->bare);

  for (guint g = 0; done && g < bench->batch->len; g++)
    {
      GPtrArray *group = g_ptr_array_index (bench->batch, g);

      for (guint i = 0; done && i < group->len; i++)
        done = insert (bench, g_ptr_array_index (group, i));
    }
  done = done && PQpipelineSync (bench->bare) && drain (bench, TRUE) &&
         PQexitPipelineMode (bench->bare);

  return done ? seconds_since (began) : -1;
}

static gboolean
prepare (Bench *bench)
{
  PGresult *result;
  gboolean done = bare_line_run (bench->bare, BARE_TABLE);

  result = PQprepare (bench->bare, "insert", BARE_INSERT, 2, NULL);
  done = done && PQresultStatus (result) == PGRES_COMMAND_OK;
  PQclear (result);

  return done;
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  const MashBenchPair one = {
    "push one change", "a prepared insert with its commit", 3, is_short ? 50 : 1000, push_one,
    insert_one,
  };
  const MashBenchPair batch = {
    "push 100 changes in 50 groups", "as many inserts in one pipeline", 5, is_short ? 10 : 100,
    push_batch, insert_batch,
  };
  Bench bench = { NULL };
  gboolean done;

  if (sodium_init () < 0)
    return EXIT_FAILURE;

  bench.stock = hub_stock_new (argc, argv, is_short ? 60 : 1000);
  bench.voice = stock_voice_new (bench.stock, 1);
  bench.bare = bare_line_open (bench.stock);
  done = prepare (&bench) && mash_bench_compare (&one, &bench) &&
         mash_bench_compare (&batch, &bench);

  g_clear_pointer (&bench.batch, g_ptr_array_unref);
  PQfinish (bench.bare);
  stock_voice_free (bench.voice);
  hub_stock_free (bench.stock);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
