/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-urgency-chip.h"

#include <glib/gi18n.h>

#include "mash-dispose.h"
#include "mash-set-str.h"
#include "mash-words.h"

struct _MashUrgencyChip
{
  GtkWidget  parent_instance;

  GtkImage  *image;
  GtkLabel  *label;

  char      *brag;
};

G_DEFINE_FINAL_TYPE (MashUrgencyChip, mash_urgency_chip, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BRAG,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The words stand in mash-words.c, for rows are announced with them too. */
static const struct
{
  const char *code;
  const char *css;
  const char *icon;
} shapes[] = {
  { "R", "red", "mash-red-symbolic" },
  { "A", "amber", "mash-amber-symbolic" },
  { "G", "green", "mash-green-symbolic" },
  { "B", "blue", "mash-blue-symbolic" },
};

static void
show_brag (MashUrgencyChip *self)
{
  const char *icon = "mash-unset-symbolic";
  g_autofree char *word = mash_words_urgency (self->brag);
  g_autofree char *spoken = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      if (g_strcmp0 (shapes[i].code, self->brag) == 0)
        {
          icon = shapes[i].icon;
          gtk_widget_add_css_class (GTK_WIDGET (self), shapes[i].css);
        }
      else
        {
          gtk_widget_remove_css_class (GTK_WIDGET (self), shapes[i].css);
        }
    }

  gtk_image_set_from_icon_name (self->image, icon);
  gtk_label_set_label (self->label, word);
  /* Translators: %s is the word on the chip: Red, Amber, Green, Blue or Not set. */
  spoken = g_strdup_printf (_("Urgency: %s"), word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
}

static void
mash_urgency_chip_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MashUrgencyChip *self = MASH_URGENCY_CHIP (object);

  switch (prop_id)
    {
    case PROP_BRAG:
      g_value_set_string (value, self->brag);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_urgency_chip_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  MashUrgencyChip *self = MASH_URGENCY_CHIP (object);

  switch (prop_id)
    {
    case PROP_BRAG:
      mash_urgency_chip_set_brag (self, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_urgency_chip_dispose (GObject *object)
{
  mash_dispose_template (GTK_WIDGET (object), MASH_TYPE_URGENCY_CHIP);

  G_OBJECT_CLASS (mash_urgency_chip_parent_class)->dispose (object);
}

static void
mash_urgency_chip_finalize (GObject *object)
{
  g_free (MASH_URGENCY_CHIP (object)->brag);

  G_OBJECT_CLASS (mash_urgency_chip_parent_class)->finalize (object);
}

static void
mash_urgency_chip_class_init (MashUrgencyChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_urgency_chip_get_property;
  object_class->set_property = mash_urgency_chip_set_property;
  object_class->dispose = mash_urgency_chip_dispose;
  object_class->finalize = mash_urgency_chip_finalize;

  properties[PROP_BRAG] =
    g_param_spec_string ("brag", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "mash-urgency-chip");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/widgets/mash-urgency-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, MashUrgencyChip, image);
  gtk_widget_class_bind_template_child (widget_class, MashUrgencyChip, label);
}

static void
mash_urgency_chip_init (MashUrgencyChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_brag (self);
}

GtkWidget *
mash_urgency_chip_new (void)
{
  return g_object_new (MASH_TYPE_URGENCY_CHIP, NULL);
}

/**
 * mash_urgency_chip_get_brag:
 * @self: a chip
 *
 * Returns: (nullable): the code shown, of the list BRAG
 */
const char *
mash_urgency_chip_get_brag (MashUrgencyChip *self)
{
  g_return_val_if_fail (MASH_IS_URGENCY_CHIP (self), NULL);

  return self->brag;
}

/**
 * mash_urgency_chip_set_brag:
 * @self: a chip
 * @brag: (nullable): a code of the list BRAG; %NULL while nobody has set one
 */
void
mash_urgency_chip_set_brag (MashUrgencyChip *self,
                            const char      *brag)
{
  g_return_if_fail (MASH_IS_URGENCY_CHIP (self));

  if (!mash_set_str (&self->brag, brag))
    return;

  show_brag (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BRAG]);
}
