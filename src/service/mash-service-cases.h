/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Open contacts that another contact can be linked to, found while somebody types.
 */

#include "mash-service.h"

G_BEGIN_DECLS

/* contact, reference, family, state (strings), owner (string, NULL where nobody has
 * it), opened (boolean: by whoever is signed in). */
#define MASH_TYPE_CASE_ITEM (mash_case_item_get_type ())
G_DECLARE_FINAL_TYPE (MashCaseItem, mash_case_item, MASH, CASE_ITEM, MashItem)

void        mash_service_find_cases_async  (MashService         *self,
                                            const char          *contact,
                                            const char          *text,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
void        mash_service_read_case_async   (MashService         *self,
                                            const char          *contact,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GListModel *mash_service_list_cases_finish (MashService         *self,
                                            GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
