/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A clock of a contact in two lines: what is left, and which clock, until when, by whose rule.
 *
 * It shows words and a state that somebody else worked out (mash-words.h), so that the tray and
 * the contact never disagree, and it keeps its size when a minute passes.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_CLOCK_LABEL (mash_clock_label_get_type ())

G_DECLARE_FINAL_TYPE (MashClockLabel, mash_clock_label, MASH, CLOCK_LABEL, GtkWidget)

GtkWidget *mash_clock_label_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
