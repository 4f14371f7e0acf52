-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a manager made of unsent work that the hub keeps apart, and when a desk has met its hub.

CREATE TABLE "settlement" (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  "contact" TEXT,
  "author" TEXT,
  "step" TEXT,
  "digests" TEXT,
  "taken" INTEGER,
  "reason" TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_post TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  voided_at TEXT,
  voided_reason TEXT
) STRICT;
CREATE INDEX "settlement_contact" ON "settlement" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "settlement_author" ON "settlement" ("author") WHERE "author" IS NOT NULL;
CREATE INDEX "settlement_step" ON "settlement" ("step") WHERE "step" IS NOT NULL;

-- When the hub was met last, by its own clock, and by how many microseconds that was ahead.
ALTER TABLE meta ADD COLUMN met_at TEXT;
ALTER TABLE meta ADD COLUMN met_ahead INTEGER NOT NULL DEFAULT 0;
