/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fake-answers.h"
#include "mash-service-import.h"
#include "mash-service-people.h"
#include "mash-service-rota.h"

/* People, families and who is on duty: a service without a store knows of nobody. */

void
mash_service_refresh_staff (MashService *self)
{
}

void
mash_service_search_people_async (MashService        *self,
                                  const char         *text,
                                  gboolean            settled,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_search_people_finish (MashService  *self,
                                   GAsyncResult *result,
                                   GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
mash_service_may_set_rota (MashService *self)
{
  return FALSE;
}

void
mash_service_list_rota_async (MashService        *self,
                              int                 day,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_list_rota_finish (MashService  *self,
                               GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_set_on_duty_async (MashService        *self,
                                int                 day,
                                const char         *half,
                                const char         *staff,
                                gboolean            on_duty,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

gboolean
mash_service_set_on_duty_finish (MashService  *self,
                                 GAsyncResult *result,
                                 GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mash_service_list_matches_async (MashService         *self,
                                 MashMatchesOf        of,
                                 const char          *id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_list_matches_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_compare_people_async (MashService         *self,
                                   const char          *one,
                                   const char          *other,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

MashMatchItem *
mash_service_compare_people_finish (MashService   *self,
                                    GAsyncResult  *result,
                                    GListModel   **rows,
                                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_import_rows_async (MashService         *self,
                                GFile               *file,
                                MashImportFlags      flags,
                                MashImportProgress   progress,
                                gpointer             progress_data,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

MashImportReport *
mash_service_import_rows_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
