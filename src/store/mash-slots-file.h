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
#define MASH_SLOTS_PUBLIC_SIZE 32
#define MASH_SLOT_BOX_SIZE     (MASH_SLOTS_DATABASE_KEY_SIZE + 48)
#define MASH_SLOT_MAX_BOXES    2

/* What opens a slot. */
typedef enum
{
  MASH_SLOT_PASSPHRASE,
  MASH_SLOT_RECOVERY,
} MashSlotKind;

/* A later database key, given to the slot while nobody had it open. */
typedef struct
{
  guint32 epoch;
  guint8  sealed[MASH_SLOT_BOX_SIZE];
} MashSlotBox;

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
  MashSlotKind  kind;
  guint8        public_key[MASH_SLOTS_PUBLIC_SIZE]; /* zeroes: not known yet */
  guint         n_boxes;
  MashSlotBox   boxes[MASH_SLOT_MAX_BOXES];
} MashSlot;

typedef struct
{
  char         *hub;
  gboolean      training;
  MashSlotCost  cost;
  guint8        dummy_salt[MASH_SLOTS_SALT_SIZE];
  guint64       counter;
  guint         format;  /* 1 has no recovery slots and no boxes */
  guint32       epoch;   /* of the newest database key */
  guint32       older;   /* of the one before it, while both are kept; else 0 */
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
