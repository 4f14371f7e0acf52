/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-contact.h"

#include <glib/gi18n-lib.h>

static const MashField contact_fields[] = {
  { "reference", MASH_FIELD_TEXT, N_("Reference"), .owner = MASH_OWNER_RULES,
    .traits = MASH_FIELD_FIXED | MASH_FIELD_SEARCHED },
  { "kind", MASH_FIELD_CODE, N_("Kind of contact"), "CKIND", MASH_NEED_SUBMIT },
  { "channel", MASH_FIELD_CODE, N_("How it arrived"), "CHAN", MASH_NEED_SAVE | MASH_NEED_SUBMIT },
  { "received-at", MASH_FIELD_TIME, N_("Reached the hub"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED | MASH_FIELD_PAST },
  { "keyed-at", MASH_FIELD_TIME, N_("Keyed"), .traits = MASH_FIELD_FIXED | MASH_FIELD_PAST },
  { "received-out-of-hours", MASH_FIELD_BOOL, N_("Received out of hours") },
  { "source", MASH_FIELD_CODE, N_("Source"), "RSRC", MASH_NEED_SAVE | MASH_NEED_SUBMIT },
  { "source-other", MASH_FIELD_TEXT, N_("Other source") },
  { "subject-summary", MASH_FIELD_TEXT, N_("Family in a few words") },
  { "presenting-concern", MASH_FIELD_RICH, N_("What the concern is"), NULL,
    MASH_NEED_SAVE | MASH_NEED_SUBMIT },
  { "immediate-danger", MASH_FIELD_CODE, N_("In danger now?"), "YNU", MASH_NEED_SUBMIT },
  { "harm-suspected", MASH_FIELD_BOOL, N_("Significant harm suspected"),
    .owner = MASH_OWNER_RULES },
  { "brag", MASH_FIELD_CODE, N_("Urgency"), "BRAG", MASH_NEED_DECIDE, MASH_OWNER_RULES },
  { "level", MASH_FIELD_CODE, N_("Level of need"), "LVL", MASH_NEED_DECIDE, MASH_OWNER_RULES },
  { "level-at-receipt", MASH_FIELD_CODE, N_("Level the referrer thinks applies"), "LVL" },
  { "criteria-version", MASH_FIELD_TEXT, N_("Version of the threshold criteria"),
    .owner = MASH_OWNER_RULES },
  { "completeness", MASH_FIELD_INT, N_("Completeness now"), .owner = MASH_OWNER_RULES },
  { "completeness-at-receipt", MASH_FIELD_INT, N_("Completeness at receipt"),
    .owner = MASH_OWNER_RULES, .traits = MASH_FIELD_FIXED },
  { "missing-items", MASH_FIELD_CODES, N_("Missing items"), "ITEM", .owner = MASH_OWNER_RULES },
  { "whole-family-listed", MASH_FIELD_BOOL, N_("All members of the family are listed") },
  { "parents-view", MASH_FIELD_RICH, N_("The parents’ view of the concern") },
  { "child-view", MASH_FIELD_RICH, N_("The child’s view"), .traits = MASH_FIELD_VERBATIM },
  { "confidential-from-family", MASH_FIELD_RICH, N_("To be kept from the family, and why") },
  { "previous-support", MASH_FIELD_RICH, N_("Support so far") },
  { "services-involved", MASH_FIELD_RICH, N_("Services involved") },
  { "protective-factors", MASH_FIELD_RICH, N_("What protects the child") },
  { "staff-risk", MASH_FIELD_RICH, N_("Risk to staff, and access") },
  { "consultation-question", MASH_FIELD_RICH, N_("Question asked") },
  { "consultation-advice", MASH_FIELD_RICH, N_("Advice given") },
  { "adviser", MASH_FIELD_REFERENCE, N_("Adviser"), "staff" },
  { "state", MASH_FIELD_CODE, N_("State"), "CST", .owner = MASH_OWNER_RULES },
  { "strand-p", MASH_FIELD_CODE, N_("Child protection"), "STRAND-P", .owner = MASH_OWNER_RULES },
  { "strand-a", MASH_FIELD_CODE, N_("Adult safeguarding"), "STRAND-A",
    .owner = MASH_OWNER_RULES },
  { "strand-e", MASH_FIELD_CODE, N_("Early help"), "STRAND-E", .owner = MASH_OWNER_RULES },
  { "assigned-to", MASH_FIELD_REFERENCE, N_("With"), "staff", .owner = MASH_OWNER_RULES },
  { "history-searched", MASH_FIELD_TEXT, N_("History searched, and what was found") },
  { "duplicate-of", MASH_FIELD_REFERENCE, N_("Attached to"), "contact",
    .owner = MASH_OWNER_RULES },
  { "previous-contact", MASH_FIELD_REFERENCE, N_("Earlier contact"), "contact" },
  { "rereferral", MASH_FIELD_CODE, N_("Re-referral"), "RREF", .owner = MASH_OWNER_RULES },
  { "rereferral-of", MASH_FIELD_REFERENCE, N_("Earlier referral"), "contact",
    .owner = MASH_OWNER_RULES },
  { "nfa-before", MASH_FIELD_REFERENCE, N_("Closed with no further action before"), "contact",
    .owner = MASH_OWNER_RULES },
  { "form-version", MASH_FIELD_TEXT, N_("Version of the form"), .traits = MASH_FIELD_FIXED },
  { "external-ref", MASH_FIELD_TEXT, N_("Their reference"), .traits = MASH_FIELD_SEARCHED },
  { "ward", MASH_FIELD_TEXT, N_("Ward") },
  { "locality", MASH_FIELD_TEXT, N_("Locality") },
  { "attached-names", MASH_FIELD_TEXT, N_("Attachments named in the form") },
};
MASH_DEFINE_ENTITY (MashContact, mash_contact, "contact", N_("Contact"), contact_fields,
                    MASH_KIND_KEPT)

static const MashField contact_subject_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "person", MASH_FIELD_REFERENCE, N_("Person"), "person", MASH_NEED_SAVE },
  { "role", MASH_FIELD_CODE, N_("Role in the contact"), "SROLE", MASH_NEED_SUBMIT },
  { "added-at", MASH_FIELD_TIME, N_("Added"), .owner = MASH_OWNER_RULES },
  { "added-late", MASH_FIELD_BOOL, N_("Identified late"), .owner = MASH_OWNER_RULES },
  { "primary", MASH_FIELD_BOOL, N_("First child of the contact") },
  { "pathway", MASH_FIELD_CODE, N_("Pathway"), "PATH" },
  { "concern-for-this-person", MASH_FIELD_RICH, N_("Concern for this person") },
  { "considered", MASH_FIELD_BOOL, N_("Considered at triage") },
};
MASH_DEFINE_ENTITY (MashContactSubject, mash_contact_subject, "contact-subject",
                    N_("Person in the contact"), contact_subject_fields, MASH_KIND_PLAIN)

static const MashField referrer_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "type", MASH_FIELD_CODE, N_("Kind of referrer"), "RTYPE", MASH_NEED_SUBMIT },
  { "name", MASH_FIELD_TEXT, N_("Name"), NULL, MASH_NEED_SUBMIT },
  { "role", MASH_FIELD_TEXT, N_("Role"), NULL, MASH_NEED_SUBMIT },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency"), "agency" },
  { "agency-name", MASH_FIELD_TEXT, N_("Organisation"), NULL, MASH_NEED_SUBMIT },
  { "phone", MASH_FIELD_TEXT, N_("Telephone"), NULL, MASH_NEED_SUBMIT },
  { "secure-email", MASH_FIELD_TEXT, N_("Secure e-mail") },
  { "relationship-to-child", MASH_FIELD_TEXT, N_("How they know the child") },
  { "identity-protected", MASH_FIELD_BOOL, N_("Identity protected") },
  { "protect-reason", MASH_FIELD_TEXT, N_("Why the identity is protected") },
  { "feedback-wanted", MASH_FIELD_BOOL, N_("Wants to hear the outcome") },
  { "available-until", MASH_FIELD_TEXT, N_("Can be reached until") },
  { "spoken-to-hub", MASH_FIELD_CODE, N_("Has already spoken to the hub"), "YNU" },
};
MASH_DEFINE_ENTITY (MashReferrer, mash_referrer, "referrer", N_("Referrer"), referrer_fields,
                    MASH_KIND_PLAIN)

static const MashField concern_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "person", MASH_FIELD_REFERENCE, N_("Child"), "person" },
  { "factor", MASH_FIELD_CODE, N_("Factor"), "FAC" },
  { "category", MASH_FIELD_CODE, N_("Category of harm"), "ABUSE" },
  { "what-happened", MASH_FIELD_RICH, N_("What happened"), NULL, MASH_NEED_SUBMIT },
  { "when", MASH_FIELD_PARTIAL_DATE, N_("When"), .traits = MASH_FIELD_PAST },
  { "when-words", MASH_FIELD_TEXT, N_("When, in the referrer’s words") },
  { "where", MASH_FIELD_TEXT, N_("Where") },
  { "alleged-source", MASH_FIELD_REFERENCE, N_("Alleged source of harm"), "person" },
  { "evidence", MASH_FIELD_RICH, N_("How it is known") },
  { "child-words", MASH_FIELD_RICH, N_("The child’s words"), .traits = MASH_FIELD_VERBATIM },
  { "child-words-to", MASH_FIELD_TEXT, N_("Said to whom, when, written down when") },
  { "protective-factors", MASH_FIELD_RICH, N_("What protects the child") },
};
MASH_DEFINE_ENTITY (MashConcern, mash_concern, "concern", N_("Concern"), concern_fields,
                    MASH_KIND_PLAIN)

static const MashField source_document_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "title", MASH_FIELD_TEXT, N_("Title"), .traits = MASH_FIELD_FIXED },
  { "mime", MASH_FIELD_TEXT, N_("Type of document"), .traits = MASH_FIELD_FIXED },
  { "sha256", MASH_FIELD_TEXT, N_("Fingerprint"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "size", MASH_FIELD_INT, N_("Size in bytes"), .traits = MASH_FIELD_FIXED },
  { "received-at", MASH_FIELD_TIME, N_("Received"),
    .traits = MASH_FIELD_FIXED | MASH_FIELD_PAST },
  { "origin", MASH_FIELD_CODE, N_("Origin"), "ORIGIN", .traits = MASH_FIELD_FIXED },
  { "text", MASH_FIELD_RICH, N_("Text as read"), .traits = MASH_FIELD_FIXED },
};
MASH_DEFINE_ENTITY (MashSourceDocument, mash_source_document, "source-document",
                    N_("Original document"), source_document_fields, MASH_KIND_APPEND_ONLY)

static const MashField chase_item_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "item", MASH_FIELD_CODE, N_("Missing item"), "ITEM" },
  { "what", MASH_FIELD_TEXT, N_("What is missing"), NULL, MASH_NEED_SAVE },
  { "asked-of", MASH_FIELD_TEXT, N_("Asked of") },
  { "due", MASH_FIELD_TIME, N_("Wanted by") },
  { "state", MASH_FIELD_CODE, N_("State"), "CHASE", MASH_NEED_SAVE },
};
MASH_DEFINE_ENTITY (MashChaseItem, mash_chase_item, "chase-item", N_("Chased item"),
                    chase_item_fields, MASH_KIND_PLAIN)

static const MashField call_back_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "attempt-no", MASH_FIELD_INT, N_("Attempt") },
  { "at", MASH_FIELD_TIME, N_("Called"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_PAST },
  { "who-called", MASH_FIELD_REFERENCE, N_("Caller"), "staff" },
  { "result", MASH_FIELD_CODE, N_("Result"), "CALL", MASH_NEED_SAVE },
  { "minutes", MASH_FIELD_INT, N_("Minutes spent") },
  { "notes", MASH_FIELD_RICH, N_("Notes") },
};
MASH_DEFINE_ENTITY (MashCallBack, mash_call_back, "call-back", N_("Call back"), call_back_fields,
                    MASH_KIND_APPEND_ONLY)
