/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include <glib/gi18n.h>

#include "mash-service-keys.h"
#include "mash-window-private.h"

/* A clock that was set, a machine that slept: whoever sits there now may be somebody else. */
#define JUMP (5 * G_TIME_SPAN_MINUTE)

/* Once in a session, and after what is wrong now. */
static void
tell_end (MashWindow          *self,
          const MashCondition *condition)
{
  if (condition->ended == NULL || self->told_end || self->noticed || self->warned)
    return;

  self->told_end = TRUE;
  g_free (self->unsaved);
  self->unsaved = g_strdup (condition->draft);
  g_object_set (self->banner, "title", condition->ended, "button-label",
                condition->draft != NULL ? _("Open what was typed") : _("Close"), "warns", FALSE,
                "revealed", TRUE, NULL);
}

/* What the banner's button does besides putting the banner away, unless the banner has come to say
 * something else meanwhile. */
void
mash_window_open_unsaved (MashWindow *self)
{
  g_autofree char *contact = g_steal_pointer (&self->unsaved);
  g_autofree char *label = NULL;

  g_object_get (self->banner, "button-label", &label, NULL);
  if (contact != NULL && g_strcmp0 (label, _("Open what was typed")) == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-contact", "s", contact);
}

static void
on_looked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashWindow) self = user_data;
  g_autoptr (MashCondition) condition = NULL;

  condition = mash_service_look_finish (MASH_SERVICE (source), result, NULL);
  if (condition == NULL || gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;

  /* A warning that the desk is about to lock is read first. */
  if (condition->notice != NULL && !self->warned)
    g_object_set (self->banner, "title", condition->notice, "button-label", NULL, "warns", TRUE,
                  "revealed", TRUE, NULL);
  else if (condition->notice == NULL && self->noticed && !self->warned)
    g_object_set (self->banner, "revealed", FALSE, NULL);
  self->noticed = condition->notice != NULL;
  tell_end (self, condition);
}

/* Says in the banner what is wrong with the disk or the clock, and takes it away when it no longer
 * is. */
void
mash_window_look (MashWindow *self)
{
  if (self->service != NULL && mash_service_get_signed_in (self->service) && !self->locking &&
      !self->restoring)
    mash_service_look_async (self->service, on_looked_cb, g_object_ref (self));
}

/* Whether the wall clock has gone another way than time has, since this was last asked. */
gboolean
mash_window_clock_jumped (MashWindow *self)
{
  gint64 at = g_get_real_time () - g_get_monotonic_time ();
  gint64 by = self->clock_at != 0 ? at - self->clock_at : 0;

  self->clock_at = at;

  return ABS (by) > JUMP;
}
