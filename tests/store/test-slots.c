/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "mash-slots-file.h"
#include "slots-fixture.h"

static int
derive_without_memory (guint8              out[32],
                       MashSecret         *passphrase,
                       const guint8        salt[16],
                       const MashSlotCost *cost)
{
  return -1;
}

static void
test_open (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_auto (GStrv) sign_ins = mash_slots_list_sign_ins (slots);
  g_autoptr (MashSecret) words = fixture_pass ("ann’s own words");
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
  fixture_read_file (fixture->path, &bytes, &length);
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
  mash_slots_free (fixture_make_slots (fixture->folder, HUB, fixture->database_key, fixture->seed));
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
  g_autoptr (MashSlots) manager = fixture_load (fixture);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before;
  gsize n_after;
  guint seconds;

  fixture_read_file (fixture->path, &before, &n_before);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_assert_cmpint (try_fresh (fixture, "k7a", "wrong"), ==, MASH_STORE_ERROR_WRONG_KEY);
      if (waits[i] == 0)
        continue;

      {
        g_autoptr (MashSlots) slots = fixture_load (fixture);

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

  fixture_read_file (fixture->path, &after, &n_after);
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
          fixture_n_derived = 0;
          fixture_work_derived = 0;
          code[who] = try_fresh (fixture, names[who], "wrong");
          derived[who] = fixture_n_derived;
          work[who] = fixture_work_derived;
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
  g_autoptr (MashSlots) slots = fixture_load (fixture);
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
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSecret) composed = fixture_pass ("Zo\xc3\xab 😀");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (try_words (fixture, slots, "k7b", "ben’s own words", NULL), ==, 0);
  g_assert_true (mash_slots_add (slots, "0190-c3", "zoe", composed, NULL, START, &error));
  g_assert_true (mash_slots_save (slots, &error));
  g_assert_cmpint (try_fresh (fixture, "zoe", "Zoe\xcc\x88 😀"), ==, 0);
  g_assert_cmpint (try_fresh (fixture, "zoe", "Zoe 😀"), ==, MASH_STORE_ERROR_WRONG_KEY);
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
  mash_slots_set_kdf (fixture_derive);
  g_assert_cmpint (try_fresh (fixture, "k7a", "ann’s own words"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/slots/costs", test_costs);
#define ADD(path, func) \
  g_test_add ("/slots/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("open", test_open);
  ADD ("argon2", test_argon2);
  ADD ("throttle", test_throttle);
  ADD ("success-forgets", test_success_forgets);
  ADD ("unknown-name", test_unknown_name);
  ADD ("flood-of-names", test_flood_of_names);
  ADD ("normal-forms", test_normal_forms);
  ADD ("no-memory", test_no_memory);
#undef ADD

  return g_test_run ();
}
