-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A desk of a central hub. Its own work stands in `change` with the state `pending`, above every
-- position that a hub can give, until the hub has answered and the feed has brought it.

-- Whether somebody else gives the positions, and the number of the next change that is sent.
ALTER TABLE meta ADD COLUMN central INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meta ADD COLUMN next_number INTEGER NOT NULL DEFAULT 1;

-- The seat that is to take this one's place, until the hub has heard of it.
ALTER TABLE meta ADD COLUMN next_seat TEXT;

-- Names of fields in which the hub let another value stand, with spaces between them.
ALTER TABLE change ADD COLUMN lost TEXT NOT NULL DEFAULT '';

-- Entries of which the hub gives no more than this.
CREATE TABLE stub (
  position INTEGER PRIMARY KEY,
  took_at TEXT NOT NULL,
  group_end INTEGER NOT NULL,
  digest BLOB NOT NULL,
  chain BLOB NOT NULL
) STRICT;

-- What waits for the hub. A number belongs to a change from the moment at which it is first to be
-- sent. What is not shown could not be done any more when it was set upon what others had done; the
-- hub has the last word on it all the same.
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY REFERENCES change (position),
  number INTEGER UNIQUE,
  shown INTEGER NOT NULL,
  answered INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What the hub did not accept, as it was said, until the author has seen to it.
CREATE TABLE refusal (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  group_id TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT,
  said_at TEXT NOT NULL,
  code TEXT NOT NULL,
  says TEXT NOT NULL,
  at TEXT NOT NULL,
  statement BLOB NOT NULL,
  signature BLOB NOT NULL,
  settled_at TEXT
) STRICT;
CREATE INDEX refusal_open ON refusal (n) WHERE settled_at IS NULL;

-- Entries of the hub that this desk does not follow, and why. They stay in the log, and nothing in
-- the tables comes from them.
CREATE TABLE aside (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  why TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

-- What somebody wrote into a field that somebody else had altered meanwhile, until one of the two
-- has been chosen. It is for those two to see to.
CREATE TABLE conflict (
  position INTEGER NOT NULL,
  field TEXT NOT NULL,
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  contact TEXT,
  other_by TEXT NOT NULL,
  held_by TEXT,
  settled_at TEXT,
  PRIMARY KEY (position, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_open ON conflict (record, field) WHERE settled_at IS NULL;

-- What others said and the hub has lost, since it was put back to what it had before; with the place
-- that it had. It is handed to the hub, and stays here as evidence.
CREATE TABLE lost (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  took_at TEXT NOT NULL,
  person TEXT NOT NULL,
  contact TEXT,
  statement BLOB NOT NULL,
  signature BLOB NOT NULL,
  handed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX lost_waiting ON lost (n) WHERE handed = 0;
