/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What was judged, written down: a line for each record that a test makes up, each edit of a group,
 * and each verdict. tests/data/judge-vectors.txt is what the tests of the shipped policy write
 * while MASH_TEST_VECTORS names a file; the desk's judge and the hub's are both run against it.
 *
 * A line is a word, a tab, and an object in the form of a change's body. `begin` forgets
 * everything; `put` and `remove` alter a fact; `edit` adds to the group that the next `judge` is
 * about, whose `says` is the refusal, empty where it is allowed, and whose `holds` or `fails` names
 * a guard that does; `apply` does what was judged last.
 */

#include "mash-actor.h"
#include "mash-group.h"

G_BEGIN_DECLS

void        vectors_begin    (void);
void        vectors_put      (MashRecord      *record);
void        vectors_remove   (const char      *kind,
                              const char      *id);
void        vectors_judge    (const MashActor *actor,
                              MashGroup       *group,
                              const char      *refusal);
gboolean    vectors_apply    (MashGroup       *group);

GHashTable *vectors_read     (const char      *line,
                              char           **word);
const char *vectors_get_text (GHashTable      *members,
                              const char      *name);

G_END_DECLS
