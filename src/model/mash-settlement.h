/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a manager made of unsent work that a central hub keeps apart: taken over as its author wrote
 * and signed it, or refused. The step itself stays its author's; this says who let it in, or did
 * not, and why. It knows no quarantine; the hub holds the two against each other.
 */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_SETTLEMENT (mash_settlement_get_type ())
MASH_DECLARE_ENTITY (MashSettlement, mash_settlement, SETTLEMENT)

G_END_DECLS
