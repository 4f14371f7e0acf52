/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Letting a window live until it has come to rest, however slow the machine is. A test that waits
 * only for a fixed time says more about the machine than about the window.
 *
 * What an act leads to is waited for with until(); what it must not lead to is looked for after
 * settle(). rest() is for what neither can see: a delay of the window's own.
 */

#include <gtk/gtk.h>

#include "mash-service.h"

/* Lets the window live until @condition holds, which is looked at again and again; what never
 * holds ends the test, with the condition in its message. */
#define until(condition) \
  G_STMT_START { \
    for (gint64 until_end = patience_end (); !(condition) && live_before (until_end);) \
    ; \
    g_assert_true (condition); \
  } G_STMT_END

gint64   patience_end (void);
gboolean live_before  (gint64       end);

void     settle       (MashService *service);

void     rest         (MashService *service,
                       guint        milliseconds);

void     rest_in      (GtkWindow   *window,
                       int          width,
                       int          height);
