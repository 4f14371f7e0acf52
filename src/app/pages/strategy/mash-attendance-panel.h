/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who is here: whether the agencies that must take part do, in words, and a row for each person.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_ATTENDANCE_PANEL (mash_attendance_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashAttendancePanel, mash_attendance_panel, MASH, ATTENDANCE_PANEL,
                      MashStrategyPart)

G_END_DECLS
