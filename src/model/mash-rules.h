/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What follows from a deed: the next state, clocks that start or stop, history, signatures,
 * completeness. Pure functions of the policy, the facts and the group; nothing is decided here that
 * a person must decide.
 */

#include "mash-actor.h"
#include "mash-facts.h"
#include "mash-id-source.h"
#include "mash-policy.h"

G_BEGIN_DECLS

void  mash_rules_complete     (MashPolicy       *policy,
                               MashFacts        *facts,
                               const MashActor  *actor,
                               MashGroup        *group,
                               MashIdSource      make_id,
                               gpointer          data);
char *mash_rules_hash_content (MashFacts        *facts,
                               const char       *contact) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
