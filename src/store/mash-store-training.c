/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

static gboolean
check_training (MashStore  *self,
                GError    **error)
{
  if (self->info->training)
    return TRUE;

  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED,
                       "This is done in training hubs only");

  return FALSE;
}

/**
 * mash_store_set_clock_offset:
 * @self: the store of a training hub
 * @offset: microseconds that the hub's clock is ahead of this machine's
 * @error: %MASH_STORE_ERROR_REFUSED in any other hub
 *
 * Moves the hub's clock, and keeps that it was moved.
 *
 * Returns: %TRUE when it was moved
 */
gboolean
mash_store_set_clock_offset (MashStore  *self,
                             gint64      offset,
                             GError    **error)
{
  mash_store_assert (self);

  if (!check_training (self, error) ||
      !mash_database_run (self->database, error, "UPDATE meta SET clock_offset = ?1", "i", offset))
    return FALSE;

  self->clock_offset = offset;
  self->latest = 0;

  return TRUE;
}

/**
 * mash_store_begin_bulk:
 * @self: the store of a training hub
 * @error: %MASH_STORE_ERROR_REFUSED in any other hub
 *
 * Begins to fill a hub: groups are submitted as always, but not each is made durable by itself, the
 * time is what mash_store_set_bulk_time() says, and no passphrase is asked for.
 *
 * Returns: %TRUE when it was begun
 */
gboolean
mash_store_begin_bulk (MashStore  *self,
                       GError    **error)
{
  mash_store_assert (self);
  g_return_val_if_fail (self->bulk == NULL, FALSE);

  if (!check_training (self, error))
    return FALSE;

  self->bulk = mash_bulk_new (self, error);

  return self->bulk != NULL;
}

/**
 * mash_store_end_bulk:
 * @self: a store that is being filled
 * @error: return location for a #MashStoreError
 *
 * Makes everything durable and goes back to the clock and to the person who signed in. Keys that
 * were made in this session are wiped.
 *
 * Returns: %TRUE when all of it is durable
 */
gboolean
mash_store_end_bulk (MashStore  *self,
                     GError    **error)
{
  g_autoptr (MashSecret) own = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (self->bulk != NULL, FALSE);

  if (!mash_bulk_commit (self->bulk, error))
    return FALSE;
  g_clear_pointer (&self->bulk, mash_bulk_free);
  self->bulk_now = 0;

  own = mash_secret_ref (g_hash_table_lookup (self->keys, self->own));
  g_hash_table_remove_all (self->keys);
  g_hash_table_replace (self->keys, g_strdup (self->own), g_steal_pointer (&own));

  return mash_store_load_actor (self, self->own, NULL, error);
}

/**
 * mash_store_set_bulk_time:
 * @self: a store that is being filled
 * @now: microseconds since 1970, UTC
 *
 * Sets the time at which what is submitted next is said.
 */
void
mash_store_set_bulk_time (MashStore *self,
                          gint64     now)
{
  mash_store_assert (self);
  g_return_if_fail (self->bulk != NULL);

  self->bulk_now = now;
}

/**
 * mash_store_sign_as:
 * @self: a store that is being filled
 * @staff: the id of a member of staff whose key was made in this session
 * @post: (nullable): the post to act in; %NULL for the first that they hold
 * @error: %MASH_STORE_ERROR_REFUSED when they hold none
 *
 * Lets somebody else say what is submitted next.
 *
 * Returns: %TRUE when they act from now on
 */
gboolean
mash_store_sign_as (MashStore   *self,
                    const char  *staff,
                    const char  *post,
                    GError     **error)
{
  mash_store_assert (self);
  g_return_val_if_fail (self->bulk != NULL, FALSE);

  return mash_store_load_actor (self, staff, post, error);
}
