-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What is kept of what reaches whom (functions/reach.sql).

SET search_path = mash, pg_temp;

-- How much of the cases somebody got when that was last looked at (mash-reach.c).
ALTER TABLE person ADD COLUMN scope text NOT NULL DEFAULT 'none'
  CHECK (scope IN ('none', 'asked', 'all'));

-- The posts by which somebody gets what they have to do with; `takes_over` where it receives early
-- help.
CREATE TABLE asked_post (
  person text NOT NULL,
  post text NOT NULL,
  agency text,
  takes_over boolean NOT NULL,
  PRIMARY KEY (person, post)
);

-- Which contacts reach them, and by which contact which records do.
CREATE TABLE reached (
  contact text NOT NULL,
  person text NOT NULL,
  PRIMARY KEY (contact, person)
);
CREATE INDEX reached_person ON reached (person);

CREATE TABLE open_id (
  person text NOT NULL,
  id text NOT NULL,
  contact text NOT NULL,
  PRIMARY KEY (person, id, contact)
);
CREATE INDEX open_id_id ON open_id (id);
CREATE INDEX open_id_contact ON open_id (contact);

DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY ARRAY['asked_post', 'reached', 'open_id'] LOOP
    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', it);
    EXECUTE format ('ALTER TABLE %I FORCE ROW LEVEL SECURITY', it);
    EXECUTE format ('CREATE POLICY keeper ON %I TO CURRENT_USER USING (true) WITH CHECK (true)',
                    it);
  END LOOP;
END $$;

-- * Behind the functions *

-- Who gets what now.
SELECT follow_posts ();
