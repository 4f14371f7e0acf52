/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* An action of the board in words: what the cells of its table show. It follows the action, which
 * may still be on its way, and the minute.
 */

#include "mash-minute.h"
#include "mash-service-board.h"

G_BEGIN_DECLS

#define MASH_TYPE_BOARD_LINE (mash_board_line_get_type ())

G_DECLARE_FINAL_TYPE (MashBoardLine, mash_board_line, MASH, BOARD_LINE, GObject)

MashBoardLine  *mash_board_line_new      (MashActionItem *item,
                                          MashMinute     *minute) G_GNUC_WARN_UNUSED_RESULT;
MashActionItem *mash_board_line_get_item (MashBoardLine  *self);

G_END_DECLS
