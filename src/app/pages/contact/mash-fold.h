/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How the parts of the contact page follow the room that the window gives the page: its property
 * `compact`, and the scale of its text.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void  mash_fold_follow        (GtkWidget     *widget,
                               GCallback      fold);
guint mash_fold_get           (GtkWidget     *widget);
void  mash_fold_scale_columns (GtkColumnView *view,
                               const int     *widths);

G_END_DECLS
