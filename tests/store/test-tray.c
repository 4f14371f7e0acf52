/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include "mash-time.h"

static GPtrArray *
list (StoreFixture *fixture,
      MashTrayId    tray)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = mash_store_list_tray (fixture->store, tray, 100, &error);

  g_assert_no_error (error);

  return rows;
}

/* Checks a tray's length and, beside it, the count that is kept. */
static void
check_length (StoreFixture *fixture,
              MashTrayId    tray,
              guint         n)
{
  g_autoptr (GPtrArray) rows = list (fixture, tray);
  g_autoptr (GError) error = NULL;
  guint counts[MASH_N_TRAYS];

  g_assert_cmpuint (rows->len, ==, n);
  mash_store_count_trays (fixture->store, counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts[tray], ==, n);
}

static void
test_ways (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *other = store_fixture_contact (fixture, "Noah", "Khan", "2022-01-02");

  check_length (fixture, MASH_TRAY_FRONT_DOOR, 2);
  check_length (fixture, MASH_TRAY_MINE, 0);
  check_length (fixture, MASH_TRAY_REQUESTS, 0);

  store_fixture_recommend (fixture, contact);
  check_length (fixture, MASH_TRAY_FRONT_DOOR, 2);
  check_length (fixture, MASH_TRAY_MINE, 1);
  check_length (fixture, MASH_TRAY_TO_SIGN, 0);

  store_fixture_do (fixture, "mark-harm", other, "staff-risk", "A dog", NULL);
  check_length (fixture, MASH_TRAY_STRATEGY, 1);
  check_length (fixture, MASH_TRAY_FRONT_DOOR, 2);

  store_fixture_sign_in (fixture, "manager");
  check_length (fixture, MASH_TRAY_TO_SIGN, 1);
  check_length (fixture, MASH_TRAY_MINE, 0);

  {
    g_autoptr (GPtrArray) recommendations = mash_store_list (fixture->store, "recommendation",
                                                             "contact", contact);
    g_autoptr (MashGroup) group = mash_group_new ("return", contact);
    MashRecord *recommendation = g_ptr_array_index (recommendations, 0);

    store_fixture_add (fixture->store, group, &mash_decision_kind, "recommendation",
                       mash_record_get_id (recommendation), "recommendation-hash",
                       mash_record_get_text (recommendation, "content-hash"), "result", "RETURNED",
                       "rationale", "Ask the school", NULL);
    mash_group_set_reason (group, "Ask the school");
    store_fixture_submit (fixture, group);
  }
  check_length (fixture, MASH_TRAY_TO_SIGN, 0);
  check_length (fixture, MASH_TRAY_RETURNED, 1);
}

static void
test_row (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashRecord) record = mash_store_lookup (fixture->store, "contact", contact);
  g_autoptr (GPtrArray) rows = NULL;
  const MashTrayRow *row;

  store_fixture_do (fixture, "assign", contact, "assigned-to", fixture->officer, NULL);
  rows = list (fixture, MASH_TRAY_FRONT_DOOR);
  row = g_ptr_array_index (rows, 0);

  g_assert_cmpstr (row->contact, ==, contact);
  g_assert_cmpstr (row->reference, ==, mash_record_get_text (record, "reference"));
  g_assert_cmpstr (row->family, ==, "Marsh");
  g_assert_cmpstr (row->concern, ==, "A bruise to the upper arm.");
  g_assert_cmpstr (row->source, ==, "2A");
  g_assert_cmpstr (row->assigned_to, ==, fixture->officer);
  g_assert_cmpstr (row->assigned_name, ==, "Nia Bramble");
  g_assert_nonnull (row->clock_type);
  g_assert_cmpint (row->clock_started, ==, row->received_at);
  g_assert_cmpint (row->clock_due, >, row->clock_started);
  g_assert_true (mash_time_parse (mash_record_get_text (record, "received-at"),
                                  &(gint64) { 0 }));
  g_assert_cmpuint (g_strv_length (row->missing), >, 0);
  g_assert_null (row->brag);
}

/* By urgency, and within it by what is left on the nearest clock: late leads, but only there. */
static void
test_order (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *surname;
    const char *brag;
    guint       hours_ago;
  } made[] = {
    { "Green", "G", 200 },
    { "Ambernew", "A", 1 },
    { "Redold", "R", 100 },
    { "Amberold", "A", 100 },
    { "Unrated", NULL, 2 },
    { "Rednew", "R", 1 },
  };
  static const char *const expected[] = {
    "Redold", "Rednew", "Amberold", "Ambernew", "Unrated", "Green",
  };
  gint64 now = mash_store_get_now (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) late = NULL;
  g_autoptr (GPtrArray) first = NULL;

  g_assert_true (mash_store_begin_bulk (fixture->store, &error));
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autofree char *contact = NULL;

      mash_store_set_bulk_time (fixture->store, now - made[i].hours_ago * MASH_TIME_HOUR);
      contact = store_fixture_contact (fixture, "Sam", made[i].surname, "2019-03-04");
      if (made[i].brag != NULL)
        store_fixture_do (fixture, "raise-brag", contact, "brag", made[i].brag, NULL);
    }
  g_assert_true (mash_store_end_bulk (fixture->store, &error));
  store_fixture_sign_in (fixture, "worker");

  rows = list (fixture, MASH_TRAY_FRONT_DOOR);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpstr (((MashTrayRow *) g_ptr_array_index (rows, i))->family, ==, expected[i]);
  g_assert_true (((MashTrayRow *) g_ptr_array_index (rows, 0))->late);
  g_assert_true (((MashTrayRow *) g_ptr_array_index (rows, 2))->late);

  late = list (fixture, MASH_TRAY_LATE);
  for (guint i = 0; i < late->len; i++)
    g_assert_true (((MashTrayRow *) g_ptr_array_index (late, i))->late);
  check_length (fixture, MASH_TRAY_LATE, late->len);

  first = mash_store_list_tray (fixture->store, MASH_TRAY_FRONT_DOOR, 2, &error);
  g_assert_cmpuint (first->len, ==, 2);
}

static void
check_first (StoreFixture *fixture,
             MashTrayId    tray,
             const char   *first,
             const char   *second)
{
  g_autoptr (GPtrArray) rows = list (fixture, tray);

  g_assert_cmpuint (rows->len, >=, 2);
  g_assert_cmpstr (((MashTrayRow *) g_ptr_array_index (rows, 0))->family, ==, first);
  g_assert_cmpstr (((MashTrayRow *) g_ptr_array_index (rows, 1))->family, ==, second);
}

/* How many red ones there are, by the count that is kept and by reading. */
static void
check_red (StoreFixture *fixture,
           MashTrayId    tray,
           guint         n)
{
  g_autoptr (MashTrayQuery) query = mash_tray_query_new (tray);
  g_autoptr (GPtrArray) facets = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint count, found = 0;

  query->urgency = MASH_TRAY_URGENCY_RED;
  rows = mash_store_list_tray_page (fixture->store, query, NULL, 0, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, n);
  mash_store_count_tray (fixture->store, query, &count, &error);
  g_assert_cmpuint (count, ==, n);

  facets = mash_store_list_tray_facets (fixture->store, tray, &error);
  for (guint i = 0; i < facets->len; i++)
    {
      const MashFacetRow *facet = g_ptr_array_index (facets, i);

      if (g_str_equal (facet->facet, "urgency") && g_str_equal (facet->value, "0"))
        found = facet->n;
    }
  g_assert_cmpuint (found, ==, n);

  query->late = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      const MashTrayRow *row = g_ptr_array_index (rows, i);
      g_autoptr (MashTrayRow) one = NULL;

      g_assert_true (mash_store_find_tray_row (fixture->store, query, row->contact, &one, &error));
      g_assert_true ((one != NULL) == row->late);
    }
}

/* While the 72 hours of police protection run they are what is shown, and the contact leads every
 * tray, whatever is late in it or beside it; when they have ended it stands as it stood. */
static void
test_led (StoreFixture  *fixture,
          gconstpointer  data)
{
  gint64 now = mash_store_get_now (fixture->store);
  gint64 used = now - now % MASH_TIME_MINUTE - 30 * MASH_TIME_HOUR;
  g_autoptr (GError) error = NULL;
  g_autofree char *oldest = NULL;
  g_autofree char *led = NULL;
  g_autofree char *latest = NULL;

  g_assert_true (mash_store_begin_bulk (fixture->store, &error));
  mash_store_set_bulk_time (fixture->store, used - 70 * MASH_TIME_HOUR);
  oldest = store_fixture_contact (fixture, "Sam", "Oldest", "2019-03-04");
  store_fixture_do (fixture, "raise-brag", oldest, "brag", "R", NULL);
  mash_store_set_bulk_time (fixture->store, used);
  led = store_fixture_contact (fixture, "Sam", "Led", "2019-03-04");
  latest = store_fixture_contact (fixture, "Sam", "Latest", "2019-03-04");
  store_fixture_do (fixture, "raise-brag", latest, "brag", "A", NULL);
  {
    g_autoptr (MashGroup) protect = store_fixture_protect (fixture, led, used);

    store_fixture_submit (fixture, protect);
  }
  g_assert_true (mash_store_end_bulk (fixture->store, &error));
  store_fixture_sign_in (fixture, "manager");

  check_first (fixture, MASH_TRAY_FRONT_DOOR, "Led", "Oldest");
  check_first (fixture, MASH_TRAY_LATE, "Led", "Oldest");
  check_red (fixture, MASH_TRAY_FRONT_DOOR, 2);
  check_red (fixture, MASH_TRAY_LATE, 2);
  {
    g_autoptr (GPtrArray) rows = list (fixture, MASH_TRAY_FRONT_DOOR);
    const MashTrayRow *row = g_ptr_array_index (rows, 0);

    g_assert_cmpstr (row->clock_type, ==, "T18");
    g_assert_cmpint (row->clock_started, ==, used);
    g_assert_cmpint (row->clock_due, ==, used + 72 * MASH_TIME_HOUR);
    g_assert_true (row->late);
  }
  {
    g_autoptr (MashGroup) end = store_fixture_end_protection (fixture, led);
    g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

    g_assert_true (report->holds);
    store_fixture_submit (fixture, end);
  }
  check_first (fixture, MASH_TRAY_FRONT_DOOR, "Oldest", "Led");
  check_first (fixture, MASH_TRAY_LATE, "Oldest", "Led");
  check_red (fixture, MASH_TRAY_FRONT_DOOR, 2);
  check_red (fixture, MASH_TRAY_LATE, 2);
  {
    g_autoptr (GPtrArray) rows = list (fixture, MASH_TRAY_FRONT_DOOR);
    const MashTrayRow *row = g_ptr_array_index (rows, 1);

    g_assert_cmpstr (row->clock_type, !=, "T18");
    g_assert_cmpint (row->clock_due, ==, row->key.due);
  }
}

/* Another policy has other clocks: the rows of the trays follow it, also across a restart. */
static void
test_other_policy (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_database_execute (fixture->store->database,
                                        "UPDATE tray SET clock_due = 5", &error));
  g_assert_true (mash_database_execute (fixture->store->database,
                                        "UPDATE meta SET policy = 'earlier'", &error));
  store_fixture_sign_in (fixture, "worker");
  g_assert_cmpint (store_fixture_count (fixture, "SELECT clock_due FROM tray"), >, 5);
  g_assert_cmpint (store_fixture_count (fixture,
                                        "SELECT count(*) FROM meta WHERE policy = 'earlier'"),
                   ==, 0);
  g_assert_true (mash_store_set_policy (fixture->store, fixture->policy, &error));
  {
    g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

    g_assert_true (report->holds);
  }
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/tray/ways", test_ways);
  ADD ("/tray/row", test_row);
  ADD ("/tray/order", test_order);
  ADD ("/tray/led", test_led);
  ADD ("/tray/other-policy", test_other_policy);

  return g_test_run ();
}
