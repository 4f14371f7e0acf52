/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-caps-warning.h"

#include "mash-dispose.h"

struct _MashCapsWarning
{
  GtkWidget    parent_instance;

  GtkRevealer *revealer;

  GdkDevice   *keyboard;
};

G_DEFINE_FINAL_TYPE (MashCapsWarning, mash_caps_warning, GTK_TYPE_WIDGET)

static void
update_warning (MashCapsWarning *self)
{
  gboolean on = self->keyboard != NULL && gdk_device_get_caps_lock_state (self->keyboard);

  gtk_revealer_set_reveal_child (self->revealer, on);
}

static void
mash_caps_warning_realize (GtkWidget *widget)
{
  MashCapsWarning *self = MASH_CAPS_WARNING (widget);
  GdkSeat *seat;

  GTK_WIDGET_CLASS (mash_caps_warning_parent_class)->realize (widget);

  seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  if (seat != NULL && g_set_object (&self->keyboard, gdk_seat_get_keyboard (seat)))
    g_signal_connect_object (self->keyboard, "notify::caps-lock-state",
                             G_CALLBACK (update_warning), self, G_CONNECT_SWAPPED);
  update_warning (self);
}

static void
mash_caps_warning_unrealize (GtkWidget *widget)
{
  MashCapsWarning *self = MASH_CAPS_WARNING (widget);

  if (self->keyboard != NULL)
    g_signal_handlers_disconnect_by_func (self->keyboard, update_warning, self);
  g_clear_object (&self->keyboard);

  GTK_WIDGET_CLASS (mash_caps_warning_parent_class)->unrealize (widget);
}

static void
mash_caps_warning_dispose (GObject *object)
{
  mash_dispose_template (GTK_WIDGET (object), MASH_TYPE_CAPS_WARNING);

  G_OBJECT_CLASS (mash_caps_warning_parent_class)->dispose (object);
}

static void
mash_caps_warning_class_init (MashCapsWarningClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_caps_warning_dispose;

  gtk_widget_class_set_css_name (widget_class, "mash-caps-warning");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/widgets/mash-caps-warning.ui");
  gtk_widget_class_bind_template_child (widget_class, MashCapsWarning, revealer);

  widget_class->realize = mash_caps_warning_realize;
  widget_class->unrealize = mash_caps_warning_unrealize;
}

static void
mash_caps_warning_init (MashCapsWarning *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mash_caps_warning_new (void)
{
  return g_object_new (MASH_TYPE_CAPS_WARNING, NULL);
}
