/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Tells when the person at this computer leaves it: its screen is locked, it goes to sleep, or
 * somebody else’s session comes to the front. It listens to logind on the system bus and to the
 * screen saver on the session’s; where neither is, it never tells anything. Main thread.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

#define MASH_TYPE_LEAVE_WATCH (mash_leave_watch_get_type ())
G_DECLARE_FINAL_TYPE (MashLeaveWatch, mash_leave_watch, MASH, LEAVE_WATCH, GObject)

MashLeaveWatch *mash_leave_watch_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void            mash_leave_watch_done  (MashLeaveWatch *self);
void            mash_leave_watch_stop  (MashLeaveWatch *self);

G_END_DECLS
