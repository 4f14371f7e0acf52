-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Who looked is told to a manager too, as the matrix has it (permission 44, note C21): of the cases
-- that are theirs to manage, and never their own looks, which information governance reads.

SET search_path = mash, pg_temp;

-- Which looks at a record somebody may know of.
CREATE FUNCTION looks_for (who text, record text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  roles text[] := ARRAY (SELECT said (post, 'role') FROM list_before ('post', 'staff', who) AS post);
BEGIN
  IF EXISTS (SELECT FROM unnest (roles) AS x (role) WHERE permit_of (x.role, 44) = 'yes') THEN
    RETURN 'all';
  ELSIF EXISTS (SELECT FROM permit p
                WHERE p.role = ANY (roles) AND p.permission = 44 AND p.note = 'C21') AND
        (scope_of (who) = 'all' OR
         EXISTS (SELECT FROM reached r WHERE r.person = who AND r.contact = looks_for.record)) THEN
    RETURN 'others';
  END IF;
  RETURN 'none';
END $$;

CREATE OR REPLACE FUNCTION api1.looks (seat text, record text, before_at text, before_seat text,
                                       before_place bigint, max_rows integer)
RETURNS TABLE (took_at text, at_seat text, place bigint, statement bytea, signature bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  s seat := enter (looks.seat);
  which text := looks_for (s.person, looks.record);
BEGIN
  IF which = 'none' THEN
    RAISE EXCEPTION 'revoked' USING ERRCODE = 'MH003';
  END IF;
  RETURN QUERY
    SELECT a.took_at, a.seat, a.position, a.statement, a.signature
    FROM access a JOIN seat x ON x.id = a.seat
    WHERE a.record = looks.record AND NOT a.again AND
          (which = 'all' OR x.person <> s.person) AND
          (before_at IS NULL OR
           (a.took_at, a.seat, a.position) < (before_at, before_seat, before_place)) AND
          NOT EXISTS (SELECT FROM closed_id c WHERE c.person = s.person AND c.id = a.record)
    ORDER BY a.took_at DESC, a.seat DESC, a.position DESC
    LIMIT greatest (1, least (coalesce (max_rows, 200), 1000));
END $$;
