/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-person-keys.h"

#include <string.h>

#include <sodium.h>

#include "mash-store-error.h"

#define LOGIN_PURPOSE "mash login 1"
#define KDF_PURPOSE "mash kdf 1"
#define WAY_PURPOSE "mash way 1"
#define LOGIN_DIGITS 32
#define KDF_CONTEXT "mashdoor"

#define BUNDLE_FORMAT 1
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES
#define PLAIN_SIZE (MASH_SLOTS_DATABASE_KEY_SIZE + MASH_SLOTS_SEED_SIZE)
#define BUNDLE_SIZE (1 + NONCE_SIZE + PLAIN_SIZE + TAG_SIZE)

/* What a hub, that may be false, can ask of this machine. */
#define MAX_PASSES 10
#define MAX_MEMORY_KIB (1024 * 1024)
#define MIN_MEMORY_KIB 8

static void
hash_words (const char *purpose,
            const char *hub,
            const char *word,
            guint8      out[crypto_hash_sha256_BYTES])
{
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  /* With their zero bytes, so that no two pairs of words make the same text. */
  crypto_hash_sha256_update (&state, (const guint8 *) purpose, strlen (purpose) + 1);
  crypto_hash_sha256_update (&state, (const guint8 *) hub, strlen (hub) + 1);
  crypto_hash_sha256_update (&state, (const guint8 *) word, strlen (word) + 1);
  crypto_hash_sha256_final (&state, out);
}

static char *
to_hex (const guint8 *data,
        gsize         length)
{
  char *text = g_malloc (2 * length + 1);

  sodium_bin2hex (text, 2 * length + 1, data, length);

  return text;
}

/**
 * mash_person_dup_login:
 * @hub: the hub's id
 * @sign_in: the name that somebody signs in with; capitals make no difference
 *
 * Roles of a PostgreSQL server can be listed by everybody who has one, so the name says nothing to
 * whoever does not know the hub. A desk that has never seen the person can work it out.
 *
 * Returns: (transfer full): the person's role at the hub
 */
char *
mash_person_dup_login (const char *hub,
                       const char *sign_in)
{
  g_autofree char *small = NULL;
  g_autofree char *hex = NULL;
  guint8 hash[crypto_hash_sha256_BYTES];

  g_return_val_if_fail (hub != NULL && sign_in != NULL, NULL);

  small = g_utf8_casefold (sign_in, -1);
  hash_words (LOGIN_PURPOSE, hub, small, hash);
  hex = to_hex (hash, sizeof hash);

  return g_strdup_printf ("s_%.*s", LOGIN_DIGITS, hex);
}

static MashSecret *
derive_part (const guint8 *master,
             guint64       number,
             gboolean      as_text)
{
  guint8 key[crypto_kdf_KEYBYTES];
  char text[2 * sizeof key + 1];
  MashSecret *part;

  crypto_kdf_derive_from_key (key, sizeof key, number, KDF_CONTEXT, master);
  sodium_bin2hex (text, sizeof text, key, sizeof key);
  part = as_text ? mash_secret_new_from_bytes ((const guint8 *) text, sizeof text)
                 : mash_secret_new_from_bytes (key, sizeof key);
  mash_secret_wipe (key, sizeof key);
  mash_secret_wipe (text, sizeof text);

  return part;
}

/**
 * mash_person_door_derive:
 * @hub: the hub's id
 * @login: the person's role there
 * @passphrase: their passphrase, or the code that stands in for it once
 * @cost: what guessing costs, the same at every desk of the hub
 * @error: %MASH_STORE_ERROR_NO_MEMORY_FOR_KEY, %MASH_STORE_ERROR_DAMAGED where the cost is absurd
 *
 * Takes as long as @cost says.
 *
 * Returns: (transfer full) (nullable): what the passphrase derives to
 */
MashPersonDoor *
mash_person_door_derive (const char         *hub,
                         const char         *login,
                         MashSecret         *passphrase,
                         const MashSlotCost *cost,
                         GError            **error)
{
  guint8 salt[crypto_hash_sha256_BYTES];
  guint8 master[crypto_kdf_KEYBYTES];
  MashPersonDoor *self;
  gsize length;
  const guint8 *text;

  g_return_val_if_fail (hub != NULL && login != NULL && passphrase != NULL, NULL);

  if (cost->passes < 1 || cost->passes > MAX_PASSES || cost->memory_kib < MIN_MEMORY_KIB ||
      cost->memory_kib > MAX_MEMORY_KIB)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                           "The hub’s cost of a passphrase is out of bounds");
      return NULL;
    }

  hash_words (KDF_PURPOSE, hub, login, salt);
  text = mash_secret_get_data (passphrase, &length);
  if (crypto_pwhash (master, sizeof master, (const char *) text, length, salt, cost->passes,
                     (gsize) cost->memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_MEMORY_FOR_KEY,
                   "This machine cannot give %u MiB of memory to derive the key",
                   cost->memory_kib / 1024);
      return NULL;
    }

  self = g_new0 (MashPersonDoor, 1);
  self->word = derive_part (master, 1, TRUE);
  self->wrap = derive_part (master, 2, FALSE);
  mash_secret_wipe (master, sizeof master);

  return self;
}

void
mash_person_door_free (MashPersonDoor *self)
{
  if (self == NULL)
    return;

  mash_secret_unref (self->word);
  mash_secret_unref (self->wrap);
  g_free (self);
}

/**
 * mash_person_keys_new:
 * @seed: (nullable): the seed that somebody signs with already; %NULL for a new one
 *
 * Returns: (transfer full): the keys of somebody who has none yet
 */
MashPersonKeys *
mash_person_keys_new (MashSecret *seed)
{
  MashPersonKeys *self = g_new0 (MashPersonKeys, 1);

  self->person_key = mash_secret_new_random (MASH_SLOTS_DATABASE_KEY_SIZE);
  self->seed = seed != NULL ? mash_secret_ref (seed)
                            : mash_secret_new_random (MASH_SLOTS_SEED_SIZE);

  return self;
}

static MashPersonKeys *
keys_from_plain (const guint8 *plain)
{
  MashPersonKeys *self = g_new0 (MashPersonKeys, 1);

  self->person_key = mash_secret_new_from_bytes (plain, MASH_SLOTS_DATABASE_KEY_SIZE);
  self->seed = mash_secret_new_from_bytes (plain + MASH_SLOTS_DATABASE_KEY_SIZE,
                                           MASH_SLOTS_SEED_SIZE);

  return self;
}

static void
write_plain (MashPersonKeys *self,
             guint8          plain[PLAIN_SIZE])
{
  memcpy (plain, mash_secret_get_data (self->person_key, NULL), MASH_SLOTS_DATABASE_KEY_SIZE);
  memcpy (plain + MASH_SLOTS_DATABASE_KEY_SIZE, mash_secret_get_data (self->seed, NULL),
          MASH_SLOTS_SEED_SIZE);
}

/**
 * mash_person_keys_wrap:
 * @self: somebody's keys
 * @login: their role at the hub, which the wrapping vouches for
 * @wrap: what their passphrase derives to
 *
 * Returns: (transfer full): the bundle, as the hub keeps it
 */
GBytes *
mash_person_keys_wrap (MashPersonKeys *self,
                       const char     *login,
                       MashSecret     *wrap)
{
  guint8 plain[PLAIN_SIZE];
  guint8 *out = g_malloc (BUNDLE_SIZE);

  out[0] = BUNDLE_FORMAT;
  randombytes_buf (out + 1, NONCE_SIZE);
  write_plain (self, plain);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out + 1 + NONCE_SIZE, NULL, plain, sizeof plain,
                                              (const guint8 *) login, strlen (login), NULL,
                                              out + 1, mash_secret_get_data (wrap, NULL));
  mash_secret_wipe (plain, sizeof plain);

  return g_bytes_new_take (out, BUNDLE_SIZE);
}

/**
 * mash_person_keys_open:
 * @bundle: what the hub keeps for somebody
 * @login: their role there
 * @wrap: what their passphrase derives to
 * @error: %MASH_STORE_ERROR_DAMAGED where it is not theirs, or not whole
 *
 * Returns: (transfer full) (nullable): their keys
 */
MashPersonKeys *
mash_person_keys_open (GBytes      *bundle,
                       const char  *login,
                       MashSecret  *wrap,
                       GError     **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bundle, &length);
  guint8 plain[PLAIN_SIZE];
  MashPersonKeys *self = NULL;

  if (length == BUNDLE_SIZE && data[0] == BUNDLE_FORMAT &&
      crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, data + 1 + NONCE_SIZE,
                                                  length - 1 - NONCE_SIZE, (const guint8 *) login,
                                                  strlen (login), data + 1,
                                                  mash_secret_get_data (wrap, NULL)) == 0)
    self = keys_from_plain (plain);
  else
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                         "The keys that the hub keeps do not open");
  mash_secret_wipe (plain, sizeof plain);

  return self;
}

/**
 * mash_recovery_key_new:
 * @public_key: (out) (transfer full): the half to which keys are sealed, in hex
 *
 * Returns: (transfer full): the half that opens them, which nobody holds alone
 */
MashSecret *
mash_recovery_key_new (char **public_key)
{
  guint8 open_half[crypto_box_PUBLICKEYBYTES];
  guint8 secret_half[crypto_box_SECRETKEYBYTES];
  MashSecret *secret;

  crypto_box_keypair (open_half, secret_half);
  *public_key = to_hex (open_half, sizeof open_half);
  secret = mash_secret_new_from_bytes (secret_half, sizeof secret_half);
  mash_secret_wipe (secret_half, sizeof secret_half);

  return secret;
}

/**
 * mash_person_keys_seal:
 * @self: somebody's keys
 * @recovery_key: the hub's recovery key, in hex
 *
 * Returns: (transfer full) (nullable): the keys for whoever holds the other half, %NULL where
 *   @recovery_key is none
 */
GBytes *
mash_person_keys_seal (MashPersonKeys *self,
                       const char     *recovery_key)
{
  guint8 key[crypto_box_PUBLICKEYBYTES];
  guint8 plain[PLAIN_SIZE];
  guint8 *out;
  gsize length;

  if (sodium_hex2bin (key, sizeof key, recovery_key, strlen (recovery_key), NULL, &length,
                      NULL) != 0 || length != sizeof key)
    return NULL;

  out = g_malloc (sizeof plain + crypto_box_SEALBYTES);
  write_plain (self, plain);
  crypto_box_seal (out, plain, sizeof plain, key);
  mash_secret_wipe (plain, sizeof plain);

  return g_bytes_new_take (out, sizeof plain + crypto_box_SEALBYTES);
}

/**
 * mash_person_keys_recover:
 * @escrow: what mash_person_keys_seal() gave
 * @recovery: the half of the recovery key that opens
 * @error: %MASH_STORE_ERROR_DAMAGED where it does not
 *
 * Returns: (transfer full) (nullable): the keys
 */
MashPersonKeys *
mash_person_keys_recover (GBytes      *escrow,
                          MashSecret  *recovery,
                          GError     **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (escrow, &length);
  const guint8 *secret = mash_secret_get_data (recovery, NULL);
  guint8 key[crypto_box_PUBLICKEYBYTES];
  guint8 plain[PLAIN_SIZE];
  MashPersonKeys *self = NULL;

  crypto_scalarmult_base (key, secret);
  if (length == sizeof plain + crypto_box_SEALBYTES &&
      crypto_box_seal_open (plain, data, length, key, secret) == 0)
    self = keys_from_plain (plain);
  else
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                         "The recovery key does not open these keys");
  mash_secret_wipe (plain, sizeof plain);

  return self;
}

static void
make_pair (MashPersonKeys *self,
           guint8          public_key[crypto_sign_PUBLICKEYBYTES],
           guint8          secret_key[crypto_sign_SECRETKEYBYTES])
{
  crypto_sign_seed_keypair (public_key, secret_key, mash_secret_get_data (self->seed, NULL));
}

/**
 * mash_person_keys_dup_public:
 * @self: somebody's keys
 *
 * Returns: (transfer full): what their signatures are checked by, in hex
 */
char *
mash_person_keys_dup_public (MashPersonKeys *self)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];

  make_pair (self, public_key, secret_key);
  mash_secret_wipe (secret_key, sizeof secret_key);

  return to_hex (public_key, sizeof public_key);
}

/**
 * mash_person_keys_make_way:
 * @self: keys
 * @desk: id of a machine
 *
 * Returns: (transfer full): words that only who has the keys can find, for that machine alone
 */
MashSecret *
mash_person_keys_make_way (MashPersonKeys *self,
                           const char     *desk)
{
  crypto_auth_hmacsha256_state state;
  gsize length;
  const guint8 *key = mash_secret_get_data (self->person_key, &length);
  guint8 sum[crypto_auth_hmacsha256_BYTES];
  g_autofree char *words = NULL;
  MashSecret *way;

  crypto_auth_hmacsha256_init (&state, key, length);
  crypto_auth_hmacsha256_update (&state, (const guint8 *) WAY_PURPOSE, sizeof WAY_PURPOSE);
  crypto_auth_hmacsha256_update (&state, (const guint8 *) desk, strlen (desk));
  crypto_auth_hmacsha256_final (&state, sum);
  words = to_hex (sum, sizeof sum);
  way = mash_secret_new_from_bytes ((const guint8 *) words, strlen (words));
  mash_secret_wipe (words, strlen (words));
  mash_secret_wipe (sum, sizeof sum);
  mash_secret_wipe (&state, sizeof state);

  return way;
}

/**
 * mash_person_keys_sign:
 * @self: the keys of the person whom @change names
 * @change: a change
 *
 * Signs it, in their name.
 */
void
mash_person_keys_sign (MashPersonKeys *self,
                       MashChange     *change)
{
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];

  g_byte_array_append (message, (const guint8 *) MASH_CHANGE_PURPOSE,
                       strlen (MASH_CHANGE_PURPOSE));
  g_byte_array_append (message, g_bytes_get_data (statement, NULL), g_bytes_get_size (statement));
  make_pair (self, public_key, secret_key);
  crypto_sign_detached (change->signature, NULL, message->data, message->len, secret_key);
  mash_secret_wipe (secret_key, sizeof secret_key);
}

void
mash_person_keys_free (MashPersonKeys *self)
{
  if (self == NULL)
    return;

  mash_secret_unref (self->person_key);
  mash_secret_unref (self->seed);
  g_free (self);
}
