-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- From when on somebody gets cases again whose vetting had lapsed.

ALTER TABLE "staff" ADD COLUMN "cases_from" TEXT;
