/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "mash-time.h"

static GPtrArray *
list_view (StoreFixture           *fixture,
           const MashTimelineView *view)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashTimelineReading) reading = NULL;
  GPtrArray *rows;

  reading = mash_store_read_timeline (fixture->store, view, G_MAXUINT, NULL, &error);
  g_assert_no_error (error);
  rows = g_ptr_array_ref (reading->rows);
  g_assert_cmpuint (rows->len, ==, reading->keys->len);
  for (guint i = 1; i < rows->len; i++)
    {
      gint64 before = ((MashTimelineRow *) g_ptr_array_index (rows, i - 1))->at;
      gint64 at = ((MashTimelineRow *) g_ptr_array_index (rows, i))->at;

      g_assert_true (view->oldest_first ? before <= at : before >= at);
    }

  return rows;
}

static GPtrArray *
list (StoreFixture *fixture,
      const char   *contact)
{
  g_autoptr (MashTimelineView) view = mash_timeline_view_new (contact);

  return list_view (fixture, view);
}

static const MashTimelineRow *
find (GPtrArray  *rows,
      const char *headline)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const MashTimelineRow *row = g_ptr_array_index (rows, i);

      if (strcmp (row->headline, headline) == 0)
        return row;
    }
  g_error ("The timeline has no line “%s”", headline);
}

static void
test_story (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MashRecord) record = NULL;
  const MashTimelineRow *row;
  gint64 received;

  store_fixture_recommend (fixture, contact);
  rows = list (fixture, contact);

  /* A contact stands at the time when it reached the hub, and is told of by its source. */
  row = find (rows, "Contact received");
  record = mash_store_lookup (fixture->store, "contact", contact);
  g_assert_true (mash_time_parse (mash_record_get_text (record, "received-at"), &received));
  g_assert_cmpint (row->at, ==, received);
  g_assert_true (row == g_ptr_array_index (rows, rows->len - 1));
  g_assert_cmpstr (row->kind, ==, "CONTACT");
  g_assert_cmpstr (row->significance, ==, "notable");
  g_assert_true (g_str_has_prefix (row->detail, "A bruise to the upper arm.\n"));
  g_assert_cmpstr (row->agency, ==, mash_policy_get_label (fixture->policy, "RSRC", "2A"));

  row = find (rows, "Recommended");
  g_assert_cmpstr (row->kind, ==, "DECISION");
  g_assert_cmpstr (row->author, ==, "Aled Sorrel");
  g_assert_cmpstr (row->agency, ==, "Children’s social care");
  g_assert_cmpstr (row->record_kind, ==, "recommendation");
  g_assert_true (g_str_has_suffix (row->detail, "An assessment is needed"));
  g_assert_cmpstr (row->who, ==, "Marsh");
  find (rows, "Triaged");
  find (rows, "Screening begun");
}

static void
test_notes_and_harm (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *child = store_fixture_find_child (fixture->store, contact);
  g_autoptr (MashGroup) group = mash_group_new ("note", contact);
  g_autoptr (GPtrArray) rows = NULL;
  const MashTimelineRow *row;

  store_fixture_add (fixture->store, group, &mash_note_kind, "person", child,
                     "text", "A yellowing mark, same arm", "significance", "critical",
                     "at", "2026-09-29T09:00:00.000Z", NULL);
  store_fixture_submit (fixture, group);
  store_fixture_do (fixture, "mark-harm", contact, "staff-risk", "A dog", NULL);

  rows = list (fixture, contact);
  row = find (rows, "Note added");
  g_assert_cmpstr (row->kind, ==, "NOTE");
  g_assert_cmpstr (row->detail, ==, "A yellowing mark, same arm");
  g_assert_cmpstr (row->significance, ==, "critical");
  g_assert_cmpstr (row->who, ==, "Ellie");
  g_assert_true (row == g_ptr_array_index (rows, rows->len - 1));
  row = find (rows, "Significant harm marked");
  g_assert_cmpstr (row->significance, ==, "critical");
}

/* What one person types in one sitting is one line. */
static void
test_edits_are_one (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *ward = g_strdup_printf ("Ward %u", i);

      store_fixture_do (fixture, "edit", contact, "ward", ward, NULL);
    }

  rows = list (fixture, contact);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_nonnull (find (rows, "Referral edited"));
}

static void
test_earlier_contacts (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autofree char *first = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *child = store_fixture_find_child (fixture->store, first);
  g_autoptr (MashRecord) record = mash_store_lookup (fixture->store, "contact", first);
  g_autofree char *headline = g_strdup_printf ("Contact %s received",
                                               mash_record_get_text (record, "reference"));
  g_autofree char *second = store_fixture_contact (fixture, "Noah", "Marsh", "2022-03-04");
  g_autoptr (MashGroup) group = mash_group_new ("edit", second);
  g_autoptr (GPtrArray) rows = NULL;
  const MashTimelineRow *row;

  store_fixture_add (fixture->store, group, &mash_contact_subject_kind, "person", child, "role",
                     "CHILD", NULL);
  store_fixture_submit (fixture, group);

  rows = list (fixture, second);
  row = find (rows, headline);
  g_assert_cmpstr (row->kind, ==, "CONTACT");
  g_assert_cmpstr (row->contact, ==, first);
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/timeline/story", test_story);
  ADD ("/timeline/notes-and-harm", test_notes_and_harm);
  ADD ("/timeline/edits-are-one", test_edits_are_one);
  ADD ("/timeline/earlier-contacts", test_earlier_contacts);

  return g_test_run ();
}
