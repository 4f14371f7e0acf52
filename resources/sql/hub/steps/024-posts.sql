-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A post is held from its first day to its last (functions/reach.sql).

SET search_path = mash, pg_temp;

-- On which day it was last looked at who holds which post.
ALTER TABLE meta ADD COLUMN posts_on text;

-- * Behind the functions *

-- Who gets what now.
SELECT follow_posts ();
