/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Finds the lines of a timeline that have all the words somebody typed, at the cost of the family’s
 * lines and not of the register’s. Private to the store.
 */

#include "mash-store-private.h"

G_BEGIN_DECLS

typedef struct _MashTimelineSearch MashTimelineSearch;

MashTimelineSearch *
         mash_timeline_search_new     (MashStore           *store,
                                       const char          *text) G_GNUC_WARN_UNUSED_RESULT;
void     mash_timeline_search_free    (MashTimelineSearch  *self);
gboolean mash_timeline_search_run     (MashTimelineSearch  *self,
                                       const char          *scopes,
                                       GError             **error);
gboolean mash_timeline_search_matches (MashTimelineSearch  *self,
                                       gint64               n,
                                       const char          *deed,
                                       const char          *name);

G_END_DECLS
