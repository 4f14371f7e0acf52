/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-sidebar-row.h"

#include <glib/gi18n.h>

#include "mash-set-str.h"

struct _MashSidebarRow
{
  GtkListBoxRow parent_instance;

  GtkBox       *box;
  GtkImage     *image;
  GtkLabel     *title_label;
  GtkLabel     *count_label;

  char         *icon_name;
  char         *title;
  guint         count;
  guint         key;

  guint         folded : 1;
  guint         warns : 1;
  guint         counts : 1;
  guint         of_actions : 1;
};

G_DEFINE_FINAL_TYPE (MashSidebarRow, mash_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_COUNT,
  PROP_KEY,
  PROP_FOLDED,
  PROP_WARNS,
  PROP_COUNTS,
  PROP_OF_ACTIONS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show_count (MashSidebarRow *self)
{
  g_autofree char *count = g_strdup_printf ("%u", self->count);
  gboolean pill = self->warns && self->count > 0;

  gtk_label_set_label (self->count_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label),
                          self->counts && (self->count > 0 || !self->folded));
  if (pill)
    gtk_widget_add_css_class (GTK_WIDGET (self->count_label), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->count_label), "late");
}

static void
show (MashSidebarRow *self)
{
  const char *title = self->title != NULL ? self->title : "";
  g_autofree char *tooltip = g_strdup_printf ("%s (Alt+%u)", title, self->key % 10);
  g_autofree char *spoken = NULL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  self->folded ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->box, self->folded ? 0 : 12);
  gtk_image_set_from_icon_name (self->image, self->icon_name);
  gtk_label_set_label (self->title_label, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title_label), !self->folded);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  show_count (self);

  if (self->of_actions)
    /* Translators: the name of a page, and how many actions are open. */
    spoken = g_strdup_printf (ngettext ("%s, %u open", "%s, %u open", self->count),
                              title, self->count);
  else
    /* Translators: the name of a tray, and how many contacts are in it. */
    spoken = g_strdup_printf (ngettext ("%s, %u contact", "%s, %u contacts", self->count),
                              title, self->count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->counts ? spoken : title,
                                  -1);
}

static void
mash_sidebar_row_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  MashSidebarRow *self = MASH_SIDEBAR_ROW (object);

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;

    case PROP_KEY:
      g_value_set_uint (value, self->key);
      break;

    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;

    case PROP_WARNS:
      g_value_set_boolean (value, self->warns);
      break;

    case PROP_COUNTS:
      g_value_set_boolean (value, self->counts);
      break;

    case PROP_OF_ACTIONS:
      g_value_set_boolean (value, self->of_actions);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_sidebar_row_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  MashSidebarRow *self = MASH_SIDEBAR_ROW (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      changed = mash_set_str (&self->icon_name, g_value_get_string (value));
      break;

    case PROP_TITLE:
      changed = mash_set_str (&self->title, g_value_get_string (value));
      break;

    case PROP_COUNT:
      changed = self->count != g_value_get_uint (value);
      self->count = g_value_get_uint (value);
      break;

    case PROP_KEY:
      changed = self->key != g_value_get_uint (value);
      self->key = g_value_get_uint (value);
      break;

    case PROP_FOLDED:
      changed = self->folded != g_value_get_boolean (value);
      self->folded = g_value_get_boolean (value);
      break;

    case PROP_WARNS:
      changed = self->warns != g_value_get_boolean (value);
      self->warns = g_value_get_boolean (value);
      break;

    case PROP_COUNTS:
      changed = self->counts != g_value_get_boolean (value);
      self->counts = g_value_get_boolean (value);
      break;

    case PROP_OF_ACTIONS:
      changed = self->of_actions != g_value_get_boolean (value);
      self->of_actions = g_value_get_boolean (value);
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
mash_sidebar_row_dispose (GObject *object)
{
  /* The row would let go of a bound child a second time. */
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_SIDEBAR_ROW);

  G_OBJECT_CLASS (mash_sidebar_row_parent_class)->dispose (object);
}

static void
mash_sidebar_row_finalize (GObject *object)
{
  MashSidebarRow *self = MASH_SIDEBAR_ROW (object);

  g_free (self->icon_name);
  g_free (self->title);

  G_OBJECT_CLASS (mash_sidebar_row_parent_class)->finalize (object);
}

static void
mash_sidebar_row_class_init (MashSidebarRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_sidebar_row_get_property;
  object_class->set_property = mash_sidebar_row_set_property;
  object_class->dispose = mash_sidebar_row_dispose;
  object_class->finalize = mash_sidebar_row_finalize;

  properties[PROP_ICON_NAME] =
    g_param_spec_string ("icon-name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNT] =
    g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_KEY] =
    g_param_spec_uint ("key", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WARNS] =
    g_param_spec_boolean ("warns", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNTS] =
    g_param_spec_boolean ("counts", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_OF_ACTIONS] =
    g_param_spec_boolean ("of-actions", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/mash-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MashSidebarRow, box);
  gtk_widget_class_bind_template_child (widget_class, MashSidebarRow, image);
  gtk_widget_class_bind_template_child (widget_class, MashSidebarRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, MashSidebarRow, count_label);
}

static void
mash_sidebar_row_init (MashSidebarRow *self)
{
  self->counts = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mash_sidebar_row_new (void)
{
  return g_object_new (MASH_TYPE_SIDEBAR_ROW, NULL);
}
