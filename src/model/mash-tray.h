/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The trays in which work waits, in the order of the sidebar. What stands in which is for the store
 * to say.
 */

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MashTrayId:
 * @MASH_TRAY_FRONT_DOOR: everything on which nobody has decided yet, whoever it waits for
 * @MASH_TRAY_MINE: assigned to the person who is signed in
 * @MASH_TRAY_REQUESTS: what the person's agency is asked for
 * @MASH_TRAY_STRATEGY: the need of a strategy discussion was identified and none is recorded
 * @MASH_TRAY_TO_SIGN: recommended by others, where the person's role may approve
 * @MASH_TRAY_WAITING: waiting for a referrer, for agencies, for a receiver
 * @MASH_TRAY_RETURNED: returned by a manager
 * @MASH_TRAY_LATE: a clock that still runs is past its time
 */
typedef enum
{
  MASH_TRAY_FRONT_DOOR,
  MASH_TRAY_MINE,
  MASH_TRAY_REQUESTS,
  MASH_TRAY_STRATEGY,
  MASH_TRAY_TO_SIGN,
  MASH_TRAY_WAITING,
  MASH_TRAY_RETURNED,
  MASH_TRAY_LATE,
} MashTrayId;

#define MASH_N_TRAYS 8

/* How pressing a contact is, as the trays order it. Whoever asks for what is red gets what a clock
 * leads too. */
typedef enum
{
  MASH_TRAY_URGENCY_LED = -1,
  MASH_TRAY_URGENCY_RED,
  MASH_TRAY_URGENCY_AMBER,
  MASH_TRAY_URGENCY_UNRATED,
  MASH_TRAY_URGENCY_GREEN,
  MASH_TRAY_URGENCY_BLUE,
} MashTrayUrgency;

#define MASH_N_TRAY_URGENCIES 5 /* that a tray is filtered by, from red on */
#define MASH_TRAY_ANY_URGENCY -1

/* Where a row stands in the order of its tray: by urgency, by what is left of its nearest clock,
 * and of two alike by its id. */
typedef struct
{
  int    urgency;
  gint64 due;
  char   contact[37];
} MashTrayKey;

/* Which rows of a tray are asked for. %NULL lets every value pass. */
typedef struct
{
  MashTrayId tray;
  char      *state;
  char      *team;
  char      *locality;
  char      *with;       /* id of the member of staff; empty for no one yet */
  int        urgency;    /* #MashTrayUrgency from red on, or %MASH_TRAY_ANY_URGENCY */
  gboolean   late;
  gboolean   missing;
} MashTrayQuery;

#define MASH_TYPE_TRAY_QUERY (mash_tray_query_get_type ())

GType          mash_tray_query_get_type  (void) G_GNUC_CONST;
MashTrayQuery *mash_tray_query_new       (MashTrayId           tray) G_GNUC_WARN_UNUSED_RESULT;
MashTrayQuery *mash_tray_query_copy      (const MashTrayQuery *self) G_GNUC_WARN_UNUSED_RESULT;
void           mash_tray_query_free      (MashTrayQuery       *self);
gboolean       mash_tray_query_equal     (const MashTrayQuery *a,
                                          const MashTrayQuery *b);
guint          mash_tray_query_count_filters (const MashTrayQuery *self);
gboolean       mash_tray_query_has_urgency (const MashTrayQuery *self,
                                            int                  urgency);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTrayQuery, mash_tray_query_free)

G_END_DECLS
