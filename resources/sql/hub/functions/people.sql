-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How people and machines come in and go: the doors by which somebody takes their keys to a desk,
-- and what the administrator does. Who is invited may only enrol. A secret is never sent: what the
-- server keeps of one is what it can check it by.
--
-- Who administers the hub: of a hub that began here that is its root, who holds no post. A hub that
-- took over the history of a stand-alone one has as its root whoever began that one, whose key is
-- kept nowhere: its authority is a member of staff there, whom the person who handed the hub over
-- made an administrator.
--
-- Somebody’s access is taken back, and what they had not sent is not lost: for a time their desks
-- still reach the hub to be told so and to hand it in, like those of whoever is suspended. All
-- other doors are closed to them, and after that time the log-in is, too.

SET search_path = mash, pg_temp;

-- What the hub keeps of a secret, for whoever is logged in. Its owner is the one role that may
-- alter log-ins (rights.sql); nobody but the owner of everything else may call it.
CREATE OR REPLACE FUNCTION set_secret (verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
BEGIN
  IF coalesce (verifier !~ ('^SCRAM-SHA-256\$[0-9]{4,6}:[A-Za-z0-9+/=]{16,64}' ||
                            '\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$'), true) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  EXECUTE format ('ALTER ROLE %I PASSWORD %L VALID UNTIL ''infinity''', session_user, verifier);
END $$;

-- The person who calls, at a machine that shows its certificate. Somebody revoked is told so, and
-- nobody learns whether there is such a machine.
CREATE OR REPLACE FUNCTION find_caller (which_desk text, OUT p person) LANGUAGE plpgsql STABLE AS $$
DECLARE
  d desk;
BEGIN
  SELECT * INTO p FROM person x WHERE x.login = session_user;
  SELECT * INTO d FROM desk x WHERE x.id = which_desk;
  IF p.id IS NULL OR NOT shows (d) THEN
    RAISE EXCEPTION 'unknown desk' USING ERRCODE = 'MH002';
  ELSIF d.state <> 'active' OR find_bar (p) NOT IN ('', 'invited') THEN
    RAISE EXCEPTION 'revoked' USING ERRCODE = 'MH003';
  END IF;
END $$;

-- A seat of the caller's at a machine. What they had there before is at its end: two copies of one
-- database are never both believed.
CREATE OR REPLACE FUNCTION make_seat (p person, which_desk text, which_seat text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  yesterday text := write_instant (read_instant (now_text ()) - interval '1 day');
BEGIN
  IF NOT coalesce (is_uuid (which_seat), false) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  ELSIF EXISTS (SELECT FROM seat x WHERE x.id = which_seat AND x.person = p.id AND
                                         x.desk = which_desk AND x.state = 'active') THEN
    RETURN;
  ELSIF EXISTS (SELECT FROM seat x WHERE x.id = which_seat) OR
        (SELECT count (*) FROM seat x WHERE x.person = p.id AND x.made_at > yesterday) >= 50 THEN
    RAISE EXCEPTION 'stopped' USING ERRCODE = 'MH004';
  END IF;
  UPDATE seat x SET state = 'replaced'
  WHERE x.person = p.id AND x.desk = which_desk AND x.state <> 'replaced';
  INSERT INTO seat (id, person, desk, made_at) VALUES (which_seat, p.id, which_desk, now_text ());
END $$;

CREATE OR REPLACE FUNCTION check_keys (bundle bytea, escrow bytea) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce (length (bundle) NOT BETWEEN 64 AND 1024, true) OR length (escrow) > 1024 THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
END $$;

-- The one change that the hub takes from somebody before it knows their key: the key itself, put
-- into their own record by its owner where there was none. It stands outside the seat's numbers.
CREATE OR REPLACE FUNCTION take_key (p person, which_seat text, statement bytea, signature bytea)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  it saying := read_statement (statement);
  e entity;
  m meta;
  took_at text;
  at bigint;
BEGIN
  SELECT * INTO m FROM meta FOR UPDATE;
  SELECT * INTO e FROM entity x WHERE x.kind = 'staff' AND x.id = p.id;
  IF NOT coalesce (it.hub = m.hub AND it.desk = which_seat AND it.person = p.id AND it.idx = 0 AND
                   it.size = 1 AND it.kind = 'staff' AND it.record = e.id AND
                   it.base = e.revision AND it.compartment = e.compartment AND
                   it.format BETWEEN m.format_min AND m.format_max AND
                   NOT e.state ? 'public-key' AND NOT e.voided AND length (signature) = 64 AND
                   it.body ->> 'public-key' ~ '^[0-9a-f]{64}$' AND
                   it.body = jsonb_build_object ('.deed', 'seed-staff', 'public-key',
                                                 it.body -> 'public-key', 'public-key.was', NULL),
                   false) THEN
    RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
  END IF;
  took_at := greatest (now_text () COLLATE "C", m.last_at);
  at := put_change (it, statement, signature, which_seat, 0, took_at, true, NULL, '{}');
  PERFORM put_edit (it, read_edit (it), took_at, at);
  PERFORM pg_notify ('mash', at::text);
END $$;

-- A first sign-in, or the first after a reset. Without a verifier it only says who the caller is to
-- the hub: the id and revision of their record, the key that stands in it, and after a reset the
-- keys that they had, wrapped for the code. With one the passphrase takes the place of the code,
-- whole or not at all.
CREATE OR REPLACE FUNCTION api1.enrol (desk text, seat text, verifier text, bundle bytea,
                                       escrow bytea, statement bytea, signature bytea)
RETURNS TABLE (person text, revision bigint, compartment text, public_key text, kept bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  p person := find_caller (enrol.desk);
BEGIN
  IF p.state <> 'invited' THEN
    RAISE EXCEPTION 'enrolled' USING ERRCODE = 'MH009';
  END IF;
  IF enrol.verifier IS NOT NULL THEN
    PERFORM check_keys (enrol.bundle, enrol.escrow);
    -- After a reset, what they have at this machine goes on under the keys that they had.
    IF NOT EXISTS (SELECT FROM seat s
                   WHERE s.id = enrol.seat AND s.person = p.id AND s.desk = enrol.desk AND
                         s.state = 'active') THEN
      PERFORM make_seat (p, enrol.desk, enrol.seat);
    END IF;
    IF enrol.statement IS NOT NULL THEN
      PERFORM take_key (p, enrol.seat, enrol.statement, enrol.signature);
    ELSIF NOT EXISTS (SELECT FROM entity e
                      WHERE e.kind = 'staff' AND e.id = p.id AND e.state ? 'public-key') THEN
      RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
    END IF;
    UPDATE person x SET state = 'active', bundle = enrol.bundle, escrow = enrol.escrow
    WHERE x.id = p.id;
    PERFORM set_secret (enrol.verifier);
  END IF;
  RETURN QUERY SELECT e.id, e.revision, e.compartment, e.state ->> 'public-key', p.bundle
               FROM entity e
               WHERE e.kind = 'staff' AND e.id = p.id;
END $$;

-- The caller's wrapped keys, and who they are to the hub.
CREATE OR REPLACE FUNCTION api1.bundle (desk text)
RETURNS TABLE (person text, bundle bytea, root_person text, root_key text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  p person := find_caller (bundle.desk);
BEGIN
  IF p.state <> 'active' THEN
    RAISE EXCEPTION 'invited' USING ERRCODE = 'MH008';
  END IF;
  RETURN QUERY SELECT p.id, p.bundle, m.root_person, m.root_key FROM meta m;
END $$;

-- Sits the caller down at a machine where they have no database yet, or no more.
CREATE OR REPLACE FUNCTION api1.sit (desk text, seat text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
DECLARE
  p person := find_caller (sit.desk);
BEGIN
  IF p.state <> 'active' THEN
    RAISE EXCEPTION 'invited' USING ERRCODE = 'MH008';
  END IF;
  PERFORM make_seat (p, sit.desk, sit.seat);
END $$;

-- Another seat in the place of one, where the desk's numbers and the hub's do not agree because one
-- of the two was put back. May be asked again with the same.
CREATE OR REPLACE FUNCTION api1.renew (seat text, next text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
DECLARE
  machine text := coalesce ((SELECT x.desk FROM seat x JOIN person p ON p.id = x.person
                             WHERE x.id = renew.seat AND p.login = session_user), find_machine ());
  p person := find_caller (machine);
  s seat;
BEGIN
  SELECT * INTO s FROM seat x WHERE x.id = renew.seat AND x.person = p.id;
  IF p.state <> 'active' OR s.state = 'frozen' OR
     (s.state = 'replaced' AND NOT EXISTS (SELECT FROM seat x WHERE x.id = renew.next)) THEN
    RAISE EXCEPTION 'stopped' USING ERRCODE = 'MH004';
  END IF;
  PERFORM make_seat (p, machine, renew.next);
END $$;

-- A new passphrase: the same keys, wrapped anew.
CREATE OR REPLACE FUNCTION api1.change_secret (seat text, verifier text, bundle bytea, escrow bytea)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = mash, pg_temp AS $$
DECLARE
  s seat := enter (change_secret.seat);
BEGIN
  PERFORM check_keys (change_secret.bundle, change_secret.escrow);
  UPDATE person x
  SET bundle = change_secret.bundle, escrow = coalesce (change_secret.escrow, x.escrow)
  WHERE x.id = s.person;
  PERFORM set_secret (change_secret.verifier);
END $$;

-- What follows is for the administrator, who needs no door.

-- What holds however hostile a line is: as many lines as somebody needs at four machines, and an end
-- to what a query may put on the server's disk. From PostgreSQL 16 on, who alters a log-in must also
-- have been given it.
CREATE OR REPLACE FUNCTION bound_login (login text) RETURNS void
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
DECLARE
  warden text := (SELECT pg_get_userbyid (p.proowner) FROM pg_proc p
                  WHERE p.oid = 'mash.set_secret (text)'::regprocedure);
BEGIN
  EXECUTE format ('ALTER ROLE %I CONNECTION LIMIT 8', login);
  IF has_parameter_privilege ('temp_file_limit', 'SET') THEN
    EXECUTE format ('ALTER ROLE %I SET temp_file_limit = %L', login, '256MB');
  END IF;
  IF current_setting ('server_version_num')::integer >= 160000 THEN
    EXECUTE format ('GRANT %I TO %I WITH ADMIN TRUE, INHERIT FALSE, SET FALSE', login, warden);
  END IF;
END $$;

-- Somebody who has a staff record, and is to enrol with a code until an instant. After a reset the
-- bundle is what they had, wrapped for the code; without one their keys would be gone, so whoever
-- has come in already is not invited again.
CREATE OR REPLACE FUNCTION invite (who text, login text, verifier text, until text, desks text,
                                   bundle bytea) RETURNS void
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
BEGIN
  IF invite.bundle IS NULL AND
     EXISTS (SELECT FROM person p WHERE p.id = who AND p.state <> 'invited') THEN
    RAISE EXCEPTION 'enrolled' USING ERRCODE = 'MH009';
  END IF;
  IF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = invite.login) THEN
    EXECUTE format ('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', login, verifier, until);
  ELSE
    EXECUTE format ('CREATE ROLE %I LOGIN PASSWORD %L VALID UNTIL %L IN ROLE %I', login, verifier,
                    until, desks);
  END IF;
  PERFORM bound_login (login);
  INSERT INTO person (id, login, state) VALUES (who, invite.login, 'invited')
  ON CONFLICT (id) DO UPDATE SET state = 'invited', login = invite.login, bundle = invite.bundle;
  INSERT INTO member (person, compartment, since)
  SELECT who, 'default', now_text ()
  WHERE NOT EXISTS (SELECT FROM member m WHERE m.person = who AND m.compartment = 'default' AND
                                               m.until IS NULL);
END $$;

-- Ends somebody's access whole: no new line, none that is open, nothing by a door meanwhile.
CREATE OR REPLACE FUNCTION revoke_person (who text) RETURNS integer
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
DECLARE
  p person;
BEGIN
  UPDATE person x SET state = 'revoked' WHERE x.id = who RETURNING * INTO p;
  IF p.id IS NULL THEN
    RETURN NULL;
  END IF;
  UPDATE member m SET until = now_text () WHERE m.person = who AND m.until IS NULL;
  EXECUTE format ('ALTER ROLE %I NOLOGIN PASSWORD NULL', p.login);
  RETURN (SELECT count (pg_terminate_backend (a.pid)) FROM pg_stat_activity a
          WHERE a.usename = p.login);
END $$;

-- Ends somebody's access but for handing in until an instant; whole where there is none, where they
-- never came in, and where it had been ended before.
CREATE OR REPLACE FUNCTION revoke_person (who text, hands_in_until text) RETURNS integer
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
DECLARE
  p person;
BEGIN
  SELECT * INTO p FROM person x WHERE x.id = who;
  IF hands_in_until IS NULL OR p.state IS DISTINCT FROM 'active' THEN
    RETURN revoke_person (who);
  END IF;
  UPDATE person x SET state = 'revoked' WHERE x.id = who;
  UPDATE member m SET until = now_text () WHERE m.person = who AND m.until IS NULL;
  EXECUTE format ('ALTER ROLE %I VALID UNTIL %L', p.login, hands_in_until);
  RETURN (SELECT count (pg_terminate_backend (a.pid)) FROM pg_stat_activity a
          WHERE a.usename = p.login);
END $$;

-- The same for a machine; `wipe` also tells it to remove what it holds.
CREATE OR REPLACE FUNCTION revoke_desk (which text, wipe boolean) RETURNS integer
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
DECLARE
  d desk;
BEGIN
  UPDATE desk x SET state = CASE WHEN wipe THEN 'wipe' ELSE 'revoked' END
  WHERE x.id = which RETURNING * INTO d;
  IF d.id IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT count (pg_terminate_backend (t.pid)) FROM pg_stat_ssl t
          WHERE t.client_serial::text = d.certificate);
END $$;

-- What the administrator has to know to say something.
CREATE OR REPLACE FUNCTION tell (OUT hub text, OUT now text)
LANGUAGE sql STABLE SET search_path = mash, pg_temp AS $$
  SELECT m.hub, now_text () FROM meta m
$$;

-- The post in which somebody administers the hub; empty for the root, NULL where they do not.
CREATE OR REPLACE FUNCTION find_office (who text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = mash, pg_temp AS $$
DECLARE
  staff jsonb := before ('staff', who);
  today text := local_date (now_text ());
BEGIN
  IF who = (SELECT m.root_person FROM meta m) THEN
    RETURN '';
  ELSIF staff IS NULL OR (staff ->> 'void')::boolean OR flag (staff, 'suspended') THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT min (post ->> 'id') FROM list_before ('post', 'staff', who) AS post
          WHERE permit_of (said (post, 'role'), 45) = 'yes' AND
                is_held (post, today));
END $$;

-- Takes what an administrator signed, as a desk's would be; answers with a code, or nothing.
-- Whoever signs for the hub has no log-in; somebody of the staff who does has had theirs already.
CREATE OR REPLACE FUNCTION administer (statements bytea[], signatures bytea[], OUT code text,
                                       OUT says text)
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
DECLARE
  s seat;
  its saying[] := '{}';
  answer record;
BEGIN
  PERFORM FROM meta FOR UPDATE;
  FOR i IN 1 .. cardinality (statements) LOOP
    its := its || read_statement (statements[i]);
  END LOOP;
  s.id := 'administrator';
  s.person := its[1].person;
  IF NOT coalesce (its[1].post = find_office (s.person), false) THEN
    code := 'post';
    says := '';
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM person p WHERE p.id = s.person) THEN
    INSERT INTO person (id, login, state)
    VALUES (s.person, CASE its[1].post WHEN '' THEN 'administrator'
                                       ELSE 'administrator ' || s.person END, 'revoked');
    INSERT INTO member (person, compartment, since) VALUES (s.person, 'default', '');
  END IF;
  SELECT * INTO answer
  FROM take_group (s, its, statements, signatures,
                   (SELECT coalesce (max (v.desk_seq), 0) + 1 FROM verdict v WHERE v.seat = s.id));
  code := answer.code;
  says := answer.says;
  IF code = '' THEN
    PERFORM pg_notify ('mash', (SELECT m.head_seq::text FROM meta m));
  END IF;
END $$;

-- What an administrator has to say with the last day of somebody's vetting: from when on they get
-- cases, where it had lapsed; NULL where it had not.
CREATE OR REPLACE FUNCTION find_clearance (who text, until text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN (
    SELECT today FROM local_date (now_text ()) AS today, before ('staff', who) AS staff
    WHERE said (staff, 'vetting-expires-on') < today AND until >= today
  );
END $$;

-- What no desk needs and a hostile one may do: hold a statement or a transaction open, or more lines
-- than two. Who only waits for a lock is held up and holds nobody up: it is the other that goes.
-- `statement_timeout` protects nothing, because whoever is logged in may switch it off.
CREATE OR REPLACE FUNCTION watch (desks text, second interval DEFAULT interval '1 s')
RETURNS integer LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
BEGIN
  RETURN (
    SELECT count (pg_terminate_backend (line.pid))
    FROM (SELECT a.*, row_number () OVER (PARTITION BY a.usename, t.client_serial
                                          ORDER BY a.backend_start DESC) AS nth
          FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
          LEFT JOIN pg_stat_ssl t ON t.pid = a.pid
          WHERE a.datname = current_database () AND NOT r.rolsuper AND
                pg_has_role (r.oid, desks, 'MEMBER')) AS line
    WHERE line.nth > 2 OR
          (line.state LIKE 'idle in transaction%' AND
           line.state_change < clock_timestamp () - 2 * second) OR
          (line.wait_event_type IS DISTINCT FROM 'Lock' AND
           ((line.state = 'active' AND line.query_start < clock_timestamp () - 10 * second) OR
            line.xact_start < clock_timestamp () - 15 * second)));
END $$;
