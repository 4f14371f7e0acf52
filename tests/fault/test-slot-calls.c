/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that fails each call of each operation on the key slots in turn. Whatever it says, the old
 * words or the new open, and no key is lost. */

#include "config.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "failing-calls.h"
#include "mash-recovery-code.h"
#include "mash-slots-private.h"
#include "slots-fixture.h"

#define OLD "ann’s own words"
#define NEW "ann’s new words"

typedef struct
{
  const char *name;
  gboolean  (*act) (Fixture *fixture, GError **error);
  gboolean    reads;   /* alters nothing but what counts wrong tries */
} Act;

static MashSecret *recovery;

static gboolean
act_make (Fixture *fixture,
          GError **error)
{
  g_autoptr (MashSecret) words = fixture_pass (OLD);
  g_autoptr (MashSlots) slots = NULL;

  /* A hub is made where there is none; the fixture's slots are put back afterwards. */
  g_unlink (fixture->path);
  slots = mash_slots_create (fixture->folder, HUB, TRUE, &cheap_cost, fixture->database_key,
                             error);

  return slots != NULL &&
         mash_slots_add (slots, ANN, "k7a", words, fixture->seed, START, error) &&
         mash_slots_save (slots, error);
}

static gboolean
act_open (Fixture *fixture,
          GError **error)
{
  g_autoptr (MashSlots) slots = mash_slots_load (fixture->folder, error);
  g_autoptr (MashSecret) words = fixture_pass (OLD);
  g_autoptr (MashSlotKey) key = NULL;

  if (slots != NULL)
    key = mash_slots_open (slots, "k7a", words, fixture->now, error);

  return key != NULL;
}

static gboolean
act_change (Fixture *fixture,
            GError **error)
{
  g_autoptr (MashSlots) slots = mash_slots_load (fixture->folder, error);
  g_autoptr (MashSecret) words = fixture_pass (OLD);
  g_autoptr (MashSecret) new_words = fixture_pass (NEW);

  return slots != NULL &&
         mash_slots_change_passphrase (slots, "k7a", words, new_words, fixture->now, error);
}

/* The second code: the first is dropped by it. */
static gboolean
act_code (Fixture *fixture,
          GError **error)
{
  g_autoptr (MashSlots) slots = mash_slots_load (fixture->folder, error);
  g_autoptr (MashSecret) words = fixture_pass (OLD);
  g_autoptr (MashSecret) code = NULL;

  if (slots != NULL)
    code = mash_slots_make_recovery (slots, "k7a", words, fixture->now, error);

  return code != NULL;
}

static gboolean
act_recover (Fixture *fixture,
             GError **error)
{
  g_autoptr (MashSlots) slots = mash_slots_load (fixture->folder, error);
  g_autoptr (MashSecret) new_words = fixture_pass (NEW);

  return slots != NULL &&
         mash_slots_recover (slots, "k7a", recovery, new_words, fixture->now, error);
}

static gboolean
act_rekey (Fixture *fixture,
           GError **error)
{
  g_autoptr (MashSlots) slots = mash_slots_load (fixture->folder, error);
  g_autoptr (MashSecret) words = fixture_pass (OLD);
  g_autoptr (MashSlotKey) opened = NULL;
  g_autoptr (MashSecret) key = NULL;

  if (slots != NULL)
    opened = mash_slots_open (slots, "k7a", words, fixture->now, error);
  if (opened != NULL)
    key = mash_slots_make_key (slots, error);

  return key != NULL && mash_slots_begin_rekey (slots, key, error) &&
         mash_slots_end_rekey (slots, opened->database_key, error);
}

/* Slots of the first format are written anew when they are opened. */
static gboolean
act_first_format (Fixture *fixture,
                  GError **error)
{
  g_autoptr (MashSlots) slots = mash_slots_load (fixture->folder, error);

  if (slots == NULL)
    return FALSE;
  for (guint i = 0; i < slots->file->slots->len; i++)
    memset (((MashSlot *) slots->file->slots->pdata[i])->public_key, 0, MASH_SLOTS_PUBLIC_SIZE);
  slots->database_key = mash_secret_ref (fixture->database_key);
  slots->file->format = 1;

  return mash_slots_save (slots, error) && act_open (fixture, error);
}

static gboolean
act_release (Fixture *fixture,
             GError **error)
{
  g_autoptr (MashSlots) slots = mash_slots_load (fixture->folder, error);
  g_autoptr (MashSecret) words = fixture_pass (OLD);
  g_autoptr (MashSlotKey) opened = NULL;

  if (slots != NULL)
    opened = mash_slots_open (slots, "k7a", words, fixture->now, error);

  return opened != NULL && mash_slots_release (slots, "k7b", error);
}

static const Act acts[] = {
  { "make", act_make },
  { "open", act_open, TRUE },
  { "change", act_change },
  { "code", act_code },
  { "recover", act_recover },
  { "rekey", act_rekey },
  { "first-format", act_first_format },
  { "release", act_release, TRUE },
};

/* Whether one or the other opens to the keys that were there before. */
static gboolean
opens_with_either (Fixture *fixture)
{
  static const char *const each[] = { OLD, NEW };
  gboolean opens = FALSE;

  g_unlink (fixture->tries);
  for (guint i = 0; i < G_N_ELEMENTS (each) && !opens; i++)
    {
      g_autoptr (MashSlots) slots = fixture_load (fixture);
      g_autoptr (MashSecret) words = fixture_pass (each[i]);
      g_autoptr (MashSlotKey) key = mash_slots_open (slots, "k7a", words, fixture->now, NULL);

      opens = key != NULL && mash_secret_equal (key->seed, fixture->seed) &&
              (mash_secret_equal (key->database_key, fixture->database_key) ||
               (key->older_key != NULL &&
                mash_secret_equal (key->older_key, fixture->database_key)));
    }

  return opens;
}

static void
test_act (Fixture      *fixture,
          gconstpointer data)
{
  const Act *act = data;
  g_autoptr (MashSlots) slots = fixture_load (fixture);
  g_autoptr (MashSecret) words = fixture_pass (OLD);
  g_autofree char *bytes = NULL;
  guint n_failed = 0;
  gboolean hit = TRUE;
  gsize length;

  recovery = mash_slots_make_recovery (slots, "k7a", words, fixture->now, NULL);
  g_assert_nonnull (recovery);
  fixture_read_file (fixture->path, &bytes, &length);

  for (guint at = 1; hit; at++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      gboolean done;
      gsize n_after;

      fixture_write_file (fixture->path, bytes, length);
      g_unlink (fixture->tries);
      failing_calls_arm (FAILING_DISK, at, EIO);
      done = act->act (fixture, &error);
      hit = failing_calls_disarm ();
      if (done != (error == NULL))
        g_error ("%s, call %u: %s", act->name, at, done ? error->message : "nobody was told");
      n_failed += !done;
      if (!hit)
        g_assert_no_error (error);

      if (act->reads)
        {
          fixture_read_file (fixture->path, &after, &n_after);
          g_assert_cmpmem (after, n_after, bytes, length);
        }
      if (act->act == act_make && !g_file_test (fixture->path, G_FILE_TEST_EXISTS))
        g_assert_false (done);
      else if (!opens_with_either (fixture))
        g_error ("%s, call %u: neither the old words nor the new open", act->name, at);
      g_assert_cmpuint (at, <, 500);
    }
  g_test_message ("%s: %u calls made it fail", act->name, n_failed);
  g_assert_cmpuint (n_failed, >, 5);
  g_clear_pointer (&recovery, mash_secret_unref);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autofree char *path = g_strconcat ("/faults/slot-calls/", acts[i].name, NULL);

      g_test_add (path, Fixture, &acts[i], fixture_set_up, test_act, fixture_tear_down);
    }

  return g_test_run ();
}
