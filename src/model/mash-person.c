/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-person.h"

#include <glib/gi18n-lib.h>

static const MashField person_fields[] = {
  { "kind", MASH_FIELD_CODE, N_("Kind of person"), "PKIND", MASH_NEED_SAVE },
  { "status", MASH_FIELD_CODE, N_("Status"), "PSTAT" },
  { "legal-surname", MASH_FIELD_TEXT, N_("Surname"), NULL, MASH_NEED_SUBMIT,
    .traits = MASH_FIELD_SEARCHED },
  { "legal-forenames", MASH_FIELD_TEXT, N_("Forenames"), NULL, MASH_NEED_SUBMIT,
    .traits = MASH_FIELD_SEARCHED },
  { "known-as", MASH_FIELD_TEXT, N_("Known as"), .traits = MASH_FIELD_SEARCHED },
  { "name-unknown", MASH_FIELD_BOOL, N_("Name not known") },
  { "description", MASH_FIELD_TEXT, N_("Description, where the name is not known") },
  { "sex", MASH_FIELD_CODE, N_("Sex"), "SEX", MASH_NEED_SUBMIT },
  { "gender-text", MASH_FIELD_TEXT, N_("Gender, in their words") },
  { "birth", MASH_FIELD_PARTIAL_DATE, N_("Born"), NULL, MASH_NEED_SUBMIT,
    .traits = MASH_FIELD_SEARCHED | MASH_FIELD_PAST },
  { "birth-estimated", MASH_FIELD_BOOL, N_("Date of birth estimated") },
  { "age-words", MASH_FIELD_TEXT, N_("Age as given") },
  { "born-at", MASH_FIELD_TIME, N_("Time of birth"), .traits = MASH_FIELD_PAST },
  { "expected-birth", MASH_FIELD_DATE, N_("Due") },
  { "was-due", MASH_FIELD_DATE, N_("Was due, before the birth") },
  { "death", MASH_FIELD_DATE, N_("Died"), .traits = MASH_FIELD_PAST },
  { "ethnicity", MASH_FIELD_CODE, N_("Ethnicity"), "ETH", MASH_NEED_SUBMIT },
  { "first-language", MASH_FIELD_TEXT, N_("First language"), NULL, MASH_NEED_SUBMIT },
  { "interpreter", MASH_FIELD_CODE, N_("Interpreter needed"), "YNU" },
  { "communication-need", MASH_FIELD_TEXT, N_("Communication need") },
  { "religion", MASH_FIELD_TEXT, N_("Religion") },
  { "nationality", MASH_FIELD_TEXT, N_("Nationality") },
  { "immigration-note", MASH_FIELD_TEXT, N_("Immigration note") },
  { "disabilities", MASH_FIELD_CODES, N_("Disabilities"), "DIS" },
  { "nhs-number", MASH_FIELD_TEXT, N_("NHS number"), .traits = MASH_FIELD_SEARCHED },
  { "upn", MASH_FIELD_TEXT, N_("Unique pupil number"), .traits = MASH_FIELD_SEARCHED },
  { "former-upn", MASH_FIELD_TEXT, N_("Former unique pupil number") },
  { "upn-unknown", MASH_FIELD_CODE, N_("Why there is no unique pupil number"), "UPNU" },
  { "la-child-id", MASH_FIELD_TEXT, N_("Authority’s child id"), .traits = MASH_FIELD_SEARCHED },
  { "consistent-id", MASH_FIELD_TEXT, N_("Consistent identifier") },
  { "gp", MASH_FIELD_TEXT, N_("GP") },
  { "school", MASH_FIELD_TEXT, N_("School or nursery") },
  { "occupation", MASH_FIELD_TEXT, N_("Occupation") },
  { "employer-sensitive", MASH_FIELD_BOOL, N_("Works for an agency of the hub") },
};
MASH_DEFINE_ENTITY (MashPerson, mash_person, "person", N_("Person"), person_fields,
                    MASH_KIND_KEPT)

static const MashField person_name_fields[] = {
  { "person", MASH_FIELD_REFERENCE, N_("Person"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "use", MASH_FIELD_CODE, N_("Use"), "NUSE", MASH_NEED_SAVE },
  { "surname", MASH_FIELD_TEXT, N_("Surname"), .traits = MASH_FIELD_SEARCHED },
  { "forenames", MASH_FIELD_TEXT, N_("Forenames"), .traits = MASH_FIELD_SEARCHED },
  { "from", MASH_FIELD_PARTIAL_DATE, N_("From") },
  { "to", MASH_FIELD_PARTIAL_DATE, N_("To") },
};
MASH_DEFINE_ENTITY (MashPersonName, mash_person_name, "person-name", N_("Other name"),
                    person_name_fields, MASH_KIND_PLAIN)

/* The number of a person, or of a contact, in another system: it names the one or the other. */
static const MashField identifier_fields[] = {
  { "person", MASH_FIELD_REFERENCE, N_("Person"), "person", .traits = MASH_FIELD_FIXED },
  { "of-contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", .traits = MASH_FIELD_FIXED },
  { "type", MASH_FIELD_CODE, N_("Kind of identifier"), "IDT", MASH_NEED_SAVE },
  { "value", MASH_FIELD_TEXT, N_("Identifier"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_SEARCHED },
  { "issuer", MASH_FIELD_TEXT, N_("Issued by") },
  { "valid-from", MASH_FIELD_DATE, N_("Valid from") },
  { "valid-to", MASH_FIELD_DATE, N_("Valid to") },
  { "verified", MASH_FIELD_BOOL, N_("Checked") },
};
MASH_DEFINE_ENTITY (MashIdentifier, mash_identifier, "identifier", N_("Identifier"),
                    identifier_fields, MASH_KIND_PLAIN)

static const MashField contact_point_fields[] = {
  { "person", MASH_FIELD_REFERENCE, N_("Person"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "type", MASH_FIELD_CODE, N_("Telephone or e-mail"), "CPTYPE", MASH_NEED_SAVE },
  { "value", MASH_FIELD_TEXT, N_("Number or address"), NULL, MASH_NEED_SAVE },
  { "safe-to-use", MASH_FIELD_CODE, N_("Safe to use"), "YNU" },
  { "safe-times", MASH_FIELD_TEXT, N_("Safe times") },
  { "whose", MASH_FIELD_TEXT, N_("Whose it is") },
};
MASH_DEFINE_ENTITY (MashContactPoint, mash_contact_point, "contact-point",
                    N_("Telephone or e-mail"), contact_point_fields, MASH_KIND_PLAIN)

static const MashField address_fields[] = {
  { "line1", MASH_FIELD_TEXT, N_("Address"), .traits = MASH_FIELD_COVERED },
  { "line2", MASH_FIELD_TEXT, N_("Address, second line"), .traits = MASH_FIELD_COVERED },
  { "line3", MASH_FIELD_TEXT, N_("Address, third line"), .traits = MASH_FIELD_COVERED },
  { "line4", MASH_FIELD_TEXT, N_("Address, fourth line"), .traits = MASH_FIELD_COVERED },
  { "town", MASH_FIELD_TEXT, N_("Town"), .traits = MASH_FIELD_COVERED },
  { "postcode", MASH_FIELD_TEXT, N_("Postcode"), .traits = MASH_FIELD_COVERED },
  { "uprn", MASH_FIELD_TEXT, N_("Property number"), .traits = MASH_FIELD_COVERED },
  { "ward", MASH_FIELD_TEXT, N_("Ward") },
  { "locality", MASH_FIELD_TEXT, N_("Locality") },
  { "la-code", MASH_FIELD_TEXT, N_("Authority") },
  { "confidential", MASH_FIELD_BOOL, N_("Confidential address") },
  { "type", MASH_FIELD_CODE, N_("Kind of address"), "ADDR" },
};
MASH_DEFINE_ENTITY (MashAddress, mash_address, "address", N_("Address"), address_fields,
                    MASH_KIND_PLAIN)

static const MashField household_fields[] = {
  { "address", MASH_FIELD_REFERENCE, N_("Address"), "address" },
  { "label", MASH_FIELD_TEXT, N_("Name of the household") },
};
MASH_DEFINE_ENTITY (MashHousehold, mash_household, "household", N_("Household"), household_fields,
                    MASH_KIND_PLAIN)

static const MashField household_member_fields[] = {
  { "household", MASH_FIELD_REFERENCE, N_("Household"), "household", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "person", MASH_FIELD_REFERENCE, N_("Person"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "role", MASH_FIELD_CODE, N_("Role"), "HROLE" },
  { "from", MASH_FIELD_PARTIAL_DATE, N_("From") },
  { "to", MASH_FIELD_PARTIAL_DATE, N_("To") },
  { "certainty", MASH_FIELD_CODE, N_("How certain"), "CERT" },
};
MASH_DEFINE_ENTITY (MashHouseholdMember, mash_household_member, "household-member",
                    N_("Member of the household"), household_member_fields, MASH_KIND_PLAIN)

static const MashField relationship_fields[] = {
  { "from-person", MASH_FIELD_REFERENCE, N_("Person"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "to-person", MASH_FIELD_REFERENCE, N_("To whom"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "type", MASH_FIELD_CODE, N_("Relationship"), "REL", MASH_NEED_DECIDE },
  { "parental-responsibility", MASH_FIELD_CODE, N_("Parental responsibility"), "YNU",
    MASH_NEED_DECIDE },
  { "lives-with", MASH_FIELD_CODE, N_("Lives with"), "YNU" },
  { "status", MASH_FIELD_CODE, N_("Status"), "RSTAT" },
  { "source", MASH_FIELD_TEXT, N_("Who says so") },
  { "from", MASH_FIELD_PARTIAL_DATE, N_("From") },
  { "to", MASH_FIELD_PARTIAL_DATE, N_("To") },
};
MASH_DEFINE_ENTITY (MashRelationship, mash_relationship, "relationship", N_("Relationship"),
                    relationship_fields, MASH_KIND_PLAIN)

static const MashField person_location_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", .traits = MASH_FIELD_FIXED },
  { "person", MASH_FIELD_REFERENCE, N_("Person"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "where", MASH_FIELD_TEXT, N_("Where they are now"), NULL, MASH_NEED_SUBMIT,
    .traits = MASH_FIELD_COVERED },
  { "at", MASH_FIELD_TIME, N_("Known at"), .traits = MASH_FIELD_PAST },
  { "source", MASH_FIELD_TEXT, N_("Who says so") },
};
MASH_DEFINE_ENTITY (MashPersonLocation, mash_person_location, "person-location",
                    N_("Where a person is now"), person_location_fields, MASH_KIND_PLAIN)
