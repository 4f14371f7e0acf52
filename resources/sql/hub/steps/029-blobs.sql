-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The originals of documents, by the SHA-256 of their content (functions/blobs.sql).

SET search_path = mash, pg_temp;

-- Those that are here whole, and whose parts they are made of.
CREATE TABLE blob (
  sha256 text PRIMARY KEY,
  size bigint NOT NULL CHECK (size BETWEEN 0 AND 52428800),
  seat text NOT NULL,
  at text NOT NULL
);

-- Who has handed one in: a record lets others have it only where its author had it, not just its name.
CREATE TABLE blob_by (
  sha256 text NOT NULL REFERENCES blob (sha256),
  person text NOT NULL,
  PRIMARY KEY (sha256, person)
);

-- In parts of 256 KiB, each seat's apart until one is whole: nobody spoils what another sends.
CREATE TABLE blob_part (
  sha256 text NOT NULL,
  seat text NOT NULL,
  part integer NOT NULL,
  data bytea NOT NULL CHECK (length (data) <= 262144),
  PRIMARY KEY (sha256, seat, part)
);
ALTER TABLE blob_part ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE INDEX blob_part_seat ON blob_part (seat);

-- Which records name them, and who said what was not accepted.
CREATE INDEX entity_blob ON entity ((state ->> 'sha256'))
  WHERE kind IN ('source-document', 'policy-version');
CREATE INDEX attempt_person ON attempt (person);

DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY ARRAY['blob', 'blob_by', 'blob_part'] LOOP
    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', it);
    EXECUTE format ('ALTER TABLE %I FORCE ROW LEVEL SECURITY', it);
    EXECUTE format ('CREATE POLICY keeper ON %I TO CURRENT_USER USING (true) WITH CHECK (true)',
                    it);
  END LOOP;
END $$;
