/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What strategy discussions asked somebody to do, across contacts and agencies: what is overdue
 * first. An action is chased, finished, passed on or cancelled from here, or opened where it was
 * agreed.
 */

#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_BOARD_PAGE (mash_board_page_get_type ())

G_DECLARE_FINAL_TYPE (MashBoardPage, mash_board_page, MASH, BOARD_PAGE, MashPage)

MashPage *mash_board_page_new       (MashService   *service) G_GNUC_WARN_UNUSED_RESULT;
gboolean  mash_board_page_is_filled (MashBoardPage *self);
void      mash_board_page_open      (MashBoardPage *self);

G_END_DECLS
