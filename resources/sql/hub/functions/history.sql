-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What was said stays as it was said: history is added to, and who tries anything else is answered
-- with MH010 (doors.sql).

SET search_path = mash, pg_temp;

-- Of what was added nothing is altered but that a change's statement may be erased.
CREATE OR REPLACE FUNCTION keep_history () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'change' THEN
    IF NEW.statement IS NULL AND to_jsonb (NEW) - 'statement' = to_jsonb (OLD) - 'statement' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'What was said stays as it was said' USING ERRCODE = 'MH010';
END $$;

CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON head
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON change
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON verdict
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON attempt
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON access
  FOR EACH ROW EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON head EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON change EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON verdict EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON attempt EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON access EXECUTE FUNCTION keep_history ();
CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON quarantine EXECUTE FUNCTION keep_history ();

-- What is kept apart is altered only by being settled, once.
CREATE OR REPLACE FUNCTION keep_quarantine () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.settled_seq IS NULL AND NEW.settled_seq IS NOT NULL AND
       to_jsonb (NEW) - 'settled_seq' = to_jsonb (OLD) - 'settled_seq' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'What was said stays as it was said' USING ERRCODE = 'MH010';
END $$;

CREATE OR REPLACE TRIGGER keep BEFORE UPDATE OR DELETE ON quarantine
  FOR EACH ROW EXECUTE FUNCTION keep_quarantine ();
