/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The keys of somebody at a central hub: what their passphrase derives to, and what it wraps.
 *
 * The passphrase never leaves the desk. One half of what follows from it lets them in at the hub;
 * the other opens their bundle, which the hub keeps wrapped: the person key, which opens their
 * databases at desks, and the seed with which they sign. It reads and writes no file. Any thread.
 */

#include "mash-change.h"
#include "mash-slots.h"

G_BEGIN_DECLS

/* What a passphrase derives to: the words that PostgreSQL asks for, ended by a zero byte, and the
 * key that wraps the bundle. */
typedef struct
{
  MashSecret *word;
  MashSecret *wrap;
} MashPersonDoor;

/* What the bundle holds. */
typedef struct
{
  MashSecret *person_key; /* MASH_SLOTS_DATABASE_KEY_SIZE bytes */
  MashSecret *seed;       /* MASH_SLOTS_SEED_SIZE bytes */
} MashPersonKeys;

char           *mash_person_dup_login         (const char         *hub,
                                               const char         *sign_in)
                                               G_GNUC_WARN_UNUSED_RESULT;
MashPersonDoor *mash_person_door_derive       (const char         *hub,
                                               const char         *login,
                                               MashSecret         *passphrase,
                                               const MashSlotCost *cost,
                                               GError            **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
void            mash_person_door_free         (MashPersonDoor     *self);

MashPersonKeys *mash_person_keys_new          (MashSecret         *seed) G_GNUC_WARN_UNUSED_RESULT;
MashPersonKeys *mash_person_keys_open         (GBytes             *bundle,
                                               const char         *login,
                                               MashSecret         *wrap,
                                               GError            **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
MashPersonKeys *mash_person_keys_recover      (GBytes             *escrow,
                                               MashSecret         *recovery,
                                               GError            **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
GBytes         *mash_person_keys_wrap         (MashPersonKeys     *self,
                                               const char         *login,
                                               MashSecret         *wrap) G_GNUC_WARN_UNUSED_RESULT;
GBytes         *mash_person_keys_seal         (MashPersonKeys     *self,
                                               const char         *recovery_key)
                                               G_GNUC_WARN_UNUSED_RESULT;
char           *mash_person_keys_dup_public   (MashPersonKeys     *self) G_GNUC_WARN_UNUSED_RESULT;
MashSecret     *mash_person_keys_make_way     (MashPersonKeys     *self,
                                               const char         *desk)
                                               G_GNUC_WARN_UNUSED_RESULT;
void            mash_person_keys_sign         (MashPersonKeys     *self,
                                               MashChange         *change);
void            mash_person_keys_free         (MashPersonKeys     *self);

MashSecret     *mash_recovery_key_new         (char              **public_key)
                                               G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashPersonDoor, mash_person_door_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashPersonKeys, mash_person_keys_free)

G_END_DECLS
