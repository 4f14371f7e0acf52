/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "discussion-scene.h"

#define CONTACT "contact-1"

static void
add_people (MashTestFacts *facts)
{
  mash_test_facts_put (facts, "contact", CONTACT, "reference", "R7K2-M4QT-C",
                       "confidential-from-family", "The school asks that nobody says who rang.",
                       NULL);
  mash_test_facts_put (facts, "agency", "agency-csc", "name", "Children’s social care", "type",
                       "CSC", NULL);
  mash_test_facts_put (facts, "agency", "agency-pol", "name", "Police", "type", "POL", NULL);
  mash_test_facts_put (facts, "agency", "agency-hth", "name", "Community health", "type", "HTH",
                       NULL);
  mash_test_facts_put (facts, "agency", "agency-edu", "name", "Northfield School", "type", "EDU",
                       NULL);
  mash_test_facts_put (facts, "staff", "moira", "name", "Moira Tennant", "agency", "agency-csc",
                       NULL);
  mash_test_facts_put (facts, "staff", "petra", "name", "Petra Hallam", "agency", "agency-pol",
                       NULL);
  mash_test_facts_put (facts, "staff", "joy", "name", "Joy Adeyemi", "agency", "agency-hth", NULL);
  mash_test_facts_put (facts, "referrer", "r", "contact", CONTACT, "name", SCENE_REFERRER,
                       "identity-protected", "yes", NULL);
  mash_test_facts_put (facts, "person", "leo", "legal-forenames", "Leo", "legal-surname", "Marsh",
                       "birth", "2018-03-04", NULL);
  mash_test_facts_put (facts, "person", "aisha", "legal-forenames", "Aisha", "legal-surname",
                       "Khan", "birth", "2020-11", NULL);
  mash_test_facts_put (facts, "contact-subject", "s-leo", "contact", CONTACT, "person", "leo",
                       "role", "CHILD", NULL);
  mash_test_facts_put (facts, "contact-subject", "s-aisha", "contact", CONTACT, "person", "aisha",
                       "role", "CHILD", NULL);
  mash_test_facts_put (facts, "household-member", "m", "person", "leo", "household", "h", NULL);
  mash_test_facts_put (facts, "household", "h", "address", "a", NULL);
  mash_test_facts_put (facts, "address", "a", "line1", SCENE_ADDRESS, "town", "Wealdbridge",
                       "postcode", SCENE_POSTCODE, "confidential", "yes", NULL);
}

static void
add_meeting (MashTestFacts *facts)
{
  mash_test_facts_put (facts, "strategy-discussion", SCENE_DISCUSSION, "contact", CONTACT,
                       "number", "2", "trigger", "NEWREF", "need-identified-at",
                       "2026-10-25T00:40:00.000Z", "started-at", "2026-10-25T03:10:00.000Z",
                       "ended-at", "2026-10-25T03:55:00.000Z", "mode", "MIXED", "place",
                       "Room 2, Weald House", "chair", "moira", "minute-taker", "moira", "state",
                       "SIGNED", "compliance", "COMPLIANT", "rev", "3", "signed-at",
                       "2026-10-25T04:20:00.000Z", "content-hash",
                       "3f9a1c0be47d55a26c8e1b90f7d3a412aa07be16c25d9f38e4410b6cd872e95f", NULL);
  mash_test_facts_put (facts, "sd-participant", "p1", "discussion", SCENE_DISCUSSION, "agency",
                       "agency-csc", "person-name", "Moira Tennant", "role", "Team manager",
                       "senior", "yes", "attended", "PRESENT", "mode", "FACE", "place",
                       "Weald House", "arrived-at", "2026-10-25T03:10:00.000Z", NULL);
  mash_test_facts_put (facts, "sd-participant", "p2", "discussion", SCENE_DISCUSSION, "agency",
                       "agency-pol", "person-name", "Petra Hallam", "role", "Detective sergeant",
                       "senior", "yes", "attended", "PRESENT", "mode", "VIDEO", "place",
                       "Central police station", "arrived-at", "2026-10-25T03:10:00.000Z", NULL);
  mash_test_facts_put (facts, "sd-participant", "p3", "discussion", SCENE_DISCUSSION, "agency",
                       "agency-hth", "person-name", "Joy Adeyemi", "role", "Named nurse", "senior",
                       "yes", "attended", "PART", "mode", "TELCONF", "place", "On call, at home",
                       "arrived-at", "2026-10-25T03:22:00.000Z", "left-at",
                       "2026-10-25T03:50:00.000Z", NULL);
  mash_test_facts_put (facts, "sd-participant", "p4", "discussion", SCENE_DISCUSSION, "agency",
                       "agency-edu", "person-name", "Ada Pryce", "role", "Safeguarding lead",
                       "attended", "APOLOGY", "absent-reason", "Half-term", "sent-report", "yes",
                       NULL);
  mash_test_facts_put (facts, "sd-note", "n1", "discussion", SCENE_DISCUSSION, "agency",
                       "agency-pol", "at", "2026-10-25T03:14:00.000Z", "topic", "WORRY", "text",
                       "Two calls to the address since June.", NULL);
  mash_test_facts_put (facts, "sd-note", "n2", "discussion", SCENE_DISCUSSION, "agency",
                       "agency-hth", "at", "2026-10-25T03:24:00.000Z", "topic", "SAFETY", "text",
                       "The health visitor can see both children before nine.", NULL);
}

static void
add_paragraph (MashTestFacts *facts,
               const char    *id,
               const char    *agency,
               const char    *text,
               const char    *field,
               const char    *value)
{
  mash_test_facts_put (facts, "sd-paragraph", id, "discussion", SCENE_DISCUSSION, "agency", agency,
                       "text", text, "basis", "FACT", "source", "2", "reliability", "B",
                       field, value, NULL);
}

static void
add_information (MashTestFacts *facts)
{
  add_paragraph (facts, "plain", "agency-edu", SCENE_PLAIN, "condition", "P");
  add_paragraph (facts, "condition", "agency-pol", SCENE_CONDITION, "condition", "C");
  add_paragraph (facts, "family", "agency-hth", SCENE_FAMILY, "handling", "H4");
  add_paragraph (facts, "intel", "agency-pol", SCENE_INTEL, "basis", "INTEL");
  add_paragraph (facts, "privilege", "agency-csc", SCENE_PRIVILEGE, "handling", "H6");
  mash_test_facts_put (facts, "sd-version", "v", "discussion", SCENE_DISCUSSION, "text",
                       SCENE_EARLIER, "choice", "KEPT", NULL);
}

static void
add_outcome (MashTestFacts *facts)
{
  static const char *const children[] = { "leo", "aisha" };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autofree char *subject = g_strconcat ("s-", children[i], NULL);

      mash_test_facts_put (facts, "sd-child", children[i], "discussion", SCENE_DISCUSSION,
                           "subject", subject, "threshold-met", "Y", "decision", "S47J",
                           "lead-agency", "agency-csc", "lead-worker", "Aled Sorrel", "category",
                           "PHY", "section47-start", "2026-10-25", "seen-by",
                           "2026-10-25T10:00:00.000Z", "seen-alone-plan",
                           "At school, before anybody else speaks to them.",
                           "siblings-considered", "Both were considered together.", "safety",
                           "With the grandmother until the enquiry says otherwise.", "voice",
                           "I want to stay with Nan.", "rationale",
                           "The account does not fit the marks, and has changed twice.", NULL);
    }
  mash_test_facts_put (facts, "sd-plan", "plan", "discussion", SCENE_DISCUSSION, "medical",
                       "TODAY", "medical-who", "The paediatrician on call", "arrest",
                       "Voluntary interview after the medical.", "parents-told", "YES",
                       "parents-told-by", "Aled Sorrel", "parents-told-what",
                       "That an enquiry has begun, and why.", "parents-withheld", SCENE_WITHHELD,
                       NULL);
  mash_test_facts_put (facts, "sd-view", "w1", "discussion", SCENE_DISCUSSION, "agency",
                       "agency-csc", "position", "AGREE", NULL);
  mash_test_facts_put (facts, "sd-view", "w2", "discussion", SCENE_DISCUSSION, "agency",
                       "agency-hth", "position", "DISS", "text",
                       "We want the younger child seen by a paediatrician today.", NULL);
  mash_test_facts_put (facts, "sd-escalation", "e", "discussion", SCENE_DISCUSSION, "agency",
                       "agency-hth", "raised-at", "2026-10-25T04:00:00.000Z", "seniors",
                       "Designated doctor; head of service", NULL);
  mash_test_facts_put (facts, "sd-action", "t1", "discussion", SCENE_DISCUSSION, "number", "1",
                       "what", "See both children alone", "owner", "Aled Sorrel", "owner-agency",
                       "agency-csc", "due-at", "2026-10-25T10:00:00.000Z", "child", "s-leo", NULL);
  mash_test_facts_put (facts, "sd-action", "t2", "discussion", SCENE_DISCUSSION, "number", "2",
                       "what", "Interview the uncle", "owner", "Petra Hallam", "owner-agency",
                       "agency-pol", "due-at", "2026-10-26T16:00:00.000Z", NULL);
  mash_test_facts_put (facts, "sd-request", "q1", "discussion", SCENE_DISCUSSION, "rev", "3",
                       "capacity", "CHAIR", "agency", "agency-csc", "answer", "SIGNED",
                       "answered-by", "moira", "answered-at", "2026-10-25T04:05:00.000Z", NULL);
  mash_test_facts_put (facts, "sd-request", "q2", "discussion", SCENE_DISCUSSION, "rev", "3",
                       "capacity", "POLICE", "agency", "agency-pol", "answer", "SIGNED",
                       "answered-by", "petra", "answered-at", "2026-10-25T04:20:00.000Z", NULL);
  mash_test_facts_put (facts, "sd-request", "q3", "discussion", SCENE_DISCUSSION, "rev", "2",
                       "capacity", "HEALTH", "agency", "agency-hth", "answer", "SIGNED",
                       "answered-by", "joy", "answered-at", "2026-10-25T04:01:00.000Z", NULL);
}

MashTestFacts *
discussion_scene_new (void)
{
  MashTestFacts *facts = mash_test_facts_new ();

  add_people (facts);
  add_meeting (facts);
  add_information (facts);
  add_outcome (facts);

  return facts;
}

/* Rules on every paragraph that waits for its owner, for one recipient. */
void
discussion_scene_rule (MashTestFacts *facts,
                       const char    *variant,
                       const char    *agency,
                       const char    *choice)
{
  static const char *const waiting[] = { "condition", "family" };

  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    {
      g_autofree char *id = g_strjoin ("-", waiting[i], variant, agency, NULL);

      mash_test_facts_put (facts, "sd-release", id, "paragraph", waiting[i], "variant", variant,
                           "choice", choice,
                           agency != NULL ? "recipient-agency" : NULL, agency, NULL);
    }
}

/* A long record. */
void
discussion_scene_grow (MashTestFacts *facts,
                       guint          n_notes)
{
  for (guint i = 0; i < n_notes; i++)
    {
      g_autofree char *id = g_strdup_printf ("grown-%u", i);
      g_autofree char *text = g_strdup_printf ("Note number %u: the school rang, and said that she "
                                               "had not come in again, and that nobody answered "
                                               "at home until the afternoon.", i);

      mash_test_facts_put (facts, "sd-note", id, "discussion", SCENE_DISCUSSION, "agency",
                           "agency-csc", "at", "2026-10-25T03:30:00.000Z", "topic", "INFO", "text",
                           text, NULL);
    }
}
