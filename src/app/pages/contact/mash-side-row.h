/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A row of the list beside the form: a section with what is missing in it, or one missing item.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_SIDE_ROW (mash_side_row_get_type ())

G_DECLARE_FINAL_TYPE (MashSideRow, mash_side_row, MASH, SIDE_ROW, GtkListBoxRow)

GtkWidget *mash_side_row_new_section (guint        number,
                                      const char  *title) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *mash_side_row_new_missing (const char  *title,
                                      const char  *detail) G_GNUC_WARN_UNUSED_RESULT;
void       mash_side_row_set_missing (MashSideRow *self,
                                      guint        n_missing);

G_END_DECLS
