/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-kinds.h"

/* What is referred to stands before what refers to it. */
static const MashKind *const kinds[] = {
  &mash_agency_kind,
  &mash_staff_kind,
  &mash_post_kind,
  &mash_policy_version_kind,
  &mash_person_kind,
  &mash_person_name_kind,
  &mash_contact_point_kind,
  &mash_address_kind,
  &mash_household_kind,
  &mash_household_member_kind,
  &mash_relationship_kind,
  &mash_identity_link_kind,
  &mash_episode_kind,
  &mash_import_file_kind,
  &mash_import_row_kind,
  &mash_contact_kind,
  &mash_contact_subject_kind,
  &mash_identifier_kind,
  &mash_person_location_kind,
  &mash_referrer_kind,
  &mash_concern_kind,
  &mash_source_document_kind,
  &mash_chase_item_kind,
  &mash_call_back_kind,
  &mash_agreement_kind,
  &mash_lawful_basis_kind,
  &mash_informing_kind,
  &mash_override_kind,
  &mash_risk_analysis_kind,
  &mash_brag_history_kind,
  &mash_flag_kind,
  &mash_note_kind,
  &mash_mention_kind,
  &mash_task_kind,
  &mash_clock_kind,
  &mash_recommendation_kind,
  &mash_decision_kind,
  &mash_disposal_kind,
  &mash_sign_off_kind,
  &mash_threshold_review_kind,
  &mash_assessment_count_kind,
  &mash_copy_kind,
  &mash_timeline_entry_kind,
  &mash_outcome_group_kind,
  &mash_early_help_kind,
  &mash_adult_concern_kind,
  &mash_outside_discussion_kind,
  &mash_case_link_kind,
  &mash_reopening_kind,
  &mash_rota_slot_kind,
  &mash_police_protection_kind,
  &mash_strategy_discussion_kind,
  &mash_sd_participant_kind,
  &mash_sd_note_kind,
  &mash_sd_paragraph_kind,
  &mash_sd_version_kind,
  &mash_sd_child_kind,
  &mash_sd_plan_kind,
  &mash_sd_view_kind,
  &mash_sd_action_kind,
  &mash_sd_request_kind,
  &mash_sd_escalation_kind,
  &mash_sd_enquiry_kind,
  &mash_sd_release_kind,
  &mash_sd_circulation_kind,
  &mash_settlement_kind,
  &mash_seal_kind,
};

/**
 * mash_kinds_get:
 * @n_kinds: (out): how many there are
 *
 * Any thread. Use mash_kind_list().
 *
 * Returns: (transfer none): every kind
 */
const MashKind *const *
mash_kinds_get (guint *n_kinds)
{
  g_return_val_if_fail (n_kinds != NULL, NULL);

  *n_kinds = G_N_ELEMENTS (kinds);

  return kinds;
}
