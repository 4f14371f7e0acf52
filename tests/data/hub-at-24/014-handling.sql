-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How an agency wants its words handled (mash-handling.c). The words of a paragraph of a strategy
-- record travel in a change of their own behind the rest of it; to whoever may not have them that
-- change is a stub, at every door, and so is all of an event that its owner shows nobody unasked.
-- Whether they may follows from the record as it stands and from their posts; where that is
-- altered, what was given is closed to them, or what was closed is open, as with seals.

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

-- What its owner lets nobody see without being asked (mash_timeline_entry_is_restricted()).
CREATE FUNCTION is_quiet_event (event jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (event ->> 'basis' = 'INTEL', false) OR
         coalesce (event ->> 'handling' = ANY (ARRAY['H2', 'H3', 'H5', 'H6']), false)
$$;

-- The paragraph of which a change says the words, or another version of them, or the event that it
-- is about where that is such a one; NULL for any other.
CREATE FUNCTION worded_of (it saying) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN it.kind = 'sd-paragraph' AND it.body ?| ARRAY['text', 'conditions'] THEN it.record
    WHEN it.kind = 'sd-version' AND it.body ->> 'of-kind' = 'sd-paragraph'
      THEN it.body ->> 'of-record'
    WHEN it.kind = 'timeline-entry' AND
         CASE WHEN it.base = 0 THEN is_quiet_event (it.body)
              ELSE EXISTS (SELECT FROM entity e
                           WHERE e.kind = it.kind AND e.id = it.record AND
                                 is_quiet_event (e.state)) END THEN it.record END
$$;

CREATE FUNCTION is_restricted (paragraph jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (paragraph ->> 'basis' = 'INTEL', false) OR
         coalesce (paragraph -> 'handling' ?| ARRAY['H2', 'H6'], false)
$$;

-- Whether there may be anybody who may not have the words of a paragraph.
CREATE FUNCTION is_guarded (paragraph jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT mash.is_restricted (paragraph) OR
         coalesce (jsonb_array_length (paragraph -> 'not-for') > 0, false)
$$;

CREATE INDEX entity_guarded ON entity (id) WHERE kind = 'sd-paragraph' AND is_guarded (state);
CREATE INDEX entity_quiet ON entity (id) WHERE kind = 'timeline-entry' AND is_quiet_event (state);

-- As mash_handling_gives_words(): an agency reads its own; what is restricted is read by a role that
-- may see such items (row 6 of the matrix) or, once its owner has released it to decision makers, by
-- one that decides (row 16).
CREATE FUNCTION gives_words (paragraph jsonb, role text, agency text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN coalesce (paragraph ->> 'agency' = agency, false) OR
         (NOT coalesce (paragraph -> 'not-for' ? agency, false) AND
          (NOT is_restricted (paragraph) OR
           EXISTS (SELECT FROM permit p
                   WHERE p.role = gives_words.role AND p.answer = 'yes' AND
                         (p.permission = 6 OR
                          (p.permission = 16 AND
                           coalesce (paragraph -> 'handling' ? 'H2', false))))));
END $$;

-- As mash_store_may_read_line(): an event without an agency is that of its author's.
CREATE FUNCTION gives_event (event entity, role text, agency text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  owner text := coalesce (event.state ->> 'agency',
                          said (before ('post', event.created_post), 'agency'));
  restricted text := permit_of (role, 6);
BEGIN
  RETURN restricted = 'yes' OR coalesce (restricted = 'own' AND owner = agency, false) OR
         (event.state ->> 'basis' IS DISTINCT FROM 'INTEL' AND
          coalesce (event.state ->> 'handling' = 'H2', false) AND permit_of (role, 16) = 'yes');
END $$;

CREATE FUNCTION gives (record entity, role text, agency text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT CASE record.kind WHEN 'sd-paragraph' THEN gives_words (record.state, role, agency)
                          ELSE gives_event (record, role, agency) END
$$;

-- From whom which words are kept: from whoever has no post in which they may have them and did not
-- say them. `one` is the person who is asked about, or nobody for everybody.
CREATE FUNCTION kept_from (record entity, one text)
RETURNS TABLE (person text, seq bigint) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH readers AS (
      SELECT e.state ->> 'staff' AS id FROM entity e
      WHERE e.kind = 'post' AND NOT e.voided AND
            (one IS NULL OR e.state @> jsonb_build_object ('staff', one)) AND
            gives (record, e.state ->> 'role', e.state ->> 'agency')
    )
    SELECT p.id, w.seq FROM worded w, person p
    WHERE (record.kind <> 'sd-paragraph' OR is_guarded (record.state)) AND
          w.record = record.id AND p.id <> w.person AND (one IS NULL OR p.id = one) AND
          NOT EXISTS (SELECT FROM readers r WHERE r.id = p.id);
END $$;

-- Brings up to date from whom the words of a record are kept. What no desk can have yet, from a
-- position on, needs no turn.
CREATE FUNCTION keep_words (which text, one text, first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WITH want AS (
    SELECT k.person, k.seq
    FROM entity e, LATERAL kept_from (e, one) AS k
    WHERE e.kind = ANY (ARRAY['sd-paragraph', 'timeline-entry']) AND e.id = which
  ), gone AS (
    DELETE FROM kept k USING worded w
    WHERE w.record = which AND k.seq = w.seq AND (one IS NULL OR k.person = one) AND
          NOT EXISTS (SELECT FROM want x WHERE x.person = k.person AND x.seq = k.seq)
    RETURNING k.person, k.seq
  ), fresh AS (
    INSERT INTO kept (person, seq) SELECT x.person, x.seq FROM want x
    ON CONFLICT DO NOTHING RETURNING person, seq
  ), opened AS (
    DELETE FROM closed c USING gone g
    WHERE c.person = g.person AND c.seq = g.seq AND
          NOT EXISTS (SELECT FROM about a JOIN closed_id x ON x.id = a.id
                      WHERE a.seq = g.seq AND x.person = g.person)
    RETURNING c.person, c.seq
  ), shut AS (
    INSERT INTO closed (person, seq) SELECT f.person, f.seq FROM fresh f
    ON CONFLICT DO NOTHING RETURNING person, seq
  )
  INSERT INTO turn (person, n, seq, at)
  SELECT x.person, next_turn (x.person) + row_number () OVER (PARTITION BY x.person ORDER BY x.seq),
         x.seq, took_at
  FROM (SELECT * FROM opened UNION SELECT * FROM shut) AS x (person, seq)
  WHERE x.seq < first_new;
END $$;

-- The same for all that may be kept from somebody, or from anybody.
CREATE FUNCTION keep_all_words (one text, first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which text;
BEGIN
  FOR which IN
    SELECT e.id FROM entity e WHERE e.kind = 'sd-paragraph' AND is_guarded (e.state)
    UNION ALL
    SELECT e.id FROM entity e WHERE e.kind = 'timeline-entry' AND is_quiet_event (e.state)
  LOOP
    PERFORM keep_words (which, one, first_new, took_at);
  END LOOP;
END $$;

-- Whether the words of a record are kept from anybody, or were until now.
CREATE FUNCTION may_be_kept (which text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM entity e
                 WHERE e.kind = 'sd-paragraph' AND e.id = which AND is_guarded (e.state)) OR
         EXISTS (SELECT FROM entity e
                 WHERE e.kind = 'timeline-entry' AND e.id = which AND is_quiet_event (e.state)) OR
         EXISTS (SELECT FROM worded w JOIN kept k ON k.seq = w.seq WHERE w.record = which);
END $$;

-- After a group was taken: a paragraph may be handled otherwise now, somebody may hold another
-- post, or another policy may be in force.
CREATE FUNCTION follow_words (its saying[], first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  kinds text[] := ARRAY (SELECT i.kind FROM unnest (its) AS i);
  which text;
  who text;
BEGIN
  IF kinds && ARRAY['sd-paragraph', 'sd-version', 'timeline-entry'] THEN
    FOR which IN
      SELECT i.record FROM unnest (its) AS i WHERE i.kind IN ('sd-paragraph', 'timeline-entry')
      UNION SELECT worded_of (i) FROM unnest (its) AS i WHERE i.kind = 'sd-version'
    LOOP
      PERFORM keep_words (which, NULL, first_new, took_at) WHERE may_be_kept (which);
    END LOOP;
  END IF;
  IF 'post' = ANY (kinds) THEN
    FOR who IN
      SELECT e.state ->> 'staff'
      FROM unnest (its) AS i JOIN entity e ON e.kind = i.kind AND e.id = i.record
      WHERE i.kind = 'post'
      UNION SELECT i.body ->> 'staff.was' FROM unnest (its) AS i WHERE i.kind = 'post'
    LOOP
      PERFORM keep_all_words (who, first_new, took_at) WHERE who IS NOT NULL;
    END LOOP;
  END IF;
  IF 'policy-version' = ANY (kinds) THEN
    PERFORM keep_all_words (NULL, first_new, took_at);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION follow_group (its saying[], first_new bigint, took_at text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM follow_seals (its, first_new, took_at);
  PERFORM follow_words (its, first_new, took_at);
END $$;

CREATE OR REPLACE FUNCTION close_at_first () RETURNS trigger LANGUAGE plpgsql
SET search_path = mash, pg_temp AS $$
BEGIN
  PERFORM close_and_open (NEW.id, 1, now_text ());
  PERFORM keep_all_words (NEW.id, 1, now_text ());
  RETURN NULL;
END $$;

-- What was taken before: those who have it give it back.
INSERT INTO worded (seq, record, person)
SELECT c.seq, worded_of (it), c.person
FROM change c, LATERAL read_statement (c.statement) AS it
WHERE c.kind IN ('sd-paragraph', 'sd-version', 'timeline-entry') AND worded_of (it) IS NOT NULL;

SELECT keep_all_words (NULL, (SELECT m.head_seq FROM meta m) + 1, now_text ());
