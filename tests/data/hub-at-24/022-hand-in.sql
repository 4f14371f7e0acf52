-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Somebody’s access is taken back, and what they had not sent is not lost: for a time their desks
-- still reach the hub to be told so and to hand it in, like those of whoever is suspended. All other
-- doors are closed to them, and after that time the log-in is, too.

SET search_path = mash, pg_temp;

-- Ends somebody's access but for handing in until an instant; whole where there is none, where they
-- never came in, and where it had been ended before.
CREATE FUNCTION revoke_person (who text, hands_in_until text) RETURNS integer LANGUAGE plpgsql
SET search_path = mash, pg_temp AS $$
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
