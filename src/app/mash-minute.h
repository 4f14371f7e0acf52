/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Says when another minute has passed, to everything in a window that shows time left.
 *
 * One of it serves the whole window, so that all clocks turn together. It keeps the service's time,
 * which a training hub may have moved.
 */

#include "mash-service.h"

G_BEGIN_DECLS

#define MASH_TYPE_MINUTE (mash_minute_get_type ())

G_DECLARE_FINAL_TYPE (MashMinute, mash_minute, MASH, MINUTE, GObject)

MashMinute *mash_minute_new     (MashService *service) G_GNUC_WARN_UNUSED_RESULT;
gint64      mash_minute_get_now (MashMinute  *self);
void        mash_minute_tick    (MashMinute  *self);

G_END_DECLS
