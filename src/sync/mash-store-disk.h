/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A desk's store as the disk of its core: on the store's thread, like everything of a store. */

#include "mash-store-hub.h"
#include "mash-sync-core.h"

G_BEGIN_DECLS

/* Its data is the #MashStore. */
extern const MashSyncDisk mash_store_disk;

G_END_DECLS
