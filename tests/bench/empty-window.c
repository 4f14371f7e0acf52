/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that a window of this toolkit costs: it opens empty and ends after its first frame. */

#include "config.h"

#include <adwaita.h>

static void
on_painted_cb (GdkFrameClock *clock,
               GApplication  *application)
{
  g_print ("first frame\n");
  g_application_quit (application);
}

static void
on_activate_cb (GApplication *application)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_widget_realize (window);
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (on_painted_cb), application, 0);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
