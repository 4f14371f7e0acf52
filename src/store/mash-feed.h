/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What goes between a desk's store and its hub: changes as they are sent, what the hub says of
 * them, and the entries of its history. Plain data; whoever carries them looks at none of it.
 */

#include "mash-change.h"

G_BEGIN_DECLS

/* How far a desk has come in the hub's history. */
typedef struct
{
  guint64 seq;
  guint8  chain[MASH_CHANGE_DIGEST_SIZE];
} MashSyncPlace;

/* A change as it is sent: the bytes that were signed, and the signature. */
typedef struct
{
  GBytes *statement;
  guint8  signature[MASH_CHANGE_SIGNATURE_SIZE];
} MashSigned;

/**
 * MashAnswer:
 * @id: of the change
 * @outcome: `accepted`, `refused`, or `frozen` when the hub stopped the seat
 * @code: why it was refused
 * @says: the sentence of the guard, or who decided first and when
 * @seq: the position that it got, 0 when none
 * @lost: (array zero-terminated=1): fields in which the hub's value stays
 */
typedef struct
{
  char   *id;
  char   *outcome;
  char   *code;
  char   *says;
  guint64 seq;
  char  **lost;
} MashAnswer;

/**
 * MashEntry:
 * @seq: its position
 * @took_at: when the hub took it
 * @group_end: whether it is the last of its group
 * @digest: by what it is known
 * @chain: (nullable): the chain at this position, in the last of a page
 * @statement: (nullable): what was said; %NULL for what the caller may not read
 * @signature: (nullable): who vouches for it
 * @lost: (array zero-terminated=1): fields in which another value stayed
 */
typedef struct
{
  guint64  seq;
  char    *took_at;
  gboolean group_end;
  GBytes  *digest;
  GBytes  *chain;
  GBytes  *statement;
  GBytes  *signature;
  char   **lost;
} MashEntry;

MashSigned *mash_signed_new        (const MashChange *change) G_GNUC_WARN_UNUSED_RESULT;
void        mash_signed_free       (MashSigned       *self);
void        mash_answer_free       (MashAnswer       *self);
void        mash_entry_free        (MashEntry        *self);
gboolean    mash_sync_place_follow (MashSyncPlace    *place,
                                    GPtrArray        *entries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSigned, mash_signed_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashAnswer, mash_answer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashEntry, mash_entry_free)

G_END_DECLS
