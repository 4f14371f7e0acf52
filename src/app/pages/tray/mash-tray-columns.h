/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How the columns of a tray share the room there is: none is lost, they share lines. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mash_tray_columns_lay_out (GtkColumnView *view,
                                guint          compact,
                                double         scale);

G_END_DECLS
