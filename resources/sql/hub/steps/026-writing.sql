-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Who is in a strategy discussion now, and in which part of it they write (functions/writing.sql).

SET search_path = mash, pg_temp;

-- One row for each seat, of where it was when it was heard of last. It is no part of the history:
-- nothing is lost with it when the server falls, and no replica has it.
CREATE UNLOGGED TABLE writing (
  seat text PRIMARY KEY REFERENCES seat,
  discussion text NOT NULL,
  place text NOT NULL,
  at text NOT NULL
);

ALTER TABLE writing ENABLE ROW LEVEL SECURITY;
ALTER TABLE writing FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON writing TO CURRENT_USER USING (true) WITH CHECK (true);
