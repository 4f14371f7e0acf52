/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The board: what strategy discussions asked somebody to do, across contacts and agencies. Main
 * thread.
 */

#include "mash-board-list.h"
#include "mash-service.h"

G_BEGIN_DECLS

/* Items, all properties read-only:
 *
 * MashActionItem: action contact reference discussion what owner agency (strings), number
 *   discussion-number chased (guint), due (gint64 microseconds); of the facets MashFacetItem: facet
 *   (`agency` or `owner`) value label n
 */
#define MASH_TYPE_ACTION_ITEM (mash_action_item_get_type ())
G_DECLARE_FINAL_TYPE (MashActionItem, mash_action_item, MASH, ACTION_ITEM, MashItem)

void           mash_service_open_board_async  (MashService          *self,
                                               const MashBoardQuery *query,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
MashBoardList *mash_service_open_board_finish (MashService          *self,
                                               GAsyncResult         *result,
                                               GError              **error);
guint          mash_service_get_n_actions     (MashService          *self);

/* A group for mash_service_submit_async(). */
MashGroup     *mash_action_item_dup_group     (MashActionItem       *self,
                                               const char           *deed,
                                               const char           *reason,
                                               gint64                now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
