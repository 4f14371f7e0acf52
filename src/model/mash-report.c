/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-report.h"

#include <glib/gi18n-lib.h>

/* Assessments are undertaken outside the hub, and each team counts its own (WAL-11). */
static const MashField assessment_count_fields[] = {
  { "week", MASH_FIELD_DATE, N_("Week beginning"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_PAST },
  { "team", MASH_FIELD_TEXT, N_("Team"), NULL, MASH_NEED_SAVE },
  { "measure", MASH_FIELD_CODE, N_("What was counted"), "MEASURE", MASH_NEED_SAVE },
  { "count", MASH_FIELD_INT, N_("How many"), NULL, MASH_NEED_SAVE },
  { "source", MASH_FIELD_TEXT, N_("Where the figure comes from"), NULL, MASH_NEED_SAVE },
};
MASH_DEFINE_ENTITY (MashAssessmentCount, mash_assessment_count, "assessment-count",
                    N_("Count of a team"), assessment_count_fields, MASH_KIND_PLAIN)

/* A copy on paper or in a file is out of the hub’s hands; this says who has it, and why. It is
 * written before the copy is made, so that none exists which is not on record. */
static const MashField copy_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "what", MASH_FIELD_TEXT, N_("What was copied"), NULL, MASH_NEED_SAVE },
  { "form", MASH_FIELD_CODE, N_("Form of the copy"), "COPY", MASH_NEED_SAVE },
  { "recipient", MASH_FIELD_TEXT, N_("For whom"), NULL, MASH_NEED_SAVE },
  { "purpose", MASH_FIELD_TEXT, N_("What for"), NULL, MASH_NEED_SAVE },
  { "version", MASH_FIELD_INT, N_("Version") },
  { "entries", MASH_FIELD_INT, N_("Entries in it") },
  { "left-out", MASH_FIELD_INT, N_("Entries left out") },
};
MASH_DEFINE_ENTITY (MashCopy, mash_copy, "copy", N_("Copy of case material"), copy_fields,
                    MASH_KIND_SIGNED)
