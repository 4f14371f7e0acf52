/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-words.h"

/* Tuesday 13 October 2026, 15:40 in England, which is still an hour ahead of UTC. */
#define NOW "2026-10-13T14:40:00.000Z"

static gint64
at (const char *instant)
{
  gint64 usec = 0;

  if (instant != NULL)
    g_assert_true (mash_time_parse (instant, &usec));

  return usec;
}

static const struct
{
  const char *instant;
  const char *moment;
  const char *until;
} moments[] = {
  { "2026-10-13T10:05:00.000Z", "Today 11:05", "11:05" },
  { "2026-10-13T23:30:00.000Z", "Wed 00:30", "Wed 00:30" },
  { "2026-10-12T15:10:00.000Z", "Mon 16:10", "Mon 16:10" },
  { "2026-10-19T15:10:00.000Z", "Mon 16:10", "Mon 16:10" },
  { "2026-10-20T15:10:00.000Z", "20 Oct 16:10", "20 Oct 16:10" },
  { "2026-03-04T16:10:00.000Z", "4 Mar 16:10", "4 Mar 16:10" },
  { "2020-03-04T16:10:00.000Z", "4 Mar 2020 16:10", "4 Mar 2020 16:10" },
};

static void
test_moments (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *moment = mash_words_moment (at (moments[i].instant), at (NOW));
      g_autofree char *until = mash_words_until (at (moments[i].instant), at (NOW));

      g_assert_cmpstr (moment, ==, moments[i].moment);
      g_assert_cmpstr (until, ==, moments[i].until);
    }
}

static void
test_not_known (void)
{
  g_autofree char *moment = mash_words_moment (0, at (NOW));
  g_autofree char *instant = mash_words_instant (NULL, at (NOW));
  g_autofree char *broken = mash_words_instant ("yesterday", at (NOW));
  g_autofree char *date = mash_words_date (NULL);
  g_autofree char *age = mash_words_age (NULL, at (NOW));
  g_autofree char *urgency = mash_words_urgency (NULL);

  g_assert_cmpstr (moment, ==, "Not known");
  g_assert_cmpstr (instant, ==, "Not known");
  g_assert_cmpstr (broken, ==, "Not known");
  g_assert_cmpstr (date, ==, "Not known");
  g_assert_cmpstr (age, ==, "");
  g_assert_cmpstr (urgency, ==, "Not set");
}

static const struct
{
  gint64      minutes;
  const char *words;
} spans[] = {
  { 0, "0 min" },
  { 35, "35 min" },
  { -9, "9 min" },
  { 60, "1 h 00 min" },
  { 187, "3 h 07 min" },
  { 1440, "1 day" },
  { 1500, "1 day 1 h" },
  { 4330, "3 days" },
};

static void
test_spans (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *words = mash_words_span (spans[i].minutes * MASH_TIME_MINUTE);

      g_assert_cmpstr (words, ==, spans[i].words);
    }
}

static const struct
{
  const char *birth;
  const char *words;
} births[] = {
  { "2020-03-04", "4 Mar 2020 (6)" },
  { "2020-10-13", "13 Oct 2020 (6)" },
  { "2020-10-14", "14 Oct 2020 (5)" },
  { "2026-07-28", "28 Jul 2026 (11 weeks)" },
  { "2026-03-01", "1 Mar 2026 (7 months)" },
  { "2023-06", "Jun 2023" },
  { "1996", "1996" },
  { "2027-01-20", "20 Jan 2027" },
};

static void
test_births (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (births); i++)
    {
      g_autofree char *words = mash_words_birth (births[i].birth, at (NOW));

      g_assert_cmpstr (words, ==, births[i].words);
    }
}

static const MashClockRule elapsed_rule = {
  .id = "T05", .short_label = "Strategy", .unit = MASH_UNIT_ELAPSED, .limit_minutes = 120,
};
static const MashClockRule brag_rule = {
  .id = "T06", .short_label = "Outcome", .unit = MASH_UNIT_ELAPSED, .by_brag = TRUE,
  .brag_minutes = { 0, 1440, 360, 120 },
};
static const MashClockRule statutory_rule = {
  .id = "T02", .short_label = "Decision", .statutory = TRUE, .unit = MASH_UNIT_WORKING_DAYS,
  .limit = 1,
};

static const MashClockRule leading_rule = {
  .id = "T18", .short_label = "Police protection", .statutory = TRUE, .unit = MASH_UNIT_ELAPSED,
  .limit_minutes = 4320, .leads = TRUE,
};

static const struct
{
  const MashClockRule *rule;
  const char          *brag;
  const char          *due;
  const char          *stopped;
  gboolean             whole;
  MashClockState       state;
  const char          *first;
  const char          *second;
} clocks[] = {
  { &elapsed_rule, "R", "2026-10-13T15:12:00.000Z", NULL, FALSE,
    MASH_CLOCK_RUNNING, "32 min left", "Strategy by 16:12 · local 2 h" },
  { &elapsed_rule, "R", "2026-10-13T14:05:00.000Z", NULL, FALSE,
    MASH_CLOCK_LATE, "Late by 35 min", "Strategy by 15:05 · local 2 h" },
  { &brag_rule, "A", "2026-10-13T16:00:00.000Z", NULL, FALSE,
    MASH_CLOCK_WARNING, "1 h 20 min left", "Outcome by 17:00 · local 6 h" },
  { &brag_rule, "G", "2026-10-14T10:44:00.000Z", NULL, FALSE,
    MASH_CLOCK_RUNNING, "Wed 11:44", "Outcome · local 24 h" },
  { &statutory_rule, "R", "2026-10-14T22:59:59.999Z", NULL, TRUE,
    MASH_CLOCK_RUNNING, "Wed 23:59", "Decision · statutory, 1 working day" },
  { &statutory_rule, "R", "2026-10-14T22:59:59.999Z", NULL, FALSE,
    MASH_CLOCK_RUNNING, "Wed 23:59", "Decision · statutory" },
  { &leading_rule, "R", "2026-10-15T06:00:00.000Z", NULL, FALSE,
    MASH_CLOCK_RUNNING, "39 h 20 min left", "Police protection by Thu 07:00 · statutory, 72 h" },
  { &leading_rule, "R", "2026-10-13T15:25:00.000Z", NULL, TRUE,
    MASH_CLOCK_WARNING, "45 min left", "Police protection by 16:25 · statutory, 72 h" },
  { &elapsed_rule, "R", "2026-10-13T15:12:00.000Z", "2026-10-13T14:58:00.000Z", TRUE,
    MASH_CLOCK_HELD, "Held in time", "Strategy 15:58, 14 min early · local 2 h" },
  { &elapsed_rule, "R", "2026-10-13T13:00:00.000Z", "2026-10-13T13:08:00.000Z", TRUE,
    MASH_CLOCK_BROKEN, "Held late", "Strategy 14:08, 8 min late · local 2 h" },
};

static void
test_clocks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      MashClockReading reading = { clocks[i].state };
      gint64 due = at (clocks[i].due);
      gint64 stopped = at (clocks[i].stopped);
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      /* What a state is, the model's tests hold; here it is given. */
      if (clocks[i].state == MASH_CLOCK_LATE)
        reading.late_minutes = (guint) ((at (NOW) - due) / MASH_TIME_MINUTE);
      first = mash_words_clock_first (clocks[i].rule, &reading, due, at (NOW));
      second = mash_words_clock_second (clocks[i].rule, &reading, clocks[i].brag, due, stopped,
                                        at (NOW), clocks[i].whole);

      g_assert_cmpstr (first, ==, clocks[i].first);
      g_assert_cmpstr (second, ==, clocks[i].second);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/words/moments", test_moments);
  g_test_add_func ("/words/not-known", test_not_known);
  g_test_add_func ("/words/spans", test_spans);
  g_test_add_func ("/words/births", test_births);
  g_test_add_func ("/words/clocks", test_clocks);

  return g_test_run ();
}
