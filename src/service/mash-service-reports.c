/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-reports.h"

#include "mash-kinds.h"
#include "mash-key-reader.h"
#include "mash-progress.h"
#include "mash-service-private.h"
#include "mash-store-report.h"
#include "mash-time.h"

/* Permissions of the matrix (domain 2.2). */
#define PERMISSION_REPORTS 40

/* The measure that teams count. */
#define MEASURE "CFA"

/* What is asked of the store. */
typedef struct
{
  int        first_day;
  int        last_day;
  int        end_day;
  MashFigure figure;
} Period;

/* A report while it is made. */
typedef struct
{
  Period        period;
  MashProgress *progress;
} Making;

/* What somebody enters for a team. */
typedef struct
{
  char *id;
  int   week;
  char *team;
  guint count;
  char *source;
} Count;

static void
free_count (Count *count)
{
  g_free (count->id);
  g_free (count->team);
  g_free (count->source);
  g_free (count);
}

static void
on_weekly_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Making *making = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  MashWeekly *weekly = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_pointer (&making->progress, mash_progress_free);
  if (weekly != NULL)
    g_task_return_pointer (task, weekly, (GDestroyNotify) mash_weekly_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_count_saved_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gpointer
read_weekly_job (MashStore    **store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const Making *making = data;
  const MashStoreWatch watch = { mash_progress_set, making->progress, cancellable };

  return mash_service_need_store (store, error) != NULL
         ? mash_store_read_weekly (*store, making->period.first_day, making->period.last_day,
                                   &watch, error) : NULL;
}

static GArray *
list_figure_keys (MashStore     *store,
                  gconstpointer  query,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const Period *period = query;

  return mash_store_list_figure_keys (store, period->first_day, period->last_day,
                                      period->end_day, period->figure, cancellable, error);
}

static GPtrArray *
list_figure (MashStore     *store,
             gconstpointer  query,
             const gint64  *keys,
             guint          n_keys,
             GError       **error)
{
  return mash_store_list_figure (store, ((const Period *) query)->end_day, keys, n_keys, error);
}

static const MashKeyReader figure_reader = {
  mash_figure_item_get_type, list_figure_keys, list_figure,
};

static gpointer
list_counts_job (MashStore    **store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const Period *period = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_list_counts (*store, period->first_day, period->last_day, error) : NULL;
}

static MashEdit *
make_edit (MashStore   *store,
           const Count *count)
{
  g_autofree char *made = mash_store_make_id (store);
  g_autofree char *week = mash_date_format (count->week);
  g_autoptr (MashRecord) record = NULL;
  MashEdit *edit;

  if (count->id != NULL)
    record = mash_store_lookup (store, mash_assessment_count_kind.name, count->id);
  edit = record != NULL ? mash_edit_new_for (record)
                        : mash_edit_new (&mash_assessment_count_kind, made, 0);
  mash_edit_set_text (edit, "week", week);
  mash_edit_set_text (edit, "measure", MEASURE);
  mash_edit_set_int (edit, "count", count->count);
  if (count->team != NULL && *count->team != '\0')
    mash_edit_set_text (edit, "team", count->team);
  if (count->source != NULL && *count->source != '\0')
    mash_edit_set_text (edit, "source", count->source);

  return edit;
}

static gpointer
save_count_job (MashStore    **store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("report-count", NULL);

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  mash_group_take_edit (group, make_edit (*store, data));

  return mash_store_submit (*store, group, NULL, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

/**
 * mash_service_may_run_reports:
 * @self: a service
 *
 * Returns: %TRUE when the role of whoever is signed in runs reports at all
 */
gboolean
mash_service_may_run_reports (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), FALSE);

  return self->signed_in &&
         mash_policy_get_grant (self->policy, self->actor.role, PERMISSION_REPORTS,
                                NULL) != MASH_GRANT_NO;
}

/**
 * mash_service_read_weekly_async:
 * @self: a service, signed in
 * @first_day: the first day of the period, as mash_time_get_local_day() counts
 * @last_day: its last day
 * @progress: (nullable): told how far it has come
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @callback: called with the report
 * @user_data: for @callback
 */
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
  Making *making;

  g_return_if_fail (MASH_IS_SERVICE (self));

  making = g_new0 (Making, 1);
  making->period.first_day = first_day;
  making->period.last_day = last_day;
  making->progress = mash_progress_new (progress, progress_data);
  mash_service_run (self,
                    mash_service_begin (self, mash_service_read_weekly_async, cancellable,
                                        callback, user_data),
                    making, g_free, read_weekly_job, (GDestroyNotify) mash_weekly_unref,
                    on_weekly_read_cb);
}

/**
 * mash_service_read_weekly_finish:
 * @self: a service
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the report
 */
MashWeekly *
mash_service_read_weekly_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mash_service_list_figure_async:
 * @self: a service, signed in
 * @weekly: the report
 * @week: the place of a week in it, or %MASH_ALL_WEEKS
 * @figure: a line of it that counts contacts
 * @cancellable: (nullable): to stop it
 * @callback: called with the contacts behind the figure, MashFigureItem, all of them: they are
 *   read page by page when somebody looks at them
 * @user_data: for @callback
 */
void
mash_service_list_figure_async (MashService         *self,
                                MashWeekly          *weekly,
                                guint                week,
                                MashFigure           figure,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Period period = { weekly->first_day, weekly->last_day, weekly->last_day, figure };

  g_return_if_fail (MASH_IS_SERVICE (self));

  if (week < weekly->n_weeks)
    {
      period.first_day = weekly->weeks[week].first_day;
      period.last_day = period.first_day + (int) weekly->weeks[week].n_days - 1;
    }
  mash_key_reader_open (self,
                        mash_service_begin (self, mash_service_list_figure_async, cancellable,
                                            callback, user_data),
                        &figure_reader, g_memdup2 (&period, sizeof period), NULL);
}

GListModel *
mash_service_list_figure_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mash_service_list_counts_async:
 * @self: a service, signed in
 * @first_day: the first day
 * @last_day: the last day
 * @cancellable: (nullable): to stop it
 * @callback: called with what teams counted in weeks that begin in these days, MashCountItem
 * @user_data: for @callback
 */
void
mash_service_list_counts_async (MashService         *self,
                                int                  first_day,
                                int                  last_day,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Period period = { first_day, last_day };

  g_return_if_fail (MASH_IS_SERVICE (self));

  mash_service_run_list (self,
                         mash_service_begin (self, mash_service_list_counts_async, cancellable,
                                             callback, user_data),
                         MASH_TYPE_COUNT_ITEM, g_memdup2 (&period, sizeof period), g_free,
                         list_counts_job);
}

GListModel *
mash_service_list_counts_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mash_service_save_count_async:
 * @self: a service, signed in
 * @id: (nullable): the record that is put right, %NULL for a new one
 * @week: the first day of the week
 * @team: which team counted
 * @count: how many child and family assessments it undertook
 * @source: where the figure comes from
 * @cancellable: (nullable): to stop it before it is begun
 * @callback: called when it is saved, or refused
 * @user_data: for @callback
 */
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
  Count *data;

  g_return_if_fail (MASH_IS_SERVICE (self));

  data = g_new0 (Count, 1);
  data->id = g_strdup (id);
  data->week = week;
  data->team = g_strdup (team);
  data->count = count;
  data->source = g_strdup (source);
  mash_service_run (self,
                    mash_service_begin (self, mash_service_save_count_async, cancellable,
                                        callback, user_data),
                    data, (GDestroyNotify) free_count, save_count_job, NULL, on_count_saved_cb);
}

gboolean
mash_service_save_count_finish (MashService   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
