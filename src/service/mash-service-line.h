/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The line between a service and its central hub. For the service's own files and for tests. */

#include "mash-service.h"
#include "mash-sync-thread.h"

G_BEGIN_DECLS

void mash_service_join_hub  (MashService    *self,
                             MashSyncOpener  open,
                             gpointer        data,
                             GDestroyNotify  free_data);
void mash_service_leave_hub (MashService    *self);

G_END_DECLS
