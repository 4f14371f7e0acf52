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

/* Names of trays in the tables; the last four are no trays of the sidebar. */
#define MASH_TRAY_NAME_FRONT_DOOR "front-door"
#define MASH_TRAY_NAME_MINE "mine"
#define MASH_TRAY_NAME_STRATEGY "strategy"
#define MASH_TRAY_NAME_TO_SIGN "to-sign"
#define MASH_TRAY_NAME_WAITING "waiting"
#define MASH_TRAY_NAME_RETURNED "returned"
#define MASH_TRAY_NAME_WORK "work"
#define MASH_TRAY_NAME_SENT "sent"
#define MASH_TRAY_NAME_AFTER "after"

/* Closed, with a flag, a task or a mention that still calls for somebody. */
#define MASH_TRAY_NAME_KEPT "kept"

/* Counted apart: what a person recommended and may therefore not sign. */
#define MASH_TRAY_NAME_RECOMMENDED "recommended"

/* Counted apart: whose signature under the record of a discussion is awaited; and where a manager
 * among them has the contact to decide on as well. */
#define MASH_TRAY_NAME_ASKED "asked"
#define MASH_TRAY_NAME_ASKED_TOO "asked-too"

/* Counted apart: all that a tray could hold, by the day on which it is due. */
#define MASH_TRAY_NAME_LATE "late"

/* What a tray is counted by, beside in all. */
#define MASH_TRAY_FACET_STATE "state"
#define MASH_TRAY_FACET_TEAM "team"
#define MASH_TRAY_FACET_LOCALITY "locality"
#define MASH_TRAY_FACET_URGENCY "urgency"
#define MASH_TRAY_FACET_WITH "with"
#define MASH_TRAY_FACET_MISSING "missing"

/* On which day the nearest clock is due: what is late is whole days and a part of one. It is no
 * filter. */
#define MASH_TRAY_FACET_DAY "day"
#define MASH_TRAY_DAY_FORM "%08" G_GINT64_FORMAT

/* Why a contact is somebody's work. */
#define MASH_TRAY_WHY_ASSIGNED "assigned"
#define MASH_TRAY_WHY_TASK "task"
#define MASH_TRAY_WHY_MENTION "mention"

gboolean mash_tray_table_refresh (MashTables  *tables,
                                  MashPolicy  *policy,
                                  const char  *contact,
                                  GError     **error);
gboolean mash_tray_table_clear   (MashTables  *tables,
                                  GHashTable  *contacts,
                                  GError     **error);

G_END_DECLS
