/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-report-figure.h"

#include <glib/gi18n.h>

#include "mash-dispose.h"

struct _MashReportFigure
{
  GtkWidget parent_instance;

  GtkLabel *number;
  GtkLabel *name;
  GtkLabel *average;
};

G_DEFINE_FINAL_TYPE (MashReportFigure, mash_report_figure, GTK_TYPE_WIDGET)

static void
mash_report_figure_dispose (GObject *object)
{
  mash_dispose_template (GTK_WIDGET (object), MASH_TYPE_REPORT_FIGURE);

  G_OBJECT_CLASS (mash_report_figure_parent_class)->dispose (object);
}

static void
mash_report_figure_class_init (MashReportFigureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_report_figure_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/reports/mash-report-figure.ui");
  gtk_widget_class_bind_template_child (widget_class, MashReportFigure, number);
  gtk_widget_class_bind_template_child (widget_class, MashReportFigure, name);
  gtk_widget_class_bind_template_child (widget_class, MashReportFigure, average);
}

static void
mash_report_figure_init (MashReportFigure *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_report_figure_show:
 * @self: a figure
 * @weekly: a report
 * @figure: a line of it
 */
void
mash_report_figure_show (MashReportFigure *self,
                         const MashWeekly *weekly,
                         MashFigure        figure)
{
  g_autofree char *number = mash_figure_dup_number (weekly->totals[figure]);
  guint average = mash_weekly_get_average (weekly, figure);
  g_autofree char *words = NULL;

  g_return_if_fail (MASH_IS_REPORT_FIGURE (self));

  if (mash_weekly_is_partial (weekly, figure))
    words = g_strdup_printf (_("%u a week, only %u of %u weeks"), average, weekly->counted_weeks,
                             weekly->n_weeks);
  else if (figure == MASH_FIGURE_CONTACTS || figure == MASH_FIGURE_ASSESSMENTS)
    words = g_strdup_printf (_("%u a week"), average);
  else
    words = g_strdup_printf (_("%u a week, %u %%"), average,
                             mash_weekly_get_share (weekly, figure));
  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->name, mash_figure_get_label (figure));
  gtk_label_set_label (self->average, words);
}
