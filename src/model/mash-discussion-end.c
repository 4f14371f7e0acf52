/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-discussion-end.h"

#include <glib/gi18n-lib.h>

/* Somebody is asked to sign one revision. Whoever signs says which content they saw: a signature
 * stands over that and over nothing else. */
static const MashField sd_request_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "rev", MASH_FIELD_INT, N_("Revision to sign"), NULL, MASH_NEED_NOTHING, MASH_OWNER_RULES,
    MASH_FIELD_FIXED },
  { "capacity", MASH_FIELD_CODE, N_("Signs as"), "SDCAP", MASH_NEED_NOTHING, MASH_OWNER_RULES,
    MASH_FIELD_FIXED },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency"), "agency", MASH_NEED_NOTHING, MASH_OWNER_RULES,
    MASH_FIELD_FIXED },
  { "required", MASH_FIELD_BOOL, N_("Must sign"), NULL, MASH_NEED_NOTHING, MASH_OWNER_RULES,
    MASH_FIELD_FIXED },
  { "asked-at", MASH_FIELD_TIME, N_("Asked"), NULL, MASH_NEED_NOTHING, MASH_OWNER_RULES,
    MASH_FIELD_FIXED },
  { "seen-hash", MASH_FIELD_TEXT, N_("Fingerprint of what the signer saw") },
  { "answer", MASH_FIELD_CODE, N_("Answer"), "SOR", .owner = MASH_OWNER_RULES },
  { "reason", MASH_FIELD_RICH, N_("Why it is not signed"), .owner = MASH_OWNER_RULES },
  { "answered-by", MASH_FIELD_REFERENCE, N_("Answered by"), "staff",
    .owner = MASH_OWNER_RULES },
  { "answered-at", MASH_FIELD_TIME, N_("Answered"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashSdRequest, mash_sd_request, "sd-request", N_("Request to sign"),
                    sd_request_fields, MASH_KIND_KEPT)

static const MashField sd_escalation_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "view", MASH_FIELD_REFERENCE, N_("View that dissents"), "sd-view", MASH_NEED_NOTHING,
    MASH_OWNER_RULES, MASH_FIELD_FIXED },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency that dissents"), "agency", MASH_NEED_NOTHING,
    MASH_OWNER_RULES, MASH_FIELD_FIXED },
  { "stage", MASH_FIELD_INT, N_("Stage"), .owner = MASH_OWNER_RULES },
  { "raised-at", MASH_FIELD_TIME, N_("Raised"), .owner = MASH_OWNER_RULES },
  { "seniors", MASH_FIELD_RICH, N_("Named for it"), .owner = MASH_OWNER_RULES },
  { "resolution", MASH_FIELD_RICH, N_("How it was resolved") },
  { "resolved-by", MASH_FIELD_REFERENCE, N_("Resolved by"), "staff",
    .owner = MASH_OWNER_RULES },
  { "resolved-at", MASH_FIELD_TIME, N_("Resolved"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashSdEscalation, mash_sd_escalation, "sd-escalation",
                    N_("Professional disagreement"), sd_escalation_fields, MASH_KIND_KEPT)

/* The enquiry of one child, from the discussion at which it was decided to its end. */
static const MashField sd_enquiry_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "subject", MASH_FIELD_REFERENCE, N_("Child"), "contact-subject", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "started-at", MASH_FIELD_TIME, N_("Section 47 started"), NULL, MASH_NEED_NOTHING,
    MASH_OWNER_RULES, MASH_FIELD_FIXED },
  { "conference-target", MASH_FIELD_DATE, N_("Conference to be held by"),
    .owner = MASH_OWNER_RULES },
  { "seen-at", MASH_FIELD_TIME, N_("Child seen"), .traits = MASH_FIELD_PAST },
  { "seen-by", MASH_FIELD_TEXT, N_("Seen by") },
  { "seen-alone", MASH_FIELD_CODE, N_("Seen alone"), "YN" },
  { "conference-at", MASH_FIELD_TIME, N_("Conference held"), .traits = MASH_FIELD_PAST },
  { "not-required", MASH_FIELD_BOOL, N_("No conference required") },
  { "not-required-why", MASH_FIELD_RICH, N_("Why no conference is required") },
  { "assessed-at", MASH_FIELD_TIME, N_("Assessment authorised"), .traits = MASH_FIELD_PAST },
  { "outcome", MASH_FIELD_CODE, N_("Outcome of the enquiry"), "S47" },
};
MASH_DEFINE_ENTITY (MashSdEnquiry, mash_sd_enquiry, "sd-enquiry", N_("Section 47 enquiry"),
                    sd_enquiry_fields, MASH_KIND_KEPT)

/* The owner of a paragraph releases it to one recipient, or it is removed for them. */
static const MashField sd_release_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "paragraph", MASH_FIELD_REFERENCE, N_("Paragraph"), "sd-paragraph", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "variant", MASH_FIELD_CODE, N_("Kind of copy"), "SDVAR", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "recipient-agency", MASH_FIELD_REFERENCE, N_("Agency that receives it"), "agency",
    .traits = MASH_FIELD_FIXED },
  { "choice", MASH_FIELD_CODE, N_("Released or removed"), "SDREL", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "reason", MASH_FIELD_RICH, N_("Why"), .traits = MASH_FIELD_FIXED },
};
MASH_DEFINE_ENTITY (MashSdRelease, mash_sd_release, "sd-release", N_("Release of a paragraph"),
                    sd_release_fields, MASH_KIND_APPEND_ONLY)

/* A copy for one recipient: previewed by somebody by name, then sent. */
static const MashField sd_circulation_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "rev", MASH_FIELD_INT, N_("Revision"), .owner = MASH_OWNER_RULES },
  { "variant", MASH_FIELD_CODE, N_("Kind of copy"), "SDVAR", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "recipient", MASH_FIELD_TEXT, N_("Recipient"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "recipient-agency", MASH_FIELD_REFERENCE, N_("Agency that receives it"), "agency",
    .traits = MASH_FIELD_FIXED },
  { "paragraphs", MASH_FIELD_REFERENCES, N_("Paragraphs in it"), "sd-paragraph" },
  { "withheld", MASH_FIELD_REFERENCES, N_("Paragraphs left out"), "sd-paragraph" },
  { "withheld-count", MASH_FIELD_INT, N_("Paragraphs withheld") },
  { "document", MASH_FIELD_TEXT, N_("Fingerprint of the file") },
  { "previewed-by", MASH_FIELD_REFERENCE, N_("Previewed by"), "staff",
    .owner = MASH_OWNER_RULES },
  { "previewed-at", MASH_FIELD_TIME, N_("Previewed"), .owner = MASH_OWNER_RULES },
  { "sent-at", MASH_FIELD_TIME, N_("Sent"), .traits = MASH_FIELD_PAST },
  { "how", MASH_FIELD_TEXT, N_("How it was sent") },
  { "read-at", MASH_FIELD_TIME, N_("Read"), .traits = MASH_FIELD_PAST },
};
MASH_DEFINE_ENTITY (MashSdCirculation, mash_sd_circulation, "sd-circulation",
                    N_("Copy of a record"), sd_circulation_fields, MASH_KIND_KEPT)
