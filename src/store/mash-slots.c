/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-slots.h"

#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "mash-file.h"
#include "mash-slots-private.h"
#include "mash-slots-seal.h"
#include "mash-store-error.h"

#define DEFAULT_PASSES 3
#define DEFAULT_MEMORY (256 * 1024)

static gboolean
check_name (const char *name,
            GError    **error)
{
  if (mash_slots_name_is_fair (name))
    return TRUE;

  g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
               "Ids and sign-in names have 1 to %d bytes", MASH_SLOTS_MAX_NAME);

  return FALSE;
}

/* The first slot from @from on that opens for @sign_in in this way, or how many there are. */
guint
mash_slots_find (MashSlotsFile *file,
                 MashSlotKind   kind,
                 const char    *sign_in,
                 guint          from)
{
  guint i;

  for (i = from; i < file->slots->len; i++)
    {
      const MashSlot *slot = file->slots->pdata[i];

      if (slot->kind == kind && strcmp (slot->sign_in, sign_in) == 0)
        break;
    }

  return i;
}

static guint
find_slot (MashSlotsFile *file,
           const char    *sign_in)
{
  return mash_slots_find (file, MASH_SLOT_PASSPHRASE, sign_in, 0);
}

/* Closed slots open no slots: what needs the database key asks for it first. */
gboolean
mash_slots_check_opened (MashSlots *self,
                         GError   **error)
{
  if (self->database_key)
    return TRUE;

  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED,
                       "The key slots are changed in an unlocked session only");

  return FALSE;
}

static MashSlots *
slots_new (const char *folder,
           GError    **error)
{
  MashSlots *self;
  int folder_fd;

  if (sodium_init () < 0)
    g_error ("The random generator of this machine cannot be started");
  folder_fd = mash_file_open_folder (folder, error);
  if (folder_fd < 0)
    return NULL;

  self = g_new0 (MashSlots, 1);
  self->folder_fd = folder_fd;

  return self;
}

/**
 * mash_slots_create:
 * @folder: the folder of a desk that is being set up
 * @hub: the id of its hub
 * @training: whether the hub is for training, whose slots may be cheap
 * @cost: (nullable): what a guess shall cost; %NULL for 3 passes over 256 MiB
 * @database_key: the database key and its salt, %MASH_SLOTS_DATABASE_KEY_SIZE bytes
 * @error: %MASH_STORE_ERROR_EXISTS when there are slots, %MASH_STORE_ERROR_REFUSED when @cost is
 *   below the floor, and as for mash_file_open_folder()
 *
 * Begins the slots of a new desk. mash_slots_add() adds people, and mash_slots_save() writes all of
 * them at once.
 *
 * Returns: (transfer full): slots that are open, or %NULL
 */
MashSlots *
mash_slots_create (const char         *folder,
                   const char         *hub,
                   gboolean            training,
                   const MashSlotCost *cost,
                   MashSecret         *database_key,
                   GError            **error)
{
  static const MashSlotCost usual = { DEFAULT_PASSES, DEFAULT_MEMORY };
  g_autoptr (MashSlots) self = NULL;

  g_return_val_if_fail (folder != NULL && hub != NULL, NULL);
  g_return_val_if_fail (mash_secret_get_length (database_key) == MASH_SLOTS_DATABASE_KEY_SIZE,
                        NULL);

  if (!mash_slots_cost_is_fair (cost ? cost : &usual, training))
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED,
                           "The cost of a passphrase guess is out of bounds");
      return NULL;
    }
  self = slots_new (folder, error);
  if (!self || !check_name (hub, error))
    return NULL;
  if (faccessat (self->folder_fd, MASH_SLOTS_NAME, F_OK, 0) == 0)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_EXISTS,
                           "There are key slots already");
      return NULL;
    }

  self->file = mash_slots_file_new (hub, training, cost ? cost : &usual);
  randombytes_buf (self->file->dummy_salt, sizeof self->file->dummy_salt);
  self->database_key = mash_secret_ref (database_key);

  return g_steal_pointer (&self);
}

MashSlotsFile *
mash_slots_read_file (int      folder_fd,
                      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) bytes = mash_file_read (folder_fd, MASH_SLOTS_NAME, MASH_SLOTS_MAX_SIZE,
                                             &local_error);
  gsize length;
  const guint8 *data;

  if (bytes)
    {
      data = g_bytes_get_data (bytes, &length);
      return mash_slots_file_parse (data, length, error);
    }

  if (g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_MISSING))
    local_error->code = MASH_STORE_ERROR_NO_SLOT_FILE;
  else if (g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED))
    local_error->code = MASH_STORE_ERROR_SLOTS_DAMAGED;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

/**
 * mash_slots_load:
 * @folder: the folder of a desk
 * @error: %MASH_STORE_ERROR_NO_SLOT_FILE, %MASH_STORE_ERROR_SLOTS_DAMAGED, and as for
 *   mash_file_check()
 *
 * Reads the slots of a desk. They are closed: only mash_slots_open() shows whether they are
 * genuine.
 *
 * Returns: (transfer full): the slots, or %NULL
 */
MashSlots *
mash_slots_load (const char *folder,
                 GError    **error)
{
  g_autoptr (MashSlots) self = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  self = slots_new (folder, error);
  if (!self)
    return NULL;
  self->file = mash_slots_read_file (self->folder_fd, error);

  return self->file ? g_steal_pointer (&self) : NULL;
}

void
mash_slots_free (MashSlots *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->file, mash_slots_file_free);
  g_clear_pointer (&self->database_key, mash_secret_unref);
  close (self->folder_fd);
  g_free (self);
}

const char *
mash_slots_get_hub (MashSlots *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->file->hub;
}

gboolean
mash_slots_get_training (MashSlots *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->file->training;
}

/**
 * mash_slots_get_counter:
 * @self: slots
 *
 * Returns: how often the file was written; mash_database_confirm_slots() compares it with what the
 *   database remembers
 */
guint64
mash_slots_get_counter (MashSlots *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->file->counter;
}

/**
 * mash_slots_list_sign_ins:
 * @self: slots
 *
 * Returns: (transfer full): the sign-in names in order of their making, ending with %NULL
 */
char **
mash_slots_list_sign_ins (MashSlots *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->file->slots->len; i++)
    {
      MashSlot *slot = self->file->slots->pdata[i];

      if (find_slot (self->file, slot->sign_in) == i)
        g_ptr_array_add (names, g_strdup (slot->sign_in));
    }
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * mash_slots_get_person:
 * @self: slots
 * @sign_in: a sign-in name
 *
 * Returns: (transfer none) (nullable): the id of the person who signs in with it
 */
const char *
mash_slots_get_person (MashSlots  *self,
                       const char *sign_in)
{
  guint i;

  g_return_val_if_fail (self != NULL && sign_in != NULL, NULL);

  i = find_slot (self->file, sign_in);

  return i < self->file->slots->len ? ((MashSlot *) self->file->slots->pdata[i])->person : NULL;
}

/* Adds a slot for who is to open it with @passphrase; gives it, borrowed, or NULL. */
MashSlot *
mash_slots_append (MashSlots   *self,
                   MashSlotKind kind,
                   const char  *person,
                   const char  *sign_in,
                   MashSecret  *passphrase,
                   MashSecret  *seed,
                   gint64       now,
                   GError     **error)
{
  g_autoptr (MashSlot) slot = g_new0 (MashSlot, 1);
  MashSlot *added = slot;

  slot->kind = kind;
  slot->person = g_strdup (person);
  slot->sign_in = g_strdup (sign_in);
  slot->epoch = self->file->epoch;
  slot->cost = self->file->cost;
  slot->created = now / G_USEC_PER_SEC;
  randombytes_buf (slot->id, sizeof slot->id);
  randombytes_buf (slot->salt, sizeof slot->salt);
  randombytes_buf (slot->nonce, sizeof slot->nonce);
  mash_slot_learn_public (slot, seed);
  if (!mash_slot_seal (self->file, slot, passphrase, self->database_key, seed, error))
    return NULL;
  self->file->format = 2;
  g_ptr_array_add (self->file->slots, g_steal_pointer (&slot));

  return added;
}

/* Whether slots can be added: the keys are open, and not about to be others. */
static gboolean
check_settled (MashSlots *self,
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
 * mash_slots_add:
 * @self: slots that are open
 * @person: the person's id
 * @sign_in: the opaque word with which that person signs in
 * @passphrase: the passphrase
 * @seed: (nullable): the person's Ed25519 seed, %MASH_SLOTS_SEED_SIZE bytes; %NULL for a new one
 * @now: microseconds since 1970
 * @error: %MASH_STORE_ERROR_EXISTS, %MASH_STORE_ERROR_REFUSED when @self is not open,
 *   %MASH_STORE_ERROR_NO_MEMORY_FOR_KEY
 *
 * Adds a slot; mash_slots_save() writes it.
 *
 * Returns: whether it was added
 */
gboolean
mash_slots_add (MashSlots  *self,
                const char *person,
                const char *sign_in,
                MashSecret *passphrase,
                MashSecret *seed,
                gint64      now,
                GError    **error)
{
  g_autoptr (MashSecret) fresh = NULL;

  g_return_val_if_fail (self != NULL && passphrase != NULL, FALSE);
  g_return_val_if_fail (seed == NULL || mash_secret_get_length (seed) == MASH_SLOTS_SEED_SIZE,
                        FALSE);

  if (!check_settled (self, error) || !check_name (person, error) || !check_name (sign_in, error))
    return FALSE;
  if (find_slot (self->file, sign_in) < self->file->slots->len)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_EXISTS,
                           "There is a slot for this sign-in name");
      return FALSE;
    }
  if (self->file->slots->len >= MASH_SLOTS_MAX_SLOTS)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL,
                           "There is no room for another key slot");
      return FALSE;
    }
  if (!seed)
    seed = fresh = mash_secret_new_random (MASH_SLOTS_SEED_SIZE);

  return mash_slots_append (self, MASH_SLOT_PASSPHRASE, person, sign_in, passphrase, seed, now,
                            error) != NULL;
}

/**
 * mash_slots_remove:
 * @self: slots that are open
 * @sign_in: whose slot
 * @error: %MASH_STORE_ERROR_NOT_FOUND, %MASH_STORE_ERROR_REFUSED
 *
 * Takes a person's slot away; mash_slots_save() writes it.
 *
 * Returns: whether it was taken away
 */
gboolean
mash_slots_remove (MashSlots  *self,
                   const char *sign_in,
                   GError    **error)
{
  g_return_val_if_fail (self != NULL && sign_in != NULL, FALSE);

  if (!mash_slots_check_opened (self, error))
    return FALSE;
  if (find_slot (self->file, sign_in) == self->file->slots->len)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                           "There is no slot for this sign-in name");
      return FALSE;
    }

  for (guint i = self->file->slots->len; i-- > 0;)
    if (strcmp (((MashSlot *) self->file->slots->pdata[i])->sign_in, sign_in) == 0)
      g_ptr_array_remove_index (self->file->slots, i);

  return TRUE;
}

/**
 * mash_slots_save:
 * @self: slots that are open
 * @error: %MASH_STORE_ERROR_REFUSED, and as for mash_file_replace()
 *
 * Writes the slots as a whole, with the next counter. mash_database_confirm_slots() is called
 * after it, or the file before could be put back.
 *
 * Returns: whether they are durable
 */
gboolean
mash_slots_save (MashSlots *self,
                 GError   **error)
{
  g_autoptr (GByteArray) bytes = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!mash_slots_check_opened (self, error))
    return FALSE;

  self->file->counter++;
  bytes = mash_slots_file_write (self->file);
  mash_slots_file_make_mac (bytes, self->database_key, self->file->mac);
  g_byte_array_append (bytes, self->file->mac, sizeof self->file->mac);
  if (mash_file_replace (self->folder_fd, MASH_SLOTS_NAME, bytes->data, bytes->len, error))
    return TRUE;
  self->file->counter--;

  return FALSE;
}

void
mash_slot_key_free (MashSlotKey *key)
{
  if (!key)
    return;

  g_free (key->person);
  g_free (key->sign_in);
  g_clear_pointer (&key->database_key, mash_secret_unref);
  g_clear_pointer (&key->older_key, mash_secret_unref);
  g_clear_pointer (&key->seed, mash_secret_unref);
  g_free (key);
}
