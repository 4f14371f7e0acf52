/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-clock-label.h"

#include "mash-dispose.h"
#include "mash-set-str.h"
#include "mash-words.h"

struct _MashClockLabel
{
  GtkWidget       parent_instance;

  GtkImage       *image;
  GtkInscription *first_line;
  GtkInscription *second_line;

  char           *first;
  char           *second;
  guint           state;
  guint           snug : 1;   /* as wide as its words, and not as a column of them */
};

G_DEFINE_FINAL_TYPE (MashClockLabel, mash_clock_label, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FIRST,
  PROP_SECOND,
  PROP_STATE,
  PROP_SNUG,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show_state (MashClockLabel *self,
            const char     *css,
            const char     *icon)
{
  const char *const classes[] = { css, NULL };

  gtk_widget_set_css_classes (GTK_WIDGET (self), css != NULL ? (const char **) classes
                                                             : (const char *[]) { NULL });
  gtk_image_set_from_icon_name (self->image, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->image), icon != NULL);
}

static void
fit (GtkInscription *line,
     const char     *words)
{
  gtk_inscription_set_nat_chars (line, words != NULL ? (guint) g_utf8_strlen (words, -1) : 0);
}

static void
show (MashClockLabel *self)
{
  g_autofree char *spoken = NULL;

  switch ((MashClockState) self->state)
    {
    case MASH_CLOCK_WARNING:
      show_state (self, "warning", "alarm-symbolic");
      break;

    case MASH_CLOCK_LATE:
    case MASH_CLOCK_BROKEN:
      show_state (self, "late", "emblem-important-symbolic");
      break;

    case MASH_CLOCK_RUNNING:
    case MASH_CLOCK_HELD:
    case MASH_CLOCK_NONE:
    default:
      show_state (self, NULL, NULL);
      break;
    }

  gtk_inscription_set_text (self->first_line, self->first);
  gtk_inscription_set_text (self->second_line, self->second);
  if (self->snug)
    {
      fit (self->first_line, self->first);
      fit (self->second_line, self->second);
    }

  spoken = mash_words_join (", ", self->first, self->second, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
}

static void
mash_clock_label_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  MashClockLabel *self = MASH_CLOCK_LABEL (object);

  switch (prop_id)
    {
    case PROP_FIRST:
      g_value_set_string (value, self->first);
      break;

    case PROP_SECOND:
      g_value_set_string (value, self->second);
      break;

    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;

    case PROP_SNUG:
      g_value_set_boolean (value, self->snug);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_clock_label_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  MashClockLabel *self = MASH_CLOCK_LABEL (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_FIRST:
      changed = mash_set_str (&self->first, g_value_get_string (value));
      break;

    case PROP_SECOND:
      changed = mash_set_str (&self->second, g_value_get_string (value));
      break;

    case PROP_STATE:
      changed = self->state != g_value_get_uint (value);
      self->state = g_value_get_uint (value);
      break;

    case PROP_SNUG:
      changed = self->snug != g_value_get_boolean (value);
      self->snug = g_value_get_boolean (value);
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
mash_clock_label_dispose (GObject *object)
{
  mash_dispose_template (GTK_WIDGET (object), MASH_TYPE_CLOCK_LABEL);

  G_OBJECT_CLASS (mash_clock_label_parent_class)->dispose (object);
}

static void
mash_clock_label_finalize (GObject *object)
{
  MashClockLabel *self = MASH_CLOCK_LABEL (object);

  g_free (self->first);
  g_free (self->second);

  G_OBJECT_CLASS (mash_clock_label_parent_class)->finalize (object);
}

static void
mash_clock_label_class_init (MashClockLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_clock_label_get_property;
  object_class->set_property = mash_clock_label_set_property;
  object_class->dispose = mash_clock_label_dispose;
  object_class->finalize = mash_clock_label_finalize;

  properties[PROP_FIRST] =
    g_param_spec_string ("first", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SECOND] =
    g_param_spec_string ("second", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SNUG] =
    g_param_spec_boolean ("snug", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "mash-clock-label");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/widgets/mash-clock-label.ui");
  gtk_widget_class_bind_template_child (widget_class, MashClockLabel, image);
  gtk_widget_class_bind_template_child (widget_class, MashClockLabel, first_line);
  gtk_widget_class_bind_template_child (widget_class, MashClockLabel, second_line);
}

static void
mash_clock_label_init (MashClockLabel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->state = MASH_CLOCK_NONE;
  show (self);
}

GtkWidget *
mash_clock_label_new (void)
{
  return g_object_new (MASH_TYPE_CLOCK_LABEL, NULL);
}
