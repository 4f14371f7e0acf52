/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

/* Namesakes, and the pages of the index and of the links at which each is looked up, three times
 * over. */
#define N_NAMESAKES 150
#define N_PAGES     8

typedef struct
{
  const char *text;
  const char *surname; /* of the first hit, NULL where nobody is found */
  const char *why;
} Search;

static const Search searches[] = {
  { "Mohammed", "Mohamed", "sound" },
  { "Mohamed", "Mohamed", "name" },
  { "moham", "Mohamed", "name" },
  { "OBrien", "O’Brien", "name" },
  { "O'Brien", "O’Brien", "name" },
  { "o’brien", "O’Brien", "name" },
  { "Zoe", "Marsh-Khan", "name" },
  { "ZOË", "Marsh-Khan", "name" },
  { "khan", "Marsh-Khan", "name" },
  { "Marsh-Khan", "Marsh-Khan", "name" },
  { "zoe marsh", "Marsh-Khan", "name" },
  { "marsh zoe", "Marsh-Khan", "name" },
  { "2018-04-03", "Mohamed", "birth" },
  { "3/4/2018", "Mohamed", "birth" },
  { "4/3/2018", "Mohamed", "birth-swapped" },
  { "amina 03.04.2018", "Mohamed", "birth" },
  { "zoe 3/4/2018", NULL, NULL },
  { "943 476 5919", "O’Brien", "identifier" },
  { "9434765919", "O’Brien", "identifier" },
  { "T850728973744", "O’Brien", "identifier" },
  { "WS1 1TP", "O’Brien", "postcode" },
  { "ws11tp", "O’Brien", "postcode" },
  { "WS9 9ZZ", NULL, NULL },
  { "Nobody", NULL, NULL },
  { "\" OR names : *", NULL, NULL },
  { "NEAR(", NULL, NULL },
  { "'; DROP TABLE person", NULL, NULL },
  { "", NULL, NULL },
  { "  ", NULL, NULL },
};

static void
add_details (StoreFixture *fixture,
             const char   *contact)
{
  g_autofree char *child = store_fixture_find_child (fixture->store, contact);
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);
  MashEdit *open, *hidden, *home, *refuge;

  store_fixture_edit (fixture->store, group, &mash_person_kind, child, "nhs-number", "9434765919",
                      NULL);
  store_fixture_add (fixture->store, group, &mash_identifier_kind, "person", child, "type", "UPN",
                     "value", "T850728973744", NULL);
  open = store_fixture_add (fixture->store, group, &mash_address_kind, "line1", "1 Mill Lane",
                            "town", "Walsall", "postcode", "WS1 1TP", NULL);
  hidden = store_fixture_add (fixture->store, group, &mash_address_kind, "line1", "2 Secret Way",
                              "postcode", "WS9 9ZZ", "confidential", "true", NULL);
  home = store_fixture_add (fixture->store, group, &mash_household_kind, "address",
                            mash_edit_get_id (open), NULL);
  refuge = store_fixture_add (fixture->store, group, &mash_household_kind, "address",
                              mash_edit_get_id (hidden), NULL);
  store_fixture_add (fixture->store, group, &mash_household_member_kind, "household",
                     mash_edit_get_id (home), "person", child, NULL);
  store_fixture_add (fixture->store, group, &mash_household_member_kind, "household",
                     mash_edit_get_id (refuge), "person", child, NULL);
  store_fixture_submit (fixture, group);
}

static char *
fill (StoreFixture *fixture)
{
  g_autofree char *amina = store_fixture_contact (fixture, "Amina", "Mohamed", "2018-04-03");
  g_autofree char *zoe = store_fixture_contact (fixture, "Zoë", "Marsh-Khan", "2015");
  char *liam = store_fixture_contact (fixture, "Liam", "O’Brien", "2012-12-25");

  add_details (fixture, liam);

  return liam;
}

/* The whole list has the same people in it, for the same reasons. */
static void
check_whole (StoreFixture *fixture,
             const char   *text,
             GPtrArray    *hits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = mash_store_list_found_keys (fixture->store, text, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, hits->len);
  rows = mash_store_list_found (fixture->store, text, (const gint64 *) (gpointer) keys->data,
                                keys->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, hits->len);
  for (guint i = 0; i < hits->len; i++)
    {
      const MashPersonHit *row = g_ptr_array_index (rows, i);
      const MashPersonHit *hit = g_ptr_array_index (hits, i);

      g_assert_cmpstr (row->person, ==, hit->person);
      g_assert_cmpstr (row->why, ==, hit->why);
      g_assert_cmpstr (row->address, ==, hit->address);
      g_assert_cmpuint (row->contacts, ==, hit->contacts);
    }
}

static void
test_finds (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *liam = fill (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) hits = NULL;
      const MashPersonHit *hit;

      g_test_message ("“%s”", searches[i].text);
      hits = mash_store_search_people (fixture->store, searches[i].text, 20, FALSE, &error);
      g_assert_no_error (error);
      check_whole (fixture, searches[i].text, hits);
      if (searches[i].surname == NULL)
        {
          g_assert_cmpuint (hits->len, ==, 0);
          continue;
        }
      g_assert_cmpuint (hits->len, ==, 1);
      hit = g_ptr_array_index (hits, 0);
      g_assert_true (g_str_has_suffix (hit->name, searches[i].surname));
      g_assert_cmpstr (hit->why, ==, searches[i].why);
      g_assert_cmpuint (hit->contacts, ==, 1);
      g_assert_nonnull (hit->reference);
    }
}

/* A confidential address is neither shown nor a way to find somebody. */
static void
test_hit (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autofree char *liam = fill (fixture);
  g_autoptr (MashRecord) contact = mash_store_lookup (fixture->store, "contact", liam);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  const MashPersonHit *hit;

  hits = mash_store_search_people (fixture->store, mash_record_get_text (contact, "reference"), 20,
                                   FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = g_ptr_array_index (hits, 0);
  g_assert_cmpstr (hit->why, ==, "reference");
  g_assert_cmpstr (hit->name, ==, "Liam O’Brien");
  g_assert_cmpstr (hit->birth, ==, "2012-12-25");
  g_assert_cmpstr (hit->address, ==, "1 Mill Lane, Walsall, WS1 1TP");
  g_assert_cmpstr (hit->contact, ==, liam);
}

/* The index follows what is edited, and forgets who is void. */
static void
test_follows_edits (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *child = store_fixture_find_child (fixture->store, contact);
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GPtrArray) new = NULL;

  before = mash_store_search_people (fixture->store, "Marsh", 20, FALSE, NULL);
  g_assert_cmpuint (before->len, ==, 1);
  store_fixture_edit (fixture->store, group, &mash_person_kind, child, "legal-surname", "Fenn",
                      NULL);
  store_fixture_submit (fixture, group);

  old = mash_store_search_people (fixture->store, "Marsh", 20, FALSE, NULL);
  g_assert_cmpuint (old->len, ==, 0);
  new = mash_store_search_people (fixture->store, "Fenn", 20, FALSE, NULL);
  g_assert_cmpuint (new->len, ==, 1);
}

/* A settled list is in the access chain, with the ids of everybody on it and without the words. */
static void
test_is_logged (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *child = store_fixture_find_child (fixture->store, contact);
  g_autoptr (GPtrArray) typed = NULL;
  g_autoptr (GPtrArray) settled = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStatement) row = NULL;
  gint64 n = store_fixture_count (fixture, "SELECT count(*) FROM access");

  typed = mash_store_search_people (fixture->store, "Mars", 20, FALSE, &error);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM access"), ==, n);
  settled = mash_store_search_people (fixture->store, "Marsh", 20, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM access"), ==, n + 1);

  row = mash_database_prepare (fixture->store->database,
                               "SELECT action, body FROM access ORDER BY position DESC LIMIT 1",
                               &error);
  g_assert_cmpint (mash_statement_step (row, &error), ==, MASH_STEP_ROW);
  g_assert_cmpstr (mash_statement_get_text (row, 0), ==, "search");
  g_assert_nonnull (strstr (mash_statement_get_text (row, 1), child));
  g_assert_null (strstr (mash_statement_get_text (row, 1), "Marsh"));
}

/* Each page of the whole list is in the access chain with those who are on it, before it is given;
 * to know how many there are is not to have seen them. */
static void
test_pages_are_logged (StoreFixture  *fixture,
                       gconstpointer  data)
{
  const char *count = "SELECT count (*) FROM access WHERE action = 'search'";
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = NULL;
  const gint64 *first;

  for (guint i = 0; i < 3; i++)
    g_free (store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04"));
  keys = mash_store_list_found_keys (fixture->store, "Marsh", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, 3);
  g_assert_cmpint (store_fixture_count (fixture, count), ==, 0);
  first = (const gint64 *) (gpointer) keys->data;

  for (guint from = 0; from < keys->len; from += 2)
    {
      guint n = MIN (2, keys->len - from);
      g_autoptr (GPtrArray) rows = mash_store_list_found (fixture->store, "Marsh", first + from, n,
                                                          &error);
      g_autofree char *sql = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (rows->len, ==, n);
      g_assert_cmpint (store_fixture_count (fixture, count), ==, from / 2 + 1);
      for (guint i = 0; i < n; i++)
        {
          g_clear_pointer (&sql, g_free);
          sql = g_strdup_printf ("SELECT count (*) FROM access WHERE instr (body, '%s') > 0",
                                 ((MashPersonHit *) g_ptr_array_index (rows, i))->person);
          g_assert_cmpint (store_fixture_count (fixture, sql), ==, 1);
        }
    }
}

static void
add_namesakes (StoreFixture *fixture)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);

  for (guint i = 0; i < N_NAMESAKES; i++)
    store_fixture_add (fixture->store, group, &mash_person_kind, "kind", "CHILD",
                       "legal-forenames", "Ellie", "legal-surname", "Marsh", NULL);
  store_fixture_submit (fixture, group);
}

/* To know who is on a whole list nobody's record is read: they are the largest of the pages. */
static void
test_keys_alone (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  guint pages;

  add_namesakes (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GArray) keys = NULL;

      store_fixture_count_pages (fixture);
      keys = mash_store_list_found_keys (fixture->store, "Marsh", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (keys->len, ==, N_NAMESAKES + 1);
    }
  pages = store_fixture_count_pages (fixture);
  g_test_message ("%u pages", pages);
  g_assert_cmpuint (pages, <, N_NAMESAKES * N_PAGES);
}

/* Whoever does not wait for the list stops it. */
static void
test_keys_stopped (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 200; i++)
    g_free (store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04"));
  g_cancellable_cancel (cancellable);
  g_assert_null (mash_store_list_found_keys (fixture->store, "Marsh", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_role (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (fixture, "admin");
  g_assert_null (mash_store_search_people (fixture->store, "Marsh", 20, TRUE, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (mash_store_list_found_keys (fixture->store, "Marsh", NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/search/finds", test_finds);
  ADD ("/search/hit", test_hit);
  ADD ("/search/follows-edits", test_follows_edits);
  ADD ("/search/is-logged", test_is_logged);
  ADD ("/search/pages-are-logged", test_pages_are_logged);
  ADD ("/search/keys-alone", test_keys_alone);
  ADD ("/search/keys-stopped", test_keys_stopped);
  ADD ("/search/role", test_role);

  return g_test_run ();
}
