/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The key slots of a desk: who may open its database with which passphrase.
 *
 * The file `slots` lies beside the database. Each person of a stand-alone hub has a slot, in which
 * the database key and that person's signing seed are sealed under the passphrase. Wrong tries are
 * counted in a file of their own. It opens no database, and is used on one thread.
 */

#include "mash-secret.h"

G_BEGIN_DECLS

#define MASH_SLOTS_NAME              "slots"
#define MASH_SLOTS_TRIES_NAME        "slots.tries"
#define MASH_SLOTS_DATABASE_KEY_SIZE 48
#define MASH_SLOTS_SEED_SIZE         32
#define MASH_SLOTS_TRIES_FREE        3
#define MASH_SLOTS_TRIES_LOCKED      10

/* What guessing one passphrase costs: passes of Argon2id over so much memory. */
typedef struct
{
  guint passes;
  guint memory_kib;
} MashSlotCost;

/* What a slot gives to who opens it. */
typedef struct
{
  char       *person;
  char       *sign_in;
  MashSecret *database_key;
  MashSecret *older_key;    /* while a change of the database key is under way, else NULL */
  MashSecret *seed;
} MashSlotKey;

typedef struct _MashSlots MashSlots;

/* Derives a 32-byte key; answers 0, or -1 when the memory cannot be had. */
typedef int (*MashSlotsKdf) (guint8             out[32],
                             MashSecret        *passphrase,
                             const guint8       salt[16],
                             const MashSlotCost *cost);

MashSlots   *mash_slots_create            (const char          *folder,
                                           const char          *hub,
                                           gboolean             training,
                                           const MashSlotCost  *cost,
                                           MashSecret          *database_key,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
MashSlots   *mash_slots_load              (const char          *folder,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void         mash_slots_free              (MashSlots           *self);

const char  *mash_slots_get_hub           (MashSlots           *self);
gboolean     mash_slots_get_training      (MashSlots           *self);
guint64      mash_slots_get_counter       (MashSlots           *self);
char       **mash_slots_list_sign_ins     (MashSlots           *self);
const char  *mash_slots_get_person        (MashSlots           *self,
                                           const char          *sign_in);

MashSlotKey *mash_slots_open              (MashSlots           *self,
                                           const char          *sign_in,
                                           MashSecret          *passphrase,
                                           gint64               now,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     mash_slots_add               (MashSlots           *self,
                                           const char          *person,
                                           const char          *sign_in,
                                           MashSecret          *passphrase,
                                           MashSecret          *seed,
                                           gint64               now,
                                           GError             **error);
gboolean     mash_slots_remove            (MashSlots           *self,
                                           const char          *sign_in,
                                           GError             **error);
gboolean     mash_slots_save              (MashSlots           *self,
                                           GError             **error);
gboolean     mash_slots_change_passphrase (MashSlots           *self,
                                           const char          *sign_in,
                                           MashSecret          *passphrase,
                                           MashSecret          *new_passphrase,
                                           gint64               now,
                                           GError             **error);
gboolean     mash_slots_release           (MashSlots           *self,
                                           const char          *sign_in,
                                           GError             **error);

/* A recovery code opens a slot of its own, in place of a passphrase that was forgotten. */
MashSecret  *mash_slots_make_recovery     (MashSlots           *self,
                                           const char          *sign_in,
                                           MashSecret          *passphrase,
                                           gint64               now,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     mash_slots_set_recovery      (MashSlots           *self,
                                           const char          *sign_in,
                                           MashSecret          *passphrase,
                                           MashSecret          *code,
                                           gint64               now,
                                           GError             **error);
gboolean     mash_slots_has_recovery      (MashSlots           *self,
                                           const char          *sign_in);
gboolean     mash_slots_recover           (MashSlots           *self,
                                           const char          *sign_in,
                                           MashSecret          *code,
                                           MashSecret          *new_passphrase,
                                           gint64               now,
                                           GError             **error);

/* A new database key: both are in the file from the beginning until the end. */
MashSecret  *mash_slots_make_key          (MashSlots           *self,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     mash_slots_begin_rekey       (MashSlots           *self,
                                           MashSecret          *key,
                                           GError             **error);
gboolean     mash_slots_end_rekey         (MashSlots           *self,
                                           MashSecret          *keep,
                                           GError             **error);
gboolean     mash_slots_is_between_keys   (MashSlots           *self);

void         mash_slots_set_kdf           (MashSlotsKdf         kdf);
void         mash_slot_key_free           (MashSlotKey         *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSlots, mash_slots_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSlotKey, mash_slot_key_free)

G_END_DECLS
