/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fake-answers.h"
#include "mash-service-board.h"
#include "mash-service-reports.h"
#include "mash-service-strategy.h"

/* Lists across contacts: a service without a store counts nothing. */

guint
mash_service_get_n_actions (MashService *self)
{
  return 0;
}

void
mash_service_read_drift_async (MashService        *self,
                               int                 first_day,
                               int                 last_day,
                               MashServiceProgress progress,
                               gpointer            progress_data,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No discussions");
}

MashDrift *
mash_service_read_drift_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_open_drift_async (MashService        *self,
                               int                 first_day,
                               int                 last_day,
                               MashServiceProgress progress,
                               gpointer            progress_data,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

MashDrift *
mash_service_open_drift_finish (MashService   *self,
                                GAsyncResult  *result,
                                GListModel   **rows,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_open_board_async (MashService          *self,
                               const MashBoardQuery *query,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No board");
}

MashBoardList *
mash_service_open_board_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
mash_service_may_run_reports (MashService *self)
{
  return TRUE;
}

void
mash_service_read_weekly_async (MashService         *self,
                                int                  first_day,
                                int                  last_day,
                                MashServiceProgress  progress,
                                gpointer             progress_data,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

MashWeekly *
mash_service_read_weekly_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_list_figure_async (MashService         *self,
                                MashWeekly          *weekly,
                                guint                week,
                                MashFigure           figure,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_list_figure_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_list_counts_async (MashService         *self,
                                int                  first_day,
                                int                  last_day,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_list_counts_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_save_count_async (MashService         *self,
                               const char          *id,
                               int                  week,
                               const char          *team,
                               guint                count,
                               const char          *source,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

gboolean
mash_service_save_count_finish (MashService   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
