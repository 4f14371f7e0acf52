-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The schema of the doors (functions/doors.sql), the only one that desks know.

CREATE SCHEMA api1;
REVOKE ALL ON SCHEMA api1 FROM PUBLIC;
