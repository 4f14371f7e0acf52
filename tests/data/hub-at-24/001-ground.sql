-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The tables of a hub, one hub a database. Run by a role that cannot log in and is neither
-- superuser nor free of row security; a released step is never altered.
--
-- Nobody but that role may touch the schema `mash`. Desks get the functions of `api1` and nothing
-- else (050-doors.sql). Instants in changes are UTC text of one length, so that they compare as
-- text; for the hub's own bookkeeping they are the same.

CREATE SCHEMA mash;
REVOKE ALL ON SCHEMA mash FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TYPES FROM PUBLIC;
SET search_path = mash, pg_temp;

-- Which steps of the schema were taken, and the fingerprint of each.
CREATE TABLE step (
  n integer PRIMARY KEY,
  sha256 text NOT NULL,
  at timestamptz NOT NULL DEFAULT now ()
);

-- What there is one of. Whoever takes a position locks this row first, so that positions are dense
-- and nobody reads one before those below it are there. The root is who makes the first members of
-- staff, and what a desk believes before it knows any; what came up to `policy_after` was judged by
-- another policy than the one that is in force now; the cost is that of guessing a passphrase,
-- the same at every desk. The clock is an argument only where everything is invented.
CREATE TABLE meta (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  hub text NOT NULL,
  name text NOT NULL,
  training boolean NOT NULL,
  epoch text NOT NULL,
  head_seq bigint NOT NULL DEFAULT 0,
  head_chain bytea NOT NULL CHECK (length (head_chain) = 32),
  last_at text NOT NULL DEFAULT '',
  format_min integer NOT NULL DEFAULT 1,
  format_max integer NOT NULL DEFAULT 1,
  client_min text NOT NULL DEFAULT '0.1.0',
  policy text NOT NULL DEFAULT '',
  policy_after bigint NOT NULL DEFAULT 0,
  root_person text NOT NULL DEFAULT '',
  root_key text NOT NULL DEFAULT '',
  kdf_passes integer NOT NULL DEFAULT 3,
  kdf_memory_kib integer NOT NULL DEFAULT 262144,
  clock timestamptz,
  CHECK (training OR clock IS NULL)
);

-- What everybody may have: that something happened at a position, and by what it is known.
CREATE TABLE head (
  seq bigint PRIMARY KEY,
  took_at text NOT NULL,
  group_end boolean NOT NULL,
  digest bytea NOT NULL,
  chain bytea NOT NULL
);

-- What was said, byte for byte. The columns beside the statement repeat what it says, for look-ups;
-- `lost` names the fields that had been altered meanwhile and stayed as they were. A statement that
-- is lawfully erased leaves everything else standing.
CREATE TABLE change (
  seq bigint PRIMARY KEY REFERENCES head (seq),
  id text NOT NULL UNIQUE,
  seat text NOT NULL,
  desk_seq bigint NOT NULL,
  person text NOT NULL,
  post text NOT NULL,
  group_id text NOT NULL,
  kind text NOT NULL,
  record text NOT NULL,
  base bigint NOT NULL,
  compartment text NOT NULL,
  format integer NOT NULL,
  said_at text NOT NULL,
  contact text,
  lost text[] NOT NULL DEFAULT '{}',
  statement bytea,
  signature bytea NOT NULL,
  UNIQUE (seat, desk_seq)
);
CREATE INDEX change_record ON change (record, seq);
CREATE INDEX change_contact ON change (contact, seq) WHERE contact IS NOT NULL;

-- Records as they stand. Derived from the changes, and what guards read; `state` holds the fields
-- that are known, and `altered` at which position each was altered last.
CREATE TABLE entity (
  kind text NOT NULL,
  id text NOT NULL,
  born bigint NOT NULL,
  revision bigint NOT NULL,
  compartment text NOT NULL,
  contact text,
  voided boolean NOT NULL DEFAULT false,
  created_at text NOT NULL,
  created_by text NOT NULL,
  created_post text NOT NULL,
  updated_at text NOT NULL,
  updated_by text NOT NULL,
  last_seq bigint NOT NULL,
  state jsonb NOT NULL,
  altered jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (kind, id)
);
CREATE INDEX entity_contact ON entity (kind, contact) WHERE contact IS NOT NULL;
CREATE INDEX entity_state ON entity USING gin (state jsonb_path_ops);

-- What somebody wrote into a field that somebody else had altered meanwhile, until it is settled.
CREATE TABLE alternative (
  seq bigint NOT NULL REFERENCES change (seq),
  field text NOT NULL,
  kind text NOT NULL,
  record text NOT NULL,
  compartment text NOT NULL,
  value jsonb,
  settled_seq bigint,
  PRIMARY KEY (seq, field)
);
CREATE INDEX alternative_open ON alternative (kind, record) WHERE settled_seq IS NULL;

-- The answer to every change that was ever received, so that asking again gets the same.
CREATE TABLE verdict (
  id text PRIMARY KEY,
  seat text NOT NULL,
  desk_seq bigint NOT NULL,
  digest bytea NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('accepted', 'refused')),
  code text NOT NULL DEFAULT '',
  says text NOT NULL DEFAULT '',
  seq bigint,
  UNIQUE (seat, desk_seq)
);

-- What was not accepted is history too.
CREATE TABLE attempt (
  id text PRIMARY KEY REFERENCES verdict (id),
  person text NOT NULL,
  record text,
  at text NOT NULL,
  statement bytea NOT NULL,
  signature bytea NOT NULL
);
CREATE INDEX attempt_record ON attempt (record) WHERE record IS NOT NULL;

-- Unsent work of somebody who can no longer send it, and what a hub that was put back had lost:
-- kept unapplied until a manager settles it. Nobody has looked at the signatures: whoever hands in
-- other words under the same id does not keep the true ones out.
CREATE TABLE quarantine (
  id text NOT NULL,
  digest bytea NOT NULL,
  seat text NOT NULL,
  group_id text NOT NULL,
  person text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('revoked', 'recovered', 'reoffered')),
  by text NOT NULL,
  at text NOT NULL,
  statement bytea NOT NULL,
  signature bytea NOT NULL,
  settled_seq bigint,
  PRIMARY KEY (id, digest)
);
CREATE INDEX quarantine_by ON quarantine (by) WHERE settled_seq IS NULL;

-- Who may come in: people by the role that they log in with, machines by their certificate, and a
-- seat for each person at each machine. A machine without a certificate may only be one that
-- reaches the server without the network. A person's bundle are their keys, wrapped by what their
-- passphrase derives to, and in `escrow` once more for the hub's recovery key.
CREATE TABLE person (
  id text PRIMARY KEY,
  login text NOT NULL UNIQUE,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('invited', 'active', 'revoked')),
  bundle bytea,
  escrow bytea
);

CREATE TABLE desk (
  id text PRIMARY KEY,
  name text NOT NULL DEFAULT '',
  certificate text UNIQUE,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'revoked', 'wipe'))
);

CREATE TABLE seat (
  id text PRIMARY KEY,
  person text NOT NULL REFERENCES person (id),
  desk text NOT NULL REFERENCES desk (id),
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'frozen', 'replaced')),
  last_desk_seq bigint NOT NULL DEFAULT 0,
  ack_seq bigint NOT NULL DEFAULT 0,
  ack_at text NOT NULL DEFAULT '',
  unsent bigint NOT NULL DEFAULT 0,
  format integer,
  app text NOT NULL DEFAULT '',
  made_at text NOT NULL DEFAULT '',
  seen_at text NOT NULL DEFAULT ''
);

-- Which compartments somebody is in. What ends is kept with its end.
CREATE TABLE member (
  person text NOT NULL REFERENCES person (id),
  compartment text NOT NULL,
  since text NOT NULL,
  until text,
  PRIMARY KEY (person, compartment, since)
);
CREATE INDEX member_open ON member (person) WHERE until IS NULL;

-- Who looked at what: a chain of its own for each seat, never in the feed.
CREATE TABLE access (
  seat text NOT NULL REFERENCES seat (id),
  position bigint NOT NULL,
  record text NOT NULL,
  took_at text NOT NULL,
  statement bytea NOT NULL,
  signature bytea NOT NULL,
  chain bytea NOT NULL,
  -- It was given before, from a seat that this one has replaced.
  again boolean NOT NULL,
  PRIMARY KEY (seat, position)
);
CREATE INDEX access_record ON access (record, took_at, seat, position);

-- What the program knows of kinds and fields, and which characters it writes as numbers; put there
-- with the schema, so that guards read the same tables as the desk's.
CREATE TABLE kind (
  name text PRIMARY KEY,
  signed boolean NOT NULL,
  append_only boolean NOT NULL,
  kept boolean NOT NULL
);

CREATE TABLE field (
  kind text NOT NULL REFERENCES kind (name),
  n integer NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  of text,
  needed boolean NOT NULL,
  by_rules boolean NOT NULL,
  fixed boolean NOT NULL,
  past boolean NOT NULL,
  PRIMARY KEY (kind, name),
  UNIQUE (kind, n)
);

CREATE TABLE unprintable (
  first integer PRIMARY KEY,
  last integer NOT NULL
);

-- The policy in force, as the desks have it.
CREATE TABLE deed (
  id text PRIMARY KEY,
  permission integer NOT NULL,
  states_from text,
  state_to text,
  to_when text,
  touches text,
  sets text,
  sign_off text,
  needs_reason boolean NOT NULL,
  merges boolean NOT NULL,
  raises boolean NOT NULL
);

CREATE TABLE deed_guard (
  deed text NOT NULL REFERENCES deed (id) ON DELETE CASCADE,
  n integer NOT NULL,
  test text NOT NULL,
  kind text,
  field text,
  value text,
  when_field text,
  when_value text,
  says text NOT NULL,
  PRIMARY KEY (deed, n)
);

CREATE TABLE permit (
  role text NOT NULL,
  permission integer NOT NULL,
  answer text NOT NULL CHECK (answer IN ('no', 'yes', 'own', 'assigned', 'condition')),
  note text,
  PRIMARY KEY (role, permission)
);

CREATE TABLE code (
  list text NOT NULL,
  code text NOT NULL,
  retired boolean NOT NULL,
  PRIMARY KEY (list, code)
);

-- Days that are worked, by the calendar that counts the working days of strategy discussions.
CREATE TABLE working_day (
  day date PRIMARY KEY
);

-- History is added to. Of what was added nothing is altered but what the rows say: a change's
-- statement may be erased, and what waits for somebody may be settled.
CREATE FUNCTION keep_history () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'change' THEN
    IF NEW.statement IS NULL AND to_jsonb (NEW) - 'statement' = to_jsonb (OLD) - 'statement' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'What was said stays as it was said' USING ERRCODE = 'MH010';
END $$;

CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON head
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON change
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON verdict
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON attempt
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON access
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON head EXECUTE FUNCTION keep_history ();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON change EXECUTE FUNCTION keep_history ();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON verdict EXECUTE FUNCTION keep_history ();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON attempt EXECUTE FUNCTION keep_history ();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON access EXECUTE FUNCTION keep_history ();

-- Row security is the second wall: even what runs with the owner's rights reads content only as
-- these say. The owner writes and judges, and must see all; the reader (rights.sql) gives to desks,
-- and sees what the person who is logged in may see.
DO $$
DECLARE
  it record;
BEGIN
  FOR it IN SELECT c.oid::regclass AS name FROM pg_class c
            WHERE c.relnamespace = 'mash'::regnamespace AND c.relkind = 'r'
  LOOP
    EXECUTE format ('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', it.name);
    EXECUTE format ('ALTER TABLE %s FORCE ROW LEVEL SECURITY', it.name);
    EXECUTE format ('CREATE POLICY keeper ON %s TO CURRENT_USER USING (true) WITH CHECK (true)',
                    it.name);
  END LOOP;
END $$;
