-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Working a contact to its end.

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
-- grave a deed is, are looked up when it is read. `at` and `until` are microseconds since 1970; a
-- date that is known in part stands at its beginning, and `precision` says how much is known.
-- `people` are the ids of those whom it is about by name. `whole` is 1 where it is about everybody
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
  weight INTEGER,
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
  weight INTEGER,
  harm INTEGER NOT NULL,
  whole INTEGER NOT NULL,
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
