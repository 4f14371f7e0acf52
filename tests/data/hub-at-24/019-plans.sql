-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Taking what desks send without planning it anew. A function in SQL that is not part of the query
-- that calls it is read and planned again in each transaction, and behind each group; one in
-- PL/pgSQL keeps its plans as long as the line stands. What each of them says stays as it is.

SET search_path = mash, pg_temp;

-- Functions in SQL that give one value and read something can never be part of the query around
-- them. The names of columns go before those of arguments, as in SQL.
DO $$
DECLARE
  it record;
BEGIN
  FOR it IN
    SELECT p.oid::regprocedure AS name, p.*, pg_get_function_arguments (p.oid) AS arguments,
           pg_get_function_result (p.oid) AS result, btrim (p.prosrc, E' \n;') AS says
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang JOIN pg_type t ON t.oid = p.prorettype
    WHERE p.pronamespace = 'mash'::regnamespace AND p.prokind = 'f' AND l.lanname = 'sql' AND
          NOT p.proretset AND p.proargmodes IS NULL AND t.typtype = 'b' AND
          p.prosrc ~ '\mFROM\M'
  LOOP
    CONTINUE WHEN strpos (it.says, ';') > 0;
    EXECUTE format ('CREATE OR REPLACE FUNCTION mash.%I (%s) RETURNS %s LANGUAGE plpgsql %s %s %s '
                    'AS %L', it.proname, it.arguments, it.result,
                    CASE it.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE'
                                        ELSE 'VOLATILE' END,
                    CASE WHEN it.prosecdef THEN 'SECURITY DEFINER' ELSE '' END,
                    CASE WHEN it.proconfig IS NULL THEN '' ELSE 'SET search_path = mash, pg_temp'
                    END,
                    E'#variable_conflict use_column\nBEGIN\n  RETURN (SELECT it FROM (\n' ||
                    it.says || E'\n  ) AS answer (it) LIMIT 1);\nEND ');
  END LOOP;
END $$;

-- The form of a group, as before; all names of fields are looked up at once.
CREATE OR REPLACE FUNCTION find_fault (c jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  edit jsonb;
  k kind;
  x field;
  fault text;
  seen text[] := '{}';
  key text;
BEGIN
  IF jsonb_array_length (c -> 'edits') NOT BETWEEN 1 AND 200 THEN
    RETURN 'size';
  ELSIF c ->> 'contact' IS NOT NULL AND nullif (c -> 'is', 'null') IS NULL THEN
    RETURN 'contact';
  ELSIF c ->> 'reason' IS NOT NULL AND NOT is_text (c ->> 'reason', false) THEN
    RETURN 'reason';
  END IF;
  FOR edit IN SELECT jsonb_array_elements (c -> 'edits') LOOP
    SELECT * INTO k FROM kind WHERE name = edit ->> 'kind';
    IF k.name IS NULL THEN
      RETURN 'unknown';
    END IF;
    key := k.name || ' ' || CASE WHEN k.signed AND NOT is_rule_made (c, k.name) THEN ''
                                 ELSE edit ->> 'id' END;
    fault := CASE WHEN key = ANY (seen) THEN 'twice' ELSE kind_fault (c, edit, k) END;
    seen := seen || key;
    IF fault IS NULL AND
       EXISTS (SELECT FROM jsonb_object_keys (edit -> 'set') AS member
               WHERE NOT EXISTS (SELECT FROM field y
                                 WHERE y.kind = k.name AND y.name = member)) THEN
      fault := 'unknown';
    END IF;
    IF fault IS NOT NULL THEN
      RETURN fault || ' ' || k.name;
    END IF;
    FOR x IN SELECT * FROM field WHERE field.kind = k.name ORDER BY n LOOP
      fault := field_fault (c, edit, x);
      IF fault IS NOT NULL THEN
        RETURN fault || ' ' || k.name || '.' || x.name;
      END IF;
    END LOOP;
    IF NOT follows (c, edit) THEN
      RETURN 'follows ' || k.name;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- Writes down a group that was judged, one change after the other: what a manager takes over stands
-- behind the word that lets it in.
CREATE FUNCTION put_each (its saying[], statements bytea[], signatures bytea[], seat text,
                          first_seq bigint, took_at text, contact text, edits jsonb, losses jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  at bigint;
BEGIN
  FOR i IN 1 .. cardinality (its) LOOP
    at := put_change (its[i], statements[i], signatures[i], seat, first_seq + i - 1, took_at,
                      i = cardinality (its),
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

-- The same where nothing can come between: each change goes into the records, and then all of them
-- into the history at once. Here, too, the chain is continued.
CREATE FUNCTION put_group (its saying[], statements bytea[], signatures bytea[], seat text,
                           first_seq bigint, took_at text, contact text, edits jsonb, losses jsonb)
RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  it saying;
  m meta;
  at bigint;
  belongs text;
  digest bytea;
  ids text[];
  digests bytea[] := '{}';
  chains bytea[] := '{}';
  contacts text[] := '{}';
  worded_ids text[] := '{}';
  about_ids text[] := '{}';
  about_seqs bigint[] := '{}';
  lose boolean := false;
BEGIN
  SELECT * INTO m FROM meta;
  at := m.head_seq;
  FOR i IN 1 .. cardinality (its) LOOP
    it := its[i];
    at := at + 1;
    belongs := CASE WHEN it.kind = 'contact' THEN it.record ELSE
                 coalesce (it.body ->> 'contact', said (before (it.kind, it.record), 'contact'),
                           contact) END;
    digest := sha256 (statements[i] || signatures[i]);
    m.head_chain := sha256 (m.head_chain || int8send (at) || convert_to (took_at, 'UTF8') ||
                            digest);
    ids := ids_of (it, belongs);
    digests := array_append (digests, digest);
    chains := array_append (chains, m.head_chain);
    contacts := array_append (contacts, belongs);
    worded_ids := array_append (worded_ids, worded_of (it));
    lose := lose OR losses -> (i - 1) <> '[]';
    about_ids := about_ids || ids;
    about_seqs := about_seqs || array_fill (at, ARRAY[cardinality (ids)]);
    PERFORM put_edit (it, edits -> (i - 1), took_at, at);
  END LOOP;
  INSERT INTO head (seq, took_at, group_end, digest, chain)
  SELECT m.head_seq + x.n, put_group.took_at, m.head_seq + x.n = at, x.digest, x.chain
  FROM unnest (digests, chains) WITH ORDINALITY AS x (digest, chain, n);
  INSERT INTO change (seq, id, seat, desk_seq, person, post, group_id, kind, record, base,
                      compartment, format, said_at, contact, lost, statement, signature)
  SELECT m.head_seq + x.n, x.id, put_group.seat, first_seq + x.n - 1, x.person, x.post, x.group_id,
         x.kind, x.record, x.base, x.compartment, x.format, x.said_at, x.contact,
         ARRAY (SELECT jsonb_array_elements_text (losses -> (x.n - 1)::integer)), x.statement,
         x.signature
  FROM ROWS FROM (unnest (its), unnest (statements, signatures, contacts)) WITH ORDINALITY
       AS x (hub, id, group_id, idx, size, desk, person, post, kind, record, base, compartment,
             format, said_at, salt, body, statement, signature, contact, n);
  INSERT INTO about (id, seq)
  SELECT x.id, x.seq FROM unnest (about_ids, about_seqs) AS x (id, seq);
  IF cardinality (array_remove (worded_ids, NULL)) > 0 THEN
    INSERT INTO worded (record, seq, person)
    SELECT x.record, m.head_seq + x.n, it.person
    FROM unnest (worded_ids) WITH ORDINALITY AS x (record, n)
    WHERE x.record IS NOT NULL;
  END IF;
  INSERT INTO verdict (id, seat, desk_seq, digest, outcome, seq)
  SELECT its[x.n].id, put_group.seat, first_seq + x.n - 1, x.digest, 'accepted', m.head_seq + x.n
  FROM unnest (digests) WITH ORDINALITY AS x (digest, n);
  IF lose THEN
    INSERT INTO alternative (seq, field, kind, record, compartment, value)
    SELECT m.head_seq + l.n, name, its[l.n].kind, its[l.n].record, its[l.n].compartment,
           its[l.n].body -> name
    FROM jsonb_array_elements (losses) WITH ORDINALITY AS l (names, n),
         jsonb_array_elements_text (l.names) AS name;
  END IF;
  UPDATE meta SET head_seq = at, last_at = put_group.took_at, head_chain = m.head_chain;
END $$;

-- Takes a group or says why not, as before.
CREATE OR REPLACE FUNCTION take_judged_group (s seat, its saying[], statements bytea[],
                                              signatures bytea[], first_seq bigint, OUT code text,
                                              OUT says text)
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
  IF EXISTS (SELECT FROM unnest (its) AS i WHERE i.kind = 'settlement') THEN
    PERFORM put_each (its, statements, signatures, s.id, first_seq, took_at, contact, edits,
                      losses);
  ELSE
    PERFORM put_group (its, statements, signatures, s.id, first_seq, took_at, contact, edits,
                       losses);
  END IF;
END $$;

-- After a group was taken, as before; most have nothing to do with whom a contact reaches.
CREATE OR REPLACE FUNCTION follow_reach (its saying[], first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  contacts text[] := '{}';
  which text;
BEGIN
  IF NOT EXISTS (SELECT FROM asked_post) THEN
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM unnest (its) AS i WHERE alters_reach (i) OR alters_family (i)) THEN
    contacts := ARRAY (
      SELECT e.contact FROM unnest (its) AS i JOIN entity e ON e.kind = i.kind AND e.id = i.record
      WHERE alters_reach (i) AND e.contact IS NOT NULL
      UNION
      SELECT o.contact FROM unnest (its) AS i, LATERAL unnest (ids_of (i, NULL)) AS x
      JOIN open_id o ON o.id = x
      WHERE alters_family (i));
    FOREACH which IN ARRAY contacts LOOP
      PERFORM reach_again (which, first_new, took_at);
    END LOOP;
  END IF;
  INSERT INTO open_id (person, id, contact)
  SELECT r.person, e.id, r.contact
  FROM unnest (its) AS i JOIN entity e ON e.kind = i.kind AND e.id = i.record
  JOIN reached r ON r.contact = e.contact
  WHERE i.base = 0 AND e.contact <> ALL (contacts) AND e.kind <> 'seal'
  ON CONFLICT DO NOTHING;
END $$;

-- The groups of a batch one after the other: which changes they are, and the first of a group that
-- stops the seat. `alone` has each group leave nothing behind where it fails by a fault of the hub;
-- what it says in SQL is planned again behind each then.
CREATE FUNCTION take_batch (INOUT s seat, first_seq bigint, sizes integer[], statements bytea[],
                            signatures bytea[], alone boolean, OUT taken text[], OUT frozen text)
LANGUAGE plpgsql AS $$
DECLARE
  its saying[];
  it saying;
  ids text[];
  records text[];
  of_group bytea[];
  signed bytea[];
  known record;
  answer record;
  done integer := 0;
  size integer;
  at bigint := first_seq;
BEGIN
  taken := '{}';
  FOREACH size IN ARRAY sizes LOOP
    its := '{}';
    ids := '{}';
    records := '{}';
    of_group := statements[done + 1 : done + size];
    signed := signatures[done + 1 : done + size];
    FOR i IN 1 .. size LOOP
      it := read_statement (of_group[i]);
      IF it.id IS NULL OR it.id = ANY (ids) THEN
        RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
      END IF;
      its := its || it;
      ids := ids || it.id;
      records := records || it.record;
    END LOOP;
    SELECT * INTO known FROM find_known (s, ids, of_group, signed);
    IF known.reused OR known.known NOT IN (0, size) THEN
      UPDATE seat x SET state = 'frozen' WHERE x.id = s.id;
      frozen := ids[1];
      RETURN;
    ELSIF known.known = 0 THEN
      IF at <= s.last_desk_seq THEN
        RAISE EXCEPTION 'numbers were taken before' USING ERRCODE = 'MH006';
      ELSIF at > s.last_desk_seq + 1 THEN
        RAISE EXCEPTION 'numbers are missing' USING ERRCODE = 'MH007';
      END IF;
      IF alone THEN
        SELECT * INTO answer FROM take_alone (s, its, of_group, signed, at);
      ELSE
        SELECT * INTO answer FROM take_group (s, its, of_group, signed, at);
      END IF;
      IF answer.code <> '' THEN
        PERFORM refuse_group (s, ids, records, of_group, signed, at, answer.code, answer.says);
      END IF;
      s.last_desk_seq := s.last_desk_seq + size;
    ELSIF at = s.last_desk_seq + 1 THEN
      -- What was heard before comes again under new numbers after one of the two was put back.
      s.last_desk_seq := s.last_desk_seq + size;
    END IF;
    taken := taken || ids;
    done := done + size;
    at := at + size;
  END LOOP;
END $$;

-- What may pass is for the desk to try again; what would fail each time must not hold up what comes
-- after it.
CREATE FUNCTION take_alone (s seat, its saying[], statements bytea[], signatures bytea[],
                            first_seq bigint, OUT code text, OUT says text)
LANGUAGE plpgsql AS $$
BEGIN
  SELECT t.code, t.says INTO code, says
  FROM take_group (s, its, statements, signatures, first_seq) AS t;
EXCEPTION WHEN OTHERS THEN
  IF SQLSTATE ~ '^(40|53|55|57|58)' THEN
    RAISE EXCEPTION 'try again' USING ERRCODE = SQLSTATE;
  END IF;
  code := 'internal';
  says := SQLSTATE;
END $$;

-- Takes a batch, as before. Its groups are first tried together, which is as good as one by one
-- where none of them fails by a fault of the hub, and far quicker; a group that is refused leaves
-- nothing behind anyway. What is looked at goes by keys: a plan that is made once serves always.
CREATE OR REPLACE FUNCTION api1.push (seat text, first_seq bigint, sizes integer[],
                                      statements bytea[], signatures bytea[])
RETURNS TABLE (id text, outcome text, code text, says text, seq bigint, lost text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  s seat;
  batch record;
  head_was bigint;
  head_is bigint;
BEGIN
  s := enter (push.seat);
  IF coalesce (array_ndims (sizes) <> 1 OR array_ndims (statements) <> 1 OR
               array_ndims (signatures) <> 1 OR cardinality (statements) > 200 OR
               cardinality (statements) <> cardinality (signatures) OR
               cardinality (sizes) > 50 OR
               (cardinality (sizes) > 1 AND cardinality (statements) > 100) OR
               (SELECT sum (n) FROM unnest (sizes) AS n) <> cardinality (statements) OR
               (SELECT bool_or (n IS NULL OR n < 1) FROM unnest (sizes) AS n) OR
               (SELECT bool_or (b IS NULL) FROM unnest (statements) AS b) OR
               (SELECT bool_or (b IS NULL OR length (b) <> 64) FROM unnest (signatures) AS b) OR
               first_seq < 1, true) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  SELECT m.head_seq INTO head_was FROM meta m FOR UPDATE;
  SELECT * INTO s FROM seat x WHERE x.id = s.id FOR UPDATE;
  IF s.state <> 'active' THEN
    RAISE EXCEPTION 'stopped' USING ERRCODE = 'MH004';
  END IF;
  IF cardinality (sizes) > 1 THEN
    BEGIN
      SELECT * INTO batch FROM take_batch (s, first_seq, sizes, statements, signatures, false);
    EXCEPTION WHEN OTHERS THEN
      IF SQLSTATE ~ '^(40|53|55|57|58)' THEN
        RAISE EXCEPTION 'try again' USING ERRCODE = SQLSTATE;
      END IF;
      SELECT * INTO batch FROM take_batch (s, first_seq, sizes, statements, signatures, true);
    END;
  ELSE
    SELECT * INTO batch FROM take_batch (s, first_seq, sizes, statements, signatures, true);
  END IF;

  RETURN QUERY SELECT v.id, v.outcome, v.code, v.says, v.seq, coalesce (c.lost, '{}')
               FROM unnest (batch.taken) WITH ORDINALITY AS want (id, n)
               JOIN verdict v ON v.id = want.id LEFT JOIN change c ON c.seq = v.seq
               ORDER BY want.n;
  IF batch.frozen IS NOT NULL THEN
    RETURN QUERY SELECT batch.frozen, 'frozen', 'op-reuse', '', NULL::bigint, '{}'::text[];
  END IF;
  UPDATE seat x SET last_desk_seq = (batch.s).last_desk_seq WHERE x.id = s.id;
  SELECT m.head_seq INTO head_is FROM meta m;
  IF head_is > head_was THEN
    PERFORM pg_notify ('mash', head_is::text);
  END IF;
END $$;
