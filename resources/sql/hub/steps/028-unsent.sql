-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Since when a seat has had changes that it could not send, as far as it has said; empty where none
-- waits, and for a desk of before, which says only how many do.

SET search_path = mash, pg_temp;

ALTER TABLE seat ADD COLUMN unsent_since text NOT NULL DEFAULT '';
