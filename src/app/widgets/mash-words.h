/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Turns data into the words that people read: urgency, times, dates, ages, clocks.
 *
 * Pure functions of their arguments, now included, so that every page says a thing in the same
 * words and a test can hold them. Each gives a new string and accepts NULL. Times are shown in
 * England's local time.
 */

#include <glib.h>

#include "mash-clock-reading.h"
#include "mash-policy.h"

G_BEGIN_DECLS

char           *mash_words_urgency      (const char             *brag) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_join         (const char             *separator,
                                         ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

/* Times and dates */
char           *mash_words_hour         (gint64                  at) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_moment       (gint64                  at,
                                         gint64                  now) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_until        (gint64                  at,
                                         gint64                  now) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_instant      (const char             *instant,
                                         gint64                  now) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_span         (gint64                  span) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_date         (const char             *date) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_age          (const char             *birth,
                                         gint64                  now) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_birth        (const char             *birth,
                                         gint64                  now) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_reference    (const char             *reference) G_GNUC_WARN_UNUSED_RESULT;

char           *mash_words_load         (guint                   load) G_GNUC_WARN_UNUSED_RESULT;

/* Clocks */
char           *mash_words_clock_first  (const MashClockRule    *rule,
                                         const MashClockReading *reading,
                                         gint64                  due,
                                         gint64                  now) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_clock_second (const MashClockRule    *rule,
                                         const MashClockReading *reading,
                                         const char             *brag,
                                         gint64                  due,
                                         gint64                  stopped,
                                         gint64                  now,
                                         gboolean                whole) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_words_limit        (const MashClockRule    *rule,
                                         const char             *brag,
                                         gboolean                whole) G_GNUC_WARN_UNUSED_RESULT;
MashClockState  mash_words_clock        (MashPolicy             *policy,
                                         const char             *type,
                                         const char             *brag,
                                         gint64                  started,
                                         gint64                  due,
                                         gint64                  stopped,
                                         gint64                  now,
                                         gboolean                whole,
                                         char                  **first,
                                         char                  **second);

G_END_DECLS
