/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "mash-calendar.h"
#include "mash-time.h"

/* England’s bank holidays of 2026 and 2027 (gov.uk, “UK bank holidays”). */
static const char *const holidays[] = {
  "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25",
  "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30",
  "2027-12-27", "2027-12-28",
};

static MashCalendar *
make_england (void)
{
  MashCalendar *calendar = mash_calendar_new ("england");

  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++)
    g_assert_true (mash_calendar_add_holiday (calendar, holidays[i]));
  for (guint weekday = 1; weekday <= 5; weekday++)
    g_assert_true (mash_calendar_set_hours (calendar, weekday, 9 * 60, 17 * 60));

  return calendar;
}

static gint64
from_local (const char *local)
{
  gint64 usec = 0;

  g_assert_true (mash_time_from_local (local, FALSE, &usec));

  return usec;
}

/* The first five rows of dates are the checked values of domain 3.9. */
static void
test_working_days (void)
{
  static const struct { const char *from; guint n; const char *to; } rows[] = {
    { "2026-04-02 09:00", 15, "2026-04-27" },
    { "2026-12-18 09:00", 15, "2027-01-13" },
    { "2026-12-24 09:00", 1, "2026-12-29" },
    { "2026-11-20 16:52", 1, "2026-11-23" },
    { "2026-11-21 16:52", 1, "2026-11-23" },
    { "2026-04-02 09:00", 45, "2026-06-10" },
    { "2026-11-22 00:00", 1, "2026-11-23" },
    { "2026-11-23 00:00", 1, "2026-11-24" },
    { "2026-11-23 23:59", 1, "2026-11-24" },
    /* Half past midnight in summer is still the day before on UTC. */
    { "2026-06-30 00:30", 1, "2026-07-01" },
    { "2026-11-21 10:00", 0, "2026-11-21" },
  };
  g_autoptr (MashCalendar) calendar = make_england ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 end = mash_calendar_add_working_days (calendar, from_local (rows[i].from), rows[i].n);
      g_autofree char *date = mash_time_dup_local_date (end);
      g_autofree char *next = mash_time_dup_local (end + MASH_TIME_MILLISECOND);

      g_assert_cmpstr (date, ==, rows[i].to);
      g_assert_true (g_str_has_suffix (next, " 00:00"));
    }
}

static void
test_building (void)
{
  g_autoptr (MashCalendar) calendar = mash_calendar_new ("duty");
  g_autoptr (MashCalendar) other = mash_calendar_ref (calendar);

  g_assert_cmpstr (mash_calendar_get_id (other), ==, "duty");
  g_assert_false (mash_calendar_add_holiday (calendar, "2026-02-30"));
  g_assert_false (mash_calendar_add_holiday (calendar, "Christmas"));
  g_assert_false (mash_calendar_set_hours (calendar, 0, 0, 60));
  g_assert_false (mash_calendar_set_hours (calendar, 8, 0, 60));
  g_assert_false (mash_calendar_set_hours (calendar, 1, 0, 1441));
  g_assert_false (mash_calendar_set_hours (calendar, 1, 61, 60));
  g_assert_false (mash_calendar_has_hours (calendar));
  g_assert_true (mash_calendar_set_hours (calendar, 7, 0, 1440));
  g_assert_true (mash_calendar_has_hours (calendar));
  g_assert_true (mash_calendar_set_hours (calendar, 7, 60, 60));
  g_assert_false (mash_calendar_has_hours (calendar));

  g_assert_true (mash_calendar_is_working_day (calendar, "2026-12-25"));
  g_assert_true (mash_calendar_add_holiday (calendar, "2026-12-25"));
  g_assert_false (mash_calendar_is_working_day (calendar, "2026-12-25"));
  g_assert_false (mash_calendar_is_working_day (calendar, "2026-12-26"));
  g_assert_false (mash_calendar_is_working_day (calendar, "2026-12-27"));
  g_assert_false (mash_calendar_is_working_day (calendar, "27 December"));
}

static void
test_open_time (void)
{
  static const struct { const char *from, *to; int minutes; } rows[] = {
    { "2026-11-23 09:00", "2026-11-23 17:00", 480 },
    { "2026-11-23 08:00", "2026-11-23 09:30", 30 },
    { "2026-11-23 16:30", "2026-11-24 09:30", 60 },
    { "2026-11-20 16:00", "2026-11-23 10:00", 120 },
    { "2026-12-24 16:00", "2026-12-29 10:00", 120 },
    { "2026-11-21 09:00", "2026-11-22 17:00", 0 },
    { "2026-11-23 12:00", "2026-11-23 12:00", 0 },
    { "2026-11-23 12:00", "2026-11-20 12:00", 0 },
    /* Across both changes of the clocks an hour of the desk stays an hour. */
    { "2026-03-27 16:00", "2026-03-30 10:00", 120 },
    { "2026-10-23 16:00", "2026-10-26 10:00", 120 },
  };
  g_autoptr (MashCalendar) calendar = make_england ();
  g_autoptr (MashCalendar) closed = mash_calendar_new ("closed");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 from = from_local (rows[i].from);
      gint64 to = from_local (rows[i].to);
      gint64 length = rows[i].minutes * MASH_TIME_MINUTE;

      g_assert_cmpint (mash_calendar_get_open_time (calendar, from, to), ==, length);
      g_assert_cmpint (mash_calendar_get_open_time (closed, from, to), ==, 0);
      if (length > 0)
        g_assert_cmpint (mash_calendar_get_open_time (calendar, from,
                                                      mash_calendar_add_open_time (calendar, from,
                                                                                   length)),
                         ==, length);
    }
  g_assert_cmpint (mash_calendar_add_open_time (closed, 0, 1), ==, MASH_TIME_NEVER);
  g_assert_cmpint (mash_calendar_find_closing (closed, 0), ==, MASH_TIME_NEVER);
  g_assert_cmpint (mash_calendar_add_open_time (calendar, from_local ("2026-11-20 16:30"),
                                                MASH_TIME_HOUR),
                   ==, from_local ("2026-11-23 09:30"));
}

/* A desk that is open round the clock has 23 hours on the last Sunday of March. */
static void
test_round_the_clock (void)
{
  g_autoptr (MashCalendar) calendar = mash_calendar_new ("duty");

  for (guint weekday = 1; weekday <= 7; weekday++)
    g_assert_true (mash_calendar_set_hours (calendar, weekday, 0, 1440));
  g_assert_cmpint (mash_calendar_get_open_time (calendar, from_local ("2026-03-29 00:00"),
                                                from_local ("2026-03-30 00:00")),
                   ==, 23 * MASH_TIME_HOUR);
  g_assert_cmpint (mash_calendar_get_open_time (calendar, from_local ("2026-10-25 00:00"),
                                                from_local ("2026-10-26 00:00")),
                   ==, 25 * MASH_TIME_HOUR);
}

/* More days or a later start never end earlier; the end is worked; n days are n worked days. */
static void
test_properties (void)
{
  g_autoptr (MashCalendar) calendar = make_england ();

  for (guint i = 0; i < 2000; i++)
    {
      gint64 from = from_local ("2025-12-01 00:00") +
                    g_test_rand_int_range (0, 365 * 1440) * MASH_TIME_MINUTE;
      gint64 later = from + g_test_rand_int_range (0, 20 * 1440) * MASH_TIME_MINUTE;
      guint n = (guint) g_test_rand_int_range (1, 90);
      gint64 end = mash_calendar_add_working_days (calendar, from, n);
      int first = mash_time_get_local_day (from);
      guint worked = 0;

      g_assert_cmpint (end, >, from);
      g_assert_cmpint (mash_calendar_add_working_days (calendar, from, n + 1), >, end);
      g_assert_cmpint (mash_calendar_add_working_days (calendar, later, n), >=, end);
      g_assert_true (mash_calendar_works_on (calendar, mash_time_get_local_day (end)));
      for (int day = first + 1; day <= mash_time_get_local_day (end); day++)
        worked += mash_calendar_works_on (calendar, day);
      g_assert_cmpuint (worked, ==, n);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/calendar/working-days", test_working_days);
  g_test_add_func ("/calendar/building", test_building);
  g_test_add_func ("/calendar/open-time", test_open_time);
  g_test_add_func ("/calendar/round-the-clock", test_round_the_clock);
  g_test_add_func ("/calendar/properties", test_properties);

  return g_test_run ();
}
