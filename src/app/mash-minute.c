/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-minute.h"

#include "mash-time.h"

struct _MashMinute
{
  GObject      parent_instance;

  MashService *service;
  guint        timer;
};

G_DEFINE_FINAL_TYPE (MashMinute, mash_minute, G_TYPE_OBJECT)

enum
{
  TICK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean on_minute_passed_cb (gpointer data);

/* Waits for the next full minute, not for sixty seconds, so that times turn with the clock. */
static void
wait_for_next (MashMinute *self)
{
  gint64 now = mash_minute_get_now (self);
  gint64 left = MASH_TIME_MINUTE - now % MASH_TIME_MINUTE;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) (left / MASH_TIME_MILLISECOND) + 1,
                               on_minute_passed_cb, self);
}

static gboolean
on_minute_passed_cb (gpointer data)
{
  MashMinute *self = data;

  self->timer = 0;
  mash_minute_tick (self);

  return G_SOURCE_REMOVE;
}

static void
mash_minute_dispose (GObject *object)
{
  MashMinute *self = MASH_MINUTE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (mash_minute_parent_class)->dispose (object);
}

static void
mash_minute_class_init (MashMinuteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mash_minute_dispose;

  signals[TICK] =
    g_signal_new ("tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mash_minute_init (MashMinute *self)
{
}

/**
 * mash_minute_new:
 * @service: whose time it keeps
 *
 * Returns: (transfer full): a minute hand; connect to its signal `tick`
 */
MashMinute *
mash_minute_new (MashService *service)
{
  MashMinute *self = g_object_new (MASH_TYPE_MINUTE, NULL);

  g_set_object (&self->service, service);
  wait_for_next (self);

  return self;
}

/**
 * mash_minute_get_now:
 * @self: a minute hand
 *
 * Returns: the service's time now, microseconds since 1970
 */
gint64
mash_minute_get_now (MashMinute *self)
{
  g_return_val_if_fail (MASH_IS_MINUTE (self), 0);

  return self->service != NULL ? mash_service_get_now (self->service) : 0;
}

/**
 * mash_minute_tick:
 * @self: a minute hand
 *
 * Turns now, and then at each full minute: after the time of a training hub was moved, or when a
 * list has been filled anew.
 */
void
mash_minute_tick (MashMinute *self)
{
  g_return_if_fail (MASH_IS_MINUTE (self));

  g_signal_emit (self, signals[TICK], 0);
  wait_for_next (self);
}
