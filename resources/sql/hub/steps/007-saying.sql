-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a statement says, as functions/taking.sql reads it.

SET search_path = mash, pg_temp;

CREATE TYPE saying AS (
  hub text, id text, group_id text, idx integer, size integer, desk text, person text, post text,
  kind text, record text, base bigint, compartment text, format integer, said_at text, salt bytea,
  body jsonb
);
