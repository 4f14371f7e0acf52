/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-timeline-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-time.h"
#include "mash-words.h"

static gboolean
has_hour (const char *precision)
{
  return g_strcmp0 (precision, "time") == 0;
}

/**
 * mash_timeline_words_date:
 * @at: microseconds since 1970; of a date known in part, its beginning
 * @precision: (nullable): `time`, `day`, `month` or `year`
 *
 * Returns: (transfer full): “18 Jun 2026”, “Jun 2026” or “2026”, as far as it is known
 */
char *
mash_timeline_words_date (gint64      at,
                          const char *precision)
{
  g_autofree char *date = mash_time_dup_local_date (at);

  if (g_strcmp0 (precision, "year") == 0)
    date[4] = '\0';
  else if (g_strcmp0 (precision, "month") == 0)
    date[7] = '\0';

  return mash_words_date (date);
}

/**
 * mash_timeline_words_day:
 * @at: microseconds since 1970
 * @precision: (nullable): how much of it is known
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): “Today”, or the date as far as it is known
 */
char *
mash_timeline_words_day (gint64      at,
                         const char *precision,
                         gint64      now)
{
  if (g_strcmp0 (precision, "year") != 0 && g_strcmp0 (precision, "month") != 0 &&
      mash_time_get_local_day (at) == mash_time_get_local_day (now))
    return g_strdup (_("Today"));

  return mash_timeline_words_date (at, precision);
}

/**
 * mash_timeline_words_hour:
 * @at: microseconds since 1970
 * @precision: (nullable): how much of it is known
 *
 * Returns: (transfer full): “21:15”; empty where only the date is known, or less
 */
char *
mash_timeline_words_hour (gint64      at,
                          const char *precision)
{
  return has_hour (precision) ? mash_words_hour (at) : g_strdup ("");
}

/**
 * mash_timeline_words_moment:
 * @at: microseconds since 1970
 * @precision: (nullable): how much of it is known
 *
 * Returns: (transfer full): the date and, where it is known, the hour
 */
char *
mash_timeline_words_moment (gint64      at,
                            const char *precision)
{
  g_autofree char *date = mash_timeline_words_date (at, precision);
  g_autofree char *hour = mash_timeline_words_hour (at, precision);

  return *hour == '\0' ? g_steal_pointer (&date) : g_strdup_printf ("%s %s", date, hour);
}

/**
 * mash_timeline_words_significance:
 * @significance: (nullable): a code of the list SIG
 *
 * Returns: (transfer none): its word
 */
const char *
mash_timeline_words_significance (const char *significance)
{
  if (g_strcmp0 (significance, "critical") == 0)
    return _("Critical");
  if (g_strcmp0 (significance, "notable") == 0)
    return _("Notable");

  return _("Routine");
}

/**
 * mash_timeline_words_sign:
 * @significance: (nullable): a code of the list SIG
 *
 * Returns: (transfer full): its shape and its word
 */
char *
mash_timeline_words_sign (const char *significance)
{
  const char *shape = g_strcmp0 (significance, "critical") == 0
                      ? "◆" : g_strcmp0 (significance, "notable") == 0 ? "●" : "○";

  return g_strdup_printf ("%s %s", shape, mash_timeline_words_significance (significance));
}
