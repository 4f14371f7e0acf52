/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which contacts reach whom by their post. The hub decides by the same rule (functions/reach.sql)
 * what it gives to a desk at all.
 */

#include "mash-actor.h"
#include "mash-facts.h"
#include "mash-policy.h"

G_BEGIN_DECLS

/**
 * MashReach:
 * @MASH_REACH_NONE: has to do with no case
 * @MASH_REACH_ASKED: opens only contacts that they have to do with
 * @MASH_REACH_ALL: has to do with all of them
 */
typedef enum
{
  MASH_REACH_NONE,
  MASH_REACH_ASKED,
  MASH_REACH_ALL,
} MashReach;

MashReach mash_reach_of_role   (MashPolicy      *policy,
                                const char      *role);
gboolean  mash_reach_has       (MashPolicy      *policy,
                                MashFacts       *facts,
                                const MashActor *actor,
                                MashRecord      *contact);
gboolean  mash_reach_reviews   (MashFacts       *facts,
                                const MashActor *actor,
                                const char      *contact);

G_END_DECLS
