/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-signing.h"
#include "strategy-hub.h"

/* What the rules of a discussion would let through if each looked only at its own step: what was
 * complete when it was asked for and is not when it is signed, what stands twice, what was allowed
 * and then altered, what comes after the end. */

static void
ask (Hub        *hub,
     const char *when)
{
  do_it (hub, &manager, when, ask_group (hub, when));
}

static void
sign_all (Hub *hub)
{
  assert_signs (hub, &manager, "CHAIR", T ("12:10"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:11"));
  assert_signs (hub, &nurse, "HEALTH", T ("12:12"));
}

static void
refuse (Hub        *hub,
        const Who  *who,
        const char *capacity,
        const char *when)
{
  g_autofree char *request = find_request (hub, capacity);

  do_it (hub, who, when,
         group_of ("refuse-to-sign", "That is not what was said",
                   edit (hub, "sd-request", request, "answered-at", when, NULL), NULL));
}

/* Whoever has the request may look at it; what they must not sign is said. */
static void
assert_not_signed (Hub        *hub,
                   const char *says)
{
  g_autofree char *refusal = sign (hub, &nurse, "HEALTH", T ("12:30"), NULL);

  g_assert_cmpstr (refusal, ==, says);
}

/* Each is taken away, or left open, after the record was sent for signature. */
static const struct
{
  const char *name;
  const char *kind;
  const char *id;
  const char *field;
  const char *value;
  const char *says;
} gaps[] = {
  { "decision", "sd-child", "child-" DISCUSSION, "decision", NULL,
    "Decide for every child, with the threshold and the reasons; a further discussion has its "
    "date." },
  { "reasons", "sd-child", "child-" DISCUSSION, "rationale", NULL,
    "Decide for every child, with the threshold and the reasons; a further discussion has its "
    "date." },
  { "view", "sd-view", "view-agency-csc", "position", "NASK",
    "Record the view of every agency that took part; a dissent or a reservation in their own "
    "words." },
  { "position", "sd-view", "view-agency-csc", "position", NULL,
    "Record the view of every agency that took part; a dissent or a reservation in their own "
    "words." },
  { "words-of-dissent", "sd-view", "view-agency-csc", "position", "DISS",
    "Record the view of every agency that took part; a dissent or a reservation in their own "
    "words." },
  { "action", "sd-action", "action-1", "what", "Visit",
    "Give every action an owner, an agency and a time." },
  { "apologies", "sd-participant", "participant-agency-pol", "attended", "APOLOGY",
    "Write down why whoever sent apologies, or was not invited, was not there." },
  { "not-invited", "sd-participant", "participant-agency-pol", "attended", "NOTINV",
    "Write down why whoever sent apologies, or was not invited, was not there." },
  { "police", "sd-participant", "participant-agency-pol", "attended", "NOREPLY",
    "Social care, police and health must have taken part; where police or health could not, a "
    "manager allows the exception first." },
  { "social-care", "sd-participant", "participant-agency-csc", "attended", "NOREPLY",
    "Social care, police and health must have taken part; where police or health could not, a "
    "manager allows the exception first." },
};

static void
test_gap (Hub          *hub,
          gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  hold (hub, "NOS47_S17");
  finish (hub, &manager, T ("12:00"));
  ask (hub, T ("12:01"));
  if (gaps[i].value != NULL)
    do_it (hub, &manager, T ("12:02"),
           deed_of ("write-discussion", part (hub, gaps[i].kind, gaps[i].id, gaps[i].field,
                                              gaps[i].value, NULL)));
  else
    {
      MashEdit *edit = part (hub, gaps[i].kind, gaps[i].id, NULL);
      g_autoptr (MashRecord) record = mash_facts_lookup (MASH_FACTS (hub->facts), gaps[i].kind,
                                                         gaps[i].id);
      guint field = mash_kind_find_field (mash_edit_get_kind (edit), gaps[i].field);

      mash_edit_set (edit, field, mash_record_get_value (record, field), NULL);
      do_it (hub, &manager, T ("12:02"), deed_of ("write-discussion", edit));
    }
  assert_discussion (hub, DISCUSSION, "state", "SIGNING");
  assert_not_signed (hub, gaps[i].says);
}

/* Apologies pass with their reason, and only with it. */
static void
test_absence (Hub          *hub,
              gconstpointer data)
{
  static const char says[] =
    "Write down why whoever sent apologies, or was not invited, was not there.";
  MashGroup *end;

  hold (hub, "NOS47_S17");
  attend (hub, "agency-pol", "APOLOGY", T ("11:50"));
  end = deed_of ("finish-discussion",
                 edit (hub, "strategy-discussion", DISCUSSION, "ended-at", T ("12:00"), NULL));
  refused (hub, &manager, T ("12:00"), end, says);
  do_it (hub, &manager, T ("12:01"),
         deed_of ("write-discussion",
                  part (hub, "sd-participant", "participant-agency-pol", "absent-reason", " ",
                        NULL)));
  end = deed_of ("finish-discussion",
                 edit (hub, "strategy-discussion", DISCUSSION, "ended-at", T ("12:00"), NULL));
  refused (hub, &manager, T ("12:02"), end, says);
  do_it (hub, &manager, T ("12:03"),
         deed_of ("write-discussion",
                  part (hub, "sd-participant", "participant-agency-pol", "absent-reason",
                        "All of the unit are at a scene", NULL)));
  finish (hub, &manager, T ("12:03"));
}

/* Words that wait for the chair are part of no fingerprint; nobody signs over them all the same. */
static void
test_unsettled (Hub          *hub,
                gconstpointer data)
{
  hold (hub, "NOS47_S17");
  finish (hub, &manager, T ("12:00"));
  ask (hub, T ("12:01"));
  do_it (hub, &sergeant, T ("12:02"),
         deed_of ("write-discussion",
                  part (hub, "sd-version", "version-1", "of-kind", "sd-child",
                        "of-record", "child-" DISCUSSION, "of-field", "rationale",
                        "text", "What the other desk wrote", NULL)));
  assert_not_signed (hub, "The chair settles the parts of which there are two versions first.");
  do_it (hub, &manager, T ("12:03"),
         deed_of ("settle-version", edit (hub, "sd-version", "version-1", "choice", "KEPT",
                                          NULL)));
  sign_all (hub);
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
}

/* A version comes to the chair undecided, and only once. */
static void
test_settled_beforehand (Hub          *hub,
                         gconstpointer data)
{
  hold (hub, "NOS47_S17");
  refused (hub, &sergeant, T ("12:02"),
           deed_of ("write-discussion",
                    part (hub, "sd-version", "version-1", "of-kind", "sd-child",
                          "of-record", "child-" DISCUSSION, "of-field", "rationale",
                          "text", "Lost", "choice", "KEPT", NULL)),
           "This part belongs to another agency; only they alter it.");
}

/* What is altered after a refusal is another revision, for which the one who refused is asked. */
static void
test_after_refusal (Hub          *hub,
                    gconstpointer data)
{
  hold (hub, "S47J");
  finish (hub, &manager, T ("12:00"));
  ask (hub, T ("12:01"));
  refuse (hub, &nurse, "HEALTH", T ("12:02"));
  do_it (hub, &manager, T ("12:03"),
         deed_of ("write-discussion", part (hub, "sd-child", "child-" DISCUSSION,
                                            "rationale", "As health put it", NULL)));
  assert_discussion (hub, DISCUSSION, "rev", "2");
  assert_discussion (hub, DISCUSSION, "state", "RECORDED");
  ask (hub, T ("12:04"));
  g_assert_cmpuint (count (hub, "sd-request", "rev", "2"), ==, 3);
  sign_all (hub);
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
}

/* Who refused and was persuaded is asked again for the same revision; nobody else is. */
static void
test_persuaded (Hub          *hub,
                gconstpointer data)
{
  hold (hub, "S47J");
  finish (hub, &manager, T ("12:00"));
  ask (hub, T ("12:01"));
  refuse (hub, &nurse, "HEALTH", T ("12:02"));
  ask (hub, T ("12:03"));
  ask (hub, T ("12:04"));
  g_assert_cmpuint (count (hub, "sd-request", "rev", "1"), ==, 4);
  sign_all (hub);
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  g_assert_cmpuint (count (hub, "sign-off", "result", "REFUSED"), ==, 1);
}

/* Others may sign after the record is signed, and alter nothing of what followed from that. */
static void
test_late_signature (Hub          *hub,
                     gconstpointer data)
{
  hold (hub, "S47J");
  attend (hub, "agency-edu", "PRESENT", T ("11:50"));
  do_it (hub, &teacher, T ("11:50"),
         deed_of ("write-discussion", part (hub, "sd-view", "view-edu", "agency", "agency-edu",
                                            "position", "AGREE", NULL)));
  finish (hub, &manager, T ("12:00"));
  ask (hub, T ("12:01"));
  sign_all (hub);
  assert_discussion (hub, DISCUSSION, "signed-at", T ("12:12"));
  assert_contact (hub, "strand-p", "P70");
  assert_signs (hub, &teacher, "OTHER", T ("13:00"));
  assert_discussion (hub, DISCUSSION, "signed-at", T ("12:12"));
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  assert_clock (hub, "T12", "stopped-at", T ("12:12"));
  g_assert_cmpuint (count (hub, "sd-enquiry", "discussion", DISCUSSION), ==, 1);
}

/* The manager allowed what was written, and nothing else. */
static void
test_exception_altered (Hub          *hub,
                        gconstpointer data)
{
  create (hub, T ("09:00"), T ("09:10"));
  start (hub, &manager, T ("11:00"));
  attend (hub, "agency-csc", "PRESENT", T ("11:00"));
  attend (hub, "agency-pol", "PRESENT", T ("11:00"));
  do_it (hub, &other_manager, T ("11:10"),
         deed_of ("except-discussion",
                  edit (hub, "strategy-discussion", DISCUSSION,
                        "exception-reason", "The ward did not answer three calls",
                        "exception-risk", "With the grandmother",
                        "next-at", T ("16:00"), NULL)));
  assert_discussion (hub, DISCUSSION, "compliance", "EXCEPTION");
  do_it (hub, &manager, T ("11:15"),
         deed_of ("write-discussion", edit (hub, "strategy-discussion", DISCUSSION,
                                            "place", "Room 2", NULL)));
  assert_discussion (hub, DISCUSSION, "compliance", "EXCEPTION");
  do_it (hub, &manager, T ("11:20"),
         deed_of ("write-discussion", edit (hub, "strategy-discussion", DISCUSSION,
                                            "exception-risk", "Nothing to speak of", NULL)));
  assert_discussion (hub, DISCUSSION, "exception-by", NULL);
  assert_discussion (hub, DISCUSSION, "compliance", "NOT");
}

/* What a discussion began with is corrected, and not taken away. */
static void
test_stays_whole (Hub          *hub,
                  gconstpointer data)
{
  static const char says[] = "Who chairs it, how it is held, and when it started and ended can be "
                             "corrected, and not taken away.";
  static const struct
  {
    const char *field;
    const char *value;
    gboolean    may;
  } cases[] = {
    { "chair", NULL, FALSE },
    { "chair", "staff-ed", FALSE },
    { "chair", "staff-ds", TRUE },
    { "mode", NULL, FALSE },
    { "mode", "MIXED", TRUE },
    { "started-at", NULL, FALSE },
    { "started-at", T ("12:30"), FALSE },
    { "started-at", T ("10:55"), TRUE },
    { "ended-at", NULL, FALSE },
    { "trigger", NULL, FALSE },
    { "need-identified-at", NULL, FALSE },
    { "place", "Room 2", TRUE },
    { "place", NULL, TRUE },
  };

  hold (hub, "NOS47_S17");
  finish (hub, &manager, T ("12:00"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MashRecord) record = mash_facts_lookup (MASH_FACTS (hub->facts),
                                                         "strategy-discussion", DISCUSSION);
      MashEdit *made = mash_edit_new_for (record);
      guint field = mash_kind_find_field (&mash_strategy_discussion_kind, cases[i].field);

      mash_edit_set (made, field, mash_record_get_value (record, field),
                     cases[i].value != NULL ? g_variant_new_string (cases[i].value) : NULL);
      refused (hub, &manager, T ("13:00"), deed_of ("write-discussion", made),
               cases[i].may ? NULL : says);
    }
}

/* One plan, one decision a child, one view an agency. */
static void
test_one_each (Hub          *hub,
               gconstpointer data)
{
  static const char says[] = "There is one already: one plan, one decision for each child and one "
                             "view for each agency. Alter that one.";

  hold (hub, "NOS47_S17");
  do_it (hub, &manager, T ("11:45"),
         deed_of ("write-discussion", part (hub, "sd-plan", "plan", "scene", "None", NULL)));
  refused (hub, &manager, T ("11:46"),
           deed_of ("write-discussion", part (hub, "sd-plan", "plan-2", "scene", "Some", NULL)),
           says);
  refused (hub, &manager, T ("11:46"),
           deed_of ("write-discussion", part (hub, "sd-child", "child-again", "subject",
                                              "subject-leo", "decision", "S47J", NULL)), says);
  refused (hub, &nurse, T ("11:46"),
           deed_of ("write-discussion", part (hub, "sd-view", "view-again", "agency",
                                              "agency-hth", "position", "DISS", NULL)), says);
}

/* A child who becomes known while it is held is decided on before it ends. */
static void
test_late_child (Hub          *hub,
                 gconstpointer data)
{
  hold (hub, "NOS47_S17");
  mash_test_facts_put (hub->facts, "contact-subject", "subject-zoe", "contact", "contact-1",
                       "role", "CHILD", NULL);
  refused (hub, &manager, T ("12:00"),
           deed_of ("finish-discussion", edit (hub, "strategy-discussion", DISCUSSION,
                                               "ended-at", T ("12:00"), NULL)),
           "List every child of the contact; each is decided on separately.");
  do_it (hub, &manager, T ("12:01"),
         deed_of ("write-discussion",
                  part (hub, "sd-child", "child-zoe", "subject", "subject-zoe", "decision",
                        "NOS47_S17", "threshold-met", "N", "rationale", "Seen and well", NULL)));
  finish (hub, &manager, T ("12:02"));
}

/* A member of the hub owns an action as well as somebody named in words. */
static void
test_owner (Hub          *hub,
            gconstpointer data)
{
  hold (hub, "NOS47_S17");
  do_it (hub, &manager, T ("11:50"),
         deed_of ("write-discussion",
                  part (hub, "sd-action", "action-1", "what", "Visit", "owner-staff", "staff-sw",
                        "owner-agency", "agency-csc", "due-at", T ("17:00"), NULL)));
  finish (hub, &manager, T ("12:00"));
}

/* Nothing was marked before: the time to the discussion counts all the same. */
static void
test_unmarked (Hub          *hub,
               gconstpointer data)
{
  MashGroup *group;

  create (hub, T ("09:00"), T ("09:10"));
  group = start_group (hub, DISCUSSION, &manager, T ("12:00"));
  mash_edit_set_text (mash_group_get_edit (group, 0), "need-identified-at", T ("09:30"));
  mash_edit_set_text (mash_group_get_edit (group, 0), "exceptional-start", "Y");
  mash_edit_set_text (mash_group_get_edit (group, 0), "section47-begun-at", T ("10:00"));
  do_it (hub, &manager, T ("12:00"), group);
  assert_clock (hub, "T04", "started-at", T ("09:00"));
  assert_clock (hub, "T04", "stopped-at", T ("12:00"));
  assert_clock (hub, "T05", "started-at", T ("09:30"));
  assert_clock (hub, "T05", "breach-minutes", "30");
  assert_clock (hub, "T19", "started-at", T ("10:00"));
  assert_clock (hub, "T19", "stopped-at", T ("12:00"));
}

/* A significant injury is discussed on the day of the referral (domain 4.3, T20), whether the
 * discussion was convened before or begins at once. */
static void
test_injury (Hub          *hub,
             gconstpointer data)
{
  MashGroup *group;

  create (hub, T ("09:00"), T ("09:10"));
  group = start_group (hub, DISCUSSION, &manager, T ("12:00"));
  mash_edit_set_text (mash_group_get_edit (group, 0), "trigger", "INJURY");
  do_it (hub, &manager, T ("12:00"), group);
  assert_clock (hub, "T20", "started-at", T ("09:00"));
  assert_clock (hub, "T20", "stopped-at", T ("12:00"));
  assert_clock (hub, "T20", "breach-minutes", NULL);
}

/* The same three in another record, which decides section 47. */
static void
hold_again (Hub        *hub,
            const char *id,
            const char *when)
{
  static const Who *const who[] = { &manager, &sergeant, &nurse };
  g_autofree char *child = g_strdup_printf ("child-%s", id);

  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      const char *agency = who[i]->agency != NULL ? who[i]->agency : "agency-csc";
      g_autofree char *there = g_strdup_printf ("there-%u", i);
      g_autofree char *said = g_strdup_printf ("said-%u", i);

      do_it (hub, &manager, when,
             deed_of ("write-discussion",
                      edit (hub, "sd-participant", there, "contact", "contact-1", "discussion",
                            id, "agency", agency, "attended", "PRESENT", NULL)));
      do_it (hub, who[i], when,
             deed_of ("write-discussion",
                      edit (hub, "sd-view", said, "contact", "contact-1", "discussion", id,
                            "agency", agency, "position", "AGREE", NULL)));
    }
  do_it (hub, &manager, when,
         deed_of ("write-discussion",
                  edit (hub, "sd-child", child, "decision", "S47J", "threshold-met", "Y",
                        "rationale", "The bruise is not from a fall", NULL)));
  do_it (hub, &manager, when,
         deed_of ("finish-discussion", edit (hub, "strategy-discussion", id, "ended-at", when,
                                             NULL)));
  do_it (hub, &manager, when,
         deed_of ("ask-to-sign", edit (hub, "strategy-discussion", id, "asked-at", when, NULL)));
}

static MashGroup *
correct (Hub        *hub,
         const char *when)
{
  MashGroup *group = start_group (hub, "sd-2", &manager, when);

  mash_edit_set_text (mash_group_get_edit (group, 0), "supersedes", DISCUSSION);
  mash_edit_set_text (mash_group_get_edit (group, 0), "supersede-reason", "A wrong decision");

  return group;
}

/* The one clock of a type that runs, or ran, on a record. */
static void
assert_clock_of (Hub        *hub,
                 const char *type,
                 const char *subject,
                 const char *stopped_at)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (MASH_FACTS (hub->facts), "clock", "subject",
                                                  subject);
  guint n = 0;

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);

      if (g_strcmp0 (mash_record_get_text (clock, "type"), type) != 0)
        continue;
      g_assert_cmpstr (mash_record_get_text (clock, "stopped-at"), ==, stopped_at);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

/* What corrects a record tells of the discussion that was held then: the conference is counted from
 * that, and no second time to a discussion runs. What nobody sends any more has no time to be sent
 * in. */
static void
test_corrected (Hub          *hub,
                gconstpointer data)
{
  static const char when[] = "2026-11-25T10:00:00.000Z";

  hold (hub, "NOS47_S17");
  finish (hub, &manager, T ("12:00"));
  ask (hub, T ("12:01"));
  sign_all (hub);
  assert_contact (hub, "strand-p", "P50");
  do_it (hub, &manager, when, correct (hub, when));
  g_assert_cmpuint (count (hub, "clock", "type", "T05"), ==, 1);
  hold_again (hub, "sd-2", when);
  assert_discussion (hub, DISCUSSION, "state", "SIGNED");
  assert_clock_of (hub, "T13", DISCUSSION, NULL);
  sign_again (hub, "sd-2", when);
  assert_discussion (hub, DISCUSSION, "state", "SUPERSEDED");
  assert_clock_of (hub, "T12", DISCUSSION, T ("12:12"));
  assert_clock_of (hub, "T13", DISCUSSION, when);
  assert_clock_of (hub, "T12", "sd-2", when);
  assert_clock_of (hub, "T13", "sd-2", NULL);
  assert_contact (hub, "strand-p", "P70");
  assert_clock (hub, "T15", "started-at", T ("11:00"));
  assert_clock (hub, "T15", "due-at", "2026-12-14T23:59:59.999Z");
}

/* What is superseded is signed no more, also by who might still have signed it. */
static void
test_superseded_unsigned (Hub          *hub,
                          gconstpointer data)
{
  static const char when[] = "2026-11-25T10:00:00.000Z";
  g_autofree char *request = NULL;
  g_autofree char *hash = NULL;

  hold (hub, "NOS47_S17");
  attend (hub, "agency-edu", "PRESENT", T ("11:50"));
  do_it (hub, &teacher, T ("11:50"),
         deed_of ("write-discussion", part (hub, "sd-view", "view-edu", "agency", "agency-edu",
                                            "position", "AGREE", NULL)));
  finish (hub, &manager, T ("12:00"));
  ask (hub, T ("12:01"));
  sign_all (hub);
  request = find_request (hub, "OTHER");
  hash = mash_signing_hash_content (MASH_FACTS (hub->facts), DISCUSSION);
  do_it (hub, &manager, when, correct (hub, when));
  hold_again (hub, "sd-2", when);
  sign_again (hub, "sd-2", when);
  refused (hub, &teacher, when,
           deed_of ("sign-discussion",
                    edit (hub, "sd-request", request, "seen-hash", hash, NULL)),
           "This request is answered, or the record has a later revision; sign that.");
}

/* A second discussion ends where the children of the first still are: under enquiry. */
static void
test_enquiry_goes_on (Hub          *hub,
                      gconstpointer data)
{
  static const char when[] = "2026-11-25T10:00:00.000Z";

  hold (hub, "S47J");
  finish (hub, &manager, T ("12:00"));
  ask (hub, T ("12:01"));
  sign_all (hub);
  assert_contact (hub, "strand-p", "P70");
  do_it (hub, &manager, when, start_group (hub, "sd-2", &manager, when));
  assert_contact (hub, "strand-p", "P30");
  hold_again (hub, "sd-2", when);
  sign_again (hub, "sd-2", when);
  assert_contact (hub, "strand-p", "P70");
  assert_clock (hub, "T15", "started-at", T ("11:00"));
  g_assert_cmpuint (count (hub, "sd-enquiry", "subject", "subject-leo"), ==, 1);
  g_assert_cmpuint (count (hub, "clock", "type", "T05"), ==, 2);
}

/* An agency that has a reservation and asks for it is escalated; it is resolved once, by a side. */
static void
test_dispute (Hub          *hub,
              gconstpointer data)
{
  static const char says[] = "It is resolved once, by the agency that dissented or by the chair’s.";
  g_autoptr (GPtrArray) raised = NULL;
  const char *id;

  hold (hub, "NOS47_S17");
  do_it (hub, &nurse, T ("11:50"),
         deed_of ("write-discussion",
                  part (hub, "sd-view", "view-agency-hth", "position", "RESV",
                        "wants-escalation", "yes", "text", "Only if the medical is today", NULL)));
  raised = mash_facts_list (MASH_FACTS (hub->facts), "sd-escalation", "agency", "agency-hth");
  g_assert_cmpuint (raised->len, ==, 1);
  id = mash_record_get_id (g_ptr_array_index (raised, 0));
  refused (hub, &sergeant, T ("12:00"),
           deed_of ("resolve-disagreement", edit (hub, "sd-escalation", id, "resolution",
                                                  "It is nothing", NULL)), says);
  do_it (hub, &nurse, T ("12:01"),
         deed_of ("resolve-disagreement", edit (hub, "sd-escalation", id, "resolution",
                                                "The medical is at three", NULL)));
  refused (hub, &manager, T ("12:02"),
           deed_of ("resolve-disagreement", edit (hub, "sd-escalation", id, "resolution",
                                                  "Otherwise", NULL)), says);
}

/* Whoever declared a conflict of interest neither chairs nor signs, and is not told why; somebody
 * else of their agency does. */
static void
test_conflict (Hub          *hub,
               gconstpointer data)
{
  static const char other_chair[] = "Somebody else chairs this discussion; name them.";
  g_autofree char *refusal = NULL;
  MashGroup *group;
  MashEdit *conflicted;

  hold (hub, "NOS47_S17");
  do_it (hub, &manager, T ("11:50"),
         deed_of ("write-discussion",
                  part (hub, "sd-participant", "participant-agency-csc", "staff", manager.person,
                        "conflict-declared", "yes", NULL)));
  refused (hub, &manager, T ("12:00"),
           deed_of ("finish-discussion", edit (hub, "strategy-discussion", DISCUSSION, "ended-at",
                                               T ("12:00"), NULL)), other_chair);
  do_it (hub, &manager, T ("12:01"),
         deed_of ("write-discussion", edit (hub, "strategy-discussion", DISCUSSION, "chair",
                                            other_manager.person, NULL)));
  finish (hub, &other_manager, T ("12:02"));
  do_it (hub, &manager, T ("12:03"),
         deed_of ("write-discussion",
                  part (hub, "sd-participant", "participant-agency-pol", "staff",
                        sergeant.person, "conflict-declared", "yes", NULL)));
  do_it (hub, &other_manager, T ("12:04"), ask_group (hub, T ("12:04")));
  assert_signs (hub, &other_manager, "CHAIR", T ("12:10"));
  refusal = sign (hub, &sergeant, "POLICE", T ("12:10"), NULL);
  g_assert_cmpstr (refusal, ==, "Somebody else signs this for your agency.");
  assert_signs (hub, &other_sergeant, "POLICE", T ("12:11"));

  group = start_group (hub, "sd-2", &manager, T ("13:00"));
  conflicted = edit (hub, "sd-participant", "conflicted", "contact", "contact-1", "discussion",
                     "sd-2", "agency", "agency-csc", "staff", manager.person, NULL);
  mash_edit_set_flag (conflicted, "conflict-declared", TRUE);
  mash_group_take_edit (group, conflicted);
  refused (hub, &manager, T ("13:00"), group, other_chair);
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
    { "/law/unsettled", test_unsettled },
    { "/law/settled-beforehand", test_settled_beforehand },
    { "/law/after-refusal", test_after_refusal },
    { "/law/persuaded", test_persuaded },
    { "/law/late-signature", test_late_signature },
    { "/law/exception-altered", test_exception_altered },
    { "/law/stays-whole", test_stays_whole },
    { "/law/one-each", test_one_each },
    { "/law/late-child", test_late_child },
    { "/law/owner", test_owner },
    { "/law/unmarked", test_unmarked },
    { "/law/injury", test_injury },
    { "/law/absence", test_absence },
    { "/law/conflict", test_conflict },
    { "/law/corrected", test_corrected },
    { "/law/superseded-unsigned", test_superseded_unsigned },
    { "/law/enquiry-goes-on", test_enquiry_goes_on },
    { "/law/dispute", test_dispute },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    {
      g_autofree char *path = g_strdup_printf ("/law/gap/%s", gaps[i].name);

      g_test_add (path, Hub, GUINT_TO_POINTER (i), set_up, test_gap, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Hub, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
