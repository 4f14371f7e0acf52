/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-decision.h"

#include <glib/gi18n-lib.h>

static const MashField recommendation_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "outcome", MASH_FIELD_CODE, N_("Outcome"), "OUT", MASH_NEED_SAVE },
  { "secondary", MASH_FIELD_CODES, N_("Also"), "OUT" },
  { "level", MASH_FIELD_CODE, N_("Level of need"), "LVL", MASH_NEED_SAVE },
  { "criteria-version", MASH_FIELD_TEXT, N_("Version of the threshold criteria"),
    .owner = MASH_OWNER_RULES },
  { "rationale", MASH_FIELD_RICH, N_("Why"), NULL, MASH_NEED_SAVE },
  { "covers-subjects", MASH_FIELD_REFERENCES, N_("Children covered"), "contact-subject" },
  { "on-incomplete-info", MASH_FIELD_BOOL, N_("On incomplete information") },
  { "not-answered", MASH_FIELD_TEXT, N_("Agencies that had not answered") },
  { "help-offered", MASH_FIELD_RICH, N_("Help offered") },
  { "help-offered-to", MASH_FIELD_TEXT, N_("Offered to") },
  { "help-answer", MASH_FIELD_CODE, N_("Their answer"), "HELPANS" },
  { "second-look", MASH_FIELD_RICH, N_("Second look") },
  { "by", MASH_FIELD_REFERENCE, N_("Recommended by"), "staff", .owner = MASH_OWNER_RULES },
  { "at", MASH_FIELD_TIME, N_("Recommended"), .owner = MASH_OWNER_RULES },
  { "outcomes", MASH_FIELD_CODES, N_("All outcomes"), "OUT", .owner = MASH_OWNER_RULES },
  { "rev", MASH_FIELD_INT, N_("Number"), .owner = MASH_OWNER_RULES },
  { "contact-revision", MASH_FIELD_INT, N_("Revision of the contact"),
    .owner = MASH_OWNER_RULES },
  { "content-hash", MASH_FIELD_TEXT, N_("Fingerprint of what was recommended on"),
    .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashRecommendation, mash_recommendation, "recommendation",
                    N_("Recommendation"), recommendation_fields, MASH_KIND_SIGNED)

static const MashField decision_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "recommendation", MASH_FIELD_REFERENCE, N_("Recommendation"), "recommendation",
    MASH_NEED_SAVE },
  { "recommendation-hash", MASH_FIELD_TEXT, N_("Fingerprint of what was shown"), NULL,
    MASH_NEED_SAVE },
  { "result", MASH_FIELD_CODE, N_("Result"), "RESULT", MASH_NEED_SAVE },
  { "outcome", MASH_FIELD_CODE, N_("Outcome"), "OUT" },
  { "level", MASH_FIELD_CODE, N_("Level of need"), "LVL" },
  { "rationale", MASH_FIELD_RICH, N_("Reasons") },
  { "covers-subjects", MASH_FIELD_REFERENCES, N_("Children covered"), "contact-subject" },
  { "outcomes", MASH_FIELD_CODES, N_("All outcomes"), "OUT", .owner = MASH_OWNER_RULES },
  { "rev", MASH_FIELD_INT, N_("Number"), .owner = MASH_OWNER_RULES },
  { "by", MASH_FIELD_REFERENCE, N_("Decided by"), "staff", .owner = MASH_OWNER_RULES },
  { "at", MASH_FIELD_TIME, N_("Decided"), .owner = MASH_OWNER_RULES },
  { "statutory-clock-met", MASH_FIELD_BOOL, N_("Within the statutory time"),
    .owner = MASH_OWNER_RULES },
  { "criteria-version", MASH_FIELD_TEXT, N_("Version of the threshold criteria"),
    .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashDecision, mash_decision, "decision", N_("Decision"), decision_fields,
                    MASH_KIND_SIGNED)

static const MashField disposal_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "decision", MASH_FIELD_REFERENCE, N_("Decision"), "decision", MASH_NEED_SAVE },
  { "outcome", MASH_FIELD_CODE, N_("Outcome handed over"), "OUT",
    .traits = MASH_FIELD_FIXED },
  { "receiver", MASH_FIELD_TEXT, N_("Receiver"), NULL, MASH_NEED_SAVE },
  { "receiver-kind", MASH_FIELD_CODE, N_("Kind of receiver"), "RKIND" },
  { "receiver-ref", MASH_FIELD_TEXT, N_("Their reference"), .traits = MASH_FIELD_SEARCHED },
  { "linked-contact", MASH_FIELD_REFERENCE, N_("Open contact"), "contact" },
  { "sent-at", MASH_FIELD_TIME, N_("Sent"), .traits = MASH_FIELD_PAST },
  { "accepted-at", MASH_FIELD_TIME, N_("Accepted"), .traits = MASH_FIELD_PAST },
  { "accepted-by", MASH_FIELD_TEXT, N_("Accepted by") },
  { "refused-at", MASH_FIELD_TIME, N_("Refused"), .traits = MASH_FIELD_PAST },
  { "refused-by", MASH_FIELD_TEXT, N_("Refused by") },
  { "refused-reason", MASH_FIELD_RICH, N_("Why it was refused") },
  { "feedback-to-referrer-at", MASH_FIELD_TIME, N_("Referrer told"), .traits = MASH_FIELD_PAST },
  { "feedback-text", MASH_FIELD_RICH, N_("What the referrer was told") },
  { "not-told-reason", MASH_FIELD_RICH, N_("Why the referrer is not told") },
};
MASH_DEFINE_ENTITY (MashDisposal, mash_disposal, "disposal", N_("Hand-over"), disposal_fields,
                    MASH_KIND_KEPT)

static const MashField sign_off_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", .traits = MASH_FIELD_FIXED },
  { "type", MASH_FIELD_CODE, N_("Kind of signature"), "SO", MASH_NEED_SAVE, MASH_OWNER_RULES },
  { "target-kind", MASH_FIELD_TEXT, N_("What is signed"), .owner = MASH_OWNER_RULES },
  { "target", MASH_FIELD_TEXT, N_("Record signed"), .owner = MASH_OWNER_RULES },
  { "target-revision", MASH_FIELD_INT, N_("Revision signed"), .owner = MASH_OWNER_RULES },
  { "target-hash", MASH_FIELD_TEXT, N_("Fingerprint of what was shown"),
    .owner = MASH_OWNER_RULES },
  { "signer", MASH_FIELD_REFERENCE, N_("Signed by"), "staff", .owner = MASH_OWNER_RULES },
  { "signer-post", MASH_FIELD_REFERENCE, N_("Post"), "post", .owner = MASH_OWNER_RULES },
  { "meaning", MASH_FIELD_RICH, N_("What signing says"), .owner = MASH_OWNER_RULES },
  { "result", MASH_FIELD_CODE, N_("Result"), "SOR", .owner = MASH_OWNER_RULES },
  { "comment", MASH_FIELD_RICH, N_("Comment"), .owner = MASH_OWNER_RULES },
  { "at", MASH_FIELD_TIME, N_("Signed"), .owner = MASH_OWNER_RULES },
  { "state", MASH_FIELD_CODE, N_("State"), "SOS", .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashSignOff, mash_sign_off, "sign-off", N_("Signature"), sign_off_fields,
                    MASH_KIND_SIGNED)

static const MashField threshold_review_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "sample-reason", MASH_FIELD_CODE, N_("Why it was sampled"), "SMP", MASH_NEED_SAVE,
    MASH_OWNER_RULES },
  { "at", MASH_FIELD_TIME, N_("Sampled"), .owner = MASH_OWNER_RULES },
  { "blind-level", MASH_FIELD_CODE, N_("Level rated blind"), "LVL" },
  { "agree", MASH_FIELD_CODE, N_("Agrees"), "YN" },
  { "finding", MASH_FIELD_RICH, N_("Finding") },
  { "learning", MASH_FIELD_RICH, N_("Learning") },
};
MASH_DEFINE_ENTITY (MashThresholdReview, mash_threshold_review, "threshold-review",
                    N_("Threshold review"), threshold_review_fields, MASH_KIND_KEPT)
