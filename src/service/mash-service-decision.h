/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a page on which somebody decides asks of the service: what was decided before, and what was
 * altered since this person last opened the contact. Main thread.
 */

#include "mash-service.h"

G_BEGIN_DECLS

void        mash_service_list_earlier_async  (MashService         *self,
                                              const char          *contact,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
GListModel *mash_service_list_earlier_finish (MashService         *self,
                                              GAsyncResult        *result,
                                              GError             **error);
void        mash_service_list_altered_async  (MashService         *self,
                                              const char          *contact,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
GListModel *mash_service_list_altered_finish (MashService         *self,
                                              GAsyncResult        *result,
                                              gint64              *opened_at,
                                              GError             **error);

G_END_DECLS
