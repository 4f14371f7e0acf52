/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-discussion.h"

#include <glib/gi18n-lib.h>

/* The record's own words (domain 3.6). What somebody types is an editor's; what follows from a
 * deed, such as its state, its number and what was signed, is the rules'. */
static const MashField strategy_discussion_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "number", MASH_FIELD_INT, N_("Number"), .owner = MASH_OWNER_RULES },
  { "trigger", MASH_FIELD_CODE, N_("What started it"), "SDT" },
  { "need-identified-at", MASH_FIELD_TIME, N_("Need identified"), .traits = MASH_FIELD_PAST },
  { "convened-at", MASH_FIELD_TIME, N_("Convened"), .owner = MASH_OWNER_RULES },
  { "planned-at", MASH_FIELD_TIME, N_("To be held") },
  { "started-at", MASH_FIELD_TIME, N_("Started"), .traits = MASH_FIELD_PAST },
  { "ended-at", MASH_FIELD_TIME, N_("Ended"), .traits = MASH_FIELD_PAST },
  { "mode", MASH_FIELD_CODE, N_("How it is held"), "SDM" },
  { "place", MASH_FIELD_TEXT, N_("Place") },
  { "chair", MASH_FIELD_REFERENCE, N_("Chair"), "staff" },
  { "minute-taker", MASH_FIELD_REFERENCE, N_("Minute taker"), "staff" },
  { "subjects", MASH_FIELD_REFERENCES, N_("Children discussed"), "contact-subject" },
  { "legal-context", MASH_FIELD_CODE, N_("Legal context"), "SDLAW" },
  { "previous", MASH_FIELD_REFERENCE, N_("Discussion before this one"), "strategy-discussion",
    .owner = MASH_OWNER_RULES },
  { "supersedes", MASH_FIELD_REFERENCE, N_("Corrects the record of"), "strategy-discussion",
    .traits = MASH_FIELD_FIXED },
  { "supersede-reason", MASH_FIELD_RICH, N_("Why the record is corrected"),
    .traits = MASH_FIELD_FIXED },
  { "exceptional-start", MASH_FIELD_CODE, N_("Section 47 begun before the discussion"), "YN" },
  { "section47-begun-at", MASH_FIELD_TIME, N_("Section 47 begun"), .traits = MASH_FIELD_PAST },
  { "suspicious-injury", MASH_FIELD_CODE, N_("Injury is suspicious"), "YNU" },
  { "suspect-under-18", MASH_FIELD_CODE, N_("A suspect is under 18"), "YNU" },
  { "separate-discussion", MASH_FIELD_RICH, N_("Separate discussion on the young suspect") },
  { "exception-reason", MASH_FIELD_RICH, N_("Why health or police could not take part") },
  { "exception-risk", MASH_FIELD_RICH, N_("Immediate risk without them") },
  { "exception-by", MASH_FIELD_REFERENCE, N_("Exception allowed by"), "staff",
    .owner = MASH_OWNER_RULES },
  { "exception-at", MASH_FIELD_TIME, N_("Exception allowed"), .owner = MASH_OWNER_RULES },
  { "next-at", MASH_FIELD_TIME, N_("Follow-up discussion") },
  { "state", MASH_FIELD_CODE, N_("State"), "SDS", .owner = MASH_OWNER_RULES },
  { "compliance", MASH_FIELD_CODE, N_("Compliance"), "COMP", .owner = MASH_OWNER_RULES },
  { "rev", MASH_FIELD_INT, N_("Revision of the record"), .owner = MASH_OWNER_RULES },
  { "content-hash", MASH_FIELD_TEXT, N_("Fingerprint of the record"),
    .owner = MASH_OWNER_RULES },
  { "asked-at", MASH_FIELD_TIME, N_("Sent for signature"), .owner = MASH_OWNER_RULES },
  { "signed-at", MASH_FIELD_TIME, N_("Signed"), .owner = MASH_OWNER_RULES },
  { "circulated-at", MASH_FIELD_TIME, N_("Circulated"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashStrategyDiscussion, mash_strategy_discussion, "strategy-discussion",
                    N_("Strategy discussion"), strategy_discussion_fields, MASH_KIND_KEPT)

/* Attendance as data: who, from where, when, and why not. */
static const MashField sd_participant_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency"), "agency", MASH_NEED_SAVE },
  { "staff", MASH_FIELD_REFERENCE, N_("Member of the hub"), "staff" },
  { "person-name", MASH_FIELD_TEXT, N_("Name") },
  { "role", MASH_FIELD_TEXT, N_("Role") },
  { "senior", MASH_FIELD_BOOL, N_("Senior enough to decide") },
  { "paediatrician", MASH_FIELD_BOOL, N_("Consultant paediatrician") },
  { "invited-at", MASH_FIELD_TIME, N_("Invited"), .traits = MASH_FIELD_PAST },
  { "attended", MASH_FIELD_CODE, N_("Attendance"), "ATT" },
  { "mode", MASH_FIELD_CODE, N_("How they take part"), "SDM" },
  { "place", MASH_FIELD_TEXT, N_("From where") },
  { "arrived-at", MASH_FIELD_TIME, N_("Arrived"), .traits = MASH_FIELD_PAST },
  { "left-at", MASH_FIELD_TIME, N_("Left early"), .traits = MASH_FIELD_PAST },
  { "absent-reason", MASH_FIELD_RICH, N_("Why not there") },
  { "sent-report", MASH_FIELD_BOOL, N_("Sent a report") },
  { "delegate-for", MASH_FIELD_TEXT, N_("Stands in for") },
  { "conflict-declared", MASH_FIELD_BOOL, N_("Conflict of interest declared") },
};
MASH_DEFINE_ENTITY (MashSdParticipant, mash_sd_participant, "sd-participant",
                    N_("Participant of a discussion"), sd_participant_fields, MASH_KIND_PLAIN)

/* What was said, when, and for which agency. */
static const MashField sd_note_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "at", MASH_FIELD_TIME, N_("Said"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_PAST },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency speaking"), "agency", MASH_NEED_SAVE },
  { "speaker", MASH_FIELD_REFERENCE, N_("Who spoke"), "sd-participant" },
  { "topic", MASH_FIELD_CODE, N_("Point of the agenda"), "SDTOPIC" },
  { "text", MASH_FIELD_RICH, N_("Note"), NULL, MASH_NEED_SAVE },
};
MASH_DEFINE_ENTITY (MashSdNote, mash_sd_note, "sd-note", N_("Note of a discussion"),
                    sd_note_fields, MASH_KIND_APPEND_ONLY)

/* What an agency knows, a paragraph at a time: it owns them, grades them and says who may have
 * them. One that was entered for an agency on the telephone is marked until that agency confirms
 * it. Whoever may not have the words has their fingerprint, and signs over that. */
static const MashField sd_paragraph_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency that owns it"), "agency", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "position", MASH_FIELD_INT, N_("Place in the section") },
  { "subjects", MASH_FIELD_REFERENCES, N_("About"), "contact-subject" },
  { "text", MASH_FIELD_RICH, N_("Information"), NULL, MASH_NEED_SAVE, MASH_OWNER_AGENCY },
  { "basis", MASH_FIELD_CODE, N_("Fact or opinion"), "FOO", .owner = MASH_OWNER_AGENCY },
  { "source", MASH_FIELD_CODE, N_("Source"), "I3", .owner = MASH_OWNER_AGENCY },
  { "reliability", MASH_FIELD_CODE, N_("Information is"), "I5", .owner = MASH_OWNER_AGENCY },
  { "condition", MASH_FIELD_CODE, N_("Sharing"), "I2", .owner = MASH_OWNER_AGENCY },
  { "conditions", MASH_FIELD_RICH, N_("Conditions of sharing"), .owner = MASH_OWNER_AGENCY },
  { "handling", MASH_FIELD_CODES, N_("Handling"), "HAND", .owner = MASH_OWNER_AGENCY },
  { "not-for", MASH_FIELD_REFERENCES, N_("Not for these agencies"), "agency",
    .owner = MASH_OWNER_AGENCY },
  { "text-hash", MASH_FIELD_TEXT, N_("Fingerprint of the information"),
    .owner = MASH_OWNER_RULES },
  { "on-behalf", MASH_FIELD_BOOL, N_("Entered on their behalf"), .owner = MASH_OWNER_RULES },
  { "confirmed-by", MASH_FIELD_REFERENCE, N_("Confirmed by"), "staff",
    .owner = MASH_OWNER_RULES },
  { "confirmed-at", MASH_FIELD_TIME, N_("Confirmed"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashSdParagraph, mash_sd_paragraph, "sd-paragraph",
                    N_("Information of an agency"), sd_paragraph_fields, MASH_KIND_PLAIN)

/* What somebody wrote into a field that somebody else had altered meanwhile: kept beside it until
 * the chair says which stands (domain 4.4). */
static const MashField sd_version_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "discussion", MASH_FIELD_REFERENCE, N_("Discussion"), "strategy-discussion", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "of-kind", MASH_FIELD_TEXT, N_("Part of the record"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "of-record", MASH_FIELD_TEXT, N_("Record"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "of-field", MASH_FIELD_TEXT, N_("Field"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency"), "agency", .traits = MASH_FIELD_FIXED },
  { "text", MASH_FIELD_RICH, N_("The other version"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "choice", MASH_FIELD_CODE, N_("What the chair chose"), "SDVER" },
  { "settled-by", MASH_FIELD_REFERENCE, N_("Settled by"), "staff", .owner = MASH_OWNER_RULES },
  { "settled-at", MASH_FIELD_TIME, N_("Settled"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashSdVersion, mash_sd_version, "sd-version", N_("Other version"),
                    sd_version_fields, MASH_KIND_KEPT)

/* The power of section 46 of the Children Act 1989: at most 72 hours from when it was used. */
static const MashField police_protection_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "used-at", MASH_FIELD_TIME, N_("Power used"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED | MASH_FIELD_PAST },
  { "subjects", MASH_FIELD_REFERENCES, N_("Children protected"), "contact-subject",
    MASH_NEED_SAVE },
  { "officer", MASH_FIELD_TEXT, N_("Officer who used it"), NULL, MASH_NEED_SAVE },
  { "designated-officer", MASH_FIELD_TEXT, N_("Designated officer") },
  { "place", MASH_FIELD_TEXT, N_("Where the children are"), .traits = MASH_FIELD_COVERED },
  { "grounds", MASH_FIELD_RICH, N_("Grounds") },
  { "parents-told", MASH_FIELD_CODE, N_("Parents told"), "INFM" },
  { "parents-told-by", MASH_FIELD_TEXT, N_("Told by") },
  { "prompted-call", MASH_FIELD_BOOL, N_("Told by telephone as well") },
  { "ended-at", MASH_FIELD_TIME, N_("Ended"), .traits = MASH_FIELD_PAST },
  { "ended-how", MASH_FIELD_CODE, N_("How it ended"), "S46END" },
};
MASH_DEFINE_ENTITY (MashPoliceProtection, mash_police_protection, "police-protection",
                    N_("Police protection"), police_protection_fields, MASH_KIND_KEPT)
