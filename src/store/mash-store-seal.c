/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <sodium.h>
#include <string.h>

#include "mash-kinds.h"
#include "mash-time.h"
#include "mash-uuid.h"

G_STATIC_ASSERT (MASH_CHANGE_SIGNATURE_SIZE == crypto_sign_BYTES);
G_STATIC_ASSERT (MASH_STORE_PUBLIC_KEY_SIZE == crypto_sign_PUBLICKEYBYTES);

/* What is signed: the purpose, so that a signature of one sort cannot pass for another, and the
 * statement. */
static GBytes *
make_message (const char *purpose,
              GBytes     *statement)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (statement, &length);
  GByteArray *message = g_byte_array_sized_new ((guint) (strlen (purpose) + length));

  g_byte_array_append (message, (const guint8 *) purpose, (guint) strlen (purpose));
  g_byte_array_append (message, data, (guint) length);

  return g_byte_array_free_to_bytes (message);
}

/* Ten bytes for an id: random ones, or in a training hub those that the seed gives next. */
static void
fill_random (MashStore *self,
             guint8     out[10])
{
  guint8 key[randombytes_SEEDBYTES] = { 0 };
  guint64 numbers[2];

  if (!self->seeded)
    {
      randombytes_buf (out, 10);
      return;
    }

  numbers[0] = GUINT64_TO_BE (self->seed);
  numbers[1] = GUINT64_TO_BE (self->n_seeded);
  self->n_seeded++;
  memcpy (key, numbers, sizeof numbers);
  randombytes_buf_deterministic (out, 10, key);
}

static char *
to_hex (const guint8 *data,
        gsize         length)
{
  char *text = g_malloc (2 * length + 1);

  sodium_bin2hex (text, 2 * length + 1, data, length);

  return text;
}

MashSealed *
mash_sealed_new (MashChange *change)
{
  MashSealed *self = g_atomic_rc_box_new0 (MashSealed);

  self->change = change;

  return self;
}

MashSealed *
mash_sealed_ref (MashSealed *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
sealed_clear (gpointer data)
{
  MashSealed *self = data;

  mash_change_free (self->change);
}

void
mash_sealed_unref (MashSealed *self)
{
  g_atomic_rc_box_release_full (self, sealed_clear);
}

/* The public key by which somebody's signatures are checked, as the tables have it; the hub's root
 * has one before it has a staff record. */
char *
mash_store_dup_public_key (MashTables  *tables,
                           const char  *root_person,
                           const char  *root_key,
                           const char  *person,
                           GError     **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  row = mash_database_prepare (mash_tables_get_database (tables),
                               "SELECT public_key FROM staff WHERE id = ?1", error);
  if (row == NULL)
    return NULL;

  mash_statement_bind_text (row, 1, person);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW && !mash_statement_is_null (row, 0))
    return mash_statement_dup_text (row, 0);
  if (step != MASH_STEP_ERROR && g_strcmp0 (person, root_person) == 0)
    return g_strdup (root_key);
  if (step != MASH_STEP_ERROR)
    g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                 "The member of staff %s has no signing key", person);

  return NULL;
}

static void
sign (MashChange  *change,
      const char  *purpose,
      MashSecret  *key,
      guint8       digest[MASH_CHANGE_DIGEST_SIZE])
{
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  g_autoptr (GBytes) message = make_message (purpose, statement);

  crypto_sign_detached (change->signature, NULL, g_bytes_get_data (message, NULL),
                        g_bytes_get_size (message), mash_secret_get_data (key, NULL));
  mash_change_digest (statement, change->signature, digest);
}

/* Signs with a key that is at hand. Any thread. */
void
mash_sealed_sign (MashSealed *self,
                  const char *purpose,
                  MashSecret *key)
{
  sign (self->change, purpose, key, self->digest);
  self->is_signed = TRUE;
}

/* Signs as the person that the change names, and gives the digest. */
gboolean
mash_store_sign (MashStore   *self,
                 MashChange  *change,
                 const char  *purpose,
                 guint8       digest[MASH_CHANGE_DIGEST_SIZE],
                 GError     **error)
{
  MashSecret *key = g_hash_table_lookup (self->keys, change->person);

  if (key == NULL)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
                   "The signing key of %s is not open", change->person);
      return FALSE;
    }

  sign (change, purpose, key, digest);

  return TRUE;
}

/* Checks a signature, and gives the digest whether it holds or not. */
gboolean
mash_store_check_signature (const MashChange *change,
                            const char       *purpose,
                            const char       *public_key,
                            guint8            digest[MASH_CHANGE_DIGEST_SIZE])
{
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  g_autoptr (GBytes) message = make_message (purpose, statement);
  guint8 key[MASH_STORE_PUBLIC_KEY_SIZE];
  gsize length = 0;

  mash_change_digest (statement, change->signature, digest);

  return public_key != NULL &&
         sodium_hex2bin (key, sizeof key, public_key, strlen (public_key), NULL, &length,
                         NULL) == 0 &&
         length == sizeof key &&
         crypto_sign_verify_detached (change->signature, g_bytes_get_data (message, NULL),
                                      g_bytes_get_size (message), key) == 0;
}

/* Makes the signed changes of a group that has been judged; those of a bulk are signed beside
 * the work. */
GPtrArray *
mash_store_seal_group (MashStore  *self,
                       MashGroup  *group,
                       GError    **error)
{
  g_autoptr (GPtrArray) sealed = NULL;
  g_autofree char *group_id = mash_store_make_id (self);
  g_autofree char *said_at = mash_time_format (self->actor.now);
  MashSaying saying = {
    .hub = self->info->hub,
    .group = group_id,
    .desk = self->info->desk,
    .person = self->person,
    .post = self->post,
    .compartment = MASH_STORE_COMPARTMENT,
    .said_at = said_at,
  };

  sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_sealed_unref);
  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      g_autofree char *id = mash_store_make_id (self);
      guint8 salt[MASH_CHANGE_SALT_SIZE];
      MashChange *change;
      MashSealed *entry;

      randombytes_buf (salt, sizeof salt);
      change = mash_change_new_for_edit (group, i, &saying, id, salt, error);
      if (change == NULL)
        return NULL;
      entry = mash_sealed_new (change);
      g_ptr_array_add (sealed, entry);
      if (self->bulk != NULL && g_hash_table_contains (self->keys, self->person))
        continue;
      if (!mash_store_sign (self, change, MASH_CHANGE_PURPOSE, entry->digest, error))
        return NULL;
      entry->is_signed = TRUE;
    }

  return g_steal_pointer (&sealed);
}

/**
 * mash_store_make_id:
 * @self: a store
 *
 * Returns: (transfer full): a new UUIDv7; in a seeded training hub the next of its seed
 */
char *
mash_store_make_id (MashStore *self)
{
  char id[MASH_UUID_SIZE];
  guint8 random[10];

  mash_store_assert (self);

  fill_random (self, random);
  mash_uuid7_format (mash_store_get_now (self) / MASH_TIME_MILLISECOND, random, id);

  return g_strdup (id);
}

/**
 * mash_store_make_key:
 * @self: a store
 * @staff: the id of a member of staff, whose record need not exist yet
 *
 * Makes a pair of signing keys. The secret half stays in this session until mash_store_add_slot()
 * has wrapped it; the public half goes into the staff record.
 *
 * Returns: (transfer full): the public key in hex, for the field `public-key`
 */
char *
mash_store_make_key (MashStore  *self,
                     const char *staff)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];

  mash_store_assert (self);
  g_return_val_if_fail (staff != NULL, NULL);

  crypto_sign_keypair (public_key, secret_key);
  g_hash_table_replace (self->keys, g_strdup (staff),
                        mash_secret_new_from_bytes (secret_key, sizeof secret_key));
  mash_secret_wipe (secret_key, sizeof secret_key);

  return to_hex (public_key, sizeof public_key);
}

/**
 * mash_store_set_seed:
 * @self: the store of a training hub
 * @seed: any number
 *
 * Makes ids follow from the seed, so that the same work gives the same ids. Keys, nonces and salts
 * stay random.
 */
void
mash_store_set_seed (MashStore *self,
                     guint64    seed)
{
  mash_store_assert (self);
  g_return_if_fail (self->info->training);

  self->seed = seed;
  self->n_seeded = 0;
  self->seeded = TRUE;
}
