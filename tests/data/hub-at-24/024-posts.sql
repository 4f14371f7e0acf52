-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A post is held from its first day to its last, as on every desk. Outside of these days it opens
-- no case and nothing is said in it; and whoever holds none any more is out, as when their vetting
-- has lapsed.

SET search_path = mash, pg_temp;

-- On which day it was last looked at who holds which post.
ALTER TABLE meta ADD COLUMN posts_on text;

CREATE FUNCTION is_held (post jsonb, day text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce (said (post, 'from') COLLATE "C" <= day, true) AND
         coalesce (said (post, 'to') COLLATE "C" >= day, true)
$$;

CREATE FUNCTION posts_of (who text) RETURNS SETOF jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  today text := local_date (now_text ());
BEGIN
  RETURN QUERY SELECT post FROM list_before ('post', 'staff', who) AS post
               WHERE is_held (post, today);
END $$;

-- Whether what was last looked at is of today: then it needs no other look.
CREATE FUNCTION knows_posts (today text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT m.posts_on IS NOT DISTINCT FROM today FROM meta m);
END $$;

-- Whether somebody held a post, and holds none today.
CREATE FUNCTION is_postless (who text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  today text := local_date (now_text ());
BEGIN
  RETURN (SELECT coalesce (bool_or (said (post, 'to') COLLATE "C" < today) AND
                           NOT bool_or (is_held (post, today)), false)
          FROM list_before ('post', 'staff', who) AS post);
END $$;

CREATE OR REPLACE FUNCTION find_bar (p person) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  staff jsonb := before ('staff', p.id);
  today text := local_date (now_text ());
BEGIN
  RETURN CASE
    WHEN p.state <> 'active' THEN coalesce (p.state, 'revoked')
    WHEN flag (staff, 'suspended') OR (staff ->> 'void')::boolean THEN 'suspended'
    WHEN said (staff, 'vetting-expires-on') < today AND
         NOT EXISTS (SELECT FROM posts_of (p.id) AS post WHERE said (post, 'role') = 'AD')
      THEN 'unvetted'
    WHEN (p.scope = 'none' OR NOT knows_posts (today)) AND is_postless (p.id) THEN 'postless'
    ELSE '' END;
END $$;

-- What is said in a post was said while it was held, and by the day's end of a fortnight after its
-- last: a desk that was away hands in what it has, and no clock that is put back opens a post again.
CREATE OR REPLACE FUNCTION actor_of (it saying, took_at text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
  post jsonb := before ('post', it.post);
  took timestamptz := read_instant (took_at);
  said_then text := least (it.said_at COLLATE "C", write_instant (took + interval '15 minutes'));
BEGIN
  IF NOT coalesce (CASE WHEN it.post = '' THEN it.person = (SELECT m.root_person FROM meta m)
                        ELSE said (post, 'staff') = it.person AND
                             NOT (post ->> 'void')::boolean AND
                             is_held (post, local_date (said_then)) AND
                             coalesce (said (post, 'to') COLLATE "C" >=
                                       local_date (write_instant (took - interval '14 days')),
                                       true) AND
                             NOT flag (before ('staff', it.person), 'suspended') END, false) THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object (
    'person', it.person, 'post', it.post, 'desk', it.desk,
    'role', coalesce (said (post, 'role'), 'AD'), 'agency', said (post, 'agency'),
    'on_line', read_instant (it.said_at) >= took - interval '2 minutes',
    'now', said_then);
END $$;

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
CREATE FUNCTION scope_now (who text) RETURNS text LANGUAGE plpgsql STABLE AS $$
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

CREATE OR REPLACE FUNCTION my_scope () RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = mash, pg_temp AS $$
BEGIN
  RETURN scope_now (caller ());
END $$;

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
CREATE FUNCTION follow_day () RETURNS trigger LANGUAGE plpgsql
SET search_path = mash, pg_temp AS $$
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
CREATE TRIGGER follow_day AFTER UPDATE OF seen_at, ack_at ON seat
  FOR EACH ROW EXECUTE FUNCTION follow_day ();

-- What else goes by the posts that somebody holds.
CREATE OR REPLACE FUNCTION may_settle (who text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM posts_of (who) AS post, deed d
                 WHERE d.id = 'take-over' AND
                       permit_of (said (post, 'role'), d.permission) = 'yes');
END $$;

CREATE OR REPLACE FUNCTION looks_for (who text, record text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  roles text[] := ARRAY (SELECT said (post, 'role') FROM posts_of (who) AS post);
BEGIN
  IF EXISTS (SELECT FROM unnest (roles) AS x (role) WHERE permit_of (x.role, 44) = 'yes') THEN
    RETURN 'all';
  ELSIF EXISTS (SELECT FROM permit p
                WHERE p.role = ANY (roles) AND p.permission = 44 AND p.note = 'C21') AND
        (scope_now (who) = 'all' OR
         EXISTS (SELECT FROM reached r WHERE r.person = who AND r.contact = looks_for.record)) THEN
    RETURN 'others';
  END IF;
  RETURN 'none';
END $$;

SELECT follow_posts ();
