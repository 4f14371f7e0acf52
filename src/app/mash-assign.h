/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Puts a contact into somebody's hands, or gives it back, without showing it.
 *
 * To alter a contact it must be opened, and opening is logged: taking it from a tray is a look at
 * it.
 */

#include "mash-service.h"

G_BEGIN_DECLS

void     mash_assign_async  (MashService          *service,
                             const char           *contact,
                             const char           *deed,
                             const char           *person,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
gboolean mash_assign_finish (GAsyncResult         *result,
                             GError              **error);

G_END_DECLS
