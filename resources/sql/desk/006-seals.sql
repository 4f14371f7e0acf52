-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Seals, and what a desk has to forget: how far it has followed what the hub opened and closed to
-- its person, and whether the pages of the file still have to be swept after something was closed.

CREATE TABLE "seal" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "excluded" TEXT,
  "reason" TEXT,
  "text" TEXT,
  "review_by" TEXT,
  "state" TEXT,
  "asked_by" TEXT,
  "asked_role" TEXT,
  "asked_at" TEXT,
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
CREATE INDEX "seal_contact" ON "seal" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "seal_excluded" ON "seal" ("excluded") WHERE "excluded" IS NOT NULL;
CREATE INDEX "seal_asked_by" ON "seal" ("asked_by") WHERE "asked_by" IS NOT NULL;
CREATE INDEX "seal_answered_by" ON "seal" ("answered_by") WHERE "answered_by" IS NOT NULL;

-- The position that the hub gave to what waits for the feed.
ALTER TABLE outbox ADD COLUMN seq INTEGER;

-- Lines are taken away by the position of what they tell.
CREATE INDEX timeline_position ON timeline (position);

-- The number of the last turn, 0 before the first; -1 where the desk has to ask anew what is open.
ALTER TABLE meta ADD COLUMN turned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meta ADD COLUMN unswept INTEGER NOT NULL DEFAULT 0;
