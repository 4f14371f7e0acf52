/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-agreement.h"

#include <glib/gi18n-lib.h>

static const MashField agreement_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "given-by", MASH_FIELD_REFERENCE, N_("By whom"), "person" },
  { "capacity", MASH_FIELD_CODE, N_("Capacity"), "CAPA" },
  { "covers-persons", MASH_FIELD_REFERENCES, N_("Covering whom"), "person" },
  { "purpose", MASH_FIELD_CODE, N_("For what"), "PURP", MASH_NEED_SUBMIT },
  { "status", MASH_FIELD_CODE, N_("Agreement"), "AGR", MASH_NEED_SUBMIT },
  { "reason", MASH_FIELD_RICH, N_("Reason, where it was not asked or not given") },
  { "how", MASH_FIELD_TEXT, N_("How") },
  { "at", MASH_FIELD_TIME, N_("When"), .traits = MASH_FIELD_PAST },
  { "taken-by", MASH_FIELD_TEXT, N_("Taken by") },
  { "conditions", MASH_FIELD_RICH, N_("Conditions") },
  { "withdrawn-at", MASH_FIELD_TIME, N_("Withdrawn"), .traits = MASH_FIELD_PAST },
};
MASH_DEFINE_ENTITY (MashAgreement, mash_agreement, "agreement", N_("Agreement"), agreement_fields,
                    MASH_KIND_PLAIN)

static const MashField lawful_basis_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "purpose", MASH_FIELD_CODE, N_("For what"), "PURP", MASH_NEED_SAVE },
  { "art6", MASH_FIELD_CODE, N_("Article 6 basis"), "A6", MASH_NEED_DECIDE },
  { "art9", MASH_FIELD_CODE, N_("Article 9 condition"), "A9" },
  { "dpa-condition", MASH_FIELD_CODE, N_("Data Protection Act condition"), "DPA" },
  { "crime-data-condition", MASH_FIELD_TEXT, N_("Condition for crime data") },
  { "statutory-gateway", MASH_FIELD_CODE, N_("Statutory gateway"), "GATE", MASH_NEED_DECIDE },
  { "necessity", MASH_FIELD_RICH, N_("Why it is necessary"), NULL, MASH_NEED_DECIDE },
  { "proportionality", MASH_FIELD_RICH, N_("Why it is proportionate"), NULL, MASH_NEED_DECIDE },
  { "set-by", MASH_FIELD_REFERENCE, N_("Set by"), "staff" },
  { "from", MASH_FIELD_TIME, N_("From") },
  { "to", MASH_FIELD_TIME, N_("To") },
  { "reviewed-at", MASH_FIELD_TIME, N_("Reviewed") },
};
MASH_DEFINE_ENTITY (MashLawfulBasis, mash_lawful_basis, "lawful-basis", N_("Lawful basis"),
                    lawful_basis_fields, MASH_KIND_PLAIN)

static const MashField informing_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "person", MASH_FIELD_REFERENCE, N_("Who"), "person" },
  { "told", MASH_FIELD_CODE, N_("Told of the referral"), "INFM", MASH_NEED_SUBMIT },
  { "by", MASH_FIELD_TEXT, N_("By whom") },
  { "at", MASH_FIELD_TIME, N_("When"), .traits = MASH_FIELD_PAST },
  { "how", MASH_FIELD_TEXT, N_("How") },
  { "reason-not", MASH_FIELD_RICH, N_("Why not") },
  { "revisit-at", MASH_FIELD_TIME, N_("To be reconsidered") },
  { "privacy-notice-given", MASH_FIELD_BOOL, N_("Has had the privacy notice") },
};
MASH_DEFINE_ENTITY (MashInforming, mash_informing, "informing", N_("Family told"),
                    informing_fields, MASH_KIND_PLAIN)

static const MashField override_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "which-agreement", MASH_FIELD_REFERENCE, N_("Agreement overridden"), "agreement" },
  { "ground", MASH_FIELD_CODE, N_("Ground"), "OVR", MASH_NEED_SAVE },
  { "reason", MASH_FIELD_RICH, N_("Reason"), NULL, MASH_NEED_SAVE },
  { "requested-by", MASH_FIELD_REFERENCE, N_("Asked for by"), "staff" },
  { "authorised-by", MASH_FIELD_REFERENCE, N_("Authorised by"), "staff", MASH_NEED_SAVE,
    MASH_OWNER_RULES },
  { "at", MASH_FIELD_TIME, N_("Authorised"), .owner = MASH_OWNER_RULES },
  { "expires-at", MASH_FIELD_TIME, N_("Lapses"), .owner = MASH_OWNER_RULES },
  { "family-to-be-told", MASH_FIELD_CODE, N_("Family to be told"), "YN" },
  { "tell-by", MASH_FIELD_DATE, N_("To be told by") },
};
MASH_DEFINE_ENTITY (MashOverride, mash_override, "override", N_("Override of agreement"),
                    override_fields, MASH_KIND_SIGNED)
