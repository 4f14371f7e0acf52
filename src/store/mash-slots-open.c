/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-slots.h"

#include <string.h>

#include <sodium.h>

#include "mash-recovery-code.h"
#include "mash-slots-private.h"
#include "mash-slots-seal.h"
#include "mash-slots-tries.h"
#include "mash-store-error.h"

static gboolean
check_mac (MashSlotsFile *file,
           MashSecret    *database_key,
           GError       **error)
{
  g_autoptr (GByteArray) bytes = mash_slots_file_write (file);
  guint8 mac[MASH_SLOTS_MAC_SIZE];

  mash_slots_file_make_mac (bytes, database_key, mac);
  if (sodium_memcmp (mac, file->mac, sizeof mac) == 0)
    return TRUE;

  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOTS_DAMAGED,
                       "The key slots were altered by somebody who could not open them");

  return FALSE;
}

/* For a name that nobody has: the same work on a slot that holds nothing and opens to nobody. */
static void
try_nobody (MashSlotsFile *file,
            MashSecret    *passphrase,
            GError       **error)
{
  MashSlot nobody = { 0 };

  nobody.person = file->hub;
  nobody.sign_in = (char *) "nobody";
  nobody.cost = file->cost;
  memcpy (nobody.salt, file->dummy_salt, sizeof nobody.salt);
  mash_slot_key_free (mash_slot_unseal (file, &nobody, passphrase, error));
}

static MashSlotKey *
try_all (MashSlotsFile *file,
         MashSlotKind   kind,
         const char    *sign_in,
         MashSecret    *passphrase,
         guint         *found,
         GError       **error)
{
  guint i = mash_slots_find (file, kind, sign_in, 0);

  if (i == file->slots->len)
    {
      try_nobody (file, passphrase, error);
      return NULL;
    }

  /* There are two while a change of passphrase was cut off, and either opens. */
  for (; i < file->slots->len; i = mash_slots_find (file, kind, sign_in, i + 1))
    {
      g_autoptr (GError) local_error = NULL;
      MashSlotKey *opened = mash_slot_unseal (file, file->slots->pdata[i], passphrase,
                                              &local_error);

      *found = i;
      if (opened)
        return opened;
      if (local_error)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  return NULL;
}

/* Takes away the slots of this kind but the one to keep; says whether there were any. */
static gboolean
drop_others (MashSlots      *self,
             MashSlotKind    kind,
             const char     *sign_in,
             const MashSlot *keep)
{
  gboolean dropped = FALSE;

  for (guint i = self->file->slots->len; i-- > 0;)
    {
      const MashSlot *slot = self->file->slots->pdata[i];

      if (slot != keep && slot->kind == kind && strcmp (slot->sign_in, sign_in) == 0)
        {
          g_ptr_array_remove_index (self->file->slots, i);
          dropped = TRUE;
        }
    }

  return dropped;
}

static MashSlotKey *
open_slot (MashSlots   *self,
           MashSlotKind kind,
           const char  *sign_in,
           MashSecret  *passphrase,
           gint64       now,
           guint       *found,
           GError     **error)
{
  g_autoptr (MashSlotKey) opened = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *hub = self->file->hub;

  if (!mash_tries_check (self->folder_fd, hub, sign_in, now, error) ||
      !mash_tries_add (self->folder_fd, hub, sign_in, now, error))
    return NULL;

  opened = try_all (self->file, kind, sign_in, passphrase, found, &local_error);
  /* Once they are open they are what this session makes of them, written or not yet. */
  if (opened && !self->database_key &&
      !check_mac (self->file, opened->database_key, &local_error))
    g_clear_pointer (&opened, mash_slot_key_free);

  if (opened || local_error)
    if (!mash_tries_take (self->folder_fd, hub, sign_in, opened != NULL,
                          local_error ? NULL : &local_error))
      g_clear_pointer (&opened, mash_slot_key_free);

  if (local_error)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (!opened)
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY,
                         "The sign-in name or the passphrase is not right");

  if (opened)
    {
      g_clear_pointer (&self->database_key, mash_secret_unref);
      self->database_key = mash_secret_ref (opened->database_key);
    }

  return g_steal_pointer (&opened);
}

/**
 * mash_slots_open:
 * @self: slots
 * @sign_in: what was typed as the sign-in name
 * @passphrase: what was typed as the passphrase
 * @now: microseconds since 1970
 * @error: %MASH_STORE_ERROR_WRONG_KEY for a wrong passphrase and, after the same work, for a name
 *   that nobody has; %MASH_STORE_ERROR_THROTTLED; %MASH_STORE_ERROR_SLOT_LOCKED;
 *   %MASH_STORE_ERROR_NO_MEMORY_FOR_KEY; %MASH_STORE_ERROR_SLOTS_DAMAGED
 *
 * Opens a person's slot. It takes half a second by intent, and is called on no thread that draws.
 *
 * Returns: (transfer full): the keys, or %NULL
 */
MashSlotKey *
mash_slots_open (MashSlots  *self,
                 const char *sign_in,
                 MashSecret *passphrase,
                 gint64      now,
                 GError    **error)
{
  g_autoptr (MashSlotKey) opened = NULL;
  MashSlot *slot;
  gboolean news;
  guint found = 0;

  g_return_val_if_fail (self != NULL && sign_in != NULL && passphrase != NULL, NULL);

  opened = open_slot (self, MASH_SLOT_PASSPHRASE, sign_in, passphrase, now, &found, error);
  if (!opened)
    return NULL;

  slot = self->file->slots->pdata[found];
  news = drop_others (self, MASH_SLOT_PASSPHRASE, sign_in, slot);
  /* Slots of the first format get the key to which later database keys are sealed. */
  if (mash_slot_learn_public (slot, opened->seed))
    {
      self->file->format = 2;
      news = TRUE;
    }
  if (news && !mash_slots_save (self, error))
    return NULL;

  return g_steal_pointer (&opened);
}

/* What was written is read and opened before the old slot goes: a slot that does not open would
 * lock its owner out for good. */
static gboolean
verify_slot (MashSlots   *self,
             const guint8 id[16],
             MashSecret  *passphrase,
             MashSlotKey *expected,
             GError     **error)
{
  g_autoptr (MashSlotsFile) file = mash_slots_read_file (self->folder_fd, error);
  g_autoptr (MashSlotKey) opened = NULL;

  if (!file)
    return FALSE;
  for (guint i = 0; i < file->slots->len && !opened; i++)
    {
      MashSlot *slot = file->slots->pdata[i];

      if (memcmp (slot->id, id, sizeof slot->id) == 0)
        opened = mash_slot_unseal (file, slot, passphrase, NULL);
    }
  if (opened && mash_secret_equal (opened->database_key, expected->database_key) &&
      mash_secret_equal (opened->seed, expected->seed))
    return TRUE;

  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO,
                       "The new key slot cannot be opened; the old one stays");

  return FALSE;
}

/* Writes a slot beside what is there, and opens it from the disk. Cut off in between, both open;
 * when it cannot be written, or not be opened again, what was there stands. */
static MashSlot *
write_slot (MashSlots   *self,
            MashSlotKind kind,
            MashSlotKey *opened,
            MashSecret  *passphrase,
            gint64       now,
            GError     **error)
{
  MashSlot *slot = mash_slots_append (self, kind, opened->person, opened->sign_in, passphrase,
                                      opened->seed, now, error);
  gboolean saved;

  if (!slot)
    return NULL;
  saved = mash_slots_save (self, error);
  if (saved && verify_slot (self, slot->id, passphrase, opened, error))
    return slot;

  g_ptr_array_remove (self->file->slots, slot);
  if (saved)
    mash_slots_save (self, NULL);

  return NULL;
}

/**
 * mash_slots_change_passphrase:
 * @self: slots
 * @sign_in: whose passphrase
 * @passphrase: the one that opens the slot now
 * @new_passphrase: the one that shall
 * @now: microseconds since 1970
 * @error: as for mash_slots_open() and mash_slots_save()
 *
 * Writes a slot for the new passphrase beside the old one, opens it from the disk, and only then
 * drops the old one. Cut off in between, both open. It re-encrypts nothing else.
 *
 * Returns: whether the new passphrase, and it alone, opens the slot
 */
gboolean
mash_slots_change_passphrase (MashSlots  *self,
                              const char *sign_in,
                              MashSecret *passphrase,
                              MashSecret *new_passphrase,
                              gint64      now,
                              GError    **error)
{
  g_autoptr (MashSlotKey) opened = NULL;
  MashSlot *slot;

  g_return_val_if_fail (self != NULL && sign_in != NULL, FALSE);
  g_return_val_if_fail (passphrase != NULL && new_passphrase != NULL, FALSE);

  opened = mash_slots_open (self, sign_in, passphrase, now, error);
  if (!opened)
    return FALSE;
  slot = write_slot (self, MASH_SLOT_PASSPHRASE, opened, new_passphrase, now, error);

  if (!slot)
    return FALSE;
  drop_others (self, MASH_SLOT_PASSPHRASE, sign_in, slot);

  return mash_slots_save (self, error);
}

/**
 * mash_slots_make_recovery:
 * @self: slots
 * @sign_in: whose
 * @passphrase: their passphrase
 * @now: microseconds since 1970
 * @error: as for mash_slots_change_passphrase()
 *
 * Makes a recovery code for somebody who is there and says so with the passphrase. It opens a slot
 * of its own, to the same keys; an earlier code opens nothing any more. The code is kept nowhere.
 *
 * Returns: (transfer full): the code, to be shown once, or %NULL
 */
MashSecret *
mash_slots_make_recovery (MashSlots  *self,
                          const char *sign_in,
                          MashSecret *passphrase,
                          gint64      now,
                          GError    **error)
{
  g_autoptr (MashSecret) code = mash_recovery_code_new ();

  return mash_slots_set_recovery (self, sign_in, passphrase, code, now, error)
         ? g_steal_pointer (&code) : NULL;
}

/**
 * mash_slots_set_recovery:
 * @self: slots
 * @sign_in: whose
 * @passphrase: their passphrase
 * @code: what is to open besides
 * @now: microseconds since 1970
 * @error: as for mash_slots_change_passphrase()
 *
 * As mash_slots_make_recovery(), with a code that somebody can find again.
 *
 * Returns: whether @code opens, and no earlier one
 */
gboolean
mash_slots_set_recovery (MashSlots  *self,
                         const char *sign_in,
                         MashSecret *passphrase,
                         MashSecret *code,
                         gint64      now,
                         GError    **error)
{
  g_autoptr (MashSlotKey) opened = NULL;
  MashSlot *slot;

  g_return_val_if_fail (self != NULL && sign_in != NULL && passphrase != NULL, FALSE);

  opened = mash_slots_open (self, sign_in, passphrase, now, error);
  slot = opened ? write_slot (self, MASH_SLOT_RECOVERY, opened, code, now, error) : NULL;
  if (!slot)
    return FALSE;

  return !drop_others (self, MASH_SLOT_RECOVERY, sign_in, slot) || mash_slots_save (self, error);
}

/**
 * mash_slots_has_recovery:
 * @self: slots
 * @sign_in: a sign-in name
 *
 * Returns: whether a recovery code opens for it
 */
gboolean
mash_slots_has_recovery (MashSlots  *self,
                         const char *sign_in)
{
  g_return_val_if_fail (self != NULL && sign_in != NULL, FALSE);

  return mash_slots_find (self->file, MASH_SLOT_RECOVERY, sign_in, 0) < self->file->slots->len;
}

/**
 * mash_slots_recover:
 * @self: slots
 * @sign_in: whose passphrase was forgotten
 * @code: what was typed as the recovery code
 * @new_passphrase: the passphrase that shall open the slot from now on
 * @now: microseconds since 1970
 * @error: as for mash_slots_open()
 *
 * Opens with the recovery code and sets a new passphrase in the same step. The code is used up by
 * it. Cut off in between, the code and the new passphrase both open. A wrong code counts as a
 * wrong try, and a sign-in that is locked is released by nobody but a manager.
 *
 * Returns: whether the new passphrase, and it alone, opens the slot
 */
gboolean
mash_slots_recover (MashSlots  *self,
                    const char *sign_in,
                    MashSecret *code,
                    MashSecret *new_passphrase,
                    gint64      now,
                    GError    **error)
{
  g_autoptr (MashSecret) read = NULL;
  g_autoptr (MashSlotKey) opened = NULL;
  MashSlot *slot;
  guint found;

  g_return_val_if_fail (self != NULL && sign_in != NULL, FALSE);
  g_return_val_if_fail (code != NULL && new_passphrase != NULL, FALSE);

  read = mash_recovery_code_read (code);
  opened = open_slot (self, MASH_SLOT_RECOVERY, sign_in, read, now, &found, error);
  slot = opened ? write_slot (self, MASH_SLOT_PASSPHRASE, opened, new_passphrase, now, error)
                : NULL;
  if (!slot)
    return FALSE;
  drop_others (self, MASH_SLOT_PASSPHRASE, sign_in, slot);
  drop_others (self, MASH_SLOT_RECOVERY, sign_in, NULL);

  return mash_slots_save (self, error);
}

/**
 * mash_slots_release:
 * @self: slots that are open
 * @sign_in: whose failed tries
 * @error: %MASH_STORE_ERROR_REFUSED when @self is not open
 *
 * Forgets failed tries, so that a person who is locked out may try again. Policy says who may.
 *
 * Returns: whether they are forgotten
 */
gboolean
mash_slots_release (MashSlots  *self,
                    const char *sign_in,
                    GError    **error)
{
  g_return_val_if_fail (self != NULL && sign_in != NULL, FALSE);

  return mash_slots_check_opened (self, error) &&
         mash_tries_take (self->folder_fd, self->file->hub, sign_in, TRUE, error);
}
