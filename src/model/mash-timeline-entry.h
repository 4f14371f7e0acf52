/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Something that happened to a family and that somebody wrote into its timeline by hand: most of
 * them before the hub knew the family, so that often only the year or the month is known.
 *
 * It stays as it was written; what was wrong is made void with a reason and written anew.
 */

#include "mash-entity.h"
#include "mash-record.h"

G_BEGIN_DECLS

#define MASH_TYPE_TIMELINE_ENTRY (mash_timeline_entry_get_type ())
MASH_DECLARE_ENTITY (MashTimelineEntry, mash_timeline_entry, TIMELINE_ENTRY)

gboolean mash_timeline_entry_is_restricted (const char *basis,
                                            const char *handling);

G_END_DECLS
