-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What is kept of vetting that was renewed after it had lapsed (functions/reach.sql).

SET search_path = mash, pg_temp;

-- Up to which position contacts are older than the clearance.
ALTER TABLE person ADD COLUMN cleared_after bigint;

-- By which posts somebody had all cases before, and has all that are newer now.
ALTER TABLE asked_post ADD COLUMN everything boolean NOT NULL DEFAULT false;
