/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A field for a passphrase with what belongs to it: the warning about Caps Lock, and why it was
 * refused.
 *
 * It stands beside what is being signed, never in a pop-up. Whoever reads the text clears it at
 * once.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_PASSPHRASE_ENTRY (mash_passphrase_entry_get_type ())

G_DECLARE_FINAL_TYPE (MashPassphraseEntry, mash_passphrase_entry, MASH, PASSPHRASE_ENTRY, GtkWidget)

GtkWidget  *mash_passphrase_entry_new      (void) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_passphrase_entry_get_text (MashPassphraseEntry *self);
void        mash_passphrase_entry_clear    (MashPassphraseEntry *self);

G_END_DECLS
