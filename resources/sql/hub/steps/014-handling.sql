-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What is kept of words that reach not everybody (functions/handling.sql).

SET search_path = mash, pg_temp;

-- Which changes say the words of a paragraph or an event, and whose words those are.
CREATE TABLE worded (
  seq bigint PRIMARY KEY REFERENCES change (seq),
  record text NOT NULL,
  person text NOT NULL
);
CREATE INDEX worded_record ON worded (record);

-- Which of them are kept from whom. What is closed for this or for another reason is in `closed`.
CREATE TABLE kept (
  person text NOT NULL,
  seq bigint NOT NULL REFERENCES worded (seq),
  PRIMARY KEY (person, seq)
);
CREATE INDEX kept_seq ON kept (seq);

DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY ARRAY['worded', 'kept'] LOOP
    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', it);
    EXECUTE format ('ALTER TABLE %I FORCE ROW LEVEL SECURITY', it);
    EXECUTE format ('CREATE POLICY keeper ON %I TO CURRENT_USER USING (true) WITH CHECK (true)',
                    it);
  END LOOP;
END $$;

-- * Behind the functions *

-- Who alters what these two functions say has the indexes made anew, in a step of its own.
CREATE INDEX entity_guarded ON entity (id) WHERE kind = 'sd-paragraph' AND is_guarded (state);
CREATE INDEX entity_quiet ON entity (id) WHERE kind = 'timeline-entry' AND is_quiet_event (state);

-- What was taken before: those who have it give it back.
INSERT INTO worded (seq, record, person)
SELECT c.seq, worded_of (it), c.person
FROM change c, LATERAL read_statement (c.statement) AS it
WHERE c.kind IN ('sd-paragraph', 'sd-version', 'timeline-entry') AND worded_of (it) IS NOT NULL;

SELECT keep_all_words (NULL, (SELECT m.head_seq FROM meta m) + 1, now_text ());
