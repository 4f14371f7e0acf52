-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Giving a page with less work. Positions are each other's only peers, so that what a page weighs
-- is summed up row by row; and a page of the largest size is put together in memory, not in a file.

SET search_path = mash, pg_temp;

DROP FUNCTION api1.pull (text, bigint, bytea, integer, integer, bigint);
CREATE FUNCTION api1.pull (seat text, after bigint, after_chain bytea, max_rows integer,
                           max_bytes integer, turned bigint DEFAULT NULL)
RETURNS TABLE (seq bigint, took_at text, group_end boolean, digest bytea, chain bytea, head bigint,
               statement bytea, signature bytea, lost text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp
SET work_mem = '16MB' AS $$
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
