/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Finds which lines a view of a timeline has, from the keys alone.
 *
 * Everything that a line would betray by its mere place or number is decided here: a contact that
 * the reader may not open, and a line that they may not see, have no key in what is given. Private
 * to the store.
 */

#include "mash-store-private.h"

G_BEGIN_DECLS

gboolean mash_timeline_keys_read (MashStore               *store,
                                  const MashTimelineView  *view,
                                  GArray                  *keys,
                                  GPtrArray               *lanes,
                                  GPtrArray               *agencies,
                                  GHashTable              *contacts,
                                  GCancellable            *cancellable,
                                  GError                 **error);

G_END_DECLS
