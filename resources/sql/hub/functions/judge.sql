-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The judge (mash-judge.c, mash-guards.c, mash-forms.c): whether somebody may do something. It reads
-- the policy that the desks have, and answers with a code and, for a guard, with the policy's own
-- sentence. What a group says follows from it is looked at where it decides who may do what next;
-- the rest each desk holds against the same rules when it applies the change.

SET search_path = mash, pg_temp;

-- The named guards that are asked of groups on no contact too.
CREATE OR REPLACE FUNCTION is_link_guard (name text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT name IN ('link-by-another', 'link-proposed', 'link-stands', 'two-people')
$$;

CREATE OR REPLACE FUNCTION named_holds (c jsonb, name text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  door regprocedure := to_regprocedure ('mash.guard_' || replace (name, '-', '_') || '(jsonb)');
  holds boolean;
BEGIN
  IF door IS NULL OR (c ->> 'contact' IS NULL AND NOT is_link_guard (name)) THEN
    RETURN false;
  END IF;
  EXECUTE format ('SELECT mash.%I ($1)', 'guard_' || replace (name, '-', '_')) INTO holds USING c;
  RETURN coalesce (holds, false);
END $$;

-- Who is entered and holds no post that day is not entered (mash_rota_is_on_duty).
CREATE OR REPLACE FUNCTION is_on_duty (staff text, now text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  today text := local_date (now);
BEGIN
  RETURN (
    WITH slot AS (
      SELECT said (f, 'staff') AS staff FROM list_before ('rota-slot', 'date', today) AS f
      WHERE said (f, 'half') = CASE WHEN local_time (now)::time < '13:00' THEN 'AM' ELSE 'PM' END AND
            EXISTS (SELECT FROM list_before ('post', 'staff', said (f, 'staff')) AS p
                    WHERE is_held (p, today))
    )
    SELECT CASE WHEN EXISTS (SELECT FROM slot)
                THEN EXISTS (SELECT FROM slot WHERE slot.staff = $1)
                ELSE EXISTS (SELECT FROM list_before ('post', 'staff', $1) AS p
                             WHERE flag (p, 'on-duty') AND is_held (p, today)) END
  );
END $$;

CREATE OR REPLACE FUNCTION unchanged_holds (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  recommendation jsonb := newest_before ('recommendation', c ->> 'contact');
  decision jsonb := find_edit (c, 'decision');
  stood text := said (recommendation, 'content-hash');
BEGIN
  IF recommendation IS NULL OR stood IS DISTINCT FROM hash_contact (c ->> 'contact') THEN
    RETURN false;
  END IF;
  RETURN decision IS NULL OR
         (edit_text (decision, 'recommendation-hash') IS NOT DISTINCT FROM stood AND
          edit_text (decision, 'recommendation') IS NOT DISTINCT FROM recommendation ->> 'id');
END $$;

CREATE OR REPLACE FUNCTION within_holds (c jsonb, clocks text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (SELECT FROM list_before ('clock', 'contact', c ->> 'contact') AS k
                       WHERE has_word (clocks, said (k, 'type')) AND NOT has (k, 'stopped-at') AND
                             c -> 'actor' ->> 'now' COLLATE "C" > said (k, 'due-at'))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_holds (c jsonb, g deed_guard) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  actor jsonb := c -> 'actor';
  found_value text;
BEGIN
  CASE g.test
    WHEN 'role' THEN
      RETURN has_word (g.value, actor ->> 'role');
    WHEN 'post' THEN
      RETURN before ('post', actor ->> 'post') IS NOT NULL AND
             value_has (said (before ('post', actor ->> 'post'), g.field), g.value);
    WHEN 'own-agency' THEN
      RETURN said (find_subject (c, g.kind), g.field) IS NOT DISTINCT FROM actor ->> 'agency';
    WHEN 'assigned' THEN
      found_value := value_at (c, 'assigned-to');
      RETURN found_value IS NOT NULL AND
             CASE WHEN g.value IS NULL THEN true
                  WHEN g.value = 'self' THEN found_value = actor ->> 'person'
                  ELSE is_on_duty (found_value, actor ->> 'now') END;
    WHEN 'asked' THEN
      RETURN false;
    WHEN 'state' THEN
      RETURN value_has (said (c -> 'was', coalesce (g.field, 'state')), g.value);
    WHEN 'field' THEN
      found_value := said (find_subject (c, g.kind), g.field);
      RETURN CASE WHEN g.value IS NULL THEN NOT is_blank (found_value)
                  ELSE value_has (found_value, g.value) END;
    WHEN 'differs' THEN
      RETURN said (find_subject (c, g.kind), g.field) <> actor ->> 'person';
    WHEN 'unchanged' THEN
      RETURN c ->> 'contact' IS NOT NULL AND unchanged_holds (c);
    WHEN 'signed' THEN
      RETURN EXISTS (SELECT FROM list_after (c, 'sign-off', 'contact', c ->> 'contact') AS s
                     WHERE has_word (g.value, said (s, 'type')) AND signature_stands (c, s));
    WHEN 'within' THEN
      RETURN c ->> 'contact' IS NULL OR within_holds (c, g.value);
    WHEN 'on-line' THEN
      RETURN (actor ->> 'on_line')::boolean;
    WHEN 'named' THEN
      RETURN named_holds (c, g.value);
    ELSE
      RETURN false;
  END CASE;
END $$;

-- Rights

CREATE OR REPLACE FUNCTION is_own (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT CASE
      WHEN nullif (c -> 'was', 'null') IS NULL THEN true
      WHEN starts_with (d.touches, 'sd-') OR d.touches = 'strategy-discussion'
        THEN guard_sd_is_own (c)
      ELSE coalesce (said (before ('post', c -> 'was' ->> 'post'), 'agency') =
                     c -> 'actor' ->> 'agency', false) END
    FROM deed d WHERE d.id = c ->> 'deed'
  );
END $$;

CREATE OR REPLACE FUNCTION is_assigned (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (said (c -> 'is', 'assigned-to') = c -> 'actor' ->> 'person', false)
$$;

CREATE OR REPLACE FUNCTION recommends_only (c jsonb, outcomes text, levels text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT find_edit (c, 'recommendation') IS NULL OR
           (coalesce ((SELECT bool_and (has_word (outcomes, word))
                       FROM unnest (string_to_array (value_at (c, 'recommendation.outcomes'), ' '))
                            AS held (word)), false) AND
            (levels IS NULL OR value_at (c, 'recommendation.level') IS NULL OR
             has_word (levels, value_at (c, 'recommendation.level'))))
  );
END $$;

CREATE OR REPLACE FUNCTION note_holds (c jsonb, note text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  CASE note
    WHEN 'C7' THEN RETURN recommends_only (c, 'O01 O02', NULL);
    WHEN 'C8' THEN RETURN recommends_only (c, 'O03 O04', '2 3');
    WHEN 'C1' THEN RETURN is_own (c);
    WHEN 'C14' THEN RETURN c ->> 'deed' <> 'clear-flag';
    WHEN 'C16' THEN
      RETURN has_word ('propose-seal emergency-seal confirm-seal refuse-seal propose-unseal '
                       'confirm-unseal keep-seal', c ->> 'deed');
    WHEN 'C23' THEN
      RETURN c ->> 'deed' = 'apply-policy' AND c -> 'actor' ->> 'role' = 'MM';
    WHEN 'C12' THEN
      RETURN has_word ('copy preview-copy circulate-discussion release-paragraph', c ->> 'deed');
    WHEN 'C10', 'C4', 'C5' THEN RETURN true;
    ELSE RETURN false;
  END CASE;
END $$;

CREATE OR REPLACE FUNCTION right_holds (c jsonb, permission integer) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  found_one permit;
BEGIN
  SELECT * INTO found_one FROM permit p
  WHERE p.role = c -> 'actor' ->> 'role' AND p.permission = $2;
  RETURN CASE found_one.answer
           WHEN 'yes' THEN true
           WHEN 'own' THEN is_own (c)
           WHEN 'assigned' THEN is_assigned (c)
           WHEN 'condition' THEN note_holds (c, coalesce (found_one.note, ''))
           ELSE false END;
END $$;

-- The state that a deed starts from; `*` is any open one, `-` a new contact.
CREATE OR REPLACE FUNCTION state_holds (c jsonb, states text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  state text := said (c -> 'was', 'state');
BEGIN
  IF nullif (c -> 'was', 'null') IS NULL THEN
    RETURN states IS NULL OR has_word (states, '-');
  END IF;
  RETURN states IS NULL OR
         coalesce (has_word (states, state) OR
                   (state <> '' AND has_word (states, '*') AND NOT has_word ('C90 X20', state)),
                   false);
END $$;

-- Forms

CREATE OR REPLACE FUNCTION is_rule_made (c jsonb, kind text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT has_word ('clock brag-history sign-off threshold-review sd-request sd-escalation '
                   'sd-enquiry', kind) AND NOT deed_touches (c, kind)
$$;

-- Whom a contact's family are: who is in it, who lives with them, who is related (mash-scope.c).
CREATE OR REPLACE FUNCTION family_of (c jsonb, OUT people text[], OUT households text[])
LANGUAGE plpgsql STABLE AS $$
DECLARE
  subjects text[];
BEGIN
  SELECT array_agg (DISTINCT id) INTO subjects
  FROM (SELECT said (s, 'person') FROM subjects (c) AS s
        UNION ALL
        SELECT said (s, 'person')
        FROM list_before ('contact-subject', 'contact', c ->> 'contact') AS s
        UNION ALL
        SELECT e ->> 'id' FROM edits_of (c, 'person') AS e WHERE is_new (e)) AS who (id)
  WHERE id IS NOT NULL;
  SELECT array_agg (id) INTO households
  FROM (SELECT e ->> 'id' FROM edits_of (c, 'household') AS e WHERE is_new (e)
        UNION ALL
        SELECT said (m, 'household') FROM unnest (subjects) AS s,
               LATERAL list_after (c, 'household-member', 'person', s) AS m) AS home (id);
  SELECT array_agg (id) INTO people
  FROM (SELECT unnest (subjects)
        UNION ALL
        SELECT said (r, 'to-person') FROM unnest (subjects) AS s,
               LATERAL list_after (c, 'relationship', 'from-person', s) AS r
        UNION ALL
        SELECT said (r, 'from-person') FROM unnest (subjects) AS s,
               LATERAL list_after (c, 'relationship', 'to-person', s) AS r
        UNION ALL
        SELECT said (m, 'person') FROM unnest (households) AS h,
               LATERAL list_after (c, 'household-member', 'household', h) AS m) AS who (id);
  people := coalesce (people, '{}');
  households := coalesce (households, '{}');
END $$;

-- By which fields records that belong to people name them.
CREATE OR REPLACE FUNCTION belongs (c jsonb, edit jsonb, says_contact boolean) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  kind text := edit ->> 'kind';
  f jsonb := CASE WHEN is_new (edit) THEN edit_after (c, edit) ELSE edit_before (edit) END;
  home text := CASE WHEN kind IN ('household-member', 'flag') THEN said (f, 'household') END;
  family record;
  names text[];
BEGIN
  IF f IS NULL OR (kind = 'identifier' AND said (f, 'of-contact') = c ->> 'contact') THEN
    RETURN true;
  END IF;
  family := family_of (c);
  names := CASE WHEN kind = 'relationship'
                THEN ARRAY[said (f, 'from-person'), said (f, 'to-person')]
                ELSE ARRAY[said (f, 'person')] END;
  RETURN array_remove (names, NULL) && family.people OR
         coalesce (home = ANY (family.households), false) OR
         (says_contact AND home IS NULL AND cardinality (array_remove (names, NULL)) = 0);
END $$;

CREATE OR REPLACE FUNCTION is_in_scope (c jsonb, edit jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  kind text := edit ->> 'kind';
  contact text := c ->> 'contact';
  says text := CASE WHEN kind <> 'contact'
                    THEN said (CASE WHEN is_new (edit) THEN edit_after (c, edit)
                                    ELSE edit_before (edit) END, 'contact') END;
BEGIN
  IF kind = 'contact' THEN
    RETURN coalesce (edit ->> 'id' = contact, false);
  END IF;
  IF has_field (kind, 'contact') AND says IS NOT NULL AND says IS DISTINCT FROM contact THEN
    RETURN false;
  END IF;
  IF contact IS NULL THEN
    RETURN NOT has_field (kind, 'contact') OR says IS NULL;
  END IF;
  CASE kind
    WHEN 'person' THEN
      RETURN is_new (edit) OR edit ->> 'id' = ANY ((family_of (c)).people);
    WHEN 'household' THEN
      RETURN is_new (edit) OR edit ->> 'id' = ANY ((family_of (c)).households);
    WHEN 'address' THEN
      RETURN is_new (edit) OR
             EXISTS (SELECT FROM list_before ('household', 'address', edit ->> 'id') AS h
                     WHERE h ->> 'id' = ANY ((family_of (c)).households));
    WHEN 'person-name', 'identifier', 'contact-point', 'household-member', 'relationship',
         'flag' THEN
      RETURN belongs (c, edit, says IS NOT NULL);
    ELSE
      RETURN true;
  END CASE;
END $$;

-- What is named must exist, stand, and belong to the same contact.
CREATE OR REPLACE FUNCTION refers_well (c jsonb, x field, value jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  id text;
  f jsonb;
BEGIN
  FOR id IN SELECT jsonb_array_elements_text (CASE jsonb_typeof (value) WHEN 'array' THEN value
                                              ELSE jsonb_build_array (value) END) LOOP
    f := after (c, x.of, id);
    IF f IS NULL OR (f ->> 'void')::boolean OR
       (x.of <> 'contact' AND has_field (x.of, 'contact') AND said (f, 'contact') IS NOT NULL AND
        said (f, 'contact') IS DISTINCT FROM c ->> 'contact') THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION codes_offered (x field, was jsonb, value jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce (bool_and (k.code IS NOT NULL AND
                               (NOT k.retired OR
                                coalesce (jsonb_typeof (was) = 'array' AND was ? item, false))),
                     true)
    FROM jsonb_array_elements_text (CASE jsonb_typeof (value) WHEN 'array' THEN value
                                    ELSE jsonb_build_array (value) END) AS item
    LEFT JOIN code k ON k.list = x.of AND k.code = item
  );
END $$;

CREATE OR REPLACE FUNCTION is_to_come (c jsonb, x field, value text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  latest text := write_instant (read_instant (c -> 'actor' ->> 'now') + interval '2 minutes');
BEGIN
  RETURN CASE WHEN x.type = 'time' THEN value COLLATE "C" > latest
              ELSE value COLLATE "C" > left (local_date (latest), length (value)) END;
END $$;

CREATE OR REPLACE FUNCTION field_fault (c jsonb, edit jsonb, x field) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  value jsonb := nullif (edit -> 'set' -> x.name, 'null');
BEGIN
  IF NOT edit -> 'set' ? x.name THEN
    RETURN CASE WHEN is_new (edit) AND x.needed THEN 'needed' END;
  ELSIF NOT is_new (edit) AND x.fixed THEN
    RETURN 'fixed';
  ELSIF value IS NULL THEN
    RETURN NULL;
  ELSIF NOT is_of_type (x.type, value) THEN
    RETURN 'form';
  ELSIF x.past AND is_to_come (c, x, value #>> '{}') THEN
    RETURN 'future';
  ELSIF x.type IN ('code', 'codes') AND NOT codes_offered (x, edit -> 'was' -> x.name, value) THEN
    RETURN 'code';
  ELSIF x.type IN ('reference', 'references') AND NOT refers_well (c, x, value) THEN
    RETURN 'reference';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION kind_fault (c jsonb, edit jsonb, k kind) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  was jsonb := edit_before (edit);
BEGIN
  IF NOT deed_touches (c, k.name) AND NOT is_rule_made (c, k.name) AND
     (k.name NOT IN ('contact', 'strategy-discussion') OR NOT alters_only (edit, NULL)) THEN
    RETURN 'kind';
  END IF;
  IF edit ->> 'void' IS NOT NULL THEN
    IF is_new (edit) OR k.signed OR k.kept OR is_rule_made (c, k.name) OR
       (k.append_only AND was IS NOT NULL AND
        was ->> 'by' IS DISTINCT FROM c -> 'actor' ->> 'person') OR
       is_blank (edit ->> 'void') OR NOT is_text (edit ->> 'void', false) THEN
      RETURN 'void';
    END IF;
  ELSIF NOT is_new (edit) AND (k.append_only OR k.signed) THEN
    RETURN 'stays';
  END IF;
  RETURN CASE WHEN NOT is_in_scope (c, edit) THEN 'scope' END;
END $$;

-- Fields kept by the rules in which a group says who acted, or where the contact goes from here:
-- what others' rights hang on is looked at here, whatever desk it comes from.
CREATE OR REPLACE FUNCTION follows (c jsonb, edit jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  f jsonb := edit -> 'set';
  actor jsonb := c -> 'actor';
  d deed;
BEGIN
  SELECT * INTO d FROM deed x WHERE x.id = c ->> 'deed';
  CASE edit ->> 'kind'
    WHEN 'contact' THEN
      RETURN NOT f ? 'state' OR f ->> 'state' IS NOT DISTINCT FROM d.state_to OR
             (is_new (edit) AND f ->> 'state' = 'C10');
    WHEN 'recommendation', 'decision' THEN
      RETURN NOT is_new (edit) OR f ->> 'by' IS NULL OR f ->> 'by' = actor ->> 'person';
    WHEN 'sign-off' THEN
      RETURN NOT is_new (edit) OR
             (f ->> 'signer' IS NOT DISTINCT FROM actor ->> 'person' AND
              f ->> 'signer-post' IS NOT DISTINCT FROM actor ->> 'post' AND
              (f ->> 'state' IS DISTINCT FROM 'ACCEPTED' OR (actor ->> 'on_line')::boolean));
    ELSE
      RETURN true;
  END CASE;
END $$;

-- What is wrong with the form of a group: a code and the field that it is about; NULL when nothing.
-- All names of fields are looked up at once.
CREATE OR REPLACE FUNCTION find_fault (c jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  edit jsonb;
  k kind;
  x field;
  fault text;
  seen text[] := '{}';
  key text;
BEGIN
  IF jsonb_array_length (c -> 'edits') NOT BETWEEN 1 AND 200 THEN
    RETURN 'size';
  ELSIF c ->> 'contact' IS NOT NULL AND nullif (c -> 'is', 'null') IS NULL THEN
    RETURN 'contact';
  ELSIF c ->> 'reason' IS NOT NULL AND NOT is_text (c ->> 'reason', false) THEN
    RETURN 'reason';
  END IF;
  FOR edit IN SELECT jsonb_array_elements (c -> 'edits') LOOP
    SELECT * INTO k FROM kind WHERE name = edit ->> 'kind';
    IF k.name IS NULL THEN
      RETURN 'unknown';
    END IF;
    key := k.name || ' ' || CASE WHEN k.signed AND NOT is_rule_made (c, k.name) THEN ''
                                 ELSE edit ->> 'id' END;
    fault := CASE WHEN key = ANY (seen) THEN 'twice' ELSE kind_fault (c, edit, k) END;
    seen := seen || key;
    IF fault IS NULL AND
       EXISTS (SELECT FROM jsonb_object_keys (edit -> 'set') AS member
               WHERE NOT EXISTS (SELECT FROM field y
                                 WHERE y.kind = k.name AND y.name = member)) THEN
      fault := 'unknown';
    END IF;
    IF fault IS NOT NULL THEN
      RETURN fault || ' ' || k.name;
    END IF;
    FOR x IN SELECT * FROM field WHERE field.kind = k.name ORDER BY n LOOP
      fault := field_fault (c, edit, x);
      IF fault IS NOT NULL THEN
        RETURN fault || ' ' || k.name || '.' || x.name;
      END IF;
    END LOOP;
    IF NOT follows (c, edit) THEN
      RETURN 'follows ' || k.name;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- A case from who acts and what they would do: adds what would stand, and the contact.
CREATE OR REPLACE FUNCTION make_case (actor jsonb, deed text, contact text, reason text,
                                      edits jsonb)
RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  edit jsonb;
  was jsonb;
  new jsonb;
  key text;
  changed jsonb := '{}';
  c jsonb;
BEGIN
  FOR edit IN SELECT jsonb_array_elements (edits) LOOP
    key := (edit ->> 'kind') || ' ' || (edit ->> 'id');
    CONTINUE WHEN changed ? key;
    was := edit_before (edit);
    new := coalesce (was, jsonb_build_object ('kind', edit ->> 'kind', 'id', edit ->> 'id',
                                              'void', false, 'revision', 0, 'f', '{}'::jsonb));
    new := jsonb_set (new, '{f}', jsonb_strip_nulls ((new -> 'f') || (edit -> 'set')));
    IF edit ->> 'void' IS NOT NULL THEN
      new := jsonb_set (new, '{void}', 'true');
    END IF;
    changed := changed || jsonb_build_object (key, new);
  END LOOP;
  c := jsonb_build_object ('deed', deed, 'contact', contact, 'reason', reason, 'actor', actor,
                           'edits', edits, 'after', changed);
  was := before ('contact', contact);
  IF was IS NOT NULL OR changed ? ('contact ' || contact) THEN
    new := after (c, 'contact', contact);
  ELSE
    new := NULL;
  END IF;
  RETURN c || jsonb_build_object ('was', was, 'is', new);
END $$;

-- Judges a case: `code` is empty when it is allowed, and `says` is the sentence of the guard that
-- does not hold.
CREATE OR REPLACE FUNCTION judge (c jsonb, OUT code text, OUT says text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  d deed;
  g deed_guard;
BEGIN
  code := '';
  says := '';
  SELECT * INTO d FROM deed x WHERE x.id = c ->> 'deed';
  IF d.id IS NULL THEN
    code := 'deed';
  ELSIF NOT right_holds (c, d.permission) THEN
    code := 'right';
  ELSIF NOT state_holds (c, d.states_from) THEN
    code := 'state';
  ELSIF d.needs_reason AND is_blank (c ->> 'reason') THEN
    code := 'no-reason';
  END IF;
  IF code <> '' THEN
    RETURN;
  END IF;
  FOR g IN SELECT * FROM deed_guard x WHERE x.deed = d.id ORDER BY n LOOP
    CONTINUE WHEN g.when_field IS NOT NULL AND
                  NOT value_has (value_at (c, g.when_field), g.when_value);
    IF NOT coalesce (guard_holds (c, g), false) THEN
      code := 'guard';
      says := g.says;
      RETURN;
    END IF;
  END LOOP;
  code := coalesce (find_fault (c), '');
END $$;
