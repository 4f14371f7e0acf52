/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <time.h>

#include <glib.h>

#include "mash-time.h"

static gint64
at (const char *instant)
{
  gint64 usec = 0;

  g_assert_true (mash_time_parse (instant, &usec));

  return usec;
}

static void
test_instants (void)
{
  static const struct { const char *text; gint64 usec; } good[] = {
    { "1970-01-01T00:00:00.000Z", 0 },
    { "1969-12-31T23:59:59.999Z", -MASH_TIME_MILLISECOND },
    { "2000-02-29T12:34:56.789Z", G_GINT64_CONSTANT (951827696789000) },
    { "2026-11-20T16:52:00.000Z", G_GINT64_CONSTANT (1795193520000000) },
    { "0001-01-01T00:00:00.000Z", G_GINT64_CONSTANT (-62135596800000000) },
    { "9999-12-31T23:59:59.999Z", G_GINT64_CONSTANT (253402300799999000) },
  };
  static const char *const bad[] = {
    "", "2026-11-20", "2026-11-20T16:52:00Z", "2026-11-20T16:52:00.00Z", "2026-11-20T16:52:00.000",
    "2026-11-20T16:52:00.0000Z", "2026-11-20 16:52:00.000Z", "2026-11-20T16:52:00.000z",
    "2026-11-20T16:52:00.000Z ", " 2026-11-20T16:52:00.000Z", "2026-11-20T16:52:00,000Z",
    "2026-02-29T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-00-10T00:00:00.000Z",
    "2026-04-31T00:00:00.000Z", "2026-04-00T00:00:00.000Z", "2026-04-01T24:00:00.000Z",
    "2026-04-01T00:60:00.000Z", "2016-12-31T23:59:60.000Z", "0000-01-01T00:00:00.000Z",
    "2026-04-01T00:00:00.000+01:00", "+026-04-01T00:00:00.000Z", "2026-04-01T-1:00:00.000Z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = mash_time_format (good[i].usec);

      g_assert_cmpint (at (good[i].text), ==, good[i].usec);
      g_assert_cmpstr (text, ==, good[i].text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gint64 usec = 7;

      g_assert_false (mash_time_parse (bad[i], &usec));
      g_assert_cmpint (usec, ==, 7);
    }
  g_assert_false (mash_time_parse (NULL, NULL));
}

/* The last Sundays of March and October, 01:00 UTC, of thirty years as they were and will be. */
static void
test_changes (void)
{
  static const struct { const char *spring, *autumn; } changes[] = {
    { "1996-03-31", "1996-10-27" }, { "1997-03-30", "1997-10-26" }, { "1998-03-29", "1998-10-25" },
    { "1999-03-28", "1999-10-31" }, { "2000-03-26", "2000-10-29" }, { "2008-03-30", "2008-10-26" },
    { "2016-03-27", "2016-10-30" }, { "2020-03-29", "2020-10-25" }, { "2024-03-31", "2024-10-27" },
    { "2025-03-30", "2025-10-26" }, { "2026-03-29", "2026-10-25" }, { "2027-03-28", "2027-10-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *spring = g_strconcat (changes[i].spring, "T01:00:00.000Z", NULL);
      g_autofree char *autumn = g_strconcat (changes[i].autumn, "T01:00:00.000Z", NULL);

      g_assert_cmpint (mash_time_get_offset (at (spring) - 1), ==, 0);
      g_assert_cmpint (mash_time_get_offset (at (spring)), ==, MASH_TIME_HOUR);
      g_assert_cmpint (mash_time_get_offset (at (autumn) - 1), ==, MASH_TIME_HOUR);
      g_assert_cmpint (mash_time_get_offset (at (autumn)), ==, 0);
    }
  g_assert_cmpint (mash_time_get_offset (G_MAXINT64), ==, 0);
  g_assert_cmpint (mash_time_get_offset (G_MININT64), ==, 0);
}

static void
test_local (void)
{
  static const struct
  {
    const char *local;
    gboolean    second;
    guint       count;
    const char *instant;
  } rows[] = {
    { "2026-11-20 16:52", FALSE, 1, "2026-11-20T16:52:00.000Z" },
    { "2026-07-01T00:30", FALSE, 1, "2026-06-30T23:30:00.000Z" },
    { "2026-10-25 00:59", FALSE, 1, "2026-10-24T23:59:00.000Z" },
    { "2026-10-25 01:30", FALSE, 2, "2026-10-25T00:30:00.000Z" },
    { "2026-10-25 01:30", TRUE, 2, "2026-10-25T01:30:00.000Z" },
    { "2026-10-25 02:00", TRUE, 1, "2026-10-25T02:00:00.000Z" },
    { "2026-03-29 00:59", FALSE, 1, "2026-03-29T00:59:00.000Z" },
    { "2026-03-29 01:00", FALSE, 0, NULL },
    { "2026-03-29 01:59", TRUE, 0, NULL },
    { "2026-03-29 02:00", FALSE, 1, "2026-03-29T01:00:00.000Z" },
    { "2026-03-29 24:00", FALSE, 0, NULL },
    { "2026-03-29 2:00", FALSE, 0, NULL },
    { "2026-03-29 02:00:00", FALSE, 0, NULL },
    { "2026-03-29", FALSE, 0, NULL },
    { NULL, FALSE, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 usec = 0;

      g_assert_cmpuint (mash_time_count_local (rows[i].local), ==, rows[i].count);
      g_assert_true (mash_time_from_local (rows[i].local, rows[i].second, &usec) ==
                     (rows[i].instant != NULL));
      if (rows[i].instant != NULL)
        {
          g_autofree char *text = mash_time_format (usec);
          g_autofree char *local = mash_time_dup_local (usec);

          g_assert_cmpstr (text, ==, rows[i].instant);
          g_assert_cmpint (strncmp (local, rows[i].local, 10), ==, 0);
          g_assert_cmpstr (local + 11, ==, rows[i].local + 11);
        }
    }
}

/* What the machine's zone says makes no difference. */
static void
test_machine_zone (void)
{
  static const char *const zones[] = {
    "UTC", "Pacific/Kiritimati", "America/New_York", ":/nowhere",
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *date = NULL;

      g_setenv ("TZ", zones[i], TRUE);
      tzset ();
      date = mash_time_dup_local_date (at ("2026-06-30T23:30:00.000Z"));
      g_assert_cmpstr (date, ==, "2026-07-01");
    }
  g_unsetenv ("TZ");
  tzset ();
}

static void
test_day_end (void)
{
  static const struct { const char *date, *end; } rows[] = {
    { "2026-11-23", "2026-11-23T23:59:59.999Z" },
    { "2026-07-01", "2026-07-01T22:59:59.999Z" },
    { "2026-03-29", "2026-03-29T22:59:59.999Z" },
    { "2026-10-25", "2026-10-25T23:59:59.999Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *end = NULL;
      int day;

      g_assert_true (mash_date_parse (rows[i].date, &day));
      end = mash_time_format (mash_time_get_day_end (day));
      g_assert_cmpstr (end, ==, rows[i].end);
    }
}

static void
test_months (void)
{
  static const struct { const char *from; int months; const char *to; } rows[] = {
    { "2024-02-29", 12, "2025-02-28" }, { "2024-02-29", 48, "2028-02-29" },
    { "2026-01-31", 1, "2026-02-28" },  { "2026-01-31", -2, "2025-11-30" },
    { "2026-12-15", 1, "2027-01-15" },  { "2026-05-31", 12, "2027-05-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *to = NULL;
      int day;

      g_assert_true (mash_date_parse (rows[i].from, &day));
      to = mash_date_format (mash_date_add_months (day, rows[i].months));
      g_assert_cmpstr (to, ==, rows[i].to);
    }
}

/* Every date of eight centuries against GLib’s calendar. */
static void
test_dates_against_glib (void)
{
  GDate date;
  int day;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, 1, 1600);
  g_assert_true (mash_date_parse ("1600-01-01", &day));
  for (guint i = 0; i < 292200; i++, day++)
    {
      g_assert_cmpuint (mash_date_get_weekday (day), ==, g_date_get_weekday (&date));
      if (i % 7 == 0)
        {
          g_autofree char *ours = mash_date_format (day);
          g_autofree char *theirs = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date),
                                                     (int) g_date_get_month (&date),
                                                     g_date_get_day (&date));
          int back;

          g_assert_cmpstr (ours, ==, theirs);
          g_assert_true (mash_date_parse (ours, &back));
          g_assert_cmpint (back, ==, day);
        }
      g_date_add_days (&date, 1);
    }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint64 minute = g_test_rand_int_range (13675680, 42000000);
      gint64 usec = minute * MASH_TIME_MINUTE;
      g_autofree char *local = mash_time_dup_local (usec);
      g_autofree char *text = mash_time_format (usec);
      guint count = mash_time_count_local (local);
      gint64 first, second;

      g_assert_cmpint (at (text), ==, usec);
      g_assert_cmpuint (count, >, 0);
      g_assert_true (mash_time_from_local (local, FALSE, &first));
      g_assert_true (mash_time_from_local (local, TRUE, &second));
      g_assert_true (usec == first || usec == second);
      g_assert_cmpint (second - first, ==, count == 2 ? MASH_TIME_HOUR : 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/instants", test_instants);
  g_test_add_func ("/time/changes", test_changes);
  g_test_add_func ("/time/local", test_local);
  g_test_add_func ("/time/machine-zone", test_machine_zone);
  g_test_add_func ("/time/day-end", test_day_end);
  g_test_add_func ("/time/months", test_months);
  g_test_add_func ("/time/dates-against-glib", test_dates_against_glib);
  g_test_add_func ("/time/round-trip", test_round_trip);

  return g_test_run ();
}
