/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "mash-body.h"
#include "mash-database-private.h"
#include "mash-store-private.h"

/* Says what was done to whose key, before it is done: an act without its entry does not happen. */
gboolean
mash_store_log_key (MashStore   *self,
                    const char  *act,
                    const char  *staff,
                    GError     **error)
{
  g_autoptr (GHashTable) members = mash_body_new ();

  mash_body_set (members, ".deed", g_variant_new_string (act));

  return mash_store_log_view (self, "key", staff, members, error);
}

/* The slots were written: the database remembers which writing was the last. */
gboolean
mash_store_confirm_slots (MashStore  *self,
                          GError    **error)
{
  return mash_database_confirm_slots (self->database, mash_slots_get_counter (self->slots), error);
}

/**
 * mash_store_change_passphrase:
 * @self: a store
 * @passphrase: the passphrase of the person who is signed in
 * @new_passphrase: the one that shall open from now on
 * @error: %MASH_STORE_ERROR_WRONG_KEY, %MASH_STORE_ERROR_THROTTLED, and as for
 *   mash_slots_change_passphrase()
 *
 * Nothing is encrypted anew. A recovery code that was made before goes on opening.
 *
 * Returns: %TRUE when the new passphrase, and it alone, opens
 */
gboolean
mash_store_change_passphrase (MashStore   *self,
                              MashSecret  *passphrase,
                              MashSecret  *new_passphrase,
                              GError     **error)
{
  mash_store_assert (self);
  g_return_val_if_fail (passphrase != NULL && new_passphrase != NULL, FALSE);

  return mash_store_log_key (self, "change-passphrase", self->own, error) &&
         mash_slots_change_passphrase (self->slots, self->sign_in, passphrase, new_passphrase,
                                       g_get_real_time (), error) &&
         mash_store_confirm_slots (self, error);
}

/**
 * mash_store_make_recovery:
 * @self: a store
 * @passphrase: the passphrase of the person who is signed in
 * @error: as for mash_slots_make_recovery()
 *
 * Returns: (transfer full) (nullable): the new recovery code, to be shown once
 */
MashSecret *
mash_store_make_recovery (MashStore   *self,
                          MashSecret  *passphrase,
                          GError     **error)
{
  g_autoptr (MashSecret) code = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (passphrase != NULL, NULL);

  if (!mash_store_log_key (self, "make-recovery-code", self->own, error))
    return NULL;
  code = mash_slots_make_recovery (self->slots, self->sign_in, passphrase, g_get_real_time (),
                                   error);

  return code != NULL && mash_store_confirm_slots (self, error) ? g_steal_pointer (&code) : NULL;
}

/**
 * mash_store_set_way:
 * @self: a seat
 * @passphrase: the passphrase of the person who is signed in
 * @way: what opens besides, once: it follows from their person key (mash_person_keys_make_way())
 * @error: as for mash_slots_make_recovery()
 *
 * Lets them in here with a passphrase that they set at another desk: their hub knows it, and gives
 * them the key from which @way follows.
 *
 * Returns: whether it opens
 */
gboolean
mash_store_set_way (MashStore   *self,
                    MashSecret  *passphrase,
                    MashSecret  *way,
                    GError     **error)
{
  mash_store_assert (self);
  g_return_val_if_fail (passphrase != NULL && way != NULL, FALSE);

  return mash_slots_set_recovery (self->slots, self->sign_in, passphrase, way, g_get_real_time (),
                                  error) &&
         mash_store_confirm_slots (self, error);
}

/**
 * mash_store_has_recovery:
 * @self: a store
 *
 * Returns: whether the person who is signed in has a recovery code
 */
gboolean
mash_store_has_recovery (MashStore *self)
{
  mash_store_assert (self);

  return mash_slots_has_recovery (self->slots, self->sign_in);
}

/**
 * mash_store_recover:
 * @folder: the folder of a hub that nobody has open
 * @sign_in: whose passphrase was forgotten
 * @code: their recovery code
 * @new_passphrase: the passphrase that they set in its place
 * @error: as for mash_slots_recover()
 *
 * Sets a new passphrase by means of the recovery code, which is used up by it. It opens no
 * database, so that it works where that is damaged; mash_store_renew_recovery() is next. It keeps
 * every other opener out meanwhile: who has the hub open would write their own slots over these.
 * Any thread.
 *
 * Returns: %TRUE when the new passphrase, and it alone, opens
 */
gboolean
mash_store_recover (const char  *folder,
                    const char  *sign_in,
                    MashSecret  *code,
                    MashSecret  *new_passphrase,
                    GError     **error)
{
  g_autoptr (MashSlots) slots = NULL;
  gboolean done;
  int lock;

  g_return_val_if_fail (folder != NULL && sign_in != NULL, FALSE);

  if (!mash_database_file_lock (folder, &lock, error))
    return FALSE;
  slots = mash_slots_load (folder, error);
  done = slots != NULL && mash_slots_recover (slots, sign_in, code, new_passphrase,
                                              g_get_real_time (), error);
  close (lock);

  return done;
}

/**
 * mash_store_renew_recovery:
 * @folder: the folder of a hub that nobody has open
 * @policy: the policy in force
 * @sign_in: who has just used up their recovery code
 * @passphrase: the passphrase that they set with it
 * @error: as for mash_store_open() and mash_store_make_recovery()
 *
 * Enters into the chain that the code was used, and makes the next one. The calling thread opens
 * the hub for it and closes it.
 *
 * Returns: (transfer full) (nullable): the new recovery code, to be shown once
 */
MashSecret *
mash_store_renew_recovery (const char  *folder,
                           MashPolicy  *policy,
                           const char  *sign_in,
                           MashSecret  *passphrase,
                           GError     **error)
{
  g_autoptr (MashStore) store = mash_store_open (folder, policy, sign_in, passphrase, error);
  g_autoptr (MashSecret) code = NULL;

  if (store == NULL || !mash_store_log_key (store, "recover", store->own, error))
    return NULL;
  code = mash_store_make_recovery (store, passphrase, error);

  return mash_store_close (store, code != NULL ? error : NULL) ? g_steal_pointer (&code) : NULL;
}

static gboolean
not_found (GError **error)
{
  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                       "There is no slot for this sign-in name");

  return FALSE;
}

/**
 * mash_store_get_sign_in:
 * @self: a store
 *
 * Returns: (transfer none): the name with which the person who is signed in did so
 */
const char *
mash_store_get_sign_in (MashStore *self)
{
  mash_store_assert (self);

  return self->sign_in;
}

/**
 * mash_store_is_keeper:
 * @self: a store
 *
 * Returns: whether who is signed in may act on other people's keys, and on the hub's
 */
gboolean
mash_store_is_keeper (MashStore *self)
{
  mash_store_assert (self);

  return g_strcmp0 (self->role, "MM") == 0 || g_strcmp0 (self->role, MASH_STORE_ROOT_ROLE) == 0;
}

/**
 * mash_store_check_keeper:
 * @self: a store
 * @error: %MASH_STORE_ERROR_REFUSED
 *
 * Returns: as mash_store_is_keeper()
 */
gboolean
mash_store_check_keeper (MashStore  *self,
                         GError    **error)
{
  if (mash_store_is_keeper (self))
    return TRUE;

  mash_store_refuse (error, _("Only a MASH manager or the administrator may do this."));

  return FALSE;
}

/**
 * mash_store_release_slot:
 * @self: the store, in a manager's or the administrator's session
 * @sign_in: whose sign-in was locked after ten wrong tries
 * @error: %MASH_STORE_ERROR_REFUSED, %MASH_STORE_ERROR_NOT_FOUND
 *
 * Returns: %TRUE when that person may try again
 */
gboolean
mash_store_release_slot (MashStore   *self,
                         const char  *sign_in,
                         GError     **error)
{
  const char *person;

  mash_store_assert (self);
  g_return_val_if_fail (sign_in != NULL, FALSE);

  if (!mash_store_check_keeper (self, error))
    return FALSE;
  person = mash_slots_get_person (self->slots, sign_in);
  if (person == NULL)
    return not_found (error);

  return mash_store_log_key (self, "release", person, error) &&
         mash_slots_release (self->slots, sign_in, error);
}
