/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A note, a task, a flag or a mention in a list: what it says, who and when below it, and the deeds
 * that go on with it. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_WORK_ROW (mash_work_row_get_type ())

G_DECLARE_FINAL_TYPE (MashWorkRow, mash_work_row, MASH, WORK_ROW, GtkListBoxRow)

MashWorkRow *mash_work_row_new      (const char  *words,
                                     const char  *second) G_GNUC_WARN_UNUSED_RESULT;
void         mash_work_row_set_late (MashWorkRow *self);
void         mash_work_row_add_deed (MashWorkRow *self,
                                     const char  *label,
                                     const char  *action,
                                     const char  *target);

G_END_DECLS
