/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-course.h"

#include <glib/gi18n-lib.h>

/* One primary outcome for some of the children, where they do not all have the same (KIR-27). It
 * belongs to a recommendation, or to the decision that changes it. */
static const MashField outcome_group_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "recommendation", MASH_FIELD_REFERENCE, N_("Recommendation"), "recommendation",
    MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "decision", MASH_FIELD_REFERENCE, N_("Decision"), "decision", .traits = MASH_FIELD_FIXED },
  { "covers-subjects", MASH_FIELD_REFERENCES, N_("Children covered"), "contact-subject",
    MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "outcome", MASH_FIELD_CODE, N_("Outcome"), "OUT", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "secondary", MASH_FIELD_CODES, N_("Also"), "OUT", .traits = MASH_FIELD_FIXED },
  { "level", MASH_FIELD_CODE, N_("Level of need"), "LVL", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "rationale", MASH_FIELD_RICH, N_("Why"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "help-offered", MASH_FIELD_RICH, N_("Help offered"), .traits = MASH_FIELD_FIXED },
  { "help-offered-to", MASH_FIELD_TEXT, N_("Offered to"), .traits = MASH_FIELD_FIXED },
  { "help-answer", MASH_FIELD_CODE, N_("Their answer"), "HELPANS",
    .traits = MASH_FIELD_FIXED },
};
MASH_DEFINE_ENTITY (MashOutcomeGroup, mash_outcome_group, "outcome-group",
                    N_("Outcome for some of the children"), outcome_group_fields, MASH_KIND_KEPT)

static const MashField early_help_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "recommendation", MASH_FIELD_REFERENCE, N_("Recommendation"), "recommendation",
    .traits = MASH_FIELD_FIXED },
  { "service", MASH_FIELD_TEXT, N_("Early help service") },
  { "offered-at", MASH_FIELD_TIME, N_("Offered"), .traits = MASH_FIELD_PAST },
  { "offered-to", MASH_FIELD_TEXT, N_("Offered to") },
  { "help", MASH_FIELD_RICH, N_("What is offered") },
  { "safety-finding", MASH_FIELD_RICH, N_("What the safety check found") },
  { "lead-worker", MASH_FIELD_TEXT, N_("Lead worker") },
  { "started-at", MASH_FIELD_TIME, N_("Started"), .traits = MASH_FIELD_PAST },
  { "first-step", MASH_FIELD_RICH, N_("First step") },
  { "declined-at", MASH_FIELD_TIME, N_("Declined"), .traits = MASH_FIELD_PAST },
  { "declined-by", MASH_FIELD_TEXT, N_("Declined by") },
  { "declined-reason", MASH_FIELD_RICH, N_("Why it was declined") },
  { "stepped-up-at", MASH_FIELD_TIME, N_("Stepped up"), .traits = MASH_FIELD_PAST },
  { "step-up-reason", MASH_FIELD_RICH, N_("Why it was stepped up") },
  { "step-up-harm", MASH_FIELD_BOOL, N_("Significant harm suspected") },
};
MASH_DEFINE_ENTITY (MashEarlyHelp, mash_early_help, "early-help", N_("Early help"),
                    early_help_fields, MASH_KIND_KEPT)

/* The three parts of the test are those of section 42 of the Care Act 2014. */
static const MashField adult_concern_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "person", MASH_FIELD_REFERENCE, N_("Adult"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "received-at", MASH_FIELD_TIME, N_("Concern received"),
    .traits = MASH_FIELD_FIXED | MASH_FIELD_PAST },
  { "concern", MASH_FIELD_RICH, N_("What the concern is"), NULL, MASH_NEED_SAVE },
  { "wishes", MASH_FIELD_RICH, N_("What the adult wants"), .traits = MASH_FIELD_VERBATIM },
  { "needs", MASH_FIELD_CODE, N_("Has needs for care and support"), "YNU" },
  { "needs-why", MASH_FIELD_RICH, N_("How that is known") },
  { "risk", MASH_FIELD_CODE, N_("Experiences abuse or neglect, or is at risk of it"), "YNU" },
  { "risk-why", MASH_FIELD_RICH, N_("How that is known") },
  { "unable", MASH_FIELD_CODE, N_("Cannot protect themselves because of those needs"), "YNU" },
  { "unable-why", MASH_FIELD_RICH, N_("How that is known") },
  { "test-by", MASH_FIELD_REFERENCE, N_("Tested by"), "staff", .owner = MASH_OWNER_RULES },
  { "test-at", MASH_FIELD_TIME, N_("Tested"), .owner = MASH_OWNER_RULES },
  { "decision", MASH_FIELD_CODE, N_("Decision for the adult"), "ADEC" },
  { "decision-reason", MASH_FIELD_RICH, N_("Reasons") },
  { "decided-by", MASH_FIELD_REFERENCE, N_("Decided by"), "staff", .owner = MASH_OWNER_RULES },
  { "decided-at", MASH_FIELD_TIME, N_("Decided"), .owner = MASH_OWNER_RULES },
  { "lead", MASH_FIELD_TEXT, N_("Named worker") },
  { "follow-up", MASH_FIELD_RICH, N_("What follows") },
};
MASH_DEFINE_ENTITY (MashAdultConcern, mash_adult_concern, "adult-concern",
                    N_("Concern for an adult"), adult_concern_fields, MASH_KIND_KEPT)

static const MashField outside_discussion_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "held-at", MASH_FIELD_TIME, N_("Held"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_PAST },
  { "chair", MASH_FIELD_TEXT, N_("Chair"), NULL, MASH_NEED_SAVE },
  { "reference", MASH_FIELD_TEXT, N_("Reference of the record"), NULL, MASH_NEED_SAVE },
  { "record-held-by", MASH_FIELD_TEXT, N_("Where the record is kept") },
  { "agencies", MASH_FIELD_CODES, N_("Agencies that took part"), "AGY" },
  { "outcome", MASH_FIELD_CODE, N_("Outcome of the discussion"), "SDD", MASH_NEED_SAVE },
  { "rationale", MASH_FIELD_RICH, N_("Reasons given") },
  { "covers-subjects", MASH_FIELD_REFERENCES, N_("Children it was about"), "contact-subject" },
  { "why-outside", MASH_FIELD_RICH, N_("Why it was held outside this system"), NULL,
    MASH_NEED_SAVE },
};
MASH_DEFINE_ENTITY (MashOutsideDiscussion, mash_outside_discussion, "outside-discussion",
                    N_("Strategy discussion held outside this system"),
                    outside_discussion_fields, MASH_KIND_APPEND_ONLY)

static const MashField case_link_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "open-contact", MASH_FIELD_REFERENCE, N_("Open contact"), "contact",
    .traits = MASH_FIELD_FIXED },
  { "external-ref", MASH_FIELD_TEXT, N_("Number of the open case"),
    .traits = MASH_FIELD_SEARCHED },
  { "case-holder", MASH_FIELD_TEXT, N_("Case holder") },
  { "told-at", MASH_FIELD_TIME, N_("Case holder told"), .traits = MASH_FIELD_PAST },
  { "how", MASH_FIELD_TEXT, N_("How") },
  { "acknowledged-at", MASH_FIELD_TIME, N_("Acknowledged"), .traits = MASH_FIELD_PAST },
  { "acknowledged-by", MASH_FIELD_TEXT, N_("Acknowledged by") },
};
MASH_DEFINE_ENTITY (MashCaseLink, mash_case_link, "case-link", N_("Link to an open case"),
                    case_link_fields, MASH_KIND_KEPT)

static const MashField reopening_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "reason", MASH_FIELD_CODE, N_("Why it is opened again"), "REOPEN", MASH_NEED_SAVE },
  { "text", MASH_FIELD_RICH, N_("What is new") },
  { "linked-contact", MASH_FIELD_REFERENCE, N_("The later contact"), "contact" },
  { "by", MASH_FIELD_REFERENCE, N_("Opened by"), "staff", .owner = MASH_OWNER_RULES },
  { "at", MASH_FIELD_TIME, N_("Opened again"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashReopening, mash_reopening, "reopening", N_("Opening again"),
                    reopening_fields, MASH_KIND_APPEND_ONLY)
