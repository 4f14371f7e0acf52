/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The board of open actions, read by its indexes: what is due first leads. It names no child and no
 * address. Who sees only what their agency is asked about sees its own actions and no others.
 */

#include "mash-board.h"
#include "mash-discussion-reading.h"
#include "mash-store.h"

G_BEGIN_DECLS

gboolean   mash_store_may_look_across (MashStore            *self,
                                       guint                 permission,
                                       const char          **agency,
                                       GError              **error);
GPtrArray *mash_store_list_board      (MashStore            *self,
                                       const MashBoardQuery *query,
                                       const MashBoardKey   *after,
                                       guint                 skip,
                                       guint                 limit,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_count_board     (MashStore            *self,
                                       const MashBoardQuery *query,
                                       guint                *count,
                                       GError              **error);
GPtrArray *mash_store_list_board_facets (MashStore          *self,
                                         GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
