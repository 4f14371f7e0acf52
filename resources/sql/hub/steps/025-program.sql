-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The version of the program whose functions, kinds and rights a hub has, so that no older one puts
-- its own in their place; empty until one has said so.

SET search_path = mash, pg_temp;

ALTER TABLE meta ADD COLUMN program text NOT NULL DEFAULT '';
