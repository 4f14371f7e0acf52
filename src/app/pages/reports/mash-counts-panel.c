/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-counts-panel.h"

#include <glib/gi18n.h>

#include "mash-dispose.h"
#include "mash-figure-list.h"
#include "mash-time.h"
#include "mash-weekly-chart.h"

#define COUNT_MAX 100000

struct _MashCountsPanel
{
  GtkWidget       parent_instance;

  MashFigureList *list;
  GtkLabel       *nothing;
  GtkDropDown    *week;
  GtkEntry       *team;
  GtkEntry       *count;
  GtkEntry       *source;
  GtkButton      *save_button;
  GtkLabel       *reason;

  MashService    *service;
  GListModel     *counts;
  int             first_monday;
};

G_DEFINE_FINAL_TYPE (MashCountsPanel, mash_counts_panel, GTK_TYPE_WIDGET)

enum
{
  SAVED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_counts (MashCountsPanel *self,
             GListModel      *counts)
{
  guint n = g_list_model_get_n_items (counts);

  g_set_object (&self->counts, counts);
  mash_figure_list_clear (self->list);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (counts, i);
      g_autofree char *week = NULL;
      g_autofree char *team = NULL;
      g_autofree char *day = NULL;
      guint count;
      int number;

      g_object_get (item, "week", &week, "team", &team, "count", &count, NULL);
      if (!mash_date_parse (week, &number))
        continue;
      day = mash_weekly_dup_day (number, FALSE);
      mash_figure_list_add (self->list, team, day, count);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), n == 0);
}

static void
on_counts_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (MashCountsPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) counts = mash_service_list_counts_finish (MASH_SERVICE (source), result,
                                                                   &error);

  if (counts != NULL)
    show_counts (self, counts);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

/* What is still missing is said under the button, which is grey until then. */
static void
update_button (MashCountsPanel *self)
{
  guint64 count;
  const char *reason = NULL;

  if (gtk_drop_down_get_selected (self->week) == GTK_INVALID_LIST_POSITION)
    reason = _("The period holds no whole week from Monday to Sunday.");
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->team)) == '\0')
    reason = _("Say which team counted.");
  else if (!g_ascii_string_to_unsigned (gtk_editable_get_text (GTK_EDITABLE (self->count)), 10, 0,
                                        COUNT_MAX, &count, NULL))
    reason = _("Say how many there were, in figures.");
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->source)) == '\0')
    reason = _("Say where the figure comes from.");

  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), reason == NULL);
  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (MashCountsPanel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mash_service_save_count_finish (MASH_SERVICE (source), result, &error))
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->count), "");
  g_signal_emit (self, signals[SAVED], 0);
}

/* The figure of the same team for the same week is put right, and no second one made. */
static char *
dup_id (MashCountsPanel *self,
        const char      *week,
        const char      *team)
{
  for (guint i = 0; self->counts != NULL && i < g_list_model_get_n_items (self->counts); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->counts, i);
      g_autofree char *id = NULL;
      g_autofree char *its_week = NULL;
      g_autofree char *its_team = NULL;

      g_object_get (item, "id", &id, "week", &its_week, "team", &its_team, NULL);
      if (g_strcmp0 (week, its_week) == 0 && g_strcmp0 (team, its_team) == 0)
        return g_steal_pointer (&id);
    }

  return NULL;
}

static void
on_save_clicked_cb (MashCountsPanel *self)
{
  int week = self->first_monday +
             (int) (gtk_drop_down_get_selected (self->week) * MASH_WEEKLY_DAYS);
  const char *team = gtk_editable_get_text (GTK_EDITABLE (self->team));
  g_autofree char *date = mash_date_format (week);
  g_autofree char *id = dup_id (self, date, team);
  guint64 count = g_ascii_strtoull (gtk_editable_get_text (GTK_EDITABLE (self->count)), NULL, 10);

  mash_service_save_count_async (self->service, id, week, team, (guint) count,
                                 gtk_editable_get_text (GTK_EDITABLE (self->source)), NULL,
                                 on_saved_cb, g_object_ref (self));
}

static void
mash_counts_panel_dispose (GObject *object)
{
  MashCountsPanel *self = MASH_COUNTS_PANEL (object);

  g_clear_object (&self->service);
  g_clear_object (&self->counts);
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_COUNTS_PANEL);

  G_OBJECT_CLASS (mash_counts_panel_parent_class)->dispose (object);
}

static void
mash_counts_panel_class_init (MashCountsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_counts_panel_dispose;

  signals[SAVED] =
    g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
    g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (MASH_TYPE_FIGURE_LIST);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/reports/mash-counts-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashCountsPanel, list);
  gtk_widget_class_bind_template_child (widget_class, MashCountsPanel, nothing);
  gtk_widget_class_bind_template_child (widget_class, MashCountsPanel, week);
  gtk_widget_class_bind_template_child (widget_class, MashCountsPanel, team);
  gtk_widget_class_bind_template_child (widget_class, MashCountsPanel, count);
  gtk_widget_class_bind_template_child (widget_class, MashCountsPanel, source);
  gtk_widget_class_bind_template_child (widget_class, MashCountsPanel, save_button);
  gtk_widget_class_bind_template_child (widget_class, MashCountsPanel, reason);
  gtk_widget_class_bind_template_callback (widget_class, update_button);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
}

static void
mash_counts_panel_init (MashCountsPanel *self)
{
  GtkWidget *inner;

  gtk_widget_init_template (GTK_WIDGET (self));
  /* A drop-down is focused at its inner button. */
  inner = gtk_widget_get_first_child (GTK_WIDGET (self->week));
  gtk_accessible_update_property (GTK_ACCESSIBLE (inner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Week from Monday"), -1);
}

/**
 * mash_counts_panel_show:
 * @self: a panel
 * @service: a service, signed in
 * @weekly: the report that is shown
 */
void
mash_counts_panel_show (MashCountsPanel *self,
                        MashService     *service,
                        MashWeekly      *weekly)
{
  g_autoptr (GtkStringList) weeks = gtk_string_list_new (NULL);
  int day = weekly->first_day;

  g_return_if_fail (MASH_IS_COUNTS_PANEL (self));

  g_set_object (&self->service, service);
  while (mash_date_get_weekday (day) != 1)
    day++;
  self->first_monday = day;
  for (; day + (int) MASH_WEEKLY_DAYS - 1 <= weekly->last_day; day += MASH_WEEKLY_DAYS)
    {
      g_autofree char *words = mash_weekly_dup_day (day, FALSE);

      gtk_string_list_append (weeks, words);
    }
  gtk_drop_down_set_model (self->week, G_LIST_MODEL (weeks));
  if (g_list_model_get_n_items (G_LIST_MODEL (weeks)) > 0)
    gtk_drop_down_set_selected (self->week, g_list_model_get_n_items (G_LIST_MODEL (weeks)) - 1);
  update_button (self);
  mash_service_list_counts_async (service, weekly->first_day, weekly->last_day, NULL,
                                  on_counts_read_cb, g_object_ref (self));
}
