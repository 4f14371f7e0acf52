/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "mash-clock-reading.h"
#include "mash-completeness.h"
#include "mash-policy-reader.h"
#include "mash-rereferral.h"
#include "mash-test-facts.h"

/* The clocks, dates and weights that the shipped policy leads to. */

static MashPolicy *policy;

static gint64
from_local (const char *local)
{
  gint64 usec = 0;

  g_assert_true (mash_time_from_local (local, FALSE, &usec));

  return usec;
}

static MashCalendar *
get_calendar (const MashClockRule *rule)
{
  return rule->calendar != NULL ? mash_policy_get_calendar (policy, rule->calendar) : NULL;
}

/* All clocks of domain 4.3, started on Friday 20 November 2026 at 16:52. */
static void
test_every_clock (void)
{
  static const struct { const char *id, *brag, *due; gboolean statutory; } rows[] = {
    { "T01", "R", "2026-11-23 23:59", TRUE }, { "T02", "R", "2026-11-23 23:59", TRUE },
    { "T03", "R", "2026-11-21 16:52" },       { "T04", "R", NULL },
    { "T05", "R", "2026-11-20 18:52" },       { "T06", "R", "2026-11-20 18:52" },
    { "T06", "A", "2026-11-20 22:52" },       { "T06", "G", "2026-11-21 16:52" },
    { "T06", "B", NULL },                     { "T07", "R", "2026-11-20 17:52" },
    { "T08", "R", "2026-11-20 18:52" },       { "T08", "A", "2026-11-20 22:52" },
    { "T08", "G", "2026-11-21 16:52" },       { "T08", "B", NULL },
    { "T09", "R", "2026-11-20 17:52" },       { "T09", "A", "2026-11-20 20:52" },
    { "T09", "G", "2026-11-20 20:52" },       { "T09", "B", "2026-11-20 20:52" },
    { "T09", NULL, "2026-11-20 20:52" },      { "T06", NULL, NULL },
    { "T10", "R", "2026-11-23 23:59" },       { "T11", "R", "2026-11-23 23:59" },
    { "T12", "R", "2026-11-20 20:52" },       { "T13", "R", "2026-11-23 23:59" },
    { "T14", "R", "2026-11-20 17:00" },       { "T15", "R", "2026-12-11 23:59", TRUE },
    { "T16", "R", "2027-01-27 23:59", TRUE }, { "T17", "R", "2026-11-20 23:59" },
    { "T17", "A", "2026-11-23 23:59" },       { "T18", "R", "2026-11-23 16:52", TRUE },
    { "T19", "R", "2026-11-21 16:52" },       { "T20", "R", "2026-11-20 23:59" },
    { "T21", "R", "2026-11-21 16:52" },       { "T22", "R", "2026-11-21 16:52" },
    { "T23", "R", "2026-11-23 16:52", TRUE }, { "T24", "R", "2026-12-04 23:59" },
    { "T25", "R", "2026-11-21 16:52" },       { "T26", "R", NULL },
    { "T27", "R", "2027-02-12 23:59" },       { "T28", "R", "2027-11-20 23:59", TRUE },
    { "T29", "R", "2026-11-24 23:59" },       { "T30", "R", "2026-11-23 23:59" },
    { "T31", "R", "2026-11-21 16:52" },
  };
  gint64 started = from_local ("2026-11-20 16:52");
  guint n_clocks;

  mash_policy_list_clocks (policy, &n_clocks);
  g_assert_cmpuint (n_clocks, ==, 31);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MashClockRule *rule = mash_policy_find_clock (policy, rows[i].id);
      gint64 due;

      g_assert_nonnull (rule);
      g_assert_true (rule->statutory == rows[i].statutory);
      due = mash_clock_rule_get_due (rule, get_calendar (rule), started, rows[i].brag, 0);
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

/* Every clock warns at 75 per cent, is late at 100, and rises at 150 and 200; a red one never
 * stands still, and only those of agencies that are asked ever do. */
static void
test_warnings_and_pauses (void)
{
  static const struct { guint percent; MashClockState state; guint escalation; } steps[] = {
    { 0, MASH_CLOCK_RUNNING, 0 },   { 74, MASH_CLOCK_RUNNING, 0 }, { 75, MASH_CLOCK_WARNING, 0 },
    { 99, MASH_CLOCK_WARNING, 0 },  { 100, MASH_CLOCK_LATE, 100 }, { 150, MASH_CLOCK_LATE, 150 },
    { 200, MASH_CLOCK_LATE, 200 },
  };
  gint64 started = from_local ("2026-10-23 16:00");
  gint64 later = from_local ("2026-10-26 10:00");
  guint n_clocks;
  const MashClockRule *const *rules = mash_policy_list_clocks (policy, &n_clocks);

  for (guint i = 0; i < n_clocks; i++)
    {
      const MashClockRule *rule = rules[i];
      MashCalendar *england = mash_policy_get_calendar (policy, "england");
      MashClockRun run = { rule, started, 0, 0 };
      gboolean asks = strcmp (rule->id, "T07") == 0 || strcmp (rule->id, "T08") == 0;

      g_assert_true (rule->may_pause == asks);
      g_assert_cmpint (mash_clock_rule_get_paused (rule, england, "R", started, later), ==, 0);
      g_assert_true ((mash_clock_rule_get_paused (rule, england, "A", started, later) > 0) == asks);

      run.due = mash_clock_rule_get_due (rule, get_calendar (rule), started, "A", 0);
      for (guint s = 0; run.due != MASH_TIME_NEVER && s < G_N_ELEMENTS (steps); s++)
        {
          MashClockReading reading;

          mash_clock_rule_read (rule, get_calendar (rule), started, run.due, 0, 0,
                                mash_clock_run_get_step (&run, steps[s].percent) +
                                MASH_TIME_MILLISECOND, &reading);
          g_assert_cmpint (reading.state, ==, steps[s].state);
          g_assert_cmpuint (reading.escalation, ==, steps[s].escalation);
        }
    }
}

/* The checked values of domain 3.9 by the bank holidays that are shipped. */
static void
test_bank_holidays (void)
{
  static const struct { const char *from; guint n; const char *to; } rows[] = {
    { "2026-04-02 09:00", 15, "2026-04-27" }, { "2026-12-18 09:00", 15, "2027-01-13" },
    { "2026-12-24 09:00", 1, "2026-12-29" },  { "2026-11-20 16:52", 1, "2026-11-23" },
    { "2026-11-21 16:52", 1, "2026-11-23" },  { "2026-04-02 09:00", 45, "2026-06-10" },
  };
  MashCalendar *england = mash_policy_get_calendar (policy, "england");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 due = mash_calendar_add_working_days (england, from_local (rows[i].from), rows[i].n);
      g_autofree char *date = mash_time_dup_local_date (due);

      g_assert_cmpstr (date, ==, rows[i].to);
    }
}

static void
put_contact (MashTestFacts *facts)
{
  mash_test_facts_put (facts, "contact", "c", "presenting-concern", "A bruise", NULL);
  mash_test_facts_put (facts, "referrer", "r", "contact", "c", "secure-email",
                       "office@school.example", NULL);
  mash_test_facts_put (facts, "person", "leo", "kind", "CHILD", "legal-forenames", "Leo",
                       "age-words", "8", "school", "Hill School", NULL);
  mash_test_facts_put (facts, "contact-subject", "s1", "contact", "c", "person", "leo",
                       "role", "CHILD", NULL);
}

static void
complete_contact (MashTestFacts *facts)
{
  mash_test_facts_put (facts, "contact", "c", "whole-family-listed", "yes", NULL);
  mash_test_facts_put (facts, "person", "leo", "birth", "2018-03-04", NULL);
  mash_test_facts_put (facts, "person-location", "l", "person", "leo", "where", "At school", NULL);
  mash_test_facts_put (facts, "relationship", "rel", "from-person", "mum", "to-person", "leo",
                       "parental-responsibility", "Y", NULL);
  mash_test_facts_put (facts, "agreement", "g", "contact", "c", "status", "GIV", NULL);
  mash_test_facts_put (facts, "informing", "i", "contact", "c", "told", "TOLD", NULL);
}

static void
assert_score (MashTestFacts *facts,
              guint          expected,
              const char    *expected_missing)
{
  g_auto (GStrv) missing = NULL;
  guint score = mash_completeness_score (policy, MASH_FACTS (facts), "c", &missing);
  g_autofree char *joined = g_strjoinv (" ", missing);

  g_assert_cmpuint (score, ==, expected);
  g_assert_cmpstr (joined, ==, expected_missing);
  for (guint i = 0; missing[i] != NULL; i++)
    g_assert_nonnull (mash_policy_find_code (policy, "ITEM", missing[i]));
}

/* Scenario 1 scores below 50; a third of what goes by child is there. */
static void
test_completeness (void)
{
  g_autoptr (MashTestFacts) facts = mash_test_facts_new ();

  put_contact (facts);
  assert_score (facts, 15 + 20 + 5 + 5,
                "BIRTH ADDRESS HOUSEHOLD PR AGREEMENT INFORMED");
  mash_test_facts_put (facts, "person", "one", "kind", "CHILD", "name-unknown", "yes", NULL);
  mash_test_facts_put (facts, "person", "two", "kind", "CHILD", "name-unknown", "yes", NULL);
  mash_test_facts_put (facts, "contact-subject", "s2", "contact", "c", "person", "one",
                       "role", "CHILD", NULL);
  mash_test_facts_put (facts, "contact-subject", "s3", "contact", "c", "person", "two",
                       "role", "CHILD", NULL);
  assert_score (facts, 5 + 20 + 5 + 1,
                "CHILD BIRTH SCHOOLGP ADDRESS HOUSEHOLD PR AGREEMENT INFORMED");

  mash_test_facts_remove (facts, "contact-subject", "s2");
  mash_test_facts_remove (facts, "contact-subject", "s3");
  complete_contact (facts);
  assert_score (facts, 100, "");
}

/* What the rules compare with is in the lists that are shipped. */
static void
test_codes (void)
{
  static const struct { const char *list, *code; } rows[] = {
    { "SROLE", "CHILD" }, { "SROLE", "UNBORN" }, { "SROLE", "ADULT" }, { "PKIND", "UNBORN" },
    { "PKIND", "ADULT" }, { "ADDR", "NFA" }, { "RTYPE", "ANON" }, { "AGR", "NAS" },
    { "YNU", "Y" }, { "YNU", "U" }, { "SEX", "U" }, { "RREF", MASH_REREFERRAL_NONE },
    { "RREF", MASH_REREFERRAL_WITHIN }, { "RREF", MASH_REREFERRAL_AFTER },
    { "RREF", MASH_REREFERRAL_CONTACT_ONLY }, { "CKIND", "ADV" }, { "CKIND", "NOT" },
    { "CKIND", "INF" }, { "CKIND", "OPEN" }, { "CKIND", "LADO" }, { "OUT", "O01" },
    { "OUT", "O02" }, { "OUT", "O08" }, { "OUT", "O16" }, { "OUT", "O20" }, { "BRAG", "R" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (mash_policy_find_code (policy, rows[i].list, rows[i].code) == NULL)
        g_error ("%s is not in the list %s", rows[i].code, rows[i].list);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);

  policy = mash_policy_reader_load_builtin (&error);
  g_assert_no_error (error);

  g_test_add_func ("/shipped-rules/every-clock", test_every_clock);
  g_test_add_func ("/shipped-rules/warnings-and-pauses", test_warnings_and_pauses);
  g_test_add_func ("/shipped-rules/bank-holidays", test_bank_holidays);
  g_test_add_func ("/shipped-rules/completeness", test_completeness);
  g_test_add_func ("/shipped-rules/codes", test_codes);

  result = g_test_run ();
  mash_policy_unref (policy);

  return result;
}
