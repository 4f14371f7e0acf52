-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Vetting that had lapsed and was renewed opens nothing that is older than the new clearance. From
-- then on somebody gets the contacts that begin after it, as their posts say; an older one only by
-- what a manager does after it: gives it to them, asks them to a discussion of it, asks them to do
-- something in it or to look at it. With a contact come its people, as to whoever opens only what
-- they are asked about (015-reach.sql), of which this is a case.

SET search_path = mash, pg_temp;

-- Up to which position contacts are older than the clearance.
ALTER TABLE person ADD COLUMN cleared_after bigint;

-- By which posts somebody had all cases before, and has all that are newer now.
ALTER TABLE asked_post ADD COLUMN everything boolean NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION scope_of (who text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  scopes text[] := ARRAY (SELECT scope_of_role (said (post, 'role'))
                          FROM list_before ('post', 'staff', who) AS post);
BEGIN
  RETURN CASE WHEN NOT scopes && ARRAY['all', 'asked'] THEN 'none'
              WHEN 'all' = ANY (scopes) AND
                   (SELECT p.cleared_after FROM person p WHERE p.id = who) IS NULL THEN 'all'
              ELSE 'asked' END;
END $$;

-- Whether a manager who is somebody else did what stands at a position, since a clearance.
CREATE FUNCTION gave_back (at bigint, who text, cleared_after bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN at > cleared_after AND
         EXISTS (SELECT FROM change c
                 WHERE c.seq = at AND c.person <> who AND
                       permit_of (said (before ('post', c.post), 'role'), 37) = 'yes');
END $$;

CREATE OR REPLACE FUNCTION reached_by (which text) RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
DECLARE
  began bigint := (SELECT e.born FROM entity e WHERE e.kind = 'contact' AND e.id = which);
BEGIN
  RETURN QUERY
    SELECT a.person
    FROM entity c CROSS JOIN asked_post a JOIN person p ON p.id = a.person
    LEFT JOIN entity made ON made.kind = 'post' AND made.id = c.created_post
    WHERE c.kind = 'contact' AND c.id = which AND
          CASE WHEN began <= p.cleared_after THEN
                 c.state ->> 'assigned-to' = a.person AND
                 gave_back ((c.altered ->> 'assigned-to')::bigint, a.person, p.cleared_after)
               ELSE
                 a.everything OR c.state ->> 'assigned-to' = a.person OR
                 c.created_by = a.person OR made.state ->> 'agency' = a.agency OR
                 (a.takes_over AND has_word ('E20 E30 E40 E50', c.state ->> 'strand-e'))
               END
    UNION
    SELECT a.person
    FROM entity e CROSS JOIN asked_post a JOIN person p ON p.id = a.person
    WHERE e.kind = ANY (ARRAY['sd-participant', 'sd-request', 'sd-action', 'task', 'mention']) AND
          e.contact = which AND NOT e.voided AND
          (p.cleared_after IS NULL OR began > p.cleared_after OR
           gave_back (e.born, a.person, p.cleared_after)) AND
          CASE e.kind
            WHEN 'sd-participant' THEN
              e.state ->> 'attended' IS DISTINCT FROM 'NOTINV' AND
              (e.state ->> 'agency' = a.agency OR e.state ->> 'staff' = a.person)
            WHEN 'sd-request' THEN e.state ->> 'agency' = a.agency
            WHEN 'sd-action' THEN
              NOT has_word ('CANCELLED TRANSFERRED', e.state ->> 'status') AND
              (e.state ->> 'owner-agency' = a.agency OR e.state ->> 'owner-staff' = a.person)
            WHEN 'task' THEN
              e.state ->> 'status' IS DISTINCT FROM 'CANCELLED' AND
              (e.state ->> 'owner' = a.person OR e.state ->> 'owner-post' = a.post)
            ELSE e.state ->> 'whom' = a.person END;
END $$;

CREATE OR REPLACE FUNCTION contacts_near (who text) RETURNS SETOF text
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT r.contact FROM reached r WHERE r.person = who
    UNION
    SELECT c.id
    FROM person p JOIN asked_post a ON a.person = p.id AND a.everything
    JOIN entity c ON c.kind = 'contact' AND c.born > p.cleared_after
    WHERE p.id = who
    UNION
    SELECT e.contact
    FROM entity e JOIN asked_post a ON a.person = who
    LEFT JOIN entity made ON made.kind = 'post' AND made.id = e.created_post
    WHERE e.kind = ANY (ARRAY['contact', 'sd-participant', 'sd-request', 'sd-action', 'task',
                              'mention']) AND
          e.contact IS NOT NULL AND
          (e.created_by = who OR made.state ->> 'agency' = a.agency OR
           (a.takes_over AND e.state ? 'strand-e') OR
           EXISTS (SELECT FROM jsonb_each_text (e.state) AS v
                   WHERE v.value IN (a.person, a.agency, a.post)));
END $$;

CREATE OR REPLACE FUNCTION follow_posts () RETURNS void LANGUAGE plpgsql
SET search_path = mash, pg_temp AS $$
DECLARE
  altered text[];
  which text;
BEGIN
  UPDATE person p SET scope = scope_of (p.id), anew = next_turn (p.id)
  WHERE p.scope <> scope_of (p.id);
  WITH want AS MATERIALIZED (
    SELECT p.id AS person, f ->> 'id' AS post, said (f, 'agency') AS agency,
           permit_of (said (f, 'role'), 27) = 'yes' AS takes_over,
           scope_of_role (said (f, 'role')) = 'all' AS everything
    FROM person p, LATERAL list_before ('post', 'staff', p.id) AS f
    WHERE p.scope = 'asked' AND scope_of_role (said (f, 'role')) <> 'none'
  ), gone AS (
    DELETE FROM asked_post a
    WHERE NOT EXISTS (SELECT FROM want w
                      WHERE w IS NOT DISTINCT FROM
                            (a.person, a.post, a.agency, a.takes_over, a.everything))
    RETURNING a.person
  ), come AS (
    INSERT INTO asked_post (person, post, agency, takes_over, everything) SELECT * FROM want
    ON CONFLICT (person, post) DO UPDATE SET agency = EXCLUDED.agency,
                                             takes_over = EXCLUDED.takes_over,
                                             everything = EXCLUDED.everything
    WHERE (asked_post.agency, asked_post.takes_over, asked_post.everything) IS DISTINCT FROM
          (EXCLUDED.agency, EXCLUDED.takes_over, EXCLUDED.everything)
    RETURNING person
  )
  SELECT coalesce (array_agg (DISTINCT x.person), '{}') INTO altered
  FROM (SELECT * FROM gone UNION ALL SELECT * FROM come) AS x;
  FOR which IN SELECT DISTINCT near FROM unnest (altered) AS x, LATERAL contacts_near (x) AS near
  LOOP
    PERFORM reach_again (which, (SELECT m.head_seq FROM meta m) + 1, now_text ());
  END LOOP;
END $$;

-- After a group was taken: whose vetting had lapsed and is renewed by it, whatever they had before
-- is taken from them at once, also where no desk has noticed that it had lapsed.
CREATE FUNCTION follow_vetting (its saying[], took_at text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  today text := local_date (took_at);
  at bigint := (SELECT m.head_seq FROM meta m);
  who text;
  which text;
BEGIN
  FOR who IN
    SELECT i.record FROM unnest (its) AS i
    WHERE i.kind = 'staff' AND i.body ->> 'vetting-expires-on.was' < today AND
          coalesce (i.body ->> 'vetting-expires-on' >= today, true)
  LOOP
    UPDATE person p SET cleared_after = at WHERE p.id = who;
    PERFORM follow_posts ();
    FOR which IN SELECT contacts_near (who) LOOP
      PERFORM reach_again (which, at + 1, took_at);
    END LOOP;
  END LOOP;
END $$;

-- What an administrator has to say with the last day of somebody's vetting: from when on they get
-- cases, where it had lapsed; NULL where it had not.
CREATE FUNCTION find_clearance (who text, until text) RETURNS text LANGUAGE sql STABLE
SET search_path = mash, pg_temp AS $$
  SELECT today FROM local_date (now_text ()) AS today, before ('staff', who) AS staff
  WHERE said (staff, 'vetting-expires-on') < today AND until >= today
$$;

CREATE OR REPLACE FUNCTION follow_group (its saying[], first_new bigint, took_at text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM follow_vetting (its, took_at);
  PERFORM follow_seals (its, first_new, took_at);
  PERFORM follow_words (its, first_new, took_at);
  PERFORM follow_reach (its, first_new, took_at);
END $$;
