/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One line of a tray in words: what the cells of ui/cells/tray-*.ui are bound to.
 *
 * It stands on a row of the service, the policy for labels, and the time. When the row changes or a
 * minute passes it works its words out again and notifies those that differ. All its properties are
 * read-only strings, but for `state` (MashClockState), `is-new`, `unassigned` and `incomplete`.
 */

#include "mash-item.h"
#include "mash-minute.h"
#include "mash-policy.h"

G_BEGIN_DECLS

#define MASH_TYPE_TRAY_LINE (mash_tray_line_get_type ())

G_DECLARE_FINAL_TYPE (MashTrayLine, mash_tray_line, MASH, TRAY_LINE, GObject)

MashTrayLine *mash_tray_line_new         (MashTrayItem *item,
                                          MashPolicy   *policy,
                                          MashMinute   *minute) G_GNUC_WARN_UNUSED_RESULT;
MashTrayItem *mash_tray_line_get_item    (MashTrayLine *self);
char         *mash_tray_line_dup_contact (MashTrayLine *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
