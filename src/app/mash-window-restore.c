/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-window-private.h"

/* While a backup is put back nobody is in the hub, and afterwards nobody is until they sign in:
 * so nothing is left on the screen that somebody could type into. */

static void
on_restore_ended_cb (MashWindow *self,
                     gboolean    done,
                     const char *words)
{
  mash_restore_panel_show_end (self->restore_panel, done, words);
}

/* The page saved what was typed there when it was left for the one that asks for this. */
void
mash_window_restore (MashWindow *self,
                     const char *source,
                     const char *passphrase)
{
  if (!mash_window_is_usable (self))
    return;

  self->restoring = TRUE;
  mash_window_withdraw_warning (self);
  mash_restore_panel_begin (self->restore_panel, self->service, source, NULL, passphrase);
  mash_window_show_stage (self);
}

void
mash_window_class_install_restore (GtkWidgetClass *widget_class)
{
  g_type_ensure (MASH_TYPE_RESTORE_PANEL);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, restore_panel);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_ended_cb);
}
