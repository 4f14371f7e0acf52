/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-database-private.h"
#include "mash-file.h"
#include "mash-slots-file.h"
#include "mash-slots-private.h"
#include "slots-fixture.h"

static gsize
find_bytes (const char *bytes,
            gsize       length,
            const char *text)
{
  const char *at = memmem (bytes, length, text, strlen (text));

  g_assert_nonnull (at);

  return at - bytes;
}

/* A4: whatever is left of the file, it is refused. */
static void
test_cut_and_flipped (Fixture      *fixture,
                      gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *longer = NULL;
  gsize length;

  fixture_read_file (fixture->path, &bytes, &length);
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mash_slots_file_parse ((const guint8 *) bytes, cut, &error));
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOTS_DAMAGED);
    }
  fixture_write_file (fixture->path, bytes, length / 2);
  fixture_must_not_load (fixture, MASH_STORE_ERROR_SLOTS_DAMAGED);
  longer = g_malloc0 (length + 1);
  memcpy (longer, bytes, length);
  fixture_write_file (fixture->path, longer, length + 1);
  fixture_must_not_load (fixture, MASH_STORE_ERROR_SLOTS_DAMAGED);

  /* A flipped bit keeps the slots shut, whatever it is called. */
  for (gsize i = 0; i < length; i += 3)
    {
      g_autoptr (MashSlots) slots = NULL;

      g_unlink (fixture->tries);
      bytes[i] ^= 0x04;
      fixture_write_file (fixture->path, bytes, length);
      bytes[i] ^= 0x04;
      slots = mash_slots_load (fixture->folder, NULL);
      if (slots)
        g_assert_cmpint (try_words (fixture, slots, "k7a", "ann’s own words", NULL), !=, 0);
    }

  g_unlink (fixture->path);
  fixture_must_not_load (fixture, MASH_STORE_ERROR_NO_SLOT_FILE);
}

/* A6: a slot from another desk, and one person's seal under another's name. */
static void
test_pasted_slot (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *other_folder = g_dir_make_tmp ("mash-slots-XXXXXX", NULL);
  g_autofree char *other_path = g_build_filename (other_folder, "slots", NULL);
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *pasted = NULL;
  gsize length;
  gsize n_theirs;
  gsize ann;
  gsize ben;

  /* The same two people with the same keys, at a hub with another id. */
  mash_slots_free (fixture_make_slots (other_folder, "0190a1b2-0000-7000-8000-000000000002",
                                       fixture->database_key, fixture->seed));
  fixture_read_file (fixture->path, &ours, &length);
  fixture_read_file (other_path, &theirs, &n_theirs);
  g_assert_cmpuint (length, ==, n_theirs);
  ann = find_bytes (ours, length, ANN);
  ben = find_bytes (ours, length, BEN);

  pasted = g_memdup2 (ours, length);
  memcpy (pasted + ann, theirs + ann, ben - ann);
  fixture_write_file (fixture->path, pasted, length);
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, MASH_STORE_ERROR_WRONG_KEY);
  g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==,
                   MASH_STORE_ERROR_SLOTS_DAMAGED);

  /* Ann's slot under Ben's name: Ann's words do not open it. */
  g_unlink (fixture->tries);
  memcpy (pasted, ours, length);
  memcpy (pasted + find_bytes (pasted, length, "k7a"), "k7b", 3);
  memcpy (pasted + ben + strlen (BEN) + 2, "k7a", 3);
  fixture_write_file (fixture->path, pasted, length);
  g_assert_cmpint (try_fresh (fixture, "k7b", "ann’s own words"), ==, MASH_STORE_ERROR_WRONG_KEY);

  /* Marked as a training hub's or not is part of every seal. */
  memcpy (pasted, ours, length);
  pasted[11] ^= 1;
  fixture_write_file (fixture->path, pasted, length);
  fixture_must_not_load (fixture, MASH_STORE_ERROR_SLOTS_DAMAGED);

  g_unlink (other_path);
  g_rmdir (other_folder);
}

/* A8: the slots of before a person was removed are put back. */
static void
test_rolled_back (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDatabase) database = NULL;
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSlots) old = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  database = mash_database_create_with (fixture->folder, fixture->database_key,
                                        MASH_DATABASE_APPLICATION_ID, HUB, no_steps, &error);
  g_assert_no_error (error);
  g_assert_true (mash_database_confirm_slots (database, mash_slots_get_counter (slots), &error));
  fixture_read_file (fixture->path, &bytes, &length);

  g_assert_cmpint (try_words (fixture, slots, "k7a", "ann’s own words", NULL), ==, 0);
  g_assert_true (mash_slots_remove (slots, "k7b", &error));
  g_assert_true (mash_slots_save (slots, &error));
  g_assert_true (mash_database_confirm_slots (database, mash_slots_get_counter (slots), &error));
  g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==, MASH_STORE_ERROR_WRONG_KEY);

  fixture_write_file (fixture->path, bytes, length);
  old = fixture_load (fixture);
  g_assert_cmpint (try_words (fixture, old, "k7b", "ben’s own words", NULL), ==, 0);
  g_assert_false (mash_database_confirm_slots (database, mash_slots_get_counter (old), &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOTS_ROLLED_BACK);
}

/* A10: both know their words; the second finds the database open. */
static void
test_two_programs (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDatabase) database = NULL;
  pid_t pid;
  int status;

  database = mash_database_create_with (fixture->folder, fixture->database_key,
                                        MASH_DATABASE_APPLICATION_ID, HUB, no_steps, &error);
  g_assert_no_error (error);
  pid = fork ();
  if (pid == 0)
    {
      g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==, 0);
      g_assert_null (mash_database_open_with (fixture->folder, fixture->database_key,
                                              MASH_DATABASE_APPLICATION_ID, HUB, no_steps, NULL,
                                              &error));
      _exit (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BUSY) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
change_words (Fixture *fixture,
              GError **error)
{
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSecret) words = fixture_pass ("ann’s own words");
  g_autoptr (MashSecret) new_words = fixture_pass ("ann’s new words");

  return mash_slots_change_passphrase (slots, "k7a", words, new_words, fixture->now, error);
}

static void
test_change (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSlots) slots = NULL;
  g_auto (GStrv) sign_ins = NULL;
  g_autoptr (MashSecret) new_words = fixture_pass ("ann’s new words");
  g_autoptr (MashSlotKey) opened = NULL;

  g_assert_true (change_words (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, MASH_STORE_ERROR_WRONG_KEY);
  g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==, 0);

  slots = fixture_load (fixture);
  sign_ins = mash_slots_list_sign_ins (slots);
  g_assert_cmpuint (g_strv_length (sign_ins), ==, 2);
  opened = mash_slots_open (slots, "k7a", new_words, START, &error);
  g_assert_no_error (error);
  g_assert_true (mash_secret_equal (opened->seed, fixture->seed));
  g_assert_true (mash_secret_equal (opened->database_key, fixture->database_key));

  g_assert_false (change_words (fixture, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY);
}

static void
die_at_step_cb (MashFileStep step,
                gpointer     data)
{
  int *left = data;

  if ((*left)-- == 0)
    _exit (9);
}

/* A11: the change ends at each step of each file that it writes; the old words or the new open the
 * slot, Ben's are untouched, and whichever opened it is the only one from then on. */
static void
test_killed_change (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;
  guint n_old = 0;
  guint n_new = 0;
  gboolean killed = TRUE;

  fixture_read_file (fixture->path, &bytes, &length);
  for (int at = 0; killed; at++)
    {
      gboolean is_old;
      pid_t pid;
      int status;

      fixture_write_file (fixture->path, bytes, length);
      g_unlink (fixture->tries);
      pid = fork ();
      if (pid == 0)
        {
          int left = at;

          mash_file_set_hook (die_at_step_cb, &left);
          _exit (change_words (fixture, NULL) ? 0 : 1);
        }
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFEXITED (status));
      killed = WEXITSTATUS (status) == 9;
      g_assert_cmpint (WEXITSTATUS (status), ==, killed ? 9 : 0);

      is_old = try_fresh (fixture, "k7a", "ann’s own words") == 0;
      if (is_old)
        n_old++;
      else
        n_new++;
      g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s new words") == 0, ==, !is_old);
      g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==, 0);
      g_assert_true (killed || !is_old);
      g_assert_cmpint (at, <, 100);
    }
  g_assert_cmpuint (n_old, >, 10);
  g_assert_cmpuint (n_new, >, 1);
}

static void
test_refusals (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSecret) words = fixture_pass ("words");
  g_autofree char *long_name = g_strnfill (MASH_SLOTS_MAX_NAME + 1, 'n');
  g_autoptr (GError) error = NULL;

  g_assert_false (mash_slots_add (slots, "id", "new", words, NULL, START, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mash_slots_save (slots, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_cmpint (try_words (fixture, slots, "k7a", "ann’s own words", NULL), ==, 0);
  g_assert_false (mash_slots_add (slots, "id", "k7b", words, NULL, START, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (mash_slots_add (slots, "id", long_name, words, NULL, START, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (mash_slots_remove (slots, "nobody", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_null (mash_slots_create (fixture->folder, HUB, TRUE, &cheap_cost, fixture->database_key,
                                    &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (mash_slots_create (fixture->folder, HUB, FALSE, &cheap_cost, fixture->database_key,
                                    &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
}

/* A file of the first format opens; its slots can take another database key once their owner has
 * been there. */
static void
test_first_format (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSlots) again = NULL;
  g_autoptr (MashSecret) key = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (try_words (fixture, slots, "k7a", "ann’s own words", NULL), ==, 0);
  slots->file->format = 1;
  for (guint i = 0; i < slots->file->slots->len; i++)
    memset (((MashSlot *) slots->file->slots->pdata[i])->public_key, 0, MASH_SLOTS_PUBLIC_SIZE);
  g_assert_true (mash_slots_save (slots, &error));

  again = fixture_load (fixture);
  g_assert_cmpuint (again->file->format, ==, 1);
  g_assert_cmpint (try_words (fixture, again, "k7a", "ann’s own words", NULL), ==, 0);
  g_assert_cmpuint (again->file->format, ==, 2);
  g_assert_null (mash_slots_make_key (again, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOT_OLD);
  g_clear_error (&error);
  g_assert_false (mash_slots_begin_rekey (again, fixture->database_key, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOT_OLD);
  g_clear_error (&error);
  g_assert_false (mash_slots_is_between_keys (again));

  g_assert_cmpint (try_words (fixture, again, "k7b", "ben’s own words", NULL), ==, 0);
  key = mash_slots_make_key (again, &error);
  g_assert_no_error (error);
  g_assert_true (mash_slots_begin_rekey (again, key, &error));
  g_assert_no_error (error);
  g_assert_true (mash_slots_is_between_keys (again));
  g_assert_true (mash_slots_end_rekey (again, key, &error));
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, 0);
  g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/slots/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("cut-and-flipped", test_cut_and_flipped);
  ADD ("pasted-slot", test_pasted_slot);
  ADD ("rolled-back", test_rolled_back);
  ADD ("two-programs", test_two_programs);
  ADD ("change", test_change);
  ADD ("killed-change", test_killed_change);
  ADD ("refusals", test_refusals);
  ADD ("first-format", test_first_format);
#undef ADD

  return g_test_run ();
}
