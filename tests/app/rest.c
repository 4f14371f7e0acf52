/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rest.h"

/* Above any delay of a working window, below the patience of whoever runs the tests. */
#define PATIENCE_USEC (60 * G_USEC_PER_SEC)

/* An answer may lead to the next question: to open a contact is to ask for its timeline. */
#define N_ROUNDS 3

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

/* The store answers in turn, so that an answer to the last question follows all others. */
static void
settle (MashService *service)
{
  gboolean answered = FALSE;

  mash_service_find_unfinished_async (service, on_answered_cb, &answered);
  wait_until (&answered);
  draw ();
}

/**
 * rest:
 * @service: what the window stands on
 * @milliseconds: how long the window lives at least, so that its own delays pass
 *
 * Lets the main loop run for that long, and then until the service has answered everything that
 * it was asked and what follows from it has been drawn. Main thread.
 */
void
rest (MashService *service,
      guint        milliseconds)
{
  live (milliseconds);
  for (guint i = 0; i < N_ROUNDS; i++)
    settle (service);
  live (30);
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
