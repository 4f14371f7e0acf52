/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A seal keeps one member of staff away from a contact, and from every other contact of the people
 * in it: one person asks for it, another confirms it (domain reference 2.3 and 3.7, SO10). Who has
 * a conflict of interest seals it against themselves, at once; others lift it. */

#include "mash-actor.h"
#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_SEAL (mash_seal_get_type ())
MASH_DECLARE_ENTITY (MashSeal, mash_seal, SEAL)

const char *mash_seal_get_next   (const char      *deed,
                                  const char      *state);
gboolean    mash_seal_may_answer (MashEntity      *self,
                                  const MashActor *actor);

G_END_DECLS
