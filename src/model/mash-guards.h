/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The guards of the closed list, each a question about one case. Used by the judge only.
 *
 * What the list cannot say is a named guard: one function here and one at the central hub.
 */

#include "mash-actor.h"
#include "mash-facts.h"
#include "mash-policy.h"

G_BEGIN_DECLS

/* What is being judged: a group by an actor, with the facts before it and after it. */
typedef struct
{
  MashPolicy      *policy;
  const MashActor *actor;
  MashGroup       *group;
  const MashDeed  *deed;
  MashFacts       *facts;
  MashFacts       *proposed;
  MashRecord      *before; /* the contact as it stands, NULL for a new one */
  MashRecord      *after;  /* the contact as it would stand */
} MashCase;

gboolean mash_case_begin       (MashCase        *self,
                                MashPolicy      *policy,
                                MashFacts       *facts,
                                const MashActor *actor,
                                MashGroup       *group);
void     mash_case_end         (MashCase        *self);

gboolean mash_guard_applies    (MashCase        *the_case,
                                const MashGuard *guard);
gboolean mash_guard_holds      (MashCase        *the_case,
                                const MashGuard *guard);
gboolean mash_guard_is_own     (MashCase        *the_case);
gboolean mash_guard_is_assigned (MashCase       *the_case);
gboolean mash_guard_signature_stands (MashCase   *the_case,
                                      MashRecord *signature);
gboolean mash_guard_note_holds (MashCase        *the_case,
                                const char      *note);
char    *mash_case_dup_value   (MashCase        *the_case,
                                const char      *path);

gboolean mash_text_is_blank    (const char      *text);

G_END_DECLS
