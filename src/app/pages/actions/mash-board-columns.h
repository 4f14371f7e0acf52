/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The columns of the board, and which of them are there. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mash_board_columns_lay_out (GtkColumnView *view,
                                 guint          compact);

G_END_DECLS
