-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What guards read: facts before a group and after it (mash-facts.c, mash-guards.c). A fact is a
-- record as JSON. A case is what is being judged, as JSON too: `deed`, `contact`, `reason`, `actor`,
-- the `edits` in their order, what each edited record would be in `after` by kind and id, and the
-- contact before and after it in `was` and `is`.

SET search_path = mash, pg_temp;

CREATE OR REPLACE FUNCTION fact (r entity) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object ('kind', r.kind, 'id', r.id, 'void', r.voided, 'by', r.created_by,
                             'post', r.created_post, 'at', r.created_at, 'revision', r.revision,
                             'f', r.state)
$$;

-- A field as text: `yes` and `no`, a set with spaces between; NULL where it is not known.
CREATE OR REPLACE FUNCTION words_of (value jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (SELECT string_agg (item, ' ' ORDER BY n)
          FROM jsonb_array_elements_text (value) WITH ORDINALITY AS e (item, n));
END $$;

CREATE OR REPLACE FUNCTION said (f jsonb, field text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE jsonb_typeof (f -> 'f' -> field)
           WHEN 'boolean' THEN CASE WHEN (f -> 'f' -> field)::boolean THEN 'yes' ELSE 'no' END
           WHEN 'array' THEN words_of (f -> 'f' -> field)
           ELSE f -> 'f' ->> field
         END
$$;

CREATE OR REPLACE FUNCTION flag (f jsonb, field text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (f -> 'f' ->> field = 'true', false)
$$;

CREATE OR REPLACE FUNCTION has (f jsonb, field text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE jsonb_typeof (f -> 'f' -> field)
           WHEN 'string' THEN NOT is_blank (f -> 'f' ->> field)
           WHEN 'array' THEN jsonb_array_length (f -> 'f' -> field) > 0
           WHEN 'boolean' THEN true
           ELSE false
         END
$$;

CREATE OR REPLACE FUNCTION has_in (f jsonb, field text, word text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (jsonb_typeof (f -> 'f' -> field) = 'array' AND f -> 'f' -> field ? word, false)
$$;

CREATE OR REPLACE FUNCTION before (kind text, id text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT fact (r) FROM entity r WHERE r.kind = $1 AND r.id = $2
  );
END $$;

CREATE OR REPLACE FUNCTION after (c jsonb, kind text, id text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce (c -> 'after' -> (kind || ' ' || id), before (kind, id))
  );
END $$;

-- Records that are not void, oldest first. What reads tables is PL/pgSQL here, because it keeps its
-- plans.
CREATE OR REPLACE FUNCTION list_before (kind text, field text, value text) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT fact (r) FROM entity r
    WHERE r.kind = $1 AND NOT r.voided AND r.state @> jsonb_build_object ($2, $3)
    ORDER BY r.born;
END $$;

CREATE OR REPLACE FUNCTION list_after (c jsonb, kind text, field text, value text)
RETURNS SETOF jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    WITH held AS (
      SELECT r.id, r.born, fact (r) AS f, c -> 'after' -> (r.kind || ' ' || r.id) AS new
      FROM entity r
      WHERE r.kind = $2 AND NOT r.voided AND r.state @> jsonb_build_object ($3, $4)
    ), every AS (
      SELECT 0 AS part, born AS n, coalesce (new, f) AS f FROM held
      UNION ALL
      SELECT 1, e.n, c -> 'after' -> ($2 || ' ' || (e.edit ->> 'id'))
      FROM jsonb_array_elements (c -> 'edits') WITH ORDINALITY AS e (edit, n)
      WHERE e.edit ->> 'kind' = $2 AND e.edit ->> 'id' NOT IN (SELECT id FROM held)
    )
    SELECT f FROM every
    WHERE NOT (f ->> 'void')::boolean AND f -> 'f' -> $3 = to_jsonb ($4)
    ORDER BY part, n;
END $$;

CREATE OR REPLACE FUNCTION newest_before (kind text, contact text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT f FROM list_before (kind, 'contact', contact) WITH ORDINALITY AS l (f, n)
    ORDER BY n DESC LIMIT 1
  );
END $$;

CREATE OR REPLACE FUNCTION newest_after (c jsonb, kind text, contact text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT f FROM list_after (c, kind, 'contact', contact) WITH ORDINALITY AS l (f, n)
    ORDER BY n DESC LIMIT 1
  );
END $$;

-- The first edit of a kind in a group.
CREATE OR REPLACE FUNCTION find_edit (c jsonb, kind text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT edit FROM jsonb_array_elements (c -> 'edits') WITH ORDINALITY AS e (edit, n)
    WHERE edit ->> 'kind' = kind ORDER BY n LIMIT 1
  );
END $$;

-- The one edit of a kind; a second one beside it would go unjudged.
CREATE OR REPLACE FUNCTION find_only (c jsonb, kind text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT CASE WHEN count (*) = 1 THEN (array_agg (edit))[1] END
    FROM jsonb_array_elements (c -> 'edits') AS e (edit) WHERE edit ->> 'kind' = kind
  );
END $$;

CREATE OR REPLACE FUNCTION edit_text (edit jsonb, field text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT edit -> 'set' ->> field
$$;

CREATE OR REPLACE FUNCTION is_new (edit jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce ((edit ->> 'new')::boolean, false)
$$;

CREATE OR REPLACE FUNCTION edit_before (edit jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT before (edit ->> 'kind', edit ->> 'id')
$$;

CREATE OR REPLACE FUNCTION edit_after (c jsonb, edit jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT after (c, edit ->> 'kind', edit ->> 'id')
$$;

CREATE OR REPLACE FUNCTION has_field (kind text, field text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT EXISTS (SELECT FROM field x WHERE x.kind = $1 AND x.name = $2)
  );
END $$;

-- The record of a kind that a guard speaks of.
CREATE OR REPLACE FUNCTION find_subject (c jsonb, kind text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  edit jsonb;
BEGIN
  IF kind IS NULL OR kind = 'contact' THEN
    RETURN nullif (c -> 'is', 'null');
  END IF;
  edit := find_edit (c, kind);
  IF edit IS NOT NULL THEN
    RETURN edit_after (c, edit);
  END IF;
  IF c ->> 'contact' IS NOT NULL AND has_field (kind, 'contact') THEN
    RETURN newest_after (c, kind, c ->> 'contact');
  END IF;
  RETURN NULL;
END $$;

-- What would stand at `field` of the contact or at `kind.field`, as text.
CREATE OR REPLACE FUNCTION value_at (c jsonb, path text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN strpos (path, '.') > 0
              THEN said (find_subject (c, split_part (path, '.', 1)), split_part (path, '.', 2))
              ELSE said (find_subject (c, NULL), path) END
$$;

-- Whether what a field holds has one of the words asked for.
CREATE OR REPLACE FUNCTION value_has (value text, words text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT CASE WHEN is_blank (value) THEN has_word (words, '-')
                ELSE has_word (words, '*') OR
                     EXISTS (SELECT FROM unnest (string_to_array (value, ' ')) AS held (word)
                             WHERE has_word (words, held.word)) END
  );
END $$;

-- Whether a post is held on a day: from its first to its last, both counted (mash_post_is_held).
CREATE OR REPLACE FUNCTION is_held (post jsonb, day text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (said (post, 'from') COLLATE "C" <= day, true) AND
         coalesce (said (post, 'to') COLLATE "C" >= day, true)
$$;

CREATE OR REPLACE FUNCTION permit_of (role text, permission integer) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce ((SELECT p.answer FROM permit p
                      WHERE p.role = $1 AND p.permission = $2), 'no')
  );
END $$;

-- Fingerprints

CREATE OR REPLACE FUNCTION print_for_contact (f jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT (f ->> 'kind') || ' ' || (f ->> 'id') || E'\n' ||
           coalesce (string_agg (x.name || ' ' || print_value (f -> 'f' -> x.name) || E'\n', ''
                                 ORDER BY x.n), '')
    FROM field x
    WHERE x.kind = f ->> 'kind' AND f -> 'f' ? x.name AND
          (NOT x.by_rules OR
           (x.kind = 'contact' AND x.name IN ('brag', 'level', 'harm-suspected')))
  );
END $$;

CREATE OR REPLACE FUNCTION print_list (kind text, field text, value text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (string_agg (print_for_contact (f), '' ORDER BY f ->> 'id' COLLATE "C"), '')
    FROM list_before (kind, field, value) AS f
  );
END $$;

CREATE OR REPLACE FUNCTION print_homes (person text) RETURNS text LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (string_agg (print_for_contact (m) || coalesce (print_for_contact (h), '') ||
                                 coalesce (print_for_contact (a), ''), ''
                                 ORDER BY m ->> 'id' COLLATE "C"), '')
    FROM list_before ('household-member', 'person', person) AS m
    LEFT JOIN LATERAL before ('household', said (m, 'household')) AS h ON true
    LEFT JOIN LATERAL before ('address', said (h, 'address')) AS a ON true
  );
END $$;

CREATE OR REPLACE FUNCTION print_people (contact text) RETURNS text LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (string_agg (print_for_contact (p) ||
                                 print_list ('person-name', 'person', p ->> 'id') ||
                                 print_list ('relationship', 'from-person', p ->> 'id') ||
                                 print_list ('relationship', 'to-person', p ->> 'id') ||
                                 print_homes (p ->> 'id'), ''
                                 ORDER BY s ->> 'id' COLLATE "C"), '')
    FROM list_before ('contact-subject', 'contact', contact) AS s
    JOIN LATERAL before ('person', said (s, 'person')) AS p ON p IS NOT NULL
  );
END $$;

-- What a recommendation stands on (mash_rules_hash_content).
CREATE OR REPLACE FUNCTION hash_contact (contact text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  words text := coalesce (print_for_contact (before ('contact', contact)), '');
  recommendation jsonb := newest_before ('recommendation', contact);
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['contact-subject', 'referrer', 'concern', 'person-location',
                              'agreement', 'lawful-basis', 'informing', 'risk-analysis'] LOOP
    words := words || print_list (name, 'contact', contact);
    IF name = 'contact-subject' THEN
      words := words || print_people (contact);
    END IF;
  END LOOP;
  IF recommendation IS NOT NULL THEN
    words := words || print_for_contact (recommendation) ||
             (SELECT coalesce (string_agg (print_for_contact (f), ''
                                           ORDER BY f ->> 'id' COLLATE "C"), '')
              FROM list_before ('outcome-group', 'recommendation', recommendation ->> 'id') AS f
              WHERE NOT has (f, 'decision'));
  END IF;
  RETURN encode (sha256 (convert_to (words, 'UTF8')), 'hex');
END $$;

CREATE OR REPLACE FUNCTION print_for_signing (f jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT (f ->> 'kind') || ' ' || (f ->> 'id') || E'\n' ||
           coalesce (string_agg (x.name || ' ' || octet_length (v.words) || E'\n' || v.words, ''
                                 ORDER BY x.n), '')
    FROM field x, LATERAL print_value (f -> 'f' -> x.name) AS v (words)
    WHERE x.kind = f ->> 'kind' AND f -> 'f' ? x.name AND
          (NOT x.by_rules OR has_word ('number on-behalf exception-by text-hash', x.name)) AND
          NOT (x.kind = 'sd-paragraph' AND x.name IN ('text', 'conditions'))
  );
END $$;

-- What a strategy discussion's record says (mash_signing_hash_content).
CREATE OR REPLACE FUNCTION hash_discussion (discussion text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT encode (sha256 (convert_to (
             coalesce (print_for_signing (before ('strategy-discussion', discussion)), '') ||
             coalesce (string_agg (print_for_signing (f), ''
                                   ORDER BY k.n, f ->> 'id' COLLATE "C"), ''), 'UTF8')), 'hex')
    FROM unnest (ARRAY['sd-participant', 'sd-note', 'sd-paragraph', 'sd-child', 'sd-plan', 'sd-view',
                       'sd-action']) WITH ORDINALITY AS k (kind, n),
         LATERAL list_before (k.kind, 'discussion', discussion) AS f
  );
END $$;
