/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The trays in which work waits, in the order of the sidebar. What stands in which is for the store
 * to say.
 */

#include <glib.h>

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

G_END_DECLS
