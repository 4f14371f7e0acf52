/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Keys of a table that is typed like a spreadsheet: Tab moves across and on to the next line,
 * Enter goes down in the same column, and Enter on the last line asks for another one.
 *
 * The toolkit's own table ends its Tab order at the end of a line.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mash_grid_keys_install    (GtkWidget  *grid,
                                const char *add_action);
void mash_grid_keys_focus_last (GtkWidget  *grid);

G_END_DECLS
