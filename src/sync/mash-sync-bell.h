/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* By which a thread that waits for a hub is woken, asked something beside its own work, or told to
 * end at once. Any thread may ring, ask or stop; one thread listens. It is counted.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MashSyncBell MashSyncBell;

/* What is asked of the hub beside the sync: @line is the line to it, or %NULL where there is none.
 * Done once, on the thread that listens or, where nobody listens any more, on the caller's. */
typedef void (*MashSyncAsk) (gpointer line,
                             gpointer data);

MashSyncBell *mash_sync_bell_new        (void) G_GNUC_WARN_UNUSED_RESULT;
MashSyncBell *mash_sync_bell_ref        (MashSyncBell *self);
void          mash_sync_bell_unref      (MashSyncBell *self);
void          mash_sync_bell_ring       (MashSyncBell *self);
void          mash_sync_bell_stop       (MashSyncBell *self);
gboolean      mash_sync_bell_is_stopped (MashSyncBell *self);
void          mash_sync_bell_hush       (MashSyncBell *self);
gboolean      mash_sync_bell_take_ring  (MashSyncBell *self);
int           mash_sync_bell_get_fd     (MashSyncBell *self);
void          mash_sync_bell_ask        (MashSyncBell *self,
                                         MashSyncAsk   ask,
                                         gpointer      data);
void          mash_sync_bell_answer     (MashSyncBell *self,
                                         gpointer      line);
void          mash_sync_bell_close      (MashSyncBell *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSyncBell, mash_sync_bell_unref)

G_END_DECLS
