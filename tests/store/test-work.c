/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include "mash-time.h"

/* Work beside a contact's way, and the trays that show it: tasks, mentions, reviews of flags, kept
 * counts, pages. */

#define N_RANDOM_CONTACTS 24
#define N_RANDOM_DEEDS 160

static char *
find_one (StoreFixture *fixture,
          const char   *kind,
          const char   *contact)
{
  g_autoptr (GPtrArray) records = mash_store_list (fixture->store, kind, "contact", contact);

  g_assert_cmpuint (records->len, >, 0);

  return g_strdup (mash_record_get_id (g_ptr_array_index (records, records->len - 1)));
}

static void
mention (StoreFixture *fixture,
         const char   *contact,
         const char   *whom)
{
  g_autoptr (MashGroup) group = mash_group_new ("note", contact);
  g_autofree char *now = mash_time_format (mash_store_get_now (fixture->store));
  MashEdit *note = store_fixture_add (fixture->store, group, &mash_note_kind, "contact", contact,
                                      "text", "@Colleague The mother rang.", "at", now, NULL);

  store_fixture_add (fixture->store, group, &mash_mention_kind, "contact", contact, "note",
                     mash_edit_get_id (note), "whom", whom, "why", "The mother rang.", NULL);
  store_fixture_submit (fixture, group);
}

static void
add_task (StoreFixture *fixture,
          const char   *contact,
          const char   *owner)
{
  g_autoptr (MashGroup) group = mash_group_new ("add-task", contact);
  g_autofree char *due = mash_time_format (mash_store_get_now (fixture->store) + MASH_TIME_DAY);

  store_fixture_add (fixture->store, group, &mash_task_kind, "contact", contact, "what",
                     "Ring the school", "owner", owner, "due-at", due, NULL);
  store_fixture_submit (fixture, group);
}

static void
raise_flag (StoreFixture *fixture,
            const char   *contact,
            const char   *review_by)
{
  g_autoptr (MashGroup) group = mash_group_new ("flag", contact);

  store_fixture_add (fixture->store, group, &mash_flag_kind, "contact", contact, "type", "DOG",
                     "reason", "A dog in the yard", "review-by", review_by, NULL);
  store_fixture_submit (fixture, group);
}

static MashTrayRow *
find_row (StoreFixture *fixture,
          MashTrayId    tray,
          const char   *contact)
{
  g_autoptr (MashTrayQuery) query = mash_tray_query_new (tray);
  g_autoptr (GError) error = NULL;
  MashTrayRow *row;

  mash_store_find_tray_row (fixture->store, query, contact, &row, &error);
  g_assert_no_error (error);

  return row;
}

static void
check_refused (StoreFixture *fixture,
               MashGroup    *group,
               const char   *sentence)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mash_store_submit (fixture->store, group, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, sentence);
}

/* A mention stands in the tray of whom it names, with who asks and why, until it is seen. */
static void
test_mention (StoreFixture *fixture,
              gconstpointer data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *id = NULL;
  g_autoptr (MashTrayRow) row = NULL;
  g_autoptr (MashGroup) group = mash_group_new ("see-mention", contact);
  g_autoptr (MashGroup) again = mash_group_new ("see-mention", contact);

  mention (fixture, contact, fixture->officer);
  id = find_one (fixture, "mention", contact);
  store_fixture_edit (fixture->store, group, &mash_mention_kind, id, "seen-at",
                      "2026-01-01T00:00:00.000Z", NULL);
  check_refused (fixture, group, "Only the colleague who was mentioned marks it as seen.");
  g_assert_null (find_row (fixture, MASH_TRAY_MINE, contact));

  store_fixture_sign_in (fixture, "officer");
  row = find_row (fixture, MASH_TRAY_MINE, contact);
  g_assert_nonnull (row);
  g_assert_cmpstr (row->why, ==, "mention");
  g_assert_cmpstr (row->asked, ==, "The mother rang.");
  g_assert_nonnull (row->asked_by);

  store_fixture_edit (fixture->store, again, &mash_mention_kind, id, "seen-at",
                      "2026-01-01T00:00:00.000Z", NULL);
  store_fixture_submit (fixture, again);
  g_assert_null (find_row (fixture, MASH_TRAY_MINE, contact));
}

/* A task is its owner's until it is done; a closed tray row goes with it. */
static void
test_task (StoreFixture *fixture,
           gconstpointer data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *id = NULL;
  g_autoptr (MashRecord) task = NULL;
  g_autoptr (MashGroup) bare = mash_group_new ("add-task", contact);
  g_autoptr (MashGroup) group = NULL;

  store_fixture_add (fixture->store, bare, &mash_task_kind, "contact", contact, "what", "Ring",
                     "due-at", "2030-01-01T00:00:00.000Z", NULL);
  check_refused (fixture, bare, "Give it to one person or to one post.");

  add_task (fixture, contact, fixture->officer);
  id = find_one (fixture, "task", contact);
  store_fixture_sign_in (fixture, "officer");
  {
    g_autoptr (MashTrayRow) row = find_row (fixture, MASH_TRAY_MINE, contact);

    g_assert_cmpstr (row->why, ==, "task");
    g_assert_cmpstr (row->asked, ==, "Ring the school");
    g_assert_cmpint (row->asked_due, >, 0);
  }

  group = mash_group_new ("finish-task", contact);
  store_fixture_edit (fixture->store, group, &mash_task_kind, id, "outcome", "Rang; nobody there",
                      NULL);
  store_fixture_submit (fixture, group);
  task = mash_store_lookup (fixture->store, "task", id);
  g_assert_cmpstr (mash_record_get_text (task, "status"), ==, "DONE");
  g_assert_cmpstr (mash_record_get_text (task, "ended-by"), ==, fixture->officer);
  g_assert_null (find_row (fixture, MASH_TRAY_MINE, contact));
  check_refused (fixture, group, "The task has ended already; set another.");
}

/* T26: a flag runs the clock of its review, and each review starts the next. */
static void
test_review (StoreFixture *fixture,
             gconstpointer data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *id = NULL;
  g_autoptr (MashGroup) group = mash_group_new ("review-flag", contact);

  raise_flag (fixture, contact, "2020-01-31");
  id = find_one (fixture, "flag", contact);
  g_assert_cmpint (store_fixture_count (
                     fixture, "SELECT count(*) FROM clock WHERE type = 'T26' AND stopped_at IS NULL"
                     " AND due_at = '2020-01-31T23:59:59.999Z'"), ==, 1);
  {
    g_autoptr (MashTrayRow) row = find_row (fixture, MASH_TRAY_LATE, contact);

    g_assert_cmpstr (row->clock_type, ==, "T26");
  }

  store_fixture_sign_in (fixture, "manager");
  store_fixture_edit (fixture->store, group, &mash_flag_kind, id, "review-by", "2099-06-30", NULL);
  check_refused (fixture, group, "Give a reason first.");
  mash_group_set_reason (group, "Still there");
  store_fixture_submit (fixture, group);
  g_assert_cmpint (store_fixture_count (
                     fixture, "SELECT count(*) FROM clock WHERE type = 'T26' AND stopped_at IS NOT"
                     " NULL AND breach_minutes > 0"), ==, 1);
  g_assert_cmpint (store_fixture_count (
                     fixture, "SELECT count(*) FROM clock WHERE type = 'T26' AND stopped_at IS NULL"
                     " AND due_at = '2099-06-30T22:59:59.999Z'"), ==, 1);
  g_assert_null (find_row (fixture, MASH_TRAY_LATE, contact));
}

/* Pages */

static void
make_contacts (StoreFixture *fixture,
               guint         n)
{
  static const char *const brags[] = { "R", "A", "G", "B", NULL };
  gint64 now = mash_store_get_now (fixture->store);
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_store_begin_bulk (fixture->store, &error));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *contact = NULL;
      const char *brag = brags[i % G_N_ELEMENTS (brags)];

      mash_store_set_bulk_time (fixture->store, now - (i * 7 % 200) * MASH_TIME_HOUR);
      contact = store_fixture_contact (fixture, "Sam", "Marsh", "2019-03-04");
      if (brag != NULL)
        store_fixture_do (fixture, "raise-brag", contact, "brag", brag, NULL);
    }
  g_assert_true (mash_store_end_bulk (fixture->store, &error));
  store_fixture_sign_in (fixture, "worker");
}

/* Pages read one behind the other, and any page reached by leaving rows out, are the whole list. */
static void
test_pages (StoreFixture *fixture,
            gconstpointer data)
{
  g_autoptr (MashTrayQuery) query = mash_tray_query_new (MASH_TRAY_FRONT_DOOR);
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GError) error = NULL;
  MashTrayKey key;
  guint n = 0;

  make_contacts (fixture, 45);
  whole = mash_store_list_tray (fixture->store, MASH_TRAY_FRONT_DOOR, 1000, &error);
  g_assert_cmpuint (whole->len, ==, 45);

  while (n < whole->len)
    {
      g_autoptr (GPtrArray) page = mash_store_list_tray_page (fixture->store, query,
                                                              n > 0 ? &key : NULL, 0, 4, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->len; i++)
        g_assert_cmpstr (((MashTrayRow *) g_ptr_array_index (page, i))->contact, ==,
                         ((MashTrayRow *) g_ptr_array_index (whole, n + i))->contact);
      n += page->len;
      key = ((MashTrayRow *) g_ptr_array_index (page, page->len - 1))->key;
    }
  for (guint skip = 0; skip < whole->len; skip++)
    {
      g_autoptr (GPtrArray) page = mash_store_list_tray_page (fixture->store, query, NULL, skip, 1,
                                                              &error);

      g_assert_cmpstr (((MashTrayRow *) g_ptr_array_index (page, 0))->contact, ==,
                       ((MashTrayRow *) g_ptr_array_index (whole, skip))->contact);
    }
}

/* Kept counts */

static guint
recount (StoreFixture        *fixture,
         const MashTrayQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mash_store_list_tray_page (fixture->store, query, NULL, 0, 1000,
                                                          &error);

  g_assert_no_error (error);

  return rows->len;
}

static void
check_query (StoreFixture        *fixture,
             const MashTrayQuery *query)
{
  g_autoptr (GError) error = NULL;
  guint count;

  mash_store_count_tray (fixture->store, query, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, recount (fixture, query));
}

/* Every count that a filter shows is what a reading of the tray gives. */
static void
check_counts (StoreFixture *fixture)
{
  for (guint tray = 0; tray < MASH_N_TRAYS; tray++)
    {
      g_autoptr (MashTrayQuery) whole = mash_tray_query_new (tray);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) facets = mash_store_list_tray_facets (fixture->store, tray, &error);

      g_assert_no_error (error);
      check_query (fixture, whole);
      for (guint i = 0; i < facets->len; i++)
        {
          const MashFacetRow *facet = g_ptr_array_index (facets, i);
          g_autoptr (MashTrayQuery) query = mash_tray_query_new (tray);

          if (g_str_equal (facet->facet, "state"))
            query->state = g_strdup (facet->value);
          else if (g_str_equal (facet->facet, "with"))
            query->with = g_strdup (facet->value);
          else if (g_str_equal (facet->facet, "urgency"))
            query->urgency = *facet->value - '0';
          else if (g_str_equal (facet->facet, "missing"))
            query->missing = TRUE;
          else if (g_str_equal (facet->facet, "team"))
            query->team = g_strdup (facet->value);
          else
            query->locality = g_strdup (facet->value);
          g_assert_cmpuint (facet->n, ==, recount (fixture, query));
          check_query (fixture, query);
          query->late = TRUE;
          check_query (fixture, query);
        }
    }
}

/* Some of what chance proposes is refused, which is as good. */
static void
alter (StoreFixture *fixture,
       const char   *deed,
       const char   *contact,
       const char   *field,
       const char   *value)
{
  g_autoptr (MashGroup) group = mash_group_new (deed, contact);
  g_autoptr (MashRecord) record = mash_store_lookup (fixture->store, "contact", contact);
  MashEdit *edit = mash_edit_new_for (record);
  guint i = mash_kind_find_field (&mash_contact_kind, field);
  g_autoptr (GVariant) now = value != NULL ? g_variant_ref_sink (g_variant_new_string (value))
                                           : NULL;

  mash_edit_set (edit, i, mash_record_get_value (record, i), now);
  mash_group_take_edit (group, edit);
  mash_store_submit (fixture->store, group, NULL, NULL);
}

static void
protect (StoreFixture *fixture,
         const char   *contact,
         int           hours_ago)
{
  g_autoptr (MashGroup) group = store_fixture_protect (
    fixture, contact, mash_store_get_now (fixture->store) - hours_ago * MASH_TIME_HOUR);

  mash_store_submit (fixture->store, group, NULL, NULL);
}

static void
end_protection (StoreFixture *fixture,
                const char   *contact)
{
  g_autoptr (GPtrArray) powers = mash_store_list (fixture->store, "police-protection", "contact",
                                                  contact);
  g_autoptr (MashGroup) group = NULL;

  if (powers->len == 0)
    return;
  group = store_fixture_end_protection (fixture, contact);
  mash_store_submit (fixture->store, group, NULL, NULL);
}

static void
do_something (StoreFixture *fixture,
              const char   *contact)
{
  const char *const people[] = { fixture->worker, fixture->officer, fixture->manager };
  const char *person = people[g_test_rand_int_range (0, 3)];
  const char brag[] = { "BGAR"[g_test_rand_int_range (0, 4)], '\0' };

  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
      alter (fixture, "assign", contact, "assigned-to", person);
      break;
    case 1:
      alter (fixture, "raise-brag", contact, "brag", brag);
      break;
    case 2:
      alter (fixture, "release", contact, "assigned-to", NULL);
      break;
    case 3:
      if (!g_str_equal (person, fixture->store->person))
        mention (fixture, contact, person);
      break;
    case 4:
      add_task (fixture, contact, person);
      break;
    case 5:
      raise_flag (fixture, contact, g_test_rand_bit () ? "2020-01-31" : "2099-01-31");
      break;
    case 6:
      protect (fixture, contact, g_test_rand_int_range (0, 100));
      break;
    case 7:
      end_protection (fixture, contact);
      break;
    default:
      alter (fixture, "edit", contact, "locality", g_test_rand_bit () ? "North" : "South");
    }
}

/* After any history of deeds the counts that were kept are what a recount gives, for everybody, and
 * all that is derived is what the changes say. */
static void
test_counts (StoreFixture *fixture,
             gconstpointer data)
{
  static const char *const people[] = { "worker", "officer", "manager" };
  char *contacts[N_RANDOM_CONTACTS];
  g_autoptr (MashVerifyReport) report = NULL;

  for (guint i = 0; i < N_RANDOM_CONTACTS; i++)
    contacts[i] = store_fixture_contact (fixture, "Sam", "Marsh", "2019-03-04");
  store_fixture_recommend (fixture, contacts[0]);
  for (guint i = 0; i < N_RANDOM_DEEDS; i++)
    do_something (fixture, contacts[g_test_rand_int_range (1, N_RANDOM_CONTACTS)]);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      store_fixture_sign_in (fixture, people[i]);
      check_counts (fixture);
    }
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM tray WHERE urgency < 0"),
                   >, 0);
  report = store_fixture_verify (fixture);
  g_test_message ("%s", report->fault);
  g_assert_true (report->holds);
  for (guint i = 0; i < N_RANDOM_CONTACTS; i++)
    g_free (contacts[i]);
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/beside/mention", test_mention);
  ADD ("/beside/task", test_task);
  ADD ("/beside/review", test_review);
  ADD ("/beside/pages", test_pages);
  ADD ("/beside/counts", test_counts);

  return g_test_run ();
}
