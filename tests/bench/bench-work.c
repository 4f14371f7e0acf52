/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Work at a desk that is filled from its hub for the first time: letters that are typed, lists
 * that are asked for and contacts that are saved meanwhile, against the same when nothing more
 * comes; and the memory that the desk needs, while it is filled and afterwards. */

#include "config.h"

#include <gtk/gtk.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "../service/typed-contact.h"
#include "bench-call.h"
#include "hub-stock.h"
#include "mash-bench.h"
#include "mash-service-hub.h"
#include "mash-service-line.h"

#define PERSON 1
#define KEY_EVERY 40           /* milliseconds */
#define LIST_EVERY 3           /* keys */
#define SAVE_EVERY 8
#define MAX_SAVES 60           /* more than somebody writes in an hour */

#define MAX_WHILE_MIB 220.0
#define MAX_AFTER_MIB 160.0

/* Seconds, of what was done in one state of the desk. */
typedef struct
{
  GArray *keys;
  GArray *lists;
  GArray *saves;
} Times;

typedef struct
{
  HubStock      *stock;
  MashAdmission *admission;
  MashService   *service;
  GtkWidget     *window;
  GtkWidget     *entry;
  BenchCall      call;
  guint          n_frames;
  guint          n_saved;
  double         most_mib;
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

static void
times_init (Times *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (double));
  self->lists = g_array_new (FALSE, FALSE, sizeof (double));
  self->saves = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
times_clear (Times *self)
{
  g_array_unref (self->keys);
  g_array_unref (self->lists);
  g_array_unref (self->saves);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
find_quantile (GArray *times,
               double  share)
{
  if (times->len == 0)
    return 0;
  g_array_sort (times, compare_doubles);

  return g_array_index (times, double, (guint) ((times->len - 1) * share));
}

static double
read_memory (void)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    line = strstr (text, "VmRSS:");

  return line != NULL ? g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024 : 0;
}

/* Work */

static void
on_painted_cb (GdkFrameClock *clock,
               Bench         *bench)
{
  bench->n_frames++;
}

/* From the key that is due to the frame that shows it. */
static void
type_letter (Bench  *bench,
             gint64  due,
             Times  *times)
{
  guint seen = bench->n_frames;
  int position = -1;
  double seconds;

  if (gtk_entry_get_text_length (GTK_ENTRY (bench->entry)) > 60)
    gtk_editable_set_text (GTK_EDITABLE (bench->entry), "");
  gtk_editable_insert_text (GTK_EDITABLE (bench->entry), "a", 1, &position);
  gtk_widget_queue_draw (bench->window);
  while (bench->n_frames == seen)
    g_main_context_iteration (NULL, TRUE);
  seconds = seconds_since (due);
  g_array_append_val (times->keys, seconds);
}

static void
ask_list (Bench *bench,
          Times *times)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  double seconds;

  mash_service_refresh_tray_async (bench->service, MASH_TRAY_FRONT_DOOR, NULL, bench_call_done_cb,
                                   bench_call_begin (&bench->call));
  mash_service_refresh_tray_finish (bench->service, bench_call_wait (&bench->call), &error);
  bench_stop_if (error);
  seconds = seconds_since (began);
  g_array_append_val (times->lists, seconds);
}

static void
save (Bench *bench,
      Times *times)
{
  g_autoptr (MashGroup) group = typed_contact_new (bench->service);
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  double seconds;

  mash_service_submit_async (bench->service, group, NULL, bench_call_done_cb,
                             bench_call_begin (&bench->call));
  mash_service_submit_finish (bench->service, bench_call_wait (&bench->call), &error);
  bench_stop_if (error);
  seconds = seconds_since (began);
  g_array_append_val (times->saves, seconds);
  bench->n_saved++;
}

static gboolean
wake_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* The main loop runs until then. */
static void
wait_until (gint64 due)
{
  gboolean over = FALSE;
  gint64 left = (due - g_get_monotonic_time ()) / 1000;

  if (left <= 0)
    return;
  g_timeout_add ((guint) left, wake_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
work_once (Bench  *bench,
           guint   n,
           Times  *times)
{
  gint64 due = g_get_monotonic_time () + KEY_EVERY * 1000;

  wait_until (due);
  type_letter (bench, due, times);
  if (n % LIST_EVERY == 0)
    ask_list (bench, times);
  if (n % SAVE_EVERY == 0 && times->saves->len < MAX_SAVES)
    save (bench, times);
  bench->most_mib = MAX (bench->most_mib, read_memory ());
}

static gboolean
is_ready (Bench *bench)
{
  const char *role = mash_service_get_actor (bench->service)->role;

  return role != NULL && *role != '\0';
}

static gboolean
is_filled (Bench *bench)
{
  return mash_service_get_hub_reading (bench->service)->position >= bench->stock->head;
}

/* The desk */

static MashHubLine *
open_cb (gpointer   data,
         GError   **error)
{
  Bench *bench = data;
  MashHubAddress address;

  mash_enrolment_get_address (bench->stock->machine, bench->admission->login,
                              (const char *) mash_secret_get_data (bench->admission->door->word,
                                                                   NULL), &address);

  return mash_hub_line_open (&address, error);
}

static void
open_desk (Bench      *bench,
           const char *folder)
{
  const MashSignIn *who = g_ptr_array_index (bench->stock->info->people, PERSON);
  g_autoptr (GError) error = NULL;

  bench->service = mash_service_new (folder);
  mash_service_open_async (bench->service, NULL, bench_call_done_cb,
                           bench_call_begin (&bench->call));
  mash_service_open_finish (bench->service, bench_call_wait (&bench->call), &error);
  bench_stop_if (error);
  mash_service_sign_in_async (bench->service, who->sign_in, who->passphrase, NULL,
                              bench_call_done_cb, bench_call_begin (&bench->call));
  mash_service_sign_in_finish (bench->service, bench_call_wait (&bench->call), &error);
  bench_stop_if (error);
}

static void
open_window (Bench *bench)
{
  bench->window = gtk_window_new ();
  bench->entry = gtk_entry_new ();
  gtk_window_set_child (GTK_WINDOW (bench->window), bench->entry);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1200, 800);
  gtk_widget_realize (bench->window);
  g_signal_connect (gtk_widget_get_frame_clock (bench->window), "after-paint",
                    G_CALLBACK (on_painted_cb), bench);
  gtk_window_present (GTK_WINDOW (bench->window));
}

/* Figures */

static void
tell (const char *what,
      double      target,
      double      figure,
      const char *unit)
{
  g_print ("%s: target %.3g %s, figure %.3g %s: %s\n", what, target, unit, figure, unit,
           figure <= target ? "met" : "missed");
}

static void
tell_ratio (const char *what,
            double      target,
            GArray     *filling,
            GArray     *idle)
{
  double ours = find_quantile (filling, 0.99);
  double bare = find_quantile (idle, 0.99);

  g_print ("%s, at the 99th of 100: target %.3g ×, figure %.2f ×: %s (%.1f ms while it is filled,"
           " %.1f ms idle; medians %.1f and %.1f; %u and %u times)\n", what, target, ours / bare,
           ours <= target * bare ? "met" : "missed", ours * 1000, bare * 1000,
           find_quantile (filling, 0.5) * 1000, find_quantile (idle, 0.5) * 1000, filling->len,
           idle->len);
}

static void
measure (Bench *bench)
{
  Times filling, idle;
  guint n_keys = 0;
  double while_mib;
  gint64 began = g_get_monotonic_time ();

  times_init (&filling);
  times_init (&idle);
  mash_service_join_hub (bench->service, open_cb, bench, NULL);
  while (!is_ready (bench))
    g_main_context_iteration (NULL, TRUE);
  g_print ("  work could begin after %.1f s\n", seconds_since (began));
  while (!is_filled (bench))
    work_once (bench, n_keys++, &filling);
  while_mib = bench->most_mib;
  g_print ("  %" G_GUINT64_FORMAT " changes in %.1f s\n", bench->stock->head,
           seconds_since (began));
  for (guint i = 0; i < MAX (n_keys, 100); i++)
    work_once (bench, i, &idle);

  tell_ratio ("a letter, from the key to the frame", 1.5, filling.keys, idle.keys);
  tell ("a list while the desk is filled, at the 99th of 100", 5,
        find_quantile (filling.lists, 0.99) * 1000, "ms");
  tell_ratio ("a contact that is saved", 3, filling.saves, idle.saves);
  tell ("resident memory while the desk is filled", MAX_WHILE_MIB, while_mib, "MiB");
  malloc_trim (0);
  tell ("resident memory afterwards", MAX_AFTER_MIB, read_memory (), "MiB");
  times_clear (&filling);
  times_clear (&idle);
}

static void
lock (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (bench->service, bench_call_done_cb, bench_call_begin (&bench->call));
  mash_service_lock_finish (bench->service, bench_call_wait (&bench->call), &error);
  bench_stop_if (error);
  g_clear_object (&bench->call.result);
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  Bench bench = { NULL };
  g_autofree char *folder = NULL;
  g_autofree char *command = NULL;

  if (!gtk_init_check ())
    return EXIT_FAILURE;

  bench.stock = hub_stock_new (argc, argv, is_short ? 120 : 6200);
  folder = stock_desk_leave (stock_desk_new (bench.stock, PERSON), &bench.admission);
  open_desk (&bench, folder);
  open_window (&bench);
  measure (&bench);
  lock (&bench);
  g_object_unref (bench.service);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  command = g_strdup_printf ("rm -rf %s", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  mash_admission_free (bench.admission);
  hub_stock_free (bench.stock);

  return EXIT_SUCCESS;
}
