/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The schema of a hub: the steps that it takes once each, and the functions that every upgrade
 * makes anew. Works within the caller's transaction. */

#include "mash-hub-line.h"

G_BEGIN_DECLS

gboolean mash_hub_schema_check       (MashHubLine  *line,
                                      guint        *last_taken,
                                      GError      **error);
gboolean mash_hub_schema_take        (MashHubLine  *line,
                                      guint         from,
                                      guint        *n_steps,
                                      GError      **error);
gboolean mash_hub_schema_give_rights (MashHubLine  *line,
                                      GError      **error);
gboolean mash_hub_schema_sign        (MashHubLine  *line,
                                      GError      **error);

G_END_DECLS
