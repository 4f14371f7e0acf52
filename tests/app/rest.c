/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rest.h"

/* Above any delay of a working window, below the patience of whoever runs the tests. */
#define PATIENCE_USEC (120 * G_USEC_PER_SEC)

/* How often a condition is looked at, in milliseconds. */
#define LOOK_AGAIN 5

/* An answer may lead to the next question: to open a contact is to ask for its timeline. */
#define N_ROUNDS 5

/* What a frame alters is laid out in the next one. */
#define N_FRAMES 2

/* No window draws while it is minimised or covers nothing; nobody waits for it for long. */
#define FRAME_MS 2000

/* A spinner never comes to rest. */
#define MAX_ITERATIONS 1000

static void
on_time_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
on_answered_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  *(gboolean *) data = TRUE;
}

static void
wait_until (gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static void
live (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add_once (milliseconds, on_time_cb, &over);
  wait_until (&over);
}

static void
draw (void)
{
  for (guint i = 0; i < MAX_ITERATIONS && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

static void
on_frame_cb (GdkFrameClock *clock,
             guint         *n_left)
{
  if (*n_left > 0)
    (*n_left)--;
  if (*n_left > 0)
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}

/* Lets a window draw itself with all that has come by now. */
static void
draw_window (GtkWidget *window)
{
  GdkFrameClock *frames = gtk_widget_get_frame_clock (window);
  g_autoptr (GdkFrameClock) clock = frames != NULL ? g_object_ref (frames) : NULL;
  guint n_left = N_FRAMES;
  gboolean over = FALSE;
  guint timer;
  gulong handler;

  if (clock == NULL)
    return;

  timer = g_timeout_add_once (FRAME_MS, on_time_cb, &over);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_frame_cb), &n_left);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  while (n_left > 0 && !over)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  if (!over)
    g_source_remove (timer);
}

static void
draw_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window))
        draw_window (window);
    }
}

/**
 * patience_end:
 *
 * Returns: when nobody waits any longer for what is waited for from now on, for live_before()
 */
gint64
patience_end (void)
{
  return g_get_monotonic_time () + PATIENCE_USEC;
}

/**
 * live_before:
 * @end: from patience_end()
 *
 * Lets the main loop run for a moment. Main thread.
 *
 * Returns: whether there is still time
 */
gboolean
live_before (gint64 end)
{
  live (LOOK_AGAIN);

  return g_get_monotonic_time () < end;
}

/**
 * settle:
 * @service: what the window stands on
 *
 * Lets the main loop run until the service has answered everything that it was asked, and
 * everything that its answers led to, and the windows have drawn what follows from it. Main thread.
 */
void
settle (MashService *service)
{
  /* The store answers in turn, so that an answer to the last question follows all others. */
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gboolean answered = FALSE;

      mash_service_find_unfinished_async (service, on_answered_cb, &answered);
      wait_until (&answered);
      draw ();
    }
  draw_windows ();
  draw ();
}

/**
 * rest:
 * @service: what the window stands on
 * @milliseconds: how long the window lives at least, so that its own delays pass
 *
 * As settle(), after that time. Main thread.
 */
void
rest (MashService *service,
      guint        milliseconds)
{
  live (milliseconds);
  settle (service);
}

/**
 * rest_in:
 * @window: a window on the display
 * @width: how wide it may be, in pixels
 * @height: how high
 *
 * Asks for that size until the window has it or is smaller, because content that has yet to fold
 * refuses it at first; ends the test if it never does. Main thread.
 */
void
rest_in (GtkWindow *window,
         int        width,
         int        height)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_USEC;

  do
    {
      gtk_window_set_default_size (window, width, height);
      live (150);
      draw ();
    }
  while (g_get_monotonic_time () < end &&
         (gtk_widget_get_width (GTK_WIDGET (window)) > width ||
          gtk_widget_get_height (GTK_WIDGET (window)) > height));

  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, width);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (window)), <=, height);
}
