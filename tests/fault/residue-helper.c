/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For the test that looks for what a locked desk has left behind: `passphrase FOLDER PERSON` gives
 * a person of a training hub another passphrase, because the hub names the first one openly, and
 * prints nothing; `keys FOLDER PERSON [BACKUP]` prints the database key, the person’s signing seed,
 * the key that their passphrase makes, and the key of a backup, so that they can be looked for.
 * Old and new passphrase, or the passphrase, are lines of the input. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "mash-backup-private.h"
#include "mash-policy-reader.h"
#include "mash-slots.h"
#include "mash-store-keys.h"

#define KEY_LENGTH 32

/* The last key that a passphrase made. */
static guint8 made_key[KEY_LENGTH];

static MashSecret *
read_secret (void)
{
  char line[256];

  if (fgets (line, sizeof line, stdin) == NULL)
    exit (EXIT_FAILURE);

  return mash_secret_new_from_text (g_strchomp (line), -1, NULL);
}

static void
print_key (const guint8 *key)
{
  for (guint i = 0; i < KEY_LENGTH; i++)
    printf ("%02x", key[i]);
  printf ("\n");
}

static void
print_secret (MashSecret *secret)
{
  print_key (mash_secret_get_data (secret, NULL));
}

static int
derive_and_keep (guint8              out[KEY_LENGTH],
                 MashSecret         *passphrase,
                 const guint8        salt[crypto_pwhash_SALTBYTES],
                 const MashSlotCost *cost)
{
  gsize length;
  const guint8 *text = mash_secret_get_data (passphrase, &length);
  int answer = crypto_pwhash (out, KEY_LENGTH, (const char *) text, length, salt, cost->passes,
                              (gsize) cost->memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13);

  memcpy (made_key, out, KEY_LENGTH);

  return answer;
}

static gboolean
print_backup_key (const char  *place,
                  MashSlots   *slots,
                  MashSecret  *database_key,
                  GError     **error)
{
  g_autofree char *path = mash_backup_find (place, NULL, error);
  g_autoptr (MashManifest) manifest = path != NULL ? mash_manifest_load (path, error) : NULL;
  g_autoptr (MashSecret) key = NULL;

  if (manifest == NULL)
    return FALSE;
  key = mash_backup_unseal_key (manifest->key, database_key, mash_slots_get_hub (slots));
  if (key == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The backup has another key");
      return FALSE;
    }
  print_secret (key);

  return TRUE;
}

static gboolean
print_keys (const char  *folder,
            const char  *person,
            const char  *backup,
            GError     **error)
{
  g_autoptr (MashSecret) passphrase = read_secret ();
  g_autoptr (MashSlots) slots = mash_slots_load (folder, error);
  g_autoptr (MashSlotKey) key = NULL;

  if (slots == NULL)
    return FALSE;
  mash_slots_set_kdf (derive_and_keep);
  key = mash_slots_open (slots, person, passphrase, g_get_real_time (), error);
  if (key == NULL)
    return FALSE;
  print_secret (key->database_key);
  print_secret (key->seed);
  print_key (made_key);

  return backup == NULL || print_backup_key (backup, slots, key->database_key, error);
}

static gboolean
change_passphrase (const char  *folder,
                   const char  *person,
                   GError     **error)
{
  g_autoptr (MashSecret) old = read_secret ();
  g_autoptr (MashSecret) new = read_secret ();
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (error);
  g_autoptr (MashStore) store = NULL;

  if (policy == NULL)
    return FALSE;
  store = mash_store_open (folder, policy, person, old, error);

  return store != NULL && mash_store_change_passphrase (store, old, new, error) &&
         mash_store_close (store, error);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (argc < 4)
    return EXIT_FAILURE;
  done = strcmp (argv[1], "keys") == 0 ? print_keys (argv[2], argv[3], argv[4], &error)
                                       : change_passphrase (argv[2], argv[3], &error);
  if (!done)
    g_printerr ("%s\n", error->message);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
