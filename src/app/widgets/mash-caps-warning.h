/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Says in words that Caps Lock is on, while somebody types a passphrase.
 *
 * It watches the keyboard of its display and takes no room while Caps Lock is off.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_CAPS_WARNING (mash_caps_warning_get_type ())

G_DECLARE_FINAL_TYPE (MashCapsWarning, mash_caps_warning, MASH, CAPS_WARNING, GtkWidget)

GtkWidget *mash_caps_warning_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
