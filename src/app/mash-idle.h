/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* When a desk that was left locks by itself: by the policy, and by nothing else. */

#include "mash-policy.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_IDLE_STAY,
  MASH_IDLE_WARN_LEFT,   /* nobody has touched it for long */
  MASH_IDLE_WARN_LONG,   /* it has been open for long, whoever touches it */
  MASH_IDLE_LOCK,
} MashIdle;

MashIdle mash_idle_judge     (MashPolicy *policy,
                              gint64      untouched,
                              gint64      open,
                              gboolean    discussing,
                              guint      *seconds);
gint64   mash_idle_get_grace (MashPolicy *policy,
                              gboolean    discussing);

G_END_DECLS
