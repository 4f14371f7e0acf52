/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a desk hands in beside the feed: who looked at what, and work that a hub keeps unapplied for
 * a manager.
 */

#include "mash-hub-calls.h"

G_BEGIN_DECLS

gboolean mash_hub_call_view       (MashHubLine  *line,
                                   const char   *seat,
                                   guint64       first,
                                   GPtrArray    *looks,
                                   guint64      *last,
                                   GError      **error);
gboolean mash_hub_call_quarantine (MashHubLine  *line,
                                   const char   *seat,
                                   GPtrArray    *changes,
                                   guint64      *n_kept,
                                   GError      **error);
gboolean mash_hub_call_reoffer    (MashHubLine  *line,
                                   const char   *seat,
                                   GPtrArray    *changes,
                                   guint64      *n_kept,
                                   GError      **error);

G_END_DECLS
