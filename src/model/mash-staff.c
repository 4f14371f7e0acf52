/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-staff.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const MashField agency_fields[] = {
  { "type", MASH_FIELD_CODE, N_("Kind of agency"), "AGY", MASH_NEED_SAVE },
  { "name", MASH_FIELD_TEXT, N_("Name"), NULL, MASH_NEED_SAVE },
  { "seated", MASH_FIELD_BOOL, N_("Sits in the hub") },
  { "posts-funded", MASH_FIELD_INT, N_("Posts funded") },
  { "posts-filled", MASH_FIELD_INT, N_("Posts filled") },
  { "agreement-ok-until", MASH_FIELD_DATE, N_("Sharing agreement until") },
  { "default-sla-minutes", MASH_FIELD_INT, N_("Time to answer, minutes") },
  { "hours", MASH_FIELD_TEXT, N_("Hours") },
  { "escalation-contacts", MASH_FIELD_RICH, N_("Whom to call when it is late") },
};
MASH_DEFINE_ENTITY (MashAgency, mash_agency, "agency", N_("Agency"), agency_fields,
                    MASH_KIND_KEPT)

static const MashField staff_fields[] = {
  { "name", MASH_FIELD_TEXT, N_("Name"), NULL, MASH_NEED_SAVE },
  { "sign-in", MASH_FIELD_TEXT, N_("Name to sign in with"), NULL, MASH_NEED_SAVE },
  { "agency", MASH_FIELD_REFERENCE, N_("Home agency"), "agency", MASH_NEED_SAVE },
  { "public-key", MASH_FIELD_TEXT, N_("Signing key"), .owner = MASH_OWNER_RULES,
    .traits = MASH_FIELD_FIXED },
  { "qualified", MASH_FIELD_BOOL, N_("Qualified social worker") },
  { "registration-number", MASH_FIELD_TEXT, N_("Registration number") },
  { "registration-expires", MASH_FIELD_DATE, N_("Registration until") },
  { "supervisor", MASH_FIELD_REFERENCE, N_("Qualified supervisor"), "staff" },
  { "vetting-scheme", MASH_FIELD_CODE, N_("Vetting"), "VET" },
  { "vetting-applied-on", MASH_FIELD_DATE, N_("Vetting applied for") },
  { "vetting-cleared-on", MASH_FIELD_DATE, N_("Vetting cleared") },
  { "vetting-expires-on", MASH_FIELD_DATE, N_("Vetting until") },
  { "suspended", MASH_FIELD_BOOL, N_("Suspended") },
  { "cases-from", MASH_FIELD_DATE, N_("Older cases closed since") },
  { "site", MASH_FIELD_TEXT, N_("Site") },
};
MASH_DEFINE_ENTITY (MashStaff, mash_staff, "staff", N_("Member of staff"), staff_fields,
                    MASH_KIND_KEPT)

static const MashField post_fields[] = {
  { "staff", MASH_FIELD_REFERENCE, N_("Held by"), "staff", MASH_NEED_SAVE },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency"), "agency", MASH_NEED_SAVE },
  { "role", MASH_FIELD_CODE, N_("Role"), "ROLE", MASH_NEED_SAVE },
  { "title", MASH_FIELD_TEXT, N_("Title"), NULL, MASH_NEED_SAVE },
  { "duty", MASH_FIELD_CODE, N_("Duty"), "DUTY" },
  { "on-duty", MASH_FIELD_BOOL, N_("On duty") },
  { "from", MASH_FIELD_DATE, N_("From") },
  { "to", MASH_FIELD_DATE, N_("To") },
  { "team", MASH_FIELD_TEXT, N_("Team") },
};
MASH_DEFINE_ENTITY (MashPost, mash_post, "post", N_("Post"), post_fields, MASH_KIND_PLAIN)

/**
 * mash_post_is_held:
 * @post: a post
 * @day: a day in full, of England
 *
 * A post is held from its first day to its last, both counted; one without them always. The hub
 * goes by the same rule (is_held in facts.sql). Any thread.
 *
 * Returns: %TRUE when somebody has the post on that day
 */
gboolean
mash_post_is_held (MashRecord *post,
                   const char *day)
{
  const char *from = mash_record_get_text (post, "from");
  const char *to = mash_record_get_text (post, "to");

  return (from == NULL || strcmp (from, day) <= 0) && (to == NULL || strcmp (to, day) >= 0);
}

static const MashField policy_version_fields[] = {
  { "version", MASH_FIELD_TEXT, N_("Version"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "criteria-version", MASH_FIELD_TEXT, N_("Version of the threshold criteria"), NULL,
    MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "sha256", MASH_FIELD_TEXT, N_("Fingerprint"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
};
MASH_DEFINE_ENTITY (MashPolicyVersion, mash_policy_version, "policy-version",
                    N_("Policy put in force"), policy_version_fields, MASH_KIND_SIGNED)
