/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fake-answers.h"
#include "mash-service-circulation.h"

/* Copies of records without a store: none is ever made. */

void
mash_service_check_copy_async (MashService        *self,
                               const char         *discussion,
                               const MashCopyFor  *copy,
                               GBytes             *pdf,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  fake_refuse (self, callback, user_data);
}

char *
mash_service_check_copy_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_send_copy_async (MashService        *self,
                              MashContactFile    *file,
                              MashEntity         *circulation,
                              GBytes             *pdf,
                              GFile              *destination,
                              const char         *how,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  fake_refuse (self, callback, user_data);
}

gboolean
mash_service_send_copy_finish (MashService  *self,
                               GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
