-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Who else is in a strategy discussion now, and in which part of it they write. A desk says every
-- few seconds where its person is and is told of the others. It says no word of what is written,
-- nothing of it is signed, and nothing comes into the history.

SET search_path = mash, pg_temp;

-- Whether a discussion reaches the caller, and its contact does: as row security gives records
-- (rights.sql).
CREATE OR REPLACE FUNCTION has_discussion (which text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM entity e JOIN entity c ON c.kind = 'contact' AND c.id = e.contact
                 WHERE e.kind = 'strategy-discussion' AND e.id = which AND NOT e.voided);
END $$;

-- Says that the caller is in a discussion, and in which part of it they write; an empty place is
-- none, and no discussion is to have left. Gives who else was there in the last two hours, each
-- once, with the seconds since their desk was heard. A discussion that does not reach the caller is
-- answered as one that is not there.
CREATE OR REPLACE FUNCTION api1.writing (seat text, discussion text, place text)
RETURNS TABLE (person text, at_place text, silent integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  s seat := enter (writing.seat);
  now text := now_text ();
  -- A discussion and the break in it; who was not heard of for longer is not in it.
  oldest text := write_instant (read_instant (now) - interval '2 hours');
BEGIN
  IF coalesce (length (writing.discussion), 0) > 64 OR
     coalesce (writing.place, '') !~ '^[A-Za-z0-9-]{0,64}$' THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  DELETE FROM writing w WHERE w.at COLLATE "C" < oldest;
  IF NOT coalesce (has_discussion (writing.discussion), false) THEN
    DELETE FROM writing w WHERE w.seat = s.id;
    RETURN;
  END IF;
  INSERT INTO writing AS w (seat, discussion, place, at)
  VALUES (s.id, writing.discussion, coalesce (writing.place, ''), now)
  ON CONFLICT (seat) DO UPDATE SET discussion = EXCLUDED.discussion, place = EXCLUDED.place,
                                   at = EXCLUDED.at;
  RETURN QUERY
    SELECT DISTINCT ON (x.person) x.person, w.place,
           greatest (0, extract (epoch FROM read_instant (now) - read_instant (w.at))::integer)
    FROM writing w JOIN seat x ON x.id = w.seat
    WHERE w.discussion = writing.discussion AND x.person <> s.person
    ORDER BY x.person, w.at DESC
    LIMIT 50;
END $$;
