/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One tray in the sidebar: its icon, its name and how many contacts are in it; or another page,
 * which counts nothing.
 *
 * Folded, the count stands under the icon and the name is in the tooltip.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_SIDEBAR_ROW (mash_sidebar_row_get_type ())

G_DECLARE_FINAL_TYPE (MashSidebarRow, mash_sidebar_row, MASH, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget *mash_sidebar_row_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
