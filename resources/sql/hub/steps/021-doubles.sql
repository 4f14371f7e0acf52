-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- From here on a seal goes with a child over all records of it (functions/seals.sql).

SET search_path = mash, pg_temp;

-- * Behind the functions *

-- What was sealed before this.
SELECT close_and_open (x.person, m.head_seq + 1, m.last_at)
FROM (SELECT DISTINCT c.person FROM closed_id c) AS x, meta m;
