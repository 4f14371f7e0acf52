/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-slots.h"

#include <string.h>

#include <sodium.h>

#include "mash-slots-private.h"
#include "mash-slots-seal.h"
#include "mash-store-error.h"

#define RAW_KEY_SIZE 32

static gboolean
refuse_old (GError **error)
{
  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOT_OLD,
                       "A slot that an earlier program made has to be opened once first");

  return FALSE;
}

static gboolean
give_to_all (MashSlots  *self,
             guint32     epoch,
             MashSecret *key,
             GError    **error)
{
  for (guint i = 0; i < self->file->slots->len; i++)
    if (!mash_slot_box (self->file->slots->pdata[i], epoch, key))
      return refuse_old (error);

  return TRUE;
}

/* Takes away the boxes of keys that are neither the newest nor the one before it. */
static void
drop_boxes (MashSlotsFile *file)
{
  for (guint i = 0; i < file->slots->len; i++)
    {
      MashSlot *slot = file->slots->pdata[i];
      guint kept = 0;

      for (guint b = 0; b < slot->n_boxes; b++)
        if (slot->boxes[b].epoch == file->epoch ||
            (file->older != 0 && slot->boxes[b].epoch == file->older))
          slot->boxes[kept++] = slot->boxes[b];
      slot->n_boxes = kept;
    }
}

/**
 * mash_slots_is_between_keys:
 * @self: slots
 *
 * Returns: whether a change of the database key was begun and not ended
 */
gboolean
mash_slots_is_between_keys (MashSlots *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->file->older != 0;
}

/* Whether the slots are open, and no other change of the key is under way. */
static gboolean
check_free (MashSlots *self,
            GError   **error)
{
  if (!mash_slots_check_opened (self, error))
    return FALSE;
  if (self->file->older == 0)
    return TRUE;

  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BUSY,
                       "The database key is being changed");

  return FALSE;
}

/**
 * mash_slots_make_key:
 * @self: slots that are open
 * @error: %MASH_STORE_ERROR_REFUSED when they are not, and as for mash_slots_begin_rekey()
 *
 * The salt stays: the database file begins with it, and it is no secret. Whether every slot can
 * take a key is said here, before the work of using it.
 *
 * Returns: (transfer full): a new database key, which is in no slot yet, or %NULL
 */
MashSecret *
mash_slots_make_key (MashSlots *self,
                     GError   **error)
{
  guint8 bytes[MASH_SLOTS_DATABASE_KEY_SIZE];
  MashSecret *key;

  g_return_val_if_fail (self != NULL, NULL);

  if (!check_free (self, error))
    return NULL;
  for (guint i = 0; i < self->file->slots->len; i++)
    if (!mash_slot_takes_box (self->file->slots->pdata[i]))
      {
        refuse_old (error);
        return NULL;
      }

  memcpy (bytes, mash_secret_get_data (self->database_key, NULL), sizeof bytes);
  randombytes_buf (bytes, RAW_KEY_SIZE);
  key = mash_secret_new_from_bytes (bytes, sizeof bytes);
  sodium_memzero (bytes, sizeof bytes);

  return key;
}

/**
 * mash_slots_begin_rekey:
 * @self: slots that are open
 * @key: what mash_slots_make_key() gave
 * @error: %MASH_STORE_ERROR_BUSY when a change is under way, %MASH_STORE_ERROR_SLOT_OLD when
 *   somebody's slot cannot take a key yet, and as for mash_slots_save()
 *
 * Gives a new database key to every slot beside the old one, without anybody's passphrase. From
 * here on each slot gives both, so that whichever of them the database has after a power cut can
 * be opened.
 *
 * Returns: whether both are durable
 */
gboolean
mash_slots_begin_rekey (MashSlots  *self,
                        MashSecret *key,
                        GError    **error)
{
  g_autoptr (MashSecret) old = NULL;
  guint32 epoch;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  if (!check_free (self, error))
    return FALSE;

  epoch = self->file->epoch;
  old = g_steal_pointer (&self->database_key);
  self->database_key = mash_secret_ref (key);
  self->file->format = 2;
  self->file->older = epoch;
  self->file->epoch = epoch + 1;
  if (give_to_all (self, epoch + 1, key, error) && mash_slots_save (self, error))
    return TRUE;

  self->file->epoch = epoch;
  self->file->older = 0;
  drop_boxes (self->file);
  mash_secret_unref (self->database_key);
  self->database_key = g_steal_pointer (&old);

  return FALSE;
}

/**
 * mash_slots_end_rekey:
 * @self: slots that are open, between two keys
 * @keep: the one of them that has opened the database
 * @error: as for mash_slots_save()
 *
 * Drops the other key. It is called only after an open by the list, because a key that is dropped
 * is gone.
 *
 * Returns: whether @keep alone is in the file
 */
gboolean
mash_slots_end_rekey (MashSlots  *self,
                      MashSecret *keep,
                      GError    **error)
{
  g_return_val_if_fail (self != NULL && keep != NULL, FALSE);

  if (!mash_slots_check_opened (self, error))
    return FALSE;
  if (self->file->older == 0)
    return TRUE;

  if (!mash_secret_equal (keep, self->database_key))
    {
      self->file->epoch = self->file->older;
      mash_secret_unref (self->database_key);
      self->database_key = mash_secret_ref (keep);
    }
  self->file->older = 0;
  drop_boxes (self->file);

  return mash_slots_save (self, error);
}
