/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One person of the attendance: agency, name and role, whether they are there, and below it, when
 * it is opened, everything else: how they take part, when they came and left, why they did not.
 *
 * Whoever is said to be there is said to have come now, unless a time was typed.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_ATTENDANCE_ROW (mash_attendance_row_get_type ())

G_DECLARE_FINAL_TYPE (MashAttendanceRow, mash_attendance_row, MASH, ATTENDANCE_ROW, AdwBin)

GtkWidget  *mash_attendance_row_new        (void) G_GNUC_WARN_UNUSED_RESULT;
MashEntity *mash_attendance_row_get_entity (MashAttendanceRow *self);
void        mash_attendance_row_set_entity (MashAttendanceRow *self,
                                            MashEntity        *entity);
void        mash_attendance_note_arrival   (MashEntity        *participant,
                                            gint64             now);

G_END_DECLS
