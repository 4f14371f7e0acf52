-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The originals of documents: up to 50 MB, in parts of 256 KiB, by the SHA-256 of their content. A
-- record names them; whoever the change that made it reaches gets them, and nobody else. They are
-- handed in by whoever said so, also where that was not accepted or waits for a manager, and by
-- whoever gets them and still has them, after a hub was put back. Answers also with
--
--   MH014 nothing that the caller may know of names such an original

SET search_path = mash, pg_temp;

-- The changes that made the records that name an original.
CREATE OR REPLACE FUNCTION named_at (which text) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce (array_agg (e.born), '{}') FROM entity e
    WHERE e.kind IN ('source-document', 'policy-version') AND e.state ->> 'sha256' = which
  );
END $$;

-- Whether the caller gets any of these changes; by row security, as a page of the history.
CREATE OR REPLACE FUNCTION gives_any (positions bigint[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT EXISTS (SELECT FROM change c
                   WHERE c.seq = ANY (positions) AND c.statement IS NOT NULL)
  );
END $$;

-- Of those, whose author has handed it in: whoever knows no more than what it is called does not get
-- it by saying so.
CREATE OR REPLACE FUNCTION shown_at (which text) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce (array_agg (c.seq), '{}')
    FROM change c JOIN blob_by b ON b.person = c.person AND b.sha256 = which
    WHERE c.seq = ANY (named_at (which))
  );
END $$;

-- Whether somebody named an original, also in what was not accepted or waits for a manager. What
-- they offer again of others names nothing for them: they hand it in when it reaches them.
CREATE OR REPLACE FUNCTION has_named (who text, which text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  words bytea := convert_to (which, 'UTF8');
BEGIN
  RETURN EXISTS (SELECT FROM change c WHERE c.seq = ANY (named_at (which)) AND c.person = who) OR
         EXISTS (SELECT FROM quarantine q
                 WHERE q.by = who AND q.person = who AND q.settled_seq IS NULL AND
                       position (words IN q.statement) > 0) OR
         EXISTS (SELECT FROM attempt a
                 WHERE a.person = who AND position (words IN a.statement) > 0);
END $$;

-- Whether the hub takes an original from somebody, and has not got it. Of who names one it wants it
-- even where it has it from another. What somebody named is looked through last: it may be much.
CREATE OR REPLACE FUNCTION wants (who text, which text, OUT allowed boolean, OUT lacks boolean)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF EXISTS (SELECT FROM blob_by b WHERE b.sha256 = which AND b.person = who) THEN
    allowed := true;
    lacks := false;
    RETURN;
  END IF;
  allowed := gives_any (named_at (which));
  lacks := NOT EXISTS (SELECT FROM blob b WHERE b.sha256 = which);
  IF NOT (allowed AND lacks) AND has_named (who, which) THEN
    allowed := true;
    lacks := true;
  END IF;
END $$;

-- Whether somebody may hand in more: a gigabyte of what is not whole, whoever names it, for anybody
-- can name anything. Of what no record names, a gigabyte with what is whole.
CREATE OR REPLACE FUNCTION has_room (who text, which text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  is_named boolean := cardinality (named_at (which)) > 0;
BEGIN
  RETURN (
    SELECT coalesce (sum (length (b.data)), 0) < 1 << 30
    FROM seat x JOIN blob_part b ON b.seat = x.id
    WHERE x.person = who AND
          (NOT EXISTS (SELECT FROM blob w WHERE w.sha256 = b.sha256 AND w.seat = b.seat) OR
           (NOT is_named AND cardinality (named_at (b.sha256)) = 0))
  );
END $$;

-- The first part that is missing of what a seat hands in.
CREATE OR REPLACE FUNCTION first_missing (which text, from_seat text, n_parts integer)
RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT min (n) FROM generate_series (0, n_parts - 1) AS n
    WHERE NOT EXISTS (SELECT FROM blob_part b
                      WHERE b.sha256 = which AND b.seat = from_seat AND b.part = n)
  );
END $$;

-- Keeps what a seat has handed in, if it is what it is called; if not, it is thrown away. Whoever
-- hands in what they never named vouches for the first who did, of those that they get: it was
-- given to them once. Who names it vouches for nobody: others may know no more than what it is
-- called. What others had begun goes, but for theirs who name it.
CREATE OR REPLACE FUNCTION make_whole (which text, s seat) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  whole bytea := (SELECT coalesce (string_agg (b.data, ''::bytea ORDER BY b.part), '')
                  FROM blob_part b WHERE b.sha256 = which AND b.seat = s.id);
  vouches boolean := NOT EXISTS (SELECT FROM blob b WHERE b.sha256 = which) AND
                     NOT has_named (s.person, which);
BEGIN
  IF encode (sha256 (whole), 'hex') <> which THEN
    DELETE FROM blob_part b
    WHERE b.sha256 = which AND b.seat = s.id AND
          NOT EXISTS (SELECT FROM blob w WHERE w.sha256 = which AND w.seat = s.id);
    RETURN false;
  END IF;
  INSERT INTO blob (sha256, size, seat, at) VALUES (which, length (whole), s.id, now_text ())
  ON CONFLICT DO NOTHING;
  INSERT INTO blob_by (sha256, person)
  SELECT which, s.person
  UNION
  SELECT which, c.person FROM change c
  WHERE vouches AND c.seq = (SELECT min (n) FROM unnest (named_at (which)) AS n
                             WHERE gives_any (ARRAY[n]))
  ON CONFLICT DO NOTHING;
  WITH other AS MATERIALIZED (
    SELECT DISTINCT x.id, x.person
    FROM blob w JOIN blob_part b ON b.sha256 = w.sha256 AND b.seat <> w.seat
                JOIN seat x ON x.id = b.seat
    WHERE w.sha256 = which
  )
  DELETE FROM blob_part b USING other o
  WHERE b.sha256 = which AND b.seat = o.id AND
        (o.person = s.person OR NOT has_named (o.person, which));
  RETURN true;
END $$;

-- Takes a part of an original, or none where only asked. Answers which part is wanted next, -1 where
-- the hub has all of it, and -2 where all that came is not what it is called and was thrown away.
-- Also from who may do nothing else any more. Not where all looks are the first one, by which what
-- has become whole meanwhile is not.
CREATE OR REPLACE FUNCTION api1.blob_put (seat text, which text, size bigint, part integer,
                                          data bytea) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  s seat := (hand_in_from (blob_put.seat)).s;
  n_parts integer;
  next_part integer;
  wanted record;
BEGIN
  IF coalesce (which !~ '^[0-9a-f]{64}$' OR blob_put.size NOT BETWEEN 0 AND 52428800 OR
               (part IS NULL) <> (data IS NULL) OR
               current_setting ('transaction_isolation') <> 'read committed', true) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  n_parts := greatest (1, (blob_put.size + 262143) / 262144);
  IF part NOT BETWEEN 0 AND n_parts - 1 OR
     length (data) <> least (262144, blob_put.size - part::bigint * 262144) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  PERFORM FROM seat x WHERE x.id = s.id FOR UPDATE;
  SELECT * INTO wanted FROM wants (s.person, which);
  IF NOT wanted.allowed THEN
    RAISE EXCEPTION 'nothing names it' USING ERRCODE = 'MH014';
  ELSIF NOT wanted.lacks THEN
    RETURN -1;
  ELSIF NOT has_room (s.person, which) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  IF part IS NOT NULL THEN
    INSERT INTO blob_part (sha256, seat, part, data)
    VALUES (which, s.id, blob_put.part, blob_put.data)
    ON CONFLICT DO NOTHING;
  END IF;
  next_part := first_missing (which, s.id, n_parts);
  RETURN CASE WHEN next_part IS NOT NULL THEN next_part
              WHEN make_whole (which, s) THEN -1
              ELSE -2 END;
END $$;

-- A part of an original, and how large all of it is; nothing where the hub has not got it.
CREATE OR REPLACE FUNCTION api1.blob_get (seat text, which text, part integer)
RETURNS TABLE (size bigint, data bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM enter (blob_get.seat);
  IF NOT gives_any (named_at (which)) THEN
    RAISE EXCEPTION 'nothing names it' USING ERRCODE = 'MH014';
  END IF;
  RETURN QUERY
    SELECT b.size, p.data
    FROM blob b JOIN blob_part p ON p.sha256 = b.sha256 AND p.seat = b.seat
    WHERE b.sha256 = which AND p.part = blob_get.part AND gives_any (shown_at (which));
END $$;

-- Which of these the hub has not got, of those that the caller may hand in.
CREATE OR REPLACE FUNCTION api1.blob_lacking (seat text, fingerprints text[]) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
DECLARE
  s seat := (hand_in_from (blob_lacking.seat)).s;
BEGIN
  IF coalesce (cardinality (fingerprints) > 1000, true) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  RETURN QUERY
    SELECT f.which FROM unnest (fingerprints) AS f (which), LATERAL wants (s.person, f.which) AS w
    WHERE f.which ~ '^[0-9a-f]{64}$' AND w.allowed AND w.lacks;
END $$;
