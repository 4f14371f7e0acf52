/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-banner.h"

#include "mash-dispose.h"
#include "mash-set-str.h"

struct _MashBanner
{
  GtkWidget    parent_instance;

  GtkRevealer *revealer;
  GtkLabel    *sentence;
  GtkProgressBar *progress;
  GtkButton   *button;

  double       fraction;
  char        *title;
  char        *button_label;

  guint        revealed : 1;
  guint        warns : 1;
};

G_DEFINE_FINAL_TYPE (MashBanner, mash_banner, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_BUTTON_LABEL,
  PROP_REVEALED,
  PROP_WARNS,
  PROP_FRACTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  BUTTON_CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show (MashBanner *self)
{
  gtk_label_set_label (self->sentence, self->title != NULL ? self->title : "");
  gtk_button_set_label (self->button, self->button_label != NULL ? self->button_label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), self->button_label != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), self->fraction >= 0);
  gtk_progress_bar_set_fraction (self->progress, MAX (self->fraction, 0));
  gtk_revealer_set_reveal_child (self->revealer, self->revealed);
  if (self->warns)
    gtk_widget_add_css_class (GTK_WIDGET (self), "amber");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "amber");
}

static void
on_button_clicked_cb (MashBanner *self)
{
  g_signal_emit (self, signals[BUTTON_CLICKED], 0);
}

static void
mash_banner_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  MashBanner *self = MASH_BANNER (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_BUTTON_LABEL:
      g_value_set_string (value, self->button_label);
      break;

    case PROP_REVEALED:
      g_value_set_boolean (value, self->revealed);
      break;

    case PROP_WARNS:
      g_value_set_boolean (value, self->warns);
      break;

    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_banner_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  MashBanner *self = MASH_BANNER (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_TITLE:
      changed = mash_set_str (&self->title, g_value_get_string (value));
      break;

    case PROP_BUTTON_LABEL:
      changed = mash_set_str (&self->button_label, g_value_get_string (value));
      break;

    case PROP_REVEALED:
      changed = self->revealed != g_value_get_boolean (value);
      self->revealed = g_value_get_boolean (value);
      break;

    case PROP_WARNS:
      changed = self->warns != g_value_get_boolean (value);
      self->warns = g_value_get_boolean (value);
      break;

    case PROP_FRACTION:
      changed = self->fraction != g_value_get_double (value);
      self->fraction = g_value_get_double (value);
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
mash_banner_dispose (GObject *object)
{
  mash_dispose_template (GTK_WIDGET (object), MASH_TYPE_BANNER);

  G_OBJECT_CLASS (mash_banner_parent_class)->dispose (object);
}

static void
mash_banner_finalize (GObject *object)
{
  MashBanner *self = MASH_BANNER (object);

  g_free (self->title);
  g_free (self->button_label);

  G_OBJECT_CLASS (mash_banner_parent_class)->finalize (object);
}

static void
mash_banner_class_init (MashBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_banner_get_property;
  object_class->set_property = mash_banner_set_property;
  object_class->dispose = mash_banner_dispose;
  object_class->finalize = mash_banner_finalize;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUTTON_LABEL] =
    g_param_spec_string ("button-label", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REVEALED] =
    g_param_spec_boolean ("revealed", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WARNS] =
    g_param_spec_boolean ("warns", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FRACTION] =
    g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[BUTTON_CLICKED] =
    g_signal_new ("button-clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "mash-banner");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/widgets/mash-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, MashBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, MashBanner, sentence);
  gtk_widget_class_bind_template_child (widget_class, MashBanner, progress);
  gtk_widget_class_bind_template_child (widget_class, MashBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked_cb);
}

static void
mash_banner_init (MashBanner *self)
{
  self->fraction = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

GtkWidget *
mash_banner_new (void)
{
  return g_object_new (MASH_TYPE_BANNER, NULL);
}
