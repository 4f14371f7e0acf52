-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Taking over the history of a stand-alone hub: what was said there stays said, under the positions
-- and in the chain that it had. For the administrator alone, and only before there is any desk.

SET search_path = mash, pg_temp;

-- Takes the next stretch of such a history, in its order and to the end of a group. It was judged
-- where it was said. Gives the position that was reached.
CREATE FUNCTION adopt (root_person text, root_key text, took_at text[], statements bytea[],
                       signatures bytea[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  m meta;
  it saying;
  edit jsonb;
  at bigint;
BEGIN
  SELECT * INTO m FROM meta FOR UPDATE;
  IF EXISTS (SELECT FROM seat) OR
     (m.head_seq > 0 AND m.root_key IS DISTINCT FROM adopt.root_key) THEN
    RAISE EXCEPTION 'this hub has a history of its own' USING ERRCODE = 'MH010';
  END IF;
  UPDATE meta x SET root_person = adopt.root_person, root_key = adopt.root_key;

  FOR i IN 1 .. cardinality (statements) LOOP
    it := read_statement (statements[i]);
    edit := read_edit (it);
    IF it.id IS NULL OR edit IS NULL OR it.hub <> m.hub THEN
      RAISE EXCEPTION 'malformed' USING ERRCODE = 'MH005';
    END IF;
    at := put_change (it, statements[i], signatures[i], it.desk,
                      (SELECT x.head_seq FROM meta x) + 1, took_at[i], it.idx + 1 = it.size,
                      CASE WHEN it.kind = 'contact' THEN it.record ELSE
                        coalesce (it.body ->> 'contact',
                                  said (before (it.kind, it.record), 'contact'),
                                  it.body ->> '.contact') END, '{}');
    PERFORM put_edit (it, edit, took_at[i], at);
  END LOOP;
  UPDATE meta x SET policy_after = x.head_seq;
  RETURN at;
END $$;
