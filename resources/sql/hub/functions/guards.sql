-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The named guards, each the other half of a function in the desk's src/model: `guard_` and its name
-- with `_` for `-`. A test compares the two lists, and both are run against the same vectors.

SET search_path = mash, pg_temp;

CREATE OR REPLACE FUNCTION is_child (subject jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (said (subject, 'role') IN ('CHILD', 'UNBORN'), false)
$$;

CREATE OR REPLACE FUNCTION subjects (c jsonb) RETURNS SETOF jsonb LANGUAGE sql STABLE AS $$
  SELECT list_after (c, 'contact-subject', 'contact', c ->> 'contact')
$$;

CREATE OR REPLACE FUNCTION guard_every_child_considered (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (bool_and (flag (s, 'considered')), false) FROM subjects (c) AS s
    WHERE is_child (s)
  );
END $$;

CREATE OR REPLACE FUNCTION guard_attach_target (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT other IS NOT NULL AND value_at (c, 'duplicate-of') <> c ->> 'contact' AND
           NOT has_word ('C90 X20', said (other, 'state'))
    FROM before ('contact', value_at (c, 'duplicate-of')) AS other
  );
END $$;

CREATE OR REPLACE FUNCTION guard_as_recommended (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT value_at (c, 'recommendation.outcome') IS NOT NULL AND
           (d IS NULL OR
            (edit_text (d, 'outcome') IS NOT DISTINCT FROM value_at (c, 'recommendation.outcome') AND
             (edit_text (d, 'level') IS NULL OR
              edit_text (d, 'level') IS NOT DISTINCT FROM value_at (c, 'recommendation.level'))))
    FROM find_edit (c, 'decision') AS d
  );
END $$;

-- A signature is given to one recommendation and does not carry over to the next.
CREATE OR REPLACE FUNCTION signature_stands (c jsonb, s jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (said (s, 'result') = 'SIGNED' AND said (s, 'state') = 'ACCEPTED', false) AND
           (said (s, 'target-kind') IS DISTINCT FROM 'recommendation' OR
            coalesce (said (s, 'target') =
                      newest_before ('recommendation', c ->> 'contact') ->> 'id', false))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_two_signers (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT EXISTS (SELECT FROM list_before ('sign-off', 'contact', c ->> 'contact') AS s
                   WHERE said (s, 'type') = 'SO02' AND signature_stands (c, s) AND
                         said (s, 'signer') IS DISTINCT FROM c -> 'actor' ->> 'person')
  );
END $$;

CREATE OR REPLACE FUNCTION guard_something_chased (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT EXISTS (SELECT FROM list_after (c, 'chase-item', 'contact', c ->> 'contact'))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_brag_is_higher (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (strpos ('BGAR', left (said (c -> 'is', 'brag'), 1)) > 0 AND
                   strpos ('BGAR', left (said (c -> 'is', 'brag'), 1)) >=
                   coalesce (strpos ('BGAR', left (said (c -> 'was', 'brag'), 1)), 0), false)
$$;

CREATE OR REPLACE FUNCTION guard_brag_is_lower (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT has (c -> 'was', 'brag') AND NOT guard_brag_is_higher (c)
$$;

-- Links of people

CREATE OR REPLACE FUNCTION link_was (c jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT edit_before (find_only (c, 'identity-link'))
$$;

CREATE OR REPLACE FUNCTION guard_link_proposed (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (said (link_was (c), 'state') = 'SAME', false)
$$;

CREATE OR REPLACE FUNCTION guard_link_stands (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (said (link_was (c), 'state') = 'MERGED', false)
$$;

CREATE OR REPLACE FUNCTION guard_link_by_another (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT link IS NOT NULL AND link ->> 'by' IS DISTINCT FROM c -> 'actor' ->> 'person'
    FROM link_was (c) AS link
  );
END $$;

-- Whether one person is another by links that stand.
CREATE OR REPLACE FUNCTION are_one (one text, other text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    WITH RECURSIVE joined (id) AS (
      SELECT one
      UNION
      SELECT CASE WHEN said (l.f, 'person-a') = j.id THEN said (l.f, 'person-b')
                  ELSE said (l.f, 'person-a') END
      FROM joined j,
           LATERAL (SELECT list_before ('identity-link', 'person-a', j.id)
                    UNION ALL
                    SELECT list_before ('identity-link', 'person-b', j.id)) AS l (f)
      WHERE said (l.f, 'state') = 'MERGED'
    )
    SELECT EXISTS (SELECT FROM joined WHERE id = other)
  );
END $$;

CREATE OR REPLACE FUNCTION guard_two_people (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  edit jsonb := find_only (c, 'identity-link');
  one text := edit_text (edit, 'person-a');
  other text := edit_text (edit, 'person-b');
  newest jsonb;
BEGIN
  IF edit IS NULL OR NOT is_new (edit) OR one IS NULL OR other IS NULL THEN
    RETURN false;
  END IF;
  SELECT f INTO newest
  FROM (SELECT list_before ('identity-link', 'person-a', one)
        UNION ALL SELECT list_before ('identity-link', 'person-a', other)) AS l (f)
  WHERE (said (f, 'person-a'), said (f, 'person-b')) IN ((one, other), (other, one))
  ORDER BY f ->> 'at' COLLATE "C" DESC, f ->> 'id' COLLATE "C" DESC LIMIT 1;
  RETURN NOT are_one (one, other) AND
         (newest IS NULL OR said (newest, 'state') IS DISTINCT FROM 'SAME');
END $$;

-- Births

CREATE OR REPLACE FUNCTION guard_was_unborn (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT p IS NOT NULL AND coalesce (said (p, 'kind') = 'UNBORN', false) AND NOT has (p, 'birth')
    FROM edit_before (find_only (c, 'person')) AS p
  );
END $$;

CREATE OR REPLACE FUNCTION guard_due_date_kept (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT was IS NOT NULL AND new IS NOT NULL AND NOT has (new, 'expected-birth') AND
           said (was, 'expected-birth') IS NOT DISTINCT FROM said (new, 'was-due')
    FROM edit_before (find_only (c, 'person')) AS was, edit_after (c, find_only (c, 'person')) AS new
  );
END $$;

CREATE OR REPLACE FUNCTION guard_in_as_child (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (bool_and (said (s, 'role') IS NOT DISTINCT FROM 'CHILD'), false)
    FROM subjects (c) AS s WHERE said (s, 'person') = find_only (c, 'person') ->> 'id'
  );
END $$;

-- The course of a contact (mash-guards-course.c)

-- Outcomes are facts with `whole` beside them: whether one stands for everybody.
CREATE OR REPLACE FUNCTION outcomes_recommended (c jsonb, recommendation jsonb) RETURNS SETOF jsonb
LANGUAGE sql STABLE AS $$
  SELECT recommendation || '{"whole": false}'
  UNION ALL
  SELECT g || '{"whole": false}'
  FROM list_after (c, 'outcome-group', 'recommendation', recommendation ->> 'id') AS g
  WHERE NOT has (g, 'decision')
$$;

CREATE OR REPLACE FUNCTION outcomes_decided (c jsonb, decision jsonb) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  recommendation jsonb;
  groups jsonb[];
BEGIN
  IF said (decision, 'result') = 'APPROVED' THEN
    recommendation := after (c, 'recommendation', said (decision, 'recommendation'));
    IF recommendation IS NOT NULL THEN
      RETURN QUERY SELECT outcomes_recommended (c, recommendation);
      RETURN;
    END IF;
  END IF;
  SELECT coalesce (array_agg (g || '{"whole": false}'), '{}') INTO groups
  FROM list_after (c, 'outcome-group', 'decision', decision ->> 'id') AS g
  WHERE has (g, 'decision');
  RETURN NEXT decision || jsonb_build_object ('whole', cardinality (groups) = 0 AND
                                                       NOT has (decision, 'covers-subjects'));
  RETURN QUERY SELECT unnest (groups);
END $$;

CREATE OR REPLACE FUNCTION outcomes_of (c jsonb) RETURNS SETOF jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  decision jsonb := edit_after (c, find_edit (c, 'decision'));
  recommendation jsonb;
BEGIN
  IF decision IS NOT NULL AND c ->> 'deed' <> 'return' THEN
    RETURN QUERY SELECT outcomes_decided (c, decision);
    RETURN;
  END IF;
  recommendation := newest_after (c, 'recommendation', c ->> 'contact');
  IF recommendation IS NOT NULL THEN
    RETURN QUERY SELECT outcomes_recommended (c, recommendation);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION guard_every_child_covered (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    WITH outcome AS MATERIALIZED (SELECT o FROM outcomes_of (c) AS o)
    SELECT NOT EXISTS (
      SELECT FROM subjects (c) AS s
      WHERE is_child (s) AND
            (SELECT count (*) FROM outcome
             WHERE (o ->> 'whole')::boolean OR has_in (o, 'covers-subjects', s ->> 'id')) <> 1)
  );
END $$;

CREATE OR REPLACE FUNCTION guard_help_offered (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (
      SELECT FROM outcomes_of (c) AS o,
                  newest_after (c, 'recommendation', c ->> 'contact') AS r,
                  LATERAL (SELECT CASE WHEN has_field (o ->> 'kind', 'help-offered') AND
                                            NOT is_blank (said (o, 'help-offered'))
                                       THEN o ELSE r END) AS says (f)
      WHERE said (o, 'outcome') IN ('O03', 'O04', 'O12') AND
            (f IS NULL OR is_blank (said (f, 'help-offered')) OR
             is_blank (said (f, 'help-offered-to')) OR
             (said (o, 'outcome') = 'O12' AND is_blank (said (f, 'help-answer')))))
  );
END $$;

-- Whoever recommended it was an officer on the day on which they did.
CREATE OR REPLACE FUNCTION guard_by_officer (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  recommendation jsonb := find_subject (c, 'recommendation');
  day text := local_date (coalesce (said (recommendation, 'at'), c -> 'actor' ->> 'now'));
BEGIN
  RETURN (
    SELECT EXISTS (SELECT FROM list_before ('post', 'staff', said (recommendation, 'by')) AS p
                   WHERE said (p, 'role') = 'MO' AND is_held (p, day))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_second_look (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT has (c -> 'is', 'nfa-before') OR
         NOT is_blank (value_at (c, 'recommendation.second-look'))
$$;

CREATE OR REPLACE FUNCTION find_decision (c jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT f FROM list_after (c, 'decision', 'contact', c ->> 'contact') WITH ORDINALITY AS l (f, n)
    WHERE said (f, 'result') IS DISTINCT FROM 'RETURNED' ORDER BY n DESC LIMIT 1
  );
END $$;

CREATE OR REPLACE FUNCTION guard_all_accepted (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    WITH decision AS MATERIALIZED (SELECT f FROM find_decision (c) AS f WHERE f IS NOT NULL),
         codes AS MATERIALIZED (SELECT DISTINCT said (o, 'outcome') AS code
                                FROM decision, outcomes_decided (c, decision.f) AS o
                                WHERE said (o, 'outcome') IS NOT NULL)
    SELECT EXISTS (SELECT FROM decision) AND NOT EXISTS (
      SELECT FROM codes
      WHERE EXISTS (SELECT FROM code x WHERE x.list = 'RECEIVER' AND x.code = codes.code) AND
            NOT EXISTS (
              SELECT FROM decision, list_after (c, 'disposal', 'decision', decision.f ->> 'id') AS d
              WHERE has (d, 'accepted-at') AND NOT has (d, 'refused-reason') AND
                    (said (d, 'outcome') = codes.code OR
                     (said (d, 'outcome') IS NULL AND (SELECT count (*) FROM codes) = 1))))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_came_back (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  decision jsonb := find_decision (c);
  outcomes text := value_at (c, 'decision.outcomes');
BEGIN
  IF decision IS NULL OR nullif (c -> 'was', 'null') IS NULL THEN
    RETURN false;
  END IF;
  RETURN (coalesce (said (c -> 'was', 'strand-e') = 'E90', false) AND
          (has_word (outcomes, 'O03') OR has_word (outcomes, 'O04'))) OR
         EXISTS (SELECT FROM list_after (c, 'disposal', 'decision', decision ->> 'id') AS d
                 WHERE has (d, 'refused-reason'));
END $$;

CREATE OR REPLACE FUNCTION guard_told_or_why_not (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT is_blank (value_at (c, 'disposal.not-told-reason')) OR
         (NOT is_blank (value_at (c, 'disposal.feedback-text')) AND
          value_at (c, 'disposal.feedback-to-referrer-at') IS NOT NULL)
$$;

CREATE OR REPLACE FUNCTION guard_case_named (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (value_at (c, 'disposal.linked-contact') <> c ->> 'contact', false) OR
         NOT is_blank (value_at (c, 'disposal.receiver-ref'))
$$;

CREATE OR REPLACE FUNCTION guard_section_42 (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (value_at (c, 'adult-concern.needs') = 'Y' AND
                   value_at (c, 'adult-concern.risk') = 'Y' AND
                   value_at (c, 'adult-concern.unable') = 'Y', false) =
         coalesce (value_at (c, 'adult-concern.decision') = 'ENQ', false)
$$;

CREATE OR REPLACE FUNCTION guard_clock_is_late (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT is_instant (said (k, 'due-at')) AND
           CASE WHEN is_instant (said (k, 'stopped-at')) THEN said (k, 'stopped-at')
                ELSE c -> 'actor' ->> 'now' END COLLATE "C" > said (k, 'due-at')
    FROM edit_before (find_edit (c, 'clock')) AS k
  );
END $$;

CREATE OR REPLACE FUNCTION is_qualified (staff jsonb, now text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT flag (staff, 'qualified') AND
         coalesce (said (staff, 'registration-expires') COLLATE "C" >= local_date (now), true)
$$;

CREATE OR REPLACE FUNCTION guard_qualified (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT is_qualified (before ('staff', c -> 'actor' ->> 'person'), c -> 'actor' ->> 'now')
$$;

CREATE OR REPLACE FUNCTION any_with (c jsonb, kind text, field text, value text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT EXISTS (SELECT FROM list_after (c, kind, 'contact', c ->> 'contact') AS r
                   WHERE said (r, field) = value)
  );
END $$;

CREATE OR REPLACE FUNCTION guard_nothing_open (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (SELECT FROM list_after (c, 'clock', 'contact', c ->> 'contact') AS k
                       WHERE has (k, 'due-at') AND NOT has (k, 'stopped-at') AND
                             said (k, 'type') IS DISTINCT FROM 'T26') AND
           nullif (c -> 'is', 'null') IS NOT NULL AND
           coalesce (has_word ('P60 P70 P80', said (c -> 'is', 'strand-p')) OR
                     said (c -> 'is', 'strand-p') IS NULL) AND
           coalesce (has_word ('A40', said (c -> 'is', 'strand-a')) OR
                     said (c -> 'is', 'strand-a') IS NULL) AND
           coalesce (has_word ('E50 E90', said (c -> 'is', 'strand-e')) OR
                     said (c -> 'is', 'strand-e') IS NULL) AND
           NOT any_with (c, 'chase-item', 'state', 'OPEN') AND
           NOT any_with (c, 'task', 'status', 'OPEN') AND
           NOT any_with (c, 'sd-action', 'status', 'OPEN') AND
           NOT any_with (c, 'sign-off', 'state', 'PROVISIONAL')
  );
END $$;

-- Tasks and mentions (mash-rules-work.c): each record of the kind in the group

CREATE OR REPLACE FUNCTION edits_of (c jsonb, kind text) RETURNS SETOF jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT edit FROM jsonb_array_elements (c -> 'edits') AS e (edit) WHERE edit ->> 'kind' = kind
$$;

CREATE OR REPLACE FUNCTION guard_task_has_owner (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (SELECT FROM edits_of (c, 'task') AS e, LATERAL edit_after (c, e) AS t
                       WHERE t IS NULL OR has (t, 'owner') = has (t, 'owner-post'))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_task_is_own (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (
      SELECT FROM edits_of (c, 'task') AS e, LATERAL edit_before (e) AS t
      WHERE t IS NULL OR
            NOT (said (t, 'owner') IS NOT DISTINCT FROM c -> 'actor' ->> 'person' OR
                 said (t, 'owner-post') IS NOT DISTINCT FROM c -> 'actor' ->> 'post' OR
                 t ->> 'by' IS NOT DISTINCT FROM c -> 'actor' ->> 'person' OR
                 c -> 'actor' ->> 'role' IS NOT DISTINCT FROM 'MM'))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_task_is_open (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (SELECT FROM edits_of (c, 'task') AS e, LATERAL edit_before (e) AS t
                       WHERE t IS NULL OR said (t, 'status') IS DISTINCT FROM 'OPEN')
  );
END $$;

CREATE OR REPLACE FUNCTION guard_mention_is_own (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (SELECT FROM edits_of (c, 'mention') AS e, LATERAL edit_before (e) AS m
                       WHERE m IS NULL OR has (m, 'seen-at') OR
                             said (m, 'whom') IS DISTINCT FROM c -> 'actor' ->> 'person')
  );
END $$;

CREATE OR REPLACE FUNCTION guard_mention_is_other (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (SELECT FROM edits_of (c, 'mention') AS e, LATERAL edit_after (c, e) AS m
                       WHERE m IS NULL OR
                             said (m, 'whom') IS NOT DISTINCT FROM c -> 'actor' ->> 'person')
  );
END $$;
