-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What is kept of seals: what is closed to whom, and the turns by which desks are told
-- (functions/seals.sql).

SET search_path = mash, pg_temp;

-- Which changes speak of an id: of the record that they alter, the contact that they were said in,
-- what they name and, in a group about a seal, that seal.
CREATE TABLE about (
  id text NOT NULL,
  seq bigint NOT NULL REFERENCES change (seq),
  PRIMARY KEY (id, seq)
);

-- What is closed to somebody: the ids, and the changes that speak of them.
CREATE TABLE closed_id (
  person text NOT NULL,
  id text NOT NULL,
  PRIMARY KEY (person, id)
);
CREATE INDEX closed_id_id ON closed_id (id);

CREATE TABLE closed (
  person text NOT NULL,
  seq bigint NOT NULL REFERENCES change (seq),
  PRIMARY KEY (person, seq)
);

-- Seals of a manager alone that nobody confirmed in time (functions/seals.sql).
CREATE TABLE lapsed (
  seal text PRIMARY KEY,
  at text NOT NULL
);

CREATE TABLE turn (
  person text NOT NULL,
  n bigint NOT NULL,
  seq bigint NOT NULL REFERENCES change (seq),
  at text NOT NULL,
  PRIMARY KEY (person, n)
);

-- The number of the last turn by which more was altered than it is worth telling: whoever has
-- followed none since asks anew what is open.
ALTER TABLE person ADD COLUMN anew bigint NOT NULL DEFAULT 0;

CREATE INDEX entity_subject ON entity ((state ->> 'person')) WHERE kind = 'contact-subject';

DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY ARRAY['about', 'closed_id', 'closed', 'lapsed', 'turn'] LOOP
    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', it);
    EXECUTE format ('ALTER TABLE %I FORCE ROW LEVEL SECURITY', it);
    EXECUTE format ('CREATE POLICY keeper ON %I TO CURRENT_USER USING (true) WITH CHECK (true)',
                    it);
  END LOOP;
END $$;

-- * Behind the functions *

-- What was taken before there were seals.
INSERT INTO about (id, seq)
SELECT DISTINCT x, c.seq
FROM change c, LATERAL read_statement (c.statement) AS it,
     LATERAL unnest (ids_of (it, c.contact)) AS x
WHERE c.statement IS NOT NULL
ON CONFLICT DO NOTHING;
