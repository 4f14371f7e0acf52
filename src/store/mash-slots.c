/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-slots.h"

#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "mash-file.h"
#include "mash-slots-file.h"
#include "mash-slots-seal.h"
#include "mash-slots-tries.h"
#include "mash-store-error.h"

#define EPOCH 1
#define DEFAULT_PASSES 3
#define DEFAULT_MEMORY (256 * 1024)

struct _MashSlots
{
  MashSlotsFile *file;
  MashSecret    *database_key;
  int            folder_fd;
};

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

static guint
find_slot (MashSlotsFile *file,
           const char    *sign_in,
           guint          from)
{
  guint i;

  for (i = from; i < file->slots->len; i++)
    if (strcmp (((MashSlot *) file->slots->pdata[i])->sign_in, sign_in) == 0)
      break;

  return i;
}

/* Closed slots open no slots: what needs the database key asks for it first. */
static gboolean
check_opened (MashSlots *self,
              GError   **error)
{
  if (self->database_key)
    return TRUE;

  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED,
                       "The key slots are changed in an unlocked session only");

  return FALSE;
}

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

static MashSlotsFile *
load_file (int      folder_fd,
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
  self->file = load_file (self->folder_fd, error);

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

      if (find_slot (self->file, slot->sign_in, 0) == i)
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

  i = find_slot (self->file, sign_in, 0);

  return i < self->file->slots->len ? ((MashSlot *) self->file->slots->pdata[i])->person : NULL;
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
         const char    *sign_in,
         MashSecret    *passphrase,
         guint         *found,
         GError       **error)
{
  guint i = find_slot (file, sign_in, 0);

  if (i == file->slots->len)
    {
      try_nobody (file, passphrase, error);
      return NULL;
    }

  /* There are two while a change of passphrase was cut off, and either opens. */
  for (; i < file->slots->len; i = find_slot (file, sign_in, i + 1))
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

static gboolean
drop_others (MashSlots  *self,
             const char *sign_in,
             guint       keep,
             GError    **error)
{
  gboolean dropped = FALSE;

  for (guint i = self->file->slots->len; i-- > 0;)
    if (i != keep && strcmp (((MashSlot *) self->file->slots->pdata[i])->sign_in, sign_in) == 0)
      {
        g_ptr_array_remove_index (self->file->slots, i);
        dropped = TRUE;
      }

  return !dropped || mash_slots_save (self, error);
}

static MashSlotKey *
open_slot (MashSlots  *self,
           const char *sign_in,
           MashSecret *passphrase,
           gint64      now,
           guint      *found,
           GError    **error)
{
  g_autoptr (MashSlotKey) opened = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *hub = self->file->hub;

  if (!mash_tries_check (self->folder_fd, hub, sign_in, now, error) ||
      !mash_tries_add (self->folder_fd, hub, sign_in, now, error))
    return NULL;

  opened = try_all (self->file, sign_in, passphrase, found, &local_error);
  if (opened && !check_mac (self->file, opened->database_key, &local_error))
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
  guint found = 0;

  g_return_val_if_fail (self != NULL && sign_in != NULL && passphrase != NULL, NULL);

  opened = open_slot (self, sign_in, passphrase, now, &found, error);
  if (!opened)
    return NULL;

  g_clear_pointer (&self->database_key, mash_secret_unref);
  self->database_key = mash_secret_ref (opened->database_key);
  if (!drop_others (self, sign_in, found, error))
    return NULL;

  return g_steal_pointer (&opened);
}

static MashSlot *
append_slot (MashSlots  *self,
             const char *person,
             const char *sign_in,
             MashSecret *passphrase,
             MashSecret *seed,
             gint64      now,
             GError    **error)
{
  g_autoptr (MashSlot) slot = g_new0 (MashSlot, 1);

  slot->person = g_strdup (person);
  slot->sign_in = g_strdup (sign_in);
  slot->epoch = EPOCH;
  slot->cost = self->file->cost;
  slot->created = now / G_USEC_PER_SEC;
  randombytes_buf (slot->id, sizeof slot->id);
  randombytes_buf (slot->salt, sizeof slot->salt);
  randombytes_buf (slot->nonce, sizeof slot->nonce);
  if (!mash_slot_seal (self->file, slot, passphrase, self->database_key, seed, error))
    return NULL;
  g_ptr_array_add (self->file->slots, slot);

  return g_steal_pointer (&slot);
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

  if (!check_opened (self, error) || !check_name (person, error) || !check_name (sign_in, error))
    return FALSE;
  if (find_slot (self->file, sign_in, 0) < self->file->slots->len)
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

  return append_slot (self, person, sign_in, passphrase, seed, now, error) != NULL;
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
  guint i;

  g_return_val_if_fail (self != NULL && sign_in != NULL, FALSE);

  if (!check_opened (self, error))
    return FALSE;
  i = find_slot (self->file, sign_in, 0);
  if (i == self->file->slots->len)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                           "There is no slot for this sign-in name");
      return FALSE;
    }

  for (; i < self->file->slots->len; i = find_slot (self->file, sign_in, i))
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

  if (!check_opened (self, error))
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

/* What was written is read and opened before the old slot goes: a slot that does not open would
 * lock its owner out for good. */
static gboolean
verify_slot (MashSlots   *self,
             const guint8 id[16],
             MashSecret  *passphrase,
             MashSlotKey *expected,
             GError     **error)
{
  g_autoptr (MashSlotsFile) file = load_file (self->folder_fd, error);
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
  slot = append_slot (self, opened->person, sign_in, new_passphrase, opened->seed, now, error);
  if (!slot)
    return FALSE;
  if (!mash_slots_save (self, error) ||
      !verify_slot (self, slot->id, new_passphrase, opened, error))
    {
      g_ptr_array_remove (self->file->slots, slot);
      return FALSE;
    }

  return drop_others (self, sign_in, self->file->slots->len - 1, error);
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

  return check_opened (self, error) &&
         mash_tries_take (self->folder_fd, self->file->hub, sign_in, TRUE, error);
}

void
mash_slot_key_free (MashSlotKey *key)
{
  if (!key)
    return;

  g_free (key->person);
  g_free (key->sign_in);
  g_clear_pointer (&key->database_key, mash_secret_unref);
  g_clear_pointer (&key->seed, mash_secret_unref);
  g_free (key);
}
