/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The root of every file in ui/cells: gives the cell and its row a name for assistive technology.
 *
 * A column view of the floor announces its rows as "GtkListItemWidget". The cell sets `text` on
 * its parent, the column view's cell, and `row-text`, which one cell of a row has, on the row. What
 * draws its words itself inherits from it, so that a row has no widget more than it needs.
 */

#include <adwaita.h>

G_BEGIN_DECLS

#define MASH_TYPE_CELL (mash_cell_get_type ())

G_DECLARE_DERIVABLE_TYPE (MashCell, mash_cell, MASH, CELL, AdwBin)

struct _MashCellClass
{
  AdwBinClass parent_class;
};

GtkWidget *mash_cell_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void       mash_cell_name (MashCell   *self,
                           const char *text,
                           const char *row_text);

G_END_DECLS
