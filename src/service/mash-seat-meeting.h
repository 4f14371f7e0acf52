/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a desk does with its hub before it shows anybody anything, and how somebody's database
 * leaves it. Private to the service; on the store's thread.
 */

#include "mash-hub-reading.h"
#include "mash-store.h"
#include "mash-sync-thread.h"

G_BEGIN_DECLS

MashSyncEnd mash_seat_meet        (MashStore      *store,
                                   MashSyncOpener  open,
                                   gpointer        data);
gboolean    mash_seat_is_to_leave (MashSyncEnd     end);
gboolean    mash_seat_remove      (MashStore     **store);

G_END_DECLS
