/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who reads timelines from the oldest entry on, kept for each person of this computer by their id.
 * Where the program was not installed nothing is kept.
 */

#include <glib.h>

G_BEGIN_DECLS

gboolean mash_timeline_order_get (const char *person);
void     mash_timeline_order_set (const char *person,
                                  gboolean    oldest_first);

G_END_DECLS
