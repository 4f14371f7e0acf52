/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include <glib/gi18n.h>

#include "mash-sentences.h"
#include "mash-window-private.h"

/* Where the policy says nothing. */
#define IDLE_MINUTES 5
#define IDLE_WARNING 60

/* How often disk and clock are looked at. */
#define LOOK_SECONDS 10

static void
on_locked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  self->locking = FALSE;
  if (mash_service_lock_finish (MASH_SERVICE (source), result, &error))
    return;

  sentence = mash_sentence_for_error (error);
  mash_window_say (self, sentence);
}

/* Locks: the page saves what is typed as a draft, the database is closed. What stays in memory goes
 * with the process, which the application restarts when the service says `signed-out`. */
void
mash_window_lock (MashWindow *self)
{
  if (self->locking || !mash_service_get_signed_in (self->service))
    return;

  self->locking = TRUE;
  self->covered = FALSE;
  mash_window_withdraw_warning (self);
  mash_window_set_page (self, MASH_PAGE (self->tray_page));
  mash_service_lock_async (self->service, on_locked_cb, g_object_ref (self));
}

void
mash_window_withdraw_warning (MashWindow *self)
{
  if (!self->warned)
    return;

  self->warned = FALSE;
  g_object_set (self->banner, "revealed", FALSE, NULL);
}

static guint
get_setting (MashWindow *self,
             const char *name,
             guint       fallback)
{
  MashPolicy *policy = mash_service_get_policy (self->service);
  guint number = policy != NULL ? mash_policy_get_number (policy, name) : 0;

  return number > 0 ? number : fallback;
}

static void
warn (MashWindow *self,
      guint       seconds)
{
  g_autofree char *title = NULL;

  self->warned = TRUE;
  /* Translators: %u is a number of seconds. */
  title = g_strdup_printf (ngettext ("Nobody has touched this desk. It locks in %u second; what "
                                     "you typed is kept.",
                                     "Nobody has touched this desk. It locks in %u seconds; what "
                                     "you typed is kept.", seconds), seconds);
  g_object_set (self->banner, "title", title, "warns", TRUE, "revealed", TRUE, NULL);
}

static gboolean
on_second_passed_cb (gpointer data)
{
  MashWindow *self = data;
  gint64 idle = mash_window_get_idle_time (self) / G_USEC_PER_SEC;
  gint64 limit;
  gint64 warning;

  if (!mash_service_get_signed_in (self->service))
    return G_SOURCE_CONTINUE;

  if (++self->n_seconds % LOOK_SECONDS == 0)
    mash_window_look (self);
  if (mash_window_clock_jumped (self))
    {
      mash_window_lock (self);
      return G_SOURCE_CONTINUE;
    }

  limit = 60 * (gint64) get_setting (self, "idle-lock-minutes", IDLE_MINUTES);
  warning = get_setting (self, "idle-lock-warning-seconds", IDLE_WARNING);
  if (idle >= limit)
    mash_window_lock (self);
  else if (idle >= limit - warning)
    warn (self, (guint) (limit - idle));

  return G_SOURCE_CONTINUE;
}

/* Starts to watch for a desk that was left. */
void
mash_window_watch_idle (MashWindow *self)
{
  self->active_at = g_get_monotonic_time ();
  self->idle_timer = g_timeout_add_seconds (1, on_second_passed_cb, self);
}
