/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A disk that fails, lies, or loses its power, below everything that a process does with files.
 *
 * It takes the place of the C library’s own calls (open, read, write, fsync, rename …) for this
 * process, so it lies below SQLite’s file layer and with that below the cipher, and it sees the
 * key slots, the note and GLib’s files as well as the database and its log: what one of them says
 * of another is cut at one and the same moment. It touches only what lies under one folder. It
 * keeps what is durable apart from what was only written: content by writes, and names by folder.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAULT_CALL_OPEN,
  FAULT_CALL_READ,
  FAULT_CALL_WRITE,
  FAULT_CALL_SYNC,
  FAULT_CALL_TRUNCATE,
  FAULT_CALL_NAME,      /* rename, unlink, mkdir, rmdir */
  FAULT_N_CALLS,
} FaultCall;

typedef enum
{
  FAULT_WAY_NONE,
  FAULT_WAY_ONCE,       /* the call fails, and later ones do not */
  FAULT_WAY_FOR_EVER,   /* it fails, and from then on every call of its sort */
  FAULT_WAY_FULL,       /* it and every later write finds no room on the disk */
  FAULT_WAY_CUT,        /* the power goes just before the call */
} FaultWay;

/* The status with which a process ends when its power is cut. */
#define FAULT_CUT_STATUS 77

typedef struct
{
  FaultWay    way;
  guint       at;       /* which call after fault_disk_arm(), from 1 */
  gboolean    lies;     /* says that it has synced, and has not */
  const char *landing;  /* the folder that gets what is left after a cut */
  guint32     seed;     /* for what is left */
} FaultPlan;

void        fault_disk_watch      (const char      *root,
                                   const FaultPlan *plan);
void        fault_disk_arm        (void);
guint       fault_disk_disarm     (void);
const char *fault_disk_name_hit   (void);
void        fault_disk_set_boot   (gboolean         is_new);

G_END_DECLS
