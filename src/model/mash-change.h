/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A change: a small signed statement of what somebody altered in one record.
 *
 * Here are its bytes, its digest and its place in the chain of a hub. Signatures are made and
 * checked by the store, which alone knows keys; ids, times and salt are arguments.
 */

#include <glib-object.h>

#include "mash-body.h"
#include "mash-group.h"

G_BEGIN_DECLS

#define MASH_CHANGE_FORMAT 1
#define MASH_CHANGE_SALT_SIZE 16
#define MASH_CHANGE_SIGNATURE_SIZE 64
#define MASH_CHANGE_DIGEST_SIZE 32

/* What goes before the statement in the bytes that are signed. */
#define MASH_CHANGE_PURPOSE "mash change 1"

/* What the changes of one group have in common. Everything is borrowed. */
typedef struct
{
  const char *hub;
  const char *group;
  const char *desk;
  const char *person;
  const char *post;
  const char *compartment;
  const char *said_at;
} MashSaying;

typedef struct
{
  char    *hub;
  char    *id;
  char    *group;
  guint    index;
  guint    size;
  char    *desk;
  char    *person;
  char    *post;
  char    *kind;
  char    *record;
  gint64   base;
  char    *compartment;
  guint    format;
  char    *said_at;
  guint8   salt[MASH_CHANGE_SALT_SIZE];
  char    *body;
  guint8   signature[MASH_CHANGE_SIGNATURE_SIZE];
} MashChange;

#define MASH_TYPE_CHANGE (mash_change_get_type ())

GType       mash_change_get_type       (void) G_GNUC_CONST;
MashChange *mash_change_new            (const MashSaying *saying,
                                        const char       *id,
                                        guint             index,
                                        guint             size,
                                        const char       *kind,
                                        const char       *record,
                                        gint64            base,
                                        const guint8      salt[MASH_CHANGE_SALT_SIZE],
                                        char             *body) G_GNUC_WARN_UNUSED_RESULT;
MashChange *mash_change_new_for_edit   (MashGroup        *group,
                                        guint             index,
                                        const MashSaying *saying,
                                        const char       *id,
                                        const guint8      salt[MASH_CHANGE_SALT_SIZE],
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
MashChange *mash_change_copy           (const MashChange *self) G_GNUC_WARN_UNUSED_RESULT;
void        mash_change_free           (MashChange       *self);
GBytes     *mash_change_to_statement   (const MashChange *self) G_GNUC_WARN_UNUSED_RESULT;
MashChange *mash_change_from_statement (GBytes           *statement,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
MashEdit   *mash_change_dup_edit       (const MashChange *self,
                                        char            **deed,
                                        char            **contact,
                                        char            **reason,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void        mash_change_digest         (GBytes           *statement,
                                        const guint8      signature[MASH_CHANGE_SIGNATURE_SIZE],
                                        guint8            out[MASH_CHANGE_DIGEST_SIZE]);
void        mash_chain_next            (const guint8      previous[MASH_CHANGE_DIGEST_SIZE],
                                        guint64           position,
                                        const char       *took_at,
                                        const guint8      digest[MASH_CHANGE_DIGEST_SIZE],
                                        guint8            out[MASH_CHANGE_DIGEST_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashChange, mash_change_free)

G_END_DECLS
