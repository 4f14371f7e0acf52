/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-reports-page.h"

#include <glib/gi18n.h>

#include "mash-banner.h"
#include "mash-cell.h"
#include "mash-counts-panel.h"
#include "mash-figure-list.h"
#include "mash-report-chart.h"
#include "mash-report-export.h"
#include "mash-report-figure.h"
#include "mash-report-line.h"
#include "mash-service-reports.h"
#include "mash-time.h"
#include "mash-weekly-chart.h"
#include "mash-weekly-paper.h"
#include "mash-wrap-layout.h"

/* How many weeks the page begins with, and what else it offers. */
#define FIRST_LENGTH 2u
static const guint lengths[] = { 1, 4, 7, 13, 26, 52 };

/* What the name of a saved report begins with. */
#define REPORT_FILE "weekly-report"

/* How wide the panels beside the table are where there is room for them. */
#define SIDE_WIDTH 330

struct _MashReportsPage
{
  MashPage         parent_instance;

  /* Template children */
  GtkLabel        *period;
  GtkWidget       *earlier_button;
  GtkWidget       *later_button;
  GtkDropDown     *length;
  GtkWidget       *making;
  GtkStack        *stack;
  GtkBox          *columns;
  AdwClamp        *side;
  GtkFlowBox      *figures;
  GtkDrawingArea  *chart;
  GtkColumnView   *table;
  GtkImage        *sum_image;
  GtkLabel        *sum_words;
  MashFigureList  *people;
  MashCountsPanel *counts;
  GtkLabel        *definitions;
  GtkLabel        *rows_title;
  GtkColumnView   *rows;

  MashWeekly      *weekly;
  GListModel      *contacts_behind;
  GCancellable    *cancellable;
  int              last_day;
  guint            n_weeks;
  guint            stopped : 1;   /* whether somebody stopped the report that is being made */
};

G_DEFINE_FINAL_TYPE (MashReportsPage, mash_reports_page, MASH_TYPE_PAGE)

static int
get_today (MashReportsPage *self)
{
  return mash_time_get_local_day (mash_page_get_now (MASH_PAGE (self)));
}

static void
set_words (GtkLabel   *label,
           const char *format,
           ...) G_GNUC_PRINTF (2, 3);

static void
set_words (GtkLabel   *label,
           const char *format,
           ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  gtk_label_set_label (label, text);
}

static void
show_figures (MashReportsPage *self)
{
  static const MashFigure shown[] = {
    MASH_FIGURE_CONTACTS, MASH_FIGURE_REFERRALS, MASH_FIGURE_STRATEGY, MASH_FIGURE_ADVICE,
    MASH_FIGURE_ASSESSMENTS,
  };

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->figures, (int) i);

      mash_report_figure_show (MASH_REPORT_FIGURE (gtk_flow_box_child_get_child (child)),
                               self->weekly, shown[i]);
    }
}

static void
show_table (MashReportsPage *self)
{
  g_autoptr (GListStore) lines = g_list_store_new (MASH_TYPE_REPORT_LINE);
  g_autoptr (GtkSingleSelection) selection = NULL;
  int difference = mash_weekly_get_difference (self->weekly);

  for (guint i = 0; i < MASH_N_FIGURES; i++)
    {
      g_autoptr (MashReportLine) line = mash_report_line_new_for_figure (self->weekly, i);

      g_list_store_append (lines, line);
    }
  selection = gtk_single_selection_new (G_LIST_MODEL (g_steal_pointer (&lines)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));

  gtk_image_set_from_icon_name (self->sum_image, difference == 0 ? "emblem-ok-symbolic"
                                                                 : "dialog-warning-symbolic");
  if (difference == 0)
    gtk_label_set_label (self->sum_words, _("Outcomes add up to contacts: difference 0."));
  else
    set_words (self->sum_words, _("Outcomes do not add up to contacts: difference %d."),
               difference);
}

static void
show_people (MashReportsPage *self)
{
  const MashWeekly *weekly = self->weekly;
  const MashWeeklyPeople *people = &weekly->people;
  const struct {
    const char *words;
    guint       figure;
  } lines[] = {
    { _("Family groups"), people->families },
    { _("Children"), people->children },
    { _("Children in contacts"), people->child_contacts },
    { _("As known at period end"), people->at_end },
    { _("Identified late"), people->late + people->identified },
    { _("Not identified yet"), people->unknown },
    { _("Contacts taken in after period end"), weekly->keyed_after },
    { _("Open at period end, decided since"), weekly->decided_after },
  };

  mash_figure_list_clear (self->people);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    mash_figure_list_add (self->people, lines[i].words, NULL, lines[i].figure);
}

static void
show_period (MashReportsPage *self)
{
  g_autofree char *from = mash_weekly_dup_day (self->last_day -
                                               (int) (self->n_weeks * MASH_WEEKLY_DAYS) + 1,
                                               TRUE);
  g_autofree char *to = mash_weekly_dup_day (self->last_day, TRUE);
  gboolean running = self->weekly != NULL && self->weekly->running;

  /* Translators: the first and the last day of a period. */
  set_words (self->period, running ? _("%s to %s, so far") : _("%s to %s"), from, to);
  gtk_widget_set_sensitive (self->later_button, self->last_day < get_today (self));
}

static void
show_report (MashReportsPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  g_autofree char *words = mash_weekly_chart_dup_words (self->weekly);

  show_period (self);
  show_figures (self);
  show_table (self);
  show_people (self);
  mash_counts_panel_show (self->counts, service, self->weekly);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self->chart));
  gtk_stack_set_visible_child_name (self->stack, "report");
  g_object_set (self, "main-sensitive", TRUE, "main-reason", NULL, NULL);
}

/* The figures that stand are those of the period that is named. */
static void
stay (MashReportsPage *self)
{
  guint i = 0;

  if (self->weekly == NULL)
    return;

  self->last_day = self->weekly->last_day;
  self->n_weeks = (guint) (self->last_day - self->weekly->first_day + 1) / MASH_WEEKLY_DAYS;
  while (i < G_N_ELEMENTS (lengths) - 1 && lengths[i] != self->n_weeks)
    i++;
  gtk_drop_down_set_selected (self->length, i);
  show_period (self);
}

static void
on_progress_cb (double   fraction,
                gpointer data)
{
  MashReportsPage *self = data;
  g_autofree char *title = NULL;
  int percent = (int) (100 * fraction);

  if (self->making == NULL)
    return;

  if (self->weekly != NULL)
    /* Translators: %d is a number from 0 to 100. */
    title = g_strdup_printf (_("Counting: %d %% done. Until then the last figures stand."),
                             percent);
  else
    /* Translators: %d is a number from 0 to 100. */
    title = g_strdup_printf (_("Counting: %d %% done."), percent);
  g_object_set (self->making, "title", title, "fraction", fraction, "revealed", TRUE, NULL);
}

static void
on_stop_cb (MashReportsPage *self)
{
  self->stopped = TRUE;
  g_cancellable_cancel (self->cancellable);
}

static void
say_not_made (MashReportsPage *self,
              GError          *error)
{
  stay (self);
  if (!self->stopped || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mash_page_say_error (MASH_PAGE (self), g_error_copy (error));
  else if (self->weekly != NULL)
    mash_page_say (MASH_PAGE (self), _("Stopped. The last figures stand."));
  else
    mash_page_say (MASH_PAGE (self), _("Stopped. Nothing was counted."));
}

static void
on_report_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (MashReportsPage) self = user_data;
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  g_autoptr (GError) error = NULL;
  MashWeekly *weekly = mash_service_read_weekly_finish (MASH_SERVICE (source), result, &error);

  /* Where another period was asked for meanwhile, that one is awaited. */
  if (self->making == NULL || (self->cancellable != NULL && self->cancellable != cancellable))
    {
      g_clear_pointer (&weekly, mash_weekly_unref);
      return;
    }

  g_object_set (self->making, "revealed", FALSE, NULL);
  if (weekly == NULL)
    {
      say_not_made (self, error);
      return;
    }

  g_clear_pointer (&self->weekly, mash_weekly_unref);
  self->weekly = weekly;
  show_report (self);
}

/* How far it is, is shown only where it takes long enough to be told. */
static void
read_report (MashReportsPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  int first_day = self->last_day - (int) (self->n_weeks * MASH_WEEKLY_DAYS) + 1;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stopped = FALSE;
  if (self->weekly == NULL)
    show_period (self);
  mash_service_read_weekly_async (service, first_day, self->last_day, on_progress_cb, self,
                                  self->cancellable, on_report_read_cb, g_object_ref (self));
}

static void
move (MashReportsPage *self,
      int              direction)
{
  int day = self->last_day + direction * (int) (self->n_weeks * MASH_WEEKLY_DAYS);

  self->last_day = MIN (day, get_today (self));
  read_report (self);
}

static void
earlier_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  move (MASH_REPORTS_PAGE (widget), -1);
}

static void
later_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  move (MASH_REPORTS_PAGE (widget), 1);
}

static void
on_length_changed_cb (MashReportsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->length);

  if (selected >= G_N_ELEMENTS (lengths) || lengths[selected] == self->n_weeks)
    return;

  self->n_weeks = lengths[selected];
  if (mash_page_get_service (MASH_PAGE (self)) != NULL && self->weekly != NULL)
    read_report (self);
}

static void
draw_chart_cb (GtkDrawingArea *area,
               cairo_t        *cr,
               int             width,
               int             height,
               gpointer        data)
{
  MashReportsPage *self = data;

  if (self->weekly != NULL)
    mash_report_chart_draw (GTK_WIDGET (area), self->weekly, cr, width, height);
}

static gpointer
make_line_cb (gpointer item,
              gpointer data)
{
  MashReportsPage *self = data;
  g_autoptr (MashFigureItem) figure = item;

  return mash_report_line_new_for_contact (figure, mash_page_get_policy (MASH_PAGE (self)),
                                           mash_page_get_now (MASH_PAGE (self)));
}

static void
on_rows_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashReportsPage) self = user_data;
  GError *error = NULL;
  g_autoptr (GListModel) list = mash_service_list_figure_finish (MASH_SERVICE (source), result,
                                                                 &error);
  GtkMapListModel *lines;
  GtkSingleSelection *selection;

  if (list == NULL)
    {
      mash_page_say_error (MASH_PAGE (self), error);
      return;
    }

  /* Only the lines that are seen are put into words. */
  lines = gtk_map_list_model_new (g_steal_pointer (&list), make_line_cb, self, NULL);
  g_set_object (&self->contacts_behind, G_LIST_MODEL (lines));
  selection = gtk_single_selection_new (G_LIST_MODEL (lines));
  gtk_column_view_set_model (self->rows, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  gtk_stack_set_visible_child_name (self->stack, "rows");
  gtk_widget_grab_focus (GTK_WIDGET (self->rows));
}

static void
on_line_activated_cb (MashReportsPage *self,
                      guint            position)
{
  mash_reports_page_open_line (self, position);
}

static void
on_row_activated_cb (MashReportsPage *self,
                     guint            position)
{
  g_autoptr (MashReportLine) line = g_list_model_get_item (self->contacts_behind, position);

  if (mash_report_line_get_contact (line) != NULL)
    mash_page_go (MASH_PAGE (self), "win.open-contact", mash_report_line_get_contact (line));
}

static void
back_to_report_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  MashReportsPage *self = MASH_REPORTS_PAGE (widget);

  gtk_stack_set_visible_child_name (self->stack, "report");
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

/* The report that is shown, on paper. */
MashPaper *
mash_reports_page_dup_paper (MashReportsPage *self)
{
  g_autofree char *hub = NULL;

  g_return_val_if_fail (MASH_IS_REPORTS_PAGE (self) && self->weekly != NULL, NULL);

  g_object_get (mash_page_get_service (MASH_PAGE (self)), "hub-name", &hub, NULL);

  return mash_weekly_paper_new (self->weekly, hub);
}

static void
save_pdf (MashReportsPage *self)
{
  if (self->weekly != NULL)
    mash_report_export_paper (MASH_PAGE (self), REPORT_FILE, self->weekly->first_day,
                              self->weekly->last_day, mash_reports_page_dup_paper (self));
}

static void
save_pdf_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  save_pdf (MASH_REPORTS_PAGE (widget));
}

static void
save_csv_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  MashReportsPage *self = MASH_REPORTS_PAGE (widget);
  g_autofree char *csv = NULL;

  if (self->weekly == NULL)
    return;

  csv = mash_service_dup_weekly_csv (self->weekly);
  mash_report_export_table (MASH_PAGE (self), REPORT_FILE, self->weekly->first_day,
                            self->weekly->last_day, csv);
}

static void
print_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  MashReportsPage *self = MASH_REPORTS_PAGE (widget);
  g_autoptr (MashPaper) paper = NULL;

  if (self->weekly == NULL)
    return;

  paper = mash_reports_page_dup_paper (self);
  mash_page_print (MASH_PAGE (self), paper);
}

static void
on_count_failed_cb (MashReportsPage *self,
                    GError          *error)
{
  mash_page_say_error (MASH_PAGE (self), g_error_copy (error));
}

static void
on_compact_cb (MashReportsPage *self)
{
  guint compact;

  g_object_get (self, "compact", &compact, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  compact > 0 ? GTK_ORIENTATION_VERTICAL
                                              : GTK_ORIENTATION_HORIZONTAL);
  adw_clamp_set_maximum_size (self->side, compact > 0 ? G_MAXINT16 : SIDE_WIDTH);
}

static void
mash_reports_page_enter (MashPage *page)
{
  MashReportsPage *self = MASH_REPORTS_PAGE (page);

  if (self->weekly == NULL)
    self->last_day = get_today (self);
  read_report (self);
}

static void
mash_reports_page_renew (MashPage *page)
{
  MashReportsPage *self = MASH_REPORTS_PAGE (page);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "rows"))
    gtk_widget_activate_action (GTK_WIDGET (page), "reports.back", NULL);
  gtk_column_view_set_model (self->rows, NULL);
  read_report (self);
}

static void
mash_reports_page_leave (MashPage *page)
{
  MashReportsPage *self = MASH_REPORTS_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
mash_reports_page_run_main (MashPage *page)
{
  save_pdf (MASH_REPORTS_PAGE (page));
}

static void
mash_reports_page_dispose (GObject *object)
{
  MashReportsPage *self = MASH_REPORTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->contacts_behind);
  g_clear_pointer (&self->weekly, mash_weekly_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_REPORTS_PAGE);

  G_OBJECT_CLASS (mash_reports_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, period);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, earlier_button);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, later_button);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, length);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, making);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, columns);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, side);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, figures);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, chart);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, table);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, sum_image);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, sum_words);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, people);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, counts);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, definitions);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, rows_title);
  gtk_widget_class_bind_template_child (widget_class, MashReportsPage, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_length_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_line_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_count_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_report);
}

static void
mash_reports_page_class_init (MashReportsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_reports_page_dispose;

  g_type_ensure (MASH_TYPE_BANNER);
  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_COUNTS_PANEL);
  g_type_ensure (MASH_TYPE_FIGURE_ITEM);
  g_type_ensure (MASH_TYPE_FIGURE_LIST);
  g_type_ensure (MASH_TYPE_REPORT_FIGURE);
  g_type_ensure (MASH_TYPE_REPORT_LINE);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/reports/mash-reports-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "reports.earlier", NULL, earlier_cb);
  gtk_widget_class_install_action (widget_class, "reports.later", NULL, later_cb);
  gtk_widget_class_install_action (widget_class, "reports.save-pdf", NULL, save_pdf_cb);
  gtk_widget_class_install_action (widget_class, "reports.save-csv", NULL, save_csv_cb);
  gtk_widget_class_install_action (widget_class, "reports.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "reports.back", NULL, back_to_report_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_ALT_MASK,
                                       "reports.earlier", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_ALT_MASK,
                                       "reports.later", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK,
                                       "reports.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "reports.back", NULL);

  MASH_PAGE_CLASS (klass)->enter = mash_reports_page_enter;
  MASH_PAGE_CLASS (klass)->leave = mash_reports_page_leave;
  MASH_PAGE_CLASS (klass)->renew = mash_reports_page_renew;
  MASH_PAGE_CLASS (klass)->run_main = mash_reports_page_run_main;
}

static void
show_definitions (MashReportsPage *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < MASH_N_FIGURES; i++)
    {
      if (words->len > 0)
        g_string_append (words, "\n\n");
      g_string_append_printf (words, "%s: %s", mash_figure_get_label (i),
                              mash_figure_get_definition (i));
    }
  gtk_label_set_label (self->definitions, words->str);
}

static void
mash_reports_page_init (MashReportsPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->n_weeks = lengths[FIRST_LENGTH];
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *name = g_strdup_printf (ngettext ("%u week", "%u weeks", lengths[i]),
                                               lengths[i]);

      gtk_string_list_append (names, name);
    }
  gtk_drop_down_set_model (self->length, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->length, FIRST_LENGTH);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->length))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, _("Length of the period"), -1);
  gtk_drawing_area_set_draw_func (self->chart, draw_chart_cb, self, NULL);
  g_signal_connect (self, "notify::compact", G_CALLBACK (on_compact_cb), NULL);
  show_definitions (self);
}

GtkWidget *
mash_reports_page_new (void)
{
  return g_object_new (MASH_TYPE_REPORTS_PAGE, NULL);
}

gboolean
mash_reports_page_is_filled (MashReportsPage *self)
{
  g_return_val_if_fail (MASH_IS_REPORTS_PAGE (self), FALSE);

  return self->weekly != NULL;
}

/**
 * mash_reports_page_open_line:
 * @self: a page that shows a report
 * @line: a line of its table
 *
 * Shows the contacts behind a figure. What teams counted stands beside the table already.
 */
void
mash_reports_page_open_line (MashReportsPage *self,
                             guint            line)
{
  g_return_if_fail (MASH_IS_REPORTS_PAGE (self) && self->weekly != NULL);

  if (line == MASH_FIGURE_ASSESSMENTS)
    {
      gtk_widget_child_focus (GTK_WIDGET (self->counts), GTK_DIR_TAB_FORWARD);
      return;
    }

  set_words (self->rows_title, "%s: %u", mash_figure_get_label (line),
             self->weekly->totals[line]);
  mash_service_list_figure_async (mash_page_get_service (MASH_PAGE (self)), self->weekly,
                                  MASH_ALL_WEEKS, line, NULL, on_rows_read_cb,
                                  g_object_ref (self));
}

/* How many contacts are listed behind the figure that was opened last. */
guint
mash_reports_page_get_n_rows (MashReportsPage *self)
{
  g_return_val_if_fail (MASH_IS_REPORTS_PAGE (self), 0);

  return self->contacts_behind != NULL ? g_list_model_get_n_items (self->contacts_behind) : 0;
}
