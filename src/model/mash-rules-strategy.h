/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What follows from the deeds of a strategy discussion (domain 4.2, strand P; 4.3). Used by
 * mash_rules_complete() only. */

#include "mash-rules-private.h"

G_BEGIN_DECLS

/* Numbers, states, the revision and its fingerprint, requests to sign and their answers. */
void        mash_rules_stamp_discussion (MashRules   *self);

/* Clocks of one discussion, child, disagreement or police protection. */
void        mash_rules_clock_discussion (MashRules   *self);

/* When the discussion was held that a record tells of. */
char       *mash_rules_dup_held         (MashFacts   *facts,
                                         MashRecord  *discussion) G_GNUC_WARN_UNUSED_RESULT;

/* What a signature in this case is given to; %NULL where it is no part of a discussion. */
MashRecord *mash_rules_find_signed      (MashCase    *the_case,
                                         char       **hash) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
