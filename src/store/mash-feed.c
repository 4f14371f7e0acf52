/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-feed.h"

#include <string.h>

/**
 * mash_signed_new:
 * @change: a change with its signature
 *
 * Returns: (transfer full): the change as it is sent
 */
MashSigned *
mash_signed_new (const MashChange *change)
{
  MashSigned *self = g_new0 (MashSigned, 1);

  self->statement = mash_change_to_statement (change);
  memcpy (self->signature, change->signature, sizeof self->signature);

  return self;
}

void
mash_signed_free (MashSigned *self)
{
  if (self == NULL)
    return;

  g_bytes_unref (self->statement);
  g_free (self);
}

void
mash_answer_free (MashAnswer *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->outcome);
  g_free (self->code);
  g_free (self->says);
  g_strfreev (self->lost);
  g_free (self);
}

void
mash_entry_free (MashEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->took_at);
  g_clear_pointer (&self->digest, g_bytes_unref);
  g_clear_pointer (&self->chain, g_bytes_unref);
  g_clear_pointer (&self->statement, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_strfreev (self->lost);
  g_free (self);
}

/* Continues the chain by one entry; %FALSE where the entry is not what it says. */
static gboolean
follow (MashSyncPlace   *place,
        const MashEntry *entry)
{
  guint8 digest[MASH_CHANGE_DIGEST_SIZE];

  if (entry->seq != place->seq + 1 ||
      g_bytes_get_size (entry->digest) != MASH_CHANGE_DIGEST_SIZE)
    return FALSE;
  if (entry->statement != NULL)
    {
      if (entry->signature == NULL ||
          g_bytes_get_size (entry->signature) != MASH_CHANGE_SIGNATURE_SIZE)
        return FALSE;
      mash_change_digest (entry->statement, g_bytes_get_data (entry->signature, NULL), digest);
      if (memcmp (digest, g_bytes_get_data (entry->digest, NULL), sizeof digest) != 0)
        return FALSE;
    }
  memcpy (digest, g_bytes_get_data (entry->digest, NULL), sizeof digest);
  mash_chain_next (place->chain, entry->seq, entry->took_at, digest, place->chain);
  place->seq = entry->seq;

  return TRUE;
}

/**
 * mash_sync_place_follow:
 * @place: (inout): where one is, and where one comes to
 * @entries: (element-type MashEntry): a page, with at least one entry
 *
 * Returns: whether the page continues the history that is here, to the end of a group, and ends in
 *   the chain that the hub itself reckons
 */
gboolean
mash_sync_place_follow (MashSyncPlace *place,
                        GPtrArray     *entries)
{
  const MashEntry *last = g_ptr_array_index (entries, entries->len - 1);

  for (guint i = 0; i < entries->len; i++)
    {
      if (!follow (place, g_ptr_array_index (entries, i)))
        return FALSE;
    }

  return last->group_end && last->chain != NULL &&
         g_bytes_get_size (last->chain) == sizeof place->chain &&
         memcmp (g_bytes_get_data (last->chain, NULL), place->chain, sizeof place->chain) == 0;
}
