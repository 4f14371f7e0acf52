/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-calendar.h"

#include "mash-time.h"

#define MINUTES_A_DAY 1440

/* A desk that is not open once in so many days never will be. */
#define FAR_DAYS 3660

struct _MashCalendar
{
  char       *id;
  GHashTable *holidays;
  guint16     opens[7];
  guint16     closes[7];
};

G_DEFINE_BOXED_TYPE (MashCalendar, mash_calendar, mash_calendar_ref, mash_calendar_unref)

static void
calendar_clear (gpointer data)
{
  MashCalendar *self = data;

  g_hash_table_unref (self->holidays);
  g_free (self->id);
}

static gboolean
is_holiday (MashCalendar *self,
            int           day)
{
  return g_hash_table_contains (self->holidays, GINT_TO_POINTER (day));
}

/* The part of a local day in which the desk is open, as instants. */
static gboolean
get_open (MashCalendar *self,
          int           day,
          gint64       *opens,
          gint64       *closes)
{
  guint weekday = mash_date_get_weekday (day) - 1;

  if (self->closes[weekday] == 0 || is_holiday (self, day))
    return FALSE;
  *opens = mash_time_from_local_day (day, self->opens[weekday] * MASH_TIME_MINUTE);
  *closes = mash_time_from_local_day (day, self->closes[weekday] * MASH_TIME_MINUTE);

  return TRUE;
}

/**
 * mash_calendar_new:
 * @id: the calendar's id in the policy
 *
 * Returns: (transfer full): a calendar without holidays, whose desk is never open
 */
MashCalendar *
mash_calendar_new (const char *id)
{
  MashCalendar *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_atomic_rc_box_new0 (MashCalendar);
  self->id = g_strdup (id);
  self->holidays = g_hash_table_new (NULL, NULL);

  return self;
}

MashCalendar *
mash_calendar_ref (MashCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mash_calendar_unref (MashCalendar *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, calendar_clear);
}

const char *
mash_calendar_get_id (MashCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * mash_calendar_add_holiday:
 * @self: a calendar that nobody else reads yet
 * @date: a date, `YYYY-MM-DD`
 *
 * Returns: %FALSE where @date is none
 */
gboolean
mash_calendar_add_holiday (MashCalendar *self,
                           const char   *date)
{
  int day;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!mash_date_parse (date, &day))
    return FALSE;
  g_hash_table_add (self->holidays, GINT_TO_POINTER (day));

  return TRUE;
}

/**
 * mash_calendar_set_hours:
 * @self: a calendar that nobody else reads yet
 * @weekday: 1 for Monday to 7 for Sunday
 * @from_minute: when the desk opens, in minutes of the local day
 * @to_minute: when it closes, up to 1440; the same as @from_minute for closed
 *
 * Returns: %FALSE where these are no hours
 */
gboolean
mash_calendar_set_hours (MashCalendar *self,
                         guint         weekday,
                         guint         from_minute,
                         guint         to_minute)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (weekday < 1 || weekday > 7 || to_minute > MINUTES_A_DAY || from_minute > to_minute)
    return FALSE;
  self->opens[weekday - 1] = (guint16) from_minute;
  self->closes[weekday - 1] = (guint16) (from_minute < to_minute ? to_minute : 0);

  return TRUE;
}

/**
 * mash_calendar_has_hours:
 * @self: a calendar
 *
 * Returns: whether its desk is open on some day of the week
 */
gboolean
mash_calendar_has_hours (MashCalendar *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (self->closes); i++)
    {
      if (self->closes[i] != 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_calendar_is_working_day:
 * @self: a calendar
 * @date: (nullable): a date, `YYYY-MM-DD`
 *
 * Returns: whether @date is a Monday to Friday and no holiday; %FALSE where it is no date
 */
gboolean
mash_calendar_is_working_day (MashCalendar *self,
                              const char   *date)
{
  int day;

  return mash_date_parse (date, &day) && mash_calendar_works_on (self, day);
}

gboolean
mash_calendar_works_on (MashCalendar *self,
                        int           day)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return mash_date_get_weekday (day) <= 5 && !is_holiday (self, day);
}

/**
 * mash_calendar_add_working_days:
 * @self: a calendar
 * @from: an instant
 * @n: how many working days
 *
 * The day after the local date of @from is the first that can count: “15 working days after”, as
 * the sector defines it, and not the census validator's way of counting the first day in.
 *
 * Returns: 23:59:59.999 local time of the @n-th working day after; with 0, of the day of @from
 */
gint64
mash_calendar_add_working_days (MashCalendar *self,
                                gint64        from,
                                guint         n)
{
  int day = mash_time_get_local_day (from);

  g_return_val_if_fail (self != NULL, MASH_TIME_NEVER);

  while (n > 0)
    {
      day++;
      if (mash_calendar_works_on (self, day))
        n--;
    }

  return mash_time_get_day_end (day);
}

/**
 * mash_calendar_get_open_time:
 * @self: a calendar
 * @from: an instant
 * @to: an instant
 *
 * Returns: how many microseconds between the two the desk was open; 0 when @to is not later
 */
gint64
mash_calendar_get_open_time (MashCalendar *self,
                             gint64        from,
                             gint64        to)
{
  int last = mash_time_get_local_day (to);
  gint64 open = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (int day = mash_time_get_local_day (from); day <= last; day++)
    {
      gint64 opens, closes;

      if (get_open (self, day, &opens, &closes))
        open += MAX (MIN (closes, to) - MAX (opens, from), 0);
    }

  return open;
}

/**
 * mash_calendar_add_open_time:
 * @self: a calendar
 * @from: an instant
 * @length: microseconds, more than 0
 *
 * Returns: the instant at which the desk has been open for @length since @from; %MASH_TIME_NEVER
 *   where it never will have been
 */
gint64
mash_calendar_add_open_time (MashCalendar *self,
                             gint64        from,
                             gint64        length)
{
  int idle = 0;

  g_return_val_if_fail (self != NULL, MASH_TIME_NEVER);
  g_return_val_if_fail (length > 0, MASH_TIME_NEVER);

  for (int day = mash_time_get_local_day (from); idle < FAR_DAYS; day++, idle++)
    {
      gint64 opens, closes;

      if (!get_open (self, day, &opens, &closes) || closes <= from)
        continue;
      opens = MAX (opens, from);
      if (closes - opens >= length)
        return opens + length;
      length -= closes - opens;
      idle = 0;
    }

  return MASH_TIME_NEVER;
}

/**
 * mash_calendar_find_closing:
 * @self: a calendar
 * @from: an instant
 *
 * Returns: when the desk closes next after @from: today, or where today is over or not worked, on
 *   the next day that it opens; %MASH_TIME_NEVER where it never does
 */
gint64
mash_calendar_find_closing (MashCalendar *self,
                            gint64        from)
{
  int first = mash_time_get_local_day (from);

  g_return_val_if_fail (self != NULL, MASH_TIME_NEVER);

  for (int day = first; day < first + FAR_DAYS; day++)
    {
      gint64 opens, closes;

      if (get_open (self, day, &opens, &closes) && closes > from)
        return closes;
    }

  return MASH_TIME_NEVER;
}
