/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "mash-clock-reading.h"

static const MashClockRule elapsed_day = {
  .id = "T03", .unit = MASH_UNIT_ELAPSED, .limit_minutes = 1440, .warn_percent = 75,
};
static const MashClockRule statutory = {
  .id = "T02", .statutory = TRUE, .unit = MASH_UNIT_WORKING_DAYS, .limit = 1, .warn_percent = 75,
};
static const MashClockRule health = {
  .id = "T07", .unit = MASH_UNIT_ELAPSED, .limit_minutes = 60, .may_pause = TRUE,
  .warn_percent = 75,
};
static const MashClockRule triage = {
  .id = "T06", .unit = MASH_UNIT_ELAPSED, .brag_minutes = { 0, 1440, 360, 120 }, .by_brag = TRUE,
  .warn_percent = 75,
};
static const MashClockRule protection = {
  .id = "T18", .unit = MASH_UNIT_ELAPSED, .limit_minutes = 4320, .warn_percent = 75,
};

static MashCalendar *
make_england (void)
{
  MashCalendar *calendar = mash_calendar_new ("england");

  mash_calendar_add_holiday (calendar, "2026-12-25");
  mash_calendar_add_holiday (calendar, "2026-12-28");
  for (guint weekday = 1; weekday <= 5; weekday++)
    mash_calendar_set_hours (calendar, weekday, 9 * 60, 17 * 60);

  return calendar;
}

static gint64
from_local (const char *local)
{
  gint64 usec = 0;

  g_assert_true (mash_time_from_local (local, FALSE, &usec));

  return usec;
}

static void
test_due (void)
{
  static const struct
  {
    MashClockRule rule;
    const char   *started;
    const char   *brag;
    const char   *due;      /* the minute in which it is due; NULL for never */
  } rows[] = {
    /* Scenario 1: the local decision runs through the weekend, the statutory one does not. */
    { { "T02", .unit = MASH_UNIT_WORKING_DAYS, .limit = 1 }, "2026-11-20 16:52", "R",
      "2026-11-23 23:59" },
    { { "T03", .unit = MASH_UNIT_ELAPSED, .limit_minutes = 1440 }, "2026-11-20 16:52", "R",
      "2026-11-21 16:52" },
    /* A day of elapsed hours across both changes of the clocks. */
    { { "T03", .unit = MASH_UNIT_ELAPSED, .limit_minutes = 1440 }, "2026-10-24 16:00", NULL,
      "2026-10-25 15:00" },
    { { "T03", .unit = MASH_UNIT_ELAPSED, .limit_minutes = 1440 }, "2026-03-28 16:00", NULL,
      "2026-03-29 17:00" },
    /* Scenario 2 and rule 6: police protection, first 01:30 of the night with two. */
    { { "T18", .unit = MASH_UNIT_ELAPSED, .limit_minutes = 4320 }, "2026-10-25 01:30", "R",
      "2026-10-28 00:30" },
    { { "T06", .unit = MASH_UNIT_ELAPSED, .brag_minutes = { 0, 1440, 360, 120 }, .by_brag = TRUE },
      "2026-11-20 10:00", "R", "2026-11-20 12:00" },
    { { "T06", .unit = MASH_UNIT_ELAPSED, .brag_minutes = { 0, 1440, 360, 120 }, .by_brag = TRUE },
      "2026-11-20 10:00", "A", "2026-11-20 16:00" },
    { { "T06", .unit = MASH_UNIT_ELAPSED, .brag_minutes = { 0, 1440, 360, 120 }, .by_brag = TRUE },
      "2026-11-20 10:00", "G", "2026-11-21 10:00" },
    { { "T06", .unit = MASH_UNIT_ELAPSED, .brag_minutes = { 0, 1440, 360, 120 }, .by_brag = TRUE },
      "2026-11-20 10:00", "B", NULL },
    { { "T06", .unit = MASH_UNIT_ELAPSED, .brag_minutes = { 0, 1440, 360, 120 }, .by_brag = TRUE },
      "2026-11-20 10:00", NULL, NULL },
    { { "T06", .unit = MASH_UNIT_ELAPSED, .brag_minutes = { 0, 1440, 360, 120 }, .by_brag = TRUE },
      "2026-11-20 10:00", "RED", NULL },
    { { "T09", .unit = MASH_UNIT_ELAPSED, .brag_minutes = { 240, 240, 240, 60 }, .by_brag = TRUE },
      "2026-11-20 10:00", NULL, "2026-11-20 14:00" },
    { { "T17", .unit = MASH_UNIT_WORKING_DAYS, .limit = 1, .red_same_day = TRUE },
      "2026-11-20 10:00", "R", "2026-11-20 23:59" },
    { { "T17", .unit = MASH_UNIT_WORKING_DAYS, .limit = 1, .red_same_day = TRUE },
      "2026-11-20 10:00", "A", "2026-11-23 23:59" },
    { { "T20", .unit = MASH_UNIT_SAME_DAY }, "2026-06-30 00:10", NULL, "2026-06-30 23:59" },
    { { "T24", .unit = MASH_UNIT_CALENDAR_DAYS, .limit = 14 }, "2026-10-20 09:00", NULL,
      "2026-11-03 23:59" },
    { { "T26", .unit = MASH_UNIT_CALENDAR_DAYS }, "2026-10-20 09:00", NULL, NULL },
    { { "T28", .unit = MASH_UNIT_MONTHS, .limit = 12 }, "2024-02-29 12:00", NULL,
      "2025-02-28 23:59" },
    { { "T04", .unit = MASH_UNIT_REPORT_ONLY }, "2026-10-20 09:00", "R", NULL },
    { { "T14", .unit = MASH_UNIT_SAME_DAY, .calendar = "england" }, "2026-11-20 13:00", NULL,
      "2026-11-20 17:00" },
    { { "T14", .unit = MASH_UNIT_SAME_DAY, .calendar = "england" }, "2026-11-20 17:00", NULL,
      "2026-11-23 17:00" },
    { { "T14", .unit = MASH_UNIT_SAME_DAY, .calendar = "england" }, "2026-12-24 23:00", NULL,
      "2026-12-29 17:00" },
    { { "Txx", .unit = MASH_UNIT_BUSINESS_HOURS, .limit_minutes = 480 }, "2026-11-20 13:00", NULL,
      "2026-11-23 13:00" },
  };
  g_autoptr (MashCalendar) calendar = make_england ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 due = mash_clock_rule_get_due (&rows[i].rule, calendar,
                                            from_local (rows[i].started), rows[i].brag, 0);

      if (rows[i].due == NULL)
        {
          g_assert_cmpint (due, ==, MASH_TIME_NEVER);
        }
      else
        {
          g_autofree char *local = mash_time_dup_local (due);

          g_assert_cmpstr (local, ==, rows[i].due);
        }
    }
}

/* Scenario 2: 01:30 BST is 00:30 on UTC, and 72 hours later it is 00:30 GMT. */
static void
test_police_protection (void)
{
  gint64 started, due;
  g_autofree char *text = NULL;

  g_assert_true (mash_time_parse ("2026-10-25T00:30:00.000Z", &started));
  due = mash_clock_rule_get_due (&protection, NULL, started, "R", 0);
  text = mash_time_format (due);
  g_assert_cmpstr (text, ==, "2026-10-28T00:30:00.000Z");
}

/* Scenario 6: asked at 11:00 with an hour to answer; the answer comes at 15:20. */
static void
test_health_does_not_answer (void)
{
  static const struct
  {
    const char    *now;
    MashClockState state;
    guint          percent;
    guint          escalation;
    guint          late;
  } rows[] = {
    { "2026-11-24 11:00", MASH_CLOCK_RUNNING, 0, 0, 0 },
    { "2026-11-24 11:44", MASH_CLOCK_RUNNING, 73, 0, 0 },
    { "2026-11-24 11:45", MASH_CLOCK_WARNING, 75, 0, 0 },
    { "2026-11-24 11:59", MASH_CLOCK_WARNING, 98, 0, 0 },
    { "2026-11-24 12:00", MASH_CLOCK_LATE, 100, 100, 0 },
    { "2026-11-24 12:29", MASH_CLOCK_LATE, 148, 100, 29 },
    { "2026-11-24 12:30", MASH_CLOCK_LATE, 150, 150, 30 },
    { "2026-11-24 13:00", MASH_CLOCK_LATE, 200, 200, 60 },
    { "2026-11-24 15:20", MASH_CLOCK_LATE, 433, 200, 200 },
  };
  static const struct { guint percent; const char *at; } steps[] = {
    { 75, "2026-11-24 11:45" }, { 100, "2026-11-24 12:00" },
    { 150, "2026-11-24 12:30" }, { 200, "2026-11-24 13:00" },
  };
  gint64 started = from_local ("2026-11-24 11:00");
  gint64 due = mash_clock_rule_get_due (&health, NULL, started, "R", 0);
  MashClockRun run = { &health, started, due, 0 };
  MashClockReading reading;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      mash_clock_rule_read (&health, NULL, started, due, 0, 0, from_local (rows[i].now), &reading);
      g_assert_cmpint (reading.state, ==, rows[i].state);
      g_assert_cmpuint (reading.percent, ==, rows[i].percent);
      g_assert_cmpuint (reading.escalation, ==, rows[i].escalation);
      g_assert_cmpuint (reading.late_minutes, ==, rows[i].late);
      g_assert_cmpint (reading.left_usec, ==, due - from_local (rows[i].now));
    }
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_cmpint (mash_clock_run_get_step (&run, steps[i].percent), ==,
                     from_local (steps[i].at));

  mash_clock_rule_read (&health, NULL, started, due, from_local ("2026-11-24 15:20"), 0,
                        from_local ("2026-12-24 09:00"), &reading);
  g_assert_cmpint (reading.state, ==, MASH_CLOCK_BROKEN);
  g_assert_cmpuint (reading.late_minutes, ==, 200);
}

/* Once stopped a clock says the same for ever. */
static void
test_stopped (void)
{
  gint64 started = from_local ("2026-11-20 16:52");
  gint64 due = mash_clock_rule_get_due (&elapsed_day, NULL, started, NULL, 0);
  static const struct { gint64 after_due; MashClockState state; guint late; } rows[] = {
    { -MASH_TIME_HOUR, MASH_CLOCK_HELD, 0 },
    { 0, MASH_CLOCK_HELD, 0 },
    { MASH_TIME_MILLISECOND, MASH_CLOCK_BROKEN, 1 },
    { MASH_TIME_MINUTE, MASH_CLOCK_BROKEN, 1 },
    { MASH_TIME_MINUTE + 1, MASH_CLOCK_BROKEN, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (guint days = 0; days < 40; days += 13)
        {
          MashClockReading reading;

          mash_clock_rule_read (&elapsed_day, NULL, started, due, due + rows[i].after_due, 0,
                                due + days * MASH_TIME_DAY, &reading);
          g_assert_cmpint (reading.state, ==, rows[i].state);
          g_assert_cmpuint (reading.late_minutes, ==, rows[i].late);
          g_assert_cmpint (reading.left_usec, ==, -rows[i].after_due);
          g_assert_cmpint (reading.elapsed_usec, ==, MASH_TIME_DAY + rows[i].after_due);
        }
    }
}

/* Rules 2 and 3: only where the rule lets it, only outside the hours, never when red. */
static void
test_pauses (void)
{
  static const MashClockRule other = {
    .id = "T08", .unit = MASH_UNIT_ELAPSED, .brag_minutes = { 0, 1440, 360, 120 },
    .by_brag = TRUE, .may_pause = TRUE, .warn_percent = 75,
  };
  g_autoptr (MashCalendar) hours = make_england ();
  gint64 asked = from_local ("2026-11-20 16:30");
  gint64 monday = from_local ("2026-11-23 09:20");
  MashClockReading reading;
  gint64 paused, due;

  paused = mash_clock_rule_get_paused (&health, hours, "A", asked, monday);
  g_assert_cmpint (paused, ==, monday - asked - 50 * MASH_TIME_MINUTE);
  g_assert_cmpint (mash_clock_rule_get_paused (&health, hours, "R", asked, monday), ==, 0);
  g_assert_cmpint (mash_clock_rule_get_paused (&health, NULL, "A", asked, monday), ==, 0);
  g_assert_cmpint (mash_clock_rule_get_paused (&health, hours, "A", asked,
                                               asked + 30 * MASH_TIME_MINUTE), ==, 0);
  g_assert_cmpint (mash_clock_rule_get_paused (&statutory, hours, "A", asked, monday), ==, 0);
  g_assert_cmpint (mash_clock_rule_get_paused (&elapsed_day, hours, "A", asked, monday), ==, 0);

  due = mash_clock_rule_get_due_in_hours (&health, hours, asked, "A");
  g_assert_cmpint (due, ==, from_local ("2026-11-23 09:30"));
  g_assert_cmpint (mash_clock_rule_get_due (&health, NULL, asked, "A", paused), ==, due);
  g_assert_cmpint (mash_clock_rule_get_due_in_hours (&health, hours, asked, "R"), ==,
                   from_local ("2026-11-20 17:30"));
  g_assert_cmpint (mash_clock_rule_get_due (&health, NULL, asked, "R", paused), ==,
                   from_local ("2026-11-20 17:30"));
  g_assert_cmpint (mash_clock_rule_get_due_in_hours (&other, hours, asked, "A"), ==,
                   from_local ("2026-11-23 14:30"));
  g_assert_cmpint (mash_clock_rule_get_due_in_hours (&other, hours, asked, "B"), ==,
                   MASH_TIME_NEVER);
  g_assert_cmpint (mash_clock_rule_get_due_in_hours (&elapsed_day, hours, asked, "A"), ==,
                   asked + MASH_TIME_DAY);
  g_assert_cmpint (mash_clock_rule_get_due (&elapsed_day, NULL, asked, "A", paused), ==,
                   asked + MASH_TIME_DAY);

  /* Both the worked and the elapsed time are told. */
  mash_clock_rule_read (&health, NULL, asked, due, 0, paused, monday, &reading);
  g_assert_cmpint (reading.worked_usec, ==, 50 * MASH_TIME_MINUTE);
  g_assert_cmpint (reading.elapsed_usec, ==, monday - asked);
  g_assert_cmpuint (reading.percent, ==, 83);
  g_assert_cmpint (reading.state, ==, MASH_CLOCK_WARNING);

  /* What is said of a pause to a clock that may not pause changes nothing. */
  mash_clock_rule_read (&elapsed_day, NULL, asked, asked + MASH_TIME_DAY, 0, paused,
                        asked + 18 * MASH_TIME_HOUR, &reading);
  g_assert_cmpint (reading.worked_usec, ==, 18 * MASH_TIME_HOUR);
  g_assert_cmpint (reading.state, ==, MASH_CLOCK_WARNING);
}

static void
test_odd_readings (void)
{
  MashClockReading reading;

  /* Only measured. */
  mash_clock_rule_read (&triage, NULL, 0, MASH_TIME_NEVER, 0, 0, MASH_TIME_HOUR, &reading);
  g_assert_cmpint (reading.state, ==, MASH_CLOCK_NONE);
  g_assert_cmpint (reading.elapsed_usec, ==, MASH_TIME_HOUR);
  g_assert_cmpint (reading.left_usec, ==, MASH_TIME_NEVER);

  /* Started in the future, by a machine whose clock is wrong. */
  mash_clock_rule_read (&health, NULL, MASH_TIME_HOUR, 2 * MASH_TIME_HOUR, 0, 0, 0, &reading);
  g_assert_cmpint (reading.state, ==, MASH_CLOCK_RUNNING);
  g_assert_cmpuint (reading.percent, ==, 0);

  /* Due before it started, and centuries ago. */
  mash_clock_rule_read (&health, NULL, MASH_TIME_HOUR, 0, 0, 0, 400 * 366 * MASH_TIME_DAY,
                        &reading);
  g_assert_cmpint (reading.state, ==, MASH_CLOCK_LATE);
  g_assert_cmpuint (reading.escalation, ==, 200);
}

/* As time goes on a running clock only ever gets worse, and its figures agree. */
static void
test_properties (void)
{
  static const MashClockRule *const rules[] = { &elapsed_day, &statutory, &health, &protection };
  g_autoptr (MashCalendar) calendar = make_england ();

  for (guint i = 0; i < 500; i++)
    {
      const MashClockRule *rule = rules[i % G_N_ELEMENTS (rules)];
      gint64 started = from_local ("2026-03-01 00:00") +
                       g_test_rand_int_range (0, 300 * 1440) * MASH_TIME_MINUTE;
      gint64 due = mash_clock_rule_get_due (rule, calendar, started, "A", 0);
      MashClockReading before = { MASH_CLOCK_RUNNING };

      g_assert_cmpint (due, >, started);
      for (gint64 now = started; now < started + 2 * (due - started); now += (due - started) / 37)
        {
          MashClockReading reading;

          mash_clock_rule_read (rule, calendar, started, due, 0, 0, now, &reading);
          g_assert_cmpint (reading.state, >=, before.state);
          g_assert_cmpuint (reading.percent, >=, before.percent);
          g_assert_cmpuint (reading.escalation, >=, before.escalation);
          g_assert_true ((reading.state == MASH_CLOCK_LATE) == (reading.percent >= 100));
          g_assert_true ((reading.state == MASH_CLOCK_LATE) == (now >= due));
          before = reading;
        }
    }
}

static void
test_nearest (void)
{
  static const MashClockRule window = { .id = "T28", .unit = MASH_UNIT_MONTHS, .limit = 12 };
  static const MashClockRule report = { .id = "T04", .unit = MASH_UNIT_REPORT_ONLY };
  static const MashClockRule leading = {
    .id = "T18", .unit = MASH_UNIT_ELAPSED, .limit_minutes = 4320, .leads = TRUE,
  };
  const MashClockRun runs[] = {
    { &elapsed_day, 0, 10 * MASH_TIME_HOUR, 5 },
    { &window, 0, 1, 0 },
    { &report, 0, MASH_TIME_NEVER, 0 },
    { &elapsed_day, 0, 24 * MASH_TIME_HOUR, 0 },
    { &triage, 0, 3 * MASH_TIME_HOUR, 0 },
    { &statutory, 0, 3 * MASH_TIME_HOUR, 0 },
    { &protection, 0, 72 * MASH_TIME_HOUR, 0 },
    { &leading, 0, 72 * MASH_TIME_HOUR, 0 },
    { &leading, 0, 80 * MASH_TIME_HOUR, 0 },
  };

  /* What leads is shown, the earlier of two, and is not what is due first. */
  g_assert_cmpuint (mash_clock_run_find_nearest (runs, G_N_ELEMENTS (runs)), ==, 7);
  g_assert_cmpint (mash_clock_run_get_first_due (runs, G_N_ELEMENTS (runs)), ==,
                   3 * MASH_TIME_HOUR);
  g_assert_cmpint (mash_clock_run_get_first_due (runs, 3), ==, MASH_TIME_NEVER);
  g_assert_cmpuint (mash_clock_run_find_nearest (runs, 7), ==, 5);
  g_assert_cmpuint (mash_clock_run_find_nearest (runs, 5), ==, 4);
  g_assert_cmpuint (mash_clock_run_find_nearest (runs, 3), ==, MASH_NO_CLOCK);
  g_assert_cmpuint (mash_clock_run_find_nearest (NULL, 0), ==, MASH_NO_CLOCK);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_assert_cmpint (mash_clock_run_compare (&runs[i], &runs[i]), ==, 0);
      for (guint j = 0; j < i; j++)
        g_assert_true ((mash_clock_run_compare (&runs[i], &runs[j]) < 0) ==
                       (mash_clock_run_compare (&runs[j], &runs[i]) > 0));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/due", test_due);
  g_test_add_func ("/clock/police-protection", test_police_protection);
  g_test_add_func ("/clock/health-does-not-answer", test_health_does_not_answer);
  g_test_add_func ("/clock/stopped", test_stopped);
  g_test_add_func ("/clock/pauses", test_pauses);
  g_test_add_func ("/clock/odd-readings", test_odd_readings);
  g_test_add_func ("/clock/properties", test_properties);
  g_test_add_func ("/clock/nearest", test_nearest);

  return g_test_run ();
}
