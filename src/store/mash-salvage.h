/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is done with a damaged database of which there is no backup: a new one is filled with every
 * row of it that can still be read. Private to the store. */

#include <sqlite3.h>

#include "mash-database.h"

G_BEGIN_DECLS

/* How much of a database could be read. */
typedef struct
{
  gint64   read;        /* rows */
  gboolean unreadable;  /* whether there was something that could not be read */
} MashSalvage;

gboolean mash_salvage_copy (sqlite3              *from,
                            MashDatabase         *to,
                            const MashStoreWatch *watch,
                            MashSalvage          *salvage,
                            GError              **error);

G_END_DECLS
