-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Takes away the functions of the program that was here before, so that none is left that this one
-- does not have, and any may have other arguments now. Run behind the steps and before the
-- functions. What a trigger, an index or a policy hangs on stays, and has its new words put in its
-- place (CREATE OR REPLACE); where such a one is to go, a step first drops what hangs on it.

DO $$
DECLARE
  it record;
BEGIN
  FOR it IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace IN ('mash'::regnamespace, 'api1'::regnamespace) AND
          NOT EXISTS (SELECT FROM pg_depend d
                      WHERE d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid)
  LOOP
    EXECUTE format ('DROP FUNCTION %s', it.name);
  END LOOP;
END $$;
