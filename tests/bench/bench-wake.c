/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the commit of a contact at one desk to the line of it in a list at another, each with its
 * own thread to the hub as the window has it, against a bare NOTIFY; and the same with many desks
 * that are woken, too, and fetch it. */

#include "config.h"

#include <poll.h>
#include <stdlib.h>

#include "../service/typed-contact.h"
#include "bare-line.h"
#include "bench-call.h"
#include "mash-bench.h"
#include "mash-hub-calls.h"
#include "mash-service-hub.h"
#include "mash-service-line.h"

#define N_PEOPLE 5
#define PATIENCE (60 * G_USEC_PER_SEC)

/* A desk as the window drives it. */
typedef struct
{
  HubStock      *stock;
  MashAdmission *admission;
  MashService   *service;
  char          *folder;
  BenchCall      call;
} Window;

/* Others, each with a line that listens, and how far each has come. */
typedef struct
{
  guint          n;
  MashAdmission *people[N_PEOPLE];
  char          *seats[N_PEOPLE];
  PGconn       **lines;
  char          *from;     /* the position from which each fetches, and its chain */
  guint64       *heads;
  GThread       *thread;
  gint           ended;
} Crowd;

typedef struct
{
  HubStock *stock;
  Window    author;
  Window    reader;
  PGconn   *speaker;
  PGconn   *listener;
  Crowd     crowd;
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

/* Windows */

static MashHubLine *
open_cb (gpointer   data,
         GError   **error)
{
  Window *window = data;
  MashHubAddress address;

  mash_enrolment_get_address (window->stock->machine, window->admission->login,
                              (const char *) mash_secret_get_data (window->admission->door->word,
                                                                   NULL), &address);

  return mash_hub_line_open (&address, error);
}

static void
window_open (Window   *self,
             HubStock *stock,
             guint     person)
{
  const MashSignIn *who = g_ptr_array_index (stock->info->people, person);
  StockDesk *desk = stock_desk_new (stock, person);
  g_autoptr (GError) error = NULL;

  self->stock = stock;
  if (!stock_desk_sync (desk))
    exit (EXIT_FAILURE);
  self->folder = stock_desk_leave (desk, &self->admission);
  self->service = mash_service_new (self->folder);
  mash_service_open_async (self->service, NULL, bench_call_done_cb, bench_call_begin (&self->call));
  mash_service_open_finish (self->service, bench_call_wait (&self->call), &error);
  bench_stop_if (error);
  mash_service_sign_in_async (self->service, who->sign_in, who->passphrase, NULL,
                              bench_call_done_cb, bench_call_begin (&self->call));
  mash_service_sign_in_finish (self->service, bench_call_wait (&self->call), &error);
  bench_stop_if (error);
  mash_service_join_hub (self->service, open_cb, self, NULL);
  while (mash_service_get_hub_reading (self->service)->state != MASH_HUB_NEAR)
    g_main_context_iteration (NULL, TRUE);
}

static void
window_close (Window *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", self->folder);
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (self->service, bench_call_done_cb, bench_call_begin (&self->call));
  mash_service_lock_finish (self->service, bench_call_wait (&self->call), &error);
  g_clear_object (&self->call.result);
  g_clear_object (&self->service);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  mash_admission_free (self->admission);
  g_free (self->folder);
}

/* From the answer that it is saved here to one more line in the list there. */
static double
pass_on (gpointer data)
{
  Bench *bench = data;
  g_autoptr (MashGroup) group = typed_contact_new (bench->author.service);
  GListModel *list = mash_service_get_tray (bench->reader.service, MASH_TRAY_FRONT_DOOR);
  guint n = mash_service_get_tray_count (bench->reader.service, MASH_TRAY_FRONT_DOOR);
  g_autoptr (GError) error = NULL;
  gint64 began;

  mash_service_submit_async (bench->author.service, group, NULL, bench_call_done_cb,
                             bench_call_begin (&bench->author.call));
  mash_service_submit_finish (bench->author.service, bench_call_wait (&bench->author.call),
                              &error);
  bench_stop_if (error);
  began = g_get_monotonic_time ();
  while (list != NULL &&
         mash_service_get_tray_count (bench->reader.service, MASH_TRAY_FRONT_DOOR) == n)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () - began > PATIENCE)
        return -1;
    }

  return seconds_since (began);
}

/* A bare NOTIFY from one line to another. */
static double
notify (gpointer data)
{
  Bench *bench = data;
  struct pollfd fd = { PQsocket (bench->listener), POLLIN, 0 };
  gint64 began = g_get_monotonic_time ();
  PGnotify *word = NULL;

  if (!PQsendQuery (bench->speaker, "NOTIFY bare"))
    return -1;
  while (word == NULL)
    {
      if (poll (&fd, 1, 10000) <= 0 || !PQconsumeInput (bench->listener))
        return -1;
      word = PQnotifies (bench->listener);
    }
  PQfreemem (word);
  for (PGresult *result; (result = PQgetResult (bench->speaker)) != NULL;)
    PQclear (result);

  return seconds_since (began);
}

/* The crowd */

static PGconn *
open_member (HubStock      *stock,
             MashAdmission *who)
{
  const MashEnrolment *machine = stock->machine;
  const char *const keywords[] = {
    "host", "port", "dbname", "user", "password", "sslrootcert", "sslcert", "sslkey", "sslmode",
    NULL,
  };
  const char *const values[] = {
    machine->hosts, machine->port, machine->database, who->login,
    (const char *) mash_secret_get_data (who->door->word, NULL), machine->authority,
    machine->certificate, machine->key, "verify-full", NULL,
  };
  PGconn *line = PQconnectdbParams (keywords, values, 0);

  return PQstatus (line) == CONNECTION_OK && bare_line_run (line, "LISTEN mash") ? line : NULL;
}

/* What somebody fetches is thrown away; only how far they came is kept. */
static void
fetch (Crowd *crowd,
       guint  i)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT max (seq) FROM api1.pull ('%s', %s, 500, NULL)", crowd->seats[i % N_PEOPLE],
    crowd->from);
  PGresult *result = PQexec (crowd->lines[i], sql);

  if (PQntuples (result) > 0)
    crowd->heads[i] = g_ascii_strtoull (PQgetvalue (result, 0, 0), NULL, 10);
  PQclear (result);
}

static gpointer
run_crowd (gpointer data)
{
  Crowd *crowd = data;
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, crowd->n);

  for (guint i = 0; i < crowd->n; i++)
    fds[i] = (struct pollfd) { PQsocket (crowd->lines[i]), POLLIN, 0 };
  while (!g_atomic_int_get (&crowd->ended))
    {
      if (poll (fds, crowd->n, 50) <= 0)
        continue;
      for (guint i = 0; i < crowd->n; i++)
        {
          PGnotify *word;
          gboolean woken = FALSE;

          if (fds[i].revents == 0 || !PQconsumeInput (crowd->lines[i]))
            continue;
          for (; (word = PQnotifies (crowd->lines[i])) != NULL; PQfreemem (word))
            woken = TRUE;
          if (woken)
            fetch (crowd, i);
        }
    }

  return NULL;
}

static gboolean
crowd_gather (Crowd    *crowd,
              HubStock *stock,
              guint     n)
{
  crowd->from = hub_stock_ask (stock, "SELECT head_seq || ', ' || quote_literal (head_chain)"
                                      " || '::bytea' FROM mash.meta");
  crowd->lines = g_new0 (PGconn *, n);
  crowd->heads = g_new0 (guint64, n);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      mash_hub_line_close (hub_stock_enter (stock, i, &crowd->people[i]));
      crowd->seats[i] = hub_stock_add_seat (stock, i);
    }
  for (; crowd->n < n; crowd->n++)
    {
      crowd->lines[crowd->n] = open_member (stock, crowd->people[crowd->n % N_PEOPLE]);
      if (crowd->lines[crowd->n] == NULL)
        return FALSE;
    }
  crowd->thread = g_thread_new ("crowd", run_crowd, crowd);

  return TRUE;
}

static void
crowd_leave (Crowd *crowd)
{
  g_atomic_int_set (&crowd->ended, TRUE);
  if (crowd->thread != NULL)
    g_thread_join (crowd->thread);
  for (guint i = 0; i < crowd->n; i++)
    PQfinish (crowd->lines[i]);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_clear_pointer (&crowd->people[i], mash_admission_free);
      g_free (crowd->seats[i]);
    }
  g_free (crowd->from);
  g_free (crowd->lines);
  g_free (crowd->heads);
}

/* How many have not heard of anything, a while after it was said. */
static guint
count_missed (Crowd *crowd)
{
  guint n = crowd->n;

  for (guint tries = 0; n > 0 && tries < 100; tries++)
    {
      n = 0;
      for (guint i = 0; i < crowd->n; i++)
        n += crowd->heads[i] == 0;
      if (n > 0)
        g_usleep (100000);
    }

  return n;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

/* The times of so many contacts, the shortest first; NULL where one did not come. */
static GArray *
time_contacts (Bench *bench,
               guint  n)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < n; i++)
    {
      double seconds = pass_on (bench);

      if (seconds < 0)
        return NULL;
      g_array_append_val (times, seconds);
    }
  g_array_sort (times, compare_doubles);

  return g_steal_pointer (&times);
}

static double
get_quantile (GArray *times,
              double  share)
{
  return g_array_index (times, double, (guint) ((times->len - 1) * share)) * 1000;
}

/* The same desk, with others and without. */
static gboolean
compare_with_crowd (Bench *bench,
                    guint  n,
                    guint  n_turns,
                    double target)
{
  g_autoptr (GArray) alone = time_contacts (bench, n_turns);
  g_autoptr (GArray) among = NULL;
  double ratio;

  if (alone == NULL || !crowd_gather (&bench->crowd, bench->stock, n))
    return FALSE;
  among = time_contacts (bench, n_turns);
  if (among == NULL)
    return FALSE;

  ratio = get_quantile (among, 0.5) / get_quantile (alone, 0.5);
  g_print ("the same with %u desks that are woken, too: target %.3g ×, figure %.2f ×: %s"
           " (%.1f ms, at the 99th of 100 %.1f; alone %.1f and %.1f; %u missed it)\n", n, target,
           ratio, ratio <= target ? "met" : "missed", get_quantile (among, 0.5),
           get_quantile (among, 0.99), get_quantile (alone, 0.5), get_quantile (alone, 0.99),
           count_missed (&bench->crowd));

  return TRUE;
}

static gboolean
prepare (Bench *bench,
         guint  n)
{
  g_autofree char *settings = g_strdup_printf ("max_connections = %u\n", n + 50);

  return hub_stock_set (bench->stock, settings) &&
         mash_hub_line_run (bench->stock->line,
                            "DO $$ DECLARE it record; BEGIN FOR it IN SELECT login FROM"
                            " mash.person LOOP EXECUTE format ('ALTER ROLE %I CONNECTION LIMIT"
                            " -1', it.login); END LOOP; END $$", NULL);
}

static gboolean
measure (Bench    *bench,
         gboolean  is_short)
{
  const MashBenchPair pair = {
    "a contact from one desk to another", "a bare NOTIFY", 10, is_short ? 20 : 200, pass_on,
    notify,
  };
  guint n = is_short ? 50 : 500;
  gboolean done;

  if (!prepare (bench, n))
    return FALSE;
  window_open (&bench->author, bench->stock, 1);
  window_open (&bench->reader, bench->stock, 2);
  bench->speaker = bare_line_open (bench->stock);
  bench->listener = bare_line_open (bench->stock);
  done = bare_line_run (bench->listener, "LISTEN bare") && mash_bench_compare (&pair, bench) &&
         compare_with_crowd (bench, n, is_short ? 10 : 100, is_short ? 4 : 12);
  crowd_leave (&bench->crowd);
  window_close (&bench->author);
  window_close (&bench->reader);
  PQfinish (bench->speaker);
  PQfinish (bench->listener);

  return done;
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  Bench bench = { NULL };
  gboolean done;

  bench.stock = hub_stock_new (argc, argv, is_short ? 60 : 400);
  done = measure (&bench, is_short);
  hub_stock_free (bench.stock);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
