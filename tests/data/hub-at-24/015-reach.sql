-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What reaches whom by their posts. Most who work on cases get all of them; whoever opens only what
-- they are asked about gets the contacts that they have to do with, and the people in those; who has
-- to do with no case gets none. What begins or ceases to reach somebody is told to their desks as
-- what is opened or closed to them is (013-seals.sql), and a seal goes before all of it.

SET search_path = mash, pg_temp;

-- How much of the cases somebody got when that was last looked at (mash-reach.c).
ALTER TABLE person ADD COLUMN scope text NOT NULL DEFAULT 'none'
  CHECK (scope IN ('none', 'asked', 'all'));

-- The posts by which somebody gets what they have to do with; `takes_over` where it receives early
-- help.
CREATE TABLE asked_post (
  person text NOT NULL,
  post text NOT NULL,
  agency text,
  takes_over boolean NOT NULL,
  PRIMARY KEY (person, post)
);

-- Which contacts reach them, and by which contact which records do.
CREATE TABLE reached (
  contact text NOT NULL,
  person text NOT NULL,
  PRIMARY KEY (contact, person)
);
CREATE INDEX reached_person ON reached (person);

CREATE TABLE open_id (
  person text NOT NULL,
  id text NOT NULL,
  contact text NOT NULL,
  PRIMARY KEY (person, id, contact)
);
CREATE INDEX open_id_id ON open_id (id);
CREATE INDEX open_id_contact ON open_id (contact);

DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY ARRAY['asked_post', 'reached', 'open_id'] LOOP
    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', it);
    EXECUTE format ('ALTER TABLE %I FORCE ROW LEVEL SECURITY', it);
    EXECUTE format ('CREATE POLICY keeper ON %I TO CURRENT_USER USING (true) WITH CHECK (true)',
                    it);
  END LOOP;
END $$;

-- What is said of the hub itself and of no case.
CREATE FUNCTION is_of_hub (kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT has_word ('staff post agency policy-version rota-slot', kind)
$$;

-- By the permissions of a post's role: to open a contact (4), and to review samples of all (42).
CREATE FUNCTION scope_of_role (role text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN 'yes' IN (permit_of (role, 4), permit_of (role, 42)) THEN 'all'
              WHEN permit_of (role, 4) IN ('assigned', 'own') THEN 'asked'
              ELSE 'none' END
$$;

CREATE FUNCTION scope_of (who text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  scopes text[] := ARRAY (SELECT scope_of_role (said (post, 'role'))
                          FROM list_before ('post', 'staff', who) AS post);
BEGIN
  RETURN CASE WHEN 'all' = ANY (scopes) THEN 'all' WHEN 'asked' = ANY (scopes) THEN 'asked'
              ELSE 'none' END;
END $$;

-- To whom of these a contact is: with whom it is, who took it in or whose agency did, who is offered
-- it as early help, who is invited to a discussion of it or asked to sign it, who is to do something
-- in it, and who was asked to look at it.
CREATE FUNCTION reached_by (which text) RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT a.person
    FROM entity c CROSS JOIN asked_post a
    LEFT JOIN entity made ON made.kind = 'post' AND made.id = c.created_post
    WHERE c.kind = 'contact' AND c.id = which AND
          (c.state ->> 'assigned-to' = a.person OR c.created_by = a.person OR
           made.state ->> 'agency' = a.agency OR
           (a.takes_over AND has_word ('E20 E30 E40 E50', c.state ->> 'strand-e')))
    UNION
    SELECT a.person
    FROM entity e CROSS JOIN asked_post a
    WHERE e.kind = ANY (ARRAY['sd-participant', 'sd-request', 'sd-action', 'task', 'mention']) AND
          e.contact = which AND NOT e.voided AND
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

CREATE FUNCTION list_naming (kinds text[], field text, ids text[]) RETURNS SETOF entity
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT e.* FROM unnest (ids) AS x (id)
    JOIN entity e ON e.kind = ANY (kinds) AND e.state @> jsonb_build_object (field, x.id);
END $$;

-- The records of a contact: all that names the contact as its own, but no seal, and the family: who
-- is in it, who lives with them and where, who is related to them, and what belongs to these people
-- whoever wrote it.
CREATE FUNCTION records_of (which text) RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
DECLARE
  subjects text[] := ARRAY (SELECT DISTINCT e.state ->> 'person' FROM entity e
                            WHERE e.kind = 'contact-subject' AND e.contact = which AND
                                  NOT e.voided AND e.state ? 'person');
  homes text[] := ARRAY (SELECT DISTINCT m.state ->> 'household'
                         FROM list_naming (ARRAY['household-member'], 'person', subjects) AS m
                         WHERE NOT m.voided AND m.state ? 'household');
  lives entity[] := ARRAY (SELECT m FROM list_naming (ARRAY['household-member'], 'household',
                                                      homes) AS m);
  kin entity[] := ARRAY (
    SELECT r FROM list_naming (ARRAY['relationship'], 'from-person', subjects) AS r
    UNION ALL
    SELECT r FROM list_naming (ARRAY['relationship'], 'to-person', subjects) AS r);
  people text[] := subjects ||
                   ARRAY (SELECT m.state ->> 'person' FROM unnest (lives) AS m) ||
                   ARRAY (SELECT v.id FROM unnest (kin) AS r,
                                 LATERAL (VALUES (r.state ->> 'from-person'),
                                                 (r.state ->> 'to-person')) AS v (id));
BEGIN
  RETURN QUERY
    SELECT e.id FROM entity e
    WHERE e.kind IN (SELECT k.name FROM kind k) AND e.contact = which AND e.kind <> 'seal'
    UNION
    SELECT x
    FROM unnest (people || homes || ARRAY (SELECT m.id FROM unnest (lives) AS m) ||
                 ARRAY (SELECT r.id FROM unnest (kin) AS r)) AS x
    WHERE x IS NOT NULL
    UNION
    SELECT e.id
    FROM list_naming (ARRAY['person-name', 'identifier', 'episode', 'contact-point', 'flag'],
                      'person', people) AS e
    UNION
    SELECT e.id FROM list_naming (ARRAY['person-location'], 'person', people) AS e
    WHERE e.contact IS NULL
    UNION
    SELECT e.id FROM list_naming (ARRAY['flag'], 'household', homes) AS e
    UNION
    SELECT e.id
    FROM list_naming (ARRAY['identifier'], 'of-contact', ARRAY[which]) AS e
    UNION
    SELECT h.state ->> 'address' FROM entity h
    WHERE h.kind = 'household' AND h.id = ANY (homes) AND h.state ? 'address'
    UNION
    SELECT l.id FROM list_naming (ARRAY['identity-link'], 'person-a', people) AS l
    WHERE l.state ->> 'person-b' = ANY (people);
END $$;

-- Brings up to date whom a contact reaches, and with what. What no desk can have yet, from a
-- position on, needs no turn.
CREATE FUNCTION reach_again (which text, first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  whom text[] := ARRAY (SELECT reached_by (which));
BEGIN
  DELETE FROM reached r WHERE r.contact = which AND r.person <> ALL (whom);
  INSERT INTO reached (contact, person) SELECT which, x FROM unnest (whom) AS x
  ON CONFLICT DO NOTHING;
  IF cardinality (whom) = 0 AND NOT EXISTS (SELECT FROM open_id o WHERE o.contact = which) THEN
    RETURN;
  END IF;
  WITH want AS MATERIALIZED (
    SELECT w.person, r.id FROM unnest (whom) AS w (person) CROSS JOIN records_of (which) AS r (id)
  ), gone AS (
    DELETE FROM open_id o
    WHERE o.contact = which AND
          NOT EXISTS (SELECT FROM want w WHERE w.person = o.person AND w.id = o.id)
    RETURNING o.person, o.id
  ), come AS (
    INSERT INTO open_id (person, id, contact) SELECT w.person, w.id, which FROM want w
    ON CONFLICT DO NOTHING
    RETURNING person, id
  ), turned AS MATERIALIZED (
    SELECT x.person, x.id FROM (SELECT * FROM gone UNION ALL SELECT * FROM come) AS x
    WHERE NOT EXISTS (SELECT FROM open_id o
                      WHERE o.person = x.person AND o.id = x.id AND o.contact <> which)
  ), first AS MATERIALIZED (
    SELECT x.person, next_turn (x.person) AS n FROM (SELECT DISTINCT t.person FROM turned t) AS x
  )
  INSERT INTO turn (person, n, seq, at)
  SELECT t.person, f.n + row_number () OVER (PARTITION BY t.person ORDER BY c.seq), c.seq, took_at
  FROM turned t JOIN first f ON f.person = t.person JOIN change c ON c.record = t.id
  WHERE c.seq < first_new;
END $$;

-- The contacts that may begin or cease to reach somebody whose posts were altered: more than do.
CREATE FUNCTION contacts_near (who text) RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT r.contact FROM reached r WHERE r.person = who
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

-- After posts or the policy were altered: who gets all cases now or none and did not, or the other
-- way round, asks anew for all of them. A turn for each would be as long as the history. Whoever
-- gets what they have to do with has it looked at what that is.
CREATE FUNCTION follow_posts () RETURNS void LANGUAGE plpgsql
SET search_path = mash, pg_temp AS $$
DECLARE
  altered text[];
  which text;
BEGIN
  UPDATE person p SET scope = scope_of (p.id), anew = next_turn (p.id)
  WHERE p.scope <> scope_of (p.id);
  WITH want AS MATERIALIZED (
    SELECT p.id AS person, f ->> 'id' AS post, said (f, 'agency') AS agency,
           permit_of (said (f, 'role'), 27) = 'yes' AS takes_over
    FROM person p, LATERAL list_before ('post', 'staff', p.id) AS f
    WHERE p.scope = 'asked' AND scope_of_role (said (f, 'role')) = 'asked'
  ), gone AS (
    DELETE FROM asked_post a
    WHERE NOT EXISTS (SELECT FROM want w WHERE w IS NOT DISTINCT FROM
                                               (a.person, a.post, a.agency, a.takes_over))
    RETURNING a.person
  ), come AS (
    INSERT INTO asked_post (person, post, agency, takes_over) SELECT * FROM want
    ON CONFLICT (person, post) DO UPDATE SET agency = EXCLUDED.agency,
                                             takes_over = EXCLUDED.takes_over
    WHERE (asked_post.agency, asked_post.takes_over) IS DISTINCT FROM
          (EXCLUDED.agency, EXCLUDED.takes_over)
    RETURNING person
  )
  SELECT coalesce (array_agg (DISTINCT x.person), '{}') INTO altered
  FROM (SELECT * FROM gone UNION ALL SELECT * FROM come) AS x;
  FOR which IN SELECT DISTINCT near FROM unnest (altered) AS x, LATERAL contacts_near (x) AS near
  LOOP
    PERFORM reach_again (which, (SELECT m.head_seq FROM meta m) + 1, now_text ());
  END LOOP;
END $$;

-- Whether a change may alter whom its contact reaches.
CREATE FUNCTION alters_reach (it saying) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN it.kind = 'contact'
              THEN it.base = 0 OR it.body ?| ARRAY['assigned-to', 'strand-e']
              ELSE has_word ('contact-subject sd-participant sd-request sd-action task mention',
                             it.kind) END
$$;

-- Whether it may alter who is in a family or what belongs to them.
CREATE FUNCTION alters_family (it saying) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT has_word ('person person-name identifier episode contact-point person-location ' ||
                   'relationship household household-member flag identity-link', it.kind) AND
         (it.base = 0 OR it.body ?| ARRAY['.void', 'person', 'address', 'household',
                                          'from-person', 'to-person', 'person-a', 'person-b'])
$$;

-- After a group was taken, up to a position: which contacts begin or cease to reach somebody by it,
-- and what is new in one that does.
CREATE FUNCTION follow_reach (its saying[], first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  contacts text[];
  which text;
BEGIN
  IF NOT EXISTS (SELECT FROM asked_post) THEN
    RETURN;
  END IF;
  contacts := ARRAY (
    SELECT e.contact FROM unnest (its) AS i JOIN entity e ON e.kind = i.kind AND e.id = i.record
    WHERE alters_reach (i) AND e.contact IS NOT NULL
    UNION
    SELECT o.contact FROM unnest (its) AS i, LATERAL unnest (ids_of (i, NULL)) AS x
    JOIN open_id o ON o.id = x
    WHERE alters_family (i));
  FOREACH which IN ARRAY contacts LOOP
    PERFORM reach_again (which, first_new, took_at);
  END LOOP;
  INSERT INTO open_id (person, id, contact)
  SELECT r.person, e.id, r.contact
  FROM unnest (its) AS i JOIN entity e ON e.kind = i.kind AND e.id = i.record
  JOIN reached r ON r.contact = e.contact
  WHERE i.base = 0 AND e.contact <> ALL (contacts) AND e.kind <> 'seal'
  ON CONFLICT DO NOTHING;
END $$;

-- Whether something that was said is of what somebody has not, and does not make by it: then it is
-- answered as what is said of nothing.
CREATE OR REPLACE FUNCTION is_closed (who text, its saying[]) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  scope text := (SELECT p.scope FROM person p WHERE p.id = who);
BEGIN
  IF scope = 'none' AND EXISTS (SELECT FROM unnest (its) AS i WHERE NOT is_of_hub (i.kind)) THEN
    RETURN true;
  ELSIF scope = 'asked' AND
        EXISTS (SELECT FROM unnest (its) AS i, LATERAL unnest (ids_of (i, NULL)) AS x
                WHERE NOT is_of_hub (i.kind) AND
                      NOT EXISTS (SELECT FROM open_id o WHERE o.person = who AND o.id = x) AND
                      NOT (x IN (SELECT n.record FROM unnest (its) AS n WHERE n.base = 0) AND
                           NOT EXISTS (SELECT FROM change c WHERE c.record = x))) THEN
    RETURN true;
  END IF;
  RETURN is_sealed_from (who, its);
END $$;

-- Of the caller, by which row security goes.
CREATE FUNCTION my_scope () RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
  SELECT p.scope FROM person p WHERE p.id = caller ()
$$;

CREATE OR REPLACE FUNCTION follow_group (its saying[], first_new bigint, took_at text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM follow_seals (its, first_new, took_at);
  PERFORM follow_words (its, first_new, took_at);
  PERFORM follow_reach (its, first_new, took_at);
END $$;

CREATE OR REPLACE FUNCTION close_at_first () RETURNS trigger LANGUAGE plpgsql
SET search_path = mash, pg_temp AS $$
BEGIN
  PERFORM follow_posts ();
  PERFORM close_and_open (NEW.id, 1, now_text ());
  PERFORM keep_all_words (NEW.id, 1, now_text ());
  RETURN NULL;
END $$;

SELECT follow_posts ();
