/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

/* Writes the slots, and makes the database sure of which writing of them is the last. */
gboolean
mash_store_save_slots (MashStore  *self,
                       GError    **error)
{
  return mash_slots_save (self->slots, error) &&
         mash_database_confirm_slots (self->database, mash_slots_get_counter (self->slots), error);
}

/**
 * mash_store_add_slot:
 * @self: a store
 * @staff: the id of a member of staff for whom mash_store_make_key() has made a key in this session
 * @sign_in: the name to sign in with
 * @passphrase: their passphrase
 * @error: return location for a #MashStoreError
 *
 * Lets somebody sign in at this hub. The staff record is made apart from it.
 *
 * Returns: %TRUE when the slot was written
 */
gboolean
mash_store_add_slot (MashStore   *self,
                     const char  *staff,
                     const char  *sign_in,
                     MashSecret  *passphrase,
                     GError     **error)
{
  g_autoptr (MashSecret) seed = NULL;
  MashSecret *key;

  mash_store_assert (self);

  key = g_hash_table_lookup (self->keys, staff);
  if (key == NULL)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
                   "The signing key of %s is not open", staff);
      return FALSE;
    }

  seed = mash_secret_new_part (key, 0, MASH_SLOTS_SEED_SIZE);

  return mash_slots_add (self->slots, staff, sign_in, passphrase, seed, g_get_real_time (),
                         error) &&
         mash_store_save_slots (self, error);
}

/**
 * mash_store_remove_slot:
 * @self: a store
 * @sign_in: whose slot, under the name to sign in with
 * @error: %MASH_STORE_ERROR_NOT_FOUND
 *
 * Lets somebody sign in no more; their key to the database goes with the slot. An administrator
 * holds no key to cases, so the slot of the one who made a hub is taken away as soon as others can
 * sign in.
 *
 * Returns: %TRUE when the slots were written without it
 */
gboolean
mash_store_remove_slot (MashStore   *self,
                        const char  *sign_in,
                        GError     **error)
{
  mash_store_assert (self);
  g_return_val_if_fail (sign_in != NULL, FALSE);

  return mash_slots_remove (self->slots, sign_in, error) && mash_store_save_slots (self, error);
}
