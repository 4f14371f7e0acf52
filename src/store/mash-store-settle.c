/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <string.h>

#define HEX_SIZE (2 * MASH_CHANGE_DIGEST_SIZE + 1)

/* What others could not send and a manager settles: whether it is what its author signed, and
 * whether it has been settled already. */

static void
write_hex (const guint8 *digest,
           char          hex[HEX_SIZE])
{
  for (guint i = 0; i < MASH_CHANGE_DIGEST_SIZE; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", digest[i]);
}

/**
 * mash_store_check_signed:
 * @self: a store
 * @signed_change: a change as it was handed in
 * @digest: (out) (transfer full): by what it is known, in hex
 *
 * Returns: whether its author signed it, as far as this desk knows their key
 */
gboolean
mash_store_check_signed (MashStore         *self,
                         const MashSigned  *signed_change,
                         char             **digest)
{
  g_autoptr (MashChange) change = NULL;
  g_autofree char *key = NULL;
  char hex[HEX_SIZE];
  guint8 bytes[MASH_CHANGE_DIGEST_SIZE];

  mash_store_assert (self);

  mash_change_digest (signed_change->statement, signed_change->signature, bytes);
  write_hex (bytes, hex);
  *digest = g_strdup (hex);
  change = mash_change_from_statement (signed_change->statement, NULL);
  if (change == NULL)
    return FALSE;
  memcpy (change->signature, signed_change->signature, sizeof change->signature);
  key = mash_store_dup_public_key (self->tables, self->root_person, self->root_key, change->person,
                                   NULL);

  return mash_store_check_signature (change, MASH_CHANGE_PURPOSE, key, bytes);
}

static gboolean
has_settlement (MashStore  *self,
                const char *step,
                const char *digest,
                gboolean    taken)
{
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database,
                               "SELECT 1 FROM settlement WHERE step = ?1 AND (taken = 1 OR ?3 = 0)"
                               " AND voided_at IS NULL"
                               " AND instr (' ' || digests || ' ', ' ' || ?2 || ' ') > 0", NULL);
  if (row == NULL)
    return FALSE;
  mash_statement_bind (row, "tti", step, digest, (gint64) taken);

  return mash_statement_step (row, NULL) == MASH_STEP_ROW;
}

/**
 * mash_store_is_settled:
 * @self: a store
 * @step: id of a group
 * @digest: of one of its changes, in hex
 *
 * Returns: whether somebody has settled it, as far as this desk knows; also where the hub has not
 *   heard of it yet
 */
gboolean
mash_store_is_settled (MashStore  *self,
                       const char *step,
                       const char *digest)
{
  mash_store_assert (self);

  return has_settlement (self, step, digest, FALSE);
}

/* Whether a manager let in what its author could not send: who they are now does not count. */
gboolean
mash_store_is_taken_over (MashStore    *self,
                          const char   *step,
                          const guint8  digest[MASH_CHANGE_DIGEST_SIZE])
{
  char hex[HEX_SIZE];

  write_hex (digest, hex);

  return has_settlement (self, step, hex, TRUE);
}
