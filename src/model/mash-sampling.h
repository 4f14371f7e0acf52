/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which contacts fall into a share that is looked at again (NOT-09, KIR-28). */

#include <glib.h>

G_BEGIN_DECLS

gboolean mash_sampling_falls_in_share (const char *contact,
                                       const char *reason,
                                       guint       percent);

G_END_DECLS
