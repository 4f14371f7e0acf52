-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The strategy discussion: the record itself, police protection, and what comes after it.

CREATE TABLE "strategy_discussion" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "number" INTEGER,
  "trigger" TEXT,
  "need_identified_at" TEXT,
  "convened_at" TEXT,
  "planned_at" TEXT,
  "started_at" TEXT,
  "ended_at" TEXT,
  "mode" TEXT,
  "place" TEXT,
  "chair" TEXT,
  "minute_taker" TEXT,
  "subjects" TEXT,
  "legal_context" TEXT,
  "previous" TEXT,
  "supersedes" TEXT,
  "supersede_reason" TEXT,
  "exceptional_start" TEXT,
  "section47_begun_at" TEXT,
  "suspicious_injury" TEXT,
  "suspect_under_18" TEXT,
  "separate_discussion" TEXT,
  "exception_reason" TEXT,
  "exception_risk" TEXT,
  "exception_by" TEXT,
  "exception_at" TEXT,
  "next_at" TEXT,
  "state" TEXT,
  "compliance" TEXT,
  "rev" INTEGER,
  "content_hash" TEXT,
  "asked_at" TEXT,
  "signed_at" TEXT,
  "circulated_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "strategy_discussion_contact" ON "strategy_discussion" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "strategy_discussion_chair" ON "strategy_discussion" ("chair") WHERE "chair" IS NOT NULL;
CREATE INDEX "strategy_discussion_minute_taker" ON "strategy_discussion" ("minute_taker") WHERE "minute_taker" IS NOT NULL;
CREATE INDEX "strategy_discussion_previous" ON "strategy_discussion" ("previous") WHERE "previous" IS NOT NULL;
CREATE INDEX "strategy_discussion_supersedes" ON "strategy_discussion" ("supersedes") WHERE "supersedes" IS NOT NULL;
CREATE INDEX "strategy_discussion_exception_by" ON "strategy_discussion" ("exception_by") WHERE "exception_by" IS NOT NULL;

CREATE TABLE "sd_participant" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "agency" TEXT,
  "staff" TEXT,
  "person_name" TEXT,
  "role" TEXT,
  "senior" INTEGER,
  "paediatrician" INTEGER,
  "invited_at" TEXT,
  "attended" TEXT,
  "mode" TEXT,
  "place" TEXT,
  "arrived_at" TEXT,
  "left_at" TEXT,
  "absent_reason" TEXT,
  "sent_report" INTEGER,
  "delegate_for" TEXT,
  "conflict_declared" INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_participant_contact" ON "sd_participant" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_participant_discussion" ON "sd_participant" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_participant_agency" ON "sd_participant" ("agency") WHERE "agency" IS NOT NULL;
CREATE INDEX "sd_participant_staff" ON "sd_participant" ("staff") WHERE "staff" IS NOT NULL;

CREATE TABLE "sd_note" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "at" TEXT,
  "agency" TEXT,
  "speaker" TEXT,
  "topic" TEXT,
  "text" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_note_contact" ON "sd_note" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_note_discussion" ON "sd_note" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_note_agency" ON "sd_note" ("agency") WHERE "agency" IS NOT NULL;
CREATE INDEX "sd_note_speaker" ON "sd_note" ("speaker") WHERE "speaker" IS NOT NULL;

CREATE TABLE "sd_paragraph" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "agency" TEXT,
  "position" INTEGER,
  "subjects" TEXT,
  "text" TEXT,
  "basis" TEXT,
  "source" TEXT,
  "reliability" TEXT,
  "condition" TEXT,
  "conditions" TEXT,
  "handling" TEXT,
  "not_for" TEXT,
  "text_hash" TEXT,
  "on_behalf" INTEGER,
  "confirmed_by" TEXT,
  "confirmed_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_paragraph_contact" ON "sd_paragraph" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_paragraph_discussion" ON "sd_paragraph" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_paragraph_agency" ON "sd_paragraph" ("agency") WHERE "agency" IS NOT NULL;
CREATE INDEX "sd_paragraph_confirmed_by" ON "sd_paragraph" ("confirmed_by") WHERE "confirmed_by" IS NOT NULL;

CREATE TABLE "sd_version" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "of_kind" TEXT,
  "of_record" TEXT,
  "of_field" TEXT,
  "agency" TEXT,
  "text" TEXT,
  "choice" TEXT,
  "settled_by" TEXT,
  "settled_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_version_contact" ON "sd_version" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_version_discussion" ON "sd_version" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_version_agency" ON "sd_version" ("agency") WHERE "agency" IS NOT NULL;
CREATE INDEX "sd_version_settled_by" ON "sd_version" ("settled_by") WHERE "settled_by" IS NOT NULL;

CREATE TABLE "police_protection" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "used_at" TEXT,
  "subjects" TEXT,
  "officer" TEXT,
  "designated_officer" TEXT,
  "place" TEXT,
  "grounds" TEXT,
  "parents_told" TEXT,
  "parents_told_by" TEXT,
  "prompted_call" INTEGER,
  "ended_at" TEXT,
  "ended_how" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "police_protection_contact" ON "police_protection" ("contact") WHERE "contact" IS NOT NULL;

CREATE TABLE "sd_child" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "subject" TEXT,
  "threshold_met" TEXT,
  "decision" TEXT,
  "reconvene_by" TEXT,
  "lead_agency" TEXT,
  "lead_worker" TEXT,
  "category" TEXT,
  "section47_start" TEXT,
  "seen_by" TEXT,
  "seen_alone_plan" TEXT,
  "siblings_considered" TEXT,
  "safety" TEXT,
  "voice" TEXT,
  "rationale" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_child_contact" ON "sd_child" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_child_discussion" ON "sd_child" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_child_subject" ON "sd_child" ("subject") WHERE "subject" IS NOT NULL;
CREATE INDEX "sd_child_lead_agency" ON "sd_child" ("lead_agency") WHERE "lead_agency" IS NOT NULL;

CREATE TABLE "sd_plan" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "medical" TEXT,
  "medical_who" TEXT,
  "medical_where" TEXT,
  "medical_by" TEXT,
  "medical_consent" TEXT,
  "medical_why_not" TEXT,
  "abe" TEXT,
  "abe_interviewer" TEXT,
  "abe_intermediary" TEXT,
  "abe_interpreter" TEXT,
  "forensic_from" TEXT,
  "forensic_until" TEXT,
  "scene" TEXT,
  "arrest" TEXT,
  "bail" TEXT,
  "other_children" TEXT,
  "suspect_access" TEXT,
  "position_of_trust" TEXT,
  "parents_told" TEXT,
  "parents_told_by" TEXT,
  "parents_told_at" TEXT,
  "parents_told_what" TEXT,
  "parents_withheld" TEXT,
  "interpreter" TEXT,
  "adjustments" TEXT,
  "legal_advice" TEXT,
  "orders" TEXT,
  "media_risk" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_plan_contact" ON "sd_plan" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_plan_discussion" ON "sd_plan" ("discussion") WHERE "discussion" IS NOT NULL;

CREATE TABLE "sd_view" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "agency" TEXT,
  "position" TEXT,
  "text" TEXT,
  "wants_escalation" INTEGER,
  "on_behalf" INTEGER,
  "confirmed_by" TEXT,
  "confirmed_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_view_contact" ON "sd_view" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_view_discussion" ON "sd_view" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_view_agency" ON "sd_view" ("agency") WHERE "agency" IS NOT NULL;
CREATE INDEX "sd_view_confirmed_by" ON "sd_view" ("confirmed_by") WHERE "confirmed_by" IS NOT NULL;

CREATE TABLE "sd_action" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "number" INTEGER,
  "what" TEXT,
  "owner" TEXT,
  "owner_staff" TEXT,
  "owner_agency" TEXT,
  "due_at" TEXT,
  "child" TEXT,
  "status" TEXT,
  "outcome" TEXT,
  "ended_at" TEXT,
  "ended_by" TEXT,
  "chased" INTEGER,
  "chased_at" TEXT,
  "transferred_to" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_action_contact" ON "sd_action" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_action_discussion" ON "sd_action" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_action_owner_staff" ON "sd_action" ("owner_staff") WHERE "owner_staff" IS NOT NULL;
CREATE INDEX "sd_action_owner_agency" ON "sd_action" ("owner_agency") WHERE "owner_agency" IS NOT NULL;
CREATE INDEX "sd_action_child" ON "sd_action" ("child") WHERE "child" IS NOT NULL;
CREATE INDEX "sd_action_ended_by" ON "sd_action" ("ended_by") WHERE "ended_by" IS NOT NULL;

CREATE TABLE "sd_request" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "rev" INTEGER,
  "capacity" TEXT,
  "agency" TEXT,
  "required" INTEGER,
  "asked_at" TEXT,
  "seen_hash" TEXT,
  "answer" TEXT,
  "reason" TEXT,
  "answered_by" TEXT,
  "answered_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_request_contact" ON "sd_request" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_request_discussion" ON "sd_request" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_request_agency" ON "sd_request" ("agency") WHERE "agency" IS NOT NULL;
CREATE INDEX "sd_request_answered_by" ON "sd_request" ("answered_by") WHERE "answered_by" IS NOT NULL;

CREATE TABLE "sd_escalation" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "view" TEXT,
  "agency" TEXT,
  "stage" INTEGER,
  "raised_at" TEXT,
  "seniors" TEXT,
  "resolution" TEXT,
  "resolved_by" TEXT,
  "resolved_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_escalation_contact" ON "sd_escalation" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_escalation_discussion" ON "sd_escalation" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_escalation_view" ON "sd_escalation" ("view") WHERE "view" IS NOT NULL;
CREATE INDEX "sd_escalation_agency" ON "sd_escalation" ("agency") WHERE "agency" IS NOT NULL;
CREATE INDEX "sd_escalation_resolved_by" ON "sd_escalation" ("resolved_by") WHERE "resolved_by" IS NOT NULL;

CREATE TABLE "sd_enquiry" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "subject" TEXT,
  "started_at" TEXT,
  "conference_target" TEXT,
  "seen_at" TEXT,
  "seen_by" TEXT,
  "seen_alone" TEXT,
  "conference_at" TEXT,
  "not_required" INTEGER,
  "not_required_why" TEXT,
  "assessed_at" TEXT,
  "outcome" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_enquiry_contact" ON "sd_enquiry" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_enquiry_discussion" ON "sd_enquiry" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_enquiry_subject" ON "sd_enquiry" ("subject") WHERE "subject" IS NOT NULL;

CREATE TABLE "sd_release" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "paragraph" TEXT,
  "variant" TEXT,
  "recipient_agency" TEXT,
  "choice" TEXT,
  "reason" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_release_contact" ON "sd_release" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_release_discussion" ON "sd_release" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_release_paragraph" ON "sd_release" ("paragraph") WHERE "paragraph" IS NOT NULL;
CREATE INDEX "sd_release_recipient_agency" ON "sd_release" ("recipient_agency") WHERE "recipient_agency" IS NOT NULL;

CREATE TABLE "sd_circulation" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "discussion" TEXT,
  "rev" INTEGER,
  "variant" TEXT,
  "recipient" TEXT,
  "recipient_agency" TEXT,
  "paragraphs" TEXT,
  "withheld" TEXT,
  "withheld_count" INTEGER,
  "document" TEXT,
  "previewed_by" TEXT,
  "previewed_at" TEXT,
  "sent_at" TEXT,
  "how" TEXT,
  "read_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "sd_circulation_contact" ON "sd_circulation" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "sd_circulation_discussion" ON "sd_circulation" ("discussion") WHERE "discussion" IS NOT NULL;
CREATE INDEX "sd_circulation_recipient_agency" ON "sd_circulation" ("recipient_agency") WHERE "recipient_agency" IS NOT NULL;
CREATE INDEX "sd_circulation_previewed_by" ON "sd_circulation" ("previewed_by") WHERE "previewed_by" IS NOT NULL;

-- The drift list reads the discussions of its weeks and no others.
CREATE INDEX strategy_discussion_need ON strategy_discussion (need_identified_at)
  WHERE need_identified_at IS NOT NULL;

-- Actions that are open, across contacts and agencies, in the order in which they are due. `owner`
-- is the id of a member of staff, or the words where it is nobody of the hub. Like the trays it is
-- derived, and what is filtered by stands in each index behind the order.
CREATE TABLE board (
  action TEXT NOT NULL PRIMARY KEY,
  contact TEXT NOT NULL,
  agency TEXT NOT NULL,
  owner TEXT NOT NULL,
  due INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX board_contact ON board (contact);
CREATE INDEX board_all ON board (due, action, agency, owner);
CREATE INDEX board_agency ON board (agency, due, action, owner);
CREATE INDEX board_owner ON board (owner, due, action, agency);

-- How many are open: of an agency, of an owner, due on a day; empty stands for all of them.
CREATE TABLE board_count (
  agency TEXT NOT NULL,
  owner TEXT NOT NULL,
  day TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (agency, owner, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX board_count_day ON board_count (day, agency, owner);

-- Whose signature under a record of a discussion is awaited. `why` is the capacity, `record` the
-- request.
CREATE TABLE tray_asked (
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  urgency INTEGER NOT NULL,
  clock_due INTEGER NOT NULL,
  why TEXT NOT NULL,
  record TEXT,
  PRIMARY KEY (person, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX strategy_discussion_signing ON strategy_discussion (contact) WHERE state = 'SIGNING';
CREATE INDEX tray_asked_contact ON tray_asked (contact);
CREATE INDEX tray_asked_order ON tray_asked (person, urgency, clock_due, contact);

-- Whether a contact waits for anybody's signature: a manager's, or one under a record.
ALTER TABLE tray ADD COLUMN signing INTEGER NOT NULL DEFAULT 0;
UPDATE tray SET signing = tray = 'to-sign';
CREATE INDEX tray_signing ON tray (signing, urgency, clock_due, contact, state, team, locality,
  assigned_to, incomplete, tray, recommended_by) WHERE signing = 1;
