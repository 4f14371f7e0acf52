/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The bytes of the slot file: read with every length checked, and written. Private to the slots
 * and to their fuzz target; it derives no key and touches no disk.
 */

#include "mash-slots.h"

G_BEGIN_DECLS

#define MASH_SLOTS_MAX_SIZE    (1024 * 1024)
#define MASH_SLOTS_MAX_SLOTS   2000
#define MASH_SLOTS_MAX_NAME    64
#define MASH_SLOTS_MAX_PASSES  10
#define MASH_SLOTS_MAX_MEMORY  (1024 * 1024)
#define MASH_SLOTS_SALT_SIZE   16
#define MASH_SLOTS_NONCE_SIZE  24
#define MASH_SLOTS_TAG_SIZE    16
#define MASH_SLOTS_MAC_SIZE    32
#define MASH_SLOT_PAYLOAD_SIZE (MASH_SLOTS_DATABASE_KEY_SIZE + MASH_SLOTS_SEED_SIZE)
#define MASH_SLOT_SEALED_SIZE  (MASH_SLOT_PAYLOAD_SIZE + MASH_SLOTS_TAG_SIZE)

typedef struct
{
  char         *person;
  char         *sign_in;
  guint8        id[16];
  guint32       epoch;
  MashSlotCost  cost;
  guint64       created;
  guint8        salt[MASH_SLOTS_SALT_SIZE];
  guint8        nonce[MASH_SLOTS_NONCE_SIZE];
  guint8        sealed[MASH_SLOT_SEALED_SIZE];
} MashSlot;

typedef struct
{
  char         *hub;
  gboolean      training;
  MashSlotCost  cost;
  guint8        dummy_salt[MASH_SLOTS_SALT_SIZE];
  guint64       counter;
  GPtrArray    *slots;
  guint8        mac[MASH_SLOTS_MAC_SIZE];
} MashSlotsFile;

MashSlotsFile *mash_slots_file_new       (const char           *hub,
                                          gboolean              training,
                                          const MashSlotCost   *cost);
MashSlotsFile *mash_slots_file_parse     (const guint8         *data,
                                          gsize                 length,
                                          GError              **error);
void           mash_slots_file_free      (MashSlotsFile        *file);
GByteArray    *mash_slots_file_write     (const MashSlotsFile  *file);
GByteArray    *mash_slots_file_bind_slot (const MashSlotsFile  *file,
                                          const MashSlot       *slot);
gboolean       mash_slots_cost_is_fair   (const MashSlotCost   *cost,
                                          gboolean              training);
gboolean       mash_slots_name_is_fair   (const char           *name);
void           mash_slot_free            (MashSlot             *slot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSlotsFile, mash_slots_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSlot, mash_slot_free)

G_END_DECLS
