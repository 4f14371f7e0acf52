/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Whether a deed is worth offering: the state lets it happen, and the person’s post may do it.
 *
 * It looks at what the policy says of states and roles, and at who asked for a seal. What else a
 * deed needs, the judge says where the deed is asked for.
 */

#include "mash-actor.h"
#include "mash-entity.h"
#include "mash-policy.h"

G_BEGIN_DECLS

/**
 * MashDeedChance:
 * @MASH_DEED_NOT_NOW: it does not follow from the state of the contact
 * @MASH_DEED_NOT_YOURS: somebody in another post may do it
 * @MASH_DEED_YOURS: it may be asked for
 */
typedef enum
{
  MASH_DEED_NOT_NOW,
  MASH_DEED_NOT_YOURS,
  MASH_DEED_YOURS,
} MashDeedChance;

MashDeedChance mash_deed_chance_find (MashPolicy      *policy,
                                      const MashActor *actor,
                                      MashEntity      *contact,
                                      const char      *deed,
                                      const char     **says);
const char    *mash_deed_chance_say_whose (MashPolicy      *policy,
                                           const MashActor *actor,
                                           MashEntity      *record,
                                           const char      *deed);

G_END_DECLS
