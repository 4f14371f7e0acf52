-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Reading what desks send: bodies, statements, values. Each has its counterpart in the desk's
-- src/model, and both are run against the same vectors.

SET search_path = mash, pg_temp;

-- Sets of words with spaces between (mash-deed.c).
CREATE FUNCTION has_word (words text, word text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (word <> '' AND strpos (' ' || words || ' ', ' ' || word || ' ') > 0, false)
$$;

CREATE FUNCTION is_blank (words text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT words IS NULL OR btrim (words, E' \t\n') = ''
$$;

-- The body of a change (mash-body.c): one flat object of strings, true, false, null and arrays of
-- strings, each key once. PostgreSQL's reader takes numbers, nesting and repeated keys; what it
-- takes beyond us is refused here, before anything is made of it.
CREATE FUNCTION read_body (bytes bytea) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  words text;
  loose json;
  tight jsonb;
  n integer;
BEGIN
  IF length (bytes) > 262144 THEN
    RETURN NULL;
  END IF;
  BEGIN
    words := convert_from (bytes, 'UTF8');
    -- Nothing that is nested deeper than it may be is worth a reader's stack.
    IF length (words) = 0 OR ascii (ltrim (words, E' \t\r\n')) <> 123 THEN
      RETURN NULL;
    END IF;
    loose := words::json;
    tight := words::jsonb;
  EXCEPTION WHEN data_exception OR statement_too_complex OR untranslatable_character THEN
    RETURN NULL;
  END;
  SELECT count (*) INTO n FROM json_object_keys (loose);
  IF n <> (SELECT count (*) FROM jsonb_object_keys (tight)) OR
     tight ? '' OR
     EXISTS (SELECT FROM jsonb_each (tight) e
             WHERE jsonb_typeof (e.value) IN ('number', 'object') OR
                   (jsonb_typeof (e.value) = 'array' AND
                    EXISTS (SELECT FROM jsonb_array_elements (e.value) item
                            WHERE jsonb_typeof (item) <> 'string'))) THEN
    RETURN NULL;
  END IF;
  RETURN tight;
END $$;

-- The parts of a statement, each after its length (mash-change.c); NULL where they do not fill it.
CREATE FUNCTION split_statement (statement bytea) RETURNS bytea[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  parts bytea[] := '{}';
  at integer := 0;
  size bigint;
  total integer := length (statement);
BEGIN
  FOR i IN 1 .. 16 LOOP
    IF at + 4 > total THEN
      RETURN NULL;
    END IF;
    size := get_byte (statement, at)::bigint << 24 | get_byte (statement, at + 1) << 16 |
            get_byte (statement, at + 2) << 8 | get_byte (statement, at + 3);
    IF at + 4 + size > total THEN
      RETURN NULL;
    END IF;
    parts := parts || substring (statement FROM at + 5 FOR size::integer);
    at := at + 4 + size::integer;
  END LOOP;
  RETURN CASE WHEN at = total THEN parts END;
END $$;

CREATE FUNCTION is_token (word text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (word ~ '^[A-Za-z0-9._-]{1,64}$', false)
$$;

CREATE FUNCTION is_number (word text, most bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (word ~ '^(0|[1-9][0-9]{0,18})$' AND word::numeric <= most, false)
$$;

CREATE FUNCTION is_uuid (word text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (word ~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
                   false)
$$;

CREATE FUNCTION is_date (word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN coalesce (word ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND word BETWEEN '1850' AND '2200' AND
                   to_char (make_date (left (word, 4)::integer, substr (word, 6, 2)::integer,
                                       substr (word, 9, 2)::integer), 'YYYY-MM-DD') = word, false);
EXCEPTION WHEN datetime_field_overflow THEN
  RETURN false;
END $$;

CREATE FUNCTION is_instant (word text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (length (word) = 24 AND
                   substr (word, 11) ~ '^T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{3}Z$' AND
                   is_date (left (word, 10)), false)
$$;

CREATE FUNCTION is_text (word text, one_line boolean) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT octet_length (word) <= 65536 AND
         word !~ CASE WHEN one_line THEN E'[\\u0001-\\u001f\\u007f]'
                      ELSE E'[\\u0001-\\u0008\\u000b-\\u001f\\u007f]' END
$$;

-- Whether a value has the form that its field's type asks for (mash_field_check_value).
CREATE FUNCTION is_of_type (type text, value jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  words text := value #>> '{}';
BEGIN
  IF value IS NULL OR jsonb_typeof (value) = 'null' THEN
    RETURN true;
  END IF;
  IF jsonb_typeof (value) <> (CASE WHEN type = 'bool' THEN 'boolean'
                                   WHEN type IN ('codes', 'references') THEN 'array'
                                   ELSE 'string' END) THEN
    RETURN false;
  END IF;
  CASE type
    WHEN 'text' THEN RETURN is_text (words, true);
    WHEN 'rich' THEN RETURN is_text (words, false);
    WHEN 'code', 'reference' THEN RETURN is_token (words);
    WHEN 'date' THEN RETURN is_date (words);
    WHEN 'time' THEN RETURN is_instant (words);
    WHEN 'bool' THEN RETURN true;
    WHEN 'int' THEN
      RETURN words ~ '^(0|-?[1-9][0-9]{0,18})$' AND
             words::numeric BETWEEN -9223372036854775808 AND 9223372036854775807;
    WHEN 'partial-date' THEN
      RETURN is_date (words || substr ('0000-01-01', length (words) + 1));
    ELSE
      RETURN (SELECT bool_and (is_token (item)) AND count (*) = count (DISTINCT item)
              FROM jsonb_array_elements_text (value) item) IS NOT FALSE;
  END CASE;
END $$;

-- Time. What the clock says comes from one place.
CREATE FUNCTION write_instant (at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char (date_trunc ('milliseconds', at) AT TIME ZONE 'UTC',
                  'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

CREATE FUNCTION read_instant (word text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT make_timestamptz (left (word, 4)::integer, substr (word, 6, 2)::integer,
                           substr (word, 9, 2)::integer, substr (word, 12, 2)::integer,
                           substr (word, 15, 2)::integer, substr (word, 18, 6)::numeric, 'UTC')
$$;

CREATE FUNCTION now_text () RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT write_instant (coalesce (m.clock, clock_timestamp ())) FROM meta m);
END $$;

-- The local date and time of an instant, as the clock on the wall shows it.
CREATE FUNCTION local_time (word text) RETURNS timestamp LANGUAGE sql STABLE AS $$
  SELECT read_instant (word) AT TIME ZONE 'Europe/London'
$$;

CREATE FUNCTION local_date (word text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char (local_time (word), 'YYYY-MM-DD')
$$;

-- The end of the working day that follows an instant's (mash_calendar_add_working_days).
CREATE FUNCTION next_working_day_end (word text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT write_instant (((min (day) + 1)::timestamp AT TIME ZONE 'Europe/London') -
                        interval '1 millisecond')
  FROM working_day WHERE day > local_time (word)::date
$$;

-- How a value is written into a fingerprint: as the desk's library prints it (g_variant_print).
CREATE FUNCTION print_text (words text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  quote text := CASE WHEN strpos (words, '''') > 0 THEN '"' ELSE '''' END;
  written text := quote;
  c text;
  number integer;
BEGIN
  IF words ~ '^[ -~]*$' AND strpos (words, E'\\') = 0 AND strpos (words, quote) = 0 THEN
    RETURN quote || words || quote;
  END IF;
  FOREACH c IN ARRAY string_to_array (words, NULL) LOOP
    number := ascii (c);
    IF c = quote OR c = E'\\' THEN
      written := written || E'\\' || c;
    ELSIF NOT EXISTS (SELECT FROM unprintable WHERE number BETWEEN first AND last) THEN
      written := written || c;
    ELSIF number BETWEEN 7 AND 13 THEN
      written := written || E'\\' || substr ('abtnvfr', number - 6, 1);
    ELSIF number < 65536 THEN
      written := written || E'\\u' || lpad (to_hex (number), 4, '0');
    ELSE
      written := written || E'\\U' || lpad (to_hex (number), 8, '0');
    END IF;
  END LOOP;
  RETURN written || quote;
END $$;

CREATE FUNCTION print_value (value jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE jsonb_typeof (value)
           WHEN 'boolean' THEN value #>> '{}'
           WHEN 'array' THEN '[' || (SELECT string_agg (print_text (item), ', ' ORDER BY n)
                                     FROM jsonb_array_elements_text (value)
                                          WITH ORDINALITY AS e (item, n)) || ']'
           ELSE print_text (value #>> '{}')
         END
$$;
