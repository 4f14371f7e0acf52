/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Leads the keyboard to the first control in a part of the window, wherever in it the keyboard is
 * or was. The toolkit’s own way goes on from there instead: to ask twice would lead further.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean mash_focus_first (GtkWidget *place);

G_END_DECLS
