/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-risk.h"

#include <glib/gi18n-lib.h>

static const MashField risk_analysis_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "agreed-brag", MASH_FIELD_CODE, N_("Agreed urgency"), "BRAG" },
  { "agreed-level", MASH_FIELD_CODE, N_("Agreed level"), "LVL", MASH_NEED_DECIDE },
  { "harm", MASH_FIELD_RICH, N_("Harm, and how likely") },
  { "impact-on-each-child", MASH_FIELD_RICH, N_("Effect on each child") },
  { "protective", MASH_FIELD_RICH, N_("What protects") },
  { "unknowns", MASH_FIELD_RICH, N_("What is not known") },
  { "cumulative-history", MASH_FIELD_RICH, N_("History taken together") },
  { "no-agency-asked", MASH_FIELD_TEXT, N_("Why no agency was asked") },
  { "disagreement", MASH_FIELD_BOOL, N_("Agencies differ") },
  { "criteria-version", MASH_FIELD_TEXT, N_("Version of the threshold criteria"),
    .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashRiskAnalysis, mash_risk_analysis, "risk-analysis", N_("Risk analysis"),
                    risk_analysis_fields, MASH_KIND_PLAIN)

static const MashField brag_history_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "from", MASH_FIELD_CODE, N_("From"), "BRAG", .owner = MASH_OWNER_RULES },
  { "to", MASH_FIELD_CODE, N_("To"), "BRAG", .owner = MASH_OWNER_RULES },
  { "reason", MASH_FIELD_RICH, N_("Reason"), .owner = MASH_OWNER_RULES },
  { "by", MASH_FIELD_REFERENCE, N_("By"), "staff", .owner = MASH_OWNER_RULES },
  { "at", MASH_FIELD_TIME, N_("When"), .owner = MASH_OWNER_RULES },
  { "provisional", MASH_FIELD_BOOL, N_("Until a qualified worker confirms"),
    .owner = MASH_OWNER_RULES },
  { "confirmed-by", MASH_FIELD_REFERENCE, N_("Confirmed by"), "staff",
    .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashBragHistory, mash_brag_history, "brag-history", N_("Urgency changed"),
                    brag_history_fields, MASH_KIND_APPEND_ONLY)

static const MashField flag_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", .traits = MASH_FIELD_FIXED },
  { "person", MASH_FIELD_REFERENCE, N_("Person"), "person", .traits = MASH_FIELD_FIXED },
  { "household", MASH_FIELD_REFERENCE, N_("Household"), "household",
    .traits = MASH_FIELD_FIXED },
  { "address", MASH_FIELD_REFERENCE, N_("Address"), "address", .traits = MASH_FIELD_FIXED },
  { "type", MASH_FIELD_CODE, N_("Flag"), "FLAG", MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "reason", MASH_FIELD_RICH, N_("Reason"), NULL, MASH_NEED_SAVE },
  { "source", MASH_FIELD_TEXT, N_("Who says so") },
  { "from", MASH_FIELD_DATE, N_("From") },
  { "review-by", MASH_FIELD_DATE, N_("Review by"), NULL, MASH_NEED_SAVE },
  { "cleared-at", MASH_FIELD_TIME, N_("Cleared"), .owner = MASH_OWNER_RULES },
  { "clear-reason", MASH_FIELD_RICH, N_("Why it was cleared"), .owner = MASH_OWNER_RULES },
  { "show-on-search", MASH_FIELD_BOOL, N_("Shown in search") },
};
MASH_DEFINE_ENTITY (MashFlag, mash_flag, "flag", N_("Flag"), flag_fields, MASH_KIND_KEPT)

static const MashField note_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "person", MASH_FIELD_REFERENCE, N_("About"), "person", .traits = MASH_FIELD_FIXED },
  { "text", MASH_FIELD_RICH, N_("Note"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "significance", MASH_FIELD_CODE, N_("Significance"), "SIG" },
  { "at", MASH_FIELD_TIME, N_("When"), .traits = MASH_FIELD_FIXED | MASH_FIELD_PAST },
};
MASH_DEFINE_ENTITY (MashNote, mash_note, "note", N_("Note"), note_fields, MASH_KIND_APPEND_ONLY)

static const MashField clock_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    MASH_OWNER_RULES, MASH_FIELD_FIXED },
  { "type", MASH_FIELD_CODE, N_("Clock"), "TMR", MASH_NEED_SAVE, MASH_OWNER_RULES,
    MASH_FIELD_FIXED },
  { "subject", MASH_FIELD_TEXT, N_("What it runs on"), .owner = MASH_OWNER_RULES },
  { "started-at", MASH_FIELD_TIME, N_("Started"), NULL, MASH_NEED_SAVE, MASH_OWNER_RULES,
    MASH_FIELD_FIXED },
  { "due-at", MASH_FIELD_TIME, N_("Due"), .owner = MASH_OWNER_RULES },
  { "stopped-at", MASH_FIELD_TIME, N_("Stopped"), .owner = MASH_OWNER_RULES },
  { "stop-event", MASH_FIELD_TEXT, N_("Stopped by"), .owner = MASH_OWNER_RULES },
  { "breach-minutes", MASH_FIELD_INT, N_("Minutes late"), .owner = MASH_OWNER_RULES },
  { "breach-reason", MASH_FIELD_CODE, N_("Why it was late"), "BREACH" },
  { "breach-comment", MASH_FIELD_RICH, N_("Comment on why it was late") },
  { "calendar", MASH_FIELD_TEXT, N_("Calendar"), .owner = MASH_OWNER_RULES },
  { "rule-version", MASH_FIELD_TEXT, N_("Version of the rule"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashClock, mash_clock, "clock", N_("Clock"), clock_fields, MASH_KIND_KEPT)
