/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The index of people, derived from the records: names as they are folded and as they sound, births
 * with day and month also swapped, postcodes of addresses that are not confidential, identifiers.
 * Whole words are asked of it; what somebody types is asked of the terms that are made from it. */

#include "mash-tables.h"

G_BEGIN_DECLS

gboolean mash_search_table_drop    (MashTables  *tables,
                                    const char  *person,
                                    GError     **error);
gboolean mash_search_table_refresh (MashTables  *tables,
                                    const char  *person,
                                    GError     **error);
char    *mash_search_dup_token     (const char  *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
