/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The thread that keeps a desk in step with its hub.
 *
 * It holds the line and does what the core asks for. The core itself, like the store behind it, is
 * only ever touched on the thread on which it lives: this one asks for a visit there and waits for
 * it to end. It knows nothing of what it carries and logs nothing.
 */

#include "mash-hub-line.h"
#include "mash-sync-bell.h"
#include "mash-sync-core.h"

G_BEGIN_DECLS

/* Opens a line to the hub; on the thread of the sync. */
typedef MashHubLine *(*MashSyncOpener) (gpointer   data,
                                        GError   **error);

/* What is done where the core lives. */
typedef void (*MashSyncVisit) (MashSyncCore *core,
                               gpointer      what);

/* Does a visit where the core lives and waits until it has been done. %FALSE: there is no core any
 * more, and there will be none. */
typedef gboolean (*MashSyncReach) (gpointer      data,
                                   MashSyncVisit visit,
                                   gpointer      what);

/* Whether somebody waits where the core lives, or did a moment ago. */
typedef gboolean (*MashSyncAsked) (gpointer data);

/**
 * MashSyncMeans:
 * @open: opens a line
 * @reach: visits the core
 * @asked: (nullable): whether visits are to be short
 * @data: for all of them, which it must outlive
 * @free_data: lets go of @data; on the thread, as the last thing that it does
 */
typedef struct
{
  MashSyncOpener open;
  MashSyncReach  reach;
  MashSyncAsked  asked;
  gpointer       data;
  GDestroyNotify free_data;
} MashSyncMeans;

void mash_sync_thread_start (const MashSyncMeans *means,
                             MashSyncBell        *bell);

G_END_DECLS
