-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What is kept beside the feed: who looked at what, and work that waits for a manager because who
-- did it can no longer send it, or because the hub lost it.

SET search_path = mash, pg_temp;

-- The seat from which somebody hands something in: also one that may do nothing else any more.
CREATE FUNCTION hand_in_from (which text, OUT s seat, OUT refusal text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  found_one record;
BEGIN
  SELECT * INTO found_one FROM find_seat (which);
  s := found_one.s;
  refusal := found_one.refusal;
  IF refusal IN ('unknown_desk', 'unknown_seat', 'invited') THEN
    RAISE EXCEPTION 'unknown desk' USING ERRCODE = 'MH002';
  END IF;
END $$;

-- Takes looks, in the order of the seat's own chain: `first` is the place of the first of them.
-- What the hub has already must say the same. Also of who is suspended, and of what was seen from a
-- seat that this one has replaced.
CREATE FUNCTION api1.view (seat text, first bigint, statements bytea[], signatures bytea[])
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  s seat := (hand_in_from (view.seat)).s;
  it saying;
  last_place bigint;
  last_chain bytea;
  digest bytea;
BEGIN
  IF coalesce (first < 1 OR cardinality (statements) NOT BETWEEN 1 AND 1000 OR
               cardinality (statements) <> cardinality (signatures), true) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  PERFORM FROM seat x WHERE x.id = s.id FOR UPDATE;
  SELECT a.position, a.chain INTO last_place, last_chain FROM access a
  WHERE a.seat = s.id ORDER BY a.position DESC LIMIT 1;
  last_place := coalesce (last_place, 0);
  last_chain := coalesce (last_chain, decode (repeat ('00', 32), 'hex'));
  IF first > last_place + 1 THEN
    RAISE EXCEPTION 'numbers are missing' USING ERRCODE = 'MH007';
  END IF;
  FOR i IN 1 .. cardinality (statements) LOOP
    it := read_statement (statements[i]);
    IF NOT coalesce (it.person = s.person AND length (signatures[i]) = 64 AND
                     EXISTS (SELECT FROM seat x WHERE x.id = it.desk AND x.person = s.person),
                     false) THEN
      RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
    END IF;
    digest := sha256 (statements[i] || signatures[i]);
    IF first + i - 1 <= last_place THEN
      IF NOT EXISTS (SELECT FROM access a WHERE a.seat = s.id AND a.position = first + i - 1 AND
                                 sha256 (a.statement || a.signature) = digest) THEN
        RAISE EXCEPTION 'numbers were taken before' USING ERRCODE = 'MH006';
      END IF;
      CONTINUE;
    END IF;
    last_place := last_place + 1;
    last_chain := sha256 (last_chain || int8send (last_place) || convert_to (it.said_at, 'UTF8') ||
                          digest);
    INSERT INTO access (seat, position, record, took_at, statement, signature, chain, again)
    VALUES (s.id, last_place, it.record, now_text (), statements[i], signatures[i], last_chain,
            -- What was seen from an older seat may have been given from there.
            it.desk <> s.id AND
            EXISTS (SELECT FROM access a WHERE a.record = it.record AND
                                               a.statement = statements[i]));
  END LOOP;
  RETURN last_place;
END $$;

-- Who looked at a record, newest first and from a place on, for those whose right it is (permission
-- 44) and to whom it is not closed.
CREATE FUNCTION api1.looks (seat text, record text, before_at text, before_seat text,
                            before_place bigint, max_rows integer)
RETURNS TABLE (took_at text, at_seat text, place bigint, statement bytea, signature bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  s seat := enter (looks.seat);
BEGIN
  IF NOT EXISTS (SELECT FROM list_before ('post', 'staff', s.person) AS post
                 WHERE permit_of (said (post, 'role'), 44) = 'yes') THEN
    RAISE EXCEPTION 'revoked' USING ERRCODE = 'MH003';
  END IF;
  RETURN QUERY
    SELECT a.took_at, a.seat, a.position, a.statement, a.signature FROM access a
    WHERE a.record = looks.record AND NOT a.again AND
          (before_at IS NULL OR
           (a.took_at, a.seat, a.position) < (before_at, before_seat, before_place)) AND
          NOT EXISTS (SELECT FROM closed_id x WHERE x.person = s.person AND x.id = a.record)
    ORDER BY a.took_at DESC, a.seat DESC, a.position DESC
    LIMIT greatest (1, least (coalesce (max_rows, 200), 1000));
END $$;

-- Puts aside what was said in this hub and has no answer yet; what the hub has is passed over.
-- Answers how many were new.
CREATE FUNCTION put_aside (s seat, reason text, statements bytea[], signatures bytea[])
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  it saying;
  n integer := 0;
BEGIN
  IF coalesce (cardinality (statements) NOT BETWEEN 1 AND 1000 OR
               cardinality (statements) <> cardinality (signatures) OR
               (SELECT count (*) > 100000 OR coalesce (sum (length (q.statement)), 0) > 1 << 27
                FROM quarantine q WHERE q.by = s.person AND q.settled_seq IS NULL), true) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  FOR i IN 1 .. cardinality (statements) LOOP
    it := read_statement (statements[i]);
    IF NOT coalesce (it.hub = (SELECT m.hub FROM meta m) AND length (signatures[i]) = 64 AND
                     (reason <> 'revoked' OR it.person = s.person), false) THEN
      RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
    END IF;
    CONTINUE WHEN EXISTS (SELECT FROM verdict v WHERE v.id = it.id);
    INSERT INTO quarantine (id, digest, seat, group_id, person, reason, by, at, statement,
                            signature)
    VALUES (it.id, sha256 (statements[i] || signatures[i]), it.desk, it.group_id, it.person,
            reason, s.person, now_text (), statements[i], signatures[i])
    ON CONFLICT DO NOTHING;
    n := n + CASE WHEN FOUND THEN 1 ELSE 0 END;
  END LOOP;
  RETURN n;
END $$;

-- Unsent work of a person: their own, also when they are suspended or their vetting has lapsed, or
-- somebody else's from a machine that was recovered. It is kept unapplied, with its signatures.
CREATE FUNCTION api1.quarantine (seat text, statements bytea[], signatures bytea[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
DECLARE
  found_one record;
BEGIN
  SELECT * INTO found_one FROM hand_in_from (quarantine.seat);
  RETURN put_aside (found_one.s, CASE WHEN found_one.refusal = '' THEN 'recovered'
                                      ELSE 'revoked' END,
                    statements, signatures);
END $$;

-- What a desk holds of a history that this hub no longer has, with its authors and signatures.
CREATE FUNCTION api1.reoffer (seat text, statements bytea[], signatures bytea[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
BEGIN
  RETURN put_aside (enter (reoffer.seat), 'reoffered', statements, signatures);
END $$;
