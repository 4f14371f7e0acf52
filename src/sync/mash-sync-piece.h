/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How much of a page is handed over at once while somebody works: whoever asks for something waits
 * for the piece that is just being applied.
 */

#include <glib.h>

G_BEGIN_DECLS

/* So many entries at first, and at least. */
#define MASH_SYNC_FIRST_PIECE 100
#define MASH_SYNC_LEAST_PIECE 40

guint mash_sync_piece_find_next (guint  n,
                                 gint64 took,
                                 guint  n_waiting,
                                 guint  most);

G_END_DECLS
