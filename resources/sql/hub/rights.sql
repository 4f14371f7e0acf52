-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Who may do what in the database. Run by the administrator whenever the functions were made, and to
-- the same end each time. The roles are named by the settings `mash.keeper` (owns everything, judges and writes),
-- `mash.reader` (gives what the person who is logged in may see), `mash.warden` (may alter log-ins,
-- and does by one function) and `mash.desks` (what every person's role is a member of); none of them
-- can log in.

DO $$
DECLARE
  keeper text := current_setting ('mash.keeper');
  reader text := current_setting ('mash.reader');
  warden text := current_setting ('mash.warden');
  desks text := current_setting ('mash.desks');
  it record;
BEGIN
  EXECUTE format ('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database ());
  EXECUTE format ('GRANT CONNECT ON DATABASE %I TO %I', current_database (), desks);
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
  REVOKE USAGE ON LANGUAGE sql FROM PUBLIC;
  EXECUTE format ('GRANT USAGE ON LANGUAGE plpgsql, sql TO %I, %I', keeper, reader);

  -- What PostgreSQL lets everybody call and no desk needs: whatever does something (holds locks,
  -- sleeps, writes large objects or the log, runs a query from text, reads settings back) is
  -- volatile. Left is only what libpq asks to find the server that takes changes.
  FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p
            WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND
                  (p.provolatile = 'v' OR
                   p.proname ~ '^(pg_stat_get_activity|pg_get_functiondef|lo_)') AND
                  p.proname <> 'pg_is_in_recovery'
  LOOP
    EXECUTE format ('REVOKE ALL ON FUNCTION %s FROM PUBLIC', it.name);
  END LOOP;
  EXECUTE format ('GRANT EXECUTE ON FUNCTION pg_catalog.pg_notify (text, text), '
                  'pg_catalog.clock_timestamp (), pg_catalog.pg_stat_get_activity (integer) TO %I',
                  keeper);
  -- Whose certificate a line shows is hidden from whoever is not the person; the doors run as the
  -- keeper, and have to know.
  EXECUTE format ('GRANT pg_read_all_stats TO %I', keeper);

  -- Reading goes through row security as the person sees it.
  EXECUTE format ('GRANT USAGE ON SCHEMA mash, api1 TO %I', reader);
  EXECUTE format ('GRANT SELECT ON mash.head, mash.change, mash.entity, mash.alternative, '
                  'mash.open_id TO %I', reader);
  EXECUTE format ('GRANT EXECUTE ON FUNCTION mash.mine (), mash.enter (text), mash.my_closed (), '
                  'mash.my_clouded (), mash.my_scope (), mash.caller (), mash.my_turn (), '
                  'mash.my_turns (bigint), mash.knows_turn (bigint) TO %I', reader);
  DROP POLICY IF EXISTS reader ON mash.head;
  EXECUTE format ('CREATE POLICY reader ON mash.head FOR SELECT TO %I USING (true)', reader);
  DROP POLICY IF EXISTS reader ON mash.open_id;
  EXECUTE format ('CREATE POLICY reader ON mash.open_id FOR SELECT TO %I '
                  'USING (person = (SELECT mash.caller ()))', reader);
  FOR it IN SELECT unnest (ARRAY['change', 'entity', 'alternative']) AS name LOOP
    EXECUTE format ('DROP POLICY IF EXISTS reader ON mash.%I', it.name);
    EXECUTE format ('CREATE POLICY reader ON mash.%1$I FOR SELECT TO %2$I '
                    'USING (compartment = ANY ((SELECT mash.mine ())::text[]) AND '
                    '(kind IN (''staff'', ''post'', ''agency'', ''policy-version'', '
                    '''rota-slot'') OR '
                    'CASE (SELECT mash.my_scope ()) WHEN ''all'' THEN true '
                    'WHEN ''asked'' THEN EXISTS (SELECT FROM mash.open_id o '
                    'WHERE o.person = (SELECT mash.caller ()) AND o.id = %1$I.%3$I) '
                    'ELSE false END) AND %4$s)',
                    it.name, reader, CASE it.name WHEN 'entity' THEN 'id' ELSE 'record' END,
                    CASE it.name WHEN 'entity' THEN 'id NOT IN (SELECT mash.my_clouded ())'
                                 ELSE 'seq NOT IN (SELECT mash.my_closed ())' END);
  END LOOP;
  FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p
            WHERE p.pronamespace = 'api1'::regnamespace AND
                  p.proname IN ('pull', 'turn', 'history', 'snapshot')
  LOOP
    EXECUTE format ('ALTER FUNCTION %s OWNER TO %I', it.name, reader);
  END LOOP;
  EXECUTE format ('ALTER FUNCTION mash.has_discussion (text) OWNER TO %I', reader);
  EXECUTE format ('GRANT EXECUTE ON FUNCTION mash.has_discussion (text) TO %I', keeper);

  EXECUTE format ('ALTER FUNCTION mash.gives_any (bigint[]) OWNER TO %I', reader);
  EXECUTE format ('GRANT EXECUTE ON FUNCTION mash.gives_any (bigint[]) TO %I', keeper);

  -- Log-ins.
  EXECUTE format ('ALTER FUNCTION mash.set_secret (text) OWNER TO %I', warden);
  EXECUTE format ('GRANT EXECUTE ON FUNCTION mash.set_secret (text) TO %I', keeper);

  FOR it IN SELECT r.rolname AS name FROM pg_auth_members g JOIN pg_roles r ON r.oid = g.member
            WHERE g.roleid = desks::regrole
  LOOP
    PERFORM mash.bound_login (it.name);
  END LOOP;

  -- The doors.
  EXECUTE format ('GRANT USAGE ON SCHEMA api1 TO %I', desks);
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA api1, mash FROM PUBLIC;
  EXECUTE format ('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api1 TO %I', desks);
END $$;
