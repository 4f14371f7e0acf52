/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-service-circulation.h"

/* Copies of records without a store: none is ever made. */

static void
refuse (MashService         *self,
        GAsyncReadyCallback  callback,
        gpointer             user_data)
{
  g_task_report_new_error (self, callback, user_data, refuse, MASH_SERVICE_ERROR,
                           MASH_SERVICE_ERROR_NOBODY, "There is no store.");
}

void
mash_service_check_copy_async (MashService        *self,
                               const char         *discussion,
                               const MashCopyFor  *copy,
                               GBytes             *pdf,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  refuse (self, callback, user_data);
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
  refuse (self, callback, user_data);
}

gboolean
mash_service_send_copy_finish (MashService  *self,
                               GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
