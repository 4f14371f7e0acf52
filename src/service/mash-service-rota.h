/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who is on duty on a day, and how much they have.
 */

#include "mash-service.h"

G_BEGIN_DECLS

/* staff, name, title, team (strings), morning, afternoon (ids of entries, NULL where there is
 * none), load (guint): open contacts that they have. */
#define MASH_TYPE_ROTA_ITEM (mash_rota_item_get_type ())
G_DECLARE_FINAL_TYPE (MashRotaItem, mash_rota_item, MASH, ROTA_ITEM, MashItem)

gboolean    mash_service_may_set_rota       (MashService         *self);
void        mash_service_list_rota_async    (MashService         *self,
                                             int                  day,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
GListModel *mash_service_list_rota_finish   (MashService         *self,
                                             GAsyncResult        *result,
                                             GError             **error);
void        mash_service_set_on_duty_async  (MashService         *self,
                                             int                  day,
                                             const char          *half,
                                             const char          *staff,
                                             gboolean             on_duty,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean    mash_service_set_on_duty_finish (MashService         *self,
                                             GAsyncResult        *result,
                                             GError             **error);
void        mash_service_refresh_staff      (MashService         *self);

G_END_DECLS
