/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A restore under way: how far it has come, and a button that stops it.
 *
 * It is shown in the place of whatever somebody could work on, for the hub is closed from the
 * beginning of a restore on, whatever comes of it. It asks for nothing.
 */

#include "mash-service.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_RESTORE_PANEL (mash_restore_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashRestorePanel, mash_restore_panel, MASH, RESTORE_PANEL, GtkWidget)

/* Signal: `ended` (gboolean: whether the hub is restored; const char *: what came of it). */

void     mash_restore_panel_begin    (MashRestorePanel *self,
                                      MashService      *service,
                                      const char       *source,
                                      const char       *sign_in,
                                      const char       *passphrase);
gboolean mash_restore_panel_is_busy  (MashRestorePanel *self);
void     mash_restore_panel_show_end (MashRestorePanel *self,
                                      gboolean          done,
                                      const char       *words);

G_END_DECLS
