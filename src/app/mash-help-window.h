/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Help on the page that is shown, as plain text from resources/help.
 *
 * It needs no network and follows no link.
 */

#include <adwaita.h>

G_BEGIN_DECLS

#define MASH_TYPE_HELP_WINDOW (mash_help_window_get_type ())

G_DECLARE_FINAL_TYPE (MashHelpWindow, mash_help_window, MASH, HELP_WINDOW, AdwWindow)

void mash_help_window_open (GtkWindow  *parent,
                            const char *topic);

G_END_DECLS
