/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-time.h"
#include "mash-weekly.h"

/* A Monday. */
#define FIRST 20003

static MashWeekly *
make (int last)
{
  return mash_weekly_new (FIRST, last, mash_time_get_day_end (last) + 1);
}

/* The published table, and the line without which it does not add up (WAL-11). */
static void
test_published (void)
{
  static const struct
  {
    MashDisposition disposition;
    guint           n;
  } counts[] = {
    { MASH_DISPOSITION_STRATEGY, 72 }, { MASH_DISPOSITION_CONVERSION, 254 },
    { MASH_DISPOSITION_REFERRAL, 791 }, { MASH_DISPOSITION_ADVICE, 2510 },
    { MASH_DISPOSITION_OPEN, 46 }, { MASH_DISPOSITION_OTHER, 2 },
  };
  static const guint published[][3] = {
    { MASH_FIGURE_CONTACTS, 3675, 525 }, { MASH_FIGURE_REFERRALS, 1117, 160 },
    { MASH_FIGURE_ADVICE, 2510, 359 }, { MASH_FIGURE_STRATEGY, 72, 10 },
    { MASH_FIGURE_CONVERSIONS, 254, 36 }, { MASH_FIGURE_ASSESSMENTS, 285, 48 },
    { MASH_FIGURE_REST, 48, 7 }, { MASH_FIGURE_SUM, 3675, 525 },
  };
  g_autoptr (MashWeekly) weekly = make (FIRST + 48);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      for (guint j = 0; j < counts[i].n; j++)
        mash_weekly_count (weekly, FIRST + (int) (j % 49), counts[i].disposition);
    }
  for (guint i = 0; i < 6; i++)
    mash_weekly_count_team (weekly, FIRST + (int) (7 * i), i < 3 ? 47 : 48);
  mash_weekly_finish (weekly);

  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    {
      g_assert_cmpuint (weekly->totals[published[i][0]], ==, published[i][1]);
      g_assert_cmpuint (mash_weekly_get_average (weekly, published[i][0]), ==, published[i][2]);
    }
  g_assert_cmpuint (weekly->counted_weeks, ==, 6);
  g_assert_true (mash_weekly_is_partial (weekly, MASH_FIGURE_ASSESSMENTS));
  g_assert_false (mash_weekly_is_partial (weekly, MASH_FIGURE_CONTACTS));
  g_assert_cmpint (mash_weekly_get_difference (weekly), ==, 0);
}

/* A period that is no whole number of weeks says so, and averages over its days. */
static void
test_part_of_week (void)
{
  g_autoptr (MashWeekly) weekly = make (FIRST + 9);

  g_assert_cmpuint (weekly->n_weeks, ==, 2);
  g_assert_cmpuint (weekly->weeks[1].n_days, ==, 3);
  for (int day = FIRST; day <= FIRST + 9; day++)
    mash_weekly_count (weekly, day, MASH_DISPOSITION_ADVICE);
  mash_weekly_finish (weekly);
  g_assert_cmpuint (weekly->weeks[0].figures[MASH_FIGURE_CONTACTS], ==, 7);
  g_assert_cmpuint (weekly->weeks[1].figures[MASH_FIGURE_CONTACTS], ==, 3);
  g_assert_cmpuint (mash_weekly_get_average (weekly, MASH_FIGURE_CONTACTS), ==, 7);
}

/* A week of the teams that the period cuts through is not counted. */
static void
test_teams (void)
{
  g_autoptr (MashWeekly) weekly = mash_weekly_new (FIRST + 2, FIRST + 15, 0);

  mash_weekly_count_team (weekly, FIRST, 10);
  mash_weekly_count_team (weekly, FIRST + 7, 20);
  mash_weekly_count_team (weekly, FIRST + 14, 40);
  mash_weekly_finish (weekly);
  g_assert_cmpuint (weekly->totals[MASH_FIGURE_ASSESSMENTS], ==, 20);
  g_assert_cmpuint (weekly->counted_weeks, ==, 1);
}

static void
test_period (void)
{
  const char *sentence = NULL;

  g_assert_true (mash_weekly_check_period (FIRST, FIRST, FIRST, &sentence));
  g_assert_true (mash_weekly_check_period (FIRST - 734, FIRST, FIRST, &sentence));
  g_assert_false (mash_weekly_check_period (FIRST + 1, FIRST, FIRST + 9, &sentence));
  g_assert_false (mash_weekly_check_period (FIRST, FIRST + 1, FIRST, &sentence));
  g_assert_false (mash_weekly_check_period (FIRST - 735, FIRST, FIRST, &sentence));
  g_assert_nonnull (sentence);
}

static void
test_numbers (void)
{
  static const struct
  {
    guint       number;
    const char *text;
  } cases[] = {
    { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 3675, "3,675" }, { 1002003, "1,002,003" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = mash_figure_dup_number (cases[i].number);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weekly/published", test_published);
  g_test_add_func ("/weekly/part-of-week", test_part_of_week);
  g_test_add_func ("/weekly/teams", test_teams);
  g_test_add_func ("/weekly/period", test_period);
  g_test_add_func ("/weekly/numbers", test_numbers);

  return g_test_run ();
}
