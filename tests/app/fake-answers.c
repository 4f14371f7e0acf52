/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fake-answers.h"

void
fake_answer (MashService        *self,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

void
fake_stop (MashService        *self,
           GAsyncReadyCallback callback,
           gpointer            user_data)
{
  g_task_report_new_error (self, callback, user_data, fake_stop, G_IO_ERROR,
                           G_IO_ERROR_CANCELLED, "There is no store");
}

void
fake_refuse (MashService        *self,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  g_task_report_new_error (self, callback, user_data, fake_refuse, MASH_SERVICE_ERROR,
                           MASH_SERVICE_ERROR_NOBODY, "There is no store.");
}
