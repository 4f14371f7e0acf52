/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who is on duty, by day and half-day (domain 3.7, rota_slot). Where a half-day has no entry at
 * all, those are whose post says so.
 */

#include "mash-entity.h"
#include "mash-facts.h"

G_BEGIN_DECLS

#define MASH_ROTA_MORNING "AM"
#define MASH_ROTA_AFTERNOON "PM"

#define MASH_TYPE_ROTA_SLOT (mash_rota_slot_get_type ())
MASH_DECLARE_ENTITY (MashRotaSlot, mash_rota_slot, ROTA_SLOT)

const char *mash_rota_get_half   (gint64      now);
gboolean    mash_rota_is_on_duty (MashFacts  *facts,
                                  const char *staff,
                                  gint64      now);

G_END_DECLS
