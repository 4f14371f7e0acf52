/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Several of a list: a button that says what is chosen and opens a list of ticks. Signal `changed`.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_SET_INPUT (mash_set_input_get_type ())

G_DECLARE_FINAL_TYPE (MashSetInput, mash_set_input, MASH, SET_INPUT, GtkWidget)

GtkWidget *mash_set_input_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void       mash_set_input_set_choices (MashSetInput      *self,
                                       GListModel        *choices);
void       mash_set_input_set_values  (MashSetInput      *self,
                                       const char *const *values);
char     **mash_set_input_dup_values  (MashSetInput      *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
