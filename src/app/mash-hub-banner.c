/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-hub-banner.h"

#include "mash-dispose.h"
#include "mash-hub-sentence.h"
#include "mash-service-unsettled.h"
#include "mash-unsettled-window.h"

/* What waits grows older while nothing happens. */
#define LOOK_AGAIN_SECONDS 30

struct _MashHubBanner
{
  GtkWidget       parent_instance;

  /* Template children */
  GtkLabel       *sentence;
  GtkProgressBar *progress;
  GtkWidget      *button;

  /* Owned */
  MashService    *service;

  guint           timer;
};

G_DEFINE_FINAL_TYPE (MashHubBanner, mash_hub_banner, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SERVICE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show (MashHubBanner *self)
{
  mash_hub_banner_show_reading (self, mash_service_get_hub_reading (self->service),
                                mash_service_get_now (self->service));
}

static gboolean
on_timer_cb (gpointer user_data)
{
  MashHubBanner *self = user_data;

  mash_service_list_waiting_async (self->service, NULL, NULL);
  show (self);

  return G_SOURCE_CONTINUE;
}

static void
on_hub_changed_cb (MashHubBanner *self)
{
  gboolean central = mash_service_get_hub_reading (self->service)->state != MASH_HUB_OWN;

  if (central && self->timer == 0)
    self->timer = g_timeout_add_seconds (LOOK_AGAIN_SECONDS, on_timer_cb, self);
  else if (!central)
    g_clear_handle_id (&self->timer, g_source_remove);
  show (self);
}

static void
set_service (MashHubBanner *self,
             MashService   *service)
{
  if (!g_set_object (&self->service, service))
    return;

  if (service != NULL)
    {
      g_signal_connect_object (service, "hub-changed", G_CALLBACK (on_hub_changed_cb), self,
                               G_CONNECT_SWAPPED);
      on_hub_changed_cb (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE]);
}

static void
show_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root))
    mash_unsettled_window_open (GTK_WINDOW (root), MASH_HUB_BANNER (widget)->service);
}

static void
mash_hub_banner_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  MashHubBanner *self = MASH_HUB_BANNER (object);

  switch (prop_id)
    {
    case PROP_SERVICE:
      g_value_set_object (value, self->service);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_hub_banner_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  MashHubBanner *self = MASH_HUB_BANNER (object);

  switch (prop_id)
    {
    case PROP_SERVICE:
      set_service (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_hub_banner_dispose (GObject *object)
{
  MashHubBanner *self = MASH_HUB_BANNER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->service);
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_HUB_BANNER);

  G_OBJECT_CLASS (mash_hub_banner_parent_class)->dispose (object);
}

static void
mash_hub_banner_class_init (MashHubBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_hub_banner_dispose;
  object_class->get_property = mash_hub_banner_get_property;
  object_class->set_property = mash_hub_banner_set_property;

  properties[PROP_SERVICE] =
    g_param_spec_object ("service", NULL, NULL, MASH_TYPE_SERVICE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/mash-hub-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, MashHubBanner, sentence);
  gtk_widget_class_bind_template_child (widget_class, MashHubBanner, progress);
  gtk_widget_class_bind_template_child (widget_class, MashHubBanner, button);
  gtk_widget_class_install_action (widget_class, "hub.show", NULL, show_cb);
  gtk_widget_class_set_css_name (widget_class, "mash-hub-banner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mash_hub_banner_init (MashHubBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_class (MashHubBanner *self,
           const char    *name,
           gboolean       there)
{
  if (there)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

/**
 * mash_hub_banner_show_reading:
 * @self: the banner
 * @reading: how the desk stands with its hub
 * @now: microseconds since 1970
 *
 * Says it, where there is something to say.
 */
void
mash_hub_banner_show_reading (MashHubBanner        *self,
                              const MashHubReading *reading,
                              gint64                now)
{
  MashHubGrade grade;
  g_autofree char *words = mash_hub_sentence (reading, now, &grade);
  gboolean fills = reading->state == MASH_HUB_FILLING && reading->head > 0;
  gboolean asks = reading->unsent.n_refused + reading->unsent.n_conflicts +
                  reading->unsent.n_aside + reading->n_waiting > 0;

  g_return_if_fail (MASH_IS_HUB_BANNER (self));

  /* Words that are the same are not read out again. */
  if (g_strcmp0 (words, gtk_label_get_text (self->sentence)) != 0)
    gtk_label_set_text (self->sentence, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), fills);
  if (fills)
    gtk_progress_bar_set_fraction (self->progress,
                                   (double) reading->position / (double) reading->head);
  gtk_widget_set_visible (self->button, asks);
  set_class (self, "amber", grade == MASH_HUB_WARNS);
  set_class (self, "red", grade == MASH_HUB_LOUD);
  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL);
}
