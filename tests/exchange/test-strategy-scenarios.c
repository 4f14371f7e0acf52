/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "strategy-hub.h"

/* Scenarios 2, 3 and 13 of the domain reference, as far as one hub can hold them. */

static MashEdit *
protection (Hub *hub)
{
  return edit (hub, "police-protection", "power-1", "contact", "contact-1",
               "used-at", "2026-10-25T00:30:00.000Z", "subjects", "subject-leo",
               "officer", "PC Bramble", NULL);
}

static MashGroup *
finish_group (Hub        *hub,
              const char *when)
{
  return deed_of ("finish-discussion",
                  edit (hub, "strategy-discussion", DISCUSSION, "ended-at", when, NULL));
}

/* 2: powers used at 01:30 BST in the night in which the clocks go back, keyed at 03:10 GMT: the 72
 * hours end at 00:30 GMT on Wednesday, not at 01:30. */
static void
test_protection (Hub          *hub,
                 gconstpointer data)
{
  create (hub, "2026-10-25T00:40:00.000Z", "2026-10-25T03:05:00.000Z");
  do_it (hub, &worker, "2026-10-25T03:10:00.000Z",
         deed_of ("use-police-protection", protection (hub)));
  assert_clock (hub, "T18", "due-at", "2026-10-28T00:30:00.000Z");
  assert_contact (hub, "brag", "R");
  assert_contact (hub, "strand-p", "P10");
  assert_clock (hub, "T05", "started-at", "2026-10-25T00:30:00.000Z");

  start (hub, &manager, "2026-10-25T04:00:00.000Z");
  attend (hub, "agency-csc", "PRESENT", "2026-10-25T04:00:00.000Z");
  attend (hub, "agency-pol", "PRESENT", "2026-10-25T04:00:00.000Z");
  attend (hub, "agency-hth", "NOREPLY", "2026-10-25T04:05:00.000Z");
  decide (hub, "PROT", "2026-10-25T04:20:00.000Z");
  view (hub, &manager, "AGREE", NULL, "2026-10-25T04:21:00.000Z");
  view (hub, &sergeant, "AGREE", NULL, "2026-10-25T04:22:00.000Z");
  refused (hub, &manager, "2026-10-25T04:30:00.000Z",
           finish_group (hub, "2026-10-25T04:30:00.000Z"),
           "Complete police protection: designated officer, place, and whether the parents were "
           "told.");
  do_it (hub, &sergeant, "2026-10-25T04:31:00.000Z",
         deed_of ("edit-police-protection",
                  edit (hub, "police-protection", "power-1", "designated-officer", "Insp. Sedge",
                        "place", "With the grandmother", "parents-told", "TOLD", NULL)));
  do_it (hub, &manager, "2026-10-25T04:32:00.000Z",
         finish_group (hub, "2026-10-25T04:30:00.000Z"));
  assert_discussion (hub, DISCUSSION, "compliance", "NOT");
  g_assert_cmpuint (count (hub, "sd-participant", "attended", "NOREPLY"), ==, 1);

  /* The exception: not without a follow-up in a working day, which Monday is and Tuesday is not. */
  refused (hub, &manager, "2026-10-25T04:40:00.000Z",
           deed_of ("except-discussion",
                    edit (hub, "strategy-discussion", DISCUSSION,
                          "exception-reason", "The ward did not answer three calls",
                          "exception-risk", "Both are with the grandmother",
                          "next-at", "2026-10-27T10:00:00.000Z", NULL)),
           "An exception is for police or health who could not take part, with a follow-up within "
           "one working day.");
  do_it (hub, &other_manager, "2026-10-25T04:41:00.000Z",
         deed_of ("except-discussion",
                  edit (hub, "strategy-discussion", DISCUSSION,
                        "exception-reason", "The ward did not answer three calls",
                        "exception-risk", "Both are with the grandmother",
                        "next-at", "2026-10-26T10:00:00.000Z", NULL)));
  assert_discussion (hub, DISCUSSION, "compliance", "EXCEPTION");
  do_it (hub, &manager, "2026-10-25T04:45:00.000Z",
         ask_group (hub, "2026-10-25T04:45:00.000Z"));
  assert_signs (hub, &manager, "CHAIR", "2026-10-25T04:50:00.000Z");
  assert_signs (hub, &sergeant, "POLICE", "2026-10-25T04:51:00.000Z");
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  assert_discussion (hub, DISCUSSION, "compliance", "EXCEPTION");

  do_it (hub, &sergeant, "2026-10-27T12:00:00.000Z",
         deed_of ("end-police-protection",
                  edit (hub, "police-protection", "power-1", "ended-at",
                        "2026-10-27T11:30:00.000Z", "ended-how", "AGREED", NULL)));
  assert_clock (hub, "T18", "stopped-at", "2026-10-27T11:30:00.000Z");
  assert_clock (hub, "T18", "breach-minutes", NULL);
}

/* The first discussion of scenario 3: section 17, health dissents. */
static void
dissent (Hub *hub)
{
  create (hub, T ("09:00"), T ("09:10"));
  do_it (hub, &worker, T ("10:00"), deed_of ("mark-harm", NULL));
  start (hub, &manager, T ("11:00"));
  attend (hub, "agency-csc", "PRESENT", T ("11:00"));
  attend (hub, "agency-pol", "PRESENT", T ("11:00"));
  attend (hub, "agency-hth", "PRESENT", T ("11:00"));
  decide (hub, "NOS47_S17", T ("11:30"));
  view (hub, &manager, "AGREE", NULL, T ("11:31"));
  view (hub, &sergeant, "AGREE", "No further police role", T ("11:32"));
  do_it (hub, &nurse, T ("11:33"),
         deed_of ("write-discussion",
                  part (hub, "sd-view", "view-agency-hth", "agency", "agency-hth",
                        "position", "DISS", "text", "This is section 47: the bruise is not from a "
                        "fall.", "wants-escalation", "yes", NULL)));
}

/* 3: dissent goes up, nobody else alters it, and the record is signed all the same. */
static void
test_dissent (Hub          *hub,
              gconstpointer data)
{
  g_autoptr (MashRecord) escalation = NULL;
  g_autoptr (GPtrArray) raised = NULL;
  g_autofree char *request = NULL;

  dissent (hub);
  refused (hub, &manager, T ("11:40"),
           deed_of ("write-discussion", part (hub, "sd-view", "view-agency-hth", "text", "Agrees",
                                              NULL)),
           "This part belongs to another agency; only they alter it.");
  raised = mash_facts_list (MASH_FACTS (hub->facts), "sd-escalation", "agency", "agency-hth");
  g_assert_cmpuint (raised->len, ==, 1);
  g_assert_cmpstr (mash_record_get_text (g_ptr_array_index (raised, 0), "seniors"), ==,
                   "Health: Named doctor\nSocial care");
  assert_clock (hub, "T17", "due-at", "2026-11-23T23:59:59.999Z");

  finish (hub, &manager, T ("12:00"));
  do_it (hub, &manager, T ("12:01"), ask_group (hub, T ("12:01")));
  assert_signs (hub, &manager, "CHAIR", T ("12:10"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:11"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNING");
  assert_signs (hub, &nurse, "HEALTH", T ("12:12"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  assert_contact (hub, "strand-p", "P50");
  g_assert_cmpuint (count (hub, "clock", "type", "T15"), ==, 0);

  do_it (hub, &other_manager, T ("15:00"),
         deed_of ("resolve-disagreement",
                  edit (hub, "sd-escalation", mash_record_get_id (g_ptr_array_index (raised, 0)),
                        "resolution", "A second discussion is held tomorrow", NULL)));
  assert_clock (hub, "T17", "stopped-at", T ("15:00"));
}

#define DAY(time) "2026-11-24T" time ":00.000Z"

static void
write_second (Hub        *hub,
              const Who  *who,
              const char *kind,
              const char *id,
              const char *field,
              const char *value,
              const char *agency)
{
  do_it (hub, who, DAY ("10:10"),
         deed_of ("write-discussion",
                  edit (hub, kind, id, "contact", "contact-1", "discussion", "sd-2",
                        "agency", agency, field, value,
                        strcmp (kind, "sd-participant") == 0 ? "senior" : NULL, "yes", NULL)));
}

/* 3, the next day: another discussion decides section 47, and the conference is counted from it;
 * the first record stays as it was signed. */
static void
test_second_discussion (Hub          *hub,
                        gconstpointer data)
{
  static const Who *const who[] = { &manager, &sergeant, &nurse };
  g_autoptr (MashRecord) first = NULL;
  g_autoptr (MashRecord) still = NULL;

  test_dissent (hub, data);
  first = mash_facts_lookup (MASH_FACTS (hub->facts), "strategy-discussion", DISCUSSION);
  do_it (hub, &manager, DAY ("10:00"), start_group (hub, "sd-2", &manager, DAY ("10:00")));
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      const char *agency = who[i]->agency != NULL ? who[i]->agency : "agency-csc";
      g_autofree char *there = g_strdup_printf ("there-%u", i);
      g_autofree char *view_id = g_strdup_printf ("second-view-%u", i);

      write_second (hub, &manager, "sd-participant", there, "attended", "PRESENT", agency);
      write_second (hub, who[i], "sd-view", view_id, "position", "AGREE", agency);
    }
  do_it (hub, &manager, DAY ("10:30"),
         deed_of ("write-discussion",
                  edit (hub, "sd-child", "child-sd-2", "decision", "S47S", "threshold-met", "Y",
                        "rationale", "The paediatrician’s view", NULL)));
  do_it (hub, &manager, DAY ("11:00"),
         deed_of ("finish-discussion", edit (hub, "strategy-discussion", "sd-2",
                                             "ended-at", DAY ("11:00"), NULL)));
  do_it (hub, &manager, DAY ("11:01"),
         deed_of ("ask-to-sign", edit (hub, "strategy-discussion", "sd-2",
                                       "asked-at", DAY ("11:01"), NULL)));
  assert_discussion (hub, "sd-2", "previous", DISCUSSION);
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      static const char *const capacities[] = { "CHAIR", "POLICE", "HEALTH" };
      g_autofree char *request = find_request (hub, capacities[i]);
      g_autoptr (MashRecord) second = mash_facts_lookup (MASH_FACTS (hub->facts),
                                                         "strategy-discussion", "sd-2");

      do_it (hub, who[i], DAY ("11:10"),
             deed_of (i == 0 ? "sign-as-chair" : "sign-discussion",
                      edit (hub, "sd-request", request, "seen-hash",
                            mash_record_get_text (second, "content-hash"), NULL)));
    }
  assert_discussion (hub, "sd-2", "state", "SIGNED");
  assert_contact (hub, "strand-p", "P70");
  assert_clock (hub, "T15", "started-at", DAY ("10:00"));
  assert_clock (hub, "T15", "due-at", "2026-12-15T23:59:59.999Z");
  still = mash_facts_lookup (MASH_FACTS (hub->facts), "strategy-discussion", DISCUSSION);
  for (guint i = 0; i < mash_strategy_discussion_kind.n_fields; i++)
    g_assert_true (mash_values_equal (mash_record_get_value (first, i),
                                      mash_record_get_value (still, i)));
}

/* 13: police and social care write their own parts in turn, health is on the telephone. */
static void
test_three_hands (Hub          *hub,
                  gconstpointer data)
{
  create (hub, T ("09:00"), T ("09:10"));
  do_it (hub, &worker, T ("10:00"), deed_of ("mark-harm", NULL));
  start (hub, &manager, T ("11:00"));
  attend (hub, "agency-csc", "PRESENT", T ("11:00"));
  attend (hub, "agency-pol", "PRESENT", T ("11:00"));
  attend (hub, "agency-hth", "PRESENT", T ("11:02"));
  do_it (hub, &sergeant, T ("11:05"),
         deed_of ("write-discussion",
                  part (hub, "sd-paragraph", "p-police", "agency", "agency-pol", "text",
                        "Intelligence on the stepfather", "source", "2", "reliability", "B",
                        "condition", "C", "conditions", "Not beyond this discussion",
                        "not-for", "agency-edu", NULL)));
  do_it (hub, &manager, T ("11:05"),
         deed_of ("write-discussion",
                  part (hub, "sd-paragraph", "p-care", "agency", "agency-csc", "text",
                        "Known to us since 2023", NULL)));
  do_it (hub, &manager, T ("11:20"),
         deed_of ("write-discussion",
                  part (hub, "sd-view", "view-agency-hth", "agency", "agency-hth", "position",
                        "AGREE", "text", "Said on the telephone", NULL)));
  decide (hub, "S47J", T ("11:30"));
  view (hub, &manager, "AGREE", NULL, T ("11:31"));
  view (hub, &sergeant, "AGREE", NULL, T ("11:32"));
  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("action-%u", i);
      g_autofree char *number = g_strdup_printf ("%u", i);

      do_it (hub, i % 2 ? &manager : &sergeant, T ("11:40"),
             deed_of ("write-discussion",
                      part (hub, "sd-action", id, "what", "Do it", "owner", "Somebody",
                            "owner-agency", i % 2 ? "agency-csc" : "agency-pol",
                            "due-at", T ("17:00"), NULL)));
      g_assert_cmpuint (count (hub, "sd-action", "number", number), ==, 1);
    }
  finish (hub, &manager, T ("12:00"));
  assert_discussion (hub, DISCUSSION, "compliance", "COMPLIANT");
  do_it (hub, &nurse, T ("12:10"),
         deed_of ("confirm-entry", edit (hub, "sd-view", "view-agency-hth",
                                         "confirmed-at", T ("12:10"), NULL)));
  g_assert_cmpuint (count (hub, "sd-view", "confirmed-by", nurse.person), ==, 1);
  do_it (hub, &manager, T ("12:11"), ask_group (hub, T ("12:11")));
  assert_signs (hub, &manager, "CHAIR", T ("12:12"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:13"));
  assert_signs (hub, &nurse, "HEALTH", T ("12:14"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  assert_clock (hub, "T12", "breach-minutes", NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/scenario/2", Hub, NULL, set_up, test_protection, tear_down);
  g_test_add ("/scenario/3", Hub, NULL, set_up, test_dissent, tear_down);
  g_test_add ("/scenario/3-second", Hub, NULL, set_up, test_second_discussion, tear_down);
  g_test_add ("/scenario/13", Hub, NULL, set_up, test_three_hands, tear_down);

  return g_test_run ();
}
