-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The first tables of a desk or of a stand-alone hub. A released step is never altered.
--
-- Everything below "Projections" follows from the changes and can be made from them again;
-- `verify` does so and compares. Instants in records are UTC text, as in the changes; in trays,
-- where they are only compared and counted down, they are microseconds since 1970.

-- What there is one of. The heads are those of the two chains; the root is the administrator who
-- signed the first change, before whom there is nobody to vouch for a key.
CREATE TABLE meta (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  desk TEXT NOT NULL,
  epoch TEXT NOT NULL,
  training INTEGER NOT NULL CHECK (training IN (0, 1)),
  policy TEXT NOT NULL DEFAULT '',
  clock_offset INTEGER NOT NULL DEFAULT 0,
  root_person TEXT NOT NULL,
  root_key TEXT NOT NULL,
  head_position INTEGER NOT NULL DEFAULT 0,
  head_chain BLOB NOT NULL,
  head_at TEXT NOT NULL DEFAULT '',
  view_position INTEGER NOT NULL DEFAULT 0,
  view_chain BLOB NOT NULL,
  view_at TEXT NOT NULL DEFAULT '',
  CHECK (training = 1 OR clock_offset = 0)
) STRICT;

-- Every change, in the hub's order. `contact` is derived: the contact that the record belongs to,
-- or that its group is about.
CREATE TABLE change (
  position INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'pending')),
  id TEXT NOT NULL UNIQUE,
  group_id TEXT NOT NULL,
  idx INTEGER NOT NULL,
  size INTEGER NOT NULL,
  desk TEXT NOT NULL,
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  base INTEGER NOT NULL,
  compartment TEXT NOT NULL,
  format INTEGER NOT NULL,
  said_at TEXT NOT NULL,
  took_at TEXT NOT NULL,
  salt BLOB NOT NULL,
  body TEXT NOT NULL,
  signature BLOB NOT NULL,
  digest BLOB NOT NULL,
  chain BLOB NOT NULL,
  contact TEXT
) STRICT;

CREATE INDEX change_record ON change (record, position);
CREATE INDEX change_contact ON change (contact, position) WHERE contact IS NOT NULL;
CREATE UNIQUE INDEX change_group ON change (group_id, idx);

-- Who looked at what: a chain of its own, of this seat. The statement has the form of a change's.
CREATE TABLE access (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  desk TEXT NOT NULL,
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('view', 'search')),
  record TEXT NOT NULL,
  compartment TEXT NOT NULL,
  format INTEGER NOT NULL,
  said_at TEXT NOT NULL,
  salt BLOB NOT NULL,
  body TEXT NOT NULL,
  signature BLOB NOT NULL,
  digest BLOB NOT NULL,
  chain BLOB NOT NULL
) STRICT;

CREATE INDEX access_record ON access (record, position);

-- What somebody has typed and not saved. Never sent, never signed.
CREATE TABLE draft (
  person TEXT NOT NULL,
  context TEXT NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (person, context)
) STRICT, WITHOUT ROWID;

-- Documents by the SHA-256 of their content, in parts of 256 KiB.
CREATE TABLE document (
  sha256 TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE document_part (
  n INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES document (sha256),
  part INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (sha256, part)
) STRICT;

-- Projections: one table a kind of record. A column is a field of the kind, with `_` for `-`; a set
-- is kept with spaces between its members.

CREATE TABLE "agency" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "type" TEXT,
  "name" TEXT,
  "seated" INTEGER,
  "posts_funded" INTEGER,
  "posts_filled" INTEGER,
  "agreement_ok_until" TEXT,
  "default_sla_minutes" INTEGER,
  "hours" TEXT,
  "escalation_contacts" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;

CREATE TABLE "staff" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "name" TEXT,
  "sign_in" TEXT,
  "agency" TEXT,
  "public_key" TEXT,
  "qualified" INTEGER,
  "registration_number" TEXT,
  "registration_expires" TEXT,
  "supervisor" TEXT,
  "vetting_scheme" TEXT,
  "vetting_applied_on" TEXT,
  "vetting_cleared_on" TEXT,
  "vetting_expires_on" TEXT,
  "suspended" INTEGER,
  "site" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "staff_sign_in" ON "staff" ("sign_in") WHERE "sign_in" IS NOT NULL;
CREATE INDEX "staff_agency" ON "staff" ("agency") WHERE "agency" IS NOT NULL;
CREATE INDEX "staff_supervisor" ON "staff" ("supervisor") WHERE "supervisor" IS NOT NULL;

CREATE TABLE "post" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "staff" TEXT,
  "agency" TEXT,
  "role" TEXT,
  "title" TEXT,
  "duty" TEXT,
  "on_duty" INTEGER,
  "from" TEXT,
  "to" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "post_staff" ON "post" ("staff") WHERE "staff" IS NOT NULL;
CREATE INDEX "post_agency" ON "post" ("agency") WHERE "agency" IS NOT NULL;

CREATE TABLE "policy_version" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "version" TEXT,
  "criteria_version" TEXT,
  "sha256" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;

CREATE TABLE "person" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "kind" TEXT,
  "status" TEXT,
  "legal_surname" TEXT,
  "legal_forenames" TEXT,
  "known_as" TEXT,
  "name_unknown" INTEGER,
  "description" TEXT,
  "sex" TEXT,
  "gender_text" TEXT,
  "birth" TEXT,
  "birth_estimated" INTEGER,
  "age_words" TEXT,
  "expected_birth" TEXT,
  "death" TEXT,
  "ethnicity" TEXT,
  "first_language" TEXT,
  "interpreter" TEXT,
  "communication_need" TEXT,
  "religion" TEXT,
  "nationality" TEXT,
  "immigration_note" TEXT,
  "disabilities" TEXT,
  "nhs_number" TEXT,
  "upn" TEXT,
  "former_upn" TEXT,
  "upn_unknown" TEXT,
  "la_child_id" TEXT,
  "consistent_id" TEXT,
  "gp" TEXT,
  "school" TEXT,
  "occupation" TEXT,
  "employer_sensitive" INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;

CREATE TABLE "person_name" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "person" TEXT,
  "use" TEXT,
  "surname" TEXT,
  "forenames" TEXT,
  "from" TEXT,
  "to" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "person_name_person" ON "person_name" ("person") WHERE "person" IS NOT NULL;

CREATE TABLE "identifier" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "person" TEXT,
  "type" TEXT,
  "value" TEXT,
  "issuer" TEXT,
  "valid_from" TEXT,
  "valid_to" TEXT,
  "verified" INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "identifier_person" ON "identifier" ("person") WHERE "person" IS NOT NULL;

CREATE TABLE "contact_point" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "person" TEXT,
  "type" TEXT,
  "value" TEXT,
  "safe_to_use" TEXT,
  "safe_times" TEXT,
  "whose" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "contact_point_person" ON "contact_point" ("person") WHERE "person" IS NOT NULL;

CREATE TABLE "address" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "line1" TEXT,
  "line2" TEXT,
  "line3" TEXT,
  "line4" TEXT,
  "town" TEXT,
  "postcode" TEXT,
  "uprn" TEXT,
  "ward" TEXT,
  "locality" TEXT,
  "la_code" TEXT,
  "confidential" INTEGER,
  "type" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;

CREATE TABLE "household" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "address" TEXT,
  "label" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "household_address" ON "household" ("address") WHERE "address" IS NOT NULL;

CREATE TABLE "household_member" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "household" TEXT,
  "person" TEXT,
  "role" TEXT,
  "from" TEXT,
  "to" TEXT,
  "certainty" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "household_member_household" ON "household_member" ("household") WHERE "household" IS NOT NULL;
CREATE INDEX "household_member_person" ON "household_member" ("person") WHERE "person" IS NOT NULL;

CREATE TABLE "relationship" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "from_person" TEXT,
  "to_person" TEXT,
  "type" TEXT,
  "parental_responsibility" TEXT,
  "lives_with" TEXT,
  "status" TEXT,
  "source" TEXT,
  "from" TEXT,
  "to" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "relationship_from_person" ON "relationship" ("from_person") WHERE "from_person" IS NOT NULL;
CREATE INDEX "relationship_to_person" ON "relationship" ("to_person") WHERE "to_person" IS NOT NULL;

CREATE TABLE "contact" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "reference" TEXT,
  "kind" TEXT,
  "channel" TEXT,
  "received_at" TEXT,
  "keyed_at" TEXT,
  "received_out_of_hours" INTEGER,
  "source" TEXT,
  "source_other" TEXT,
  "subject_summary" TEXT,
  "presenting_concern" TEXT,
  "immediate_danger" TEXT,
  "harm_suspected" INTEGER,
  "brag" TEXT,
  "level" TEXT,
  "level_at_receipt" TEXT,
  "criteria_version" TEXT,
  "completeness" INTEGER,
  "completeness_at_receipt" INTEGER,
  "missing_items" TEXT,
  "whole_family_listed" INTEGER,
  "parents_view" TEXT,
  "child_view" TEXT,
  "confidential_from_family" TEXT,
  "previous_support" TEXT,
  "services_involved" TEXT,
  "protective_factors" TEXT,
  "staff_risk" TEXT,
  "consultation_question" TEXT,
  "consultation_advice" TEXT,
  "adviser" TEXT,
  "state" TEXT,
  "strand_p" TEXT,
  "strand_a" TEXT,
  "strand_e" TEXT,
  "assigned_to" TEXT,
  "history_searched" TEXT,
  "duplicate_of" TEXT,
  "previous_contact" TEXT,
  "rereferral" TEXT,
  "form_version" TEXT,
  "external_ref" TEXT,
  "ward" TEXT,
  "locality" TEXT,
  "attached_names" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "contact_reference" ON "contact" ("reference") WHERE "reference" IS NOT NULL;
CREATE INDEX "contact_adviser" ON "contact" ("adviser") WHERE "adviser" IS NOT NULL;
CREATE INDEX "contact_assigned_to" ON "contact" ("assigned_to") WHERE "assigned_to" IS NOT NULL;
CREATE INDEX "contact_duplicate_of" ON "contact" ("duplicate_of") WHERE "duplicate_of" IS NOT NULL;
CREATE INDEX "contact_previous_contact" ON "contact" ("previous_contact") WHERE "previous_contact" IS NOT NULL;
CREATE INDEX "contact_external_ref" ON "contact" ("external_ref") WHERE "external_ref" IS NOT NULL;

CREATE TABLE "contact_subject" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "person" TEXT,
  "role" TEXT,
  "added_at" TEXT,
  "added_late" INTEGER,
  "primary" INTEGER,
  "pathway" TEXT,
  "concern_for_this_person" TEXT,
  "considered" INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "contact_subject_contact" ON "contact_subject" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "contact_subject_person" ON "contact_subject" ("person") WHERE "person" IS NOT NULL;

CREATE TABLE "person_location" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "person" TEXT,
  "where" TEXT,
  "at" TEXT,
  "source" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "person_location_contact" ON "person_location" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "person_location_person" ON "person_location" ("person") WHERE "person" IS NOT NULL;

CREATE TABLE "referrer" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "type" TEXT,
  "name" TEXT,
  "role" TEXT,
  "agency" TEXT,
  "agency_name" TEXT,
  "phone" TEXT,
  "secure_email" TEXT,
  "relationship_to_child" TEXT,
  "identity_protected" INTEGER,
  "protect_reason" TEXT,
  "feedback_wanted" INTEGER,
  "available_until" TEXT,
  "spoken_to_hub" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "referrer_contact" ON "referrer" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "referrer_agency" ON "referrer" ("agency") WHERE "agency" IS NOT NULL;

CREATE TABLE "concern" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "person" TEXT,
  "factor" TEXT,
  "category" TEXT,
  "what_happened" TEXT,
  "when" TEXT,
  "when_words" TEXT,
  "where" TEXT,
  "alleged_source" TEXT,
  "evidence" TEXT,
  "child_words" TEXT,
  "child_words_to" TEXT,
  "protective_factors" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "concern_contact" ON "concern" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "concern_person" ON "concern" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "concern_alleged_source" ON "concern" ("alleged_source") WHERE "alleged_source" IS NOT NULL;

CREATE TABLE "source_document" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "title" TEXT,
  "mime" TEXT,
  "sha256" TEXT,
  "size" INTEGER,
  "received_at" TEXT,
  "origin" TEXT,
  "text" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "source_document_contact" ON "source_document" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "source_document_sha256" ON "source_document" ("sha256") WHERE "sha256" IS NOT NULL;

CREATE TABLE "chase_item" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "item" TEXT,
  "what" TEXT,
  "asked_of" TEXT,
  "due" TEXT,
  "state" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "chase_item_contact" ON "chase_item" ("contact") WHERE "contact" IS NOT NULL;

CREATE TABLE "call_back" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "attempt_no" INTEGER,
  "at" TEXT,
  "who_called" TEXT,
  "result" TEXT,
  "minutes" INTEGER,
  "notes" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "call_back_contact" ON "call_back" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "call_back_who_called" ON "call_back" ("who_called") WHERE "who_called" IS NOT NULL;

CREATE TABLE "agreement" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "given_by" TEXT,
  "capacity" TEXT,
  "covers_persons" TEXT,
  "purpose" TEXT,
  "status" TEXT,
  "reason" TEXT,
  "how" TEXT,
  "at" TEXT,
  "taken_by" TEXT,
  "conditions" TEXT,
  "withdrawn_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "agreement_contact" ON "agreement" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "agreement_given_by" ON "agreement" ("given_by") WHERE "given_by" IS NOT NULL;

CREATE TABLE "lawful_basis" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "purpose" TEXT,
  "art6" TEXT,
  "art9" TEXT,
  "dpa_condition" TEXT,
  "crime_data_condition" TEXT,
  "statutory_gateway" TEXT,
  "necessity" TEXT,
  "proportionality" TEXT,
  "set_by" TEXT,
  "from" TEXT,
  "to" TEXT,
  "reviewed_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "lawful_basis_contact" ON "lawful_basis" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "lawful_basis_set_by" ON "lawful_basis" ("set_by") WHERE "set_by" IS NOT NULL;

CREATE TABLE "informing" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "person" TEXT,
  "told" TEXT,
  "by" TEXT,
  "at" TEXT,
  "how" TEXT,
  "reason_not" TEXT,
  "revisit_at" TEXT,
  "privacy_notice_given" INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "informing_contact" ON "informing" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "informing_person" ON "informing" ("person") WHERE "person" IS NOT NULL;

CREATE TABLE "override" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "which_agreement" TEXT,
  "ground" TEXT,
  "reason" TEXT,
  "requested_by" TEXT,
  "authorised_by" TEXT,
  "at" TEXT,
  "expires_at" TEXT,
  "family_to_be_told" TEXT,
  "tell_by" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "override_contact" ON "override" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "override_which_agreement" ON "override" ("which_agreement") WHERE "which_agreement" IS NOT NULL;
CREATE INDEX "override_requested_by" ON "override" ("requested_by") WHERE "requested_by" IS NOT NULL;
CREATE INDEX "override_authorised_by" ON "override" ("authorised_by") WHERE "authorised_by" IS NOT NULL;

CREATE TABLE "risk_analysis" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "agreed_brag" TEXT,
  "agreed_level" TEXT,
  "harm" TEXT,
  "impact_on_each_child" TEXT,
  "protective" TEXT,
  "unknowns" TEXT,
  "cumulative_history" TEXT,
  "no_agency_asked" TEXT,
  "disagreement" INTEGER,
  "criteria_version" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "risk_analysis_contact" ON "risk_analysis" ("contact") WHERE "contact" IS NOT NULL;

CREATE TABLE "brag_history" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "from" TEXT,
  "to" TEXT,
  "reason" TEXT,
  "by" TEXT,
  "at" TEXT,
  "provisional" INTEGER,
  "confirmed_by" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "brag_history_contact" ON "brag_history" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "brag_history_by" ON "brag_history" ("by") WHERE "by" IS NOT NULL;
CREATE INDEX "brag_history_confirmed_by" ON "brag_history" ("confirmed_by") WHERE "confirmed_by" IS NOT NULL;

CREATE TABLE "flag" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "person" TEXT,
  "household" TEXT,
  "address" TEXT,
  "type" TEXT,
  "reason" TEXT,
  "source" TEXT,
  "from" TEXT,
  "review_by" TEXT,
  "cleared_at" TEXT,
  "clear_reason" TEXT,
  "show_on_search" INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "flag_contact" ON "flag" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "flag_person" ON "flag" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "flag_household" ON "flag" ("household") WHERE "household" IS NOT NULL;
CREATE INDEX "flag_address" ON "flag" ("address") WHERE "address" IS NOT NULL;

CREATE TABLE "note" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "person" TEXT,
  "text" TEXT,
  "significance" TEXT,
  "at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "note_contact" ON "note" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "note_person" ON "note" ("person") WHERE "person" IS NOT NULL;

CREATE TABLE "clock" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "type" TEXT,
  "subject" TEXT,
  "started_at" TEXT,
  "due_at" TEXT,
  "stopped_at" TEXT,
  "stop_event" TEXT,
  "breach_minutes" INTEGER,
  "breach_reason" TEXT,
  "breach_comment" TEXT,
  "calendar" TEXT,
  "rule_version" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "clock_contact" ON "clock" ("contact") WHERE "contact" IS NOT NULL;

CREATE TABLE "recommendation" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "outcome" TEXT,
  "secondary" TEXT,
  "level" TEXT,
  "criteria_version" TEXT,
  "rationale" TEXT,
  "covers_subjects" TEXT,
  "on_incomplete_info" INTEGER,
  "not_answered" TEXT,
  "help_offered" TEXT,
  "second_look" TEXT,
  "by" TEXT,
  "at" TEXT,
  "contact_revision" INTEGER,
  "content_hash" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "recommendation_contact" ON "recommendation" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "recommendation_by" ON "recommendation" ("by") WHERE "by" IS NOT NULL;

CREATE TABLE "decision" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "recommendation" TEXT,
  "recommendation_hash" TEXT,
  "result" TEXT,
  "outcome" TEXT,
  "level" TEXT,
  "rationale" TEXT,
  "by" TEXT,
  "at" TEXT,
  "statutory_clock_met" INTEGER,
  "criteria_version" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "decision_contact" ON "decision" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "decision_recommendation" ON "decision" ("recommendation") WHERE "recommendation" IS NOT NULL;
CREATE INDEX "decision_by" ON "decision" ("by") WHERE "by" IS NOT NULL;

CREATE TABLE "disposal" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "decision" TEXT,
  "receiver" TEXT,
  "sent_at" TEXT,
  "accepted_at" TEXT,
  "accepted_by" TEXT,
  "refused_reason" TEXT,
  "feedback_to_referrer_at" TEXT,
  "feedback_text" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "disposal_contact" ON "disposal" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "disposal_decision" ON "disposal" ("decision") WHERE "decision" IS NOT NULL;

CREATE TABLE "sign_off" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "type" TEXT,
  "target_kind" TEXT,
  "target" TEXT,
  "target_revision" INTEGER,
  "target_hash" TEXT,
  "signer" TEXT,
  "signer_post" TEXT,
  "meaning" TEXT,
  "result" TEXT,
  "comment" TEXT,
  "at" TEXT,
  "state" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sign_off_contact" ON "sign_off" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sign_off_signer" ON "sign_off" ("signer") WHERE "signer" IS NOT NULL;
CREATE INDEX "sign_off_signer_post" ON "sign_off" ("signer_post") WHERE "signer_post" IS NOT NULL;

CREATE TABLE "threshold_review" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "sample_reason" TEXT,
  "at" TEXT,
  "blind_level" TEXT,
  "agree" TEXT,
  "finding" TEXT,
  "learning" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "threshold_review_contact" ON "threshold_review" ("contact") WHERE "contact" IS NOT NULL;

-- Projections: what lists need without reading the records.

-- One row for each contact that is open. `tray` is the one that its state puts it in; `urgency`
-- sorts (0 first); a contact without a running clock is due at the end of time.
CREATE TABLE tray (
  contact TEXT NOT NULL PRIMARY KEY,
  tray TEXT NOT NULL,
  state TEXT NOT NULL,
  brag TEXT,
  urgency INTEGER NOT NULL,
  level TEXT,
  reference TEXT,
  concern TEXT,
  source TEXT,
  strand_p TEXT,
  missing TEXT,
  assigned_to TEXT,
  recommended_by TEXT,
  clock_type TEXT,
  clock_started INTEGER NOT NULL,
  clock_due INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  harm INTEGER NOT NULL,
  strategy INTEGER NOT NULL,
  undecided INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX tray_tray ON tray (tray, urgency, clock_due);
CREATE INDEX tray_mine ON tray (assigned_to, urgency, clock_due) WHERE assigned_to IS NOT NULL;
CREATE INDEX tray_undecided ON tray (urgency, clock_due) WHERE undecided = 1;
CREATE INDEX tray_strategy ON tray (urgency, clock_due) WHERE strategy = 1;
CREATE INDEX tray_due ON tray (clock_due);

-- How many stand in each tray, kept up to date in the transaction that alters them. `person` is
-- empty where the tray is everybody's.
CREATE TABLE tray_count (
  tray TEXT NOT NULL,
  person TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (tray, person)
) STRICT, WITHOUT ROWID;

-- Names without marks and case, keys of how they sound, births with day and month also swapped.
CREATE VIRTUAL TABLE person_search USING fts5 (
  person UNINDEXED,
  names,
  keys,
  births,
  postcodes,
  identifiers,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);
