-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Working a contact to its end.

-- The whole course of a contact.
ALTER TABLE "recommendation" ADD COLUMN "help_offered_to" TEXT;
ALTER TABLE "recommendation" ADD COLUMN "help_answer" TEXT;
ALTER TABLE "recommendation" ADD COLUMN "outcomes" TEXT;
ALTER TABLE "recommendation" ADD COLUMN "rev" INTEGER;

ALTER TABLE "decision" ADD COLUMN "covers_subjects" TEXT;
ALTER TABLE "decision" ADD COLUMN "outcomes" TEXT;
ALTER TABLE "decision" ADD COLUMN "rev" INTEGER;

ALTER TABLE "disposal" ADD COLUMN "outcome" TEXT;
ALTER TABLE "disposal" ADD COLUMN "receiver_kind" TEXT;
ALTER TABLE "disposal" ADD COLUMN "receiver_ref" TEXT;
ALTER TABLE "disposal" ADD COLUMN "linked_contact" TEXT;
ALTER TABLE "disposal" ADD COLUMN "refused_at" TEXT;
ALTER TABLE "disposal" ADD COLUMN "refused_by" TEXT;
ALTER TABLE "disposal" ADD COLUMN "not_told_reason" TEXT;
CREATE INDEX "disposal_linked_contact" ON "disposal" ("linked_contact") WHERE "linked_contact" IS NOT NULL;

ALTER TABLE "contact" ADD COLUMN "rereferral_of" TEXT;
ALTER TABLE "contact" ADD COLUMN "nfa_before" TEXT;
CREATE INDEX "contact_rereferral_of" ON "contact" ("rereferral_of") WHERE "rereferral_of" IS NOT NULL;
CREATE INDEX "contact_nfa_before" ON "contact" ("nfa_before") WHERE "nfa_before" IS NOT NULL;

CREATE TABLE "outcome_group" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "recommendation" TEXT,
  "decision" TEXT,
  "covers_subjects" TEXT,
  "outcome" TEXT,
  "secondary" TEXT,
  "level" TEXT,
  "rationale" TEXT,
  "help_offered" TEXT,
  "help_offered_to" TEXT,
  "help_answer" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "outcome_group_contact" ON "outcome_group" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "outcome_group_recommendation" ON "outcome_group" ("recommendation") WHERE "recommendation" IS NOT NULL;
CREATE INDEX "outcome_group_decision" ON "outcome_group" ("decision") WHERE "decision" IS NOT NULL;

CREATE TABLE "early_help" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "recommendation" TEXT,
  "service" TEXT,
  "offered_at" TEXT,
  "offered_to" TEXT,
  "help" TEXT,
  "safety_finding" TEXT,
  "lead_worker" TEXT,
  "started_at" TEXT,
  "first_step" TEXT,
  "declined_at" TEXT,
  "declined_by" TEXT,
  "declined_reason" TEXT,
  "stepped_up_at" TEXT,
  "step_up_reason" TEXT,
  "step_up_harm" INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "early_help_contact" ON "early_help" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "early_help_recommendation" ON "early_help" ("recommendation") WHERE "recommendation" IS NOT NULL;

CREATE TABLE "adult_concern" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "person" TEXT,
  "received_at" TEXT,
  "concern" TEXT,
  "wishes" TEXT,
  "needs" TEXT,
  "needs_why" TEXT,
  "risk" TEXT,
  "risk_why" TEXT,
  "unable" TEXT,
  "unable_why" TEXT,
  "test_by" TEXT,
  "test_at" TEXT,
  "decision" TEXT,
  "decision_reason" TEXT,
  "decided_by" TEXT,
  "decided_at" TEXT,
  "lead" TEXT,
  "follow_up" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "adult_concern_contact" ON "adult_concern" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "adult_concern_person" ON "adult_concern" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "adult_concern_test_by" ON "adult_concern" ("test_by") WHERE "test_by" IS NOT NULL;
CREATE INDEX "adult_concern_decided_by" ON "adult_concern" ("decided_by") WHERE "decided_by" IS NOT NULL;

CREATE TABLE "outside_discussion" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "held_at" TEXT,
  "chair" TEXT,
  "reference" TEXT,
  "record_held_by" TEXT,
  "agencies" TEXT,
  "outcome" TEXT,
  "rationale" TEXT,
  "covers_subjects" TEXT,
  "why_outside" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "outside_discussion_contact" ON "outside_discussion" ("contact") WHERE "contact" IS NOT NULL;

CREATE TABLE "case_link" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "open_contact" TEXT,
  "external_ref" TEXT,
  "case_holder" TEXT,
  "told_at" TEXT,
  "how" TEXT,
  "acknowledged_at" TEXT,
  "acknowledged_by" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "case_link_contact" ON "case_link" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "case_link_open_contact" ON "case_link" ("open_contact") WHERE "open_contact" IS NOT NULL;

CREATE TABLE "reopening" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "reason" TEXT,
  "text" TEXT,
  "linked_contact" TEXT,
  "by" TEXT,
  "at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "reopening_contact" ON "reopening" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "reopening_linked_contact" ON "reopening" ("linked_contact") WHERE "linked_contact" IS NOT NULL;
CREATE INDEX "reopening_by" ON "reopening" ("by") WHERE "by" IS NOT NULL;

-- Reports and copies. A report reads the contacts of its period and no others.
CREATE INDEX contact_received_at ON contact (received_at) WHERE received_at IS NOT NULL;

CREATE TABLE "assessment_count" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "week" TEXT,
  "team" TEXT,
  "measure" TEXT,
  "count" INTEGER,
  "source" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "assessment_count_week" ON "assessment_count" ("week") WHERE "week" IS NOT NULL;

CREATE TABLE "copy" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "what" TEXT,
  "form" TEXT,
  "recipient" TEXT,
  "purpose" TEXT,
  "version" INTEGER,
  "entries" INTEGER,
  "left_out" INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "copy_contact" ON "copy" ("contact") WHERE "contact" IS NOT NULL;

CREATE TABLE "timeline_entry" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "when" TEXT,
  "at" TEXT,
  "headline" TEXT,
  "detail" TEXT,
  "people" TEXT,
  "kind" TEXT,
  "significance" TEXT,
  "harm" TEXT,
  "agency" TEXT,
  "source" TEXT,
  "basis" TEXT,
  "handling" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "timeline_entry_contact" ON "timeline_entry" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "timeline_entry_agency" ON "timeline_entry" ("agency") WHERE "agency" IS NOT NULL;

-- Timeline: the projection. A line is what one person did in one step, what they typed in one
-- sitting, or an event that a record tells of. Nothing in it depends on the policy: labels, and how
-- grave a deed is (`weight` −1), are looked up when it is read. `at` and `until` are microseconds since 1970; a
-- date that is known in part stands at its beginning, and `precision` says how much is known.
-- `agency` is named only where it is not that of the author’s post. `people` are the ids of those whom it is about by name. `whole` is 1 where it is about everybody
-- in the contact. `marks` are the words by which the index finds whose line it is.
CREATE TABLE timeline (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  contact TEXT NOT NULL,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  precision TEXT NOT NULL,
  kind TEXT NOT NULL,
  deed TEXT,
  weight INTEGER NOT NULL,
  harm INTEGER NOT NULL,
  whole INTEGER NOT NULL,
  list TEXT,
  code TEXT,
  headline TEXT,
  words TEXT,
  fields TEXT,
  people TEXT,
  author TEXT NOT NULL,
  post TEXT NOT NULL,
  agency TEXT,
  source TEXT,
  basis TEXT,
  handling TEXT,
  record_kind TEXT NOT NULL,
  record TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT,
  marks TEXT NOT NULL
) STRICT;

CREATE INDEX timeline_contact ON timeline (contact);

-- The keys of the lines, in the order of time, for each contact (`c` and its number) and each
-- person whom a line is about by name (`p` and theirs). Views are read from here alone; a line is
-- read only when it comes before somebody’s eyes.
CREATE TABLE timeline_key (
  scope TEXT NOT NULL,
  at INTEGER NOT NULL,
  n INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  kind TEXT NOT NULL,
  deed TEXT,
  weight INTEGER NOT NULL,
  harm INTEGER NOT NULL,
  whole INTEGER NOT NULL,
  post INTEGER,
  agency INTEGER,
  closed INTEGER NOT NULL,
  voided INTEGER NOT NULL,
  PRIMARY KEY (scope, at, n)
) STRICT, WITHOUT ROWID;

-- The words of the lines. Each search names the scopes that it looks in, so that it costs what
-- the family’s lines cost, and not the register’s.
CREATE VIEW timeline_text AS
  SELECT n, headline, words, source, marks FROM timeline
  WHERE headline IS NOT NULL OR words IS NOT NULL OR source IS NOT NULL;

CREATE VIRTUAL TABLE timeline_search USING fts5 (
  headline,
  words,
  source,
  marks,
  content = 'timeline_text',
  content_rowid = 'n',
  columnsize = 0,
  detail = column,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '3'
);

-- Same person: links of two records, numbers and episodes of other systems, where rows came from.

ALTER TABLE "person" ADD COLUMN "born_at" TEXT;
ALTER TABLE "person" ADD COLUMN "was_due" TEXT;

ALTER TABLE "identifier" ADD COLUMN "of_contact" TEXT;
CREATE INDEX "identifier_of_contact" ON "identifier" ("of_contact")
  WHERE "of_contact" IS NOT NULL;
CREATE INDEX "identifier_value" ON "identifier" ("value") WHERE "value" IS NOT NULL;

CREATE TABLE "identity_link" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "person_a" TEXT,
  "person_b" TEXT,
  "state" TEXT,
  "score" INTEGER,
  "evidence" TEXT,
  "why" TEXT,
  "decided_by" TEXT,
  "decided_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "identity_link_person_a" ON "identity_link" ("person_a") WHERE "person_a" IS NOT NULL;
CREATE INDEX "identity_link_person_b" ON "identity_link" ("person_b") WHERE "person_b" IS NOT NULL;
CREATE INDEX "identity_link_decided_by" ON "identity_link" ("decided_by") WHERE "decided_by" IS NOT NULL;
CREATE INDEX identity_link_proposed ON identity_link (n) WHERE state = 'SAME';

CREATE TABLE "episode" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "person" TEXT,
  "system" TEXT,
  "number" TEXT,
  "type" TEXT,
  "opened" TEXT,
  "closed" TEXT,
  "outcome" TEXT,
  "team" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "episode_person" ON "episode" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "episode_number" ON "episode" ("number") WHERE "number" IS NOT NULL;

CREATE TABLE "import_file" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "form" TEXT,
  "fingerprint" TEXT,
  "rows" INTEGER,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "import_file_fingerprint" ON "import_file" ("fingerprint") WHERE "fingerprint" IS NOT NULL;

CREATE TABLE "import_row" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "file" TEXT,
  "line" INTEGER,
  "system" TEXT,
  "digest" TEXT,
  "person" TEXT,
  "counted" TEXT,
  "episode" TEXT,
  "new_person" INTEGER,
  "said" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "import_row_file" ON "import_row" ("file") WHERE "file" IS NOT NULL;
CREATE INDEX "import_row_digest" ON "import_row" ("digest") WHERE "digest" IS NOT NULL;
CREATE INDEX "import_row_person" ON "import_row" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "import_row_counted" ON "import_row" ("counted") WHERE "counted" IS NOT NULL;
CREATE INDEX "import_row_episode" ON "import_row" ("episode") WHERE "episode" IS NOT NULL;

-- The records of people that approved links join, each with the smallest id of its group. Whoever is
-- not linked to anybody has no row: `coalesce (person_group.root, person.id)` names a person.
CREATE TABLE person_group (
  person TEXT NOT NULL PRIMARY KEY,
  root TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_group_root ON person_group (root);

-- Keys and backup. Acts on keys and backups stand in the chain of who looked at what, so that table
-- is made anew with their names.
CREATE TABLE access_more (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  desk TEXT NOT NULL,
  person TEXT NOT NULL,
  post TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('view', 'search', 'key', 'backup')),
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
INSERT INTO access_more SELECT * FROM access;
DROP TABLE access;
ALTER TABLE access_more RENAME TO access;
CREATE INDEX access_record ON access (record, position);

-- The last backup that was checked, and each time that a backup was put in the place of this hub.
CREATE TABLE backup_kept (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  at TEXT NOT NULL,
  place TEXT NOT NULL,
  changes INTEGER NOT NULL,
  views INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE restored (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  made_at TEXT NOT NULL,
  position INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  drafts INTEGER NOT NULL
) STRICT;

-- Notes, tasks, mentions

ALTER TABLE "post" ADD COLUMN "team" TEXT;

CREATE TABLE "mention" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "note" TEXT,
  "whom" TEXT,
  "why" TEXT,
  "seen_at" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "mention_contact" ON "mention" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "mention_note" ON "mention" ("note") WHERE "note" IS NOT NULL;
CREATE INDEX "mention_whom" ON "mention" ("whom") WHERE "whom" IS NOT NULL;

CREATE TABLE "task" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "what" TEXT,
  "owner" TEXT,
  "owner_post" TEXT,
  "due_at" TEXT,
  "status" TEXT,
  "outcome" TEXT,
  "ended_at" TEXT,
  "ended_by" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "task_contact" ON "task" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "task_owner" ON "task" ("owner") WHERE "owner" IS NOT NULL;
CREATE INDEX "task_owner_post" ON "task" ("owner_post") WHERE "owner_post" IS NOT NULL;
CREATE INDEX "task_ended_by" ON "task" ("ended_by") WHERE "ended_by" IS NOT NULL;

-- Trays. What step 1 made is derived, so it is dropped and worked out anew.

-- One row for each contact that is open, or closed with a flag, a task or a mention that still
-- calls for somebody. `tray` is the one that its state puts it in; what a filter asks for stands in
-- each index behind the order, so that filters and counts read the index alone.
DROP TABLE tray;
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
  team TEXT,
  locality TEXT,
  recommended_by TEXT,
  clock_type TEXT,
  clock_started INTEGER NOT NULL,
  clock_due INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  harm INTEGER NOT NULL,
  strategy INTEGER NOT NULL,
  undecided INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  incomplete INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tray_all ON tray (urgency, clock_due, contact, state, team, locality, assigned_to,
  incomplete);
CREATE INDEX tray_tray ON tray (tray, urgency, clock_due, contact, state, team, locality,
  assigned_to, incomplete, recommended_by);
CREATE INDEX tray_undecided ON tray (undecided, urgency, clock_due, contact, state, team, locality,
  assigned_to, incomplete);
CREATE INDEX tray_waiting ON tray (waiting, urgency, clock_due, contact, state, team, locality,
  assigned_to, incomplete);
CREATE INDEX tray_strategy ON tray (strategy, urgency, clock_due, contact, state, team, locality,
  assigned_to, incomplete) WHERE strategy = 1;
CREATE INDEX tray_assigned ON tray (assigned_to);
CREATE INDEX tray_due ON tray (clock_due);

-- Whose work a contact is: it is assigned to them, they have a task on it, or somebody asks them to
-- look. `why` is the strongest of these, `record` the task or the mention.
CREATE TABLE tray_mine (
  person TEXT NOT NULL,
  contact TEXT NOT NULL,
  urgency INTEGER NOT NULL,
  clock_due INTEGER NOT NULL,
  why TEXT NOT NULL,
  record TEXT,
  PRIMARY KEY (person, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX tray_mine_contact ON tray_mine (contact);
CREATE INDEX tray_mine_order ON tray_mine (person, urgency, clock_due, contact);

-- How many stand in each tray, in all (`facet` is empty) and for each value that a filter offers,
-- kept up to date in the transaction that alters them. `person` is empty where the tray is
-- everybody's.
DROP TABLE tray_count;
CREATE TABLE tray_count (
  tray TEXT NOT NULL,
  person TEXT NOT NULL,
  facet TEXT NOT NULL,
  value TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (tray, person, facet, value)
) STRICT, WITHOUT ROWID;

-- Whoever opens the store works the trays out anew when they are not by its policy.
UPDATE meta SET policy = '';

-- Somebody who types a name begins with one letter; the index answers each of the first four from a
-- list of its own.
CREATE VIRTUAL TABLE person_search_2 USING fts5 (
  person UNINDEXED,
  names,
  keys,
  births,
  postcodes,
  identifiers,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3 4'
);
INSERT INTO person_search_2 (rowid, person, names, keys, births, postcodes, identifiers)
  SELECT rowid, person, names, keys, births, postcodes, identifiers FROM person_search;
DROP TABLE person_search;
ALTER TABLE person_search_2 RENAME TO person_search;

-- Who is on duty, by day and half-day.
CREATE TABLE "rota_slot" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "date" TEXT,
  "half" TEXT,
  "staff" TEXT,
  "team" TEXT,
  "duty" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "rota_slot_date" ON "rota_slot" ("date") WHERE "date" IS NOT NULL;
CREATE INDEX "rota_slot_staff" ON "rota_slot" ("staff") WHERE "staff" IS NOT NULL;
