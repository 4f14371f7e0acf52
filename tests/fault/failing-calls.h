/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Calls of the C library that fail when a test says so, in the process of the test itself: one call
 * of one sort, or whichever comes as the n-th. A program that links failing-calls.c is asked before
 * the library is. Nothing fails but between failing_calls_arm() and failing_calls_disarm(). */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAILING_OPEN   = 1 << 0,
  FAILING_STAT   = 1 << 1,
  FAILING_ACCESS = 1 << 2,
  FAILING_MODE   = 1 << 3,
  FAILING_READ   = 1 << 4,
  FAILING_WRITE  = 1 << 5,
  FAILING_SYNC   = 1 << 6,
  FAILING_NAME   = 1 << 7,
  FAILING_LOCK   = 1 << 8,
  FAILING_OWNER  = 1 << 9,   /* files are another user's */
  /* What happens to a disk; the others are about who may do what. */
  FAILING_DISK   = FAILING_OPEN | FAILING_STAT | FAILING_READ | FAILING_WRITE | FAILING_SYNC |
                   FAILING_NAME,
} FailingCalls;

/* Instead of the number of an error: half of the bytes, as a call may do, and none. */
#define FAILING_SHORT (-1)
#define FAILING_END   (-2)

void     failing_calls_arm    (FailingCalls calls,
                               guint        at,
                               int          number);
gboolean failing_calls_disarm (void);

G_END_DECLS
