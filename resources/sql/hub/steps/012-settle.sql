-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What waits is found by the step that it belongs to (functions/settle.sql).

SET search_path = mash, pg_temp;

CREATE INDEX quarantine_step ON quarantine (group_id) WHERE settled_seq IS NULL;
