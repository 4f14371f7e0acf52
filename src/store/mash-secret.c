/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-secret.h"

#include <string.h>

#include <sodium.h>

#include "mash-store-error.h"

struct _MashSecret
{
  guint8 *data;
  gsize   length;
  gint    ref_count;
};

G_DEFINE_BOXED_TYPE (MashSecret, mash_secret, mash_secret_ref, mash_secret_unref)

static MashSecret *
secret_new (gsize length)
{
  MashSecret *self;

  if (sodium_init () < 0)
    g_error ("The random generator of this machine cannot be started");

  self = g_new0 (MashSecret, 1);
  self->data = sodium_malloc (MAX (length, 1));
  if (!self->data)
    g_error ("No locked memory for a key");
  self->length = length;
  self->ref_count = 1;

  return self;
}

/**
 * mash_secret_new_from_text:
 * @passphrase: what was typed
 * @length: its bytes; -1 when it ends in a zero byte
 * @error: %MASH_STORE_ERROR_PASSPHRASE_FORM when it is empty, longer than %MASH_SECRET_MAX_TEXT
 *   bytes (before or after normalising), not UTF-8, or has a zero byte in it
 *
 * Takes a passphrase as text: the same letters typed as one character or as a letter and a
 * combining mark are the same passphrase (NFC), or two keyboards would not open one slot.
 *
 * Returns: (transfer full): the secret, or %NULL
 */
MashSecret *
mash_secret_new_from_text (const char *passphrase,
                           gssize      length,
                           GError    **error)
{
  char *normal;
  gsize n_normal;
  MashSecret *self;

  g_return_val_if_fail (passphrase != NULL, NULL);

  if (length < 0)
    length = strlen (passphrase);
  if (length == 0 || length > MASH_SECRET_MAX_TEXT)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_PASSPHRASE_FORM,
                   "A passphrase has 1 to %d bytes", MASH_SECRET_MAX_TEXT);
      return NULL;
    }
  if (!g_utf8_validate_len (passphrase, length, NULL))
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_PASSPHRASE_FORM,
                           "The passphrase is not text");
      return NULL;
    }

  normal = g_utf8_normalize (passphrase, length, G_NORMALIZE_NFC);
  n_normal = strlen (normal);
  if (n_normal > MASH_SECRET_MAX_TEXT)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_PASSPHRASE_FORM,
                   "A passphrase has 1 to %d bytes", MASH_SECRET_MAX_TEXT);
      self = NULL;
    }
  else
    {
      self = mash_secret_new_from_bytes ((const guint8 *) normal, n_normal);
    }
  sodium_memzero (normal, n_normal);
  g_free (normal);

  return self;
}

/**
 * mash_secret_new_from_bytes:
 * @data: bytes, which the caller wipes
 * @length: how many
 *
 * Returns: (transfer full): a secret with a copy of @data
 */
MashSecret *
mash_secret_new_from_bytes (const guint8 *data,
                            gsize         length)
{
  MashSecret *self;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  self = secret_new (length);
  if (length > 0)
    memcpy (self->data, data, length);
  sodium_mprotect_readonly (self->data);

  return self;
}

/**
 * mash_secret_new_random:
 * @length: how many bytes
 *
 * Returns: (transfer full): a secret of @length bytes from the system's random generator
 */
MashSecret *
mash_secret_new_random (gsize length)
{
  MashSecret *self = secret_new (length);

  randombytes_buf (self->data, length);
  sodium_mprotect_readonly (self->data);

  return self;
}

/**
 * mash_secret_new_part:
 * @self: a secret
 * @offset: the first byte wanted
 * @length: how many
 *
 * Returns: (transfer full): a secret with those bytes of @self
 */
MashSecret *
mash_secret_new_part (MashSecret *self,
                      gsize       offset,
                      gsize       length)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (offset <= self->length && length <= self->length - offset, NULL);

  return mash_secret_new_from_bytes (self->data + offset, length);
}

MashSecret *
mash_secret_ref (MashSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);

  return self;
}

void
mash_secret_unref (MashSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  /* sodium_free wipes, whatever protection the pages have. */
  sodium_free (self->data);
  g_free (self);
}

/**
 * mash_secret_get_data:
 * @self: a secret
 * @length: (out) (optional): how many bytes there are
 *
 * Returns: (transfer none): the bytes, which live as long as @self and cannot be written
 */
const guint8 *
mash_secret_get_data (MashSecret *self,
                      gsize      *length)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (length)
    *length = self->length;

  return self->data;
}

gsize
mash_secret_get_length (MashSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

/**
 * mash_secret_equal:
 * @self: a secret
 * @other: another
 *
 * Returns: whether both have the same bytes; the time taken does not depend on where they differ
 */
gboolean
mash_secret_equal (MashSecret *self,
                   MashSecret *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self->length == other->length &&
         sodium_memcmp (self->data, other->data, self->length) == 0;
}

/**
 * mash_secret_wipe:
 * @data: memory that held a secret
 * @length: its bytes
 *
 * Overwrites memory in a way that the compiler does not leave out.
 */
void
mash_secret_wipe (gpointer data,
                  gsize    length)
{
  sodium_memzero (data, length);
}
