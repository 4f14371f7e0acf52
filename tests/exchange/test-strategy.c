/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-signing.h"
#include "strategy-hub.h"

/* Harm is marked at 10:00, the discussion starts at 11:00. */
static void
begin (Hub        *hub,
       const Who  *chair)
{
  create (hub, T ("09:00"), T ("09:10"));
  do_it (hub, &worker, T ("10:00"), deed_of ("mark-harm", NULL));
  start (hub, chair, T ("11:00"));
}

/* Social care, police and health are there, decide @decision and agree. */
static void
mark_and_hold (Hub        *hub,
               const Who  *chair,
               const char *decision)
{
  begin (hub, chair);
  attend (hub, "agency-csc", "PRESENT", T ("11:00"));
  attend (hub, "agency-pol", "PRESENT", T ("11:01"));
  attend (hub, "agency-hth", "PRESENT", T ("11:05"));
  decide (hub, decision, T ("11:30"));
  view (hub, &manager, "AGREE", NULL, T ("11:40"));
  view (hub, &sergeant, "AGREE", NULL, T ("11:41"));
  view (hub, &nurse, "AGREE", NULL, T ("11:42"));
}

static void
finish_and_ask (Hub       *hub,
                const Who *chair)
{
  finish (hub, chair, T ("12:00"));
  do_it (hub, chair, T ("12:05"),
         ask_group (hub, T ("12:05")));
}

static void
assert_not_signed (Hub        *hub,
                   const Who  *who,
                   const char *capacity,
                   const char *seen,
                   const char *says)
{
  g_autofree char *refusal = sign (hub, who, capacity, T ("12:30"), seen);

  g_assert_cmpstr (refusal, ==, says);
}

/* From the need to the enquiry: states, strand and every clock. */
static void
test_whole (Hub          *hub,
            gconstpointer data)
{
  mark_and_hold (hub, &manager, "S47J");
  assert_contact (hub, "strand-p", "P30");
  assert_clock (hub, "T05", "stopped-at", T ("11:00"));
  assert_discussion (hub, DISCUSSION, "compliance", "COMPLIANT");
  finish (hub, &manager, T ("12:00"));
  assert_contact (hub, "strand-p", "P40");
  assert_clock (hub, "T12", "due-at", T ("16:00"));
  assert_clock (hub, "T13", "due-at", "2026-11-24T23:59:59.999Z");

  do_it (hub, &manager, T ("12:05"),
         ask_group (hub, T ("12:05")));
  g_assert_cmpuint (count (hub, "sd-request", "discussion", DISCUSSION), ==, 3);
  assert_signs (hub, &manager, "CHAIR", T ("12:10"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:20"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNING");
  assert_contact (hub, "strand-p", "P40");
  assert_signs (hub, &nurse, "HEALTH", T ("12:30"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  assert_contact (hub, "strand-p", "P70");
  assert_clock (hub, "T12", "stopped-at", T ("12:30"));

  /* Fifteen working days from the discussion, over no holiday; a day from when it began. */
  assert_clock (hub, "T15", "due-at", "2026-12-14T23:59:59.999Z");
  assert_clock (hub, "T21", "due-at", "2026-11-24T11:00:00.000Z");
  assert_clock (hub, "T16", "started-at", T ("09:00"));
  g_assert_cmpuint (count (hub, "sd-enquiry", "conference-target", "2026-12-14"), ==, 1);
  g_assert_cmpuint (count (hub, "sign-off", "type", "SO04"), ==, 3);
}

/* What is missing at the end is said one thing after another. */
static void
test_missing (Hub          *hub,
              gconstpointer data)
{
  begin (hub, &manager);
  attend (hub, "agency-csc", "PRESENT", T ("11:00"));
  attend (hub, "agency-pol", "PRESENT", T ("11:00"));
  refused (hub, &manager, T ("11:30"),
           deed_of ("finish-discussion", edit (hub, "strategy-discussion", DISCUSSION,
                                               "ended-at", T ("11:20"), NULL)),
           "Decide for every child, with the threshold and the reasons; a further discussion has "
           "its date.");
  decide (hub, "NOS47_S17", T ("11:31"));
  do_it (hub, &manager, T ("11:32"),
         deed_of ("write-discussion",
                  part (hub, "sd-action", "action-1", "what", "Visit today", NULL)));
  refused (hub, &manager, T ("11:33"),
           deed_of ("finish-discussion", edit (hub, "strategy-discussion", DISCUSSION,
                                               "ended-at", T ("11:20"), NULL)),
           "Give every action an owner, an agency and a time.");
  do_it (hub, &manager, T ("11:34"),
         deed_of ("write-discussion",
                  part (hub, "sd-action", "action-1", "owner", "A. Worker", "owner-agency",
                        "agency-csc", "due-at", T ("18:00"), NULL)));
  refused (hub, &manager, T ("11:35"),
           deed_of ("finish-discussion", edit (hub, "strategy-discussion", DISCUSSION,
                                               "ended-at", T ("11:20"), NULL)),
           "Record the view of every agency that took part; a dissent or a reservation in their "
           "own words.");
  view (hub, &manager, "AGREE", NULL, T ("11:36"));
  view (hub, &sergeant, "AGREE", NULL, T ("11:37"));
  finish (hub, &manager, T ("11:40"));
  assert_discussion (hub, DISCUSSION, "compliance", "NOT");
  refused (hub, &manager, T ("11:41"),
           ask_group (hub, T ("12:05")),
           "Social care, police and health must have taken part; where police or health could "
           "not, a manager allows the exception first.");
}

/* Who signs what: chair and police are different people, each signs for their own, once. */
static void
test_signers (Hub          *hub,
              gconstpointer data)
{
  mark_and_hold (hub, &sergeant, "NOS47_S17");
  finish_and_ask (hub, &sergeant);
  g_assert_cmpuint (count (hub, "sd-request", "capacity", "SOCIAL"), ==, 1);
  assert_not_signed (hub, &manager, "CHAIR", NULL, "Only the chair signs as chair.");
  assert_not_signed (hub, &sergeant, "POLICE", NULL,
                     "Sign for your own agency; chair and police are different people.");
  assert_not_signed (hub, &nurse, "POLICE", NULL,
                     "Sign for your own agency; chair and police are different people.");
  assert_not_signed (hub, &nurse, "HEALTH", "something else",
                     "The record was altered since you opened it; read it again before you sign.");
  assert_signs (hub, &sergeant, "CHAIR", T ("12:31"));
  assert_signs (hub, &other_sergeant, "POLICE", T ("12:32"));
  assert_signs (hub, &nurse, "HEALTH", T ("12:33"));
  assert_not_signed (hub, &nurse, "HEALTH", "again",
                     "This request is answered, or the record has a later revision; sign that.");
  assert_discussion (hub, DISCUSSION, "state", "SIGNING");
  assert_signs (hub, &manager, "SOCIAL", T ("12:34"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  assert_contact (hub, "strand-p", "P50");
  g_assert_cmpuint (count (hub, "clock", "type", "T15"), ==, 0);
}

/* An edit after the first signature makes another revision; the signature stays with its own. */
static void
test_revisions (Hub          *hub,
                gconstpointer data)
{
  g_autofree char *seen = NULL;

  mark_and_hold (hub, &manager, "S47S");
  finish_and_ask (hub, &manager);
  seen = mash_signing_hash_content (MASH_FACTS (hub->facts), DISCUSSION);
  do_it (hub, &nurse, T ("12:06"),
         deed_of ("write-discussion", part (hub, "sd-view", "view-agency-hth",
                                            "text", "With a medical today", NULL)));
  assert_discussion (hub, DISCUSSION, "rev", "1");
  assert_discussion (hub, DISCUSSION, "state", "SIGNING");
  assert_not_signed (hub, &nurse, "HEALTH", seen,
                     "The record was altered since you opened it; read it again before you sign.");

  assert_signs (hub, &manager, "CHAIR", T ("12:10"));
  do_it (hub, &sergeant, T ("12:11"),
         deed_of ("write-discussion", part (hub, "sd-note", "note-1", "at", T ("11:20"),
                                            "agency", "agency-pol", "text", "Said it before",
                                            NULL)));
  assert_discussion (hub, DISCUSSION, "rev", "2");
  assert_discussion (hub, DISCUSSION, "state", "RECORDED");
  assert_not_signed (hub, &sergeant, "POLICE", NULL,
                     "This request is answered, or the record has a later revision; sign that.");

  do_it (hub, &manager, T ("12:15"),
         ask_group (hub, T ("12:15")));
  g_assert_cmpuint (count (hub, "sd-request", "rev", "2"), ==, 3);
  assert_signs (hub, &sergeant, "POLICE", T ("12:20"));
  assert_signs (hub, &nurse, "HEALTH", T ("12:21"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNING");
  assert_signs (hub, &manager, "CHAIR", T ("12:22"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  refused (hub, &manager, T ("12:40"),
           deed_of ("write-discussion", part (hub, "sd-note", "note-2", "at", T ("12:39"),
                                              "agency", "agency-csc", "text", "Too late", NULL)),
           "This record is signed, or has not begun; correct a signed record by one that "
           "supersedes it.");
}

/* Whoever does not sign says why, and the record is not signed without those who must. */
static void
test_refusal (Hub          *hub,
              gconstpointer data)
{
  g_autofree char *request = NULL;
  MashGroup *group;

  mark_and_hold (hub, &manager, "S47J");
  finish_and_ask (hub, &manager);
  request = find_request (hub, "HEALTH");
  refused (hub, &nurse, T ("12:10"),
           deed_of ("refuse-to-sign", edit (hub, "sd-request", request, "answered-at",
                          T ("12:10"), NULL)),
           "Give a reason first.");
  group = group_of ("refuse-to-sign", "The medical is not what I said",
                    edit (hub, "sd-request", request, "answered-at",
                          T ("12:10"), NULL), NULL);
  do_it (hub, &nurse, T ("12:11"), group);
  assert_signs (hub, &manager, "CHAIR", T ("12:12"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:13"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNING");
  g_assert_cmpuint (count (hub, "sign-off", "result", "REFUSED"), ==, 1);
}

/* A signed record is corrected by another, and stands until that is signed. */
static void
test_superseding (Hub          *hub,
                  gconstpointer data)
{
  MashGroup *group;

  mark_and_hold (hub, &manager, "NOS47_S17");
  group = start_group (hub, "sd-2", &manager, T ("11:50"));
  mash_edit_set_text (mash_group_get_edit (group, 0), "supersedes", DISCUSSION);
  mash_edit_set_text (mash_group_get_edit (group, 0), "supersede-reason", "A wrong name");
  refused (hub, &manager, T ("11:50"), group,
           "Only a record that is signed is corrected by another; alter this one itself.");

  finish_and_ask (hub, &manager);
  assert_signs (hub, &manager, "CHAIR", T ("12:10"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:11"));
  assert_signs (hub, &nurse, "HEALTH", T ("12:12"));
  group = start_group (hub, "sd-2", &manager, T ("13:00"));
  mash_edit_set_text (mash_group_get_edit (group, 0), "supersedes", DISCUSSION);
  mash_edit_set_text (mash_group_get_edit (group, 0), "supersede-reason", "A wrong name");
  do_it (hub, &manager, T ("13:00"), group);
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  assert_discussion (hub, "sd-2", "previous", DISCUSSION);
  assert_discussion (hub, "sd-2", "number", "2");
}

/* Two versions of one field: the chair settles, and nothing is altered by the way. */
static void
test_versions (Hub          *hub,
               gconstpointer data)
{
  static const char other[] = "Mother says he fell";

  mark_and_hold (hub, &manager, "S47J");
  do_it (hub, &sergeant, T ("11:50"),
         deed_of ("write-discussion",
                  part (hub, "sd-version", "version-1", "of-kind", "sd-child",
                        "of-record", "child-" DISCUSSION, "of-field", "rationale",
                        "text", other, NULL)));
  refused (hub, &manager, T ("11:55"),
           deed_of ("finish-discussion", edit (hub, "strategy-discussion", DISCUSSION,
                                               "ended-at", T ("11:54"), NULL)),
           "Settle the parts of which there are two versions.");
  refused (hub, &sergeant, T ("11:56"),
           deed_of ("settle-version", edit (hub, "sd-version", "version-1", "choice", "TAKEN",
                                            NULL)),
           "The chair says which of two versions stands.");
  refused (hub, &manager, T ("11:57"),
           group_of ("settle-version", NULL,
                     edit (hub, "sd-version", "version-1", "choice", "TAKEN", NULL),
                     edit (hub, "sd-child", "child-" DISCUSSION, "decision", "NOS47_NFA", NULL)),
           "Settling alters only the field of which there are two versions.");
  do_it (hub, &manager, T ("11:58"),
         group_of ("settle-version", NULL,
                   edit (hub, "sd-version", "version-1", "choice", "TAKEN", NULL),
                   edit (hub, "sd-child", "child-" DISCUSSION, "rationale", other, NULL)));
  finish (hub, &manager, T ("12:00"));
}

/* Each agency’s part is its own. */
static void
test_own_parts (Hub          *hub,
                gconstpointer data)
{
  static const char not_yours[] = "This part belongs to another agency; only they alter it.";
  g_autoptr (MashRecord) entered = NULL;

  begin (hub, &manager);
  do_it (hub, &sergeant, T ("11:10"),
         deed_of ("write-discussion", part (hub, "sd-paragraph", "p-1", "agency", "agency-pol",
                                            "text", "Known for violence", "condition", "C",
                                            NULL)));
  refused (hub, &manager, T ("11:11"),
           deed_of ("write-discussion", part (hub, "sd-paragraph", "p-1", "text", "Other", NULL)),
           not_yours);
  refused (hub, &nurse, T ("11:12"),
           deed_of ("write-discussion", part (hub, "sd-paragraph", "p-2", "agency", "agency-pol",
                                              "text", "Not mine", NULL)), not_yours);
  refused (hub, &nurse, T ("11:13"),
           deed_of ("write-discussion", part (hub, "sd-child", "child-" DISCUSSION,
                                              "decision", "S47J", NULL)), not_yours);
  do_it (hub, &nurse, T ("11:14"),
         deed_of ("write-discussion", part (hub, "sd-plan", "plan", "medical", "NOW", NULL)));
  refused (hub, &nurse, T ("11:15"),
           deed_of ("write-discussion", part (hub, "sd-plan", "plan", "bail", "None", NULL)),
           not_yours);
  do_it (hub, &sergeant, T ("11:16"),
         deed_of ("write-discussion", part (hub, "sd-plan", "plan", "bail", "None", NULL)));

  /* What is entered for somebody on the telephone is theirs from the moment they confirm it. */
  do_it (hub, &manager, T ("11:17"),
         deed_of ("write-discussion", part (hub, "sd-view", "v-1", "agency", "agency-hth",
                                            "position", "RESV", "text", "As I heard it", NULL)));
  entered = mash_facts_lookup (MASH_FACTS (hub->facts), "sd-view", "v-1");
  g_assert_true (mash_record_get_flag (entered, "on-behalf"));
  do_it (hub, &manager, T ("11:18"),
         deed_of ("write-discussion", part (hub, "sd-view", "v-1", "text", "Better heard", NULL)));
  refused (hub, &sergeant, T ("11:19"),
           deed_of ("confirm-entry", edit (hub, "sd-view", "v-1", "confirmed-at",
                                             T ("11:19"), NULL)),
           "Confirm what was entered on behalf of your own agency, as it stands.");
  do_it (hub, &nurse, T ("11:20"),
         deed_of ("confirm-entry",
                  edit (hub, "sd-view", "v-1", "confirmed-at", T ("11:20"), NULL)));
  refused (hub, &manager, T ("11:21"),
           deed_of ("write-discussion", part (hub, "sd-view", "v-1", "text", "Other", NULL)),
           not_yours);
}

/* Actions are numbered, ended by whoever has them, and chased; what was agreed stays. */
static void
test_actions (Hub          *hub,
              gconstpointer data)
{
  MashGroup *group;

  begin (hub, &manager);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("action-%u", i);

      do_it (hub, &manager, T ("11:10"),
             deed_of ("write-discussion",
                      part (hub, "sd-action", id, "what", "Do it", "owner", "DC Plum",
                            "owner-agency", "agency-pol", "due-at", T ("17:00"), NULL)));
    }
  g_assert_cmpuint (count (hub, "sd-action", "number", "3"), ==, 1);
  do_it (hub, &worker, T ("11:20"),
         deed_of ("chase-action", edit (hub, "sd-action", "action-1", "chased-at",
                                            T ("11:20"), NULL)));
  group = group_of ("finish-action", "Done as agreed", edit (hub, "sd-action", "action-1",
                                                       "ended-at", T ("11:21"), NULL),
                    NULL);
  refused (hub, &nurse, T ("11:21"), mash_group_ref (group),
           "Your agency may do this only on its own contacts.");
  mash_group_unref (group);
  do_it (hub, &sergeant, T ("11:22"),
         group_of ("finish-action", "Done as agreed", edit (hub, "sd-action", "action-1",
                                                       "ended-at", T ("11:21"), NULL),
                   NULL));
  refused (hub, &sergeant, T ("11:23"),
           group_of ("finish-action", "Again", edit (hub, "sd-action", "action-1",
                                                       "ended-at", T ("11:21"), NULL), NULL),
           "This action has ended already.");
  refused (hub, &sergeant, T ("11:24"),
           group_of ("finish-action", "Other", edit (hub, "sd-action", "action-2", "what",
                                                     "Something else", NULL), NULL),
           "What was agreed stays as it was agreed; say what came of it.");
  g_assert_cmpuint (count (hub, "sd-action", "status", "DONE"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*test) (Hub           *hub,
                       gconstpointer  data);
  } tests[] = {
    { "/strategy/whole", test_whole },
    { "/strategy/missing", test_missing },
    { "/strategy/signers", test_signers },
    { "/strategy/revisions", test_revisions },
    { "/strategy/refusal", test_refusal },
    { "/strategy/superseding", test_superseding },
    { "/strategy/versions", test_versions },
    { "/strategy/own-parts", test_own_parts },
    { "/strategy/actions", test_actions },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Hub, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
