/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Ids of records, changes and groups: UUIDs of version 7, made where the work is done.
 *
 * This only writes and checks the form. Time and random bytes are arguments; they come from the
 * store, or from a seed in a training hub.
 */

#include <glib.h>

G_BEGIN_DECLS

#define MASH_UUID_SIZE 37

void     mash_uuid7_format (gint64       unix_ms,
                            const guint8 random[10],
                            char         out[MASH_UUID_SIZE]);
gboolean mash_uuid_check   (const char  *text);

G_END_DECLS
