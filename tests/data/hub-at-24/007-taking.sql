-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Taking what a desk sends: reading the statements of a group, setting fields against what was
-- altered meanwhile, judging, and giving positions. Whoever calls these holds the row of `meta`.

SET search_path = mash, pg_temp;

-- A statement, taken apart.
CREATE TYPE saying AS (
  hub text, id text, group_id text, idx integer, size integer, desk text, person text, post text,
  kind text, record text, base bigint, compartment text, format integer, said_at text, salt bytea,
  body jsonb
);

CREATE FUNCTION read_statement (statement bytea) RETURNS saying LANGUAGE plpgsql STABLE AS $$
DECLARE
  parts bytea[];
  words text[] := '{}';
  it saying;
BEGIN
  IF length (statement) > 262144 + 4096 THEN
    RETURN NULL;
  END IF;
  parts := split_statement (statement);
  IF parts IS NULL THEN
    RETURN NULL;
  END IF;
  BEGIN
    FOR i IN 1 .. 14 LOOP
      words := words || convert_from (parts[i], 'UTF8');
    END LOOP;
  EXCEPTION WHEN data_exception OR untranslatable_character THEN
    RETURN NULL;
  END;
  IF NOT (is_token (words[1]) AND is_uuid (words[2]) AND is_uuid (words[3]) AND
          is_number (words[4], 199) AND is_number (words[5], 200) AND is_token (words[6]) AND
          is_token (words[7]) AND (words[8] = '' OR is_token (words[8])) AND
          is_token (words[9]) AND is_uuid (words[10]) AND
          is_number (words[11], 9223372036854775807) AND is_token (words[12]) AND
          is_number (words[13], 65535) AND is_instant (words[14]) AND length (parts[15]) = 16) THEN
    RETURN NULL;
  END IF;
  it := ROW (words[1], words[2], words[3], words[4], words[5], words[6], words[7], words[8],
             words[9], words[10], words[11], words[12], words[13], words[14], parts[15],
             read_body (parts[16]));
  RETURN CASE WHEN it.body IS NOT NULL AND it.idx < it.size THEN it END;
END $$;

-- The edit that a body says: which fields from what to what. NULL where it has members of no known
-- meaning, or says what was and not what is.
CREATE FUNCTION read_edit (it saying) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  name text;
  value jsonb;
  now_set jsonb := '{}';
  was_set jsonb := '{}';
BEGIN
  FOR name, value IN SELECT * FROM jsonb_each (it.body) LOOP
    IF starts_with (name, '.') THEN
      IF name NOT IN ('.deed', '.contact', '.why', '.void') OR jsonb_typeof (value) <> 'string' THEN
        RETURN NULL;
      END IF;
    ELSIF name LIKE '%.was' THEN
      IF it.base = 0 OR NOT it.body ? left (name, -4) THEN
        RETURN NULL;
      END IF;
      was_set := was_set || jsonb_build_object (left (name, -4), value);
    ELSIF (it.base > 0) <> (it.body ? (name || '.was')) OR
          coalesce (it.body -> (name || '.was'), 'null') = value THEN
      RETURN NULL;
    ELSE
      now_set := now_set || jsonb_build_object (name, value);
    END IF;
  END LOOP;
  RETURN jsonb_build_object ('kind', it.kind, 'id', it.record, 'new', it.base = 0,
                             'void', it.body -> '.void', 'set', now_set, 'was', was_set);
END $$;

-- Whether something was said at the seat that sends it, or at one of the same person's that it took
-- the place of; a seat that this hub does not know was made before the hub was put back.
CREATE FUNCTION is_own_seat (s seat, said_at_seat text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN said_at_seat = s.id OR
         coalesce ((SELECT x.person = s.person AND x.state = 'replaced' FROM seat x
                    WHERE x.id = said_at_seat), is_uuid (said_at_seat) AND s.made_at <> '');
END $$;

-- Whether changes are one user action: the same words in each, and each in its place.
CREATE FUNCTION is_one_group (s seat, its saying[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  m meta;
  first_one saying := its[1];
  it saying;
  n integer := 0;
BEGIN
  SELECT * INTO m FROM meta;
  IF NOT coalesce (is_own_seat (s, first_one.desk), false) THEN
    RETURN false;
  END IF;
  FOREACH it IN ARRAY its LOOP
    IF NOT coalesce (it.hub = m.hub AND it.desk = first_one.desk AND it.person = s.person AND
                     it.group_id = first_one.group_id AND it.post = first_one.post AND
                     it.said_at = first_one.said_at AND it.idx = n AND
                     it.size = cardinality (its) AND
                     it.format BETWEEN m.format_min AND m.format_max AND
                     it.body -> '.deed' IS NOT DISTINCT FROM first_one.body -> '.deed' AND
                     it.body -> '.contact' IS NOT DISTINCT FROM first_one.body -> '.contact' AND
                     it.body -> '.why' IS NOT DISTINCT FROM first_one.body -> '.why', false) THEN
      RETURN false;
    END IF;
    n := n + 1;
  END LOOP;
  RETURN true;
END $$;

-- Who acts: what the records say about the post in which they do; the root holds none. An approval
-- said more than two minutes ago was said off line. A desk's clock decides nothing by being ahead.
CREATE FUNCTION actor_of (it saying, took_at text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  post jsonb := before ('post', it.post);
  took timestamptz := read_instant (took_at);
BEGIN
  IF NOT coalesce (CASE WHEN it.post = '' THEN it.person = (SELECT m.root_person FROM meta m)
                        ELSE said (post, 'staff') = it.person AND
                             NOT (post ->> 'void')::boolean AND
                             NOT flag (before ('staff', it.person), 'suspended') END, false) THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object (
    'person', it.person, 'post', it.post, 'desk', it.desk,
    'role', coalesce (said (post, 'role'), 'AD'), 'agency', said (post, 'agency'),
    'on_line', read_instant (it.said_at) >= took - interval '2 minutes',
    'now', least (it.said_at COLLATE "C", write_instant (took + interval '15 minutes')));
END $$;

-- Sets an edit against the record as it stands. `edit` is what is left of it; `lost` are the fields
-- that somebody else had altered and that stay as they are; `blocks` is the field for which the
-- whole step is refused.
CREATE FUNCTION set_against (d deed, INOUT edit jsonb, OUT lost text[], OUT blocks text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  held jsonb := edit_before (edit) -> 'f';
  member text;
  value jsonb;
  current_value jsonb;
BEGIN
  lost := '{}';
  IF is_new (edit) THEN
    RETURN;
  END IF;
  FOR member, value IN SELECT * FROM jsonb_each (edit -> 'set') LOOP
    current_value := coalesce (held -> member, 'null');
    CONTINUE WHEN current_value = coalesce (edit -> 'was' -> member, 'null') OR
                  current_value = value;
    IF d.raises AND member = 'brag' THEN
      -- The higher stands, whoever came first.
      CONTINUE WHEN strpos ('BGAR', value #>> '{}') > strpos ('BGAR', current_value #>> '{}');
      lost := lost || member;
    ELSIF NOT d.merges OR (edit ->> 'kind' = 'contact' AND member LIKE 'strand-_') OR
          member IN ('state', 'status') THEN
      blocks := member;
      RETURN;
    ELSIF EXISTS (SELECT FROM field x
                  WHERE x.kind = edit ->> 'kind' AND x.name = member AND NOT x.by_rules) THEN
      -- What the rules work out is worked out again; what somebody wrote is kept beside.
      lost := lost || member;
    END IF;
  END LOOP;
  edit := jsonb_set (edit, '{set}', (edit -> 'set') - lost);
END $$;

-- Puts an edit into the records, at a position.
CREATE FUNCTION put_edit (it saying, edit jsonb, took_at text, at bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  marks jsonb := (SELECT coalesce (jsonb_object_agg (name, at), '{}')
                  FROM jsonb_object_keys (edit -> 'set') AS name);
  whole jsonb := jsonb_strip_nulls (edit -> 'set');
BEGIN
  IF is_new (edit) THEN
    INSERT INTO entity (kind, id, born, revision, compartment, contact, created_at, created_by,
                        created_post, updated_at, updated_by, last_seq, state, altered)
    VALUES (it.kind, it.record, at, 1, it.compartment,
            CASE WHEN it.kind = 'contact' THEN it.record ELSE whole ->> 'contact' END,
            it.said_at, it.person, it.post, it.said_at, it.person, at, whole, marks);
  ELSE
    UPDATE entity e
    SET revision = e.revision + 1, updated_at = it.said_at, updated_by = it.person, last_seq = at,
        voided = e.voided OR edit ->> 'void' IS NOT NULL,
        state = jsonb_strip_nulls (e.state || (edit -> 'set')), altered = e.altered || marks
    WHERE e.kind = it.kind AND e.id = it.record;
  END IF;
END $$;

-- Writes one change down and gives its position. Only here is the chain continued.
CREATE FUNCTION put_change (it saying, statement bytea, signature bytea, seat text, desk_seq bigint,
                            took_at text, is_last boolean, contact text, lost text[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  digest bytea := sha256 (statement || signature);
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
  )
  INSERT INTO verdict (id, seat, desk_seq, digest, outcome, seq)
  SELECT it.id, seat, desk_seq, digest, 'accepted', m.n FROM m
  RETURNING verdict.seq INTO at;
  RETURN at;
END $$;

-- Whether each record of a group is there, or is not, as the group takes it to be, and lies in the
-- compartment that it names; a code that says what is wrong, or nothing.
CREATE FUNCTION find_stray (s seat, its saying[]) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  it saying;
  e entity;
BEGIN
  FOREACH it IN ARRAY its LOOP
    IF NOT EXISTS (SELECT FROM member m WHERE m.person = s.person AND m.until IS NULL AND
                                              m.compartment = it.compartment) THEN
      RETURN 'forbidden';
    END IF;
    SELECT * INTO e FROM entity x WHERE x.kind = it.kind AND x.id = it.record;
    IF it.base = 0 AND e.id IS NOT NULL THEN
      RETURN 'exists';
    ELSIF it.base > 0 AND e.id IS NULL THEN
      RETURN CASE WHEN EXISTS (SELECT FROM attempt a WHERE a.record = it.record AND
                                                           a.person = s.person)
                  THEN 'depends' ELSE 'missing' END;
    ELSIF it.base > 0 AND (e.compartment <> it.compartment OR it.base > e.revision) THEN
      -- Of a record in a compartment that is closed to the desk nothing is said but that there is
      -- none.
      RETURN 'missing';
    ELSIF e.voided THEN
      RETURN 'void';
    END IF;
  END LOOP;
  RETURN '';
END $$;

-- Who decided first, and when, as an id and an instant.
CREATE FUNCTION who_altered (edit jsonb, field text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT c.person || ' ' || h.took_at
  FROM entity e JOIN change c ON c.seq = (e.altered ->> $2)::bigint JOIN head h ON h.seq = c.seq
  WHERE e.kind = edit ->> 'kind' AND e.id = edit ->> 'id'
$$;

-- The edits of a group as they are judged: the words of a paragraph, which travel behind the rest
-- of it, are one edit with it again (mash_handling_join_words).
CREATE FUNCTION join_words (edits jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  joined jsonb := '[]';
  before jsonb;
  edit jsonb;
BEGIN
  FOR edit IN SELECT jsonb_array_elements (edits) LOOP
    before := joined -> -1;
    IF edit ->> 'kind' = 'sd-paragraph' AND edit ->> 'void' IS NULL AND
       before ->> 'kind' = 'sd-paragraph' AND before ->> 'id' = edit ->> 'id' AND
       (edit -> 'set') - ARRAY['text', 'conditions'] = '{}' AND
       NOT before -> 'set' ?| ARRAY['text', 'conditions'] THEN
      joined := jsonb_set (joined, '{-1}', before || jsonb_build_object (
                  'set', (before -> 'set') || (edit -> 'set'),
                  'was', (before -> 'was') || (edit -> 'was')));
    ELSE
      joined := joined || jsonb_build_array (edit);
    END IF;
  END LOOP;
  RETURN joined;
END $$;

-- Whether a change is about the words of the paragraph that the change before it is about.
CREATE FUNCTION is_words_of (it saying, before saying) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (it.kind = 'sd-paragraph' AND before.kind = it.kind AND
                   before.record = it.record AND before.compartment = it.compartment AND
                   it.base = before.base + 1, false)
$$;

-- Takes a group or says why not. Nothing is written unless all of it is.
CREATE FUNCTION take_group (s seat, its saying[], statements bytea[], signatures bytea[],
                            first_seq bigint, OUT code text, OUT says text)
LANGUAGE plpgsql AS $$
DECLARE
  took_at text := greatest (now_text () COLLATE "C", (SELECT last_at FROM meta));
  d deed;
  edits jsonb := '[]';
  losses jsonb := '[]';
  one record;
  actor jsonb;
  contact text := its[1].body ->> '.contact';
  n integer := cardinality (its);
  at bigint;
BEGIN
  says := '';
  SELECT * INTO d FROM deed x WHERE x.id = its[1].body ->> '.deed';
  actor := actor_of (its[1], took_at);
  code := CASE WHEN NOT is_one_group (s, its) THEN 'malformed'
               WHEN d.id IS NULL THEN 'deed'
               WHEN actor IS NULL THEN 'post'
               ELSE find_stray (s, its) END;
  IF code <> '' THEN
    RETURN;
  END IF;
  FOR i IN 1 .. n LOOP
    SELECT * INTO one FROM set_against (d, read_edit (its[i]));
    IF one.edit IS NULL THEN
      code := 'malformed';
      RETURN;
    ELSIF one.blocks IS NOT NULL THEN
      code := 'decided';
      says := coalesce (who_altered (one.edit, one.blocks), '');
      RETURN;
    END IF;
    edits := edits || one.edit;
    losses := losses || jsonb_build_array (to_jsonb (one.lost));
  END LOOP;
  SELECT j.code, j.says INTO code, says
  FROM judge (make_case (actor, d.id, contact, its[1].body ->> '.why', join_words (edits))) AS j;
  IF code <> '' THEN
    RETURN;
  END IF;
  FOR i IN 1 .. n LOOP
    at := put_change (its[i], statements[i], signatures[i], s.id, first_seq + i - 1, took_at, i = n,
                      CASE WHEN its[i].kind = 'contact' THEN its[i].record ELSE
                        coalesce (its[i].body ->> 'contact',
                                  said (before (its[i].kind, its[i].record), 'contact'),
                                  contact) END,
                      ARRAY (SELECT jsonb_array_elements_text (losses -> (i - 1))));
    INSERT INTO alternative (seq, field, kind, record, compartment, value)
    SELECT at, name, its[i].kind, its[i].record, its[i].compartment, its[i].body -> name
    FROM jsonb_array_elements_text (losses -> (i - 1)) AS name;
    PERFORM put_edit (its[i], edits -> (i - 1), took_at, at);
  END LOOP;
END $$;

-- Keeps what was not accepted, with the reason.
CREATE FUNCTION refuse_group (s seat, ids text[], records text[], statements bytea[],
                              signatures bytea[], first_seq bigint, code text, says text)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO verdict (id, seat, desk_seq, digest, outcome, code, says)
  SELECT ids[i], s.id, first_seq + i - 1, sha256 (statements[i] || signatures[i]), 'refused', code,
         says
  FROM generate_subscripts (ids, 1) AS i;
  INSERT INTO attempt (id, person, record, at, statement, signature)
  SELECT ids[i], s.person, records[i], now_text (), statements[i], signatures[i]
  FROM generate_subscripts (ids, 1) AS i;
$$;

-- What is known of changes that came before, by this seat, by one that it took the place of, or by a
-- manager who settled them: the seat is stopped when one of them now says something else, for no
-- fault explains that.
CREATE FUNCTION find_known (s seat, ids text[], statements bytea[], signatures bytea[],
                            OUT known integer, OUT reused boolean) LANGUAGE plpgsql STABLE AS $$
BEGIN
  -- By the index, whatever the planner thinks of the number of ids.
  SELECT count (*)::integer,
         coalesce (bool_or (v.digest <> sha256 (statements[array_position (ids, v.id)] ||
                                                signatures[array_position (ids, v.id)]) OR
                            NOT (v.seat IN (s.id, 'quarantine') OR
                                 EXISTS (SELECT FROM seat x
                                         WHERE x.id = v.seat AND x.person = s.person))), false)
  INTO known, reused
  FROM verdict v WHERE v.id = ANY (ids);
END $$;
