/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The table of open contacts and the counts of the trays, derived from the records.
 *
 * It says which tray a contact stands in and how urgent it is; reading the trays is for
 * mash-store-tray.c.
 */

#include "mash-policy.h"
#include "mash-tables.h"

G_BEGIN_DECLS

/* Names of trays in the tables, by #MashTrayId; the last three are no trays of the sidebar. */
#define MASH_TRAY_NAME_FRONT_DOOR "front-door"
#define MASH_TRAY_NAME_MINE "mine"
#define MASH_TRAY_NAME_STRATEGY "strategy"
#define MASH_TRAY_NAME_TO_SIGN "to-sign"
#define MASH_TRAY_NAME_WAITING "waiting"
#define MASH_TRAY_NAME_RETURNED "returned"
#define MASH_TRAY_NAME_WORK "work"
#define MASH_TRAY_NAME_SENT "sent"
#define MASH_TRAY_NAME_AFTER "after"

/* Counted apart: what a person recommended and may therefore not sign. */
#define MASH_TRAY_NAME_RECOMMENDED "recommended"

gboolean mash_tray_table_refresh (MashTables  *tables,
                                  MashPolicy  *policy,
                                  const char  *contact,
                                  GError     **error);

G_END_DECLS
