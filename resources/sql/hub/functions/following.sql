-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What follows from a group that was taken, and from somebody coming in for the first time: who
-- gets more of the history by it, and who less. Each kind of reason has a file of its own
-- (seals.sql, handling.sql, reach.sql); here stands in which order they go.

SET search_path = mash, pg_temp;

-- What follows from a group that was taken, from a position on.
CREATE OR REPLACE FUNCTION follow_group (its saying[], first_new bigint, took_at text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM follow_vetting (its, took_at);
  PERFORM follow_seals (its, first_new, took_at);
  PERFORM follow_words (its, first_new, took_at);
  PERFORM follow_reach (its, first_new, took_at);
END $$;

-- A seal may name somebody before they come in for the first time.
CREATE OR REPLACE FUNCTION close_at_first () RETURNS trigger
LANGUAGE plpgsql SET search_path = mash, pg_temp AS $$
BEGIN
  PERFORM follow_posts ();
  PERFORM close_and_open (NEW.id, 1, now_text ());
  PERFORM keep_all_words (NEW.id, 1, now_text ());
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER close_at_first AFTER INSERT ON person
  FOR EACH ROW EXECUTE FUNCTION close_at_first ();
