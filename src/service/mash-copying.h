/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A long work on a copy of the database, done while people work: a backup, a proof of the records,
 * a change of the key. Private to the service. The pages are copied on the store's thread, a few at
 * a time between whatever else is asked of it; the rest of the work needs the copy, and the store
 * or not.
 */

#include "mash-service.h"
#include "mash-store.h"

G_BEGIN_DECLS

/**
 * MashCopyingKind:
 * @share: how much of the time the copying takes, from 0 to 1
 * @in_store: whether @rest has the store's thread to itself; otherwise a worker does it
 * @is_aside: whether mash_service_enter_aside() came before, and is left at the end
 * @step: copies a little, on the store's thread; begins the work where it has not begun
 * @rest: does the rest of a work that is copied
 * @release: throws away what is left of the copy, on the store's thread; of a work that came to
 *   its end it may note that, where there still is a store
 * @answer: answers the caller's task, on the main thread, with the error or without one
 * @free: lets go of the work
 *
 * What a work of a kind does. What comes first fails first: after a fault only @release, @answer
 * and @free are called.
 */
typedef struct
{
  double     share;
  gboolean   in_store;
  gboolean   is_aside;
  gboolean (*step)    (gpointer               work,
                       MashStore             *store,
                       double                *fraction,
                       gboolean              *copied,
                       GError               **error);
  gboolean (*rest)    (gpointer               work,
                       const MashStoreWatch  *watch,
                       GError               **error);
  gboolean (*release) (gpointer               work,
                       MashStore             *store,
                       gboolean               is_whole,
                       GError               **error);
  void     (*answer)  (gpointer               work,
                       GTask                 *task,
                       GError                *error);
  void     (*free)    (gpointer               work);
} MashCopyingKind;

void mash_copying_run (MashService           *service,
                       GTask                 *task,
                       const MashCopyingKind *kind,
                       gpointer               work,
                       MashServiceProgress    progress,
                       gpointer               progress_data);

G_END_DECLS
