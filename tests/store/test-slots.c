/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-database-private.h"
#include "mash-file.h"
#include "mash-slots-file.h"
#include "mash-store-error.h"

#define HUB "0190a1b2-0000-7000-8000-000000000001"
#define ANN "0190a1b2-0000-7000-8000-0000000000a1"
#define BEN "0190a1b2-0000-7000-8000-0000000000b2"
#define START (G_GINT64_CONSTANT (1795219200) * G_USEC_PER_SEC)

static const MashSlotCost cheap = { 1, 8 * 1024 };
static const char *const no_steps[] = { NULL };

typedef struct
{
  char       *folder;
  char       *path;
  char       *tries;
  MashSecret *database_key;
  MashSecret *seed;
  gint64      now;
} Fixture;

static guint n_derived;
static guint64 work_derived;

/* Stands in for Argon2id: as different for each input, and for free. */
static int
derive_cheaply (guint8              out[32],
                MashSecret         *passphrase,
                const guint8        salt[16],
                const MashSlotCost *cost)
{
  gsize length;
  const guint8 *text = mash_secret_get_data (passphrase, &length);

  n_derived++;
  work_derived += (guint64) cost->passes * cost->memory_kib;

  return crypto_generichash (out, 32, text, length, salt, 16);
}

static int
derive_without_memory (guint8              out[32],
                       MashSecret         *passphrase,
                       const guint8        salt[16],
                       const MashSlotCost *cost)
{
  return -1;
}

static MashSecret *
pass (const char *text)
{
  g_autoptr (GError) error = NULL;
  MashSecret *secret = mash_secret_new_from_text (text, -1, &error);

  g_assert_no_error (error);

  return secret;
}

static MashSlots *
make_slots (const char *folder,
            const char *hub,
            MashSecret *database_key,
            MashSecret *seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) first = pass ("ann’s own words");
  g_autoptr (MashSecret) second = pass ("ben’s own words");
  g_autoptr (MashSlots) slots = mash_slots_create (folder, hub, TRUE, &cheap, database_key, &error);

  g_assert_no_error (error);
  g_assert_true (mash_slots_add (slots, ANN, "k7a", first, seed, START, &error));
  g_assert_true (mash_slots_add (slots, BEN, "k7b", second, NULL, START, &error));
  g_assert_true (mash_slots_save (slots, &error));
  g_assert_no_error (error);

  return g_steal_pointer (&slots);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("mash-slots-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "slots", NULL);
  fixture->tries = g_build_filename (fixture->folder, "slots.tries", NULL);
  fixture->database_key = mash_secret_new_random (48);
  fixture->seed = mash_secret_new_random (32);
  fixture->now = START;
  mash_slots_set_kdf (derive_cheaply);
  mash_slots_free (make_slots (fixture->folder, HUB, fixture->database_key, fixture->seed));
  n_derived = 0;
  work_derived = 0;
}

static void
tear_down (Fixture      *fixture,
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

static MashSlots *
must_load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MashSlots *slots = mash_slots_load (fixture->folder, &error);

  g_assert_no_error (error);
  g_assert_nonnull (slots);

  return slots;
}

static void
must_not_load (Fixture       *fixture,
               MashStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mash_slots_load (fixture->folder, &error));
  g_assert_error (error, MASH_STORE_ERROR, (int) code);
}

/* Tries to open a slot; 0 when it opens, else the code of the error, whose words name nobody. */
static int
try_words (Fixture    *fixture,
           MashSlots  *slots,
           const char *sign_in,
           const char *words,
           guint      *seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) secret = pass (words);
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

static int
try_fresh (Fixture    *fixture,
           const char *sign_in,
           const char *words)
{
  g_autoptr (MashSlots) slots = must_load (fixture);

  return try_words (fixture, slots, sign_in, words, NULL);
}

static void
write_file (const char *path,
            const char *data,
            gsize       length)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  g_assert_cmpint (write (fd, data, length), ==, length);
  close (fd);
}

static void
read_file (const char *path,
           char      **data,
           gsize      *length)
{
  g_assert_true (g_file_get_contents (path, data, length, NULL));
}

static void
test_open (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (MashSlots) slots = must_load (fixture);
  g_auto (GStrv) sign_ins = mash_slots_list_sign_ins (slots);
  g_autoptr (MashSecret) words = pass ("ann’s own words");
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSlotKey) opened = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  struct stat st;

  g_assert_cmpuint (g_strv_length (sign_ins), ==, 2);
  g_assert_cmpstr (sign_ins[0], ==, "k7a");
  g_assert_cmpstr (mash_slots_get_person (slots, "k7b"), ==, BEN);
  g_assert_cmpstr (mash_slots_get_hub (slots), ==, HUB);
  g_assert_true (mash_slots_get_training (slots));

  opened = mash_slots_open (slots, "k7a", words, START, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened->person, ==, ANN);
  g_assert_true (mash_secret_equal (opened->database_key, fixture->database_key));
  g_assert_true (mash_secret_equal (opened->seed, fixture->seed));

  g_stat (fixture->path, &st);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  read_file (fixture->path, &bytes, &length);
  g_assert_null (memmem (bytes, length, mash_secret_get_data (fixture->seed, NULL), 32));
  g_assert_null (memmem (bytes, length, mash_secret_get_data (fixture->database_key, NULL), 32));
}

/* Once with the real derivation: the other tests replace it to be quick. */
static void
test_argon2 (Fixture      *fixture,
             gconstpointer data)
{
  g_unlink (fixture->path);
  mash_slots_set_kdf (NULL);
  mash_slots_free (make_slots (fixture->folder, HUB, fixture->database_key, fixture->seed));
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, 0);
  g_assert_cmpint (try_fresh (fixture, "k7a", "ben’s own words"), ==, MASH_STORE_ERROR_WRONG_KEY);
}

static void
test_costs (void)
{
  static const struct
  {
    MashSlotCost cost;
    gboolean     real;
    gboolean     training;
  } rows[] = {
    { { 3, 256 * 1024 }, TRUE, TRUE },
    { { 3, 64 * 1024 }, TRUE, TRUE },
    { { 2, 64 * 1024 }, FALSE, TRUE },
    { { 3, 64 * 1024 - 1 }, FALSE, TRUE },
    { { 1, 8 * 1024 }, FALSE, TRUE },
    { { 1, 8 * 1024 - 1 }, FALSE, FALSE },
    { { 0, 64 * 1024 }, FALSE, FALSE },
    { { 10, 1024 * 1024 }, TRUE, TRUE },
    { { 11, 64 * 1024 }, FALSE, FALSE },
    { { 3, 1024 * 1024 + 1 }, FALSE, FALSE },
    { { G_MAXUINT, G_MAXUINT }, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (mash_slots_cost_is_fair (&rows[i].cost, FALSE) == rows[i].real);
      g_assert_true (mash_slots_cost_is_fair (&rows[i].cost, TRUE) == rows[i].training);
    }
}

/* A1: the third failure begins the waits, the tenth locks, and then the right words do not help. */
static void
test_throttle (Fixture      *fixture,
               gconstpointer data)
{
  static const guint waits[] = { 0, 0, 1, 2, 4, 8, 16, 32, 64 };
  g_autoptr (MashSlots) manager = must_load (fixture);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before;
  gsize n_after;
  guint seconds;

  read_file (fixture->path, &before, &n_before);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_assert_cmpint (try_fresh (fixture, "k7a", "wrong"), ==, MASH_STORE_ERROR_WRONG_KEY);
      if (waits[i] == 0)
        continue;

      {
        g_autoptr (MashSlots) slots = must_load (fixture);

        g_assert_cmpint (try_words (fixture, slots, "k7a", "ann’s own words", &seconds), ==,
                         MASH_STORE_ERROR_THROTTLED);
        g_assert_cmpuint (seconds, ==, waits[i]);
        fixture->now += waits[i] * G_USEC_PER_SEC - 1;
        g_assert_cmpint (try_words (fixture, slots, "k7a", "ann’s own words", &seconds), ==,
                         MASH_STORE_ERROR_THROTTLED);
        g_assert_cmpuint (seconds, ==, 1);
        fixture->now += 1;
      }
    }

  g_assert_cmpint (try_fresh (fixture, "k7a", "wrong"), ==, MASH_STORE_ERROR_WRONG_KEY);
  fixture->now += 24 * G_TIME_SPAN_HOUR;
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, MASH_STORE_ERROR_SLOT_LOCKED);

  /* Others are not held up, and only an open session releases. */
  g_assert_false (mash_slots_release (manager, "k7a", NULL));
  g_assert_cmpint (try_words (fixture, manager, "k7b", "ben’s own words", NULL), ==, 0);
  g_assert_true (mash_slots_release (manager, "k7a", NULL));
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, 0);

  read_file (fixture->path, &after, &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_success_forgets (Fixture      *fixture,
                      gconstpointer data)
{
  for (guint round = 0; round < 4; round++)
    {
      g_assert_cmpint (try_fresh (fixture, "k7a", "wrong"), ==, MASH_STORE_ERROR_WRONG_KEY);
      g_assert_cmpint (try_fresh (fixture, "k7a", "wrong"), ==, MASH_STORE_ERROR_WRONG_KEY);
      g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, 0);
    }

  /* A clock that was set back neither frees nor locks out for ever. */
  for (guint i = 0; i < 3; i++)
    try_fresh (fixture, "k7a", "wrong");
  fixture->now -= G_TIME_SPAN_HOUR;
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, MASH_STORE_ERROR_THROTTLED);
}

/* A2: a name that nobody has takes the same work, gets the same words, and waits the same. */
static void
test_unknown_name (Fixture      *fixture,
                   gconstpointer data)
{
  for (guint i = 0; i < MASH_SLOTS_TRIES_LOCKED + 1; i++)
    {
      guint derived[2];
      guint64 work[2];
      int code[2];
      const char *names[] = { "k7a", "nobody at all" };

      for (guint who = 0; who < 2; who++)
        {
          n_derived = 0;
          work_derived = 0;
          code[who] = try_fresh (fixture, names[who], "wrong");
          derived[who] = n_derived;
          work[who] = work_derived;
        }
      g_assert_cmpint (code[0], ==, code[1]);
      g_assert_cmpuint (derived[0], ==, derived[1]);
      g_assert_cmpuint (work[0], ==, work[1]);
      if (i < MASH_SLOTS_TRIES_LOCKED)
        g_assert_cmpuint (derived[1], ==, 1);
      fixture->now += 400 * G_TIME_SPAN_SECOND;
    }
}

static void
test_flood_of_names (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (MashSlots) slots = must_load (fixture);
  struct stat st;

  for (guint i = 0; i < MASH_SLOTS_TRIES_LOCKED; i++)
    {
      try_words (fixture, slots, "k7a", "wrong", NULL);
      fixture->now += 400 * G_TIME_SPAN_SECOND;
    }
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("made up %u", i);

      try_words (fixture, slots, name, "wrong", NULL);
    }
  g_stat (fixture->tries, &st);
  g_assert_cmpint (st.st_size, <, 16384);
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, MASH_STORE_ERROR_SLOT_LOCKED);
}

/* A3: the limits of the passphrase hold through the slots too. */
static void
test_normal_forms (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (MashSlots) slots = must_load (fixture);
  g_autoptr (MashSecret) composed = pass ("Zo\xc3\xab 😀");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (try_words (fixture, slots, "k7b", "ben’s own words", NULL), ==, 0);
  g_assert_true (mash_slots_add (slots, "0190-c3", "zoe", composed, NULL, START, &error));
  g_assert_true (mash_slots_save (slots, &error));
  g_assert_cmpint (try_fresh (fixture, "zoe", "Zoe\xcc\x88 😀"), ==, 0);
  g_assert_cmpint (try_fresh (fixture, "zoe", "Zoe 😀"), ==, MASH_STORE_ERROR_WRONG_KEY);
}

/* A4: whatever is left of the file, it is refused. */
static void
test_cut_and_flipped (Fixture      *fixture,
                      gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *longer = NULL;
  gsize length;

  read_file (fixture->path, &bytes, &length);
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mash_slots_file_parse ((const guint8 *) bytes, cut, &error));
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOTS_DAMAGED);
    }
  write_file (fixture->path, bytes, length / 2);
  must_not_load (fixture, MASH_STORE_ERROR_SLOTS_DAMAGED);
  longer = g_malloc0 (length + 1);
  memcpy (longer, bytes, length);
  write_file (fixture->path, longer, length + 1);
  must_not_load (fixture, MASH_STORE_ERROR_SLOTS_DAMAGED);

  /* A flipped bit keeps the slots shut, whatever it is called. */
  for (gsize i = 0; i < length; i += 3)
    {
      g_autoptr (MashSlots) slots = NULL;

      g_unlink (fixture->tries);
      bytes[i] ^= 0x04;
      write_file (fixture->path, bytes, length);
      bytes[i] ^= 0x04;
      slots = mash_slots_load (fixture->folder, NULL);
      if (slots)
        g_assert_cmpint (try_words (fixture, slots, "k7a", "ann’s own words", NULL), !=, 0);
    }

  g_unlink (fixture->path);
  must_not_load (fixture, MASH_STORE_ERROR_NO_SLOT_FILE);
}

static gsize
find_bytes (const char *bytes,
            gsize       length,
            const char *text)
{
  const char *at = memmem (bytes, length, text, strlen (text));

  g_assert_nonnull (at);

  return at - bytes;
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
  mash_slots_free (make_slots (other_folder, "0190a1b2-0000-7000-8000-000000000002",
                               fixture->database_key, fixture->seed));
  read_file (fixture->path, &ours, &length);
  read_file (other_path, &theirs, &n_theirs);
  g_assert_cmpuint (length, ==, n_theirs);
  ann = find_bytes (ours, length, ANN);
  ben = find_bytes (ours, length, BEN);

  pasted = g_memdup2 (ours, length);
  memcpy (pasted + ann, theirs + ann, ben - ann);
  write_file (fixture->path, pasted, length);
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, MASH_STORE_ERROR_WRONG_KEY);
  g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==,
                   MASH_STORE_ERROR_SLOTS_DAMAGED);

  /* Ann's slot under Ben's name: Ann's words do not open it. */
  g_unlink (fixture->tries);
  memcpy (pasted, ours, length);
  memcpy (pasted + find_bytes (pasted, length, "k7a"), "k7b", 3);
  memcpy (pasted + ben + strlen (BEN) + 2, "k7a", 3);
  write_file (fixture->path, pasted, length);
  g_assert_cmpint (try_fresh (fixture, "k7b", "ann’s own words"), ==, MASH_STORE_ERROR_WRONG_KEY);

  /* Marked as a training hub's or not is part of every seal. */
  memcpy (pasted, ours, length);
  pasted[11] ^= 1;
  write_file (fixture->path, pasted, length);
  must_not_load (fixture, MASH_STORE_ERROR_SLOTS_DAMAGED);

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
  g_autoptr (MashSlots) slots = must_load (fixture);
  g_autoptr (MashSlots) old = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  database = mash_database_create_with (fixture->folder, fixture->database_key,
                                        MASH_DATABASE_APPLICATION_ID, HUB, no_steps, &error);
  g_assert_no_error (error);
  g_assert_true (mash_database_confirm_slots (database, mash_slots_get_counter (slots), &error));
  read_file (fixture->path, &bytes, &length);

  g_assert_cmpint (try_words (fixture, slots, "k7a", "ann’s own words", NULL), ==, 0);
  g_assert_true (mash_slots_remove (slots, "k7b", &error));
  g_assert_true (mash_slots_save (slots, &error));
  g_assert_true (mash_database_confirm_slots (database, mash_slots_get_counter (slots), &error));
  g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==, MASH_STORE_ERROR_WRONG_KEY);

  write_file (fixture->path, bytes, length);
  old = must_load (fixture);
  g_assert_cmpint (try_words (fixture, old, "k7b", "ben’s own words", NULL), ==, 0);
  g_assert_false (mash_database_confirm_slots (database, mash_slots_get_counter (old), &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOTS_ROLLED_BACK);
}

/* A9: without the memory there is an answer, no cheaper derivation, and no failed try. */
static void
test_no_memory (Fixture      *fixture,
                gconstpointer data)
{
  mash_slots_set_kdf (derive_without_memory);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==,
                       MASH_STORE_ERROR_NO_MEMORY_FOR_KEY);
      g_assert_cmpint (try_fresh (fixture, "nobody at all", "any words"), ==,
                       MASH_STORE_ERROR_NO_MEMORY_FOR_KEY);
    }
  mash_slots_set_kdf (derive_cheaply);
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, 0);
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
                                              MASH_DATABASE_APPLICATION_ID, HUB, no_steps, &error));
      _exit (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BUSY) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
change_words (Fixture *fixture,
              GError **error)
{
  g_autoptr (MashSlots) slots = must_load (fixture);
  g_autoptr (MashSecret) words = pass ("ann’s own words");
  g_autoptr (MashSecret) new_words = pass ("ann’s new words");

  return mash_slots_change_passphrase (slots, "k7a", words, new_words, fixture->now, error);
}

static void
test_change (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSlots) slots = NULL;
  g_auto (GStrv) sign_ins = NULL;
  g_autoptr (MashSecret) new_words = pass ("ann’s new words");
  g_autoptr (MashSlotKey) opened = NULL;

  g_assert_true (change_words (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, MASH_STORE_ERROR_WRONG_KEY);
  g_assert_cmpint (try_fresh (fixture, "k7b", "ben’s own words"), ==, 0);

  slots = must_load (fixture);
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

  read_file (fixture->path, &bytes, &length);
  for (int at = 0; killed; at++)
    {
      gboolean is_old;
      pid_t pid;
      int status;

      write_file (fixture->path, bytes, length);
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
  g_autoptr (MashSlots) slots = must_load (fixture);
  g_autoptr (MashSecret) words = pass ("words");
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

  g_assert_null (mash_slots_create (fixture->folder, HUB, TRUE, &cheap, fixture->database_key,
                                    &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (mash_slots_create (fixture->folder, HUB, FALSE, &cheap, fixture->database_key,
                                    &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/slots/costs", test_costs);
#define ADD(path, func) g_test_add ("/slots/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("open", test_open);
  ADD ("argon2", test_argon2);
  ADD ("throttle", test_throttle);
  ADD ("success-forgets", test_success_forgets);
  ADD ("unknown-name", test_unknown_name);
  ADD ("flood-of-names", test_flood_of_names);
  ADD ("normal-forms", test_normal_forms);
  ADD ("cut-and-flipped", test_cut_and_flipped);
  ADD ("pasted-slot", test_pasted_slot);
  ADD ("rolled-back", test_rolled_back);
  ADD ("no-memory", test_no_memory);
  ADD ("two-programs", test_two_programs);
  ADD ("change", test_change);
  ADD ("killed-change", test_killed_change);
  ADD ("refusals", test_refusals);
#undef ADD

  return g_test_run ();
}
