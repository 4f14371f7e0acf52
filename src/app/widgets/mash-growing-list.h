/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The rows of another list, at first as many as fill a screen and then, frame by frame, the rest:
 * the toolkit makes the widgets of two hundred rows at once, however few are seen, and whoever
 * opens a long list would wait for them. It never shrinks, but with the list behind it. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_GROWING_LIST (mash_growing_list_get_type ())

G_DECLARE_FINAL_TYPE (MashGrowingList, mash_growing_list, MASH, GROWING_LIST, GObject)

MashGrowingList *mash_growing_list_new    (GListModel      *rows,
                                           GtkWidget       *view);
void             mash_growing_list_finish (MashGrowingList *self);

G_END_DECLS
