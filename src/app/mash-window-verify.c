/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-window-private.h"

#include <glib/gi18n.h>

#include "mash-sentences.h"

/* The proof that every record is what was signed: beside the work, with how far it is in a banner
 * of its own, which nothing else takes over. */

static void
on_progress_cb (double   fraction,
                gpointer data)
{
  MashWindow *self = data;
  g_autofree char *title = NULL;

  /* Translators: %d is a number from 0 to 100. */
  title = g_strdup_printf (_("Checking every record against what was signed: %d %% done. You "
                             "can go on working."), (int) (100 * fraction));
  g_object_set (self->work, "title", title, "fraction", fraction, NULL);
}

static void
on_verified_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = mash_service_verify_finish (MASH_SERVICE (source), result, &error);

  g_clear_object (&self->proof);
  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;

  g_object_set (self->work, "revealed", FALSE, NULL);
  if (words == NULL)
    words = mash_sentence_for_error (error);
  mash_window_say (self, words);
}

static void
verify_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (!mash_window_is_usable (self) || self->proof != NULL)
    return;

  self->proof = g_cancellable_new ();
  on_progress_cb (0, self);
  g_object_set (self->work, "revealed", TRUE, NULL);
  mash_service_verify_async (self->service, on_progress_cb, self, self->proof, on_verified_cb,
                             g_object_ref (self));
}

static void
on_work_stopped_cb (MashWindow *self)
{
  if (self->proof != NULL)
    g_cancellable_cancel (self->proof);
}

void
mash_window_class_install_verify (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.verify", NULL, verify_cb);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, work);
  gtk_widget_class_bind_template_callback (widget_class, on_work_stopped_cb);
}
