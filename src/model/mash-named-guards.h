/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Guards that the closed list cannot say. Each has a name in the policy, one function here, and one
 * in SQL at the central hub; both are run against the same vectors.
 */

#include "mash-guards.h"

G_BEGIN_DECLS

gboolean           mash_named_guard_holds (MashCase   *the_case,
                                           const char *name);
gboolean           mash_named_guard_known (const char *name);
const char *const *mash_named_guard_list  (guint      *n_names);

G_END_DECLS
