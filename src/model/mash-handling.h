/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How an agency wants its words handled inside the hub: who reads them, and how they travel apart
 * from the rest of their paragraph. */

#include "mash-group.h"
#include "mash-policy.h"
#include "mash-record.h"

G_BEGIN_DECLS

gboolean    mash_handling_gives_words (MashPolicy *policy,
                                       MashRecord *paragraph,
                                       const char *role,
                                       const char *agency);
MashRecord *mash_handling_cover       (MashRecord *record) G_GNUC_WARN_UNUSED_RESULT;
void        mash_handling_part_words  (MashGroup  *group);
void        mash_handling_join_words  (MashGroup  *group);

G_END_DECLS
