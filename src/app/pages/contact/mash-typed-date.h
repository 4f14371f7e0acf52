/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Reads dates and times as people type them, and writes dates as people read them.
 *
 * “4 Mar 2020”, “4/3/2020”, “March 2020”, “2020” and “about 3” are all answers to “when were they
 * born?”. Pure functions: today is an argument, nothing is guessed from the locale, and the day
 * comes before the month. What cannot be read is left with the one who typed it.
 */

#include <glib.h>

G_BEGIN_DECLS

/**
 * MashTypedKind:
 * @MASH_TYPED_NOTHING: nothing but space
 * @MASH_TYPED_DATE: a date, `YYYY-MM-DD`
 * @MASH_TYPED_PART: a year or a month, `YYYY` or `YYYY-MM`
 * @MASH_TYPED_AGE: an age in words; the value is the year of birth that follows from it
 * @MASH_TYPED_WRONG: none of these
 */
typedef enum
{
  MASH_TYPED_NOTHING,
  MASH_TYPED_DATE,
  MASH_TYPED_PART,
  MASH_TYPED_AGE,
  MASH_TYPED_WRONG,
} MashTypedKind;

MashTypedKind mash_typed_date_parse   (const char  *text,
                                       const char  *today,
                                       char         value[11]);
MashTypedKind mash_typed_time_parse   (const char  *text,
                                       gint64       now,
                                       gint64      *instant);
char         *mash_typed_date_format  (const char  *value) G_GNUC_WARN_UNUSED_RESULT;
char         *mash_typed_time_format  (const char  *instant) G_GNUC_WARN_UNUSED_RESULT;
int           mash_typed_date_get_age (const char  *birth,
                                       const char  *today);

G_END_DECLS
