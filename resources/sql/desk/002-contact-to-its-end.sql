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
