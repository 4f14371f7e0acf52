/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is left of an edit where somebody else was there first.
 *
 * Pure functions of their arguments. The hub decides by the same rules (functions/taking.sql): what
 * it has decided is followed by mash_merge_taken(), what it is going to decide is foretold by
 * mash_merge_foretell().
 */

#include "mash-deed.h"
#include "mash-edit.h"

G_BEGIN_DECLS

/* Whether a deed raises urgency or harm, of which the higher stands. */
#define MASH_MERGE_RAISES "raise-brag mark-harm"

gboolean    mash_merge_is_open  (const MashDeed    *deed);
MashEdit   *mash_merge_taken    (const MashEdit    *edit,
                                 MashRecord        *record,
                                 const char *const *lost) G_GNUC_WARN_UNUSED_RESULT;
MashEdit   *mash_merge_foretell (const MashEdit    *edit,
                                 MashRecord        *record,
                                 const MashDeed    *deed) G_GNUC_WARN_UNUSED_RESULT;
MashRecord *mash_merge_apply    (const MashEdit    *edit,
                                 MashRecord        *before,
                                 const char        *at,
                                 const char        *person,
                                 const char        *post) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
