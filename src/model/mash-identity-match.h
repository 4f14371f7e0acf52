/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Two people of the register compared by what is known of each: the facts behind mash-match.h.
 *
 * A confidential address is left out, so that no reason can betray it.
 */

#include "mash-facts.h"
#include "mash-match.h"

G_BEGIN_DECLS

guint mash_identity_score (MashFacts        *facts,
                           const char       *one,
                           const char       *other,
                           MashMatchReasons *reasons);

G_END_DECLS
