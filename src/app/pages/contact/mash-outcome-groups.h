/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Children of the family for whom another outcome is recommended than for the others: a form for
 * each group of them, split off and joined again by a button.
 *
 * A child is in one group only: to put it into one takes it out of the others. What was joined can
 * be split again as it was. Signal `altered`.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_OUTCOME_GROUPS (mash_outcome_groups_get_type ())

G_DECLARE_FINAL_TYPE (MashOutcomeGroups, mash_outcome_groups, MASH, OUTCOME_GROUPS,
                      MashContactPart)

void     mash_outcome_groups_set_recommendation (MashOutcomeGroups *self,
                                                 MashEntity        *recommendation);
gboolean mash_outcome_groups_have               (MashContactFile   *file,
                                                 MashEntity        *recommendation,
                                                 const char        *outcomes);

G_END_DECLS
