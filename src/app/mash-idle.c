/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-idle.h"

/* Where there is no policy yet. */
#define IDLE_MINUTES 5
#define IDLE_WARNING 60
#define HARD_HOURS 12

static gint64
get_setting (MashPolicy *policy,
             const char *name,
             gint64      fallback)
{
  guint number = policy != NULL ? mash_policy_get_number (policy, name) : 0;

  return number > 0 ? number : fallback;
}

/* A discussion is talk, in which nobody touches anything for long. */
static gint64
get_limit (MashPolicy *policy,
           gboolean    discussing)
{
  gint64 minutes = get_setting (policy, "idle-lock-minutes", IDLE_MINUTES);

  if (discussing)
    minutes = MAX (minutes, get_setting (policy, "idle-lock-discussion", minutes));

  return minutes * 60 * G_USEC_PER_SEC;
}

/**
 * mash_idle_judge:
 * @policy: (nullable): the policy in force
 * @untouched: for how many microseconds nobody has touched the desk
 * @open: for how many microseconds somebody has been signed in
 * @discussing: whether a strategy discussion is being held in the window
 * @seconds: (out): how long it still stays open, where there is a warning
 *
 * The limits are the policy’s (`idle-lock-minutes`, `idle-lock-discussion`,
 * `idle-lock-warning-seconds`, `hard-limit-hours`).
 *
 * Returns: what is to be done now
 */
MashIdle
mash_idle_judge (MashPolicy *policy,
                 gint64      untouched,
                 gint64      open,
                 gboolean    discussing,
                 guint      *seconds)
{
  gint64 until_left = get_limit (policy, discussing) - untouched;
  gint64 until_long = get_setting (policy, "hard-limit-hours", HARD_HOURS) * 3600 *
                      G_USEC_PER_SEC - open;
  gint64 left = MIN (until_left, until_long);

  *seconds = 0;
  if (left <= 0)
    return MASH_IDLE_LOCK;
  if (left > get_setting (policy, "idle-lock-warning-seconds", IDLE_WARNING) * G_USEC_PER_SEC)
    return MASH_IDLE_STAY;

  *seconds = (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);

  return until_long < until_left ? MASH_IDLE_WARN_LONG : MASH_IDLE_WARN_LEFT;
}

/**
 * mash_idle_get_grace:
 * @policy: (nullable): the policy in force
 * @discussing: whether a strategy discussion is being held in the window
 *
 * Returns: for how many microseconds at most a desk counts as untouched while work that takes long
 *   is under way, so that its end comes with a warning and not with a lock
 */
gint64
mash_idle_get_grace (MashPolicy *policy,
                     gboolean    discussing)
{
  return get_limit (policy, discussing) -
         get_setting (policy, "idle-lock-warning-seconds", IDLE_WARNING) * G_USEC_PER_SEC -
         G_USEC_PER_SEC;
}
