-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Who administers the hub. Of a hub that began here that is its root, who holds no post. A hub that
-- took over the history of a stand-alone one has as its root whoever began that one, whose key is
-- kept nowhere: its authority is a member of staff there, whom the person who handed the hub over
-- made an administrator.

SET search_path = mash, pg_temp;

-- The post in which somebody administers the hub; empty for the root, NULL where they do not.
CREATE FUNCTION find_office (who text) RETURNS text LANGUAGE plpgsql STABLE
SET search_path = mash, pg_temp AS $$
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
                coalesce (said (post, 'from') <= today, true) AND
                coalesce (said (post, 'to') >= today, true));
END $$;

-- Takes what an administrator signed, as a desk's would be; answers with a code, or nothing. Whoever
-- signs for the hub has no log-in; somebody of the staff who does has had theirs already.
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
