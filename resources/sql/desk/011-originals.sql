-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Whether the hub has the original of a document: 0 as far as is known not, 1 it has said so, 2 it
-- does not take it.

ALTER TABLE document ADD COLUMN at_hub INTEGER NOT NULL DEFAULT 0;
CREATE INDEX document_unsent ON document (sha256) WHERE at_hub = 0;
