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

/* Writes an event in; @date may be a year or a month. Gives its id. */
static char *
add_event (StoreFixture *fixture,
           const char   *contact,
           const char   *date,
           const char   *headline,
           const char   *person,
           const char   *basis)
{
  g_autoptr (MashGroup) group = mash_group_new ("add-event", contact);
  MashEdit *edit = store_fixture_add (fixture->store, group, &mash_timeline_entry_kind,
                                      "when", date, "headline", headline, "source", "A letter",
                                      "kind", "OTHER", "significance", "notable", NULL);

  if (basis != NULL)
    mash_edit_set_text (edit, "basis", basis);
  if (person != NULL)
    mash_edit_set_set (edit, "people", (const char *const[]) { person, NULL });
  store_fixture_submit (fixture, group);

  return g_strdup (mash_edit_get_id (edit));
}

static guint
count (StoreFixture      *fixture,
       const char        *contact,
       MashTimelineScope  scope,
       const char        *subject,
       const char        *words)
{
  g_autoptr (MashTimelineView) view = mash_timeline_view_new (contact);
  g_autoptr (GPtrArray) rows = NULL;

  view->scope = scope;
  view->subject = g_strdup (subject);
  view->words = g_strdup (words);
  rows = list_view (fixture, view);

  return rows->len;
}

static gboolean
holds (StoreFixture *fixture)
{
  g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

  return report->holds;
}

/* What is known by its year alone stands at its place and says no more than that. */
static void
test_partial_dates (StoreFixture  *fixture,
                    gconstpointer  data)
{
  static const char *const dates[] = { "2019", "2019-06", "2019-06-18" };
  static const char *const precisions[] = { "year", "month", "day" };
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    g_free (add_event (fixture, contact, dates[i], dates[i], NULL, NULL));
  rows = list (fixture, contact);
  g_assert_cmpuint (rows->len, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      const MashTimelineRow *row = g_ptr_array_index (rows, 3 - i);

      g_assert_cmpstr (row->headline, ==, dates[i]);
      g_assert_cmpstr (row->precision, ==, precisions[i]);
      g_assert_cmpstr (row->source, ==, "A letter");
    }
  g_assert_true (holds (fixture));
}

/* What was written by mistake is withdrawn with a reason: it leaves what is printed, and stays. */
static void
test_withdrawn (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *event = add_event (fixture, contact, "2020", "Moved house", NULL, NULL);
  g_autoptr (MashRecord) record = mash_store_lookup (fixture->store, "timeline-entry", event);
  g_autoptr (MashGroup) group = mash_group_new ("withdraw-event", contact);
  g_autoptr (MashTimelineView) view = mash_timeline_view_new (contact);
  g_autoptr (GPtrArray) rows = NULL;
  MashEdit *edit = mash_edit_new_for (record);

  g_assert_cmpuint (count (fixture, contact, MASH_TIMELINE_HOUSEHOLD, NULL, "moved"), ==, 1);
  mash_edit_void (edit, "It was another family");
  mash_group_take_edit (group, edit);
  mash_group_set_reason (group, "It was another family");
  store_fixture_submit (fixture, group);

  g_assert_cmpuint (count (fixture, contact, MASH_TIMELINE_HOUSEHOLD, NULL, "moved"), ==, 0);
  view->with_void = TRUE;
  rows = list_view (fixture, view);
  g_assert_cmpstr (find (rows, "Moved house")->voided_reason, ==, "It was another family");
  g_assert_true (holds (fixture));
}

/* Intelligence has no line, no count, no mark and no hit for whoever may not see it. */
static void
test_closed (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashTimelineView) view = mash_timeline_view_new (contact);
  g_autoptr (MashTimelineReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  guint n_marks = 0;

  g_free (add_event (fixture, contact, "2020", "Seen with a dealer", NULL, "INTEL"));
  g_assert_cmpuint (count (fixture, contact, MASH_TIMELINE_HOUSEHOLD, NULL, "dealer"), ==, 1);

  store_fixture_sign_in (fixture, "manager");
  reading = mash_store_read_timeline (fixture->store, view, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading->keys->len, ==, 1);
  for (guint i = 0; i < reading->lanes->len; i++)
    n_marks += ((MashTimelineLane *) g_ptr_array_index (reading->lanes, i))->marks->len;
  g_assert_cmpuint (n_marks, ==, 1);
  g_assert_cmpuint (count (fixture, contact, MASH_TIMELINE_HOUSEHOLD, NULL, "dealer"), ==, 0);
  g_assert_cmpuint (count (fixture, contact, MASH_TIMELINE_CONTACT, NULL, NULL), ==, 1);
}

/* A sibling who is added late brings what is known of them, and the line that adds them says so. */
static void
test_late_sibling (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autofree char *first = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *ellie = store_fixture_find_child (fixture->store, first);
  g_autofree char *second = store_fixture_contact (fixture, "Noah", "Marsh", "2022-03-04");
  g_autofree char *noah = store_fixture_find_child (fixture->store, second);
  g_autoptr (MashGroup) group = mash_group_new ("add-late-subject", second);
  g_autoptr (GPtrArray) rows = NULL;

  g_free (add_event (fixture, first, "2020", "Fell from a wall", ellie, NULL));
  g_assert_cmpuint (count (fixture, second, MASH_TIMELINE_HOUSEHOLD, NULL, NULL), ==, 1);
  store_fixture_add (fixture->store, group, &mash_contact_subject_kind, "person", ellie, "role",
                     "CHILD", NULL);
  store_fixture_submit (fixture, group);

  rows = list (fixture, second);
  g_assert_cmpuint (rows->len, ==, 4);
  find (rows, "Fell from a wall");
  g_assert_cmpstr (find (rows, "Person added later")->detail, ==,
                   "What is known of them from before now stands here too");
  g_assert_cmpuint (count (fixture, second, MASH_TIMELINE_CONTACT, NULL, NULL), ==, 2);
  g_assert_cmpuint (count (fixture, second, MASH_TIMELINE_PERSON, noah, NULL), ==, 2);
  g_assert_cmpuint (count (fixture, second, MASH_TIMELINE_PERSON, ellie, NULL), ==, 4);
  g_assert_cmpuint (count (fixture, second, MASH_TIMELINE_PERSON, ellie, "wall ellie"), ==, 1);
  /* Both contacts stand under the child’s own; each look at the other is written down once. */
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM access"
                                        " WHERE instr (body, '.beside') > 0"), ==, 1);
}

/* Takes in an episode as an import does: on no contact. Gives its id. */
static char *
import_episode (StoreFixture *fixture,
                const char   *person,
                const char   *number,
                const char   *opened,
                const char   *closed)
{
  g_autoptr (MashGroup) group = mash_group_new ("import-rows", NULL);
  MashEdit *file = store_fixture_add (fixture->store, group, &mash_import_file_kind, "form",
                                      "episodes", "fingerprint", number, NULL);
  MashEdit *episode = store_fixture_add (fixture->store, group, &mash_episode_kind, "person",
                                         person, "system", "Old system", "number", number, "type",
                                         "Assessment", "outcome", "Early help", "team", "North",
                                         NULL);
  char *id = g_strdup (mash_edit_get_id (episode));
  MashEdit *row;

  if (opened != NULL)
    mash_edit_set_text (episode, "opened", opened);
  if (closed != NULL)
    mash_edit_set_text (episode, "closed", closed);
  row = store_fixture_add (fixture->store, group, &mash_import_row_kind, "file",
                           mash_edit_get_id (file), "line", "7", "system", "Old system", "digest",
                           number, "person", person, "episode", id, "said", "type: Assessment",
                           NULL);
  g_assert_nonnull (row);
  store_fixture_submit (fixture, group);

  return id;
}

static void
alter_episode (StoreFixture *fixture,
               const char   *id,
               const char   *field,
               const char   *value)
{
  g_autoptr (MashGroup) group = mash_group_new ("import-rows", NULL);

  store_fixture_edit (fixture->store, group, &mash_episode_kind, id, field, value, NULL);
  store_fixture_submit (fixture, group);
}

/* What another system did with somebody stands on the timeline of every contact with them, with
 * where it comes from, and follows what that system says later. */
static void
test_episodes (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *first = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *ellie = store_fixture_find_child (fixture->store, first);
  g_autofree char *second = store_fixture_contact (fixture, "Noah", "Marsh", "2022-03-04");
  g_autofree char *noah = store_fixture_find_child (fixture->store, second);
  g_autofree char *episode = import_episode (fixture, ellie, "E-1", "2021-05", NULL);
  g_autoptr (MashGroup) group = mash_group_new ("add-late-subject", second);
  g_autoptr (GPtrArray) rows = list (fixture, first);
  const MashTimelineRow *row = find (rows, "Assessment");

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (row->precision, ==, "month");
  g_assert_cmpstr (row->detail, ==, "Early help · North");
  g_assert_cmpstr (row->source, ==, "Old system, E-1, line 7 of an imported file");
  g_assert_true (g_str_has_suffix (row->origin, "\ntype: Assessment"));
  g_assert_cmpstr (row->who, ==, "Ellie");
  g_assert_cmpstr (row->record_kind, ==, "episode");
  g_assert_null (row->contact);
  g_assert_cmpuint (count (fixture, first, MASH_TIMELINE_CONTACT, NULL, NULL), ==, 2);
  g_assert_cmpuint (count (fixture, first, MASH_TIMELINE_PERSON, ellie, "early help"), ==, 1);
  g_assert_cmpuint (count (fixture, first, MASH_TIMELINE_HARM, NULL, NULL), ==, 0);

  /* Not in a family that she is not of; in the one that she joins. */
  g_assert_cmpuint (count (fixture, second, MASH_TIMELINE_HOUSEHOLD, NULL, NULL), ==, 1);
  store_fixture_add (fixture->store, group, &mash_contact_subject_kind, "person", ellie, "role",
                     "CHILD", NULL);
  store_fixture_submit (fixture, group);
  g_assert_cmpuint (count (fixture, second, MASH_TIMELINE_HOUSEHOLD, NULL, NULL), ==, 4);
  g_assert_cmpuint (count (fixture, second, MASH_TIMELINE_PERSON, noah, "assessment"), ==, 0);

  /* It ends: the outcome stands there, and the line where it began says so no longer. */
  alter_episode (fixture, episode, "closed", "2021-09-30");
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = list (fixture, first);
  g_assert_cmpuint (rows->len, ==, 5);
  g_assert_cmpstr (find (rows, "Assessment: ended")->detail, ==, "Early help");
  g_assert_cmpstr (find (rows, "Assessment")->detail, ==, "North");
  g_assert_true (holds (fixture));
}

static void
test_episode_without_dates (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *child = store_fixture_find_child (fixture->store, contact);
  g_autofree char *bare = import_episode (fixture, child, "E-2", NULL, NULL);
  g_autofree char *ended = import_episode (fixture, child, "E-3", NULL, "2020");
  g_autoptr (GPtrArray) rows = list (fixture, contact);

  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (find (rows, "Assessment")->detail, ==,
                   "It is not known when this was; it stands where it was imported");
  g_assert_cmpstr (((MashTimelineRow *) g_ptr_array_index (rows, 2))->record, ==, ended);
}

/* Does one thing at random in one of the contacts. */
static void
do_anything (StoreFixture *fixture,
             GPtrArray    *contacts,
             GPtrArray    *children,
             guint         turn)
{
  guint which = (guint) g_test_rand_int_range (0, (gint32) contacts->len);
  const char *contact = g_ptr_array_index (contacts, which);
  const char *child = g_ptr_array_index (children, which);
  g_autofree char *text = g_strdup_printf ("Thing %u", turn);
  g_autofree char *year = g_strdup_printf ("%d", g_test_rand_int_range (1990, 2026));
  g_autoptr (MashGroup) group = NULL;

  switch (g_test_rand_int_range (0, 7))
    {
    case 5:
      g_free (import_episode (fixture, child, text, turn % 4 ? year : NULL,
                              turn % 3 ? NULL : year));
      break;

    case 6:
      {
        g_autoptr (GPtrArray) episodes = mash_store_list (fixture->store, "episode", "person",
                                                          child);
        MashRecord *episode = episodes->len > 0 ? g_ptr_array_index (episodes, 0) : NULL;
        const char *field = turn % 2 ? "closed" : "opened";

        /* The year that is drawn may be the one that stands there. */
        if (episode != NULL && g_strcmp0 (mash_record_get_text (episode, field), year) != 0)
          alter_episode (fixture, mash_record_get_id (episode), field, year);
        break;
      }

    case 0:
      store_fixture_do (fixture, "edit", contact, "ward", text, NULL);
      break;

    case 1:
      group = mash_group_new ("note", contact);
      store_fixture_add (fixture->store, group, &mash_note_kind, "person", child, "text", text,
                         "significance", turn % 2 ? "critical" : "routine", NULL);
      store_fixture_submit (fixture, group);
      break;

    case 2:
      g_free (add_event (fixture, contact, year, text, turn % 3 ? child : NULL,
                         turn % 5 ? NULL : "INTEL"));
      break;

    case 3:
      group = mash_group_new ("edit", contact);
      store_fixture_add (fixture->store, group, &mash_concern_kind, "person", child,
                         "what-happened", text, "when", year, NULL);
      store_fixture_submit (fixture, group);
      break;

    default:
      {
        g_autoptr (GPtrArray) concerns = mash_store_list (fixture->store, "concern", "contact",
                                                          contact);

        if (concerns->len == 0)
          break;
        group = mash_group_new ("edit", contact);
        store_fixture_edit (fixture->store, group, &mash_concern_kind,
                            mash_record_get_id (g_ptr_array_index (concerns, 0)),
                            "what-happened", text, "when", year, NULL);
        store_fixture_submit (fixture, group);
      }
    }
}

/* However the lines came about, they are those that the changes give when they are heard again from
 * the first; and so they are for a hub that had no timeline when they were made. */
static void
test_rebuilt (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gint64 n;

  for (guint i = 0; i < 3; i++)
    {
      char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");

      g_ptr_array_add (contacts, contact);
      g_ptr_array_add (children, store_fixture_find_child (fixture->store, contact));
    }
  for (guint turn = 0; turn < 80; turn++)
    do_anything (fixture, contacts, children, turn);
  g_assert_true (holds (fixture));

  n = store_fixture_count (fixture, "SELECT count (*) FROM timeline");
  mash_database_execute (fixture->store->database,
                         "DELETE FROM timeline_key;"
                         "INSERT INTO timeline_search (timeline_search) VALUES ('delete-all');"
                         "DELETE FROM timeline", &error);
  g_assert_no_error (error);
  g_assert_false (holds (fixture));
  g_assert_true (mash_store_fill_timeline (fixture->store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM timeline"), ==, n);
  g_assert_true (holds (fixture));
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

  ADD ("/timeline/partial-dates", test_partial_dates);
  ADD ("/timeline/withdrawn", test_withdrawn);
  ADD ("/timeline/closed", test_closed);
  ADD ("/timeline/late-sibling", test_late_sibling);
  ADD ("/timeline/episodes", test_episodes);
  ADD ("/timeline/episode-without-dates", test_episode_without_dates);
  ADD ("/timeline/rebuilt", test_rebuilt);

  return g_test_run ();
}
