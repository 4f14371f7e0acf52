/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tag.h"

#include <string.h>

#include "mash-dispose.h"
#include "mash-set-str.h"

struct _MashTag
{
  GtkWidget parent_instance;

  GtkImage *image;
  GtkLabel *word;

  char     *label;
  char     *icon_name;
  char     *look;
};

G_DEFINE_FINAL_TYPE (MashTag, mash_tag, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_ICON_NAME,
  PROP_LOOK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const looks[] = { "amber", "red", "yours", "small" };

static void
show (MashTag *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      if (self->look != NULL && strstr (self->look, looks[i]) != NULL)
        gtk_widget_add_css_class (GTK_WIDGET (self), looks[i]);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i]);
    }

  gtk_label_set_label (self->word, self->label != NULL ? self->label : "");
  gtk_image_set_from_icon_name (self->image, self->icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->image), self->icon_name != NULL);
}

static void
mash_tag_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  MashTag *self = MASH_TAG (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;

    case PROP_LOOK:
      g_value_set_string (value, self->look);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_tag_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  MashTag *self = MASH_TAG (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_LABEL:
      changed = mash_set_str (&self->label, g_value_get_string (value));
      break;

    case PROP_ICON_NAME:
      changed = mash_set_str (&self->icon_name, g_value_get_string (value));
      break;

    case PROP_LOOK:
      changed = mash_set_str (&self->look, g_value_get_string (value));
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
mash_tag_dispose (GObject *object)
{
  mash_dispose_template (GTK_WIDGET (object), MASH_TYPE_TAG);

  G_OBJECT_CLASS (mash_tag_parent_class)->dispose (object);
}

static void
mash_tag_finalize (GObject *object)
{
  MashTag *self = MASH_TAG (object);

  g_free (self->label);
  g_free (self->icon_name);
  g_free (self->look);

  G_OBJECT_CLASS (mash_tag_parent_class)->finalize (object);
}

static void
mash_tag_class_init (MashTagClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_tag_get_property;
  object_class->set_property = mash_tag_set_property;
  object_class->dispose = mash_tag_dispose;
  object_class->finalize = mash_tag_finalize;

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] =
    g_param_spec_string ("icon-name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOOK] =
    g_param_spec_string ("look", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "mash-tag");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/widgets/mash-tag.ui");
  gtk_widget_class_bind_template_child (widget_class, MashTag, image);
  gtk_widget_class_bind_template_child (widget_class, MashTag, word);
}

static void
mash_tag_init (MashTag *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

GtkWidget *
mash_tag_new (void)
{
  return g_object_new (MASH_TYPE_TAG, NULL);
}
