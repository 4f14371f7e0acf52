-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What takes two people. A seal that a manager put on alone holds for a day, and no longer unless
-- information governance confirms it (T31, note C16 of the matrix). And nobody gives themselves a
-- post by which they get cases.

SET search_path = mash, pg_temp;

-- Whether a seal of a manager alone is due to lapse, counted from when the hub took it. The hub's
-- time does not run backwards.
CREATE FUNCTION is_due (seal entity) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  took_at text := coalesce ((SELECT h.took_at FROM head h WHERE h.seq = seal.born),
                            seal.created_at);
  now text := greatest (now_text () COLLATE "C", (SELECT m.last_at FROM meta m));
BEGIN
  RETURN seal.state ->> 'state' = 'EMERGENCY' AND is_instant (took_at) AND
         now COLLATE "C" >= write_instant (read_instant (took_at) + interval '24 hours') AND
         NOT EXISTS (SELECT FROM lapsed l WHERE l.seal = seal.id);
END $$;

-- Time passes by itself: whenever a desk says where it is, seals that are due lapse, and what they
-- kept from somebody is open again unless something else keeps it. While something is being taken
-- that is left to the next time.
CREATE FUNCTION lapse_seals () RETURNS trigger LANGUAGE plpgsql
SET search_path = mash, pg_temp AS $$
DECLARE
  it entity;
BEGIN
  IF NOT EXISTS (SELECT FROM entity e WHERE e.kind = 'seal' AND is_due (e)) THEN
    RETURN NULL;
  END IF;
  PERFORM FROM meta FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  FOR it IN SELECT e.* FROM entity e WHERE e.kind = 'seal' AND is_due (e) LOOP
    INSERT INTO lapsed (seal, at) VALUES (it.id, now_text ());
    PERFORM close_and_open (it.state ->> 'excluded', m.head_seq + 1, now_text ()) FROM meta m;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER lapse_seals AFTER UPDATE OF seen_at, ack_at ON seat
  FOR EACH ROW EXECUTE FUNCTION lapse_seals ();

-- Whether a group gives who says it a post by which they get cases, or such a role in one.
CREATE FUNCTION gives_own_post (its saying[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM unnest (its) AS i LEFT JOIN entity e ON e.kind = i.kind AND e.id = i.record
    WHERE i.kind = 'post' AND NOT i.body ? '.void' AND
          coalesce (i.body ->> 'staff', e.state ->> 'staff') = i.person AND
          scope_of_role (coalesce (i.body ->> 'role', e.state ->> 'role')) <> 'none');
END $$;

ALTER FUNCTION find_stray (seat, saying[]) RENAME TO find_stray_record;

CREATE FUNCTION find_stray (s seat, its saying[]) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE WHEN gives_own_post (its) THEN 'own-post' ELSE find_stray_record (s, its) END;
END $$;
