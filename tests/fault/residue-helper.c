/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For the test that looks for what a locked desk has left behind: `passphrase FOLDER PERSON` gives
 * a person of a training hub another passphrase, because the hub names the first one openly, and
 * prints nothing; `keys FOLDER PERSON` prints the database key and the person’s signing seed, so
 * that they can be looked for. Old and new passphrase, or the passphrase, are lines of the
 * input. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mash-policy-reader.h"
#include "mash-slots.h"
#include "mash-store-keys.h"

#define KEY_LENGTH 32

static MashSecret *
read_secret (void)
{
  char line[256];

  if (fgets (line, sizeof line, stdin) == NULL)
    exit (EXIT_FAILURE);

  return mash_secret_new_from_text (g_strchomp (line), -1, NULL);
}

static void
print_secret (MashSecret *secret)
{
  const guint8 *data = mash_secret_get_data (secret, NULL);

  for (guint i = 0; i < KEY_LENGTH; i++)
    printf ("%02x", data[i]);
  printf ("\n");
}

static gboolean
print_keys (const char  *folder,
            const char  *person,
            GError     **error)
{
  g_autoptr (MashSecret) passphrase = read_secret ();
  g_autoptr (MashSlots) slots = mash_slots_load (folder, error);
  g_autoptr (MashSlotKey) key = NULL;

  if (slots == NULL)
    return FALSE;
  key = mash_slots_open (slots, person, passphrase, g_get_real_time (), error);
  if (key == NULL)
    return FALSE;
  print_secret (key->database_key);
  print_secret (key->seed);

  return TRUE;
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

  if (argc != 4)
    return EXIT_FAILURE;
  done = strcmp (argv[1], "keys") == 0 ? print_keys (argv[2], argv[3], &error)
                                       : change_passphrase (argv[2], argv[3], &error);
  if (!done)
    g_printerr ("%s\n", error->message);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
