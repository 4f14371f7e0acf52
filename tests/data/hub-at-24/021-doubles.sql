-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A seal covers a child, and not one of the records that a child has. Whom a link that stands joins
-- to somebody in a sealed contact is the same person, with the same name, birth date and address, and
-- is closed with all contacts that they are in. A link that is only proposed closes nothing but
-- itself: the other may be another child.

SET search_path = mash, pg_temp;

CREATE OR REPLACE FUNCTION reckon_closed (who text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  ids text[] := ARRAY (
    SELECT e.id FROM entity e
    WHERE e.kind = 'seal' AND e.state @> jsonb_build_object ('excluded', who)
    UNION
    SELECT e.contact FROM entity e
    WHERE e.kind = 'seal' AND e.state @> jsonb_build_object ('excluded', who) AND
          NOT e.voided AND
          (e.state ->> 'state' IN ('SEALED', 'LIFTING') OR
           (e.state ->> 'state' = 'EMERGENCY' AND
            NOT EXISTS (SELECT FROM lapsed l WHERE l.seal = e.id)))
    UNION
    SELECT e.contact FROM entity e, LATERAL declares_for (e) AS whose
    WHERE e.kind = 'sd-participant' AND e.state @> '{"conflict-declared": true}' AND
          whose = who);
  fresh text[] := ids;
BEGIN
  WHILE cardinality (fresh) > 0 LOOP
    fresh := ARRAY (
      (SELECT e.state ->> 'person' FROM entity e
       WHERE e.kind = 'contact-subject' AND e.contact = ANY (fresh) AND e.state ? 'person'
       UNION
       SELECT e.contact FROM entity e
       WHERE e.kind = 'contact-subject' AND e.state ->> 'person' = ANY (fresh)
       UNION
       SELECT v.id
       FROM unnest (fresh) AS x (id),
            LATERAL (SELECT l.state ->> 'person-b' AS id FROM entity l
                     WHERE l.kind = 'identity-link' AND NOT l.voided AND
                           l.state @> jsonb_build_object ('person-a', x.id, 'state', 'MERGED')
                     UNION ALL
                     SELECT l.state ->> 'person-a' FROM entity l
                     WHERE l.kind = 'identity-link' AND NOT l.voided AND
                           l.state @> jsonb_build_object ('person-b', x.id, 'state', 'MERGED')) AS v
       WHERE v.id IS NOT NULL
       UNION
       SELECT c.record FROM about a JOIN change c ON c.seq = a.seq
       WHERE a.id = ANY (fresh) AND c.base = 0 AND
             NOT has_word ('staff post agency policy-version rota-slot import-file', c.kind))
      EXCEPT SELECT unnest (ids));
    ids := ids || fresh;
  END LOOP;
  RETURN ids;
END $$;

-- What was sealed before this.
SELECT close_and_open (x.person, m.head_seq + 1, m.last_at)
FROM (SELECT DISTINCT c.person FROM closed_id c) AS x, meta m;
