/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-discussion-plan.h"

#include <glib/gi18n-lib.h>

/* One row for each child. The enquiry that follows, with its dates, is a record of its own
 * (mash-discussion-end.h), because it goes on after this one is signed. */
static const MashField sd_child_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "subject", MASH_FIELD_REFERENCE, N_("Child"), "contact-subject", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "threshold-met", MASH_FIELD_CODE, N_("Threshold of section 47 met"), "YN" },
  { "decision", MASH_FIELD_CODE, N_("Decision"), "SDD" },
  { "reconvene-by", MASH_FIELD_TIME, N_("Discuss again by") },
  { "lead-agency", MASH_FIELD_REFERENCE, N_("Lead agency"), "agency" },
  { "lead-worker", MASH_FIELD_TEXT, N_("Lead worker") },
  { "category", MASH_FIELD_CODE, N_("Category"), "ABUSE" },
  { "section47-start", MASH_FIELD_DATE, N_("Section 47 starts") },
  { "seen-by", MASH_FIELD_TIME, N_("To be seen by") },
  { "seen-alone-plan", MASH_FIELD_RICH, N_("How the child is seen alone") },
  { "siblings-considered", MASH_FIELD_RICH, N_("Brothers and sisters considered") },
  { "safety", MASH_FIELD_RICH, N_("Immediate safety") },
  { "voice", MASH_FIELD_RICH, N_("What the child says and wants"),
    .traits = MASH_FIELD_VERBATIM },
  { "rationale", MASH_FIELD_RICH, N_("Why") },
};
MASH_DEFINE_ENTITY (MashSdChild, mash_sd_child, "sd-child", N_("Decision for a child"),
                    sd_child_fields, MASH_KIND_KEPT)

/* Every part of the plan is a field, so that several people can write different parts of it at
 * once. */
static const MashField sd_plan_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "medical", MASH_FIELD_CODE, N_("Medical"), "MED" },
  { "medical-who", MASH_FIELD_TEXT, N_("Who examines") },
  { "medical-where", MASH_FIELD_TEXT, N_("Where") },
  { "medical-by", MASH_FIELD_TIME, N_("Examined by") },
  { "medical-consent", MASH_FIELD_RICH, N_("Consent to the medical") },
  { "medical-why-not", MASH_FIELD_RICH, N_("Who considered it not needed, and why") },
  { "abe", MASH_FIELD_CODE, N_("Visually recorded interview"), "ABE" },
  { "abe-interviewer", MASH_FIELD_TEXT, N_("Interviewer") },
  { "abe-intermediary", MASH_FIELD_TEXT, N_("Intermediary") },
  { "abe-interpreter", MASH_FIELD_TEXT, N_("Interpreter at the interview") },
  { "forensic-from", MASH_FIELD_TIME, N_("Forensic window from"), .traits = MASH_FIELD_PAST },
  { "forensic-until", MASH_FIELD_TIME, N_("Forensic window until") },
  { "scene", MASH_FIELD_RICH, N_("Scene and evidence") },
  { "arrest", MASH_FIELD_RICH, N_("Arrest or voluntary interview") },
  { "bail", MASH_FIELD_RICH, N_("Bail conditions") },
  { "other-children", MASH_FIELD_RICH, N_("Other children at risk") },
  { "suspect-access", MASH_FIELD_RICH, N_("Whom the suspect can reach") },
  { "position-of-trust", MASH_FIELD_RICH, N_("Persons in a position of trust") },
  { "parents-told", MASH_FIELD_CODE, N_("Parents told"), "INFM" },
  { "parents-told-by", MASH_FIELD_TEXT, N_("Who tells them") },
  { "parents-told-at", MASH_FIELD_TIME, N_("When they are told") },
  { "parents-told-what", MASH_FIELD_RICH, N_("What they are told") },
  { "parents-withheld", MASH_FIELD_RICH, N_("What is withheld from them") },
  { "interpreter", MASH_FIELD_TEXT, N_("Interpreter") },
  { "adjustments", MASH_FIELD_RICH, N_("Adjustments for a disability") },
  { "legal-advice", MASH_FIELD_RICH, N_("Legal advice") },
  { "orders", MASH_FIELD_RICH, N_("Police protection and orders") },
  { "media-risk", MASH_FIELD_RICH, N_("Risk from the media") },
};
MASH_DEFINE_ENTITY (MashSdPlan, mash_sd_plan, "sd-plan", N_("Plan of a discussion"),
                    sd_plan_fields, MASH_KIND_KEPT)

/* An agency's own view in its own words; a dissent starts an escalation. */
static const MashField sd_view_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency"), "agency", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "position", MASH_FIELD_CODE, N_("Position"), "POS", MASH_NEED_SAVE, MASH_OWNER_AGENCY },
  { "text", MASH_FIELD_RICH, N_("In their own words"), NULL, MASH_NEED_NOTHING,
    MASH_OWNER_AGENCY, MASH_FIELD_VERBATIM },
  { "wants-escalation", MASH_FIELD_BOOL, N_("Asks for escalation"),
    .owner = MASH_OWNER_AGENCY },
  { "on-behalf", MASH_FIELD_BOOL, N_("Entered on their behalf"), .owner = MASH_OWNER_RULES },
  { "confirmed-by", MASH_FIELD_REFERENCE, N_("Confirmed by"), "staff",
    .owner = MASH_OWNER_RULES },
  { "confirmed-at", MASH_FIELD_TIME, N_("Confirmed"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashSdView, mash_sd_view, "sd-view", N_("View of an agency"),
                    sd_view_fields, MASH_KIND_KEPT)

/* What is to be done is part of what is signed; what became of it is not. */
static const MashField sd_action_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "number", MASH_FIELD_INT, N_("Number"), .owner = MASH_OWNER_RULES },
  { "what", MASH_FIELD_TEXT, N_("What is to be done"), NULL, MASH_NEED_SAVE },
  { "owner", MASH_FIELD_TEXT, N_("Who does it") },
  { "owner-staff", MASH_FIELD_REFERENCE, N_("Member of the hub"), "staff" },
  { "owner-agency", MASH_FIELD_REFERENCE, N_("Agency"), "agency" },
  { "due-at", MASH_FIELD_TIME, N_("By when") },
  { "child", MASH_FIELD_REFERENCE, N_("For which child"), "contact-subject" },
  { "status", MASH_FIELD_CODE, N_("State of the action"), "ACT", .owner = MASH_OWNER_RULES },
  { "outcome", MASH_FIELD_RICH, N_("What came of it"), .owner = MASH_OWNER_RULES },
  { "ended-at", MASH_FIELD_TIME, N_("Ended"), .owner = MASH_OWNER_RULES },
  { "ended-by", MASH_FIELD_REFERENCE, N_("Ended by"), "staff", .owner = MASH_OWNER_RULES },
  { "chased", MASH_FIELD_INT, N_("Times chased"), .owner = MASH_OWNER_RULES },
  { "chased-at", MASH_FIELD_TIME, N_("Chased"), .owner = MASH_OWNER_RULES },
  { "transferred-to", MASH_FIELD_TEXT, N_("Passed on to"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashSdAction, mash_sd_action, "sd-action", N_("Action of a discussion"),
                    sd_action_fields, MASH_KIND_KEPT)
