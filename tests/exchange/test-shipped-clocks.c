/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-clock-reading.h"
#include "mash-policy-reader.h"
#include "mash-time.h"

/* Every clock of domain.md 4.3 as the shipped policy has it: when it is due, over weekends, bank
 * holidays and both changes of the clocks of the year; what it reads while it runs and after it has
 * stopped; whether it may stand still; and which deeds start and stop it. */

/* Local times. In the night to 25 October 2026 the clocks go back, in that to 28 March 2027 they go
 * forward; 25 and 28 December 2026, 26 and 29 March 2027 are bank holidays. */
static const struct
{
  const char *clock;
  const char *started;
  const char *brag;
  const char *due;      /* the minute in which it is due; NULL for never */
} rows[] = {
  { "T01", "2026-11-20 16:52", NULL, "2026-11-23 23:59" },
  { "T01", "2026-12-24 10:00", NULL, "2026-12-29 23:59" },
  { "T01", "2026-10-23 12:00", NULL, "2026-10-26 23:59" },
  { "T01", "2027-03-25 09:00", NULL, "2027-03-30 23:59" },
  { "T02", "2026-11-20 16:52", NULL, "2026-11-23 23:59" },
  { "T02", "2026-12-24 10:00", NULL, "2026-12-29 23:59" },
  { "T02", "2026-10-23 12:00", NULL, "2026-10-26 23:59" },
  { "T02", "2027-03-25 09:00", NULL, "2027-03-30 23:59" },
  { "T03", "2026-11-20 16:52", NULL, "2026-11-21 16:52" },
  { "T03", "2026-12-24 18:00", NULL, "2026-12-25 18:00" },
  { "T03", "2026-10-24 16:00", NULL, "2026-10-25 15:00" },
  { "T03", "2027-03-27 16:00", NULL, "2027-03-28 17:00" },
  { "T04", "2026-11-20 10:00", "R", NULL },
  { "T05", "2026-11-20 23:30", "R", "2026-11-21 01:30" },
  { "T05", "2026-12-25 12:00", "R", "2026-12-25 14:00" },
  { "T05", "2026-10-25 00:30", "R", "2026-10-25 01:30" },
  { "T05", "2027-03-28 00:30", "R", "2027-03-28 03:30" },
  { "T06", "2026-11-20 10:00", "R", "2026-11-20 12:00" },
  { "T06", "2026-11-20 10:00", "A", "2026-11-20 16:00" },
  { "T06", "2026-11-20 10:00", "G", "2026-11-21 10:00" },
  { "T06", "2026-11-20 10:00", "B", NULL },
  { "T06", "2026-10-24 22:00", "A", "2026-10-25 03:00" },
  { "T06", "2027-03-27 22:00", "A", "2027-03-28 05:00" },
  { "T07", "2026-11-24 11:00", "R", "2026-11-24 12:00" },
  { "T07", "2026-11-27 16:40", "G", "2026-11-27 17:40" },
  { "T07", "2026-10-25 00:30", "A", "2026-10-25 01:30" },
  { "T07", "2027-03-28 00:30", "A", "2027-03-28 02:30" },
  { "T08", "2026-11-20 10:00", "R", "2026-11-20 12:00" },
  { "T08", "2026-11-20 10:00", "A", "2026-11-20 16:00" },
  { "T08", "2026-11-20 10:00", "G", "2026-11-21 10:00" },
  { "T08", "2026-11-20 10:00", "B", NULL },
  { "T08", "2026-10-24 22:00", "A", "2026-10-25 03:00" },
  { "T08", "2027-03-27 22:00", "A", "2027-03-28 05:00" },
  { "T09", "2026-11-20 16:30", "R", "2026-11-20 17:30" },
  { "T09", "2026-11-20 16:30", "A", "2026-11-20 20:30" },
  { "T09", "2026-11-20 16:30", "G", "2026-11-20 20:30" },
  { "T09", "2026-11-20 16:30", "B", "2026-11-20 20:30" },
  { "T09", "2026-11-20 16:30", NULL, "2026-11-20 20:30" },
  { "T09", "2026-10-24 23:00", "A", "2026-10-25 02:00" },
  { "T09", "2027-03-27 23:00", "A", "2027-03-28 04:00" },
  { "T10", "2026-11-20 16:52", NULL, "2026-11-23 23:59" },
  { "T10", "2026-12-24 10:00", NULL, "2026-12-29 23:59" },
  { "T10", "2026-10-23 12:00", NULL, "2026-10-26 23:59" },
  { "T10", "2027-03-25 09:00", NULL, "2027-03-30 23:59" },
  { "T11", "2026-11-20 16:52", NULL, "2026-11-23 23:59" },
  { "T11", "2026-12-24 10:00", NULL, "2026-12-29 23:59" },
  { "T11", "2026-10-23 12:00", NULL, "2026-10-26 23:59" },
  { "T11", "2027-03-25 09:00", NULL, "2027-03-30 23:59" },
  { "T12", "2026-11-20 16:30", NULL, "2026-11-20 20:30" },
  { "T12", "2026-12-25 12:00", NULL, "2026-12-25 16:00" },
  { "T12", "2026-10-24 23:00", NULL, "2026-10-25 02:00" },
  { "T12", "2027-03-27 23:00", NULL, "2027-03-28 04:00" },
  { "T13", "2026-11-20 16:52", NULL, "2026-11-23 23:59" },
  { "T13", "2026-12-24 10:00", NULL, "2026-12-29 23:59" },
  { "T13", "2026-10-23 12:00", NULL, "2026-10-26 23:59" },
  { "T13", "2027-03-25 09:00", NULL, "2027-03-30 23:59" },
  { "T14", "2026-11-20 13:00", NULL, "2026-11-20 17:00" },
  { "T14", "2026-11-20 17:00", NULL, "2026-11-23 17:00" },
  { "T14", "2026-12-24 23:00", NULL, "2026-12-29 17:00" },
  { "T14", "2026-10-24 12:00", NULL, "2026-10-26 17:00" },
  { "T14", "2027-03-27 12:00", NULL, "2027-03-30 17:00" },
  { "T15", "2026-11-20 10:00", NULL, "2026-12-11 23:59" },
  { "T15", "2026-12-10 10:00", NULL, "2027-01-05 23:59" },
  { "T15", "2026-10-16 10:00", NULL, "2026-11-06 23:59" },
  { "T15", "2027-03-19 10:00", NULL, "2027-04-13 23:59" },
  { "T16", "2026-11-20 10:00", NULL, "2027-01-27 23:59" },
  { "T16", "2026-09-18 10:00", NULL, "2026-11-20 23:59" },
  { "T16", "2027-02-12 10:00", NULL, "2027-04-20 23:59" },
  { "T17", "2026-11-20 10:00", "R", "2026-11-20 23:59" },
  { "T17", "2026-11-20 10:00", "A", "2026-11-23 23:59" },
  { "T17", "2026-12-24 10:00", "G", "2026-12-29 23:59" },
  { "T17", "2026-10-25 00:30", "R", "2026-10-25 23:59" },
  { "T17", "2027-03-28 00:30", "R", "2027-03-28 23:59" },
  { "T17", "2027-03-25 10:00", "A", "2027-03-30 23:59" },
  { "T18", "2026-11-20 10:00", NULL, "2026-11-23 10:00" },
  { "T18", "2026-12-24 10:00", NULL, "2026-12-27 10:00" },
  { "T18", "2026-10-25 01:30", NULL, "2026-10-28 00:30" },
  { "T18", "2027-03-27 10:00", NULL, "2027-03-30 11:00" },
  { "T19", "2026-11-20 16:52", NULL, "2026-11-21 16:52" },
  { "T19", "2026-12-24 18:00", NULL, "2026-12-25 18:00" },
  { "T19", "2026-10-24 16:00", NULL, "2026-10-25 15:00" },
  { "T19", "2027-03-27 16:00", NULL, "2027-03-28 17:00" },
  { "T20", "2026-11-20 00:10", NULL, "2026-11-20 23:59" },
  { "T20", "2026-12-25 12:00", NULL, "2026-12-25 23:59" },
  { "T20", "2026-10-25 00:10", NULL, "2026-10-25 23:59" },
  { "T20", "2027-03-28 00:10", NULL, "2027-03-28 23:59" },
  { "T21", "2026-11-20 16:52", NULL, "2026-11-21 16:52" },
  { "T21", "2026-12-24 18:00", NULL, "2026-12-25 18:00" },
  { "T21", "2026-10-24 16:00", NULL, "2026-10-25 15:00" },
  { "T21", "2027-03-27 16:00", NULL, "2027-03-28 17:00" },
  { "T22", "2026-11-20 16:52", NULL, "2026-11-21 16:52" },
  { "T22", "2026-12-24 18:00", NULL, "2026-12-25 18:00" },
  { "T22", "2026-10-24 16:00", NULL, "2026-10-25 15:00" },
  { "T22", "2027-03-27 16:00", NULL, "2027-03-28 17:00" },
  { "T23", "2026-11-20 10:00", NULL, "2026-11-23 10:00" },
  { "T23", "2026-12-24 10:00", NULL, "2026-12-27 10:00" },
  { "T23", "2026-10-25 01:30", NULL, "2026-10-28 00:30" },
  { "T23", "2027-03-27 10:00", NULL, "2027-03-30 11:00" },
  { "T24", "2026-11-20 09:00", NULL, "2026-12-04 23:59" },
  { "T24", "2026-10-20 09:00", NULL, "2026-11-03 23:59" },
  { "T24", "2027-03-20 09:00", NULL, "2027-04-03 23:59" },
  { "T25", "2026-11-20 16:52", NULL, "2026-11-21 16:52" },
  { "T25", "2026-12-24 18:00", NULL, "2026-12-25 18:00" },
  { "T25", "2026-10-24 16:00", NULL, "2026-10-25 15:00" },
  { "T25", "2027-03-27 16:00", NULL, "2027-03-28 17:00" },
  { "T26", "2026-11-20 10:00", NULL, NULL },
  { "T27", "2026-09-01 09:00", NULL, "2026-11-24 23:59" },
  { "T27", "2027-01-15 09:00", NULL, "2027-04-09 23:59" },
  { "T28", "2024-02-29 12:00", NULL, "2025-02-28 23:59" },
  { "T28", "2026-10-25 00:30", NULL, "2027-10-25 23:59" },
  { "T28", "2026-03-28 12:00", NULL, "2027-03-28 23:59" },
  { "T29", "2026-11-20 16:52", NULL, "2026-11-24 23:59" },
  { "T29", "2026-12-24 10:00", NULL, "2026-12-30 23:59" },
  { "T29", "2026-10-23 12:00", NULL, "2026-10-27 23:59" },
  { "T29", "2027-03-25 09:00", NULL, "2027-03-31 23:59" },
  { "T30", "2026-11-20 16:52", NULL, "2026-11-23 23:59" },
  { "T30", "2026-12-24 10:00", NULL, "2026-12-29 23:59" },
  { "T30", "2026-10-23 12:00", NULL, "2026-10-26 23:59" },
  { "T30", "2027-03-25 09:00", NULL, "2027-03-30 23:59" },
  { "T31", "2026-11-20 16:52", NULL, "2026-11-21 16:52" },
  { "T31", "2026-12-24 18:00", NULL, "2026-12-25 18:00" },
  { "T31", "2026-10-24 16:00", NULL, "2026-10-25 15:00" },
  { "T31", "2027-03-27 16:00", NULL, "2027-03-28 17:00" },
};

/* Deeds that start and stop a clock. Those that wait for what comes later have none yet; those of
 * one discussion, child or disagreement follow from its records and are in test-strategy. */
static const struct
{
  const char *clock;
  const char *starts;
  const char *stops;
} deeds[] = {
  { "T01", "create", "acknowledge call-back chase attach feedback" },
  { "T02", "create", "attach approve change-outcome" },
  { "T03", "create decide-again step-up reopen", "attach approve change-outcome" },
  { "T04", "mark-harm step-up use-police-protection",
    "start-discussion record-discussion unfound-harm" },
  { "T05", "mark-harm step-up use-police-protection",
    "start-discussion record-discussion unfound-harm" },
  { "T06", "triage step-up", "recommend" },
  { "T07", "", "" },
  { "T08", "", "" },
  { "T09", "recommend recommend-advice", "refuse-safety-check return approve change-outcome" },
  { "T10", "approve change-outcome refuse-hand-over refuse-early-help decline-early-help",
    "hand-over refuse-hand-over decide-again accept-early-help refuse-early-help "
    "decline-early-help step-up" },
  { "T11", "approve change-outcome", "feedback" },
  { "T12", "", "" },
  { "T13", "", "" },
  { "T14", "attach approve change-outcome", "acknowledge-link hand-over reopen" },
  { "T15", "", "" },
  { "T16", "", "" },
  { "T17", "", "" },
  { "T18", "", "" },
  { "T19", "convene-discussion", "start-discussion" },
  { "T20", "convene-discussion", "start-discussion record-discussion unfound-harm" },
  { "T21", "", "" },
  { "T22", "create", "add-document drop-follow-up attach" },
  { "T23", "", "" },
  { "T24", "", "" },
  { "T25", "", "" },
  { "T27", "", "" },
  { "T28", "", "" },
  { "T29", "create raise-adult-concern", "decide-adult-concern" },
  { "T30", "", "" },
  { "T31", "emergency-seal", "confirm-seal refuse-seal" },
};

static MashPolicy *
load (void)
{
  g_autoptr (GError) error = NULL;
  MashPolicy *policy = mash_policy_reader_load_builtin (&error);

  g_assert_no_error (error);

  return policy;
}

static gint64
from_local (const char *local)
{
  gint64 usec = 0;

  g_assert_true (mash_time_from_local (local, FALSE, &usec));

  return usec;
}

static gint64
get_due (MashPolicy          *policy,
         const MashClockRule *rule,
         gint64               started,
         const char          *brag,
         gint64               paused)
{
  return mash_clock_rule_get_due (rule, mash_policy_get_calendar (policy, rule->calendar), started,
                                  brag, paused);
}

static void
test_due (void)
{
  g_autoptr (MashPolicy) policy = load ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MashClockRule *rule = mash_policy_find_clock (policy, rows[i].clock);
      gint64 due = get_due (policy, rule, from_local (rows[i].started), rows[i].brag, 0);

      g_test_message ("%s from %s", rows[i].clock, rows[i].started);
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

/* No clock of the list is left out above. */
static void
test_all_are_there (void)
{
  g_autoptr (MashPolicy) policy = load ();
  guint n_clocks;
  const MashClockRule *const *clocks = mash_policy_list_clocks (policy, &n_clocks);

  g_assert_cmpuint (n_clocks, ==, 31);
  for (guint c = 0; c < n_clocks; c++)
    {
      guint found = 0;

      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        found += strcmp (rows[i].clock, clocks[c]->id) == 0;
      g_assert_cmpuint (found, >, 0);
    }
}

/* It warns from 75 per cent of its time on, is late when that is over, and once stopped says the
 * same for ever. */
static void
test_reading (void)
{
  g_autoptr (MashPolicy) policy = load ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MashClockRule *rule = mash_policy_find_clock (policy, rows[i].clock);
      MashCalendar *calendar = mash_policy_get_calendar (policy, rule->calendar);
      gint64 started = from_local (rows[i].started);
      gint64 due = get_due (policy, rule, started, rows[i].brag, 0);
      gboolean never = due == MASH_TIME_NEVER;
      gint64 end = never ? started : due;
      const struct
      {
        gint64         stopped;
        gint64         now;
        MashClockState state;
      } cases[] = {
        { 0, started, MASH_CLOCK_RUNNING },
        { 0, started + (end - started) / 100 * 74, MASH_CLOCK_RUNNING },
        { 0, started + (end - started) / 100 * 76, MASH_CLOCK_WARNING },
        { 0, end + MASH_TIME_MILLISECOND, MASH_CLOCK_LATE },
        { end - MASH_TIME_MINUTE, end + MASH_TIME_DAY, MASH_CLOCK_HELD },
        { end, end + MASH_TIME_DAY, MASH_CLOCK_HELD },
        { end + MASH_TIME_MINUTE, end + MASH_TIME_DAY, MASH_CLOCK_BROKEN },
      };

      if (never)
        continue;
      for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
        {
          MashClockReading reading;

          mash_clock_rule_read (rule, calendar, started, due, cases[c].stopped, 0, cases[c].now,
                                &reading);
          g_test_message ("%s from %s, case %u", rule->id, rows[i].started, c);
          g_assert_cmpint (reading.state, ==, cases[c].state);
          if (cases[c].state == MASH_CLOCK_BROKEN)
            g_assert_cmpuint (reading.late_minutes, ==, 1);
        }
    }
}

/* Only what another agency is asked for may stand still, and not where it is red; nothing pauses
 * the decision (rules 2 and 3). */
static void
test_pause (void)
{
  g_autoptr (MashPolicy) policy = load ();
  gint64 started = from_local ("2026-11-20 10:00");
  guint n_clocks;
  const MashClockRule *const *clocks = mash_policy_list_clocks (policy, &n_clocks);

  for (guint c = 0; c < n_clocks; c++)
    {
      gboolean may = strcmp (clocks[c]->id, "T07") == 0 || strcmp (clocks[c]->id, "T08") == 0;
      gint64 moved = may ? MASH_TIME_HOUR : 0;

      g_test_message ("%s", clocks[c]->id);
      g_assert_cmpint (clocks[c]->may_pause, ==, may);
      g_assert_cmpint (get_due (policy, clocks[c], started, "A", MASH_TIME_HOUR), ==,
                       get_due (policy, clocks[c], started, "A", 0) + moved);
      g_assert_cmpint (get_due (policy, clocks[c], started, "R", MASH_TIME_HOUR), ==,
                       get_due (policy, clocks[c], started, "R", 0));
    }
}

static gboolean
has_effect (const MashDeed *deed,
            MashEffectKind  kind,
            const char     *clock)
{
  for (guint i = 0; i < deed->n_effects; i++)
    {
      if (deed->effects[i].kind == kind && g_strcmp0 (deed->effects[i].clock, clock) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
test_deeds (void)
{
  g_autoptr (MashPolicy) policy = load ();
  guint n_deeds;
  const MashDeed *const *list = mash_policy_list_deeds (policy, &n_deeds);

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    for (guint d = 0; d < n_deeds; d++)
      {
        g_test_message ("%s: %s", deeds[i].clock, list[d]->id);
        g_assert_cmpint (has_effect (list[d], MASH_EFFECT_START, deeds[i].clock), ==,
                         mash_words_contain (deeds[i].starts, list[d]->id));
        g_assert_cmpint (has_effect (list[d], MASH_EFFECT_STOP, deeds[i].clock), ==,
                         mash_words_contain (deeds[i].stops, list[d]->id));
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shipped-clocks/due", test_due);
  g_test_add_func ("/shipped-clocks/all-are-there", test_all_are_there);
  g_test_add_func ("/shipped-clocks/reading", test_reading);
  g_test_add_func ("/shipped-clocks/pause", test_pause);
  g_test_add_func ("/shipped-clocks/deeds", test_deeds);

  return g_test_run ();
}
