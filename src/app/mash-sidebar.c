/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-sidebar.h"

#include <glib/gi18n.h>

#include "mash-dispose.h"
#include "mash-service-board.h"
#include "mash-service-hub.h"
#include "mash-sidebar-row.h"
#include "mash-tray-info.h"

struct _MashSidebar
{
  GtkWidget      parent_instance;

  GtkWidget     *head;
  GtkLabel      *head_title;
  GtkWidget     *training_tag;
  GtkMenuButton *menu_button;
  GtkLabel      *trays_label;
  GtkListBox    *list;
  GtkBox        *status;
  GtkWidget     *status_words;
  GtkWidget     *status_icon;
  GtkLabel      *status_hub;
  GtkLabel      *status_unsent;

  GtkWidget     *rows[MASH_N_TRAYS];
  GtkWidget     *actions_row;
  GtkWidget     *reports_row;
  MashService   *service;

  guint          folded : 1;
};

G_DEFINE_FINAL_TYPE (MashSidebar, mash_sidebar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SERVICE,
  PROP_FOLDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  TRAY_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_counts (MashSidebar *self)
{
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      guint count = self->service != NULL ? mash_service_get_tray_count (self->service, i) : 0;

      g_object_set (self->rows[i], "count", count, NULL);
    }
  g_object_set (self->actions_row,
                "count", self->service != NULL ? mash_service_get_n_actions (self->service) : 0,
                NULL);
}

static void
show (MashSidebar *self)
{
  GtkOrientation status = self->folded ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
  gboolean training = self->service != NULL && mash_service_get_training (self->service);

  gtk_widget_set_visible (GTK_WIDGET (self->head_title), !self->folded);
  gtk_widget_set_visible (self->training_tag, !self->folded && training);
  gtk_widget_set_visible (GTK_WIDGET (self->trays_label), !self->folded);
  gtk_widget_set_visible (self->status_words, !self->folded);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->status), status);
  if (self->folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "folded");

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    g_object_set (self->rows[i], "folded", self->folded, NULL);
  g_object_set (self->actions_row, "folded", self->folded, NULL);
  g_object_set (self->reports_row, "folded", self->folded, NULL);
  update_counts (self);
}

static void
make_rows (MashSidebar *self)
{
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      const MashTrayInfo *info = mash_tray_info_get (i);

      self->rows[i] = g_object_new (MASH_TYPE_SIDEBAR_ROW,
                                    "icon-name", info->icon,
                                    "title", _(info->title),
                                    "key", i + 1,
                                    "warns", i == MASH_TRAY_LATE,
                                    NULL);
      gtk_list_box_append (self->list, self->rows[i]);
    }
  self->actions_row = g_object_new (MASH_TYPE_SIDEBAR_ROW,
                                    "icon-name", "object-select-symbolic",
                                    "title", _("Actions"),
                                    "key", MASH_N_TRAYS + 2,
                                    "of-actions", TRUE,
                                    NULL);
  gtk_list_box_append (self->list, self->actions_row);
  self->reports_row = g_object_new (MASH_TYPE_SIDEBAR_ROW,
                                    "icon-name", "x-office-spreadsheet-symbolic",
                                    "title", _("Reports"),
                                    "key", MASH_N_TRAYS + 1,
                                    "counts", FALSE,
                                    NULL);
  gtk_list_box_append (self->list, self->reports_row);
}

/* Where the desk has a central hub: whether it answers, and what waits for it. */
static void
show_hub (MashSidebar *self)
{
  const MashHubReading *reading = mash_service_get_hub_reading (self->service);
  guint n = reading->unsent.n_changes;
  gboolean near = reading->state == MASH_HUB_NEAR || reading->state == MASH_HUB_FILLING;
  const char *hub = near ? _("In touch with the hub") : _("Out of touch with the hub");
  g_autofree char *unsent = NULL;
  g_autofree char *spoken = NULL;

  if (reading->state == MASH_HUB_OWN)
    return;

  unsent = n == 0 ? g_strdup (_("Nothing unsent"))
                  : g_strdup_printf (ngettext ("%u change unsent", "%u changes unsent", n), n);
  /* Translators: whether the hub answers, and how much has not been sent. */
  spoken = g_strdup_printf (_("%s. %s."), hub, unsent);
  gtk_label_set_text (self->status_hub, hub);
  gtk_label_set_text (self->status_unsent, unsent);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->status_icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (near)
    gtk_widget_add_css_class (self->status_icon, "mash-good");
  else
    gtk_widget_remove_css_class (self->status_icon, "mash-good");
}

static void
on_service_changed_cb (MashSidebar *self)
{
  if (self->service == NULL)
    return;

  g_signal_connect_object (self->service, "hub-changed", G_CALLBACK (show_hub), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "counts-changed", G_CALLBACK (update_counts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "notify::training", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
}

static void
on_row_activated_cb (MashSidebar   *self,
                     GtkListBoxRow *row)
{
  if (GTK_WIDGET (row) == self->actions_row)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.actions", NULL);
  else if (GTK_WIDGET (row) == self->reports_row)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.reports", NULL);
  else
    g_signal_emit (self, signals[TRAY_CHOSEN], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
mash_sidebar_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  MashSidebar *self = MASH_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_SERVICE:
      g_value_set_object (value, self->service);
      break;

    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_sidebar_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  MashSidebar *self = MASH_SIDEBAR (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_SERVICE:
      changed = g_set_object (&self->service, g_value_get_object (value));
      break;

    case PROP_FOLDED:
      changed = self->folded != g_value_get_boolean (value);
      self->folded = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (!changed)
    return;

  show (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
mash_sidebar_dispose (GObject *object)
{
  MashSidebar *self = MASH_SIDEBAR (object);

  g_clear_object (&self->service);
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_SIDEBAR);

  G_OBJECT_CLASS (mash_sidebar_parent_class)->dispose (object);
}

static void
mash_sidebar_class_init (MashSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_sidebar_get_property;
  object_class->set_property = mash_sidebar_set_property;
  object_class->dispose = mash_sidebar_dispose;

  properties[PROP_SERVICE] =
    g_param_spec_object ("service", NULL, NULL, MASH_TYPE_SERVICE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[TRAY_CHOSEN] =
    g_signal_new ("tray-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "mash-sidebar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/mash-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, head);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, head_title);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, training_tag);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, trays_label);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, status);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, status_words);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, status_icon);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, status_hub);
  gtk_widget_class_bind_template_child (widget_class, MashSidebar, status_unsent);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
mash_sidebar_init (MashSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_rows (self);
  g_signal_connect (self, "notify::service", G_CALLBACK (on_service_changed_cb), NULL);
  show (self);
}

GtkWidget *
mash_sidebar_new (void)
{
  return g_object_new (MASH_TYPE_SIDEBAR, NULL);
}

/**
 * mash_sidebar_select:
 * @self: a sidebar
 * @tray: the tray that is shown, %MASH_SIDEBAR_ACTIONS or %MASH_SIDEBAR_REPORTS; -1 when it is none
 *   of them
 */
void
mash_sidebar_select (MashSidebar *self,
                     int          tray)
{
  g_return_if_fail (MASH_IS_SIDEBAR (self));

  if (tray >= 0 && tray < MASH_N_TRAYS)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (self->rows[tray]));
  else if (tray == MASH_SIDEBAR_ACTIONS)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (self->actions_row));
  else if (tray == MASH_SIDEBAR_REPORTS)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (self->reports_row));
  else
    gtk_list_box_unselect_all (self->list);
}
