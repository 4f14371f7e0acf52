-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What reaches whom by their posts. Most who work on cases get all of them; whoever opens only what
-- they are asked about gets the contacts that they have to do with, and the people in those; who
-- has to do with no case gets none. What begins or ceases to reach somebody is told to their desks
-- as what is opened or closed to them is (seals.sql), and a seal goes before all of it.
--
-- Vetting that had lapsed and was renewed opens nothing that is older than the new clearance. From
-- then on somebody gets the contacts that begin after it, as their posts say; an older one only by
-- what a manager does after it: gives it to them, asks them to a discussion of it, asks them to do
-- something in it or to look at it. With a contact come its people, as to whoever opens only what
-- they are asked about, of which this is a case.
--
-- A post is held from its first day to its last, as on every desk. Outside of these days it opens
-- no case and nothing is said in it; and whoever holds none any more is out, as when their vetting
-- has lapsed.

SET search_path = mash, pg_temp;

-- The posts that somebody holds today.
CREATE OR REPLACE FUNCTION posts_of (who text) RETURNS SETOF jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  today text := local_date (now_text ());
BEGIN
  RETURN QUERY SELECT post FROM list_before ('post', 'staff', who) AS post
               WHERE is_held (post, today);
END $$;

-- Whether what was last looked at is of today: then it needs no other look.
CREATE OR REPLACE FUNCTION knows_posts (today text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT m.posts_on IS NOT DISTINCT FROM today FROM meta m);
END $$;

-- Whether somebody held a post, and holds none today.
CREATE OR REPLACE FUNCTION is_postless (who text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  today text := local_date (now_text ());
BEGIN
  RETURN (SELECT coalesce (bool_or (said (post, 'to') COLLATE "C" < today) AND
                           NOT bool_or (is_held (post, today)), false)
          FROM list_before ('post', 'staff', who) AS post);
END $$;

-- What is said of the hub itself and of no case.
CREATE OR REPLACE FUNCTION is_of_hub (kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT has_word ('staff post agency policy-version rota-slot', kind)
$$;

-- By the permissions of a post's role: to open a contact (4), and to review samples of all (42).
CREATE OR REPLACE FUNCTION scope_of_role (role text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN 'yes' IN (permit_of (role, 4), permit_of (role, 42)) THEN 'all'
              WHEN permit_of (role, 4) IN ('assigned', 'own') THEN 'asked'
              ELSE 'none' END
$$;

-- How much of the cases somebody gets by the posts that they hold today. Who was cleared anew gets
-- no more than what they are asked about and what began since.
CREATE OR REPLACE FUNCTION scope_of (who text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  scopes text[] := ARRAY (SELECT scope_of_role (said (post, 'role')) FROM posts_of (who) AS post);
BEGIN
  RETURN CASE WHEN NOT scopes && ARRAY['all', 'asked'] THEN 'none'
              WHEN 'all' = ANY (scopes) AND
                   (SELECT p.cleared_after FROM person p WHERE p.id = who) IS NULL THEN 'all'
              ELSE 'asked' END;
END $$;

-- How much of the cases somebody gets now: what was last looked at, and at once no more than their
-- posts of today give.
CREATE OR REPLACE FUNCTION scope_now (who text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  kept text := (SELECT p.scope FROM person p WHERE p.id = who);
  given text;
BEGIN
  IF kept = 'none' OR knows_posts (local_date (now_text ())) THEN
    RETURN kept;
  END IF;
  given := scope_of (who);
  RETURN CASE WHEN given = 'none' OR kept = 'all' THEN given ELSE kept END;
END $$;

-- Whether a manager who is somebody else did what stands at a position, since a clearance.
CREATE OR REPLACE FUNCTION gave_back (at bigint, who text, cleared_after bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN at > cleared_after AND
         EXISTS (SELECT FROM change c
                 WHERE c.seq = at AND c.person <> who AND
                       permit_of (said (before ('post', c.post), 'role'), 37) = 'yes');
END $$;

-- To whom of these a contact is: with whom it is, who took it in or whose agency did, who is offered
-- it as early help, who is invited to a discussion of it or asked to sign it, who is to do something
-- in it, and who was asked to look at it.
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

CREATE OR REPLACE FUNCTION list_naming (kinds text[], field text, ids text[]) RETURNS SETOF entity
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT e.* FROM unnest (ids) AS x (id)
    JOIN entity e ON e.kind = ANY (kinds) AND e.state @> jsonb_build_object (field, x.id);
END $$;

-- The records of a contact: all that names the contact as its own, but no seal, and the family: who
-- is in it, who lives with them and where, who is related to them, and what belongs to these people
-- whoever wrote it.
CREATE OR REPLACE FUNCTION records_of (which text) RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
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
CREATE OR REPLACE FUNCTION reach_again (which text, first_new bigint, took_at text) RETURNS void
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
CREATE OR REPLACE FUNCTION contacts_near (who text) RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
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

-- After posts or the policy were altered: who gets all cases now or none and did not, or the other
-- way round, asks anew for all of them. A turn for each would be as long as the history. Whoever
-- gets what they have to do with has it looked at what that is.
CREATE OR REPLACE FUNCTION follow_posts () RETURNS void
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
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
    FROM person p, LATERAL posts_of (p.id) AS f
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

-- Days begin by themselves: the first desk that says where it is on a new one has it looked at who
-- holds which post. While something is being taken that is left to the next time.
CREATE OR REPLACE FUNCTION follow_day () RETURNS trigger
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
DECLARE
  today text := local_date (now_text ());
BEGIN
  IF (SELECT m.posts_on FROM meta m) IS NOT DISTINCT FROM today THEN
    RETURN NULL;
  END IF;
  PERFORM FROM meta FOR UPDATE SKIP LOCKED;
  IF FOUND THEN
    UPDATE meta SET posts_on = today;
    PERFORM follow_posts ();
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER follow_day AFTER UPDATE OF seen_at, ack_at ON seat
  FOR EACH ROW EXECUTE FUNCTION follow_day ();

-- Whether a change may alter whom its contact reaches.
CREATE OR REPLACE FUNCTION alters_reach (it saying) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN it.kind = 'contact'
              THEN it.base = 0 OR it.body ?| ARRAY['assigned-to', 'strand-e']
              ELSE has_word ('contact-subject sd-participant sd-request sd-action task mention',
                             it.kind) END
$$;

-- Whether it may alter who is in a family or what belongs to them.
CREATE OR REPLACE FUNCTION alters_family (it saying) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT has_word ('person person-name identifier episode contact-point person-location ' ||
                   'relationship household household-member flag identity-link', it.kind) AND
         (it.base = 0 OR it.body ?| ARRAY['.void', 'person', 'address', 'household',
                                          'from-person', 'to-person', 'person-a', 'person-b'])
$$;

-- After a group was taken, up to a position: which contacts begin or cease to reach somebody by it,
-- and what is new in one that does. Most have nothing to do with whom a contact reaches.
CREATE OR REPLACE FUNCTION follow_reach (its saying[], first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  contacts text[] := '{}';
  which text;
BEGIN
  IF NOT EXISTS (SELECT FROM asked_post) THEN
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM unnest (its) AS i WHERE alters_reach (i) OR alters_family (i)) THEN
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
  END IF;
  INSERT INTO open_id (person, id, contact)
  SELECT r.person, e.id, r.contact
  FROM unnest (its) AS i JOIN entity e ON e.kind = i.kind AND e.id = i.record
  JOIN reached r ON r.contact = e.contact
  WHERE i.base = 0 AND e.contact <> ALL (contacts) AND e.kind <> 'seal'
  ON CONFLICT DO NOTHING;
END $$;

-- After a group was taken: whose vetting had lapsed and is renewed by it, whatever they had before
-- is taken from them at once, also where no desk has noticed that it had lapsed.
CREATE OR REPLACE FUNCTION follow_vetting (its saying[], took_at text) RETURNS void
LANGUAGE plpgsql AS $$
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

-- Whether something that was said is of what somebody has not, and does not make by it, or is
-- sealed from them: then it is answered as what is said of nothing.
CREATE OR REPLACE FUNCTION is_closed (who text, its saying[]) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  scope text := scope_now (who);
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
