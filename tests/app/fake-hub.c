/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service without a store is a hub by itself: nothing waits for another. */

#include "config.h"

#include "fake-answers.h"
#include "mash-service-hub.h"
#include "mash-service-unsettled.h"

const MashHubReading *
mash_service_get_hub_reading (MashService *self)
{
  static const MashHubReading own = { MASH_HUB_OWN };

  return &own;
}

gboolean
mash_service_is_enrolled (MashService *self)
{
  return FALSE;
}

gboolean
mash_service_get_removed (MashService *self)
{
  return FALSE;
}

void
mash_service_list_unsettled_async (MashService         *self,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_return_pointer (task,
                         g_ptr_array_new_with_free_func ((GDestroyNotify) mash_unsettled_free),
                         (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
mash_service_list_unsettled_finish (MashService   *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_settle_async (MashService         *self,
                           const MashUnsettled *unsettled,
                           gboolean             take_the_other,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

gboolean
mash_service_settle_finish (MashService   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mash_service_may_settle_unsent (MashService *self)
{
  return FALSE;
}

void
mash_service_list_waiting_async (MashService         *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  mash_service_list_unsettled_async (self, callback, user_data);
}

GPtrArray *
mash_service_list_waiting_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_settle_unsent_async (MashService         *self,
                                  const MashUnsettled *unsettled,
                                  gboolean             take_over,
                                  const char          *reason,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  mash_service_settle_async (self, unsettled, take_over, callback, user_data);
}

gboolean
mash_service_settle_unsent_finish (MashService   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mash_service_list_hub_looks_async (MashService        *self,
                                   const char         *contact,
                                   const char         *before,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_list_hub_looks_finish (MashService  *self,
                                    GAsyncResult *result,
                                    char        **next,
                                    GError      **error)
{
  *next = NULL;

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_tell_writing_async (MashService         *self,
                                 const char          *discussion,
                                 const char          *place,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

GPtrArray *
mash_service_tell_writing_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
