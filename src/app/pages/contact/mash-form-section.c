/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-form-section.h"

struct _MashFormSection
{
  GtkBox     parent_instance;

  /* Children */
  GtkWidget *number;
  GtkWidget *title;
};

G_DEFINE_FINAL_TYPE (MashFormSection, mash_form_section, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_NUMBER,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
mash_form_section_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MashFormSection *self = MASH_FORM_SECTION (object);

  switch (prop_id)
    {
    case PROP_NUMBER:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->number)));
      break;

    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->title)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_form_section_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  MashFormSection *self = MASH_FORM_SECTION (object);
  const char *text = g_value_get_string (value);

  switch (prop_id)
    {
    case PROP_NUMBER:
      gtk_label_set_text (GTK_LABEL (self->number), text != NULL ? text : "");
      gtk_widget_set_visible (self->number, text != NULL);
      break;

    case PROP_TITLE:
      gtk_label_set_text (GTK_LABEL (self->title), text != NULL ? text : "");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      text != NULL ? text : "", -1);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_form_section_class_init (MashFormSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_form_section_get_property;
  object_class->set_property = mash_form_section_set_property;

  properties[PROP_NUMBER] = g_param_spec_string ("number", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mash_form_section_init (MashFormSection *self)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->number = gtk_label_new (NULL);
  gtk_widget_set_visible (self->number, FALSE);
  gtk_widget_add_css_class (self->number, "mash-heading");
  gtk_widget_add_css_class (self->number, "numeric");
  self->title = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_widget_add_css_class (self->title, "mash-heading");
  gtk_box_append (GTK_BOX (heading), self->number);
  gtk_box_append (GTK_BOX (heading), self->title);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_box_append (GTK_BOX (self), heading);
}

const char *
mash_form_section_get_title (MashFormSection *self)
{
  g_return_val_if_fail (MASH_IS_FORM_SECTION (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->title));
}
