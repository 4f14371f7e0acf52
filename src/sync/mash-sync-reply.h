/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Carries what a core asks for over a line, and what the hub says to it back to the core.
 */

#include "mash-hub-line.h"
#include "mash-sync-core.h"

G_BEGIN_DECLS

/**
 * MashSyncReply:
 * @hello: (nullable): what the hub said of itself
 * @list: (nullable): answers or entries
 * @turned: the number of the last turn
 * @wanted: which part of an original the hub wants next
 * @error: (nullable): why there is none
 *
 * What a hub says to a request.
 */
typedef struct
{
  MashHello *hello;
  GPtrArray *list;
  gint64     turned;
  int        wanted;
  GError    *error;
} MashSyncReply;

void mash_sync_reply_ask       (MashSyncReply         *self,
                                MashHubLine           *line,
                                const MashSyncRequest *request);
void mash_sync_reply_hand_over (MashSyncReply         *self,
                                MashSyncCore          *core,
                                MashSyncDeed           deed,
                                gint64                 now);
void mash_sync_reply_clear     (MashSyncReply         *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MashSyncReply, mash_sync_reply_clear)

G_END_DECLS
