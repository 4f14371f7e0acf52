/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The one thread on which a store lives, fed from a queue, first come first served.
 *
 * It knows nothing of what the jobs do. A job runs on the thread, is given the store (absent until
 * a job has opened one) and answers through a GTask in the context that asked.
 */

#include <gio/gio.h>

#include "mash-store.h"

G_BEGIN_DECLS

typedef struct _MashStoreThread MashStoreThread;

/**
 * MashStoreJob:
 * @store: (inout): the store; a job may open or close it
 * @data: the task's data
 * @cancellable: (nullable): the task's cancellable
 * @error: return location
 *
 * Returns: (transfer full): the result, %NULL with @error set
 */
typedef gpointer (*MashStoreJob) (MashStore    **store,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* Done on the thread, while another waits or when it comes to it. */
typedef void (*MashStoreCall) (MashStore **store,
                               gpointer    data);

MashStoreThread *mash_store_thread_new        (void) G_GNUC_WARN_UNUSED_RESULT;
MashStoreThread *mash_store_thread_ref        (MashStoreThread *self);
void             mash_store_thread_unref      (MashStoreThread *self);
void             mash_store_thread_free       (MashStoreThread *self);
void             mash_store_thread_run        (MashStoreThread *self,
                                               GTask           *task,
                                               MashStoreJob     job,
                                               GDestroyNotify   free_result);
gboolean         mash_store_thread_call       (MashStoreThread *self,
                                               MashStoreCall    call,
                                               gpointer         data);
void             mash_store_thread_call_later (MashStoreThread *self,
                                               MashStoreCall    call,
                                               gpointer         data);
gint64           mash_store_thread_get_rest   (MashStoreThread *self);

G_END_DECLS
