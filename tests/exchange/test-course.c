/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "rules-fixture.h"

/* A contact’s course from its recommendation to its end, by the shipped policy. */

/* A group with one edit; more are added to it. */
static MashGroup *
group_with (const char *deed,
            const char *reason,
            MashEdit   *one)
{
  return group_of (deed, reason, one, NULL);
}

static void
do_it (Hub        *hub,
       const Who  *who,
       const char *when,
       MashGroup  *group)
{
  g_autoptr (MashGroup) owned = group;

  must (hub, who, when, owned);
}

static void
refused (Hub        *hub,
         const Who  *who,
         const char *when,
         MashGroup  *group,
         const char *says)
{
  g_autoptr (MashGroup) owned = group;
  g_autofree char *refusal = act (hub, who, when, owned);

  g_assert_cmpstr (refusal, ==, says);
}

/* From receipt to analysis. */
static void
analyse (Hub *hub)
{
  create (hub, "2026-11-23T09:00:00.000Z", "2026-11-23T09:10:00.000Z");
  do_it (hub, &worker, "2026-11-23T09:20:00.000Z",
         group_with ("take", NULL, edit_contact (hub, "assigned-to", worker.person)));
  do_it (hub, &worker, "2026-11-23T09:21:00.000Z",
         group_with ("screen", NULL, edit_contact (hub, "history-searched", "Nothing found")));
  do_it (hub, &worker, "2026-11-23T09:30:00.000Z",
         group_of ("triage", NULL,
                   edit (hub, "contact", "contact-1", "brag", "G", "level", "3", NULL),
                   edit (hub, "contact-subject", "subject-leo", "considered", "yes", NULL)));
  do_it (hub, &worker, "2026-11-23T09:35:00.000Z",
         group_with ("gather", NULL, edit (hub, "risk-analysis", "analysis", "contact",
                                           "contact-1", "no-agency-asked", "None", NULL)));
  do_it (hub, &worker, "2026-11-23T09:40:00.000Z",
         group_with ("analyse", NULL, edit (hub, "risk-analysis", "analysis", "harm", "Low",
                                            NULL)));
}

static MashEdit *
recommendation (Hub        *hub,
                const char *id,
                const char *outcome)
{
  return edit (hub, "recommendation", id, "contact", "contact-1", "outcome", outcome,
               "level", "3", "rationale", "Because of what was seen",
               "covers-subjects", "subject-leo", "on-incomplete-info", "yes",
               "help-offered", "A family worker", "help-offered-to", "Mother",
               "help-answer", "ACCEPTED", NULL);
}

static MashEdit *
decision (Hub        *hub,
          const char *id,
          const char *of,
          const char *result,
          const char *outcome)
{
  g_autoptr (MashRecord) shown = mash_facts_lookup (MASH_FACTS (hub->facts), "recommendation", of);

  return edit (hub, "decision", id, "contact", "contact-1", "recommendation", of,
               "recommendation-hash", mash_record_get_text (shown, "content-hash"),
               "result", result, "outcome", outcome, "rationale", "I agree", NULL);
}

/* Decided as early help, with its safety check. */
static void
decide_early_help (Hub *hub)
{
  analyse (hub);
  do_it (hub, &worker, "2026-11-23T10:00:00.000Z",
         group_with ("recommend", NULL, recommendation (hub, "recommendation-1", "O04")));
  assert_contact (hub, "strand-e", "E10");
  refused (hub, &manager, "2026-11-23T10:05:00.000Z",
           group_with ("approve", NULL, decision (hub, "decision-1", "recommendation-1",
                                                  "APPROVED", "O04")),
           "A qualified social worker must sign the early help safety check first.");
  do_it (hub, &worker, "2026-11-23T10:10:00.000Z",
         group_with ("safety-check", NULL,
                     edit (hub, "early-help", "help", "contact", "contact-1",
                           "safety-finding", "Read; nothing that early help would leave", NULL)));
  assert_contact (hub, "strand-e", "E20");
  do_it (hub, &manager, "2026-11-23T10:20:00.000Z",
         group_with ("approve", NULL, decision (hub, "decision-1", "recommendation-1",
                                                "APPROVED", "O04")));
  assert_contact (hub, "state", "C70");
}

static guint
count (Hub        *hub,
       const char *kind,
       const char *field,
       const char *value)
{
  g_autoptr (GPtrArray) records = mash_facts_list (MASH_FACTS (hub->facts), kind, field, value);

  return records->len;
}

/* The newest clock of a type. */
static MashRecord *
newest_clock (Hub        *hub,
              const char *type)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (MASH_FACTS (hub->facts), "clock", "type", type);

  g_assert_cmpuint (clocks->len, >, 0);

  return mash_record_ref (g_ptr_array_index (clocks, clocks->len - 1));
}

static void
assert_newest (Hub        *hub,
               const char *type,
               const char *field,
               const char *value)
{
  g_autoptr (MashRecord) clock = newest_clock (hub, type);

  g_assert_cmpstr (mash_record_get_text (clock, field), ==, value);
}

/* Scenario 14: the hub refuses, with its reason back to the manager; stepped up, harm is set and
 * the two hours run from then; one contact, two decisions, no re-referral, and never closed. */
static void
test_step_up (Hub          *hub,
              gconstpointer data)
{
  MashEdit *refusal;

  decide_early_help (hub);
  refusal = edit (hub, "disposal", "disposal-1", "contact", "contact-1", "decision", "decision-1",
                  "receiver", "Early help hub",
                  "refused-reason", "The safety check found a disclosure",
                  "refused-at", "2026-11-23T11:00:00.000Z", NULL);
  do_it (hub, &early_help, "2026-11-23T11:05:00.000Z",
         group_with ("refuse-early-help", NULL, refusal));
  assert_contact (hub, "state", "C70");
  assert_contact (hub, "strand-e", "E90");
  assert_contact (hub, "assigned-to", manager.person);
  g_assert_cmpuint (count (hub, "clock", "type", "T10"), ==, 2);
  assert_newest (hub, "T10", "started-at", "2026-11-23T11:00:00.000Z");
  assert_newest (hub, "T10", "stopped-at", NULL);

  do_it (hub, &early_help, "2026-11-23T11:15:00.000Z",
         group_with ("step-up", "He said that he is hit with a belt",
                     edit (hub, "early-help", "help", "step-up-harm", "yes",
                           "stepped-up-at", "2026-11-23T11:12:00.000Z", NULL)));
  assert_contact (hub, "state", "C30");
  assert_contact (hub, "brag", "R");
  assert_contact (hub, "strand-p", "P10");
  assert_clock (hub, "T05", "started-at", "2026-11-23T11:12:00.000Z");
  assert_clock (hub, "T05", "due-at", "2026-11-23T13:12:00.000Z");
  assert_clock (hub, "T04", "started-at", "2026-11-23T09:00:00.000Z");
  assert_newest (hub, "T10", "stopped-at", "2026-11-23T11:15:00.000Z");
  assert_newest (hub, "T03", "started-at", "2026-11-23T11:12:00.000Z");

  do_it (hub, &manager, "2026-11-23T12:30:00.000Z",
         group_with ("record-discussion", NULL,
                     edit (hub, "outside-discussion", "discussion", "contact", "contact-1",
                           "held-at", "2026-11-23T12:00:00.000Z", "chair", "Team manager",
                           "reference", "SD-12", "agencies", "CSC", "outcome", "S47J",
                           "why-outside", "Kept in the case system", NULL)));
  assert_contact (hub, "strand-p", "P80");
  assert_clock (hub, "T05", "stopped-at", "2026-11-23T12:00:00.000Z");

  do_it (hub, &worker, "2026-11-23T12:40:00.000Z",
         group_with ("gather", NULL, edit_contact (hub, "ward", "Pleck")));
  do_it (hub, &worker, "2026-11-23T12:45:00.000Z",
         group_with ("analyse", NULL, edit (hub, "risk-analysis", "analysis", "harm", "High",
                                            NULL)));
  do_it (hub, &worker, "2026-11-23T12:50:00.000Z",
         group_with ("recommend", NULL, recommendation (hub, "recommendation-2", "O05")));
  do_it (hub, &manager, "2026-11-23T12:55:00.000Z",
         group_with ("approve", NULL, decision (hub, "decision-2", "recommendation-2", "APPROVED",
                                                "O05")));
  assert_contact (hub, "state", "C70");
  assert_contact (hub, "rereferral", "none");
  g_assert_cmpuint (count (hub, "decision", "contact", "contact-1"), ==, 2);
  g_assert_cmpuint (count (hub, "contact", "kind", "REF"), ==, 1);
}

/* Early help as it should go: accepted, agreed, started, told, closed; nothing is skipped. */
static void
test_early_help (Hub          *hub,
                 gconstpointer data)
{
  decide_early_help (hub);
  refused (hub, &worker, "2026-11-23T11:00:00.000Z",
           group_with ("accept-early-help", NULL,
                       edit (hub, "disposal", "disposal-1", "contact", "contact-1", "decision",
                             "decision-1", "receiver", "Early help hub", NULL)),
           "Your role may not do this; ask one of these: MASH manager, Early help representative.");
  refused (hub, &early_help, "2026-11-23T11:00:00.000Z",
           group_with ("start-early-help", NULL,
                       edit (hub, "early-help", "help", "lead-worker", "S. Whitlow",
                             "started-at", "2026-11-23T10:59:00.000Z", NULL)),
           "“Start early help” is not the next step: the contact is “Decided”, and next comes "
           "“Accept for early help”.");
  do_it (hub, &early_help, "2026-11-23T11:00:00.000Z",
         group_with ("accept-early-help", NULL,
                     edit (hub, "disposal", "disposal-1", "contact", "contact-1", "decision",
                           "decision-1", "receiver", "Early help hub", "accepted-by",
                           "S. Whitlow", "accepted-at", "2026-11-23T10:50:00.000Z", NULL)));
  assert_contact (hub, "state", "C75");
  assert_contact (hub, "strand-e", "E30");
  assert_clock (hub, "T10", "stopped-at", "2026-11-23T10:50:00.000Z");
  do_it (hub, &officer, "2026-11-23T11:30:00.000Z",
         group_with ("feedback", NULL,
                     edit (hub, "disposal", "disposal-1", "feedback-text", "Told the school",
                           "feedback-to-referrer-at", "2026-11-23T11:29:00.000Z", NULL)));
  refused (hub, &manager, "2026-11-23T11:40:00.000Z",
           group_with ("close", NULL, NULL),
           "Finish what is still open first: a chased item, a clock, a signature, early help, the "
           "adult’s concern or the strategy discussion.");
  do_it (hub, &early_help, "2026-11-23T13:00:00.000Z",
         group_with ("agree-early-help", NULL,
                     edit (hub, "agreement", "agreement", "contact", "contact-1", "purpose",
                           "EARLYHELP", "status", "GIV", "given-by", "person-leo",
                           "at", "2026-11-23T12:59:00.000Z", NULL)));
  do_it (hub, &early_help, "2026-11-23T14:00:00.000Z",
         group_with ("start-early-help", NULL,
                     edit (hub, "early-help", "help", "lead-worker", "S. Whitlow",
                           "started-at", "2026-11-23T13:59:00.000Z", NULL)));
  assert_contact (hub, "strand-e", "E50");
  do_it (hub, &officer, "2026-11-23T14:01:00.000Z", group_with ("close-done", NULL, NULL));
  assert_contact (hub, "state", "C90");
}

/* The family declines: back to the manager who decided, who decides again. */
static void
test_declined (Hub          *hub,
               gconstpointer data)
{
  decide_early_help (hub);
  refused (hub, &manager, "2026-11-23T10:30:00.000Z",
           group_with ("decide-again", "On second thoughts", NULL),
           "Nobody has refused it: hand it over, or close it and open it again with the reason.");
  do_it (hub, &early_help, "2026-11-23T11:00:00.000Z",
         group_with ("accept-early-help", NULL,
                     edit (hub, "disposal", "disposal-1", "contact", "contact-1", "decision",
                           "decision-1", "receiver", "Early help hub", "accepted-by",
                           "S. Whitlow", "accepted-at", "2026-11-23T10:50:00.000Z", NULL)));
  do_it (hub, &early_help, "2026-11-23T12:00:00.000Z",
         group_with ("decline-early-help", NULL,
                     edit (hub, "early-help", "help", "declined-by", "Mother",
                           "declined-reason", "Has her sister", NULL)));
  assert_contact (hub, "state", "C70");
  assert_contact (hub, "strand-e", "E90");
  assert_contact (hub, "assigned-to", manager.person);
  do_it (hub, &manager, "2026-11-23T12:30:00.000Z",
         group_with ("decide-again", "The family declined", NULL));
  assert_contact (hub, "state", "C65");
  assert_newest (hub, "T10", "stopped-at", "2026-11-23T12:30:00.000Z");
}

/* Two children with two outcomes: each is covered once, each is handed over, and the contact only
 * then. */
static void
test_groups (Hub          *hub,
             gconstpointer data)
{
  g_autoptr (MashRecord) decided = NULL;
  g_auto (GStrv) outcomes = NULL;
  MashGroup *both;

  analyse (hub);
  mash_test_facts_put (hub->facts, "person", "person-ada", "kind", "CHILD", NULL);
  mash_test_facts_put (hub->facts, "contact-subject", "subject-ada", "contact", "contact-1",
                       "person", "person-ada", "role", "CHILD", NULL);
  refused (hub, &worker, "2026-11-23T10:00:00.000Z",
           group_with ("recommend", NULL, recommendation (hub, "recommendation-1", "O05")),
           "Give each child exactly one outcome: tick whom this one covers, and add another "
           "outcome for the others.");
  both = group_of ("recommend", NULL, recommendation (hub, "recommendation-1", "O05"),
                   edit (hub, "outcome-group", "group-1", "contact", "contact-1",
                         "recommendation", "recommendation-1", "covers-subjects", "subject-ada",
                         "outcome", "O09", "level", "4", "rationale", "Lives elsewhere", NULL));
  do_it (hub, &worker, "2026-11-23T10:01:00.000Z", both);
  do_it (hub, &manager, "2026-11-23T10:20:00.000Z",
         group_with ("approve", NULL, decision (hub, "decision-1", "recommendation-1",
                                                "APPROVED", "O05")));
  decided = mash_facts_lookup (MASH_FACTS (hub->facts), "decision", "decision-1");
  outcomes = mash_record_dup_set (decided, "outcomes");
  g_assert_cmpuint (g_strv_length (outcomes), ==, 2);
  g_assert_cmpint (mash_record_get_int (decided, "rev"), ==, 1);

  for (guint i = 0; i < 2; i++)
    {
      do_it (hub, &officer, "2026-11-23T11:00:00.000Z",
             group_with ("hand-over", NULL,
                         edit (hub, "disposal", i == 0 ? "disposal-1" : "disposal-2", "contact",
                               "contact-1", "decision", "decision-1", "receiver", "A team",
                               "outcome", i == 0 ? "O05" : "O09", "accepted-by", "A. Worker",
                               "accepted-at", "2026-11-23T10:50:00.000Z", NULL)));
      assert_contact (hub, "state", i == 0 ? "C70" : "C75");
      assert_clock (hub, "T10", "stopped-at", i == 0 ? NULL : "2026-11-23T10:50:00.000Z");
    }
}

static void
put_earlier (Hub        *hub,
             const char *received_at)
{
  mash_test_facts_put (hub->facts, "contact", "contact-0", "kind", "REF",
                       "received-at", received_at, "state", "C90", NULL);
  mash_test_facts_put (hub->facts, "contact-subject", "subject-0", "contact", "contact-0",
                       "person", "person-leo", "role", "CHILD", NULL);
  mash_test_facts_put (hub->facts, "decision", "decision-0", "contact", "contact-0", "result",
                       "CHANGED", "outcome", "O12", "at", received_at, NULL);
}

/* Scenario 5: closed with nothing further within twelve months before. The earlier contact is named
 * from the start, a second look is asked for, and it is sampled with that reason. */
static void
test_after_nothing (Hub          *hub,
                    gconstpointer data)
{
  MashEdit *again;

  put_earlier (hub, "2025-11-23T09:00:00.000Z");
  create (hub, "2026-11-23T08:00:00.000Z", "2026-11-23T08:10:00.000Z");
  mash_test_facts_remove (hub->facts, "contact", "contact-1");
  analyse (hub);
  assert_contact (hub, "nfa-before", "contact-0");
  refused (hub, &worker, "2026-11-23T10:00:00.000Z",
           group_with ("recommend", NULL, recommendation (hub, "recommendation-1", "O12")),
           "It was closed with no further action within the last 12 months: write down the second "
           "look.");
  again = recommendation (hub, "recommendation-1", "O12");
  mash_edit_set_text (again, "second-look", "Read together; nothing adds up");
  do_it (hub, &worker, "2026-11-23T10:01:00.000Z", group_with ("recommend", NULL, again));
  assert_contact (hub, "rereferral", "within_12m");
  assert_contact (hub, "rereferral-of", "contact-0");
  do_it (hub, &manager, "2026-11-23T10:20:00.000Z",
         group_with ("approve", NULL, decision (hub, "decision-1", "recommendation-1",
                                                "APPROVED", "O12")));
  g_assert_cmpuint (count (hub, "threshold-review", "sample-reason", "NFAREREF"), ==, 1);
  g_assert_cmpuint (count (hub, "threshold-review", "sample-reason", "NFA"), ==, 1);
  g_assert_cmpuint (count (hub, "threshold-review", "sample-reason", "REREF"), ==, 1);
  g_assert_cmpuint (count (hub, "sign-off", "type", "SO03"), ==, 1);
}

static void
test_long_after_nothing (Hub          *hub,
                         gconstpointer data)
{
  put_earlier (hub, "2025-11-22T09:00:00.000Z");
  analyse (hub);
  assert_contact (hub, "nfa-before", NULL);
}

/* Marked harm ends in a discussion or in a manager’s finding, never in silence. */
static void
test_harm_ends (Hub          *hub,
                gconstpointer data)
{
  analyse (hub);
  do_it (hub, &worker, "2026-11-23T09:50:00.000Z", group_with ("mark-harm", "A belt", NULL));
  refused (hub, &worker, "2026-11-23T10:00:00.000Z",
           group_with ("recommend", NULL, recommendation (hub, "recommendation-1", "O04")),
           "Significant harm is marked: record the strategy discussion first, or have a manager "
           "find that harm is not suspected.");
  refused (hub, &manager, "2026-11-23T10:00:00.000Z", group_with ("unfound-harm", NULL, NULL),
           "Give a reason first.");
  do_it (hub, &manager, "2026-11-23T10:05:00.000Z",
         group_with ("unfound-harm", "The belt was part of a costume", NULL));
  assert_contact (hub, "strand-p", "P80");
  assert_clock (hub, "T05", "stopped-at", "2026-11-23T10:05:00.000Z");
  do_it (hub, &worker, "2026-11-23T10:10:00.000Z", group_with ("mark-harm", "A new mark", NULL));
  assert_contact (hub, "strand-p", "P10");
  g_assert_cmpuint (count (hub, "clock", "type", "T05"), ==, 2);
}

static MashEdit *
adult (Hub        *hub,
       const char *field,
       const char *value)
{
  return edit (hub, "adult-concern", "concern", field, value, NULL);
}

/* Care Act 2014, section 42: an enquiry where all three parts are met, and only there; who tested
 * does not decide. */
static void
test_adult (Hub          *hub,
            gconstpointer data)
{
  MashEdit *test, *decided;

  analyse (hub);
  do_it (hub, &officer, "2026-11-23T09:50:00.000Z",
         group_with ("raise-adult-concern", NULL,
                     edit (hub, "adult-concern", "concern", "contact", "contact-1", "person",
                           "person-leo", "concern", "Kept from money",
                           "received-at", "2026-11-23T09:45:00.000Z", NULL)));
  assert_contact (hub, "strand-a", "A10");
  assert_clock (hub, "T29", "due-at", "2026-11-25T23:59:59.999Z");
  test = edit (hub, "adult-concern", "concern", "needs", "Y", "needs-why", "Said so",
               "risk", "Y", "risk-why", "Said so", "unable", "Y", "unable-why", "Said so", NULL);
  do_it (hub, &manager, "2026-11-23T10:00:00.000Z",
         group_with ("test-adult-concern", NULL, test));
  decided = edit (hub, "adult-concern", "concern", "decision", "CARE", "decision-reason", "So",
                  NULL);
  refused (hub, &manager, "2026-11-23T10:10:00.000Z",
           group_with ("decide-adult-concern", NULL, mash_edit_copy (decided)),
           "You made the three-part test; ask another manager to decide.");
  refused (hub, &other_manager, "2026-11-23T10:10:00.000Z",
           group_with ("decide-adult-concern", NULL, decided),
           "Choose an enquiry under section 42 where all three parts of the test are met, and only "
           "there.");
  do_it (hub, &other_manager, "2026-11-23T10:11:00.000Z",
         group_with ("decide-adult-concern", NULL,
                     edit (hub, "adult-concern", "concern", "decision", "ENQ",
                           "decision-reason", "All three parts", NULL)));
  assert_clock (hub, "T29", "stopped-at", "2026-11-23T10:11:00.000Z");
  refused (hub, &worker, "2026-11-23T10:20:00.000Z",
           group_with ("follow-up-adult-concern", NULL, adult (hub, "follow-up", "Sees her")),
           "Name the worker who has it now.");
}

#define ADD(path, function) \
  g_test_add ("/course/" path, Hub, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("step-up", test_step_up);
  ADD ("early-help", test_early_help);
  ADD ("declined", test_declined);
  ADD ("groups", test_groups);
  ADD ("after-nothing", test_after_nothing);
  ADD ("long-after-nothing", test_long_after_nothing);
  ADD ("harm-ends", test_harm_ends);
  ADD ("adult", test_adult);

  return g_test_run ();
}
