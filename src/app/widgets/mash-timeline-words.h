/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The words of an entry of a timeline: when it was, as far as that is known, and how grave it is.
 *
 * Pure functions, so that the list, the strip and what is printed say the same. Each gives a new
 * string and accepts NULL.
 */

#include <glib.h>

G_BEGIN_DECLS

char       *mash_timeline_words_date         (gint64      at,
                                              const char *precision) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_timeline_words_day          (gint64      at,
                                              const char *precision,
                                              gint64      now) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_timeline_words_hour         (gint64      at,
                                              const char *precision) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_timeline_words_moment       (gint64      at,
                                              const char *precision) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_timeline_words_significance (const char *significance);
char       *mash_timeline_words_sign         (const char *significance) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
