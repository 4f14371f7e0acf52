/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Whether the edits of a group have the form that their kinds, the deed and the rules ask for.
 *
 * Used by the judge only. A group may come from another desk, so what the rules would have added is
 * worked out again and has to be there, no more and no less. What was completed here a moment ago,
 * from a group that left to the rules what is theirs, is not worked out twice.
 */

#include "mash-guards.h"

G_BEGIN_DECLS

gboolean  mash_forms_is_plain   (const MashDeed *deed,
                                 MashGroup      *group);
char     *mash_forms_find_fault (MashCase       *the_case,
                                 gboolean        completed_here) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
