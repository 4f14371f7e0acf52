/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The table of open actions and their counts, derived from the records of strategy discussions.
 * Reading it is for mash-store-board.c.
 */

#include "mash-tables.h"

G_BEGIN_DECLS

/* On which day an action is due; what is late is whole days and a part of one. */
#define MASH_BOARD_DAY_FORM "%08" G_GINT64_FORMAT

gboolean mash_board_table_refresh (MashTables  *tables,
                                   const char  *contact,
                                   GError     **error);

G_END_DECLS
