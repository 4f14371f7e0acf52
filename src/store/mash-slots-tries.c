/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-slots-tries.h"

#include <string.h>

#include <sodium.h>

#include "mash-file.h"
#include "mash-slots.h"
#include "mash-store-error.h"

#define MAGIC "MASHTRY1"
#define MAGIC_LENGTH 8
#define ID_LENGTH 16
#define ENTRY_LENGTH (ID_LENGTH + 1 + 8)
#define MAX_ENTRIES 256
#define MAX_WAIT 300

/* A name that nobody has is counted like any other, or waiting would tell which names exist; what
 * was typed is kept as a hash only, because it may be anything. */
typedef struct
{
  guint8 id[ID_LENGTH];
  guint8 failures;
  gint64 last;
} Entry;

static void
make_id (const char *hub,
         const char *sign_in,
         guint8      id[ID_LENGTH])
{
  crypto_hash_sha256_state state;
  guint8 digest[crypto_hash_sha256_BYTES];

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, (const guint8 *) "mash tries 1", 12);
  crypto_hash_sha256_update (&state, (const guint8 *) hub, strlen (hub) + 1);
  crypto_hash_sha256_update (&state, (const guint8 *) sign_in, strlen (sign_in));
  crypto_hash_sha256_final (&state, digest);
  memcpy (id, digest, ID_LENGTH);
}

static GArray *
read_entries (int folder_fd)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_autoptr (GBytes) bytes = mash_file_read (folder_fd, MASH_SLOTS_TRIES_NAME,
                                             MAGIC_LENGTH + MAX_ENTRIES * ENTRY_LENGTH, NULL);
  const guint8 *data;
  gsize length;

  /* A file that is gone or not ours counts nothing: it protects from people at the keyboard, who
   * cannot touch it. */
  data = bytes ? g_bytes_get_data (bytes, &length) : NULL;
  if (!data || length < MAGIC_LENGTH || memcmp (data, MAGIC, MAGIC_LENGTH) != 0)
    return entries;

  for (gsize at = MAGIC_LENGTH; at + ENTRY_LENGTH <= length; at += ENTRY_LENGTH)
    {
      Entry entry = { { 0 }, data[at + ID_LENGTH], 0 };
      guint64 last = 0;

      memcpy (entry.id, data + at, ID_LENGTH);
      for (int i = 0; i < 8; i++)
        last = last << 8 | data[at + ID_LENGTH + 1 + i];
      entry.last = last;
      g_array_append_val (entries, entry);
    }

  return entries;
}

static gboolean
write_entries (int      folder_fd,
               GArray  *entries,
               GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *) MAGIC, MAGIC_LENGTH);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      guint8 last[8];

      for (int b = 0; b < 8; b++)
        last[b] = (guint64) entry->last >> (56 - 8 * b) & 0xff;
      g_byte_array_append (out, entry->id, ID_LENGTH);
      g_byte_array_append (out, &entry->failures, 1);
      g_byte_array_append (out, last, sizeof last);
    }

  return mash_file_replace (folder_fd, MASH_SLOTS_TRIES_NAME, out->data, out->len, error);
}

static guint
find_entry (GArray     *entries,
            const char *hub,
            const char *sign_in)
{
  guint8 id[ID_LENGTH];
  guint i;

  make_id (hub, sign_in, id);
  for (i = 0; i < entries->len; i++)
    if (memcmp (g_array_index (entries, Entry, i).id, id, ID_LENGTH) == 0)
      break;

  return i;
}

/* The seconds to wait after so many failures: 1, 2, 4 … from the third on. */
static gint64
wait_after (guint failures)
{
  if (failures < MASH_SLOTS_TRIES_FREE)
    return 0;

  return MIN (1 << MIN (failures - MASH_SLOTS_TRIES_FREE, 16), MAX_WAIT);
}

/* Full: the one with the fewest failures goes, so that a flood of made-up names unlocks nobody. */
static void
make_room (GArray *entries)
{
  guint least = 0;

  if (entries->len < MAX_ENTRIES)
    return;
  for (guint i = 1; i < entries->len; i++)
    if (g_array_index (entries, Entry, i).failures <
        g_array_index (entries, Entry, least).failures)
      least = i;
  g_array_remove_index (entries, least);
}

/**
 * mash_tries_check: (skip)
 * @folder_fd: the desk's folder
 * @hub: the id of the hub
 * @sign_in: what was typed
 * @now: microseconds since 1970
 * @error: %MASH_STORE_ERROR_THROTTLED or %MASH_STORE_ERROR_SLOT_LOCKED
 *
 * Returns: whether a passphrase for @sign_in is heard now
 */
gboolean
mash_tries_check (int         folder_fd,
                  const char *hub,
                  const char *sign_in,
                  gint64      now,
                  GError    **error)
{
  g_autoptr (GArray) entries = read_entries (folder_fd);
  guint i = find_entry (entries, hub, sign_in);
  const Entry *entry;
  gint64 left;

  if (i == entries->len)
    return TRUE;

  entry = &g_array_index (entries, Entry, i);
  if (entry->failures >= MASH_SLOTS_TRIES_LOCKED)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOT_LOCKED,
                           "Too many failed tries: a manager has to release this sign-in");
      return FALSE;
    }

  /* A clock that was set back does not shorten the wait, and does not lengthen it for ever. */
  left = wait_after (entry->failures) * G_USEC_PER_SEC - MAX (now - entry->last, 0);
  if (left <= 0)
    return TRUE;
  mash_store_error_set_throttled (error, (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);

  return FALSE;
}

/**
 * mash_tries_add: (skip)
 * @folder_fd: the desk's folder
 * @hub: the id of the hub
 * @sign_in: what was typed
 * @now: microseconds since 1970
 * @error: when it cannot be written, and then the try must not go on
 *
 * Counts a try, before it is made: who kills the program while it derives the key gains nothing.
 *
 * Returns: whether it is counted
 */
gboolean
mash_tries_add (int         folder_fd,
                const char *hub,
                const char *sign_in,
                gint64      now,
                GError    **error)
{
  g_autoptr (GArray) entries = read_entries (folder_fd);
  guint i = find_entry (entries, hub, sign_in);
  Entry *entry;

  if (i == entries->len)
    {
      Entry fresh = { { 0 }, 0, 0 };

      make_room (entries);
      make_id (hub, sign_in, fresh.id);
      i = entries->len;
      g_array_append_val (entries, fresh);
    }

  entry = &g_array_index (entries, Entry, i);
  entry->failures = MIN (entry->failures + 1, MASH_SLOTS_TRIES_LOCKED);
  entry->last = now;

  return write_entries (folder_fd, entries, error);
}

/**
 * mash_tries_take: (skip)
 * @folder_fd: the desk's folder
 * @hub: the id of the hub
 * @sign_in: whose tries
 * @all: %TRUE to forget all of them, %FALSE to take back the last, which was not a try after all
 * @error: when it cannot be written
 *
 * Returns: whether it is forgotten
 */
gboolean
mash_tries_take (int         folder_fd,
                 const char *hub,
                 const char *sign_in,
                 gboolean    all,
                 GError    **error)
{
  g_autoptr (GArray) entries = read_entries (folder_fd);
  guint i = find_entry (entries, hub, sign_in);
  Entry *entry;

  if (i == entries->len)
    return TRUE;

  entry = &g_array_index (entries, Entry, i);
  if (all || entry->failures <= 1)
    g_array_remove_index (entries, i);
  else
    entry->failures--;

  return write_entries (folder_fd, entries, error);
}
