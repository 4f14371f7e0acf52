/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the cells of a tray's table find through the class of the page: the widgets that only they
 * name, and pure formatters. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mash_tray_cells_bind (GtkWidgetClass *page_class);

G_END_DECLS
