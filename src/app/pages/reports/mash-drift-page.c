/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-drift-page.h"

#include <glib/gi18n.h>

#include "mash-banner.h"
#include "mash-cell.h"
#include "mash-drift-paper.h"
#include "mash-report-export.h"
#include "mash-report-line.h"
#include "mash-service-strategy.h"
#include "mash-time.h"
#include "mash-weekly-chart.h"
#include "mash-wrap-layout.h"

/* How long a period is, and how far a step goes. */
#define PERIOD_DAYS (7 * 7)

/* What the name of a saved report begins with. */
#define REPORT_FILE "strategy-drift"

struct _MashDriftPage
{
  MashPage      parent_instance;

  /* Template children */
  GtkLabel      *period;
  GtkWidget     *later_button;
  GtkWidget     *making;
  GtkLabel      *summary;
  GtkColumnView *weeks;
  GtkColumnView *rows;

  /* Owned */
  MashDrift     *drift;
  GListModel    *discussions;
  GCancellable  *cancellable;

  int            last_day;
  guint          stopped : 1;   /* whether somebody stopped what is being read */
};

G_DEFINE_FINAL_TYPE (MashDriftPage, mash_drift_page, MASH_TYPE_PAGE)

static int
get_today (MashDriftPage *self)
{
  return mash_time_get_local_day (mash_page_get_now (MASH_PAGE (self)));
}

static void
show_lines (GtkColumnView *view,
            GListModel    *lines)
{
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (g_object_ref (lines));

  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (selection));
}

static void
show_weeks (MashDriftPage *self)
{
  g_autoptr (GListStore) lines = g_list_store_new (MASH_TYPE_REPORT_LINE);

  for (guint i = 0; i <= self->drift->weeks->len; i++)
    {
      gboolean sum = i == self->drift->weeks->len;
      const MashDriftWeek *week = sum ? &self->drift->all
                                      : &g_array_index (self->drift->weeks, MashDriftWeek, i);
      g_autofree char *day = mash_weekly_dup_day (week->first_day, TRUE);
      g_autoptr (MashReportLine) line =
        mash_report_line_new_for_drift_week (sum ? _("All weeks") : day, week);

      g_list_store_append (lines, line);
    }
  show_lines (self->weeks, G_LIST_MODEL (lines));
}

static gpointer
make_line_cb (gpointer item,
              gpointer data)
{
  MashDriftPage *self = data;
  g_autoptr (MashDriftItem) discussion = item;

  return mash_report_line_new_for_drift (discussion, mash_page_get_policy (MASH_PAGE (self)),
                                         mash_page_get_now (MASH_PAGE (self)));
}

/* Only the lines that are seen are read and put into words. */
static void
show_rows (MashDriftPage *self)
{
  g_autoptr (GtkMapListModel) lines = gtk_map_list_model_new (g_object_ref (self->discussions),
                                                              make_line_cb, self, NULL);

  show_lines (self->rows, G_LIST_MODEL (lines));
}

static void
show_period (MashDriftPage *self)
{
  g_autofree char *from = mash_weekly_dup_day (self->last_day - PERIOD_DAYS + 1, TRUE);
  g_autofree char *to = mash_weekly_dup_day (self->last_day, TRUE);
  g_autofree char *words = g_strdup_printf (_("%s to %s"), from, to);

  gtk_label_set_label (self->period, words);
  gtk_widget_set_sensitive (self->later_button, self->last_day < get_today (self));
}

static void
show_drift (MashDriftPage *self)
{
  const MashDriftWeek *all = &self->drift->all;
  /* Translators: how many strategy discussions were needed, were compliant, were exceptions, were
   * not compliant, and were series of telephone calls. */
  g_autofree char *words = g_strdup_printf (_("%u needed · %u compliant · %u as an exception · "
                                              "%u not compliant · %u by a series of calls"),
                                            all->needed, all->compliant, all->exceptions,
                                            all->not_compliant, all->series);

  gtk_label_set_label (self->summary, words);
  show_weeks (self);
  show_rows (self);
  g_object_set (self, "main-sensitive", TRUE, NULL);
}

/* The discussions that stand are those of the period that is named. */
static void
stay (MashDriftPage *self)
{
  if (self->drift == NULL)
    return;

  self->last_day = self->drift->last_day;
  show_period (self);
}

static void
on_progress_cb (double   fraction,
                gpointer data)
{
  MashDriftPage *self = data;
  g_autofree char *title = NULL;

  if (self->making == NULL)
    return;

  /* Translators: %d is a number from 0 to 100. */
  title = g_strdup_printf (_("Reading the discussions: %d %% done."), (int) (100 * fraction));
  g_object_set (self->making, "title", title, "fraction", fraction, "revealed", TRUE, NULL);
}

static void
on_stop_cb (MashDriftPage *self)
{
  self->stopped = TRUE;
  g_cancellable_cancel (self->cancellable);
}

static void
say_not_read (MashDriftPage *self,
              GError        *error)
{
  if (!self->stopped || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mash_page_say_error (MASH_PAGE (self), g_error_copy (error));
  else if (self->drift != NULL)
    mash_page_say (MASH_PAGE (self), _("Stopped. The last discussions stand."));
  else
    mash_page_say (MASH_PAGE (self), _("Stopped. No discussions were read."));
}

/* Whether it is what is awaited: of what was asked for before, nothing is heard. */
static gboolean
end_reading (MashDriftPage *self,
             GAsyncResult  *result)
{
  if (self->making == NULL || (self->cancellable != NULL &&
                               self->cancellable != g_task_get_cancellable (G_TASK (result))))
    return FALSE;

  g_object_set (self->making, "revealed", FALSE, NULL);

  return TRUE;
}

static GCancellable *
begin_reading (MashDriftPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stopped = FALSE;

  return self->cancellable;
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (MashDriftPage) self = user_data;
  g_autoptr (GListModel) discussions = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDrift) drift = mash_service_open_drift_finish (MASH_SERVICE (source), result,
                                                                &discussions, &error);

  if (!end_reading (self, result))
    return;
  if (drift == NULL)
    {
      stay (self);
      say_not_read (self, error);
      return;
    }

  g_clear_pointer (&self->drift, mash_drift_free);
  self->drift = g_steal_pointer (&drift);
  g_set_object (&self->discussions, discussions);
  show_period (self);
  show_drift (self);
}

/* How far it is, is shown only where it takes long enough to be told. */
static void
read_drift (MashDriftPage *self)
{
  if (self->drift == NULL)
    show_period (self);
  mash_service_open_drift_async (mash_page_get_service (MASH_PAGE (self)),
                                 self->last_day - PERIOD_DAYS + 1, self->last_day,
                                 on_progress_cb, self, begin_reading (self), on_read_cb,
                                 g_object_ref (self));
}

static void
earlier_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  MashDriftPage *self = MASH_DRIFT_PAGE (widget);

  self->last_day -= PERIOD_DAYS;
  read_drift (self);
}

static void
later_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  MashDriftPage *self = MASH_DRIFT_PAGE (widget);

  self->last_day = MIN (self->last_day + PERIOD_DAYS, get_today (self));
  read_drift (self);
}

static void
on_row_activated_cb (MashDriftPage *self,
                     guint          position)
{
  g_autoptr (MashDriftItem) item = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *discussion = NULL;
  g_autofree char *place = NULL;

  item = self->discussions != NULL ? g_list_model_get_item (self->discussions, position) : NULL;
  if (item == NULL)
    return;
  g_object_get (item, "contact", &contact, "discussion", &discussion, NULL);
  if (contact == NULL)
    return;
  place = g_strdup_printf ("%s %s signing", contact, discussion);
  mash_page_go (MASH_PAGE (self), "win.open-discussion", place);
}

/* Taking it along: every row, which the page itself does not hold. */

static MashPaper *
dup_paper (MashDriftPage   *self,
           const MashDrift *drift)
{
  g_autofree char *hub = NULL;

  g_object_get (mash_page_get_service (MASH_PAGE (self)), "hub-name", &hub, NULL);

  return mash_drift_paper_new (drift, mash_page_get_policy (MASH_PAGE (self)), hub);
}

static void
save_table (MashDriftPage   *self,
            const MashDrift *drift)
{
  g_autofree char *csv = mash_service_dup_drift_csv (drift);

  mash_report_export_table (MASH_PAGE (self), REPORT_FILE, drift->first_day, drift->last_day, csv);
}

static void
save_paper (MashDriftPage   *self,
            const MashDrift *drift)
{
  mash_report_export_paper (MASH_PAGE (self), REPORT_FILE, drift->first_day, drift->last_day,
                            dup_paper (self, drift));
}

static void
print_paper (MashDriftPage   *self,
             const MashDrift *drift)
{
  g_autoptr (MashPaper) paper = dup_paper (self, drift);

  mash_page_print (MASH_PAGE (self), paper);
}

typedef void (*Take) (MashDriftPage   *self,
                      const MashDrift *drift);

typedef struct
{
  MashDriftPage *page;
  Take           take;
} Taking;

static void
on_whole_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autofree Taking *taking = user_data;
  g_autoptr (MashDriftPage) self = taking->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDrift) drift = mash_service_read_drift_finish (MASH_SERVICE (source), result,
                                                                &error);

  if (!end_reading (self, result))
    return;
  if (drift == NULL)
    say_not_read (self, error);
  else
    taking->take (self, drift);
}

static void
take_along (MashDriftPage *self,
            Take           take)
{
  Taking *taking;

  if (self->drift == NULL)
    return;

  taking = g_new0 (Taking, 1);
  taking->page = g_object_ref (self);
  taking->take = take;
  mash_service_read_drift_async (mash_page_get_service (MASH_PAGE (self)), self->drift->first_day,
                                 self->drift->last_day, on_progress_cb, self,
                                 begin_reading (self), on_whole_read_cb, taking);
}

static void
save_csv_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  take_along (MASH_DRIFT_PAGE (widget), save_table);
}

static void
print_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  take_along (MASH_DRIFT_PAGE (widget), print_paper);
}

static void
mash_drift_page_run_main (MashPage *page)
{
  take_along (MASH_DRIFT_PAGE (page), save_paper);
}

static void
mash_drift_page_enter (MashPage *page)
{
  MashDriftPage *self = MASH_DRIFT_PAGE (page);

  self->last_day = get_today (self);
  read_drift (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->weeks));
}

static void
mash_drift_page_renew (MashPage *page)
{
  read_drift (MASH_DRIFT_PAGE (page));
}

static void
mash_drift_page_leave (MashPage *page)
{
  MashDriftPage *self = MASH_DRIFT_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
mash_drift_page_dispose (GObject *object)
{
  MashDriftPage *self = MASH_DRIFT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_DRIFT_PAGE);
  g_clear_pointer (&self->drift, mash_drift_free);
  g_clear_object (&self->discussions);

  G_OBJECT_CLASS (mash_drift_page_parent_class)->dispose (object);
}

static void
mash_drift_page_class_init (MashDriftPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashPageClass *page_class = MASH_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_drift_page_dispose;
  page_class->run_main = mash_drift_page_run_main;
  page_class->enter = mash_drift_page_enter;
  page_class->leave = mash_drift_page_leave;
  page_class->renew = mash_drift_page_renew;

  g_type_ensure (MASH_TYPE_BANNER);
  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_REPORT_LINE);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/reports/mash-drift-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MashDriftPage, period);
  gtk_widget_class_bind_template_child (widget_class, MashDriftPage, later_button);
  gtk_widget_class_bind_template_child (widget_class, MashDriftPage, making);
  gtk_widget_class_bind_template_child (widget_class, MashDriftPage, summary);
  gtk_widget_class_bind_template_child (widget_class, MashDriftPage, weeks);
  gtk_widget_class_bind_template_child (widget_class, MashDriftPage, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_install_action (widget_class, "drift.earlier", NULL, earlier_cb);
  gtk_widget_class_install_action (widget_class, "drift.later", NULL, later_cb);
  gtk_widget_class_install_action (widget_class, "drift.save-csv", NULL, save_csv_cb);
  gtk_widget_class_install_action (widget_class, "drift.print", NULL, print_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_ALT_MASK,
                                       "drift.earlier", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_ALT_MASK,
                                       "drift.later", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "drift.print",
                                       NULL);
}

static void
mash_drift_page_init (MashDriftPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_drift_page_new:
 * @service: the service, signed in
 *
 * Returns: (transfer floating): the page
 */
MashPage *
mash_drift_page_new (MashService *service)
{
  return g_object_new (MASH_TYPE_DRIFT_PAGE, "service", service, NULL);
}

/**
 * mash_drift_page_is_filled:
 * @self: the page
 *
 * Returns: whether the report has been read
 */
gboolean
mash_drift_page_is_filled (MashDriftPage *self)
{
  g_return_val_if_fail (MASH_IS_DRIFT_PAGE (self), FALSE);

  return self->drift != NULL;
}
