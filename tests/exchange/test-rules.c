/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "rules-fixture.h"

/* Up to the recommendation, as a social worker would. */
static void
recommend (Hub        *hub,
           const char *outcome)
{
  g_autoptr (MashGroup) take = NULL, screen = NULL, triage = NULL, gather = NULL, analyse = NULL;
  g_autoptr (MashGroup) recommendation = NULL;
  MashEdit *urgency;

  take = group_of ("take", NULL, edit_contact (hub, "assigned-to", worker.person), NULL);
  must (hub, &worker, "2026-11-20T17:25:00.000Z", take);
  screen = group_of ("screen", NULL,
                     edit_contact (hub, "history-searched", "Own register: nothing found"), NULL);
  must (hub, &worker, "2026-11-20T17:30:00.000Z", screen);
  urgency = edit (hub, "contact", "contact-1", "brag", "A", "level", "4", NULL);
  triage = group_of ("triage", NULL, urgency,
                     edit (hub, "contact-subject", "subject-leo", "considered", "yes", NULL));
  must (hub, &worker, "2026-11-20T17:40:00.000Z", triage);
  gather = group_of ("gather", NULL,
                     edit (hub, "risk-analysis", "analysis", "contact", "contact-1",
                           "no-agency-asked", "No agency asked", NULL), NULL);
  must (hub, &worker, "2026-11-20T17:50:00.000Z", gather);
  analyse = group_of ("analyse", NULL,
                      edit (hub, "risk-analysis", "analysis", "harm", "A bruise, unexplained",
                            NULL), NULL);
  must (hub, &worker, "2026-11-20T18:00:00.000Z", analyse);
  recommendation = group_of ("recommend", NULL,
                             edit (hub, "recommendation", "recommendation-1",
                                   "contact", "contact-1", "outcome", outcome, "level", "4",
                                   "rationale", "Unexplained injury to a child of eight.",
                                   "covers-subjects", "subject-leo",
                                   "on-incomplete-info", "yes", NULL), NULL);
  if (strcmp (outcome, "O12") == 0 || strcmp (outcome, "O03") == 0)
    {
      MashEdit *made = mash_group_find_edit (recommendation, "recommendation", NULL);

      mash_edit_set_text (made, "help-offered", "A family worker who comes to the home");
      mash_edit_set_text (made, "help-offered-to", "Mother");
      mash_edit_set_text (made, "help-answer", "DECLINED");
    }
  must (hub, &worker, "2026-11-20T18:10:00.000Z", recommendation);
}

static MashGroup *
approval (Hub        *hub,
          const char *outcome)
{
  g_autoptr (MashRecord) recommendation = mash_facts_lookup (MASH_FACTS (hub->facts),
                                                             "recommendation", "recommendation-1");

  return group_of ("approve", NULL,
                   edit (hub, "decision", "decision-1", "contact", "contact-1",
                         "recommendation", "recommendation-1",
                         "recommendation-hash",
                         mash_record_get_text (recommendation, "content-hash"),
                         "result", "APPROVED", "outcome", outcome, NULL), NULL);
}

/* Scenario 1: the clocks start when the e-mail arrived, not when it was keyed, and the
 * completeness at receipt is kept for good. */
static void
test_receipt (Hub          *hub,
              gconstpointer data)
{
  g_autoptr (MashRecord) contact = NULL;
  g_autoptr (MashGroup) later = NULL;
  gint64 at_receipt;

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  assert_contact (hub, "state", "C10");
  assert_contact (hub, "keyed-at", "2026-11-20T17:20:00.000Z");
  assert_clock (hub, "T02", "due-at", "2026-11-23T23:59:59.999Z");
  assert_clock (hub, "T03", "due-at", "2026-11-21T16:52:00.000Z");

  contact = mash_facts_lookup (MASH_FACTS (hub->facts), "contact", "contact-1");
  at_receipt = mash_record_get_int (contact, "completeness-at-receipt");
  g_assert_cmpint (at_receipt, <, 50);

  later = group_of ("edit", NULL,
                    edit (hub, "person", "person-leo", "birth", "2018-03-04", NULL), NULL);
  must (hub, &officer, "2026-11-20T17:22:00.000Z", later);
  g_clear_pointer (&contact, mash_record_unref);
  contact = mash_facts_lookup (MASH_FACTS (hub->facts), "contact", "contact-1");
  g_assert_cmpint (mash_record_get_int (contact, "completeness"), >, at_receipt);
  g_assert_cmpint (mash_record_get_int (contact, "completeness-at-receipt"), ==, at_receipt);
}

/* From receipt to a decision by somebody else, and every clock on the way. */
static void
test_decision (Hub          *hub,
               gconstpointer data)
{
  g_autoptr (MashGroup) own = NULL;
  g_autoptr (MashGroup) approve = NULL;
  g_autoptr (MashRecord) decision = NULL;
  g_autofree char *refusal = NULL;

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  recommend (hub, "O05");
  assert_contact (hub, "state", "C60");
  assert_clock (hub, "T06", "due-at", "2026-11-20T23:40:00.000Z");
  assert_clock (hub, "T06", "stopped-at", "2026-11-20T18:10:00.000Z");
  assert_clock (hub, "T09", "due-at", "2026-11-20T22:10:00.000Z");
  assert_clock (hub, "T02", "stopped-at", NULL);

  own = approval (hub, "O05");
  refusal = act (hub, &worker, "2026-11-20T18:20:00.000Z", own);
  g_assert_nonnull (refusal);
  assert_contact (hub, "state", "C60");

  approve = approval (hub, "O05");
  must (hub, &manager, "2026-11-20T18:30:00.000Z", approve);
  assert_contact (hub, "state", "C70");
  assert_contact (hub, "rereferral", "none");
  for (const char *const *type = (const char *[]) { "T02", "T03", "T09", NULL };
       *type != NULL; type++)
    assert_clock (hub, *type, "stopped-at", "2026-11-20T18:30:00.000Z");
  decision = mash_facts_lookup (MASH_FACTS (hub->facts), "decision", "decision-1");
  g_assert_cmpstr (mash_record_get_text (decision, "by"), ==, manager.person);
  g_assert_true (mash_record_get_flag (decision, "statutory-clock-met"));
}

/* A clock stops when what it waited for happened, however late that was keyed; never before it
 * began and never because of something older; and what was decided in time once stays so. */
static void
test_event_time (Hub          *hub,
                 gconstpointer data)
{
  g_autoptr (MashGroup) approve = NULL, early = NULL, accept = NULL, tell = NULL;

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  early = group_of ("call-back", NULL,
                    edit (hub, "call-back", "call-1", "contact", "contact-1",
                          "at", "2026-11-20T12:00:00.000Z", "result", "SPOKE", NULL), NULL);
  must (hub, &officer, "2026-11-20T17:21:00.000Z", early);
  assert_clock (hub, "T01", "stopped-at", "2026-11-20T16:52:00.000Z");

  recommend (hub, "O05");
  approve = approval (hub, "O05");
  must (hub, &manager, "2026-11-20T18:30:00.000Z", approve);
  accept = group_of ("hand-over", NULL,
                     edit (hub, "disposal", "disposal-1", "contact", "contact-1",
                           "decision", "decision-1", "receiver", "Assessment team",
                           "accepted-by", "A. Worker",
                           "accepted-at", "2026-11-23T09:00:00.000Z", NULL), NULL);
  must (hub, &officer, "2026-11-30T10:00:00.000Z", accept);
  assert_clock (hub, "T10", "stopped-at", "2026-11-23T09:00:00.000Z");
  assert_clock (hub, "T10", "breach-minutes", NULL);

  tell = group_of ("feedback", NULL,
                   edit (hub, "disposal", "disposal-1", "feedback-text", "Told the school",
                         "feedback-to-referrer-at", "2026-11-30T10:04:00.000Z", NULL), NULL);
  must (hub, &officer, "2026-11-30T10:05:00.000Z", tell);
  assert_clock (hub, "T11", "stopped-at", "2026-11-30T10:04:00.000Z");
}

/* A safety check is of one recommendation; it does not carry over to the next, and who signed it
 * does not decide, by whichever deed. */
static void
test_safety_check (Hub          *hub,
                   gconstpointer data)
{
  g_autoptr (MashGroup) check = NULL, change = NULL, back = NULL, resume = NULL, again = NULL;
  g_autoptr (MashGroup) approve = NULL;
  g_autofree char *by_signer = NULL;
  g_autofree char *stale = NULL;

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  recommend (hub, "O03");
  check = group_of ("safety-check", NULL,
                    edit (hub, "note", "note-1", "contact", "contact-1", "text", "Read", NULL),
                    NULL);
  must (hub, &manager, "2026-11-20T18:12:00.000Z", check);

  change = approval (hub, "O04");
  {
    MashEdit *decision = mash_edit_copy (mash_group_get_edit (change, 0));

    mash_group_unref (change);
    mash_edit_set_text (decision, "result", "CHANGED");
    mash_edit_set_text (decision, "rationale", "The other service fits better.");
    change = group_of ("change-outcome", NULL, decision, NULL);
  }
  by_signer = act (hub, &manager, "2026-11-20T18:15:00.000Z", change);
  g_assert_cmpstr (by_signer, ==,
                   "You signed the safety check; ask another manager to decide on it.");

  back = group_of ("return", "See the sisters too",
                   edit (hub, "decision", "decision-0", "contact", "contact-1",
                         "recommendation", "recommendation-1", "recommendation-hash", "shown",
                         "result", "RETURNED", NULL), NULL);
  must (hub, &manager, "2026-11-20T18:20:00.000Z", back);
  resume = group_of ("resume", NULL, edit_contact (hub, "ward", "Pleck"), NULL);
  must (hub, &worker, "2026-11-20T18:25:00.000Z", resume);
  again = group_of ("recommend", NULL,
                    edit (hub, "recommendation", "recommendation-2",
                          "contact", "contact-1", "outcome", "O03", "level", "3",
                          "rationale", "The sisters were seen as well.",
                          "covers-subjects", "subject-leo", "on-incomplete-info", "yes",
                          "help-offered", "A family worker", "help-offered-to", "Mother", NULL),
                    NULL);
  must (hub, &worker, "2026-11-20T18:30:00.000Z", again);
  {
    g_autoptr (MashRecord) recommendation = mash_facts_lookup (MASH_FACTS (hub->facts),
                                                               "recommendation",
                                                               "recommendation-2");

    approve = group_of ("approve", NULL,
                        edit (hub, "decision", "decision-2", "contact", "contact-1",
                              "recommendation", "recommendation-2", "recommendation-hash",
                              mash_record_get_text (recommendation, "content-hash"),
                              "result", "APPROVED", "outcome", "O03", NULL), NULL);
  }
  stale = act (hub, &other_manager, "2026-11-20T18:40:00.000Z", approve);
  g_assert_cmpstr (stale, ==,
                   "A qualified social worker must sign the early help safety check first.");
}

/* A manager may recommend; then another one decides, under whatever post. */
static void
test_self_approval (Hub          *hub,
                    gconstpointer data)
{
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (MashGroup) again = NULL;
  g_autofree char *refusal = NULL;

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  recommend (hub, "O05");
  mash_test_facts_put (hub->facts, "recommendation", "recommendation-1",
                       "by", manager.person, NULL);

  group = approval (hub, "O05");
  refusal = act (hub, &manager, "2026-11-20T18:30:00.000Z", group);
  g_assert_cmpstr (refusal, ==, "Ask a manager who did not recommend it to approve it.");
  again = approval (hub, "O05");
  must (hub, &other_manager, "2026-11-20T18:31:00.000Z", again);
}

/* Scenario 12: what is approved is what was shown. */
static void
test_pinned (Hub          *hub,
             gconstpointer data)
{
  g_autoptr (MashGroup) shown = NULL;
  g_autoptr (MashGroup) other_outcome = NULL;
  g_autofree char *refusal = NULL;
  g_autofree char *other = NULL;

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  recommend (hub, "O05");

  other_outcome = approval (hub, "O01");
  other = act (hub, &manager, "2026-11-20T18:30:00.000Z", other_outcome);
  g_assert_nonnull (other);

  shown = approval (hub, "O05");
  mash_test_facts_put (hub->facts, "person", "person-leo", "birth", "2018-03-04", NULL);
  refusal = act (hub, &manager, "2026-11-20T18:30:00.000Z", shown);
  g_assert_cmpstr (refusal, ==,
                   "It was changed since it was recommended: return it, so that it is recommended "
                   "again.");
}

/* A contact of Leo's before this one, with its decision. */
static void
put_earlier (Hub        *hub,
             const char *received_at,
             const char *outcome)
{
  mash_test_facts_put (hub->facts, "contact", "contact-0", "kind", "REF",
                       "received-at", received_at, "state", "C90", NULL);
  mash_test_facts_put (hub->facts, "contact-subject", "subject-0", "contact", "contact-0",
                       "person", "person-leo", "role", "CHILD", NULL);
  mash_test_facts_put (hub->facts, "decision", "decision-0", "contact", "contact-0",
                       "outcome", outcome, "at", received_at, NULL);
}

/* Scenario 5: twelve months are calendar months, and a second closure needs a second look. */
static void
test_rereferral (Hub          *hub,
                 gconstpointer data)
{
  g_autoptr (MashGroup) refused = NULL;
  g_autofree char *refusal = NULL;
  MashEdit *recommendation;

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  put_earlier (hub, "2025-11-20T09:00:00.000Z", "O12");
  recommend (hub, "O05");
  assert_contact (hub, "rereferral", "within_12m");

  mash_test_facts_remove (hub->facts, "recommendation", "recommendation-1");
  mash_test_facts_put (hub->facts, "contact", "contact-1", "state", "C50", NULL);
  recommendation = edit (hub, "recommendation", "recommendation-2", "contact", "contact-1",
                         "outcome", "O12", "level", "2", "rationale", "Nothing to act on.",
                         "covers-subjects", "subject-leo", "on-incomplete-info", "yes",
                         "help-offered", "A family worker", "help-offered-to", "Mother",
                         "help-answer", "DECLINED", NULL);
  refused = group_of ("recommend", NULL, recommendation, NULL);
  refusal = act (hub, &worker, "2026-11-20T18:10:00.000Z", refused);
  g_assert_cmpstr (refusal, ==,
                   "It was closed with no further action within the last 12 months: write down the "
                   "second look.");
}

static void
test_advice_is_no_rereferral (Hub          *hub,
                              gconstpointer data)
{
  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  put_earlier (hub, "2026-10-20T09:00:00.000Z", "O05");
  recommend (hub, "O01");
  assert_contact (hub, "rereferral", "none");
}

/* Marking harm puts the contact at the top, whatever else is missing. */
static void
test_harm (Hub          *hub,
           gconstpointer data)
{
  g_autoptr (MashGroup) harm = NULL;
  g_autoptr (MashGroup) lower = NULL;
  g_autofree char *refusal = NULL;
  g_autoptr (GPtrArray) history = NULL;

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  harm = group_of ("mark-harm", "He says who did it", NULL, NULL);
  must (hub, &officer, "2026-11-20T17:21:00.000Z", harm);
  assert_contact (hub, "brag", "R");
  assert_contact (hub, "strand-p", "P10");
  assert_contact (hub, "state", "C10");
  assert_clock (hub, "T05", "due-at", "2026-11-20T19:21:00.000Z");
  assert_clock (hub, "T04", "started-at", "2026-11-20T16:52:00.000Z");
  history = mash_facts_list (MASH_FACTS (hub->facts), "brag-history", "contact", "contact-1");
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_true (mash_record_get_flag (g_ptr_array_index (history, 0), "provisional"));

  lower = group_of ("lower-brag", "It was a fall", edit_contact (hub, "brag", "G"), NULL);
  refusal = act (hub, &officer, "2026-11-20T17:25:00.000Z", lower);
  g_assert_nonnull (refusal);
  assert_contact (hub, "brag", "R");
}

/* What a group from another desk must not get away with: it says what its rules never said. */
static void
test_forged (Hub          *hub,
             gconstpointer data)
{
  static const struct
  {
    const char *what;
    const char *kind;
    const char *field;
    const char *value;
  } forgeries[] = {
    { "another state", "contact", "state", "C90" },
    { "a later due time", "clock", "due-at", "2030-01-01T00:00:00.000Z" },
    { "somebody else’s signature", "sign-off", "signer", "staff-mm2" },
    { "somebody else’s decision", "decision", "by", "staff-mm2" },
    { "an earlier decision", "decision", "at", "2026-11-20T17:30:00.000Z" },
    { "a code of no list", "decision", "outcome", "O99" },
    { "a fixed field", "contact", "received-at", "2026-11-20T18:00:00.000Z" },
    { "a flag by the way", "contact", "harm-suspected", "yes" },
  };
  g_autofree char *post = g_strdup_printf ("post-%s", manager.person);
  MashActor actor = make_actor (&manager, "2026-11-20T18:30:00.000Z", post);

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  recommend (hub, "O05");

  for (guint i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autoptr (MashGroup) group = approval (hub, "O05");
      g_autoptr (MashVerdict) verdict = NULL;
      MashEdit *forged;

      mash_rules_complete (hub->policy, MASH_FACTS (hub->facts), &actor, group, make_id, hub);
      forged = mash_group_find_edit (group, forgeries[i].kind, NULL);
      g_test_message ("%s", forgeries[i].what);
      g_assert_nonnull (forged);
      if (strcmp (forgeries[i].value, "yes") == 0)
        mash_edit_set_flag (forged, forgeries[i].field, TRUE);
      else
        mash_edit_set_text (forged, forgeries[i].field, forgeries[i].value);
      verdict = mash_judge_group (hub->policy, MASH_FACTS (hub->facts), &actor, group);
      g_assert_false (mash_verdict_get_allowed (verdict));
    }
}

/* A group that leaves out what must follow is refused as well. */
static void
test_left_out (Hub          *hub,
               gconstpointer data)
{
  g_autofree char *post = g_strdup_printf ("post-%s", manager.person);
  MashActor actor = make_actor (&manager, "2026-11-20T18:30:00.000Z", post);
  g_autoptr (MashGroup) whole = NULL;
  guint n;

  create (hub, "2026-11-20T16:52:00.000Z", "2026-11-20T17:20:00.000Z");
  recommend (hub, "O05");
  whole = approval (hub, "O05");
  mash_rules_complete (hub->policy, MASH_FACTS (hub->facts), &actor, whole, make_id, hub);
  n = mash_group_get_n_edits (whole);
  g_assert_cmpuint (n, >, 4);

  for (guint left_out = 0; left_out < n; left_out++)
    {
      g_autoptr (MashGroup) part = mash_group_new ("approve", "contact-1");
      g_autoptr (MashVerdict) verdict = NULL;

      for (guint i = 0; i < n; i++)
        {
          if (i != left_out)
            mash_group_take_edit (part, mash_edit_copy (mash_group_get_edit (whole, i)));
        }
      g_test_message ("without %s",
                      mash_edit_get_kind (mash_group_get_edit (whole, left_out))->name);
      verdict = mash_judge_group (hub->policy, MASH_FACTS (hub->facts), &actor, part);
      g_assert_false (mash_verdict_get_allowed (verdict));
    }
}

#define ADD(path, function) \
  g_test_add ("/rules/" path, Hub, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("receipt", test_receipt);
  ADD ("decision", test_decision);
  ADD ("event-time", test_event_time);
  ADD ("safety-check", test_safety_check);
  ADD ("self-approval", test_self_approval);
  ADD ("pinned", test_pinned);
  ADD ("rereferral", test_rereferral);
  ADD ("advice-is-no-rereferral", test_advice_is_no_rereferral);
  ADD ("harm", test_harm);
  ADD ("forged", test_forged);
  ADD ("left-out", test_left_out);

  return g_test_run ();
}
