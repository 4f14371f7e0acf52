/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which records of people are one person, derived from the approved links: what SQL joins with
 * instead of following links itself.
 */

#include "mash-tables.h"

G_BEGIN_DECLS

gboolean mash_group_table_refresh (MashTables  *tables,
                                   const char  *person,
                                   GError     **error);

G_END_DECLS
