/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Giving many contacts to somebody at once.
 *
 * Each contact is a step of its own, judged and signed like any other, so that what cannot be done
 * for one does not hold up the rest. The steps are taken a few at a time; between them the window
 * draws and others read.
 */

#include "mash-service.h"

G_BEGIN_DECLS

/* What became of one contact. */
typedef struct
{
  char *contact;
  char *reference;
  char *person;    /* who was to have it; NULL for no one */
  char *was;       /* who had it before; NULL for no one */
  char *sentence;  /* why it was not done; NULL when it was */
  guint done : 1;
} MashAssignment;

/* Called on the main thread, now and then. */
typedef void (*MashBulkProgress) (guint    n_done,
                                  guint    n_all,
                                  gpointer data);

MashAssignment *mash_assignment_new              (const char          *contact,
                                                  const char          *person) G_GNUC_WARN_UNUSED_RESULT;
void            mash_assignment_free             (MashAssignment      *self);

void            mash_service_assign_all_async    (MashService         *self,
                                                  GPtrArray           *assignments,
                                                  GCancellable        *cancellable,
                                                  MashBulkProgress     progress,
                                                  gpointer             progress_data,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GPtrArray      *mash_service_assign_all_finish   (MashService         *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

G_END_DECLS
