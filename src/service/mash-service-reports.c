/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-reports.h"

#include <glib/gi18n-lib.h>

#include "mash-csv-out.h"
#include "mash-kinds.h"
#include "mash-service-private.h"
#include "mash-store-report.h"
#include "mash-time.h"

/* Permissions of the matrix (domain 2.2). */
#define PERMISSION_REPORTS 40

/* The measure that teams count. */
#define MEASURE "CFA"

static GType string_type (void) { return G_TYPE_STRING; }
static GType int64_type (void) { return G_TYPE_INT64; }
static GType uint_type (void) { return G_TYPE_UINT; }

#define ROW(member) G_STRUCT_OFFSET (MashFigureRow, member)

static const MashItemMember figure_members[] = {
  { "contact", string_type, ROW (contact) },
  { "reference", string_type, ROW (reference) },
  { "state", string_type, ROW (state) },
  { "brag", string_type, ROW (brag) },
  { "source", string_type, ROW (source) },
  { "outcome", string_type, ROW (outcome) },
  { "received-at", int64_type, ROW (received_at) },
  { "decided-at", int64_type, ROW (decided_at) },
};

#undef ROW

#define ROW(member) G_STRUCT_OFFSET (MashCountRow, member)

static const MashItemMember count_members[] = {
  { "id", string_type, ROW (id) },
  { "week", string_type, ROW (week) },
  { "team", string_type, ROW (team) },
  { "measure", string_type, ROW (measure) },
  { "source", string_type, ROW (source) },
  { "author", string_type, ROW (author) },
  { "count", uint_type, ROW (count) },
  { "updated-at", int64_type, ROW (updated_at) },
};

#undef ROW

struct _MashFigureItem
{
  MashItem parent_instance;
};

struct _MashCountItem
{
  MashItem parent_instance;
};

G_DEFINE_FINAL_TYPE (MashFigureItem, mash_figure_item, MASH_TYPE_ITEM)
G_DEFINE_FINAL_TYPE (MashCountItem, mash_count_item, MASH_TYPE_ITEM)

/* What is asked of the store. */
typedef struct
{
  int        first_day;
  int        last_day;
  int        end_day;
  MashFigure figure;
} Period;

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
mash_figure_item_class_init (MashFigureItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), figure_members,
                                   G_N_ELEMENTS (figure_members),
                                   (GDestroyNotify) mash_figure_row_free);
}

static void
mash_figure_item_init (MashFigureItem *self)
{
}

static void
mash_count_item_class_init (MashCountItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), count_members,
                                   G_N_ELEMENTS (count_members),
                                   (GDestroyNotify) mash_count_row_free);
}

static void
mash_count_item_init (MashCountItem *self)
{
}

static void
free_count (Count *count)
{
  g_free (count->id);
  g_free (count->team);
  g_free (count->source);
  g_free (count);
}

static void
on_list_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean figures = g_task_get_source_tag (task) == mash_service_list_figure_async;

  if (rows != NULL)
    g_task_return_pointer (task, mash_items_new_list (figures ? MASH_TYPE_FIGURE_ITEM
                                                              : MASH_TYPE_COUNT_ITEM, rows),
                           g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_weekly_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  MashWeekly *weekly = g_task_propagate_pointer (G_TASK (result), &error);

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
  const Period *period = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_read_weekly (*store, period->first_day, period->last_day, error) : NULL;
}

static gpointer
list_figure_job (MashStore    **store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const Period *period = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_list_figure (*store, period->first_day, period->last_day,
                                   period->end_day, period->figure, error) : NULL;
}

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
 * @cancellable: (nullable): to stop it
 * @callback: called with the report
 * @user_data: for @callback
 */
void
mash_service_read_weekly_async (MashService         *self,
                                int                  first_day,
                                int                  last_day,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Period period = { first_day, last_day };

  g_return_if_fail (MASH_IS_SERVICE (self));

  mash_service_run (self,
                    mash_service_begin (self, mash_service_read_weekly_async, cancellable,
                                        callback, user_data),
                    g_memdup2 (&period, sizeof period), g_free, read_weekly_job,
                    (GDestroyNotify) mash_weekly_unref, on_weekly_read_cb);
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
 * @callback: called with the contacts behind the figure, MashFigureItem
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
  mash_service_run (self,
                    mash_service_begin (self, mash_service_list_figure_async, cancellable,
                                        callback, user_data),
                    g_memdup2 (&period, sizeof period), g_free, list_figure_job,
                    (GDestroyNotify) g_ptr_array_unref, on_list_read_cb);
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

  mash_service_run (self,
                    mash_service_begin (self, mash_service_list_counts_async, cancellable,
                                        callback, user_data),
                    g_memdup2 (&period, sizeof period), g_free, list_counts_job,
                    (GDestroyNotify) g_ptr_array_unref, on_list_read_cb);
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

static void
add_head (MashCsvOut       *out,
          const MashWeekly *weekly)
{
  mash_csv_out_add_text (out, _("Line"));
  mash_csv_out_add_text (out, _("Total"));
  mash_csv_out_add_text (out, _("Average a week"));
  mash_csv_out_add_text (out, _("Weeks"));
  for (guint i = 0; i < weekly->n_weeks; i++)
    {
      g_autofree char *day = mash_date_format (weekly->weeks[i].first_day);

      mash_csv_out_add_text (out, day);
    }
  mash_csv_out_add_text (out, _("Definition"));
  mash_csv_out_end_row (out);
}

static void
add_figure (MashCsvOut       *out,
            const MashWeekly *weekly,
            MashFigure        figure)
{
  guint weeks = figure == MASH_FIGURE_ASSESSMENTS ? weekly->counted_weeks : weekly->n_weeks;

  mash_csv_out_add_text (out, mash_figure_get_label (figure));
  mash_csv_out_add_number (out, weekly->totals[figure]);
  mash_csv_out_add_number (out, mash_weekly_get_average (weekly, figure));
  mash_csv_out_add_number (out, weeks);
  for (guint i = 0; i < weekly->n_weeks; i++)
    {
      if (figure == MASH_FIGURE_ASSESSMENTS && !weekly->weeks[i].counted)
        mash_csv_out_add_text (out, NULL);
      else
        mash_csv_out_add_number (out, weekly->weeks[i].figures[figure]);
    }
  mash_csv_out_add_text (out, mash_figure_get_definition (figure));
  mash_csv_out_end_row (out);
}

static void
add_single (MashCsvOut *out,
            const char *label,
            gint64      number)
{
  mash_csv_out_add_text (out, label);
  mash_csv_out_add_number (out, number);
  mash_csv_out_end_row (out);
}

/**
 * mash_service_dup_weekly_csv:
 * @weekly: a report
 *
 * Writes the report as comma-separated text: a line a figure with total, average, the number of
 * weeks that it stands for, each week, and its definition; then children and families.
 *
 * Returns: (transfer full): the text
 */
char *
mash_service_dup_weekly_csv (const MashWeekly *weekly)
{
  MashCsvOut *out = mash_csv_out_new ();

  g_return_val_if_fail (weekly != NULL, NULL);

  add_head (out, weekly);
  for (guint i = 0; i < MASH_N_FIGURES; i++)
    add_figure (out, weekly, i);
  add_single (out, _("Difference"), mash_weekly_get_difference (weekly));
  add_single (out, _("Family groups"), weekly->people.families);
  add_single (out, _("Children"), weekly->people.children);
  add_single (out, _("Children in contacts"), weekly->people.child_contacts);
  add_single (out, _("Children in contacts, as known at period end"), weekly->people.at_end);
  add_single (out, _("Identified late"), weekly->people.late + weekly->people.identified);
  add_single (out, _("Not identified yet"), weekly->people.unknown);
  add_single (out, _("Contacts taken in after period end"), weekly->keyed_after);
  add_single (out, _("Open at period end, decided since"), weekly->decided_after);

  return mash_csv_out_free_to_text (out);
}
