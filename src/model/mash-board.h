/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which actions are asked of the board, across contacts and agencies, and where its pages begin.
 * Plain data that crosses threads.
 */

#include <glib-object.h>

G_BEGIN_DECLS

/* Where an action stands: by the time at which it is due, and of two alike by its id. */
typedef struct
{
  gint64 due;
  char   action[37];
} MashBoardKey;

/* Which actions are wanted. %NULL lets every value pass. */
typedef struct
{
  char    *agency;  /* id of the agency that has it to do */
  char    *owner;   /* id of the member of staff; the words where it is nobody of the hub */
  gboolean late;
} MashBoardQuery;

#define MASH_TYPE_BOARD_QUERY (mash_board_query_get_type ())

GType           mash_board_query_get_type (void) G_GNUC_CONST;
MashBoardQuery *mash_board_query_new      (void) G_GNUC_WARN_UNUSED_RESULT;
MashBoardQuery *mash_board_query_copy     (const MashBoardQuery *self) G_GNUC_WARN_UNUSED_RESULT;
void            mash_board_query_free     (MashBoardQuery       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashBoardQuery, mash_board_query_free)

G_END_DECLS
