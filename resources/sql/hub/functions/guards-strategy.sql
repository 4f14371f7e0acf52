-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The named guards of strategy discussions (mash-guards-strategy.c, mash-guards-record.c,
-- mash-guards-signing.c, mash-quorum.c, mash-circulation.c).

SET search_path = mash, pg_temp;

CREATE OR REPLACE FUNCTION is_part (kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT starts_with (kind, 'sd-')
$$;

CREATE OR REPLACE FUNCTION deed_touches (c jsonb, kind text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT has_word (d.touches, kind) FROM deed d WHERE d.id = c ->> 'deed'
  );
END $$;

-- The one discussion that a group is about; where it says nothing of any, the newest of the contact.
CREATE OR REPLACE FUNCTION discussion_of (c jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  edit jsonb;
  said_of text;
  found_one text;
BEGIN
  FOR edit IN SELECT jsonb_array_elements (c -> 'edits') LOOP
    CONTINUE WHEN NOT is_part (edit ->> 'kind') AND
                  (edit ->> 'kind' <> 'strategy-discussion' OR
                   NOT deed_touches (c, 'strategy-discussion'));
    said_of := CASE WHEN edit ->> 'kind' = 'strategy-discussion' THEN edit ->> 'id'
                    ELSE said (edit_after (c, edit), 'discussion') END;
    IF said_of IS NULL OR found_one <> said_of THEN
      RETURN NULL;
    END IF;
    found_one := said_of;
  END LOOP;
  RETURN coalesce (found_one,
                   newest_before ('strategy-discussion', c ->> 'contact') ->> 'id');
END $$;

CREATE OR REPLACE FUNCTION discussion_before (c jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT before ('strategy-discussion', discussion_of (c))
$$;

CREATE OR REPLACE FUNCTION discussion_after (c jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT after (c, 'strategy-discussion', discussion_of (c))
$$;

CREATE OR REPLACE FUNCTION parts (c jsonb, kind text) RETURNS SETOF jsonb LANGUAGE sql STABLE AS $$
  SELECT list_after (c, kind, 'discussion', coalesce (discussion_of (c), ''))
$$;

CREATE OR REPLACE FUNCTION discussion_was (c jsonb, states text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT has_word (states, said (discussion_before (c), 'state'))
$$;

CREATE OR REPLACE FUNCTION guard_sd_was_convened (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN is_new (find_edit (c, 'strategy-discussion'))
              THEN discussion_before (c) IS NULL
              ELSE discussion_was (c, 'CONVENED') END
$$;

CREATE OR REPLACE FUNCTION guard_sd_is_running (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT discussion_was (c, 'PROGRESS')
$$;

CREATE OR REPLACE FUNCTION guard_sd_is_open (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT discussion_was (c, 'PROGRESS RECORDED SIGNING')
$$;

CREATE OR REPLACE FUNCTION guard_sd_is_recorded (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT discussion_was (c, 'RECORDED SIGNING')
$$;

CREATE OR REPLACE FUNCTION guard_sd_is_signed (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT discussion_was (c, 'SIGNED CIRCULATED')
$$;

-- Who may do what

-- Whether an edit alters nothing but, at most, that field and what the rules keep.
CREATE OR REPLACE FUNCTION alters_only (edit jsonb, field text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT edit ->> 'void' IS NULL AND
           NOT EXISTS (SELECT FROM field x
                       WHERE x.kind = edit ->> 'kind' AND NOT x.by_rules AND
                             edit -> 'set' ? x.name AND x.name IS DISTINCT FROM $2)
  );
END $$;

CREATE OR REPLACE FUNCTION may_record (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT permit_of (c -> 'actor' ->> 'role', 20) <> 'no'
$$;

CREATE OR REPLACE FUNCTION guard_sd_is_chair (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (said (discussion_before (c), 'chair') = c -> 'actor' ->> 'person', false)
$$;

-- The agency that answers for a part.
CREATE OR REPLACE FUNCTION owner_of (f jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT said (f, CASE f ->> 'kind' WHEN 'sd-action' THEN 'owner-agency' ELSE 'agency' END)
$$;

CREATE OR REPLACE FUNCTION is_of_actor (c jsonb, f jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce (owner_of (f) = c -> 'actor' ->> 'agency', false)
$$;

-- Whether the chair leaves out, and says why, a paragraph of an agency that has nobody here
-- (mash_strategy_may_remove).
CREATE OR REPLACE FUNCTION may_remove (c jsonb, edit jsonb, paragraph jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT edit ->> 'kind' = 'sd-release' AND is_new (edit) AND
           coalesce (edit_text (edit, 'choice') = 'REMOVED', false) AND
           NOT is_blank (edit_text (edit, 'reason')) AND guard_sd_is_chair (c) AND
           NOT EXISTS (SELECT FROM list_before ('post', 'agency', said (paragraph, 'agency')) AS post
                       WHERE coalesce (said (post, 'to') COLLATE "C" >=
                                       local_date (c -> 'actor' ->> 'now'), true))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_is_own (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  edit jsonb;
  part jsonb;
BEGIN
  FOR edit IN SELECT jsonb_array_elements (c -> 'edits') LOOP
    CONTINUE WHEN NOT deed_touches (c, edit ->> 'kind');
    part := edit_after (c, edit);
    IF part ->> 'kind' = 'sd-release' THEN
      part := after (c, 'sd-paragraph', said (part, 'paragraph'));
    END IF;
    IF part IS NULL THEN
      RETURN false;
    END IF;
    CONTINUE WHEN owner_of (part) IS NULL AND guard_sd_is_chair (c);
    CONTINUE WHEN may_remove (c, edit, part);
    IF NOT is_of_actor (c, part) AND
       NOT coalesce (part ->> 'kind' = 'sd-action' AND
                     said (part, 'owner-staff') = c -> 'actor' ->> 'person', false) THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END $$;

-- 1 social care, 2 police, 4 health, 0 any other.
CREATE OR REPLACE FUNCTION seat_of (agency text) RETURNS integer LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT CASE WHEN type = 'CSC' THEN 1
                WHEN has_word ('POL BTP', type) THEN 2
                WHEN has_word ('HTH HTC HTM GP MAT', type) THEN 4
                ELSE 0 END
    FROM said (before ('agency', agency), 'type') AS type
  );
END $$;

-- Parts of the plan that health and police write themselves, whoever keeps the record.
CREATE OR REPLACE FUNCTION is_own_plan (c jsonb, edit jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (
      SELECT FROM jsonb_object_keys (edit -> 'set') AS name, seat_of (c -> 'actor' ->> 'agency') AS at
      WHERE NOT has_word ('contact discussion', name) AND
            NOT (at = 4 AND starts_with (name, 'medical')) AND
            NOT (at = 2 AND (starts_with (name, 'abe') OR starts_with (name, 'forensic') OR
                             has_word ('scene arrest bail orders', name))))
  );
END $$;

CREATE OR REPLACE FUNCTION is_own_part (c jsonb, edit jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  kind text := edit ->> 'kind';
  was jsonb := edit_before (edit);
  new jsonb := edit_after (c, edit);
BEGIN
  IF new IS NULL THEN
    RETURN false;
  ELSIF kind IN ('sd-paragraph', 'sd-view') THEN
    RETURN is_of_actor (c, new) OR
           (may_record (c) AND
            (is_new (edit) OR
             (was IS NOT NULL AND flag (was, 'on-behalf') AND NOT has (was, 'confirmed-by'))));
  ELSIF kind = 'sd-version' THEN
    RETURN is_new (edit) AND edit_text (edit, 'choice') IS NULL;
  ELSIF may_record (c) THEN
    RETURN true;
  ELSIF kind = 'sd-plan' THEN
    RETURN is_own_plan (c, edit);
  END IF;
  RETURN kind IN ('sd-note', 'sd-participant', 'sd-action') AND
         is_of_actor (c, coalesce (was, new)) AND is_of_actor (c, new);
END $$;

CREATE OR REPLACE FUNCTION guard_sd_own_parts (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (bool_and (is_own_part (c, edit)), true)
    FROM jsonb_array_elements (c -> 'edits') AS e (edit)
    WHERE edit ->> 'kind' <> 'contact' AND deed_touches (c, edit ->> 'kind') AND
          NOT alters_only (edit, NULL)
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_chair_may (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT EXISTS (
      SELECT FROM said (discussion_after (c), 'chair') AS chair,
                  LATERAL before ('staff', chair) AS staff,
                  LATERAL list_before ('post', 'staff', chair) AS post,
                  LATERAL permit_of (said (post, 'role'), 20) AS answer
      WHERE staff IS NOT NULL AND is_held (post, local_date (c -> 'actor' ->> 'now')) AND
            (answer = 'yes' OR
             (answer <> 'no' AND (said (post, 'role') IS DISTINCT FROM 'SW' OR
                                  is_qualified (staff, c -> 'actor' ->> 'now')))))
  );
END $$;

-- What has to be there before the discussion begins and before it ends

CREATE OR REPLACE FUNCTION guard_sd_agencies_invited (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (bit_or (seat_of (said (p, 'agency'))), 0) = 7
    FROM parts (c, 'sd-participant') AS p WHERE said (p, 'attended') IS DISTINCT FROM 'NOTINV'
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_children_listed (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    WITH listed AS MATERIALIZED (SELECT said (f, 'subject') AS subject
                                 FROM parts (c, 'sd-child') AS f)
    SELECT EXISTS (SELECT FROM listed) AND
           NOT EXISTS (SELECT FROM subjects (c) AS s
                       WHERE is_child (s) AND
                             NOT EXISTS (SELECT FROM listed WHERE subject = s ->> 'id'))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_decided (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (bool_and (
             said (f, 'decision') IS NOT NULL AND said (f, 'threshold-met') IS NOT NULL AND
             NOT is_blank (said (f, 'rationale')) AND
             (said (f, 'decision') NOT IN ('S47J', 'S47S', 'S47P') OR
              said (f, 'threshold-met') = 'Y') AND
             (said (f, 'decision') <> 'RECONV' OR has (f, 'reconvene-by'))), false)
    FROM parts (c, 'sd-child') AS f
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_ended_after (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT has (d, 'ended-at') AND
           coalesce (said (d, 'ended-at') COLLATE "C" >= said (d, 'started-at'), true)
    FROM discussion_after (c) AS d
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_actions_set (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (bool_and ((NOT is_blank (said (a, 'owner')) OR has (a, 'owner-staff')) AND
                               has (a, 'owner-agency') AND has (a, 'due-at')), true)
    FROM parts (c, 'sd-action') AS a
  );
END $$;

CREATE OR REPLACE FUNCTION takes_part (participant jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT has_word ('PRESENT PART', said (participant, 'attended'))
$$;

CREATE OR REPLACE FUNCTION guard_sd_views_given (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    WITH view AS MATERIALIZED (SELECT v, n FROM parts (c, 'sd-view') WITH ORDINALITY AS l (v, n))
    SELECT EXISTS (SELECT FROM view) AND
           NOT EXISTS (SELECT FROM view
                       WHERE has_word ('DISS RESV', said (v, 'position')) AND
                             is_blank (said (v, 'text'))) AND
           NOT EXISTS (SELECT FROM parts (c, 'sd-participant') AS p
                       WHERE takes_part (p) AND
                             (SELECT said (v, 'position') FROM view
                              WHERE said (v, 'agency') IS NOT DISTINCT FROM said (p, 'agency')
                              ORDER BY n LIMIT 1) IS NOT DISTINCT FROM 'NASK') AND
           NOT EXISTS (SELECT FROM parts (c, 'sd-participant') AS p
                       WHERE takes_part (p) AND
                             NOT EXISTS (SELECT FROM view
                                         WHERE said (v, 'agency') IS NOT DISTINCT FROM
                                               said (p, 'agency')))
  );
END $$;

-- Of some parts there is one and not two.
CREATE OR REPLACE FUNCTION is_single (c jsonb, kind text, part_of text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT find_edit (c, kind) IS NULL OR
           (SELECT count (whose) = count (DISTINCT whose)
            FROM parts (c, kind) AS p,
                 LATERAL (SELECT CASE WHEN part_of IS NULL THEN '' ELSE said (p, part_of) END)
                         AS w (whose))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_one_each (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT is_single (c, 'sd-view', 'agency') AND is_single (c, 'sd-child', 'subject') AND
         is_single (c, 'sd-plan', NULL)
$$;

-- What a discussion began with is corrected and never taken away.
CREATE OR REPLACE FUNCTION guard_sd_stays_whole (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT edit IS NULL OR
           (d IS NOT NULL AND has (d, 'trigger') AND has (d, 'need-identified-at') AND
            has (d, 'started-at') AND has (d, 'mode') AND has (d, 'chair') AND
            (NOT edit -> 'set' ? 'chair' OR guard_sd_chair_may (c)) AND
            (guard_sd_is_running (c) OR guard_sd_ended_after (c)))
    FROM find_edit (c, 'strategy-discussion') AS edit, discussion_after (c) AS d
  );
END $$;

-- Who is absent stands in the record with the reason.
CREATE OR REPLACE FUNCTION guard_sd_absence_explained (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (SELECT FROM parts (c, 'sd-participant') AS p
                       WHERE has_word ('APOLOGY NOTINV', said (p, 'attended')) AND
                             is_blank (said (p, 'absent-reason')))
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_settled (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (bool_and (has (v, 'choice')), true) FROM parts (c, 'sd-version') AS v
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_protection_told (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (bool_and (NOT is_blank (said (p, 'designated-officer')) AND
                               NOT is_blank (said (p, 'place')) AND has (p, 'parents-told')), true)
    FROM list_after (c, 'police-protection', 'contact', c ->> 'contact') AS p
  );
END $$;

-- Which agencies are there (mash_quorum_read): `there` and `joined` later as sums of seats, how many
-- agencies, and whether it is held as an exception. NULL where it is about no one discussion.
CREATE OR REPLACE FUNCTION quorum_of (c jsonb, OUT there integer, OUT joined integer,
                                      OUT agencies bigint, OUT excepted boolean)
LANGUAGE sql STABLE AS $$
  WITH taking_part AS (
    SELECT said (p, 'agency') AS agency, seat_of (said (p, 'agency')) AS seat,
           coalesce (said (p, 'arrived-at') COLLATE "C" > said (d, 'ended-at'), false) AS late,
           coalesce (said (p, 'arrived-at') COLLATE "C" <=
                     next_working_day_end (said (d, 'ended-at')), false) AS in_time
    FROM discussion_after (c) AS d, parts (c, 'sd-participant') AS p
    WHERE d IS NOT NULL AND said (p, 'agency') IS NOT NULL AND takes_part (p)
  ), counted AS (
    SELECT * FROM taking_part WHERE NOT late OR in_time
  )
  SELECT coalesce ((SELECT bit_or (seat) FROM counted WHERE NOT late), 0),
         coalesce ((SELECT bit_or (seat) FROM counted WHERE late), 0),
         (SELECT count (DISTINCT agency) FROM counted),
         NOT is_blank (said (d, 'exception-reason')) AND
         NOT is_blank (said (d, 'exception-risk')) AND
         has (d, 'exception-by') AND
         coalesce (said (d, 'next-at') COLLATE "C" <=
                   next_working_day_end (coalesce (said (d, 'ended-at'), said (d, 'started-at'))),
                   false)
  FROM discussion_after (c) AS d
$$;

CREATE OR REPLACE FUNCTION guard_sd_excused (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT discussion_of (c) IS NOT NULL AND excepted AND (there | joined) & 6 <> 6
    FROM quorum_of (c)
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_signable (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT discussion_of (c) IS NOT NULL AND agencies >= 2 AND
           (there = 7 OR (there | 4 = 7 AND joined & 4 = 4) OR
            (excepted AND there & 1 = 1))
    FROM quorum_of (c)
  );
END $$;

-- Signing

CREATE OR REPLACE FUNCTION guard_sd_request_is_own (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT r IS NOT NULL AND
           CASE WHEN said (r, 'capacity') = 'CHAIR' THEN guard_sd_is_chair (c)
                ELSE said (r, 'agency') IS NOT DISTINCT FROM c -> 'actor' ->> 'agency' AND
                     (said (r, 'capacity') IS DISTINCT FROM 'POLICE' OR NOT guard_sd_is_chair (c)) END
    FROM edit_before (find_edit (c, 'sd-request')) AS r
  );
END $$;

-- Whoever declared a conflict of interest neither chairs nor signs. Who is entered by name only is
-- that person of their own agency.
CREATE OR REPLACE FUNCTION is_apart (c jsonb, person text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (
      SELECT FROM before ('staff', person) AS staff, parts (c, 'sd-participant') AS p
      WHERE staff IS NOT NULL AND flag (p, 'conflict-declared') AND
            CASE WHEN has (p, 'staff') THEN said (p, 'staff') = staff ->> 'id'
                 ELSE has (p, 'person-name') AND
                      said (p, 'person-name') IS NOT DISTINCT FROM said (staff, 'name') AND
                      said (p, 'agency') IS NOT DISTINCT FROM said (staff, 'agency') END)
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_chair_apart (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT d IS NULL OR is_apart (c, said (d, 'chair')) FROM discussion_after (c) AS d
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_signer_apart (c jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT is_apart (c, c -> 'actor' ->> 'person')
$$;

CREATE OR REPLACE FUNCTION number_in (f jsonb, field text) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce ((f -> 'f' ->> field)::numeric, 0)
$$;

CREATE OR REPLACE FUNCTION guard_sd_unanswered (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT r IS NOT NULL AND d IS NOT NULL AND NOT has (r, 'answer') AND
           has_word ('SIGNING SIGNED CIRCULATED', said (d, 'state')) AND
           number_in (r, 'rev') = number_in (d, 'rev')
    FROM edit_before (find_edit (c, 'sd-request')) AS r, discussion_before (c) AS d
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_seen (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (r IS NOT NULL AND d IS NOT NULL AND
                     said (r, 'seen-hash') = hash_discussion (d ->> 'id') AND
                     said (d, 'content-hash') = hash_discussion (d ->> 'id'), false)
    FROM edit_after (c, find_edit (c, 'sd-request')) AS r, discussion_before (c) AS d
  );
END $$;

-- After the record

-- A disagreement is resolved by one of its two sides: the agency that dissented, or the chair's.
CREATE OR REPLACE FUNCTION guard_sd_in_dispute (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT e IS NOT NULL AND NOT has (e, 'resolved-at') AND
           (said (e, 'agency') IS NOT DISTINCT FROM c -> 'actor' ->> 'agency' OR
            coalesce (said (before ('staff', said (discussion_before (c), 'chair')), 'agency') =
                      c -> 'actor' ->> 'agency', false))
    FROM edit_before (find_edit (c, 'sd-escalation')) AS e
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_action_is_open (c jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT coalesce (said (edit_before (find_edit (c, 'sd-action')), 'status') = 'OPEN', false)
$$;

CREATE OR REPLACE FUNCTION guard_sd_confirms (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT coalesce (bool_and (was IS NOT NULL AND flag (was, 'on-behalf') AND
                               NOT has (was, 'confirmed-by') AND is_of_actor (c, was) AND
                               alters_only (edit, NULL)), false)
    FROM jsonb_array_elements (c -> 'edits') AS e (edit), LATERAL edit_before (edit) AS was
    WHERE deed_touches (c, edit ->> 'kind')
  );
END $$;

-- Whether a paragraph goes into a copy: `in`, `out`, or not ruled on (mash_circulation_rule_on).
CREATE OR REPLACE FUNCTION share_of (c jsonb, p jsonb, variant text, agency text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT CASE
      WHEN said (p, 'agency') = agency THEN 'in'
      WHEN has_in (p, 'handling', 'H6') OR has_in (p, 'not-for', agency) OR
           (variant IN ('FAMILY', 'AGENCY') AND has_in (p, 'handling', 'H2')) OR
           (variant = 'FAMILY' AND said (p, 'basis') = 'INTEL') THEN 'out'
      WHEN NOT (coalesce (said (p, 'condition') = 'C', false) OR has_in (p, 'handling', 'H3') OR
                has_in (p, 'handling', 'H4')) THEN 'in'
      ELSE coalesce ((SELECT CASE said (r, 'choice') WHEN 'RELEASED' THEN 'in' ELSE 'out' END
                      FROM list_after (c, 'sd-release', 'paragraph', p ->> 'id')
                           WITH ORDINALITY AS l (r, n)
                      WHERE said (r, 'variant') IS NOT DISTINCT FROM $3 AND
                            said (r, 'recipient-agency') IS NOT DISTINCT FROM $4
                      ORDER BY n DESC LIMIT 1), 'undecided')
      END
  );
END $$;

-- Whether nothing in a copy waits for a ruling, and nothing is in it that was left out.
CREATE OR REPLACE FUNCTION is_released (c jsonb, copy jsonb, discussion text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT NOT EXISTS (SELECT FROM list_after (c, 'sd-paragraph', 'discussion', discussion) AS p
                       WHERE share_of (c, p, variant, agency) = 'undecided') AND
           NOT EXISTS (SELECT FROM unnest (string_to_array (said (copy, 'paragraphs'), ' ')) AS id,
                                   LATERAL after (c, 'sd-paragraph', id) AS p
                       WHERE p IS NULL OR share_of (c, p, variant, agency) <> 'in')
    FROM said (copy, 'variant') AS variant, said (copy, 'recipient-agency') AS agency
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_released (c jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT discussion IS NOT NULL AND
           (SELECT coalesce (bool_and (is_released (c, edit_after (c, e), discussion)), false)
            FROM edits_of (c, 'sd-circulation') AS e)
    FROM discussion_of (c) AS discussion
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_copies_ready (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT d IS NOT NULL AND
           (SELECT coalesce (bool_and (was IS NOT NULL AND has (was, 'previewed-by') AND
                                       NOT has (was, 'sent-at') AND has (new, 'sent-at') AND
                                       NOT is_blank (said (new, 'how')) AND
                                       number_in (was, 'rev') = number_in (d, 'rev')), false)
            FROM edits_of (c, 'sd-circulation') AS e, LATERAL edit_before (e) AS was,
                 LATERAL edit_after (c, e) AS new)
    FROM discussion_before (c) AS d
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_corrects_signed (c jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT has_word ('SIGNED CIRCULATED',
                   said (before ('strategy-discussion', said (discussion_after (c), 'supersedes')),
                         'state'))
$$;

CREATE OR REPLACE FUNCTION guard_sd_action_unaltered (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT e IS NOT NULL AND NOT is_new (e) AND alters_only (e, NULL)
    FROM find_edit (c, 'sd-action') AS e
  );
END $$;

CREATE OR REPLACE FUNCTION guard_sd_settles_only (c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  choice jsonb := find_edit (c, 'sd-version');
  version jsonb := edit_before (choice);
BEGIN
  IF choice IS NULL OR NOT alters_only (choice, 'choice') OR
     version IS NULL OR has (version, 'choice') THEN
    RETURN false;
  END IF;
  RETURN NOT EXISTS (
    SELECT FROM jsonb_array_elements (c -> 'edits') AS e (edit)
    WHERE edit <> choice AND deed_touches (c, edit ->> 'kind') AND NOT alters_only (edit, NULL) AND
          NOT coalesce (said (version, 'of-kind') = edit ->> 'kind' AND
                        said (version, 'of-record') = edit ->> 'id' AND
                        alters_only (edit, said (version, 'of-field')), false));
END $$;
