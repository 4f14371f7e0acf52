/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Chooses another open contact: somebody types a name or a reference and picks from what is found,
 * each with its family, state and owner. What cannot be chosen is not offered, and why nothing is
 * stands under the line.
 *
 * Signal `changed`: another contact was chosen, or none any more.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_CASE_PICKER (mash_case_picker_get_type ())

G_DECLARE_FINAL_TYPE (MashCasePicker, mash_case_picker, MASH, CASE_PICKER, GtkWidget)

GtkWidget  *mash_case_picker_new         (void) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_case_picker_get_value   (MashCasePicker *self);
void        mash_case_picker_set_value   (MashCasePicker *self,
                                          const char     *contact);
GtkWidget  *mash_case_picker_get_focused (MashCasePicker *self);

G_END_DECLS
