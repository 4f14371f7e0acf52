/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-store-decision.h"
#include "mash-time.h"
#include "store-fixture.h"

/* Does something with the passphrase, having opened the contact first. */
static void
sign (StoreFixture *fixture,
      MashGroup    *group)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  bundle = mash_store_open_contact (fixture->store, mash_group_get_contact (group), &error);
  g_assert_no_error (error);
  g_assert_true (mash_store_check_passphrase (fixture->store, passphrase, &error));
  g_assert_no_error (error);
  store_fixture_submit (fixture, group);
}

static void
approve (StoreFixture *fixture,
         const char   *contact)
{
  g_autoptr (MashGroup) group = mash_group_new ("approve", contact);
  g_autoptr (GPtrArray) recommendations = NULL;
  MashRecord *recommendation;

  store_fixture_recommend (fixture, contact);
  recommendations = mash_store_list (fixture->store, "recommendation", "contact", contact);
  recommendation = g_ptr_array_index (recommendations, 0);
  store_fixture_add (fixture->store, group, &mash_decision_kind,
                     "recommendation", mash_record_get_id (recommendation),
                     "recommendation-hash", mash_record_get_text (recommendation, "content-hash"),
                     "result", "APPROVED", "outcome", "O05", "level", "3", NULL);
  store_fixture_sign_in (fixture, "manager");
  sign (fixture, group);
  store_fixture_sign_in (fixture, "worker");
}

/* A second contact about the child of the first, received some days later. */
static char *
come_again (StoreFixture *fixture,
            const char   *contact,
            guint         days)
{
  g_autofree char *child = store_fixture_find_child (fixture->store, contact);
  g_autofree char *id = NULL;
  g_autofree char *received = NULL;
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (GError) error = NULL;
  MashEdit *edit;

  mash_store_set_clock_offset (fixture->store, days * MASH_TIME_DAY, &error);
  g_assert_no_error (error);
  id = mash_store_make_id (fixture->store);
  received = mash_time_format (mash_store_get_now (fixture->store) - MASH_TIME_MINUTE);
  group = mash_group_new ("create", id);
  edit = mash_edit_new (&mash_contact_kind, id, 0);
  mash_edit_set_text (edit, "kind", "REF");
  mash_edit_set_text (edit, "channel", "PHONE");
  mash_edit_set_text (edit, "received-at", received);
  mash_edit_set_text (edit, "source", "2A");
  mash_edit_set_text (edit, "presenting-concern", "The same again.");
  mash_group_take_edit (group, edit);
  store_fixture_add (fixture->store, group, &mash_contact_subject_kind, "person", child, "role",
                     "CHILD", "primary", "true", NULL);
  store_fixture_submit (fixture, group);

  return g_steal_pointer (&id);
}

static GPtrArray *
list_earlier (StoreFixture *fixture,
              const char   *contact)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = mash_store_list_earlier (fixture->store, contact, &error);

  g_assert_no_error (error);

  return rows;
}

static void
test_earlier (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *first = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *other = store_fixture_contact (fixture, "Adam", "Quill", "2018-01-09");
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const MashEarlierRow *row;

  approve (fixture, first);
  rows = list_earlier (fixture, other);
  g_assert_cmpuint (rows->len, ==, 0);
  g_clear_pointer (&rows, g_ptr_array_unref);

  second = come_again (fixture, first, 30);
  rows = list_earlier (fixture, second);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->contact, ==, first);
  g_assert_cmpstr (row->outcome, ==, "O05");
  g_assert_cmpstr (row->level, ==, "3");
  g_assert_cmpstr (row->by, ==, "Ruth Fenwick");
  g_assert_cmpstr (row->children, ==, "Ellie");
  /* The manager approved without words of their own: the recommendation says why. */
  g_assert_cmpstr (row->rationale, ==, "An assessment is needed");
  g_assert_true (row->recent);
  g_assert_false (row->no_further_action);
  g_assert_cmpint (row->decided_at, >, row->received_at);
  g_clear_pointer (&rows, g_ptr_array_unref);

  /* What came later is not “before this”; what is not decided yet is said to be so. */
  rows = list_earlier (fixture, first);
  g_assert_cmpuint (rows->len, ==, 0);
  g_clear_pointer (&rows, g_ptr_array_unref);
  third = come_again (fixture, first, 500);
  rows = list_earlier (fixture, third);
  g_assert_cmpuint (rows->len, ==, 2);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->contact, ==, second);
  g_assert_null (row->outcome);
  g_assert_cmpstr (row->state, ==, "C10");
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpstr (row->contact, ==, first);
  g_assert_false (row->recent);
}

/* What is shown beside another contact is written down as a look, but is no opening: nobody may
 * sign what they have only seen so, and what was altered since is counted from the opening. */
static void
test_look_beside (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autofree char *first = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *second = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) altered = NULL;
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  gint64 opened_at;

  second = come_again (fixture, first, 3);
  sql = g_strdup_printf ("SELECT count(*) FROM access WHERE record = '%s' AND action = 'view'",
                         first);
  g_assert_cmpint (store_fixture_count (fixture, sql), ==, 0);
  rows = list_earlier (fixture, second);
  g_assert_cmpint (store_fixture_count (fixture, sql), ==, 1);

  bundle = mash_store_open_contact (fixture->store, first, &error);
  g_assert_no_error (error);
  altered = mash_store_list_altered (fixture->store, first, &opened_at, &error);
  g_assert_no_error (error);
  g_assert_cmpint (opened_at, ==, 0);

  /* A role that opens no contacts is shown none beside, and leaves no trace. */
  store_fixture_sign_in (fixture, "admin");
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = list_earlier (fixture, second);
  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_cmpint (store_fixture_count (fixture, sql), ==, 2);
}

static void
pass (StoreFixture *fixture,
      guint         minutes)
{
  g_autoptr (GError) error = NULL;

  mash_store_set_clock_offset (fixture->store, minutes * MASH_TIME_MINUTE, &error);
  g_assert_no_error (error);
}

static void
open_as (StoreFixture *fixture,
         const char   *who,
         const char   *contact)
{
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (fixture, who);
  bundle = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_no_error (error);
}

static const MashAlteredRow *
find_altered (GPtrArray  *rows,
              const char *kind,
              const char *field)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const MashAlteredRow *row = g_ptr_array_index (rows, i);

      if (strcmp (row->kind, kind) == 0 && g_strcmp0 (row->field, field) == 0)
        return row;
    }

  return NULL;
}

static GPtrArray *
list_altered (StoreFixture *fixture,
              const char   *contact,
              gint64       *opened_at)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = mash_store_list_altered (fixture->store, contact, opened_at, &error);

  g_assert_no_error (error);

  return rows;
}

static void
test_altered (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) note = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const MashAlteredRow *row;
  gint64 opened_at;

  open_as (fixture, "manager", contact);
  rows = list_altered (fixture, contact, &opened_at);
  g_assert_cmpint (opened_at, ==, 0);
  g_assert_cmpuint (rows->len, ==, 0);
  g_clear_pointer (&rows, g_ptr_array_unref);

  pass (fixture, 10);
  store_fixture_sign_in (fixture, "worker");
  store_fixture_do (fixture, "edit", contact, "presenting-concern", "A bruise.", NULL);
  store_fixture_do (fixture, "edit", contact, "presenting-concern", "Two bruises.", "channel",
                    "EMAIL", NULL);
  store_fixture_do (fixture, "edit", contact, "channel", "PHONE", NULL);
  note = mash_group_new ("note", contact);
  store_fixture_add (fixture->store, note, &mash_note_kind, "text", "The school rang back.", NULL);
  store_fixture_submit (fixture, note);

  pass (fixture, 20);
  open_as (fixture, "manager", contact);
  rows = list_altered (fixture, contact, &opened_at);
  g_assert_cmpint (opened_at, >, 0);

  /* Each field once, from what was read then to what stands now; what was set back is no news. */
  row = find_altered (rows, "contact", "presenting-concern");
  g_assert_nonnull (row);
  g_assert_true (g_str_has_prefix (row->was, "A bruise to the upper arm."));
  g_assert_cmpstr (row->now, ==, "Two bruises.");
  g_assert_cmpstr (row->by, ==, "Aled Sorrel");
  g_assert_cmpint (row->at, >, opened_at);
  g_assert_null (find_altered (rows, "contact", "channel"));
  row = find_altered (rows, "note", NULL);
  g_assert_nonnull (row);
  g_assert_true (row->made);
  g_assert_cmpuint (rows->len, ==, 2);
  g_clear_pointer (&rows, g_ptr_array_unref);

  /* One’s own hand is no news, and opening it again puts it behind one. */
  pass (fixture, 30);
  store_fixture_do (fixture, "edit", contact, "presenting-concern", "Three bruises.", NULL);
  pass (fixture, 40);
  open_as (fixture, "manager", contact);
  rows = list_altered (fixture, contact, &opened_at);
  g_assert_cmpuint (rows->len, ==, 0);
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/decision/earlier", test_earlier);
  ADD ("/decision/look-beside", test_look_beside);
  ADD ("/decision/altered", test_altered);

  return g_test_run ();
}
