-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How many of the entries of `access` the hub has from the seat at which the desk is now.

ALTER TABLE meta ADD COLUMN looks_handed INTEGER NOT NULL DEFAULT 0;
