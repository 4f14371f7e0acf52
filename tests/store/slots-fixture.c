/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "slots-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "mash-file.h"

const MashSlotCost cheap_cost = { 1, 8 * 1024 };
const char *const no_steps[] = { NULL };
guint fixture_n_derived;
guint64 fixture_work_derived;

/* Stands in for Argon2id: as different for each input, and for free. */
int
fixture_derive (guint8              out[32],
                MashSecret         *passphrase,
                const guint8        salt[16],
                const MashSlotCost *cost)
{
  gsize length;
  const guint8 *text = mash_secret_get_data (passphrase, &length);

  fixture_n_derived++;
  fixture_work_derived += (guint64) cost->passes * cost->memory_kib;

  return crypto_generichash (out, 32, text, length, salt, 16);
}

MashSecret *
fixture_pass (const char *text)
{
  g_autoptr (GError) error = NULL;
  MashSecret *secret = mash_secret_new_from_text (text, -1, &error);

  g_assert_no_error (error);

  return secret;
}

MashSlots *
fixture_make_slots (const char *folder,
                    const char *hub,
                    MashSecret *database_key,
                    MashSecret *seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) first = fixture_pass ("ann’s own words");
  g_autoptr (MashSecret) second = fixture_pass ("ben’s own words");
  g_autoptr (MashSlots) slots = mash_slots_create (folder, hub, TRUE, &cheap_cost, database_key,
                                                   &error);

  g_assert_no_error (error);
  g_assert_true (mash_slots_add (slots, ANN, "k7a", first, seed, START, &error));
  g_assert_true (mash_slots_add (slots, BEN, "k7b", second, NULL, START, &error));
  g_assert_true (mash_slots_save (slots, &error));
  g_assert_no_error (error);

  return g_steal_pointer (&slots);
}

void
fixture_set_up (Fixture      *fixture,
                gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("mash-slots-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "slots", NULL);
  fixture->tries = g_build_filename (fixture->folder, "slots.tries", NULL);
  fixture->database_key = mash_secret_new_random (48);
  fixture->seed = mash_secret_new_random (32);
  fixture->now = START;
  mash_slots_set_kdf (fixture_derive);
  mash_slots_free (fixture_make_slots (fixture->folder, HUB, fixture->database_key, fixture->seed));
  fixture_n_derived = 0;
  fixture_work_derived = 0;
}

void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->tries);
  mash_secret_unref (fixture->database_key);
  mash_secret_unref (fixture->seed);
  mash_slots_set_kdf (NULL);
  mash_file_set_hook (NULL, NULL);
}

MashSlots *
fixture_load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MashSlots *slots = mash_slots_load (fixture->folder, &error);

  g_assert_no_error (error);
  g_assert_nonnull (slots);

  return slots;
}

void
fixture_must_not_load (Fixture       *fixture,
                       MashStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mash_slots_load (fixture->folder, &error));
  g_assert_error (error, MASH_STORE_ERROR, (int) code);
}

/* Tries to open a slot; 0 when it opens, else the code of the error, whose words name nobody. */
int
try_words (Fixture    *fixture,
           MashSlots  *slots,
           const char *sign_in,
           const char *words,
           guint      *seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) secret = fixture_pass (words);
  g_autoptr (MashSlotKey) opened = mash_slots_open (slots, sign_in, secret, fixture->now, &error);

  if (opened)
    {
      g_assert_no_error (error);
      return 0;
    }
  g_assert_true (error->domain == MASH_STORE_ERROR);
  g_assert_null (strstr (error->message, sign_in));
  if (seconds)
    *seconds = mash_store_error_get_seconds (error);

  return error->code;
}

int
try_fresh (Fixture    *fixture,
           const char *sign_in,
           const char *words)
{
  g_autoptr (MashSlots) slots = fixture_load (fixture);

  return try_words (fixture, slots, sign_in, words, NULL);
}

void
fixture_write_file (const char *path,
                    const char *data,
                    gsize       length)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  g_assert_cmpint (write (fd, data, length), ==, length);
  close (fd);
}

void
fixture_read_file (const char *path,
                   char      **data,
                   gsize      *length)
{
  g_assert_true (g_file_get_contents (path, data, length, NULL));
}
