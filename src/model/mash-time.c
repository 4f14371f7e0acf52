/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-time.h"

#include <string.h>

/* The first and the last day that text can name: 0001-01-01 and 9999-12-31. */
#define FIRST_DAY -719162
#define LAST_DAY  2932896

/* Days since 1 January 1970 of a date of the Gregorian calendar. Counting years from March puts
 * the leap day last, so that months need no table (H. Hinnant, “chrono-compatible low-level date
 * algorithms”, days_from_civil). */
static int
join_date (int year,
           int month,
           int mday)
{
  int from_march = month > 2 ? month - 3 : month + 9;
  int y = month > 2 ? year : year - 1;
  int era = (y >= 0 ? y : y - 399) / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * from_march + 2) / 5 + mday - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

static void
split_day (int  day,
           int *year,
           int *month,
           int *mday)
{
  int shifted = day + 719468;
  int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int of_era = shifted - era * 146097;
  int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int from_march = (5 * of_year + 2) / 153;

  *mday = of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

static int
count_days (int year,
            int month)
{
  return month == 12 ? 31 : join_date (year, month + 1, 1) - join_date (year, month, 1);
}

/* Rounds towards the past, before 1970 too. */
static gint64
divide (gint64 number,
        gint64 by)
{
  gint64 quotient = number / by;

  return number % by < 0 ? quotient - 1 : quotient;
}

/* Reads exactly @n digits. */
static gboolean
take_number (const char **at,
             guint        n,
             int         *number)
{
  *number = 0;
  for (guint i = 0; i < n; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      *number = *number * 10 + (**at - '0');
    }

  return TRUE;
}

static gboolean
take_char (const char **at,
           char         c)
{
  if (**at != c)
    return FALSE;
  (*at)++;

  return TRUE;
}

static gboolean
take_date (const char **at,
           int         *day)
{
  int year, month, mday;

  if (!take_number (at, 4, &year) || !take_char (at, '-') ||
      !take_number (at, 2, &month) || !take_char (at, '-') ||
      !take_number (at, 2, &mday))
    return FALSE;
  if (year < 1 || month < 1 || month > 12 || mday < 1 || mday > count_days (year, month))
    return FALSE;
  *day = join_date (year, month, mday);

  return TRUE;
}

static gboolean
take_hour_and_minute (const char **at,
                      gint64      *usec)
{
  int hour, minute;

  if (!take_number (at, 2, &hour) || !take_char (at, ':') || !take_number (at, 2, &minute) ||
      hour > 23 || minute > 59)
    return FALSE;
  *usec = hour * MASH_TIME_HOUR + minute * MASH_TIME_MINUTE;

  return TRUE;
}

/**
 * mash_time_parse:
 * @instant: (nullable): text
 * @usec: (out) (optional): microseconds since 1970, only set where the text is right
 *
 * Strict: exactly `YYYY-MM-DDTHH:MM:SS.sssZ`, a date that exists, no leap second.
 *
 * Returns: whether @instant is an instant
 */
gboolean
mash_time_parse (const char *instant,
                 gint64     *usec)
{
  const char *at = instant;
  gint64 of_day;
  int day, second, milli;

  if (instant == NULL || !take_date (&at, &day) || !take_char (&at, 'T') ||
      !take_hour_and_minute (&at, &of_day) || !take_char (&at, ':') ||
      !take_number (&at, 2, &second) || second > 59 || !take_char (&at, '.') ||
      !take_number (&at, 3, &milli) || !take_char (&at, 'Z') || *at != '\0')
    return FALSE;
  if (usec != NULL)
    *usec = day * MASH_TIME_DAY + of_day + second * MASH_TIME_SECOND +
            milli * MASH_TIME_MILLISECOND;

  return TRUE;
}

/**
 * mash_time_parse_or:
 * @instant: (nullable): text
 * @otherwise: microseconds since 1970
 *
 * Returns: the instant that mash_time_parse() reads, or @otherwise where there is none
 */
gint64
mash_time_parse_or (const char *instant,
                    gint64      otherwise)
{
  gint64 usec;

  return mash_time_parse (instant, &usec) ? usec : otherwise;
}

/**
 * mash_time_format:
 * @usec: microseconds since 1970, within the years 1 to 9999
 *
 * What is finer than a millisecond is cut off towards the past.
 *
 * Returns: (transfer full): UTC text that mash_time_parse() reads
 */
char *
mash_time_format (gint64 usec)
{
  gint64 day = divide (usec, MASH_TIME_DAY);
  gint64 milli = (usec - day * MASH_TIME_DAY) / MASH_TIME_MILLISECOND;
  int year, month, mday;

  g_return_val_if_fail (day >= FIRST_DAY && day <= LAST_DAY, NULL);

  split_day ((int) day, &year, &month, &mday);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, mday,
                          (int) (milli / 3600000), (int) (milli / 60000 % 60),
                          (int) (milli / 1000 % 60), (int) (milli % 1000));
}

static gint64
get_change (int year,
            int month)
{
  int last = join_date (year, month, 31);

  return (last - (int) (mash_date_get_weekday (last) % 7)) * MASH_TIME_DAY + MASH_TIME_HOUR;
}

/**
 * mash_time_get_offset:
 * @usec: an instant
 *
 * Summer time begins at 01:00 UTC on the last Sunday of March and ends at 01:00 UTC on the last
 * Sunday of October: Summer Time Act 1972 as amended by the Summer Time Order 2002 (SI 2002/262),
 * after Directive 2000/84/EC. It has been so since 1996, and earlier instants are read by the same
 * rule: no clock started then.
 *
 * Returns: by how many microseconds local time is ahead of UTC
 */
gint64
mash_time_get_offset (gint64 usec)
{
  int year, month, mday;

  split_day ((int) divide (usec, MASH_TIME_DAY), &year, &month, &mday);
  if (year < 1 || year > 9999)
    return 0;

  return usec >= get_change (year, 3) && usec < get_change (year, 10) ? MASH_TIME_HOUR : 0;
}

static gboolean
parse_local (const char *local,
             int        *day,
             gint64     *since_midnight)
{
  const char *at = local;

  return local != NULL && take_date (&at, day) &&
         (take_char (&at, ' ') || take_char (&at, 'T')) &&
         take_hour_and_minute (&at, since_midnight) && *at == '\0';
}

/**
 * mash_time_count_local:
 * @local: (nullable): local time, `YYYY-MM-DD HH:MM`
 *
 * A form that gets 2 has to ask which of the two is meant.
 *
 * Returns: how often the clocks of England show that time: 0 in the hour that spring leaves out,
 *   and for what is no time; 2 in the hour that autumn has twice; else 1
 */
guint
mash_time_count_local (const char *local)
{
  gint64 since_midnight, as_utc;
  int day;

  if (!parse_local (local, &day, &since_midnight))
    return 0;
  as_utc = day * MASH_TIME_DAY + since_midnight;

  return (mash_time_get_offset (as_utc) == 0) +
         (mash_time_get_offset (as_utc - MASH_TIME_HOUR) == MASH_TIME_HOUR);
}

/**
 * mash_time_from_local:
 * @local: (nullable): local time, `YYYY-MM-DD HH:MM`
 * @second: where autumn has the hour twice, the second of the two is meant
 * @usec: (out): the instant
 *
 * Returns: %FALSE where @local is no time, or one that the clocks leave out
 */
gboolean
mash_time_from_local (const char *local,
                      gboolean    second,
                      gint64     *usec)
{
  gint64 since_midnight;
  guint count = mash_time_count_local (local);
  int day;

  g_return_val_if_fail (usec != NULL, FALSE);

  if (count == 0 || !parse_local (local, &day, &since_midnight))
    return FALSE;
  *usec = mash_time_from_local_day (day, since_midnight);
  if (second && count == 2)
    *usec += MASH_TIME_HOUR;

  return TRUE;
}

/**
 * mash_time_from_local_day:
 * @day: a local date
 * @since_midnight: what the clock on the wall shows, in microseconds
 *
 * Returns: the instant; the first of two where there are two. An hour that the clocks leave out is
 *   read as if they had not been put forward
 */
gint64
mash_time_from_local_day (int    day,
                          gint64 since_midnight)
{
  gint64 as_utc = day * MASH_TIME_DAY + since_midnight;

  return as_utc - mash_time_get_offset (as_utc - MASH_TIME_HOUR);
}

int
mash_time_get_local_day (gint64 usec)
{
  return (int) divide (usec + mash_time_get_offset (usec), MASH_TIME_DAY);
}

/**
 * mash_time_get_day_end:
 * @day: a local date
 *
 * Returns: its last millisecond, 23:59:59.999 local time
 */
gint64
mash_time_get_day_end (int day)
{
  return mash_time_from_local_day (day + 1, 0) - MASH_TIME_MILLISECOND;
}

/**
 * mash_time_dup_local:
 * @usec: an instant
 *
 * Returns: (transfer full): local time, `YYYY-MM-DD HH:MM`
 */
char *
mash_time_dup_local (gint64 usec)
{
  g_autofree char *text = mash_time_format (usec + mash_time_get_offset (usec));

  g_return_val_if_fail (text != NULL, NULL);

  text[10] = ' ';

  return g_strndup (text, 16);
}

/**
 * mash_time_dup_local_date:
 * @usec: an instant
 *
 * Returns: (transfer full): the local date, `YYYY-MM-DD`
 */
char *
mash_time_dup_local_date (gint64 usec)
{
  return mash_date_format (mash_time_get_local_day (usec));
}

/**
 * mash_date_parse:
 * @date: (nullable): text
 * @day: (out) (optional): days since 1970, only set where the text is right
 *
 * Returns: whether @date is exactly a date that exists, `YYYY-MM-DD`
 */
gboolean
mash_date_parse (const char *date,
                 int        *day)
{
  const char *at = date;
  int parsed;

  if (date == NULL || !take_date (&at, &parsed) || *at != '\0')
    return FALSE;
  if (day != NULL)
    *day = parsed;

  return TRUE;
}

char *
mash_date_format (int day)
{
  int year, month, mday;

  g_return_val_if_fail (day >= FIRST_DAY && day <= LAST_DAY, NULL);

  split_day (day, &year, &month, &mday);

  return g_strdup_printf ("%04d-%02d-%02d", year, month, mday);
}

/**
 * mash_date_get_weekday:
 * @day: a date
 *
 * Returns: 1 on Mondays to 7 on Sundays
 */
guint
mash_date_get_weekday (int day)
{
  int since_monday = (day + 3) % 7;

  return (guint) (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

/**
 * mash_date_add_months:
 * @day: a date
 * @months: calendar months
 *
 * Returns: the same day of the month later on, or that month's last day where it is shorter: a year
 *   after 29 February is 28 February
 */
int
mash_date_add_months (int day,
                      int months)
{
  int year, month, mday, since;

  split_day (day, &year, &month, &mday);
  since = year * 12 + month - 1 + months;
  year = (int) divide (since, 12);
  month = since - year * 12 + 1;

  return join_date (year, month, MIN (mday, count_days (year, month)));
}
