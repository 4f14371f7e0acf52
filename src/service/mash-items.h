/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How the service makes items out of the store's rows. Private to the service. */

#include <gio/gio.h>

#include "mash-item.h"
#include "mash-rows.h"

G_BEGIN_DECLS

void        mash_items_take_tray_row (MashItem   *item,
                                      const MashTrayRow *row,
                                      gboolean    is_new);
GListModel *mash_items_new_list      (GType       type,
                                      GPtrArray  *rows) G_GNUC_WARN_UNUSED_RESULT;
GListModel *mash_items_list_sign_ins (GPtrArray  *people) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
