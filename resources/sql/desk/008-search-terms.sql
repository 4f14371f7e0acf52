-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What somebody types is looked up term by term, each term a list of its own, the youngest records
-- first: beginnings, sounds, numbers, and each two of them together. An index that crosses two long
-- lists costs what the register costs. It keeps no text: the view makes the terms of a person from
-- what the other index has, which is asked for whole words only from now on.
CREATE TABLE person_search_kept AS
  SELECT rowid AS n, person, names, keys, births, postcodes, identifiers FROM person_search;
DROP TABLE person_search;
CREATE VIRTUAL TABLE person_search USING fts5 (
  person UNINDEXED,
  names,
  keys,
  births,
  postcodes,
  identifiers,
  tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO person_search (rowid, person, names, keys, births, postcodes, identifiers)
  SELECT * FROM person_search_kept;
DROP TABLE person_search_kept;

-- FTS5 does not read another virtual table when it checks an index or makes it anew, so this is the
-- table in which the other one keeps its texts, its columns by their places.
CREATE VIEW person_terms AS
  SELECT id AS n, search_terms (c1, c2, c3, c4, c5) AS terms FROM person_search_content;

CREATE VIRTUAL TABLE person_term USING fts5 (
  terms,
  content = 'person_terms',
  content_rowid = 'n',
  detail = none,
  columnsize = 0,
  tokenize = "ascii tokenchars '$~#@+!'"
);
-- progress 85 by person_search_content
INSERT INTO person_term (rowid, terms)
  SELECT n, terms FROM person_terms WHERE n BETWEEN ?1 AND ?2;
-- progress 15
INSERT INTO person_term (person_term) VALUES ('optimize');
