/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The children of a contact as a table, one line a child; or its other people, with what each is
 * to the children.
 *
 * Properties: file; others: the other people, not the children. It is typed like a spreadsheet
 * (mash-grid-keys.h).
 */

#include <gtk/gtk.h>

#include "mash-contact-file.h"

G_BEGIN_DECLS

#define MASH_TYPE_FAMILY_GRID (mash_family_grid_get_type ())

G_DECLARE_FINAL_TYPE (MashFamilyGrid, mash_family_grid, MASH, FAMILY_GRID, GtkWidget)

G_END_DECLS
