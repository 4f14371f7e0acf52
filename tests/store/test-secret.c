/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-secret.h"
#include "mash-store-error.h"

/* A3: what is taken for a passphrase, and how it is told when it is not. */
static void
test_limits (void)
{
  static const struct
  {
    const char *text;
    gssize      length;
    gboolean    taken;
  } rows[] = {
    { "", -1, FALSE },
    { "a", -1, TRUE },
    { "correct horse battery staple", -1, TRUE },
    { "😀🔑", -1, TRUE },
    { "with\0zero", 9, FALSE },
    { "\xff\xfe", -1, FALSE },
    { "\xc3", 1, FALSE },
    { "O’Brien", -1, TRUE },
  };
  const gsize lengths[] = { 1023, 1024, 1025, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MashSecret) secret = mash_secret_new_from_text (rows[i].text, rows[i].length,
                                                                 &error);

      if (rows[i].taken)
        g_assert_no_error (error);
      else
        g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_PASSPHRASE_FORM);
      g_assert_true ((secret != NULL) == rows[i].taken);
    }

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], 'p');
      g_autoptr (MashSecret) secret = mash_secret_new_from_text (text, -1, NULL);

      g_assert_true ((secret != NULL) == (lengths[i] <= MASH_SECRET_MAX_TEXT));
    }
}

/* One character or a letter and a combining mark: the same passphrase. */
static void
test_normal_form (void)
{
  g_autoptr (MashSecret) composed = mash_secret_new_from_text ("Zo\xc3\xab", -1, NULL);
  g_autoptr (MashSecret) decomposed = mash_secret_new_from_text ("Zoe\xcc\x88", -1, NULL);
  g_autoptr (MashSecret) other = mash_secret_new_from_text ("Zoe", -1, NULL);

  g_assert_true (mash_secret_equal (composed, decomposed));
  g_assert_false (mash_secret_equal (composed, other));
}

static void
test_bytes (void)
{
  g_autoptr (MashSecret) secret = mash_secret_new_from_bytes ((const guint8 *) "0123456789", 10);
  g_autoptr (MashSecret) part = mash_secret_new_part (secret, 3, 4);
  g_autoptr (MashSecret) none = mash_secret_new_from_bytes (NULL, 0);
  g_autoptr (MashSecret) one = mash_secret_new_random (32);
  g_autoptr (MashSecret) two = mash_secret_new_random (32);
  gsize length;

  g_assert_cmpmem (mash_secret_get_data (part, &length), 4, "3456", 4);
  g_assert_cmpuint (length, ==, 4);
  g_assert_cmpuint (mash_secret_get_length (none), ==, 0);
  g_assert_false (mash_secret_equal (one, two));
}

/* Another holder keeps the bytes until it lets go. */
static void
test_references (void)
{
  g_autoptr (MashSecret) held = NULL;

  {
    g_autoptr (MashSecret) secret = mash_secret_new_from_bytes ((const guint8 *) "key", 3);

    held = mash_secret_ref (secret);
  }
  g_assert_cmpmem (mash_secret_get_data (held, NULL), 3, "key", 3);
}

/* The memory of a secret cannot be written by mistake. */
static void
test_protected (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (MashSecret) secret = mash_secret_new_random (8);

      ((guint8 *) mash_secret_get_data (secret, NULL))[0] = 1;
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret/limits", test_limits);
  g_test_add_func ("/secret/normal-form", test_normal_form);
  g_test_add_func ("/secret/bytes", test_bytes);
  g_test_add_func ("/secret/references", test_references);
  g_test_add_func ("/secret/protected", test_protected);

  return g_test_run ();
}
