-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What waits in quarantine, and how a manager settles it: taken over, a step enters the history as
-- its author wrote and signed it, behind the manager's own signed word for it; refused, it stays
-- where it is, and the manager's word names it by its digests. Whoever may do neither learns
-- nothing. Two codes beside those of 008:
--
--   MH011 there is no such step, not whole, or it was settled already
--   MH012 the rules do not allow it as things stand

SET search_path = mash, pg_temp;

-- What is kept apart is altered only by being settled, once.
CREATE FUNCTION keep_quarantine () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.settled_seq IS NULL AND NEW.settled_seq IS NOT NULL AND
       to_jsonb (NEW) - 'settled_seq' = to_jsonb (OLD) - 'settled_seq' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'What was said stays as it was said' USING ERRCODE = 'MH010';
END $$;

CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON quarantine
  FOR EACH ROW EXECUTE FUNCTION keep_quarantine ();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON quarantine EXECUTE FUNCTION keep_history ();

CREATE INDEX quarantine_step ON quarantine (group_id) WHERE settled_seq IS NULL;

-- Whether something still waits: what its author sent after all has its answer.
CREATE FUNCTION waits (q quarantine) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT q.settled_seq IS NULL AND NOT EXISTS (SELECT FROM verdict v WHERE v.id = q.id)
$$;

-- Whether somebody settles what others could not send: by the right that the deed asks for, in one
-- of their posts.
CREATE FUNCTION may_settle (who text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM list_before ('post', 'staff', who) AS post, deed d
                 WHERE d.id = 'take-over' AND permit_of (said (post, 'role'), d.permission) = 'yes')
$$;

-- What waits for a manager, in the order in which it came: somebody else's, and in compartments
-- that are open to the caller.
CREATE FUNCTION api1.waiting (seat text, max_rows integer)
RETURNS TABLE (step text, reason text, handed_by text, handed_at text, desk text, person text,
               statement bytea, signature bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = mash, pg_temp AS $$
#variable_conflict use_column
DECLARE
  s seat := enter (waiting.seat);
BEGIN
  IF NOT may_settle (s.person) THEN
    RAISE EXCEPTION 'revoked' USING ERRCODE = 'MH003';
  END IF;
  RETURN QUERY
    SELECT q.group_id, q.reason, q.by, q.at, coalesce (d.name, ''), q.person, q.statement,
           q.signature
    FROM quarantine q LEFT JOIN seat x ON x.id = q.seat LEFT JOIN desk d ON d.id = x.desk
    WHERE waits (q) AND q.person <> s.person AND
          EXISTS (SELECT FROM member m
                  WHERE m.person = s.person AND m.until IS NULL AND
                        m.compartment = (read_statement (q.statement)).compartment)
    ORDER BY q.at, q.group_id, q.id, q.digest
    LIMIT greatest (1, least (coalesce (max_rows, 1000), 1000));
END $$;

-- Who acted: the post as it stands, also where its holder may not come in any more. It was said off
-- line, for it could not be sent.
CREATE FUNCTION author_of (it saying, took_at text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object (
           'person', it.person, 'post', it.post, 'desk', it.desk, 'role', said (post, 'role'),
           'agency', said (post, 'agency'), 'on_line', false,
           'now', least (it.said_at COLLATE "C",
                         write_instant (read_instant (took_at) + interval '15 minutes')))
  FROM before ('post', it.post) AS post
  WHERE said (post, 'staff') = it.person
$$;

-- Takes a whole step from quarantine on a manager's word, judged as its author's by the records as
-- they stand; a code where it may not be, and then nothing was written.
CREATE FUNCTION take_unsent (manager text, its saying[], statements bytea[], signatures bytea[])
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  took_at text := greatest (now_text () COLLATE "C", (SELECT last_at FROM meta));
  number bigint := (SELECT coalesce (max (v.desk_seq), 0) FROM verdict v
                    WHERE v.seat = 'quarantine');
  contact text := its[1].body ->> '.contact';
  actor jsonb := author_of (its[1], took_at);
  s seat;
  d deed;
  edits jsonb := '[]';
  losses jsonb := '[]';
  one record;
  at bigint;
BEGIN
  s.id := its[1].desk;
  s.person := its[1].person;
  SELECT * INTO d FROM deed x WHERE x.id = its[1].body ->> '.deed';
  IF NOT is_one_group (s, its) OR d.id IS NULL OR actor IS NULL THEN
    RETURN 'malformed';
  END IF;
  s.person := manager;
  IF find_stray (s, its) <> '' THEN
    RETURN find_stray (s, its);
  END IF;
  FOR i IN 1 .. cardinality (its) LOOP
    SELECT * INTO one FROM set_against (d, read_edit (its[i]));
    IF one.edit IS NULL OR one.blocks IS NOT NULL THEN
      RETURN CASE WHEN one.edit IS NULL THEN 'malformed' ELSE 'decided' END;
    END IF;
    edits := edits || one.edit;
    losses := losses || jsonb_build_array (to_jsonb (one.lost));
  END LOOP;
  SELECT j.code INTO one FROM judge (make_case (actor, d.id, contact, its[1].body ->> '.why',
                                                edits)) AS j;
  IF one.code <> '' THEN
    RETURN one.code;
  END IF;
  FOR i IN 1 .. cardinality (its) LOOP
    at := put_change (its[i], statements[i], signatures[i], 'quarantine', number + i, took_at,
                      i = cardinality (its),
                      CASE WHEN its[i].kind = 'contact' THEN its[i].record ELSE
                        coalesce (its[i].body ->> 'contact',
                                  said (before (its[i].kind, its[i].record), 'contact'),
                                  contact) END,
                      ARRAY (SELECT jsonb_array_elements_text (losses -> (i - 1))));
    INSERT INTO alternative (seq, field, kind, record, compartment, value)
    SELECT at, name, its[i].kind, its[i].record, its[i].compartment, its[i].body -> name
    FROM jsonb_array_elements_text (losses -> (i - 1)) AS name;
    PERFORM put_edit (its[i], edits -> (i - 1), took_at, at);
  END LOOP;
  RETURN '';
END $$;

-- Answers its author's desk, should it ever ask again. Only what came from the author's own log-in
-- is answered: anybody may hand in words under another's name when a hub was put back.
CREATE FUNCTION refuse_unsent (manager text, its saying[], statements bytea[], signatures bytea[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  s seat;
BEGIN
  s.id := 'quarantine';
  s.person := its[1].person;
  PERFORM refuse_group (s, ARRAY (SELECT it.id FROM unnest (its) AS it),
                        ARRAY (SELECT it.record FROM unnest (its) AS it), statements, signatures,
                        (SELECT coalesce (max (v.desk_seq), 0) + 1 FROM verdict v
                         WHERE v.seat = 'quarantine'),
                        'settled', manager || ' ' || now_text ());
END $$;

-- A manager's word settles what it names, in the transaction in which it is taken. A hub that takes
-- over another's history has nothing in quarantine, and settles nothing.
CREATE FUNCTION settle () RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  digests text[] := string_to_array (NEW.state ->> 'digests', ' ');
  its saying[];
  statements bytea[];
  signatures bytea[];
  own boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM seat) THEN
    RETURN NULL;
  END IF;
  SELECT array_agg (x.it ORDER BY (x.it).idx, (x.it).id),
         array_agg (x.statement ORDER BY (x.it).idx, (x.it).id),
         array_agg (x.signature ORDER BY (x.it).idx, (x.it).id), bool_and (x.reason = 'revoked')
  INTO its, statements, signatures, own
  FROM (SELECT read_statement (q.statement) AS it, q.* FROM quarantine q
        WHERE q.group_id = NEW.state ->> 'step' AND q.person = NEW.state ->> 'author' AND
              q.person <> NEW.created_by AND encode (q.digest, 'hex') = ANY (digests) AND
              waits (q)) AS x
  WHERE EXISTS (SELECT FROM member m WHERE m.person = NEW.created_by AND m.until IS NULL AND
                                           m.compartment = (x.it).compartment);
  IF NOT may_settle (NEW.created_by) OR cardinality (its) IS DISTINCT FROM cardinality (digests) OR
     (SELECT count (DISTINCT it.id) FROM unnest (its) AS it) <> cardinality (digests) THEN
    RAISE EXCEPTION 'nothing of this waits' USING ERRCODE = 'MH011';
  END IF;
  IF NEW.state -> 'taken' = 'true' THEN
    IF take_unsent (NEW.created_by, its, statements, signatures) <> '' THEN
      RAISE EXCEPTION 'the rules do not allow it' USING ERRCODE = 'MH012';
    END IF;
  ELSIF own THEN
    PERFORM refuse_unsent (NEW.created_by, its, statements, signatures);
  END IF;
  UPDATE quarantine q SET settled_seq = NEW.last_seq
  WHERE q.group_id = NEW.state ->> 'step' AND q.person = NEW.state ->> 'author' AND
        encode (q.digest, 'hex') = ANY (digests) AND q.settled_seq IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER settle AFTER INSERT ON entity
  FOR EACH ROW WHEN (NEW.kind = 'settlement') EXECUTE FUNCTION settle ();
