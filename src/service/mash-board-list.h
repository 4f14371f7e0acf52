/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Open actions across contacts as a list of MashActionItem, of which only those pages are read that
 * somebody looks at. It does not follow what is altered meanwhile: whoever shows it opens another.
 */

#include <gio/gio.h>

#include "mash-board.h"

G_BEGIN_DECLS

#define MASH_TYPE_BOARD_LIST (mash_board_list_get_type ())

G_DECLARE_FINAL_TYPE (MashBoardList, mash_board_list, MASH, BOARD_LIST, GObject)

/* How many actions are read at once, and how many such pages are held. */
#define MASH_BOARD_PAGE_SIZE 64u
#define MASH_BOARD_MAX_PAGES 8u

/* Is asked for @limit actions, @skip behind @after (%NULL: from the first); answers by
 * mash_board_list_take_page(). */
typedef void (*MashBoardFetch) (MashBoardList      *list,
                                guint               page,
                                const MashBoardKey *after,
                                guint               skip,
                                guint               limit,
                                gpointer            data);

MashBoardList *mash_board_list_new        (MashBoardFetch        fetch,
                                           gpointer              data,
                                           GDestroyNotify        free_data) G_GNUC_WARN_UNUSED_RESULT;
void           mash_board_list_fill       (MashBoardList        *self,
                                           guint                 n_items,
                                           guint                 n_all,
                                           guint                 n_late,
                                           guint                 n_mine,
                                           GListModel           *facets);
void           mash_board_list_begin      (MashBoardList        *self,
                                           GPtrArray            *rows);
void           mash_board_list_take_page  (MashBoardList        *self,
                                           guint                 page,
                                           GPtrArray            *rows);
guint          mash_board_list_get_n_held (MashBoardList        *self);
guint          mash_board_list_get_n_all  (MashBoardList        *self);
guint          mash_board_list_get_n_late (MashBoardList        *self);
guint          mash_board_list_get_n_mine (MashBoardList        *self);
GListModel    *mash_board_list_get_facets (MashBoardList        *self);

G_END_DECLS
