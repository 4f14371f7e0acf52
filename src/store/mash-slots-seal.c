/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-slots-seal.h"

#include <string.h>

#include <sodium.h>

#include "mash-store-error.h"

static int
derive_with_argon2 (guint8              out[32],
                    MashSecret         *passphrase,
                    const guint8        salt[MASH_SLOTS_SALT_SIZE],
                    const MashSlotCost *cost)
{
  gsize length;
  const guint8 *text = mash_secret_get_data (passphrase, &length);

  return crypto_pwhash (out, 32, (const char *) text, length, salt, cost->passes,
                        (gsize) cost->memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
}

static MashSlotsKdf slots_kdf = derive_with_argon2;

/**
 * mash_slots_set_kdf: (skip)
 * @kdf: (nullable): stands in for Argon2id; %NULL for Argon2id again
 *
 * For tests, which count derivations and refuse memory.
 */
void
mash_slots_set_kdf (MashSlotsKdf kdf)
{
  slots_kdf = kdf ? kdf : derive_with_argon2;
}

static gboolean
derive (MashSecret         *passphrase,
        const guint8        salt[MASH_SLOTS_SALT_SIZE],
        const MashSlotCost *cost,
        guint8              out[32],
        GError            **error)
{
  if (slots_kdf (out, passphrase, salt, cost) == 0)
    return TRUE;

  g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_MEMORY_FOR_KEY,
               "This machine cannot give %u MiB of memory to derive the key",
               cost->memory_kib / 1024);

  return FALSE;
}

/* The pair of keys for boxes follows from the seed, under a purpose of its own: the same key
 * never both signs and opens. */
static void
derive_pair (MashSecret *seed,
             guint8      public_key[crypto_box_PUBLICKEYBYTES],
             guint8      secret_key[crypto_box_SECRETKEYBYTES])
{
  static const char purpose[] = "mash slot box 1";
  guint8 box_seed[crypto_auth_hmacsha256_BYTES];

  crypto_auth_hmacsha256 (box_seed, (const guint8 *) purpose, strlen (purpose),
                          mash_secret_get_data (seed, NULL));
  crypto_box_seed_keypair (public_key, secret_key, box_seed);
  sodium_memzero (box_seed, sizeof box_seed);
}

/**
 * mash_slot_learn_public: (skip)
 * @slot: a slot
 * @seed: the seed that it holds
 *
 * Puts into the slot the key to which later database keys are sealed.
 *
 * Returns: whether it was not there before
 */
gboolean
mash_slot_learn_public (MashSlot   *slot,
                        MashSecret *seed)
{
  guint8 secret_key[crypto_box_SECRETKEYBYTES];

  if (!sodium_is_zero (slot->public_key, sizeof slot->public_key))
    return FALSE;

  derive_pair (seed, slot->public_key, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);

  return TRUE;
}

/**
 * mash_slot_takes_box: (skip)
 * @slot: a slot
 *
 * Returns: whether mash_slot_box() has room, and a key to seal it to
 */
gboolean
mash_slot_takes_box (const MashSlot *slot)
{
  return slot->n_boxes < MASH_SLOT_MAX_BOXES &&
         !sodium_is_zero (slot->public_key, sizeof slot->public_key);
}

/**
 * mash_slot_box: (skip)
 * @slot: a slot, which need not be open
 * @epoch: the number of @database_key
 * @database_key: a later database key
 *
 * Gives a database key to the slot without the passphrase that opens it.
 *
 * Returns: whether there was room, and a key to seal it to
 */
gboolean
mash_slot_box (MashSlot   *slot,
               guint32     epoch,
               MashSecret *database_key)
{
  MashSlotBox *box;

  if (!mash_slot_takes_box (slot))
    return FALSE;

  box = &slot->boxes[slot->n_boxes++];
  box->epoch = epoch;

  return crypto_box_seal (box->sealed, mash_secret_get_data (database_key, NULL),
                          MASH_SLOTS_DATABASE_KEY_SIZE, slot->public_key) == 0;
}

static MashSecret *
open_box (const MashSlotBox *box,
          MashSecret        *seed)
{
  guint8 public_key[crypto_box_PUBLICKEYBYTES];
  guint8 secret_key[crypto_box_SECRETKEYBYTES];
  guint8 key[MASH_SLOTS_DATABASE_KEY_SIZE];
  MashSecret *opened = NULL;

  derive_pair (seed, public_key, secret_key);
  if (crypto_box_seal_open (key, box->sealed, sizeof box->sealed, public_key, secret_key) == 0)
    opened = mash_secret_new_from_bytes (key, sizeof key);
  sodium_memzero (secret_key, sizeof secret_key);
  sodium_memzero (key, sizeof key);

  return opened;
}

/* The database key of an epoch: the one that was sealed with the seed, or one from a box. */
static MashSecret *
find_key (const MashSlot    *slot,
          const MashSlotKey *opened,
          guint32            epoch)
{
  if (slot->epoch == epoch)
    return mash_secret_ref (opened->database_key);
  for (guint i = 0; i < slot->n_boxes; i++)
    if (slot->boxes[i].epoch == epoch)
      return open_box (&slot->boxes[i], opened->seed);

  return NULL;
}

/* What a slot was sealed with may have been replaced by later keys. A slot without the newest
 * gives nothing. */
static MashSlotKey *
bring_up_to_date (const MashSlotsFile *file,
                  const MashSlot      *slot,
                  MashSlotKey         *opened)
{
  MashSecret *newest = find_key (slot, opened, file->epoch);

  opened->older_key = file->older != 0 ? find_key (slot, opened, file->older) : NULL;
  mash_secret_unref (opened->database_key);
  opened->database_key = newest;
  if (newest && (file->older == 0 || opened->older_key))
    return opened;

  mash_slot_key_free (opened);

  return NULL;
}

static MashSlotKey *
unseal (const MashSlotsFile *file,
        const MashSlot      *slot,
        const guint8         key[32])
{
  g_autoptr (GByteArray) bound = mash_slots_file_bind_slot (file, slot);
  guint8 *payload = sodium_malloc (MASH_SLOT_PAYLOAD_SIZE);
  MashSlotKey *opened = NULL;

  if (payload &&
      crypto_aead_xchacha20poly1305_ietf_decrypt (payload, NULL, NULL,
                                                  slot->sealed, sizeof slot->sealed,
                                                  bound->data, bound->len,
                                                  slot->nonce, key) == 0)
    {
      opened = g_new0 (MashSlotKey, 1);
      opened->person = g_strdup (slot->person);
      opened->sign_in = g_strdup (slot->sign_in);
      opened->database_key = mash_secret_new_from_bytes (payload, MASH_SLOTS_DATABASE_KEY_SIZE);
      opened->seed = mash_secret_new_from_bytes (payload + MASH_SLOTS_DATABASE_KEY_SIZE,
                                                 MASH_SLOTS_SEED_SIZE);
    }
  sodium_free (payload);

  return opened ? bring_up_to_date (file, slot, opened) : NULL;
}

/**
 * mash_slot_unseal: (skip)
 * @file: the file in which the slot is
 * @slot: a slot
 * @passphrase: what may open it
 * @error: %MASH_STORE_ERROR_NO_MEMORY_FOR_KEY
 *
 * Returns: (transfer full): what is in the slot; %NULL without an error when @passphrase does not
 *   open it, or when a field of it was altered
 */
MashSlotKey *
mash_slot_unseal (const MashSlotsFile *file,
                  const MashSlot      *slot,
                  MashSecret          *passphrase,
                  GError             **error)
{
  guint8 key[32];
  MashSlotKey *opened = NULL;

  if (derive (passphrase, slot->salt, &slot->cost, key, error))
    opened = unseal (file, slot, key);
  sodium_memzero (key, sizeof key);

  return opened;
}

/**
 * mash_slot_seal: (skip)
 * @file: the file in which the slot shall be
 * @slot: a slot with every field but the sealed one
 * @passphrase: what shall open it
 * @database_key: the database key and its salt
 * @seed: the person's signing seed
 * @error: %MASH_STORE_ERROR_NO_MEMORY_FOR_KEY
 *
 * Returns: whether the keys are sealed in @slot
 */
gboolean
mash_slot_seal (const MashSlotsFile *file,
                MashSlot            *slot,
                MashSecret          *passphrase,
                MashSecret          *database_key,
                MashSecret          *seed,
                GError             **error)
{
  g_autoptr (GByteArray) bound = NULL;
  guint8 *payload;
  guint8 key[32];

  if (!derive (passphrase, slot->salt, &slot->cost, key, error))
    return FALSE;

  payload = sodium_malloc (MASH_SLOT_PAYLOAD_SIZE);
  if (!payload)
    g_error ("No locked memory for a key");
  memcpy (payload, mash_secret_get_data (database_key, NULL), MASH_SLOTS_DATABASE_KEY_SIZE);
  memcpy (payload + MASH_SLOTS_DATABASE_KEY_SIZE, mash_secret_get_data (seed, NULL),
          MASH_SLOTS_SEED_SIZE);
  bound = mash_slots_file_bind_slot (file, slot);
  crypto_aead_xchacha20poly1305_ietf_encrypt (slot->sealed, NULL, payload, MASH_SLOT_PAYLOAD_SIZE,
                                              bound->data, bound->len, NULL, slot->nonce, key);
  sodium_free (payload);
  sodium_memzero (key, sizeof key);

  return TRUE;
}

/**
 * mash_slots_file_make_mac: (skip)
 * @bytes: all of the file but its MAC
 * @database_key: the key that every slot of the file holds
 * @mac: (out caller-allocates): the MAC
 *
 * Vouches for the file as a whole: which slots there are, and how often it was written.
 */
void
mash_slots_file_make_mac (const GByteArray *bytes,
                          MashSecret       *database_key,
                          guint8            mac[MASH_SLOTS_MAC_SIZE])
{
  static const char purpose[] = "mash slots 1";
  guint8 key[crypto_auth_hmacsha256_KEYBYTES];

  crypto_auth_hmacsha256 (key, (const guint8 *) purpose, strlen (purpose),
                          mash_secret_get_data (database_key, NULL));
  crypto_auth_hmacsha256 (mac, bytes->data, bytes->len, key);
  sodium_memzero (key, sizeof key);
}
