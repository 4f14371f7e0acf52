-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A line of what a search finds is put together from tables with wide rows, and of each row the
-- page is read and deciphered. These indexes have all that the line says: fewer pages, each with
-- more of what is looked for.
DROP INDEX "contact_subject_person";
CREATE INDEX "contact_subject_person" ON "contact_subject" ("person", voided_at, n, "contact")
  WHERE "person" IS NOT NULL;
DROP INDEX "household_member_person";
CREATE INDEX "household_member_person" ON "household_member" ("person", voided_at, n, "household")
  WHERE "person" IS NOT NULL;
CREATE INDEX contact_line ON contact (id, reference);
CREATE INDEX household_line ON household (id, address);
CREATE INDEX address_line ON address (id, voided_at, confidential, line1, town, postcode);
