/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The seal of one slot and the MAC of the file; private to the slots. It keeps no state but the
 * derivation, which tests replace.
 */

#include "mash-slots-file.h"

G_BEGIN_DECLS

gboolean     mash_slot_seal           (const MashSlotsFile  *file,
                                       MashSlot             *slot,
                                       MashSecret           *passphrase,
                                       MashSecret           *database_key,
                                       MashSecret           *seed,
                                       GError              **error);
MashSlotKey *mash_slot_unseal         (const MashSlotsFile  *file,
                                       const MashSlot       *slot,
                                       MashSecret           *passphrase,
                                       GError              **error);
gboolean     mash_slot_learn_public   (MashSlot             *slot,
                                       MashSecret           *seed);
gboolean     mash_slot_takes_box      (const MashSlot       *slot);
gboolean     mash_slot_box            (MashSlot             *slot,
                                       guint32               epoch,
                                       MashSecret           *database_key);
void         mash_slots_file_make_mac (const GByteArray     *bytes,
                                       MashSecret           *database_key,
                                       guint8                mac[MASH_SLOTS_MAC_SIZE]);

G_END_DECLS
