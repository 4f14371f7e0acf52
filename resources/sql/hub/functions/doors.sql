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

SET search_path = mash, pg_temp;

-- Why somebody may not come in, or nothing. Vetting that has lapsed ends access at once; an
-- administrator reads no cases, and somebody has to enter the new one. Who held a post and holds
-- none any more is out, too.
CREATE OR REPLACE FUNCTION find_bar (p person) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  staff jsonb := before ('staff', p.id);
  today text := local_date (now_text ());
BEGIN
  RETURN CASE
    WHEN p.state <> 'active' THEN coalesce (p.state, 'revoked')
    WHEN flag (staff, 'suspended') OR (staff ->> 'void')::boolean THEN 'suspended'
    WHEN said (staff, 'vetting-expires-on') < today AND
         NOT EXISTS (SELECT FROM posts_of (p.id) AS post WHERE said (post, 'role') = 'AD')
      THEN 'unvetted'
    WHEN (p.scope = 'none' OR NOT knows_posts (today)) AND is_postless (p.id) THEN 'postless'
    ELSE '' END;
END $$;

-- The compartments of who is logged in, by which row security goes.
CREATE OR REPLACE FUNCTION mine () RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (array_agg (m.compartment), '{}')
    FROM member m JOIN person p ON p.id = m.person
    WHERE p.login = session_user AND m.until IS NULL AND find_bar (p) = ''
  );
END $$;

-- Who is logged in, and what is closed to them, by which row security goes.
CREATE OR REPLACE FUNCTION caller () RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT p.id FROM person p WHERE p.login = session_user
  );
END $$;

-- How much of the cases the caller gets now.
CREATE OR REPLACE FUNCTION my_scope () RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
BEGIN
  RETURN scope_now (caller ());
END $$;

CREATE OR REPLACE FUNCTION my_closed () RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
  SELECT x.seq FROM closed x WHERE x.person = caller ()
$$;

-- Records of which something is closed: a page of records as they stand would say it.
CREATE OR REPLACE FUNCTION my_clouded () RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
  SELECT x.id FROM closed_id x WHERE x.person = caller ()
  UNION
  SELECT c.record FROM closed x JOIN change c ON c.seq = x.seq WHERE x.person = caller ()
$$;

CREATE OR REPLACE FUNCTION my_turn () RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT greatest ((SELECT max (t.n) FROM turn t WHERE t.person = p.id), p.anew)
    FROM person p WHERE p.id = caller ()
  );
END $$;

CREATE OR REPLACE FUNCTION my_turns (after bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
  SELECT t.seq FROM turn t WHERE t.person = caller () AND t.n > after
$$;

CREATE OR REPLACE FUNCTION knows_turn (which bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT EXISTS (SELECT FROM person p
                   WHERE p.id = caller () AND
                         (p.anew = which OR
                          (p.anew < which AND
                           EXISTS (SELECT FROM turn t WHERE t.person = p.id AND t.n = which))))
  );
END $$;

-- Whether the line is that of a machine: by its certificate, or by being on the server itself.
CREATE OR REPLACE FUNCTION shows (d desk) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT d.id IS NOT NULL AND
           d.certificate IS NOT DISTINCT FROM (SELECT client_serial::text FROM pg_stat_ssl
                                               WHERE pid = pg_backend_pid ()) AND
           (d.certificate IS NOT NULL OR inet_client_addr () IS NULL)
  );
END $$;

-- The machine of the line, where it may come in and has a certificate.
CREATE OR REPLACE FUNCTION find_machine () RETURNS text LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT d.id FROM desk d JOIN pg_stat_ssl line ON line.client_serial::text = d.certificate
    WHERE line.pid = pg_backend_pid () AND d.state = 'active'
  );
END $$;

-- The seat of the caller, or why there is none: each reason by its own name, for what a desk does
-- about one of them may be wrong for another.
CREATE OR REPLACE FUNCTION find_seat (which text, OUT s seat, OUT refusal text)
LANGUAGE plpgsql STABLE AS $$
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

CREATE OR REPLACE FUNCTION enter (which text) RETURNS seat
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
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

CREATE OR REPLACE FUNCTION api1.hello (seat text, app text, format_low integer, format_high integer,
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
-- to each, and `first_seq` the number of the first among all that this seat ever sent. Its groups
-- are first tried together, which is as good as one by one where none of them fails by a fault of
-- the hub, and far quicker; a group that is refused leaves nothing behind anyway. What is looked at
-- goes by keys: a plan that is made once serves always.
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

-- What follows a position, without a gap and to the end of a group. What the caller may not read
-- comes as a stub; `chain` stands in the last row. A page is of one instant, and so is what is open
-- in it: a desk that has not followed every turn is told so, and does that first. Who keeps nothing
-- need not say. Positions are each other's only peers, so that what a page weighs is summed up row
-- by row; and a page of the largest size is put together in memory, not in a file.
CREATE OR REPLACE FUNCTION api1.pull (seat text, after bigint, after_chain bytea, max_rows integer,
                                      max_bytes integer, turned bigint DEFAULT NULL)
RETURNS TABLE (seq bigint, took_at text, group_end boolean, digest bytea, chain bytea, head bigint,
               statement bytea, signature bytea, lost text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp SET work_mem = '16MB' AS $$
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
               sum (coalesce (length (c.statement), 0) + 200)
                 OVER (ORDER BY h.seq ROWS UNBOUNDED PRECEDING) AS bytes
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
CREATE OR REPLACE FUNCTION api1.turn (seat text, turned bigint, after bigint, after_chain bytea,
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

-- The changes of one record, newest first, from before a position.
CREATE OR REPLACE FUNCTION api1.history (seat text, record text, before bigint, max_rows integer)
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
CREATE OR REPLACE FUNCTION api1.snapshot (seat text, kind text, after text, max_rows integer)
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

-- How far a seat has come, how much it has not sent yet, and when the oldest of that was said: also
-- evidence of who could have known what when. A desk of before does not say the last.
CREATE OR REPLACE FUNCTION api1.ack (seat text, after bigint, after_chain bytea, unsent bigint,
                                     since text DEFAULT NULL)
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
                    unsent = greatest (0, coalesce (ack.unsent, 0)),
                    unsent_since = CASE WHEN ack.unsent > 0 AND is_instant (since)
                                        THEN least (since COLLATE "C", now_text ())
                                        ELSE '' END
  WHERE x.id = s.id;
END $$;
