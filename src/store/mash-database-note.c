/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database-private.h"

#include <string.h>

#include <sodium.h>

#include "mash-file.h"

#define NOTE_NAME "desk.note"
#define NOTE_MAGIC "MASHNOT1"
#define BOOT_ID "/proc/sys/kernel/random/boot_id"
#define BOOT_DIGITS 14

/* The note on disk: magic, which start of the machine it was and state (one number: the state is
 * its last byte), generation, size (all big-endian), a check of the key, and an HMAC over all
 * before it. */
typedef struct
{
  char   magic[8];
  guint8 state[8];
  guint8 generation[8];
  guint8 size[8];
  guint8 key_check[crypto_auth_hmacsha256_BYTES];
  guint8 mac[crypto_auth_hmacsha256_BYTES];
} NoteFile;

static void
put_number (guint8  out[8],
            guint64 number)
{
  for (int i = 7; i >= 0; i--, number >>= 8)
    out[i] = number & 0xff;
}

static guint64
get_number (const guint8 in[8])
{
  guint64 number = 0;

  for (int i = 0; i < 8; i++)
    number = number << 8 | in[i];

  return number;
}

/* A number for this start of the machine; 0 where the system does not say which it is. */
static guint64
get_boot (void)
{
  g_autofree char *id = NULL;
  g_autofree char *sum = NULL;
  gsize length;

  if (!g_file_get_contents (BOOT_ID, &id, &length, NULL))
    return 0;
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guint8 *) id, length);
  sum[BOOT_DIGITS] = '\0';

  return g_ascii_strtoull (sum, NULL, 16);
}

/**
 * mash_database_derive: (skip)
 * @key: the key of a database
 * @purpose: what it is for, a text that nothing else uses
 * @out: (out caller-allocates): what comes of both
 *
 * Whoever has @out learns nothing of @key, nor of what comes of another purpose.
 */
void
mash_database_derive (MashSecret *key,
                      const char *purpose,
                      guint8      out[MASH_DATABASE_DERIVED_LENGTH])
{
  crypto_auth_hmacsha256 (out, (const guint8 *) purpose, strlen (purpose),
                          mash_secret_get_data (key, NULL));
}

static void
seal_note (NoteFile   *file,
           MashSecret *key)
{
  guint8 mac_key[crypto_auth_hmacsha256_KEYBYTES];

  mash_database_derive (key, "mash desk note 1", mac_key);
  crypto_auth_hmacsha256 (file->mac, (const guint8 *) file, G_STRUCT_OFFSET (NoteFile, mac),
                          mac_key);
  sodium_memzero (mac_key, sizeof mac_key);
}

/**
 * mash_note_read: (skip)
 * @folder_fd: the database's folder
 * @key: the key that was given for the database
 * @note: (out caller-allocates): what the note says, when it was read
 *
 * A note that was altered counts as absent: the database is then checked in full instead.
 *
 * Returns: what was found
 */
MashNoteFinding
mash_note_read (int         folder_fd,
                MashSecret *key,
                MashDatabaseNote   *note)
{
  g_autoptr (GBytes) bytes = mash_file_read (folder_fd, NOTE_NAME, sizeof (NoteFile), NULL);
  NoteFile file;
  NoteFile expected;

  if (!bytes || g_bytes_get_size (bytes) != sizeof file)
    return MASH_NOTE_ABSENT;

  memcpy (&file, g_bytes_get_data (bytes, NULL), sizeof file);
  if (memcmp (file.magic, NOTE_MAGIC, sizeof file.magic) != 0)
    return MASH_NOTE_ABSENT;
  expected = file;
  mash_database_derive (key, "mash desk key 1", expected.key_check);
  if (sodium_memcmp (file.key_check, expected.key_check, sizeof file.key_check) != 0)
    return MASH_NOTE_OTHER_KEY;
  seal_note (&expected, key);
  if (sodium_memcmp (file.mac, expected.mac, sizeof file.mac) != 0 ||
      (get_number (file.state) & 0xff) > MASH_NOTE_CLOSING)
    return MASH_NOTE_ABSENT;

  note->state = get_number (file.state) & 0xff;
  note->same_boot = get_number (file.state) >> 8 != 0 &&
                    get_number (file.state) >> 8 == get_boot ();
  note->generation = get_number (file.generation);
  note->size = get_number (file.size);

  return MASH_NOTE_READ;
}

/**
 * mash_note_write: (skip)
 * @folder_fd: the database's folder
 * @key: the key of the database
 * @note: what to say
 * @error: as for mash_file_replace()
 *
 * Returns: whether the note is durable
 */
gboolean
mash_note_write (int             folder_fd,
                 MashSecret     *key,
                 const MashDatabaseNote *note,
                 GError        **error)
{
  NoteFile file;

  memcpy (file.magic, NOTE_MAGIC, sizeof file.magic);
  put_number (file.state, get_boot () << 8 | note->state);
  put_number (file.generation, note->generation);
  put_number (file.size, note->size);
  mash_database_derive (key, "mash desk key 1", file.key_check);
  seal_note (&file, key);

  return mash_file_replace (folder_fd, NOTE_NAME, (const guint8 *) &file, sizeof file, error);
}
