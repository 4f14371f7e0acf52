/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-board.h"

G_DEFINE_BOXED_TYPE (MashBoardQuery, mash_board_query, mash_board_query_copy,
                     mash_board_query_free)

/**
 * mash_board_query_new:
 *
 * Any thread.
 *
 * Returns: (transfer full): the whole board
 */
MashBoardQuery *
mash_board_query_new (void)
{
  return g_new0 (MashBoardQuery, 1);
}

MashBoardQuery *
mash_board_query_copy (const MashBoardQuery *self)
{
  MashBoardQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mash_board_query_new ();
  copy->agency = g_strdup (self->agency);
  copy->owner = g_strdup (self->owner);
  copy->late = self->late;

  return copy;
}

void
mash_board_query_free (MashBoardQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->agency);
  g_free (self->owner);
  g_free (self);
}
