/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The urgency of a contact, said three times: by a word, a shape and a colour.
 *
 * Every chip is equally wide, so that a column of them has one edge. It does not judge urgency, it
 * only shows the code it is given.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_URGENCY_CHIP (mash_urgency_chip_get_type ())

G_DECLARE_FINAL_TYPE (MashUrgencyChip, mash_urgency_chip, MASH, URGENCY_CHIP, GtkWidget)

GtkWidget  *mash_urgency_chip_new      (void) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_urgency_chip_get_brag (MashUrgencyChip *self);
void        mash_urgency_chip_set_brag (MashUrgencyChip *self,
                                        const char      *brag);

G_END_DECLS
