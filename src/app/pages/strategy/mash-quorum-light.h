/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Whether a discussion has the agencies that it needs, and what is missing: a sign and sentences.
 * It says what is saved; what is being typed follows when it is.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_QUORUM_LIGHT (mash_quorum_light_get_type ())

G_DECLARE_FINAL_TYPE (MashQuorumLight, mash_quorum_light, MASH, QUORUM_LIGHT, MashStrategyPart)

G_END_DECLS
