-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The doors: what a desk may call, and all that it may do. Each names its search path, checks who
-- calls from the log-in and the certificate and never from an argument alone, and answers faults
-- with one of these codes and no detail:
--
--   MH001 the caller's history is not this hub's   MH005 the call has not the form that it must have
--   MH002 no such person, desk or seat             MH006 numbers that were taken before
--   MH003 revoked                                  MH007 numbers are missing before these
--   MH004 the seat is stopped                      MH010 history is not altered

CREATE SCHEMA api1;
REVOKE ALL ON SCHEMA api1 FROM PUBLIC;
SET search_path = mash, pg_temp;

-- Why somebody may not come in, or nothing. Vetting that has lapsed ends access at once; an
-- administrator reads no cases, and somebody has to enter the new one.
CREATE FUNCTION find_bar (p person) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  staff jsonb := before ('staff', p.id);
  today text := local_date (now_text ());
BEGIN
  RETURN CASE
    WHEN p.state <> 'active' THEN coalesce (p.state, 'revoked')
    WHEN flag (staff, 'suspended') OR (staff ->> 'void')::boolean THEN 'suspended'
    WHEN said (staff, 'vetting-expires-on') < today AND
         NOT EXISTS (SELECT FROM list_before ('post', 'staff', p.id) AS post
                     WHERE said (post, 'role') = 'AD') THEN 'unvetted'
    ELSE '' END;
END $$;

-- The compartments of who is logged in, by which row security goes.
CREATE FUNCTION mine () RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
  SELECT coalesce (array_agg (m.compartment), '{}')
  FROM member m JOIN person p ON p.id = m.person
  WHERE p.login = session_user AND m.until IS NULL AND find_bar (p) = ''
$$;

-- Whether the line is that of a machine: by its certificate, or by being on the server itself.
CREATE FUNCTION shows (d desk) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT d.id IS NOT NULL AND
         d.certificate IS NOT DISTINCT FROM (SELECT client_serial::text FROM pg_stat_ssl
                                             WHERE pid = pg_backend_pid ()) AND
         (d.certificate IS NOT NULL OR inet_client_addr () IS NULL)
$$;

-- The machine of the line, where it may come in and has a certificate.
CREATE FUNCTION find_machine () RETURNS text LANGUAGE sql STABLE AS $$
  SELECT d.id FROM desk d JOIN pg_stat_ssl line ON line.client_serial::text = d.certificate
  WHERE line.pid = pg_backend_pid () AND d.state = 'active'
$$;

-- The seat of the caller, or why there is none: each reason by its own name, for what a desk does
-- about one of them may be wrong for another.
CREATE FUNCTION find_seat (which text, OUT s seat, OUT refusal text) LANGUAGE plpgsql STABLE AS $$
DECLARE
  p person;
  d desk;
BEGIN
  SELECT * INTO p FROM person x WHERE x.login = session_user;
  SELECT * INTO s FROM seat x WHERE x.id = which AND x.person = p.id;
  SELECT * INTO d FROM desk x WHERE x.id = s.desk;
  refusal := CASE
    -- The machine is there and the seat is not: it was made after what this hub was put back to.
    WHEN s.id IS NULL AND find_bar (p) = '' AND find_machine () IS NOT NULL THEN 'unknown_seat'
    WHEN NOT shows (d) THEN 'unknown_desk'
    WHEN d.state = 'wipe' THEN 'wipe'
    WHEN find_bar (p) <> '' THEN find_bar (p)
    WHEN d.state <> 'active' THEN 'desk_revoked'
    WHEN s.state = 'replaced' THEN 'replaced'
    WHEN s.state = 'frozen' THEN 'frozen'
    ELSE '' END;
END $$;

CREATE FUNCTION enter (which text) RETURNS seat LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
DECLARE
  found_one record;
BEGIN
  SELECT * INTO found_one FROM find_seat (which);
  CASE found_one.refusal
    WHEN '' THEN RETURN found_one.s;
    WHEN 'unknown_desk', 'unknown_seat' THEN
      RAISE EXCEPTION 'unknown desk' USING ERRCODE = 'MH002';
    WHEN 'frozen' THEN RAISE EXCEPTION 'stopped' USING ERRCODE = 'MH004';
    ELSE RAISE EXCEPTION 'revoked' USING ERRCODE = 'MH003';
  END CASE;
END $$;

CREATE FUNCTION api1.hello (seat text, app text, format_low integer, format_high integer,
                            after bigint, after_chain bytea)
RETURNS TABLE (verdict text, hub text, epoch text, server_time text, head bigint, format integer,
               training boolean, policy text, policy_after bigint, last_desk_seq bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
DECLARE
  m meta;
  caller record;
BEGIN
  SELECT * INTO m FROM meta;
  SELECT * INTO caller FROM find_seat (hello.seat);
  verdict := caller.refusal;
  server_time := now_text ();
  IF verdict IN ('unknown_desk', 'unknown_seat') THEN
    RETURN NEXT;
    RETURN;
  END IF;
  format := least (format_high, m.format_max);
  IF verdict = '' THEN
    verdict := CASE
      WHEN format IS NULL OR format < greatest (format_low, m.format_min) THEN 'upgrade'
      WHEN hello.after > m.head_seq THEN 'ahead'
      WHEN hello.after > 0 AND
           (SELECT h.chain FROM head h WHERE h.seq = hello.after) IS DISTINCT FROM after_chain
        THEN 'diverged'
      ELSE 'ok' END;
    UPDATE seat x SET seen_at = server_time, app = left (hello.app, 40), format = hello.format
    WHERE x.id = hello.seat;
  END IF;
  hub := m.hub;
  epoch := m.epoch;
  head := m.head_seq;
  training := m.training;
  policy := m.policy;
  policy_after := m.policy_after;
  last_desk_seq := (caller.s).last_desk_seq;
  RETURN NEXT;
END $$;

-- Takes a batch: the changes of up to 50 groups one after the other, `sizes` saying how many belong
-- to each, and `first_seq` the number of the first among all that this seat ever sent.
CREATE FUNCTION api1.push (seat text, first_seq bigint, sizes integer[], statements bytea[],
                           signatures bytea[])
RETURNS TABLE (id text, outcome text, code text, says text, seq bigint, lost text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  s seat;
  its saying[];
  it saying;
  ids text[] := '{}';
  records text[];
  known record;
  answer record;
  done integer := 0;
  size integer;
  at bigint := push.first_seq;
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

  FOREACH size IN ARRAY sizes LOOP
    its := '{}';
    ids := '{}';
    records := '{}';
    FOR i IN done + 1 .. done + size LOOP
      it := read_statement (statements[i]);
      IF it.id IS NULL OR it.id = ANY (ids) THEN
        RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
      END IF;
      its := its || it;
      ids := ids || it.id;
      records := records || it.record;
    END LOOP;
    SELECT * INTO known FROM find_known (s, ids, statements[done + 1 : done + size],
                                         signatures[done + 1 : done + size]);
    IF known.reused OR known.known NOT IN (0, size) THEN
      UPDATE seat x SET state = 'frozen' WHERE x.id = s.id;
      RETURN QUERY SELECT ids[1], 'frozen', 'op-reuse', '', NULL::bigint, '{}'::text[];
      EXIT;
    ELSIF known.known = 0 THEN
      IF at <= s.last_desk_seq THEN
        RAISE EXCEPTION 'numbers were taken before' USING ERRCODE = 'MH006';
      ELSIF at > s.last_desk_seq + 1 THEN
        RAISE EXCEPTION 'numbers are missing' USING ERRCODE = 'MH007';
      END IF;
      BEGIN
        SELECT * INTO answer FROM take_group (s, its, statements[done + 1 : done + size],
                                              signatures[done + 1 : done + size], at);
      EXCEPTION WHEN OTHERS THEN
        -- What may pass is for the desk to try again; what would fail each time must not hold up
        -- what comes after it.
        IF SQLSTATE ~ '^(40|53|55|57|58)' THEN
          RAISE EXCEPTION 'try again' USING ERRCODE = SQLSTATE;
        END IF;
        SELECT 'internal' AS code, SQLSTATE AS says INTO answer;
      END;
      IF answer.code <> '' THEN
        PERFORM refuse_group (s, ids, records, statements[done + 1 : done + size],
                              signatures[done + 1 : done + size], at, answer.code, answer.says);
      END IF;
      s.last_desk_seq := s.last_desk_seq + size;
    ELSIF at = s.last_desk_seq + 1 THEN
      -- What was heard before comes again under new numbers after one of the two was put back.
      s.last_desk_seq := s.last_desk_seq + size;
    END IF;
    RETURN QUERY SELECT v.id, v.outcome, v.code, v.says, v.seq, coalesce (c.lost, '{}')
                 FROM unnest (ids) WITH ORDINALITY AS want (id, n)
                 JOIN verdict v ON v.id = want.id LEFT JOIN change c ON c.seq = v.seq
                 ORDER BY want.n;
    done := done + size;
    at := at + size;
  END LOOP;
  UPDATE seat x SET last_desk_seq = s.last_desk_seq WHERE x.id = s.id;
  SELECT m.head_seq INTO head_is FROM meta m;
  IF head_is > head_was THEN
    PERFORM pg_notify ('mash', head_is::text);
  END IF;
END $$;

-- What follows a position, without a gap and to the end of a group. What the caller may not read
-- comes as a stub; `chain` stands in the last row.
CREATE FUNCTION api1.pull (seat text, after bigint, after_chain bytea, max_rows integer,
                           max_bytes integer)
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

-- The changes of one record, newest first, from before a position.
CREATE FUNCTION api1.history (seat text, record text, before bigint, max_rows integer)
RETURNS TABLE (seq bigint, took_at text, digest bytea, statement bytea, signature bytea,
               lost text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM enter (history.seat);
  RETURN QUERY
    SELECT c.seq, h.took_at, h.digest, c.statement, c.signature, c.lost
    FROM change c JOIN head h ON h.seq = c.seq
    WHERE c.record = history.record AND (before IS NULL OR c.seq < before)
    ORDER BY c.seq DESC LIMIT greatest (1, least (coalesce (max_rows, 200), 1000));
END $$;

-- A page of records as they stand, by kind and id. Pages are not of one instant; the feed from the
-- head that was seen before the first of them puts that right.
CREATE FUNCTION api1.snapshot (seat text, kind text, after text, max_rows integer)
RETURNS TABLE (id text, revision bigint, compartment text, contact text, voided boolean,
               created_at text, created_by text, created_post text, updated_at text,
               updated_by text, last_seq bigint, state text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM enter (snapshot.seat);
  RETURN QUERY
    SELECT e.id, e.revision, e.compartment, e.contact, e.voided, e.created_at, e.created_by,
           e.created_post, e.updated_at, e.updated_by, e.last_seq, e.state::text
    FROM entity e
    WHERE e.kind = snapshot.kind AND e.id > coalesce (after, '')
    ORDER BY e.id LIMIT greatest (1, least (coalesce (max_rows, 5000), 5000));
END $$;

-- How far a seat has come, and how much it has not sent yet: also evidence of who could have known
-- what when.
CREATE FUNCTION api1.ack (seat text, after bigint, after_chain bytea, unsent bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  s seat := enter (ack.seat);
BEGIN
  IF after > 0 AND
     (SELECT h.chain FROM head h WHERE h.seq = after) IS DISTINCT FROM after_chain THEN
    RAISE EXCEPTION 'not this history' USING ERRCODE = 'MH001';
  END IF;
  UPDATE seat x SET ack_seq = greatest (x.ack_seq, after), ack_at = now_text (),
                    unsent = greatest (0, coalesce (ack.unsent, 0))
  WHERE x.id = s.id;
END $$;
