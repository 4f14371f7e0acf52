-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Seals, and what is closed to whom. A seal keeps one member of staff away from a contact and from
-- every other contact of the people in it: to them those changes are stubs, at every door. What was
-- given and is closed, or was closed and is open again, is told to their desks as turns: numbers of
-- their own, each about one position, so that a desk knows how much of it it has followed.
--
-- A seal covers a child, and not one of the records that a child has. Whom a link that stands joins
-- to somebody in a sealed contact is the same person, with the same name, birth date and address,
-- and is closed with all contacts that they are in. A link that is only proposed closes nothing but
-- itself: the other may be another child.
--
-- What takes two people: a seal that a manager put on alone holds for a day, and no longer unless
-- information governance confirms it (T31, note C16 of the matrix).

SET search_path = mash, pg_temp;

-- The guards of seals (mash-seal.c)

CREATE OR REPLACE FUNCTION seal_edit (c jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT CASE WHEN count (*) = 1 THEN (jsonb_agg (e)) -> 0 END FROM edits_of (c, 'seal') AS e
  );
END $$;

CREATE OR REPLACE FUNCTION seal_next (deed text, state text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
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
  );
END $$;

CREATE OR REPLACE FUNCTION guard_seal_in_order (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
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

CREATE OR REPLACE FUNCTION guard_seal_by_another (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT was IS NOT NULL AND
           said (was, 'asked-by') IS DISTINCT FROM c -> 'actor' ->> 'person' AND
           said (was, 'asked-role') IS DISTINCT FROM c -> 'actor' ->> 'role'
    FROM edit_before (seal_edit (c)) AS was
  );
END $$;

CREATE OR REPLACE FUNCTION guard_seal_not_of_self (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  stands jsonb := edit_after (c, seal_edit (c));
BEGIN
  RETURN stands IS NOT NULL AND
         said (stands, 'excluded') IS DISTINCT FROM c -> 'actor' ->> 'person';
END $$;

CREATE OR REPLACE FUNCTION guard_seal_of_self (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (said (edit_after (c, seal_edit (c)), 'excluded') = c -> 'actor' ->> 'person',
                   false)
$$;

-- What is closed to whom

-- Staff, posts, agencies and the policy are everybody's; nothing is closed because it names them.
CREATE OR REPLACE FUNCTION ids_of (it saying, contact text) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
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

-- Whose conflict of interest an entry of a discussion's attendance declares. Who is entered by name
-- only is that person of their own agency.
CREATE OR REPLACE FUNCTION declares_for (participant entity) RETURNS SETOF text
LANGUAGE sql STABLE AS $$
  SELECT s.id FROM entity s
  WHERE participant.kind = 'sd-participant' AND NOT participant.voided AND
        participant.state @> '{"conflict-declared": true}' AND s.kind = 'staff' AND
        CASE WHEN participant.state ? 'staff' THEN s.id = participant.state ->> 'staff'
             ELSE s.state @> jsonb_build_object ('name', participant.state -> 'person-name',
                                                 'agency', participant.state -> 'agency') END
$$;

-- What is closed to somebody now. It begins with the seals that name them, which they never see,
-- and the contacts of those that are in force, and those in a discussion of which they declared a
-- conflict of interest. From there it goes by people: whoever is in such a contact, every other
-- contact that they are in, whom a link that stands joins to them, and whatever was first written
-- down in a change that speaks of any of these; and again, until nothing is added.
CREATE OR REPLACE FUNCTION reckon_closed (who text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
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
       SELECT v.id
       FROM unnest (fresh) AS x (id),
            LATERAL (SELECT l.state ->> 'person-b' AS id FROM entity l
                     WHERE l.kind = 'identity-link' AND NOT l.voided AND
                           l.state @> jsonb_build_object ('person-a', x.id, 'state', 'MERGED')
                     UNION ALL
                     SELECT l.state ->> 'person-a' FROM entity l
                     WHERE l.kind = 'identity-link' AND NOT l.voided AND
                           l.state @> jsonb_build_object ('person-b', x.id, 'state', 'MERGED')) AS v
       WHERE v.id IS NOT NULL
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
CREATE OR REPLACE FUNCTION next_turn (who text) RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT greatest ((SELECT max (t.n) FROM turn t WHERE t.person = who),
                     (SELECT p.anew FROM person p WHERE p.id = who),
                     (extract (epoch FROM clock_timestamp ()) * 1000000)::bigint) + 1
  );
END $$;

-- Brings what is closed to somebody up to date. What no desk can have yet, from a position on,
-- needs no turn.
CREATE OR REPLACE FUNCTION close_and_open (who text, first_new bigint, took_at text) RETURNS void
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
CREATE OR REPLACE FUNCTION follow_seals (its saying[], first_new bigint, took_at text) RETURNS void
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

CREATE OR REPLACE FUNCTION is_sealed_from (who text, its saying[]) RETURNS boolean
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

-- Whether a seal of a manager alone is due to lapse, counted from when the hub took it. The hub's
-- time does not run backwards.
CREATE OR REPLACE FUNCTION is_due (seal entity) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  took_at text := coalesce ((SELECT h.took_at FROM head h WHERE h.seq = seal.born),
                            seal.created_at);
  now text := greatest (now_text () COLLATE "C", (SELECT m.last_at FROM meta m));
BEGIN
  RETURN seal.state ->> 'state' = 'EMERGENCY' AND is_instant (took_at) AND
         now COLLATE "C" >= write_instant (read_instant (took_at) + interval '24 hours') AND
         NOT EXISTS (SELECT FROM lapsed l WHERE l.seal = seal.id);
END $$;

-- Time passes by itself: whenever a desk says where it is, seals that are due lapse, and what they
-- kept from somebody is open again unless something else keeps it. While something is being taken
-- that is left to the next time.
CREATE OR REPLACE FUNCTION lapse_seals () RETURNS trigger
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
DECLARE
  it entity;
BEGIN
  IF NOT EXISTS (SELECT FROM entity e WHERE e.kind = 'seal' AND is_due (e)) THEN
    RETURN NULL;
  END IF;
  PERFORM FROM meta FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  FOR it IN SELECT e.* FROM entity e WHERE e.kind = 'seal' AND is_due (e) LOOP
    INSERT INTO lapsed (seal, at) VALUES (it.id, now_text ());
    PERFORM close_and_open (it.state ->> 'excluded', m.head_seq + 1, now_text ()) FROM meta m;
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER lapse_seals AFTER UPDATE OF seen_at, ack_at ON seat
  FOR EACH ROW EXECUTE FUNCTION lapse_seals ();
