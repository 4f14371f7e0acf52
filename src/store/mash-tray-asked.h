/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* People with whom a contact waits: whose work it is, and whose signature under the record of a
 * discussion is awaited. Used by mash-tray-table.c only, inside its transaction.
 */

#include "mash-database.h"
#include "mash-policy.h"

G_BEGIN_DECLS

GPtrArray *mash_tray_mine_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void       mash_tray_mine_add   (GPtrArray    *mine,
                                 const char   *person,
                                 const char   *why,
                                 const char   *record);
gboolean   mash_tray_asked_find (MashDatabase *database,
                                 MashPolicy   *policy,
                                 const char   *contact,
                                 GPtrArray    *asked,
                                 GError      **error);

G_END_DECLS
