/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Desks in processes of their own, on a real PostgreSQL, by a line that cuts: they are killed, the
 * server is killed, connections are cut at any byte and go on at one end, and the server is
 * restored from a base backup, at moments that a seed draws. Whatever anybody was told is saved is
 * then at the hub once, every desk has the hub's history, and each verifies.
 *
 * MASH_PROCESS_HISTORIES is how many histories there are, MASH_PROCESS_SEED the first seed;
 * MASH_SOAK_SECONDS makes it one history of that length, which also watches what the desks need. */

#include "config.h"

#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cutting-line.h"
#include "sync-desk.h"

#define N_DESKS 3
#define N_FAULTS 10

/* How long desks may take to come level after the last fault, on the slowest machine. */
#define PATIENCE (120 * G_USEC_PER_SEC)

/* Milliseconds at most between two contacts that a desk takes in: as fast as it goes, and, where it
 * goes on for long, several times as fast as anybody types. */
#define HASTE "150"
#define PACE "4000"

/* Bounds of a desk of a few thousand changes: its memory and its log beside the database. */
#define MAX_MEMORY_KIB (220 * 1024)
#define MAX_LOG_BYTES (96 * 1024 * 1024)

typedef struct
{
  const char       *sign_in;
  const char       *pause;     /* between two contacts */
  char             *folder;
  char             *settings;
  char             *name;
  GSubprocess      *process;
  GDataInputStream *output;
  guint             next;      /* number of the next contact */
  guint             begins;    /* how often it was started */
  guint64           position;
  guint64           unsent;
} Desk;

typedef struct
{
  GRand       *random;
  char        *database;
  CuttingLine *line;
  Desk         desks[N_DESKS];
  GHashTable  *saved;          /* what anybody was told */
  gboolean     has_backup;
  guint        n_faults[6];
} History;

static Cluster *cluster;
static SyncHub hub;
static const char *const sign_ins[N_DESKS] = { "worker", "officer", "manager" };

/* What a desk says */

static void
hear (History *history,
      Desk    *desk,
      char    *line)
{
  guint state, end;
  guint64 position, unsent;

  if (g_str_has_prefix (line, "saved "))
    {
      g_hash_table_add (history->saved, g_strdup (line + strlen ("saved ")));
      desk->next++;
    }
  else if (sscanf (line, "stands %u %u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &state, &end,
                   &position, &unsent) == 4)
    {
      desk->position = position;
      desk->unsent = unsent;
      g_assert_cmpuint (end, ==, MASH_SYNC_END_NONE);
    }
  else if (strcmp (line, "open") != 0)
    {
      g_error ("%s said: %s", desk->name, line);
    }
}

/* Reads what a desk has said; with @all, to its end. */
static void
listen_to (History *history,
           Desk    *desk,
           gboolean all)
{
  GBufferedInputStream *buffer = G_BUFFERED_INPUT_STREAM (desk->output);
  GPollableInputStream *pipe = G_POLLABLE_INPUT_STREAM (
    g_subprocess_get_stdout_pipe (desk->process));

  while (all || g_buffered_input_stream_get_available (buffer) > 0 ||
         g_pollable_input_stream_is_readable (pipe))
    {
      g_autofree char *line = g_data_input_stream_read_line (desk->output, NULL, NULL, NULL);

      if (line == NULL)
        return;
      hear (history, desk, line);
    }
}

/* Desks */

static void
begin_desk (Desk *desk)
{
  g_autofree char *number = g_strdup_printf ("%u", desk->next);
  g_autoptr (GError) error = NULL;

  /* A contact that was saved when the last process ended, and not told, has its number already. */
  g_free (desk->name);
  desk->name = g_strdup_printf ("%s-%u", desk->sign_in, desk->begins++);
  desk->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, DESK_PROCESS, desk->folder, desk->sign_in,
                                    FIXTURE_PASSPHRASE, desk->settings, desk->name, number,
                                    desk->pause, NULL);
  g_assert_no_error (error);
  desk->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (desk->process));
}

/* What it said before it was killed was said. */
static void
kill_desk (History *history,
           Desk    *desk)
{
  g_subprocess_force_exit (desk->process);
  g_subprocess_wait (desk->process, NULL, NULL);
  listen_to (history, desk, TRUE);
  g_clear_object (&desk->output);
  g_clear_object (&desk->process);
}

static void
set_up_desk (History    *history,
             guint       i,
             const char *pause)
{
  static guint n_seats = 100;
  SyncDesk *seat = sync_desk_new (&hub, history->database, sign_ins[i], n_seats++);
  Desk *desk = &history->desks[i];

  sync_desk_sync (seat);
  desk->sign_in = sign_ins[i];
  desk->pause = pause;
  desk->settings = g_strdup_printf ("host=%s dbname=%s user=%s sslmode=disable"
                                    " gssencmode=disable", cutting_line_get (history->line),
                                    history->database, seat->login);
  desk->folder = sync_desk_leave (seat);
  begin_desk (desk);
}

/* Faults */

static void
do_fault (History *history)
{
  guint which = (guint) g_rand_int_range (history->random, 0, G_N_ELEMENTS (history->n_faults));
  Desk *desk = &history->desks[g_rand_int_range (history->random, 0, N_DESKS)];

  if (which == 4 && !history->has_backup)
    which = 3;
  history->n_faults[which]++;
  if (which == 0 || which == 5)
    {
      kill_desk (history, desk);
      begin_desk (desk);
    }
  else if (which == 1)
    {
      cutting_line_cut (history->line);
    }
  else if (which == 2)
    {
      cluster_restart (cluster);
    }
  else if (which == 3)
    {
      cluster_back_up_live (cluster);
      history->has_backup = TRUE;
    }
  else
    {
      cluster_put_back (cluster);
    }
}

static void
pause_for (History *history,
           gint64   microseconds)
{
  gint64 until = g_get_monotonic_time () + microseconds;

  do
    {
      for (guint i = 0; i < N_DESKS; i++)
        listen_to (history, &history->desks[i], FALSE);
      g_usleep (10000);
    }
  while (g_get_monotonic_time () < until);
}

/* Coming to rest */

static guint64
get_head (History *history)
{
  g_autofree char *head = cluster_ask (cluster, history->database,
                                       "SELECT head_seq FROM mash.meta");

  return g_ascii_strtoull (head, NULL, 10);
}

static gboolean
is_level (History *history)
{
  guint64 head = get_head (history);

  for (guint i = 0; i < N_DESKS; i++)
    {
      if (history->desks[i].unsent > 0 || history->desks[i].position != head)
        return FALSE;
    }

  return TRUE;
}

static void
come_to_rest (History *history)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;

  cutting_line_set_mean (history->line, 0);
  cutting_line_cut (history->line);
  for (guint i = 0; i < N_DESKS; i++)
    g_output_stream_write_all (g_subprocess_get_stdin_pipe (history->desks[i].process), "q", 1,
                               NULL, NULL, NULL);
  pause_for (history, G_USEC_PER_SEC);
  while (!is_level (history))
    {
      if (g_get_monotonic_time () > until)
        g_error ("the hub is at %" G_GUINT64_FORMAT ", the desks at %" G_GUINT64_FORMAT
                 " with %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT " with %" G_GUINT64_FORMAT
                 ", %" G_GUINT64_FORMAT " with %" G_GUINT64_FORMAT, get_head (history),
                 history->desks[0].position, history->desks[0].unsent,
                 history->desks[1].position, history->desks[1].unsent,
                 history->desks[2].position, history->desks[2].unsent);
      pause_for (history, G_USEC_PER_SEC / 10);
    }
  for (guint i = 0; i < N_DESKS; i++)
    {
      Desk *desk = &history->desks[i];

      g_output_stream_close (g_subprocess_get_stdin_pipe (desk->process), NULL, NULL);
      g_subprocess_wait (desk->process, NULL, NULL);
      listen_to (history, desk, TRUE);
      g_clear_object (&desk->output);
      g_clear_object (&desk->process);
    }
}

/* What must hold */

static void
check_saved (History *history)
{
  GHashTableIter iter;
  gpointer words;

  g_hash_table_iter_init (&iter, history->saved);
  while (g_hash_table_iter_next (&iter, &words, NULL))
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT count (*) FROM mash.entity WHERE kind = 'contact' AND"
        " state ->> 'presenting-concern' = '%s'", (char *) words);
      g_autofree char *n = cluster_ask (cluster, history->database, sql);

      if (strcmp (n, "1") != 0)
        g_error ("“%s” is at the hub %s times", (char *) words, n);
    }
}

static void
check_twice (History *history)
{
  g_autofree char *n = cluster_ask (
    cluster, history->database,
    "SELECT count (*) FROM (SELECT state ->> 'presenting-concern' FROM mash.entity"
    " WHERE kind = 'contact' GROUP BY 1 HAVING count (*) > 1) AS twice");

  g_assert_cmpstr (n, ==, "0");
}

static void
check_desk (History *history,
            Desk    *desk)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autofree char *chain = cluster_ask (cluster, history->database,
                                        "SELECT encode (head_chain, 'hex') FROM mash.meta");
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) own = g_string_new (NULL);
  SyncDesk seat = { .now = 0 };
  MashSyncPlace place;

  seat.store = mash_store_open (desk->folder, hub.origin.policy, desk->sign_in, passphrase, &error);
  g_assert_no_error (error);
  mash_store_get_place (seat.store, &place);
  for (guint i = 0; i < sizeof place.chain; i++)
    g_string_append_printf (own, "%02x", place.chain[i]);
  g_assert_cmpstr (own->str, ==, chain);
  sync_desk_verify (&seat);
  mash_store_close (seat.store, NULL);
  g_assert_finalize_object (seat.store);
}

static void
tear_down (History *history)
{
  for (guint i = 0; i < N_DESKS; i++)
    {
      Desk *desk = &history->desks[i];

      store_fixture_remove_all (desk->folder);
      g_free (desk->folder);
      g_free (desk->settings);
      g_free (desk->name);
    }
  cutting_line_free (history->line);
  g_hash_table_unref (history->saved);
  g_rand_free (history->random);
  g_free (history->database);
}

static void
set_up (History    *history,
        guint32     seed,
        const char *pause)
{
  history->random = g_rand_new_with_seed (seed);
  history->database = g_strdup_printf ("processes%u", seed);
  history->saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  history->line = cutting_line_new (cluster->folder, g_rand_int (history->random));
  cluster_copy_hub (cluster, "origin", history->database);
  for (guint i = 0; i < N_DESKS; i++)
    set_up_desk (history, i, pause);
  cutting_line_set_mean (history->line, 200 * 1024);
}

static void
check (History *history)
{
  come_to_rest (history);
  check_saved (history);
  check_twice (history);
  for (guint i = 0; i < N_DESKS; i++)
    check_desk (history, &history->desks[i]);
  g_test_message ("%u saved; %u desks and %u servers killed, %u lines cut, %u backups, %u put back",
                  g_hash_table_size (history->saved), history->n_faults[0] + history->n_faults[5],
                  history->n_faults[2], cutting_line_count (history->line), history->n_faults[3],
                  history->n_faults[4]);
}

static guint
read_number (const char *name,
             guint       otherwise)
{
  const char *value = g_getenv (name);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : otherwise;
}

static void
test_histories (void)
{
  guint n = read_number ("MASH_PROCESS_HISTORIES", 3);
  guint32 first = read_number ("MASH_PROCESS_SEED", (guint) g_test_rand_int_range (1, 1000000));

  for (guint32 seed = first; seed < first + n; seed++)
    {
      History history = { NULL };

      g_test_message ("seed %u", seed);
      set_up (&history, seed, HASTE);
      for (guint i = 0; i < N_FAULTS; i++)
        {
          pause_for (&history, g_rand_int_range (history.random, 50000, 700000));
          do_fault (&history);
        }
      check (&history);
      tear_down (&history);
    }
}

/* Bounds */

static guint
get_memory (Desk *desk)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status",
                                           g_subprocess_get_identifier (desk->process));
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    line = strstr (text, "VmRSS:");

  return line != NULL ? (guint) strtoul (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

static void
check_bounds (Desk *desk)
{
  g_autofree char *path = g_build_filename (desk->folder, "desk.db-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);

  g_assert_cmpuint (get_memory (desk), <, MAX_MEMORY_KIB);
  if (info != NULL)
    g_assert_cmpint (g_file_info_get_size (info), <, MAX_LOG_BYTES);
}

static void
test_soak (void)
{
  guint seconds = read_number ("MASH_SOAK_SECONDS", 0);
  guint32 seed = read_number ("MASH_PROCESS_SEED", (guint) g_test_rand_int_range (1, 1000000));
  gint64 until = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  History history = { NULL };

  if (seconds == 0)
    {
      g_test_skip ("MASH_SOAK_SECONDS says for how long");
      return;
    }
  g_test_message ("seed %u", seed);
  set_up (&history, seed, PACE);
  while (g_get_monotonic_time () < until)
    {
      pause_for (&history, g_rand_int_range (history.random, 500000, 5000000));
      for (guint i = 0; i < N_DESKS; i++)
        check_bounds (&history.desks[i]);
      do_fault (&history);
    }
  check (&history);
  tear_down (&history);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  cluster = cluster_new ();
  sync_hub_set_up (&hub, cluster, "origin");
  g_test_add_func ("/sync/processes/histories", test_histories);
  g_test_add_func ("/sync/processes/soak", test_soak);

  status = g_test_run ();
  sync_hub_tear_down (&hub);
  cluster_free (cluster);

  return status;
}
