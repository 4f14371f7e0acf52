/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Keeps how the window stands (its size, whether the sidebar is folded) from one day to the next,
 * and nothing that belongs to a case.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mash_window_state_keep (GtkWindow *window);

G_END_DECLS
