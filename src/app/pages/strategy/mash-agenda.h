/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The sections of a strategy discussion in the order in which people talk, each with its key.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_AGENDA (mash_agenda_get_type ())

G_DECLARE_FINAL_TYPE (MashAgenda, mash_agenda, MASH, AGENDA, MashStrategyPart)

G_END_DECLS
