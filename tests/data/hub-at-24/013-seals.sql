-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Seals, and what reaches whom. A seal keeps one member of staff away from a contact and from every
-- other contact of the people in it: to them those changes are stubs, at every door. What was given and
-- is closed, or was closed and is open again, is told to their desks as turns: numbers of their
-- own, each about one position, so that a desk knows how much of it it has followed.

SET search_path = mash, pg_temp;

-- The guards of seals (mash-seal.c)

CREATE FUNCTION seal_edit (c jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN count (*) = 1 THEN (jsonb_agg (e)) -> 0 END FROM edits_of (c, 'seal') AS e
$$;

CREATE FUNCTION seal_next (deed text, state text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT step.after FROM (VALUES
    ('propose-seal', '-', 'PROPOSED'),
    ('emergency-seal', '-', 'EMERGENCY'),
    ('declare-interest', '-', 'SEALED'),
    ('confirm-seal', 'PROPOSED', 'SEALED'),
    ('confirm-seal', 'EMERGENCY', 'SEALED'),
    ('refuse-seal', 'PROPOSED', 'REFUSED'),
    ('refuse-seal', 'EMERGENCY', 'LIFTED'),
    ('propose-unseal', 'SEALED', 'LIFTING'),
    ('confirm-unseal', 'LIFTING', 'LIFTED'),
    ('keep-seal', 'LIFTING', 'SEALED')) AS step (deed, before, after)
  WHERE step.deed = seal_next.deed AND step.before = coalesce (seal_next.state, '-')
$$;

CREATE FUNCTION guard_seal_in_order (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  edit jsonb := seal_edit (c);
  was jsonb := edit_before (edit);
  stands jsonb := edit_after (c, edit);
  next text;
  asks boolean;
BEGIN
  IF edit IS NULL OR is_new (edit) <> (was IS NULL) THEN
    RETURN false;
  END IF;
  next := seal_next (c ->> 'deed', said (was, 'state'));
  asks := was IS NULL OR next IS NOT DISTINCT FROM 'LIFTING';
  RETURN coalesce (
    said (stands, 'state') = next AND
    said (stands, CASE WHEN asks THEN 'asked-by' ELSE 'answered-by' END) =
      c -> 'actor' ->> 'person' AND
    CASE WHEN asks THEN said (stands, 'asked-role') = c -> 'actor' ->> 'role'
         ELSE NOT edit -> 'set' ?| ARRAY['asked-by', 'asked-role'] END, false);
END $$;

CREATE FUNCTION guard_seal_by_another (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT was IS NOT NULL AND
         said (was, 'asked-by') IS DISTINCT FROM c -> 'actor' ->> 'person' AND
         said (was, 'asked-role') IS DISTINCT FROM c -> 'actor' ->> 'role'
  FROM edit_before (seal_edit (c)) AS was
$$;

CREATE FUNCTION guard_seal_not_of_self (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  stands jsonb := edit_after (c, seal_edit (c));
BEGIN
  RETURN stands IS NOT NULL AND
         said (stands, 'excluded') IS DISTINCT FROM c -> 'actor' ->> 'person';
END $$;

CREATE FUNCTION guard_seal_of_self (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (said (edit_after (c, seal_edit (c)), 'excluded') = c -> 'actor' ->> 'person',
                   false)
$$;

CREATE OR REPLACE FUNCTION note_holds (c jsonb, note text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  CASE note
    WHEN 'C7' THEN RETURN recommends_only (c, 'O01 O02', NULL);
    WHEN 'C8' THEN RETURN recommends_only (c, 'O03 O04', '2 3');
    WHEN 'C1' THEN RETURN is_own (c);
    WHEN 'C14' THEN RETURN c ->> 'deed' <> 'clear-flag';
    WHEN 'C16' THEN
      RETURN has_word ('propose-seal emergency-seal confirm-seal refuse-seal propose-unseal '
                       'confirm-unseal keep-seal', c ->> 'deed');
    WHEN 'C23' THEN
      RETURN c ->> 'deed' = 'apply-policy' AND c -> 'actor' ->> 'role' = 'MM';
    WHEN 'C12' THEN
      RETURN has_word ('copy preview-copy circulate-discussion release-paragraph', c ->> 'deed');
    WHEN 'C10', 'C4', 'C5' THEN RETURN true;
    ELSE RETURN false;
  END CASE;
END $$;

-- What is closed to whom

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

-- Seals of a manager alone that nobody confirmed in time (016-two-people.sql).
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

-- Staff, posts, agencies and the policy are everybody's; nothing is closed because it names them.
CREATE FUNCTION ids_of (it saying, contact text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce (array_agg (DISTINCT x.id), '{}')
    FROM (SELECT it.record AS id
          WHERE it.kind NOT IN ('staff', 'post', 'agency', 'policy-version')
          UNION ALL SELECT contact
          UNION ALL SELECT it.body ->> '.contact'
          UNION ALL
          SELECT jsonb_array_elements_text (CASE jsonb_typeof (b.value) WHEN 'array' THEN b.value
                                            ELSE jsonb_build_array (b.value) END)
          FROM field f, LATERAL (VALUES (it.body -> f.name), (it.body -> (f.name || '.was')))
               AS b (value)
          WHERE f.kind = it.kind AND f.type IN ('reference', 'references') AND
                f.of NOT IN ('staff', 'post', 'agency') AND jsonb_typeof (b.value) <> 'null') AS x
    WHERE x.id IS NOT NULL
  );
END $$;

CREATE OR REPLACE FUNCTION put_change (it saying, statement bytea, signature bytea, seat text,
                                       desk_seq bigint, took_at text, is_last boolean, contact text,
                                       lost text[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  digest bytea := sha256 (statement || signature);
  ids text[] := ids_of (it, contact);
  words_of_record text := worded_of (it);
  at bigint;
BEGIN
  WITH m AS (
    UPDATE meta
    SET head_seq = head_seq + 1, last_at = took_at,
        head_chain = sha256 (head_chain || int8send (head_seq + 1) ||
                             convert_to (took_at, 'UTF8') || digest)
    RETURNING head_seq AS n, head_chain AS next_chain
  ), h AS (
    INSERT INTO head (seq, took_at, group_end, digest, chain)
    SELECT m.n, took_at, is_last, digest, m.next_chain FROM m
  ), c AS (
    INSERT INTO change (seq, id, seat, desk_seq, person, post, group_id, kind, record, base,
                        compartment, format, said_at, contact, lost, statement, signature)
    SELECT m.n, it.id, seat, desk_seq, it.person, it.post, it.group_id, it.kind, it.record,
           it.base, it.compartment, it.format, it.said_at, contact, lost, statement, signature
    FROM m
  ), a AS (
    INSERT INTO about (id, seq) SELECT x, m.n FROM m, unnest (ids) AS x
  ), w AS (
    INSERT INTO worded (record, seq, person)
    SELECT words_of_record, m.n, it.person FROM m WHERE words_of_record IS NOT NULL
  )
  INSERT INTO verdict (id, seat, desk_seq, digest, outcome, seq)
  SELECT it.id, seat, desk_seq, digest, 'accepted', m.n FROM m
  RETURNING verdict.seq INTO at;
  RETURN at;
END $$;

-- Whose conflict of interest an entry of a discussion's attendance declares. Who is entered by name
-- only is that person of their own agency.
CREATE FUNCTION declares_for (participant entity) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT s.id FROM entity s
  WHERE participant.kind = 'sd-participant' AND NOT participant.voided AND
        participant.state @> '{"conflict-declared": true}' AND s.kind = 'staff' AND
        CASE WHEN participant.state ? 'staff' THEN s.id = participant.state ->> 'staff'
             ELSE s.state @> jsonb_build_object ('name', participant.state -> 'person-name',
                                                 'agency', participant.state -> 'agency') END
$$;

-- What is closed to somebody now. It begins with the seals that name them, which they never see,
-- and the contacts of those that are in force, and those in a discussion of which they declared a
-- conflict of interest. From there it goes by people: whoever is in such a
-- contact, every other contact that they are in, and whatever was first written down in a change
-- that speaks of any of these; and again, until nothing is added.
CREATE FUNCTION reckon_closed (who text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  ids text[] := ARRAY (
    SELECT e.id FROM entity e
    WHERE e.kind = 'seal' AND e.state @> jsonb_build_object ('excluded', who)
    UNION
    SELECT e.contact FROM entity e
    WHERE e.kind = 'seal' AND e.state @> jsonb_build_object ('excluded', who) AND
          NOT e.voided AND
          (e.state ->> 'state' IN ('SEALED', 'LIFTING') OR
           (e.state ->> 'state' = 'EMERGENCY' AND
            NOT EXISTS (SELECT FROM lapsed l WHERE l.seal = e.id)))
    UNION
    SELECT e.contact FROM entity e, LATERAL declares_for (e) AS whose
    WHERE e.kind = 'sd-participant' AND e.state @> '{"conflict-declared": true}' AND
          whose = who);
  fresh text[] := ids;
BEGIN
  WHILE cardinality (fresh) > 0 LOOP
    fresh := ARRAY (
      (SELECT e.state ->> 'person' FROM entity e
       WHERE e.kind = 'contact-subject' AND e.contact = ANY (fresh) AND e.state ? 'person'
       UNION
       SELECT e.contact FROM entity e
       WHERE e.kind = 'contact-subject' AND e.state ->> 'person' = ANY (fresh)
       UNION
       SELECT c.record FROM about a JOIN change c ON c.seq = a.seq
       WHERE a.id = ANY (fresh) AND c.base = 0 AND
             NOT has_word ('staff post agency policy-version rota-slot import-file', c.kind))
      EXCEPT SELECT unnest (ids));
    ids := ids || fresh;
  END LOOP;
  RETURN ids;
END $$;

-- Numbers that a hub gives after it was put back are none of those that it gave before.
CREATE FUNCTION next_turn (who text) RETURNS bigint LANGUAGE sql AS $$
  SELECT greatest ((SELECT max (t.n) FROM turn t WHERE t.person = who),
                   (SELECT p.anew FROM person p WHERE p.id = who),
                   (extract (epoch FROM clock_timestamp ()) * 1000000)::bigint) + 1
$$;

-- Brings what is closed to somebody up to date. What no desk can have yet, from a position on,
-- needs no turn.
CREATE FUNCTION close_and_open (who text, first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  ids text[] := reckon_closed (who);
  turned bigint;
BEGIN
  turned := next_turn (who);
  DELETE FROM closed_id x WHERE x.person = who AND x.id <> ALL (ids);
  INSERT INTO closed_id (person, id) SELECT who, unnest (ids) ON CONFLICT DO NOTHING;
  WITH now_closed AS (
    SELECT a.seq FROM about a WHERE a.id = ANY (ids)
    UNION SELECT k.seq FROM kept k WHERE k.person = who
  ), opened AS (
    DELETE FROM closed x
    WHERE x.person = who AND NOT EXISTS (SELECT FROM now_closed n WHERE n.seq = x.seq)
    RETURNING x.seq
  ), shut AS (
    INSERT INTO closed (person, seq) SELECT who, n.seq FROM now_closed n ON CONFLICT DO NOTHING
    RETURNING seq
  )
  INSERT INTO turn (person, n, seq, at)
  SELECT who, turned + row_number () OVER (ORDER BY x.seq), x.seq, took_at
  FROM (SELECT o.seq FROM opened o UNION SELECT s.seq FROM shut s) AS x
  WHERE x.seq < first_new;
END $$;

-- After a group was taken: for whom something changes by it. A seal does for the one whom it names,
-- a conflict of interest for the one who declared it, and what speaks of something that is closed
-- is closed too. Most groups do none of it, and are told apart by their kinds.
CREATE FUNCTION follow_seals (its saying[], first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  last_new bigint := first_new + cardinality (its) - 1;
  kinds text[] := ARRAY (SELECT i.kind FROM unnest (its) AS i);
  whom text[] := '{}';
  who text;
BEGIN
  IF 'seal' = ANY (kinds) THEN
    INSERT INTO about (id, seq)
    SELECT i.record, n FROM unnest (its) AS i, generate_series (first_new, last_new) AS n
    WHERE i.kind = 'seal'
    ON CONFLICT DO NOTHING;
    whom := ARRAY (SELECT e.state ->> 'excluded'
                   FROM unnest (its) AS i JOIN entity e ON e.kind = i.kind AND e.id = i.record
                   WHERE i.kind = 'seal');
  END IF;
  IF 'sd-participant' = ANY (kinds) THEN
    whom := whom || ARRAY (SELECT whose
                           FROM unnest (its) AS i
                           JOIN entity e ON e.kind = i.kind AND e.id = i.record,
                                LATERAL declares_for (e) AS whose
                           WHERE i.kind = 'sd-participant');
  END IF;
  IF EXISTS (SELECT FROM closed_id) THEN
    whom := whom || ARRAY (SELECT x.person
                           FROM generate_subscripts (its, 1) AS n
                           JOIN change c ON c.seq = first_new + n - 1
                           JOIN closed_id x ON x.id = ANY (ids_of (its[n], c.contact)));
  END IF;
  FOR who IN SELECT DISTINCT unnest (whom) LOOP
    PERFORM close_and_open (who, first_new, took_at);
  END LOOP;
  IF kinds && ARRAY['post', 'policy-version'] THEN
    PERFORM follow_posts ();
  END IF;
END $$;

CREATE FUNCTION is_sealed_from (who text, its saying[]) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  it saying;
BEGIN
  IF NOT EXISTS (SELECT FROM closed_id x WHERE x.person = who) THEN
    RETURN false;
  END IF;
  FOREACH it IN ARRAY its LOOP
    IF EXISTS (SELECT FROM closed_id x WHERE x.person = who AND x.id = ANY (ids_of (it, NULL))) THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END $$;

-- The whole of it, with what does not reach somebody, stands in 015-reach.sql.
CREATE FUNCTION is_closed (who text, its saying[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN is_sealed_from (who, its);
END $$;

-- Taking, as before; what is closed to who sends it is not there.
CREATE OR REPLACE FUNCTION find_stray (s seat, its saying[]) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  it saying;
  e entity;
BEGIN
  IF is_closed (s.person, its) THEN
    RETURN 'missing';
  END IF;
  FOREACH it IN ARRAY its LOOP
    IF NOT EXISTS (SELECT FROM member m WHERE m.person = s.person AND m.until IS NULL AND
                                              m.compartment = it.compartment) THEN
      RETURN 'forbidden';
    END IF;
    CONTINUE WHEN it.idx > 0 AND is_words_of (it, its[it.idx]);
    SELECT * INTO e FROM entity x WHERE x.kind = it.kind AND x.id = it.record;
    IF it.base = 0 AND e.id IS NOT NULL THEN
      RETURN 'exists';
    ELSIF it.base > 0 AND e.id IS NULL THEN
      RETURN CASE WHEN EXISTS (SELECT FROM attempt a WHERE a.record = it.record AND
                                                           a.person = s.person)
                  THEN 'depends' ELSE 'missing' END;
    ELSIF it.base > 0 AND (e.compartment <> it.compartment OR it.base > e.revision) THEN
      RETURN 'missing';
    ELSIF e.voided THEN
      RETURN 'void';
    END IF;
  END LOOP;
  RETURN '';
END $$;

ALTER FUNCTION take_group (seat, saying[], bytea[], bytea[], bigint) RENAME TO take_judged_group;

-- What follows from a group that was taken, from a position on.
CREATE FUNCTION follow_group (its saying[], first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM follow_seals (its, first_new, took_at);
END $$;

-- What a manager took over from somebody in the same transaction stands behind the group.
CREATE FUNCTION take_group (s seat, its saying[], statements bytea[], signatures bytea[],
                            first_seq bigint, OUT code text, OUT says text)
LANGUAGE plpgsql AS $$
DECLARE
  first_new bigint := (SELECT m.head_seq FROM meta m) + 1;
  m meta;
  taken saying[] := its;
BEGIN
  SELECT t.code, t.says INTO code, says
  FROM take_judged_group (s, its, statements, signatures, first_seq) AS t;
  IF code = '' THEN
    SELECT * INTO m FROM meta;
    IF m.head_seq >= first_new + cardinality (its) THEN
      taken := ARRAY (SELECT read_statement (c.statement) FROM change c
                      WHERE c.seq BETWEEN first_new AND m.head_seq ORDER BY c.seq);
    END IF;
    PERFORM follow_group (taken, first_new, m.last_at);
  END IF;
END $$;

-- Who is logged in, and what is closed to them, by which row security goes.
CREATE FUNCTION caller () RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
  SELECT p.id FROM person p WHERE p.login = session_user
$$;

CREATE FUNCTION my_closed () RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
  SELECT x.seq FROM closed x WHERE x.person = caller ()
$$;

-- Records of which something is closed: a page of records as they stand would say it.
CREATE FUNCTION my_clouded () RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
  SELECT x.id FROM closed_id x WHERE x.person = caller ()
  UNION
  SELECT c.record FROM closed x JOIN change c ON c.seq = x.seq WHERE x.person = caller ()
$$;

CREATE FUNCTION my_turn () RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
  SELECT greatest ((SELECT max (t.n) FROM turn t WHERE t.person = p.id), p.anew)
  FROM person p WHERE p.id = caller ()
$$;

-- The doors

-- A page is of one instant, and so is what is open in it: a desk that has not followed every turn
-- is told so, and does that first. Who keeps nothing need not say.
DROP FUNCTION api1.pull (text, bigint, bytea, integer, integer);
CREATE FUNCTION api1.pull (seat text, after bigint, after_chain bytea, max_rows integer,
                           max_bytes integer, turned bigint DEFAULT NULL)
RETURNS TABLE (seq bigint, took_at text, group_end boolean, digest bytea, chain bytea, head bigint,
               statement bytea, signature bytea, lost text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  newest bigint := (SELECT max (h.seq) FROM head h);
  until bigint;
BEGIN
  PERFORM enter (pull.seat);
  IF coalesce (after < 0, true) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  ELSIF after > 0 AND
        (SELECT h.chain FROM head h WHERE h.seq = after) IS DISTINCT FROM after_chain THEN
    RAISE EXCEPTION 'not this history' USING ERRCODE = 'MH001';
  ELSIF turned <> my_turn () THEN
    RAISE EXCEPTION 'turn' USING ERRCODE = 'MH013';
  END IF;
  SELECT coalesce (max (page.seq) FILTER (WHERE page.group_end AND
                                                page.bytes <= coalesce (max_bytes, 4194304)),
                   min (page.seq) FILTER (WHERE page.group_end)) INTO until
  FROM (SELECT h.seq, h.group_end,
               sum (coalesce (length (c.statement), 0) + 200) OVER (ORDER BY h.seq) AS bytes
        FROM head h LEFT JOIN change c ON c.seq = h.seq
        WHERE h.seq > after
        ORDER BY h.seq
        LIMIT greatest (200, least (coalesce (max_rows, 5000), 5000))) AS page;
  RETURN QUERY
    SELECT h.seq, h.took_at, h.group_end, h.digest,
           CASE WHEN h.seq = until THEN h.chain END, newest, c.statement, c.signature,
           coalesce (c.lost, '{}')
    FROM head h LEFT JOIN change c ON c.seq = h.seq
    WHERE h.seq > after AND h.seq <= until
    ORDER BY h.seq;
END $$;

-- What was opened and closed to the caller since a turn, at or before the place that their desk has
-- come to: each position once, with what is to be had of it now. The last row has no position, but
-- the number of the last turn; -1 where the desk names one that the hub does not know, because it
-- was put back. Who begins again with -1 names in `stubs` the positions of which it has no more,
-- and is told of all that is closed: what they have may have been given when it was open.
CREATE FUNCTION api1.turn (seat text, turned bigint, after bigint, after_chain bytea,
                           stubs bigint[])
RETURNS TABLE (seq bigint, took_at text, group_end boolean, digest bytea, statement bytea,
               signature bytea, lost text[], turn bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM enter (turn.seat);
  IF coalesce (turned < -1 OR after < 0 OR cardinality (stubs) > 10000000, true) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  ELSIF after > 0 AND
        (SELECT h.chain FROM head h WHERE h.seq = after) IS DISTINCT FROM after_chain THEN
    RAISE EXCEPTION 'not this history' USING ERRCODE = 'MH001';
  END IF;
  IF turned >= 0 AND NOT knows_turn (turned) THEN
    RETURN QUERY SELECT NULL::bigint, NULL::text, NULL::boolean, NULL::bytea, NULL::bytea,
                        NULL::bytea, NULL::text[], -1::bigint;
    RETURN;
  END IF;
  RETURN QUERY
    SELECT h.seq, h.took_at, h.group_end, h.digest, c.statement, c.signature,
           coalesce (c.lost, '{}'), NULL::bigint
    FROM head h LEFT JOIN change c ON c.seq = h.seq
    WHERE h.seq <= after AND
          (h.seq IN (SELECT t.seq FROM my_turns (turned) AS t (seq) UNION SELECT unnest (stubs)) OR
           (turned < 0 AND c.seq IS NULL))
    ORDER BY h.seq;
  RETURN QUERY SELECT NULL::bigint, NULL::text, NULL::boolean, NULL::bytea, NULL::bytea,
                      NULL::bytea, NULL::text[], my_turn ();
END $$;

CREATE FUNCTION my_turns (after bigint) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
  SELECT t.seq FROM turn t WHERE t.person = caller () AND t.n > after
$$;

CREATE FUNCTION knows_turn (which bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
  SELECT EXISTS (SELECT FROM person p
                 WHERE p.id = caller () AND
                       (p.anew = which OR
                        (p.anew < which AND
                         EXISTS (SELECT FROM turn t WHERE t.person = p.id AND t.n = which))))
$$;

-- What waits for a manager, as before; not where it speaks of something that is closed to them.
CREATE OR REPLACE FUNCTION api1.waiting (seat text, max_rows integer)
RETURNS TABLE (step text, reason text, handed_by text, handed_at text, desk text, person text,
               statement bytea, signature bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  s seat := enter (waiting.seat);
BEGIN
  IF NOT may_settle (s.person) THEN
    RAISE EXCEPTION 'revoked' USING ERRCODE = 'MH003';
  END IF;
  RETURN QUERY
    SELECT q.group_id, q.reason, q.by, q.at, coalesce (d.name, ''), q.person, q.statement,
           q.signature
    FROM quarantine q LEFT JOIN seat x ON x.id = q.seat LEFT JOIN desk d ON d.id = x.desk
    WHERE waits (q) AND q.person <> s.person AND
          EXISTS (SELECT FROM member m
                  WHERE m.person = s.person AND m.until IS NULL AND
                        m.compartment = (read_statement (q.statement)).compartment) AND
          NOT is_closed (s.person, ARRAY[read_statement (q.statement)])
    ORDER BY q.at, q.group_id, q.id, q.digest
    LIMIT greatest (1, least (coalesce (max_rows, 1000), 1000));
END $$;

-- What was taken before there were seals.
INSERT INTO about (id, seq)
SELECT DISTINCT x, c.seq
FROM change c, LATERAL read_statement (c.statement) AS it,
     LATERAL unnest (ids_of (it, c.contact)) AS x
WHERE c.statement IS NOT NULL
ON CONFLICT DO NOTHING;

-- A seal may name somebody before they come in for the first time.
CREATE FUNCTION close_at_first () RETURNS trigger LANGUAGE plpgsql
SET search_path = mash, pg_temp AS $$
BEGIN
  PERFORM close_and_open (NEW.id, 1, now_text ());
  RETURN NULL;
END $$;
CREATE TRIGGER close_at_first AFTER INSERT ON person
  FOR EACH ROW EXECUTE FUNCTION close_at_first ();
