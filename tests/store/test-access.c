/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

static gint64
count_views (StoreFixture *fixture)
{
  return store_fixture_count (fixture, "SELECT count(*) FROM access");
}

static guint
count_kind (const MashContactBundle *bundle,
            const char              *kind)
{
  guint n = 0;

  for (guint i = 0; i < bundle->records->len; i++)
    n += strcmp (mash_record_get_kind (g_ptr_array_index (bundle->records, i))->name, kind) == 0;

  return n;
}

static void
test_view_first (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (MashContactBundle) none = NULL;
  gint64 before = count_views (fixture);

  bundle = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_views (fixture), ==, before + 1);
  g_assert_cmpstr (bundle->family, ==, "Marsh");
  g_assert_cmpuint (count_kind (bundle, "contact"), ==, 1);
  g_assert_cmpuint (count_kind (bundle, "person"), ==, 1);
  g_assert_cmpuint (count_kind (bundle, "contact-subject"), ==, 1);
  g_assert_cmpuint (count_kind (bundle, "clock"), >, 0);

  /* It is durable: another session finds it. */
  store_fixture_sign_in (fixture, "manager");
  g_assert_cmpint (count_views (fixture), ==, before + 1);

  /* When it cannot be written, nothing is shown. */
  g_assert_true (mash_database_execute (fixture->store->database,
                                        "CREATE TRIGGER full BEFORE INSERT ON access BEGIN"
                                        " SELECT RAISE (ABORT, 'full'); END", &error));
  none = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_null (none);
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_true (mash_database_execute (fixture->store->database, "DROP TRIGGER full", &error));

  bundle = (mash_contact_bundle_free (bundle),
            mash_store_open_contact (fixture->store, contact, &error));
  g_assert_no_error (error);
  {
    g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

    g_assert_true (report->holds);
    g_assert_cmpint (report->n_views, ==, before + 2);
  }
}

/* A household brings its address and whoever lives there. */
static void
test_whole_family (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *child = store_fixture_find_child (fixture->store, contact);
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  MashEdit *address, *household, *lodger;

  lodger = store_fixture_add (fixture->store, group, &mash_person_kind, "kind", "ADULT",
                              "legal-surname", "Dray", NULL);
  address = store_fixture_add (fixture->store, group, &mash_address_kind, "line1", "1 Mill Lane",
                               NULL);
  household = store_fixture_add (fixture->store, group, &mash_household_kind, "address",
                                 mash_edit_get_id (address), NULL);
  store_fixture_add (fixture->store, group, &mash_household_member_kind, "household",
                     mash_edit_get_id (household), "person", child, NULL);
  store_fixture_add (fixture->store, group, &mash_household_member_kind, "household",
                     mash_edit_get_id (household), "person", mash_edit_get_id (lodger), NULL);
  store_fixture_submit (fixture, group);

  bundle = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_kind (bundle, "person"), ==, 2);
  g_assert_cmpuint (count_kind (bundle, "address"), ==, 1);
  g_assert_cmpuint (count_kind (bundle, "household"), ==, 1);
  g_assert_cmpuint (count_kind (bundle, "household-member"), ==, 2);
}

/* More than a page of a list, and more than any list was once cut off at. */
#define N_LOOKS 1100u

static GPtrArray *
list_looks (StoreFixture *fixture,
            const char   *contact,
            GArray      **keys)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  *keys = mash_store_list_access_keys (fixture->store, contact, NULL, &error);
  g_assert_no_error (error);
  rows = mash_store_list_access (fixture->store, contact,
                                 (const gint64 *) (gpointer) (*keys)->data, (*keys)->len, &error);
  g_assert_no_error (error);

  return rows;
}

static void
test_who_looked (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  const gint64 first_key = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactBundle) first = NULL;
  g_autoptr (MashContactBundle) second = NULL;
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const MashAccessRow *row;

  first = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_null (mash_store_list_access_keys (fixture->store, contact, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (mash_store_list_access (fixture->store, contact, &first_key, 1, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);

  store_fixture_sign_in (fixture, "manager");
  second = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_no_error (error);

  store_fixture_sign_in (fixture, "auditor");
  rows = list_looks (fixture, contact, &keys);
  g_assert_cmpuint (rows->len, ==, 2);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->person, ==, fixture->manager);
  g_assert_cmpstr (row->person_name, ==, "Ruth Fenwick");
  g_assert_cmpstr (row->agency_name, ==, "Children’s social care");
  g_assert_cmpstr (row->action, ==, "view");
  g_assert_cmpint (row->at, >, 0);
}

/* A manager reads who looked, but not that they did themselves, nor by a key that leads there. */
static void
test_not_own_looks (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) every = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) own = NULL;
  const MashAccessRow *row;

  mash_contact_bundle_free (mash_store_open_contact (fixture->store, contact, &error));
  store_fixture_sign_in (fixture, "manager");
  mash_contact_bundle_free (mash_store_open_contact (fixture->store, contact, &error));
  g_assert_no_error (error);
  store_fixture_sign_in (fixture, "auditor");
  every = list_looks (fixture, contact, &all);
  g_assert_cmpuint (every->len, ==, 2);

  store_fixture_sign_in (fixture, "manager");
  rows = list_looks (fixture, contact, &keys);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->person, ==, fixture->worker);
  own = mash_store_list_access (fixture->store, contact, (const gint64 *) (gpointer) all->data, 1,
                                &error);
  g_assert_no_error (error);
  g_assert_null (g_ptr_array_index (own, 0));
}

/* Every look is in the list, the newest first; a key leads to a look at this contact and at no
 * other; whoever does not wait for the end stops it. */
static void
test_every_look (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *other = store_fixture_contact (fixture, "Noah", "Dray", "2016-01-02");
  g_autoptr (GCancellable) stopped = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) none = NULL;

  for (guint i = 0; i < N_LOOKS; i++)
    {
      mash_contact_bundle_free (mash_store_open_contact (fixture->store, contact, &error));
      g_assert_no_error (error);
    }
  store_fixture_sign_in (fixture, "auditor");
  rows = list_looks (fixture, contact, &keys);
  g_assert_cmpuint (rows->len, ==, N_LOOKS);
  for (guint i = 0; i < rows->len; i++)
    {
      const MashAccessRow *row = g_ptr_array_index (rows, i);

      g_assert_nonnull (row);
      g_assert_cmpstr (row->person, ==, fixture->worker);
      if (i > 0)
        g_assert_cmpint (g_array_index (keys, gint64, i), <, g_array_index (keys, gint64, i - 1));
    }

  none = mash_store_list_access (fixture->store, other, (const gint64 *) (gpointer) keys->data, 1,
                                 &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 1);
  g_assert_null (g_ptr_array_index (none, 0));

  g_cancellable_cancel (stopped);
  g_assert_null (mash_store_list_access_keys (fixture->store, contact, stopped, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_opens (StoreFixture *fixture,
              const char   *contact,
              gboolean      opens)
{
  g_autoptr (GError) error = NULL;
  gint64 before = count_views (fixture);
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (fixture->store, contact, &error);

  g_assert_cmpint (bundle != NULL, ==, opens);
  g_assert_cmpint (count_views (fixture) - before, ==, opens ? 1 : 0);
  if (!opens)
    g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
}

/* Information governance opens a contact inside a review, and not before and not after: here while
 * there is something in it for them to do. */
static void
test_review (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) gives = mash_group_new ("add-task", contact);
  g_autoptr (MashGroup) ends = mash_group_new ("cancel-task", contact);
  g_autofree char *task = NULL;

  store_fixture_sign_in (fixture, "auditor");
  assert_opens (fixture, contact, FALSE);
  store_fixture_sign_in (fixture, "manager");
  task = g_strdup (mash_edit_get_id (store_fixture_add (fixture->store, gives, &mash_task_kind,
                                                        "what", "Look who looked", "owner",
                                                        fixture->auditor, "due-at",
                                                        "2030-01-01T10:00:00.000Z", NULL)));
  store_fixture_submit (fixture, gives);
  store_fixture_sign_in (fixture, "auditor");
  assert_opens (fixture, contact, TRUE);

  store_fixture_sign_in (fixture, "manager");
  store_fixture_edit (fixture->store, ends, &mash_task_kind, task, "outcome", "Was done", NULL);
  store_fixture_submit (fixture, ends);
  store_fixture_sign_in (fixture, "auditor");
  assert_opens (fixture, contact, FALSE);
}

static void
test_role (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (GError) error = NULL;
  gint64 before;

  /* Configuration and accounts, and no case content. */
  store_fixture_sign_in (fixture, "admin");
  before = count_views (fixture);
  g_assert_null (mash_store_open_contact (fixture->store, contact, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_assert_cmpint (count_views (fixture), ==, before);
  g_clear_error (&error);

  g_assert_null (mash_store_open_contact (fixture->store, "nothing", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND);
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/access/view-first", test_view_first);
  ADD ("/access/whole-family", test_whole_family);
  ADD ("/access/who-looked", test_who_looked);
  ADD ("/access/not-own-looks", test_not_own_looks);
  ADD ("/access/every-look", test_every_look);
  ADD ("/access/review", test_review);
  ADD ("/access/role", test_role);

  return g_test_run ();
}
