/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "mash-store-space.h"
#include "mash-time.h"
#include "store-fixture.h"

static void
allow_pages (StoreFixture *fixture,
             const char   *n)
{
  g_autofree char *sql = g_strconcat ("PRAGMA max_page_count = ", n, NULL);

  g_assert_true (mash_database_execute (fixture->store->database, sql, NULL));
}

static gboolean
try_contact (StoreFixture *fixture,
             GError      **error)
{
  g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ada", "Rowe",
                                                           "2019-03-04");

  return mash_store_submit (fixture->store, group, NULL, error);
}

/* B7: on a full disk nothing new is saved, drafts and the entries of who looked are, and work goes
 * on when there is space. */
static void
test_full (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *reserve = g_build_filename (fixture->folder, MASH_STORE_RESERVE_NAME, NULL);
  g_autofree char *contact = store_fixture_contact (fixture, "Bea", "Rowe", "2020-03-04");
  g_autoptr (MashVerifyReport) report = NULL;
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  MashStoreCondition condition;
  struct stat st;
  guint n = 0;

  mash_store_keep_reserve (fixture->store);
  g_assert_cmpint (g_stat (reserve, &st), ==, 0);
  g_assert_cmpint (st.st_blocks * 512, >=, 4 * 1024 * 1024);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);

  allow_pages (fixture, "1");
  while (try_contact (fixture, &error))
    g_assert_cmpuint (n++, <, 100);
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_true (mash_store_get_only_reading (fixture->store));
  g_assert_cmpint (g_stat (reserve, &st), ==, -1);

  /* No room for a reserve, and a little room for what must be written. */
  g_assert_cmpint (g_mkdir (reserve, 0700), ==, 0);
  allow_pages (fixture, "100000");
  g_assert_false (try_contact (fixture, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_ONLY_READING);
  g_clear_error (&error);
  g_assert_true (mash_store_save_draft (fixture->store, contact, "{}", &error));
  bundle = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_no_error (error);
  mash_store_get_condition (fixture->store, &condition);
  g_assert_true (condition.only_reading);

  g_rmdir (reserve);
  g_assert_true (mash_store_look_for_space (fixture->store));
  g_assert_true (try_contact (fixture, &error));
  g_assert_cmpint (g_stat (reserve, &st), ==, 0);
  mash_store_get_condition (fixture->store, &condition);
  g_assert_false (condition.only_reading);
  report = store_fixture_verify (fixture);
  g_assert_true (report->holds);
}

/* Room that the reserve gives back is used at once, for the draft that found none. */
static void
test_draft_first (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autofree char *large = g_strnfill (200 * 1024, 'x');
  g_autoptr (GError) error = NULL;

  allow_pages (fixture, "1");
  g_assert_false (mash_store_save_draft (fixture->store, "x", large, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_true (mash_store_get_only_reading (fixture->store));
  allow_pages (fixture, "100000");
  g_assert_true (mash_store_save_draft (fixture->store, "x", large, &error));
  g_assert_no_error (error);
}

/* A clock behind the last save is said; times that are given out do not run backwards by a little,
 * and follow the machine where it is far behind. */
static void
test_clock (StoreFixture  *fixture,
            gconstpointer  data)
{
  MashStoreCondition condition;
  gint64 now = mash_store_get_now (fixture->store);

  g_assert_cmpint (mash_store_guard_time (fixture->store, now - 5 * MASH_TIME_MINUTE), >=, now);
  g_assert_cmpint (mash_store_guard_time (fixture->store, now + MASH_TIME_MINUTE), ==,
                   now + MASH_TIME_MINUTE);
  g_assert_cmpint (mash_store_guard_time (fixture->store, now - MASH_TIME_HOUR), ==,
                   now - MASH_TIME_HOUR);

  g_assert_true (mash_database_execute (fixture->store->database,
                                        "UPDATE meta SET head_at = '2098-01-01T00:00:00.000Z'",
                                        NULL));
  mash_store_compare_clock (fixture->store);
  mash_store_get_condition (fixture->store, &condition);
  g_assert_cmpint (condition.behind, >, 365 * 24 * MASH_TIME_HOUR);
  g_assert_cmpint (condition.ahead, ==, 0);
  g_assert_cmpint (mash_store_get_now (fixture->store) - now, <, MASH_TIME_HOUR);

  g_assert_true (mash_database_execute (fixture->store->database,
                                        "UPDATE meta SET head_at = '2020-01-01T00:00:00.000Z',"
                                        " view_at = ''", NULL));
  mash_store_compare_clock (fixture->store);
  mash_store_get_condition (fixture->store, &condition);
  g_assert_cmpint (condition.behind, ==, 0);
  g_assert_cmpint (condition.ahead, >, 365 * 24 * MASH_TIME_HOUR);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/space/" path, StoreFixture, NULL, store_fixture_set_up, func, \
              store_fixture_tear_down)
  ADD ("full", test_full);
  ADD ("draft-first", test_draft_first);
  ADD ("clock", test_clock);
#undef ADD

  return g_test_run ();
}
