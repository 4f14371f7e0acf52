/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The discussion that was promised to follow another, such as one that was held without police or
 * health, and whether it was held (domain 4.2, P40). Pure functions of the facts. */

#include "mash-facts.h"

G_BEGIN_DECLS

/* Times in microseconds since 1970, 0 where there is none. */
typedef struct
{
  gint64 due;     /* when it was to be held */
  gint64 held;    /* when the next discussion of the contact started */
} MashFollowUp;

void        mash_follow_up_read      (MashFacts          *facts,
                                      const char         *discussion,
                                      MashFollowUp       *follow_up);
gboolean    mash_follow_up_is_missed (const MashFollowUp *self,
                                      gint64              now);

G_END_DECLS
