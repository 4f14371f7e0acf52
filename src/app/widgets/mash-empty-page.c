/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-empty-page.h"

#include "mash-dispose.h"
#include "mash-set-str.h"

struct _MashEmptyPage
{
  GtkWidget  parent_instance;

  GtkImage  *image;
  GtkLabel  *heading;
  GtkLabel  *sentence;
  GtkButton *button;

  char      *icon_name;
  char      *title;
  char      *description;
  char      *button_label;
  char      *action_name;
};

G_DEFINE_FINAL_TYPE (MashEmptyPage, mash_empty_page, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_BUTTON_LABEL,
  PROP_ACTION_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show (MashEmptyPage *self)
{
  gtk_image_set_from_icon_name (self->image, self->icon_name);
  gtk_label_set_label (self->heading, self->title != NULL ? self->title : "");
  gtk_label_set_label (self->sentence, self->description != NULL ? self->description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), self->description != NULL);
  gtk_button_set_label (self->button, self->button_label != NULL ? self->button_label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), self->action_name);
  gtk_widget_set_visible (GTK_WIDGET (self->button), self->button_label != NULL);
}

static void
mash_empty_page_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  MashEmptyPage *self = MASH_EMPTY_PAGE (object);

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;

    case PROP_BUTTON_LABEL:
      g_value_set_string (value, self->button_label);
      break;

    case PROP_ACTION_NAME:
      g_value_set_string (value, self->action_name);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_empty_page_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  MashEmptyPage *self = MASH_EMPTY_PAGE (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      changed = mash_set_str (&self->icon_name, g_value_get_string (value));
      break;

    case PROP_TITLE:
      changed = mash_set_str (&self->title, g_value_get_string (value));
      break;

    case PROP_DESCRIPTION:
      changed = mash_set_str (&self->description, g_value_get_string (value));
      break;

    case PROP_BUTTON_LABEL:
      changed = mash_set_str (&self->button_label, g_value_get_string (value));
      break;

    case PROP_ACTION_NAME:
      changed = mash_set_str (&self->action_name, g_value_get_string (value));
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
mash_empty_page_dispose (GObject *object)
{
  mash_dispose_template (GTK_WIDGET (object), MASH_TYPE_EMPTY_PAGE);

  G_OBJECT_CLASS (mash_empty_page_parent_class)->dispose (object);
}

static void
mash_empty_page_finalize (GObject *object)
{
  MashEmptyPage *self = MASH_EMPTY_PAGE (object);

  g_free (self->icon_name);
  g_free (self->title);
  g_free (self->description);
  g_free (self->button_label);
  g_free (self->action_name);

  G_OBJECT_CLASS (mash_empty_page_parent_class)->finalize (object);
}

static void
mash_empty_page_class_init (MashEmptyPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_empty_page_get_property;
  object_class->set_property = mash_empty_page_set_property;
  object_class->dispose = mash_empty_page_dispose;
  object_class->finalize = mash_empty_page_finalize;

  properties[PROP_ICON_NAME] =
    g_param_spec_string ("icon-name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DESCRIPTION] =
    g_param_spec_string ("description", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUTTON_LABEL] =
    g_param_spec_string ("button-label", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACTION_NAME] =
    g_param_spec_string ("action-name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/widgets/mash-empty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MashEmptyPage, image);
  gtk_widget_class_bind_template_child (widget_class, MashEmptyPage, heading);
  gtk_widget_class_bind_template_child (widget_class, MashEmptyPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, MashEmptyPage, button);
}

static void
mash_empty_page_init (MashEmptyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

GtkWidget *
mash_empty_page_new (void)
{
  return g_object_new (MASH_TYPE_EMPTY_PAGE, NULL);
}
