/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What key slots refuse, what a machine without memory may not lose, and recovery codes as people
 * type them. */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "mash-recovery-code.h"
#include "mash-slots-private.h"
#include "slots-fixture.h"

#define OLD "ann’s own words"
#define NEW "ann’s new words"

/* Closed slots give no key and take none. */
static void
test_closed (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSecret) key = mash_secret_new_random (MASH_SLOTS_DATABASE_KEY_SIZE);
  g_autoptr (GError) error = NULL;

  g_assert_false (mash_slots_remove (slots, "k7b", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (mash_slots_make_key (slots, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mash_slots_begin_rekey (slots, key, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mash_slots_end_rekey (slots, key, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mash_slots_release (slots, "k7b", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);

  mash_slots_free (NULL);
  mash_slots_file_free (NULL);
  mash_slot_free (NULL);
}

static void
test_names (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (MASH_SLOTS_MAX_NAME + 1, 'n');
  const char *const names[] = { "", long_name, "k\xff" };
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSecret) words = fixture_pass ("words");

  g_assert_cmpint (try_words (fixture, slots, "k7a", OLD, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("mash-slots-XXXXXX", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (mash_slots_create (folder, names[i], TRUE, &cheap_cost,
                                        fixture->database_key, &error));
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED);
      g_clear_error (&error);
      g_assert_false (mash_slots_add (slots, names[i], "new", words, NULL, START, &error));
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED);
      g_clear_error (&error);
      g_assert_false (mash_slots_add (slots, "id", names[i], words, NULL, START, &error));
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED);
      g_assert_cmpint (g_rmdir (folder), ==, 0);
    }
}

/* A name in the file that ends early, or is no text, is no name. */
static void
test_names_in_file (Fixture      *fixture,
                    gconstpointer data)
{
  static const char bad[] = { '\0', '\xff' };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *bytes = NULL;
      char *name;
      gsize length;

      fixture_read_file (fixture->path, &bytes, &length);
      name = memmem (bytes, length, "k7a", 3);
      g_assert_nonnull (name);
      name[1] = bad[i];
      fixture_write_file (fixture->path, bytes, length);
      fixture_must_not_load (fixture, MASH_STORE_ERROR_SLOTS_DAMAGED);
      name[1] = '7';
      fixture_write_file (fixture->path, bytes, length);
    }
}

static void
test_too_large (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSecret) words = fixture_pass ("words");
  g_autofree char *flood = g_malloc0 (MASH_SLOTS_MAX_SIZE + 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (try_words (fixture, slots, "k7a", OLD, NULL), ==, 0);
  for (guint i = slots->file->slots->len; i < MASH_SLOTS_MAX_SLOTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("s%u", i);

      g_assert_true (mash_slots_add (slots, "id", name, words, NULL, START, &error));
    }
  g_assert_false (mash_slots_add (slots, "id", "one-more", words, NULL, START, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_true (mash_slots_save (slots, &error));
  g_assert_cmpint (try_fresh (fixture, "s200", "words"), ==, 0);

  fixture_write_file (fixture->path, flood, MASH_SLOTS_MAX_SIZE + 1);
  fixture_must_not_load (fixture, MASH_STORE_ERROR_SLOTS_DAMAGED);
}

/* The n-th derivation from now has no memory, or gives something else. */
static guint fails_in;
static gboolean lies;

static int
fail_sometimes (guint8               out[32],
                MashSecret          *passphrase,
                const guint8         salt[16],
                const MashSlotCost  *cost)
{
  int result = fixture_derive (out, passphrase, salt, cost);

  if (fails_in == 0 || --fails_in > 0)
    return result;
  out[0] ^= 1;

  return lies ? result : -1;
}

/* A new passphrase is read back before the old one goes; without memory nothing is altered, and
 * what was no wrong try is not counted as one. */
static void
test_no_memory (Fixture      *fixture,
                gconstpointer data)
{
  static const struct
  {
    guint    at;
    gboolean lies;
    int      code;
  } rows[] = {
    { 1, FALSE, MASH_STORE_ERROR_NO_MEMORY_FOR_KEY },
    { 2, FALSE, MASH_STORE_ERROR_NO_MEMORY_FOR_KEY },
    { 3, FALSE, MASH_STORE_ERROR_IO },
    { 1, TRUE, MASH_STORE_ERROR_WRONG_KEY },
    { 3, TRUE, MASH_STORE_ERROR_IO },
  };

  mash_slots_set_kdf (fail_sometimes);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashSlots) slots = fixture_load (fixture);
      g_autoptr (MashSecret) words = fixture_pass (OLD);
      g_autoptr (MashSecret) new_words = fixture_pass (NEW);
      g_autoptr (GError) error = NULL;

      g_unlink (fixture->tries);
      g_assert_cmpint (try_fresh (fixture, "k7a", "wrong"), ==, MASH_STORE_ERROR_WRONG_KEY);
      lies = rows[i].lies;
      fails_in = rows[i].at;
      g_assert_false (mash_slots_change_passphrase (slots, "k7a", words, new_words, START,
                                                    &error));
      g_assert_error (error, MASH_STORE_ERROR, rows[i].code);
      fails_in = 0;
      g_unlink (fixture->tries);
      g_assert_cmpint (try_fresh (fixture, "k7a", NEW), ==, MASH_STORE_ERROR_WRONG_KEY);
      g_assert_cmpint (try_fresh (fixture, "k7a", OLD), ==, 0);
    }
}

/* Between two keys nobody is added and no third one begins; a slot without the newer key, or with
 * no room for one, says so. */
static void
test_between_keys (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSecret) words = fixture_pass ("words");
  g_autoptr (MashSecret) first = NULL;
  g_autoptr (MashSecret) second = NULL;
  g_autoptr (GError) error = NULL;
  MashSlot *ann, *ben;

  g_assert_cmpint (try_words (fixture, slots, "k7a", OLD, NULL), ==, 0);
  first = mash_slots_make_key (slots, &error);
  g_assert_true (mash_slots_end_rekey (slots, first, &error));
  g_assert_true (mash_slots_begin_rekey (slots, first, &error));
  g_assert_null (mash_slots_make_key (slots, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (mash_slots_begin_rekey (slots, first, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (mash_slots_add (slots, "id", "new", words, NULL, START, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_true (mash_slots_end_rekey (slots, first, &error));

  /* The box of the key before goes with it. */
  second = mash_slots_make_key (slots, &error);
  g_assert_true (mash_slots_begin_rekey (slots, second, &error));
  g_assert_true (mash_slots_end_rekey (slots, second, &error));
  ann = slots->file->slots->pdata[0];
  ben = slots->file->slots->pdata[1];
  g_assert_cmpuint (ann->n_boxes, ==, 1);
  g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==, 0);

  ben->boxes[0].sealed[40] ^= 1;
  g_assert_cmpint (try_words (fixture, slots, "k7b", "ben’s own words", NULL), ==,
                   MASH_STORE_ERROR_WRONG_KEY);
  ben->n_boxes = MASH_SLOT_MAX_BOXES;
  g_assert_null (mash_slots_make_key (slots, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOT_OLD);
}

/* Who has a recovery code has one sign-in all the same. */
static void
test_listed_once (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSecret) words = fixture_pass (OLD);
  g_autoptr (MashSecret) code = mash_slots_make_recovery (slots, "k7a", words, START, NULL);
  g_auto (GStrv) names = mash_slots_list_sign_ins (slots);

  g_assert_nonnull (code);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "k7a");
  g_assert_cmpstr (names[1], ==, "k7b");
}

/* A file of tries that is not ours counts nothing, and is written anew. */
static void
test_tries (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const files[] = { "", "MASH", "NOTOURS1----------------------------" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      fixture_write_file (fixture->tries, files[i], strlen (files[i]));
      g_assert_cmpint (try_fresh (fixture, "k7a", "wrong"), ==, MASH_STORE_ERROR_WRONG_KEY);
      g_assert_cmpint (try_fresh (fixture, "k7a", OLD), ==, 0);
    }
}

static void
test_codes (void)
{
  static const char printed[] = "0123-4567-89AB-CDEF-GHJK-MN01";
  static const struct
  {
    const char *typed;
    gsize       length;
    gboolean    is_code;
  } rows[] = {
    { "0123-4567-89AB-CDEF-GHJK-MN01", 29, TRUE },
    { "0123456789abcdefghjkmn01", 24, TRUE },
    { " 0123 4567 89ab cdef ghjk mn01 ", 31, TRUE },
    { "Oi23-4567-89AB-CDEF-GHJK-MNoL", 29, TRUE },
    { "0123-4567-89AB-CDEF-GHJK-MN0", 28, FALSE },
    { "0123-4567-89AB-CDEF-GHJK-MN012", 30, FALSE },
    { "0123-4567-89AB-CDEF-GHJK-MNU1", 29, FALSE },
    { "0123-4567-89AB-CDEF-GHJK-MN0\0", 29, FALSE },
    { "a passphrase, not a code", 24, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashSecret) typed = mash_secret_new_from_bytes ((const guint8 *) rows[i].typed,
                                                                 rows[i].length);
      g_autoptr (MashSecret) read = mash_recovery_code_read (typed);
      g_autoptr (MashSecret) code = mash_secret_new_from_bytes ((const guint8 *) printed,
                                                                strlen (printed));

      g_test_message ("%s", rows[i].typed);
      g_assert_cmpint (mash_secret_equal (read, code), ==, rows[i].is_code);
      if (!rows[i].is_code)
        g_assert_true (mash_secret_equal (read, typed));
    }
}

/* Letters that have no composed form are longer in the one in which they are kept. */
static void
test_grows (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  while (text->len + 3 <= MASH_SECRET_MAX_TEXT)
    g_string_append (text, "\u0958");
  g_assert_null (mash_secret_new_from_text (text->str, -1, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_PASSPHRASE_FORM);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/slots/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("closed", test_closed);
  ADD ("names", test_names);
  ADD ("names-in-file", test_names_in_file);
  ADD ("too-large", test_too_large);
  ADD ("no-memory", test_no_memory);
  ADD ("between-keys", test_between_keys);
  ADD ("listed-once", test_listed_once);
  ADD ("tries", test_tries);
#undef ADD
  g_test_add_func ("/slots/codes", test_codes);
  g_test_add_func ("/slots/grows", test_grows);

  return g_test_run ();
}
