/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-sync-piece.h"

/* How long a piece may take, in microseconds. */
#define PIECE_TIME 25000

/* So many entries for each change that is taken back before a piece and put again after it. */
#define BESIDE_WAITING 2

/**
 * mash_sync_piece_find_next:
 * @n: entries that the last piece had
 * @took: how long it took to apply, in microseconds
 * @n_waiting: how many changes were taken back and put again with it
 * @most: how many entries a page has
 *
 * A piece is as long as whoever works may wait for. Where much waits for the hub, what is done
 * with each piece besides its entries is most of it: shorter pieces are then no shorter to wait
 * for, only more, and the page would hardly come to its end.
 *
 * Returns: how many entries the next piece has
 */
guint
mash_sync_piece_find_next (guint  n,
                           gint64 took,
                           guint  n_waiting,
                           guint  most)
{
  guint64 next = (guint64) n * PIECE_TIME / (guint64) MAX (took, 1);
  guint64 least = MAX (MASH_SYNC_LEAST_PIECE, (guint64) n_waiting * BESIDE_WAITING);

  return (guint) MIN (MAX (next, least), MAX (most, MASH_SYNC_LEAST_PIECE));
}
