/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Words to the left, and to the right the figure that belongs to them, one pair a line. Whoever
 * listens hears both at once. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_FIGURE_LIST (mash_figure_list_get_type ())

G_DECLARE_FINAL_TYPE (MashFigureList, mash_figure_list, MASH, FIGURE_LIST, GtkWidget)

void mash_figure_list_clear (MashFigureList *self);
void mash_figure_list_add   (MashFigureList *self,
                             const char     *words,
                             const char     *detail,
                             guint           figure);

G_END_DECLS
