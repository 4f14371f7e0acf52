/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

static void
test_draft (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *gone = NULL;
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) contexts = NULL;
  gint64 at = 0;

  g_assert_true (mash_store_save_draft (fixture->store, contact, "{\"ward\":\"Ple\"}", &error));
  g_assert_true (mash_store_save_draft (fixture->store, contact, "{\"ward\":\"Pleck\"}", &error));
  g_assert_true (mash_store_save_draft (fixture->store, "new", "{}", &error));

  /* It outlives the session, and nobody else sees it. */
  store_fixture_sign_in (fixture, "manager");
  theirs = mash_store_get_draft (fixture->store, contact, &at, &error);
  g_assert_no_error (error);
  g_assert_null (theirs);

  store_fixture_sign_in (fixture, "worker");
  mine = mash_store_get_draft (fixture->store, contact, &at, &error);
  g_assert_cmpstr (mine, ==, "{\"ward\":\"Pleck\"}");
  g_assert_cmpint (at, >, 0);
  contexts = mash_store_list_drafts (fixture->store, &error);
  g_assert_cmpuint (g_strv_length (contexts), ==, 2);
  bundle = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_cmpstr (bundle->draft, ==, mine);

  g_assert_true (mash_store_drop_draft (fixture->store, contact, &error));
  gone = mash_store_get_draft (fixture->store, contact, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (gone);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/draft/kept", StoreFixture, NULL, store_fixture_set_up, test_draft,
              store_fixture_tear_down);

  return g_test_run ();
}
