/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-service-keys.h"
#include "mash-window-private.h"

/* A clock that was set, a machine that slept: whoever sits there now may be somebody else. */
#define JUMP (5 * G_TIME_SPAN_MINUTE)

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
}

/* Says in the banner what is wrong with the disk or the clock, and takes it away when it no longer
 * is. */
void
mash_window_look (MashWindow *self)
{
  if (self->service != NULL && mash_service_get_signed_in (self->service) && !self->locking)
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
