/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Instants, civil dates and the local time of England.
 *
 * An instant is UTC text, `YYYY-MM-DDTHH:MM:SS.sssZ`, or microseconds since 1970 in arithmetic. A
 * day is the number of days since 1 January 1970. Local time is Europe/London, worked out here, so
 * that it depends on neither the machine's zone nor its zone files. Nothing here asks what time it
 * is. Any thread.
 */

#include <glib.h>

G_BEGIN_DECLS

#define MASH_TIME_MILLISECOND G_GINT64_CONSTANT (1000)
#define MASH_TIME_SECOND      (1000 * MASH_TIME_MILLISECOND)
#define MASH_TIME_MINUTE      (60 * MASH_TIME_SECOND)
#define MASH_TIME_HOUR        (60 * MASH_TIME_MINUTE)
#define MASH_TIME_DAY         (24 * MASH_TIME_HOUR)

/* No instant at all: what a clock without a limit is due at. */
#define MASH_TIME_NEVER       G_MAXINT64

gboolean  mash_time_parse          (const char *instant,
                                    gint64     *usec);
gint64    mash_time_parse_or       (const char *instant,
                                    gint64      otherwise);
char     *mash_time_format         (gint64      usec) G_GNUC_WARN_UNUSED_RESULT;

gint64    mash_time_get_offset     (gint64      usec);
guint     mash_time_count_local    (const char *local);
gboolean  mash_time_from_local     (const char *local,
                                    gboolean    second,
                                    gint64     *usec);
gint64    mash_time_from_local_day (int         day,
                                    gint64      since_midnight);
int       mash_time_get_local_day  (gint64      usec);
gint64    mash_time_get_day_end    (int         day);
char     *mash_time_dup_local      (gint64      usec) G_GNUC_WARN_UNUSED_RESULT;
char     *mash_time_dup_local_date (gint64      usec) G_GNUC_WARN_UNUSED_RESULT;

gboolean  mash_date_parse          (const char *date,
                                    int        *day);
char     *mash_date_format         (int         day) G_GNUC_WARN_UNUSED_RESULT;
guint     mash_date_get_weekday    (int         day);
int       mash_date_add_months     (int         day,
                                    int         months);

G_END_DECLS
