/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-restore-panel.h"

#include <glib/gi18n.h>

#include "mash-dispose.h"
#include "mash-sentences.h"
#include "mash-service-keys.h"

#define TEMPLATE "/uk/mash/Desk/ui/pages/keys/mash-restore-panel.ui"

struct _MashRestorePanel
{
  GtkWidget       parent_instance;

  /* Template children */
  GtkLabel       *heading;
  GtkLabel       *sentence;
  GtkWidget      *doing;
  GtkProgressBar *progress;
  GtkWidget      *stop;
  GtkWidget      *again;

  /* Owned */
  GCancellable   *cancellable; /* while it runs */
};

G_DEFINE_FINAL_TYPE (MashRestorePanel, mash_restore_panel, GTK_TYPE_WIDGET)

enum
{
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_progress_cb (double   fraction,
                gpointer data)
{
  MashRestorePanel *self = data;

  gtk_progress_bar_set_fraction (self->progress, fraction);
}

static void
on_restored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashRestorePanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = mash_service_restore_finish (MASH_SERVICE (source), result, &error);
  gboolean done = words != NULL;

  if (!done)
    words = mash_sentence_for_error (error);
  g_clear_object (&self->cancellable);
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    g_signal_emit (self, signals[ENDED], 0, done, words);
}

static void
on_stop_cb (MashRestorePanel *self)
{
  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->stop, FALSE);
  gtk_label_set_label (self->sentence, _("Stopping…"));
}

static void
mash_restore_panel_dispose (GObject *object)
{
  MashRestorePanel *self = MASH_RESTORE_PANEL (object);

  g_clear_object (&self->cancellable);
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_RESTORE_PANEL);

  G_OBJECT_CLASS (mash_restore_panel_parent_class)->dispose (object);
}

static void
mash_restore_panel_class_init (MashRestorePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_restore_panel_dispose;

  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, TEMPLATE);
  gtk_widget_class_bind_template_child (widget_class, MashRestorePanel, heading);
  gtk_widget_class_bind_template_child (widget_class, MashRestorePanel, sentence);
  gtk_widget_class_bind_template_child (widget_class, MashRestorePanel, doing);
  gtk_widget_class_bind_template_child (widget_class, MashRestorePanel, progress);
  gtk_widget_class_bind_template_child (widget_class, MashRestorePanel, stop);
  gtk_widget_class_bind_template_child (widget_class, MashRestorePanel, again);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mash_restore_panel_init (MashRestorePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_restore_panel_begin:
 * @self: the panel, not busy
 * @service: an opened service
 * @source: (nullable): the backup, or the folder in which it lies; %NULL where there is none
 * @sign_in: (nullable): who puts it back; %NULL for who is signed in
 * @passphrase: theirs, borrowed for the call
 *
 * Begins to restore the hub; `ended` follows.
 */
void
mash_restore_panel_begin (MashRestorePanel *self,
                          MashService      *service,
                          const char       *source,
                          const char       *sign_in,
                          const char       *passphrase)
{
  g_return_if_fail (MASH_IS_RESTORE_PANEL (self));
  g_return_if_fail (self->cancellable == NULL);

  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->heading, source != NULL ? _("Restoring the hub…")
                                                     : _("Reading what can be read…"));
  gtk_label_set_label (self->sentence,
                       source != NULL
                       ? _("Nobody can work in the hub until this is done. What stands here now is "
                           "not touched before all of the backup is checked.")
                       : _("Every record of the damaged database that can still be read goes into "
                           "a new one beside it. It takes the place of the damaged one only if it "
                           "is whole; nothing is deleted."));
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (self->doing, TRUE);
  gtk_widget_set_sensitive (self->stop, TRUE);
  gtk_widget_set_visible (self->again, FALSE);
  mash_service_restore_async (service, source, sign_in, passphrase, FALSE, on_progress_cb, self,
                              self->cancellable, on_restored_cb, g_object_ref (self));
}

/**
 * mash_restore_panel_is_busy:
 * @self: the panel
 *
 * Returns: whether a restore is under way
 */
gboolean
mash_restore_panel_is_busy (MashRestorePanel *self)
{
  g_return_val_if_fail (MASH_IS_RESTORE_PANEL (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * mash_restore_panel_show_end:
 * @self: the panel
 * @done: whether the hub is restored
 * @words: what came of it
 *
 * Says so, with a button that leads to signing in.
 */
void
mash_restore_panel_show_end (MashRestorePanel *self,
                             gboolean          done,
                             const char       *words)
{
  g_return_if_fail (MASH_IS_RESTORE_PANEL (self));
  g_return_if_fail (words != NULL);

  gtk_label_set_label (self->heading, done ? _("The hub is restored")
                                           : _("The hub was not restored"));
  gtk_label_set_label (self->sentence, words);
  gtk_widget_set_visible (self->doing, FALSE);
  gtk_widget_set_visible (self->again, TRUE);
  gtk_widget_grab_focus (self->again);
}
