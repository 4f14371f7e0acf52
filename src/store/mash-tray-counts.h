/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How many contacts stand in each tray, kept as they come and go. Used by mash-tray-table.c only,
 * inside its transaction.
 */

#include "mash-database.h"

G_BEGIN_DECLS

/* Why a contact is somebody's work. */
typedef struct
{
  char       *person;
  const char *why;
  char       *record;
} MashTrayMine;

/* What decides where a contact stands and which counts it is part of. */
typedef struct
{
  const char *tray;
  char       *state;
  char       *assigned_to;
  char       *team;
  char       *locality;
  char       *recommended_by;
  GPtrArray  *mine;           /* of MashTrayMine, by person */
  GPtrArray  *asked;          /* the same, for whose signature is awaited under a record */
  gint64      clock_due;
  int         urgency;
  gboolean    strategy;
  gboolean    undecided;
  gboolean    waiting;
  gboolean    incomplete;
  gboolean    signing;
} MashTrayStanding;

gboolean mash_tray_counts_write (MashDatabase            *database,
                                 const MashTrayStanding  *before,
                                 const MashTrayStanding  *after,
                                 GError                 **error);

G_END_DECLS
