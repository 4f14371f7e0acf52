/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One desk on one hub, timed from within: what a person waits for when they sign in, and while they
 * type a name. Prints one `name value` a line; bench-register runs it on a small and a large
 * register. */

#include "config.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "bench-call.h"
#include "mash-item.h"
#include "mash-secret.h"
#include "mash-service.h"
#include "mash-slots.h"
#include "mash-time.h"
#include "mash-window-private.h"
#include "register-search.h"

#define SIGN_IN        "aled.sorrel"
#define PASSPHRASE     "training"
#define N_DERIVATIONS  3

/* A turn of the wheel, and how many are timed. */
#define STEP           96
#define N_STEPS        120

typedef struct
{
  AdwApplication *application;
  MashService    *service;
  MashWindow     *window;
  BenchCall       call;
  guint           n_frames;
  gint64          frame_began;
  double          worked;     /* seconds of the last frame */
} Desk;

static void
on_frame_begins_cb (GdkFrameClock *clock,
                    Desk          *desk)
{
  desk->frame_began = g_get_monotonic_time ();
}

static void
on_painted_cb (GdkFrameClock *clock,
               Desk          *desk)
{
  desk->worked = (double) (g_get_monotonic_time () - desk->frame_began) / G_USEC_PER_SEC;
  desk->n_frames++;
}

static void
wait_for_frame (Desk *desk)
{
  guint seen = desk->n_frames;

  gtk_widget_queue_draw (GTK_WIDGET (desk->window));
  while (desk->n_frames == seen)
    g_main_context_iteration (NULL, TRUE);
}

static void
stop_with (GError *error)
{
  g_printerr ("%s\n", error->message);
  exit (EXIT_FAILURE);
}

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

/* What the key costs by itself: it is made slow on purpose, and is not what is measured. */
static double
time_derivation (const char *folder)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_DERIVATIONS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MashSecret) secret = mash_secret_new_from_text (PASSPHRASE, -1, NULL);
      gint64 began = g_get_monotonic_time ();
      MashSlots *slots = mash_slots_load (folder, &error);
      MashSlotKey *key = slots != NULL ? mash_slots_open (slots, SIGN_IN, secret,
                                                          g_get_real_time (), &error) : NULL;
      double seconds = seconds_since (began);

      if (key == NULL)
        stop_with (error);
      mash_slot_key_free (key);
      mash_slots_free (slots);
      g_array_append_val (times, seconds);
    }

  return register_find_quantile (times, 0.5);
}

/* A table on the screen with lines in it. The start page has a list too, of one person. */
static gboolean
shows_lines (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_COLUMN_VIEW (widget))
    {
      g_autoptr (GListModel) model = NULL;

      g_object_get (widget, "model", &model, NULL);
      if (model != NULL && g_list_model_get_n_items (model) > 0)
        {
          g_autoptr (GObject) first = g_list_model_get_item (model, 0);

          return first != NULL;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (shows_lines (child))
        return TRUE;
    }

  return FALSE;
}

static void
open_desk (Desk       *desk,
           const char *folder)
{
  g_autoptr (GError) error = NULL;

  desk->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (desk->application), NULL, &error))
    stop_with (error);
  desk->service = mash_service_new (folder);
  mash_service_open_async (desk->service, NULL, bench_call_done_cb, bench_call_begin (&desk->call));
  if (!mash_service_open_finish (desk->service, bench_call_wait (&desk->call), &error))
    stop_with (error);

  desk->window = mash_window_new (GTK_APPLICATION (desk->application), desk->service);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1440, 900);
  gtk_window_present (GTK_WINDOW (desk->window));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (desk->window)), "before-paint",
                    G_CALLBACK (on_frame_begins_cb), desk);
  g_signal_connect_after (gtk_widget_get_frame_clock (GTK_WIDGET (desk->window)), "after-paint",
                          G_CALLBACK (on_painted_cb), desk);
  wait_for_frame (desk);
}

/* From the passphrase to a front door with lines on the screen. */
static double
time_unlock (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  mash_service_sign_in_async (desk->service, SIGN_IN, PASSPHRASE, NULL, bench_call_done_cb,
                              bench_call_begin (&desk->call));
  if (!mash_service_sign_in_finish (desk->service, bench_call_wait (&desk->call), &error))
    stop_with (error);
  g_signal_emit_by_name (desk->window->sign_in_page, "signed-in");
  while (!shows_lines (GTK_WIDGET (desk->window)))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (desk);

  return seconds_since (began);
}

static double
time_refresh (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  mash_service_refresh_tray_async (desk->service, MASH_TRAY_FRONT_DOOR, NULL, bench_call_done_cb,
                                   bench_call_begin (&desk->call));
  if (!mash_service_refresh_tray_finish (desk->service, bench_call_wait (&desk->call), &error))
    stop_with (error);

  return seconds_since (began);
}

static GListModel *
get_rows (GtkWidget *table)
{
  return G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)));
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

/* The work of each frame while the front door goes by, a turn of the wheel a frame: down to its end
 * and up again. What the list asks of the store comes in between, as it would. */
static void
time_scrolling (Desk *desk)
{
  GtkWidget *table = find (GTK_WIDGET (desk->window), GTK_TYPE_COLUMN_VIEW);
  GListModel *all = mash_service_get_tray (desk->service, MASH_TRAY_FRONT_DOOR);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  GtkAdjustment *place;
  int step = STEP;

  if (table == NULL)
    return;
  /* The rest of the rows comes with the frames after the first. */
  while (g_list_model_get_n_items (get_rows (table)) < g_list_model_get_n_items (all))
    wait_for_frame (desk);
  wait_for_frame (desk);
  place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table));
  for (guint i = 0; i < N_STEPS; i++)
    {
      double before = gtk_adjustment_get_value (place);
      gint64 began = g_get_monotonic_time ();
      double seconds;

      gtk_adjustment_set_value (place, before + step);
      if (gtk_adjustment_get_value (place) == before)
        {
          step = -step;
          gtk_adjustment_set_value (place, before + step);
        }
      seconds = seconds_since (began);
      wait_for_frame (desk);
      seconds += desk->worked;
      /* A frame in which nothing moves draws nothing. */
      if (gtk_adjustment_get_value (place) != before)
        g_array_append_val (times, seconds);
    }

  g_print ("scroll_frames %u\n", times->len);
  if (times->len > 0)
    {
      g_print ("scroll_p50 %.6f\n", register_find_quantile (times, 0.5));
      g_print ("scroll_p99 %.6f\n", register_find_quantile (times, 0.99));
    }
  g_print ("scroll_rows %u\n", g_list_model_get_n_items (get_rows (table)));
}

/* What the process holds in memory now, KiB. */
static long
read_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmRSS:");

  return line != NULL ? strtol (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

static void
close_desk (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  mash_service_lock_async (desk->service, bench_call_done_cb, bench_call_begin (&desk->call));
  mash_service_lock_finish (desk->service, bench_call_wait (&desk->call), NULL);
}

int
main (int    argc,
      char **argv)
{
  Desk desk = { NULL };
  double derivation, unlock;

  if (argc < 2)
    return EXIT_FAILURE;

  adw_init ();
  derivation = time_derivation (argv[1]);
  open_desk (&desk, argv[1]);
  unlock = time_unlock (&desk);
  g_print ("derivation %.6f\n", derivation);
  g_print ("unlock %.6f\n", MAX (unlock - derivation, 0));
  g_print ("refresh %.6f\n", time_refresh (&desk));
  if (argc > 2 && strcmp (argv[2], "--all") == 0)
    {
      time_scrolling (&desk);
      register_search_time (desk.service, &desk.call);
    }
  wait_for_frame (&desk);
  g_print ("memory %ld\n", read_memory ());
  close_desk (&desk);

  return EXIT_SUCCESS;
}
