/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-signing.h"
#include "mash-store-strategy.h"
#include "mash-time.h"
#include "store-fixture.h"

/* Somebody who chairs a discussion and means harm, or whose program is faulty, hands in parts of it
 * that the rules do not know: each is refused whole, by a sentence that names nobody, and leaves
 * nothing behind; or, where it is the rules’ own, they put it right. And a discussion that is
 * longer than any is kept and read all the same. */

#define N_NOTES 5000
#define N_AT_ONCE 200
#define UNKNOWN "01937a5e-0000-7000-8000-0000000000ff"

typedef struct
{
  StoreFixture hub;
  char        *contact;
  char        *discussion;
  char        *other;             /* another contact, and a discussion of it */
  char        *other_discussion;
  char        *other_subject;
  char        *note;
  char        *view;
} Room;

/* A part that is new, as fields and values. */
typedef struct
{
  const char *what;
  const char *kind;
  const char *pairs[8];
} Part;

static const Part parts[] = {
  { "a note of an agency that nobody knows", "sd-note",
    { "agency", UNKNOWN, "at", "now", "text", "Said" } },
  { "a note in the words of a person that nobody knows", "sd-note",
    { "agency", "own", "at", "now", "text", "Said", "speaker", UNKNOWN } },
  { "a note without words", "sd-note", { "agency", "own", "at", "now" } },
  { "a note of longer words than any", "sd-note",
    { "agency", "own", "at", "now", "text", "huge" } },
  { "a note with what no keyboard types", "sd-note",
    { "agency", "own", "at", "now", "text", "bell" } },
  { "a note of tomorrow", "sd-note", { "agency", "own", "at", "tomorrow", "text", "Said" } },
  { "a note of no day", "sd-note",
    { "agency", "own", "at", "2026-02-30T25:00:00.000Z", "text", "Said" } },
  { "a note on a point that no agenda has", "sd-note",
    { "agency", "own", "at", "now", "text", "Said", "topic", "GOSSIP" } },
  { "a note in a discussion that nobody knows", "sd-note",
    { "agency", "own", "at", "now", "text", "Said", "discussion", UNKNOWN } },
  { "a note in the discussion of another contact", "sd-note",
    { "agency", "own", "at", "now", "text", "Said", "discussion", "other" } },
  { "somebody who is there in a way that no list has", "sd-participant",
    { "agency", "own", "attended", "ASLEEP" } },
  { "a decision for a child of another contact", "sd-child",
    { "subject", "other-subject", "decision", "S47J" } },
  { "a decision for a child that nobody knows", "sd-child", { "subject", UNKNOWN } },
  { "a second decision for a child", "sd-child", { "subject", "own-subject" } },
  { "a second plan", "sd-plan", { "scene", "None" } },
  { "a second view", "sd-view", { "agency", "own", "position", "DISS", "text", "No" } },
  { "a view that takes no position", "sd-view", { "agency", "police", "text", "No" } },
  { "an action that is done from the start", "sd-action", { "what", "Visit", "status", "DONE" } },
  { "an action with a number of its own", "sd-action", { "what", "Visit", "number", "9" } },
  { "a paragraph that says that it is confirmed", "sd-paragraph",
    { "agency", "police", "text", "Known", "confirmed-by", "me" } },
  { "a paragraph with another fingerprint", "sd-paragraph",
    { "agency", "police", "text", "Known", "text-hash", "00" } },
  { "a version that is settled from the start", "sd-version",
    { "of-kind", "sd-note", "of-record", "x", "of-field", "text", "choice", "KEPT" } },
  { "a request to sign", "sd-request", { "capacity", "CHAIR", "rev", "1" } },
  { "an enquiry", "sd-enquiry", { "subject", "own-subject" } },
  { "a disagreement", "sd-escalation", { "agency", "police" } },
  { "a copy", "sd-circulation", { "variant", "FULL", "recipient", "Somebody" } },
  { "a signature", "sign-off", { "type", "SO04", "result", "SIGNED" } },
  { "a clock", "clock", { "type", "T15" } },
};

/* What stands, altered. */
static const struct
{
  const char *what;
  const char *kind;
  const char *field;
  const char *value;
} alterations[] = {
  { "what was noted", "sd-note", "text", "Other words" },
  { "whose view it is", "sd-view", "agency", "police" },
  { "the state of the record", "strategy-discussion", "state", "SIGNED" },
  { "the revision of the record", "strategy-discussion", "rev", "9" },
  { "the fingerprint of the record", "strategy-discussion", "content-hash", "00" },
  { "whether it is compliant", "strategy-discussion", "compliance", "COMPLIANT" },
  { "who allowed the exception", "strategy-discussion", "exception-by", "me" },
  { "the chair, who may not", "strategy-discussion", "chair", "auditor" },
  { "the chair, whom nobody knows", "strategy-discussion", "chair", UNKNOWN },
  { "the start, which is to come", "strategy-discussion", "started-at", "tomorrow" },
};

static char *
dup_value (Room       *room,
           const char *kind,
           const char *value)
{
  gint64 now = mash_store_get_now (room->hub.store);
  g_autoptr (GPtrArray) subjects = NULL;

  if (strcmp (value, "own") == 0)
    return g_strdup (room->hub.agency);
  if (strcmp (value, "police") == 0)
    return g_strdup (room->hub.police);
  if (strcmp (value, "me") == 0)
    return g_strdup (room->hub.manager);
  if (strcmp (value, "auditor") == 0)
    return g_strdup (room->hub.auditor);
  if (strcmp (value, "now") == 0)
    return mash_time_format (now);
  if (strcmp (value, "tomorrow") == 0)
    return mash_time_format (now + MASH_TIME_DAY);
  if (strcmp (value, "other") == 0)
    return g_strdup (room->other_discussion);
  if (strcmp (value, "other-subject") == 0)
    return g_strdup (room->other_subject);
  if (strcmp (value, "huge") == 0)
    return g_strnfill (4 * 1024 * 1024, 'a');
  if (strcmp (value, "bell") == 0)
    return g_strdup ("Said\007");
  if (strcmp (value, "own-subject") != 0)
    return g_strdup (value);

  subjects = mash_store_list (room->hub.store, "contact-subject", "contact", room->contact);

  return g_strdup (mash_record_get_id (g_ptr_array_index (subjects, 0)));
}

static MashEdit *
add (Room       *room,
     MashGroup  *group,
     const char *kind)
{
  g_autofree char *id = mash_store_make_id (room->hub.store);
  MashEdit *edit = mash_edit_new (mash_kind_lookup (kind), id, 0);

  mash_edit_set_text (edit, "contact", mash_group_get_contact (group));
  mash_group_take_edit (group, edit);

  return edit;
}

/* Without asking whether the field can hold it. */
static void
force (MashEdit   *edit,
       const char *field,
       GVariant   *was,
       const char *value)
{
  guint i = mash_kind_find_field (mash_edit_get_kind (edit), field);

  mash_edit_set (edit, i, was, g_variant_new_string (value));
}

static void
submit (Room      *room,
        MashGroup *group)
{
  g_autoptr (MashGroup) owned = group;
  g_autoptr (GError) error = NULL;

  mash_store_submit (room->hub.store, owned, NULL, &error);
  g_assert_no_error (error);
}

/* What is the rules’ own they may put right in place of refusing it. */
static gboolean
is_put_right (Room     *room,
              MashEdit *edit,
              MashEdit *wanted)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  g_autoptr (MashRecord) record = mash_store_lookup (room->hub.store, kind->name,
                                                     mash_edit_get_id (edit));
  guint n = 0;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind->fields[i].owner != MASH_OWNER_RULES || !mash_edit_touches (wanted, i))
        continue;
      if (mash_values_equal (mash_record_get_value (record, i), mash_edit_get_now (wanted, i)))
        return FALSE;
      n++;
    }

  return n > 0;
}

static void
assert_refused (Room       *room,
                MashGroup  *group,
                const char *what)
{
  g_autoptr (MashGroup) owned = group;
  g_autoptr (MashEdit) wanted = mash_edit_copy (mash_group_get_edit (group, 0));
  g_autoptr (GError) error = NULL;
  gint64 before = store_fixture_count (&room->hub, "SELECT count(*) FROM change");

  if (mash_store_submit (room->hub.store, owned, NULL, &error))
    {
      if (!is_put_right (room, mash_group_get_edit (owned, 0), wanted))
        g_error ("Taken: %s", what);
      return;
    }
  g_test_message ("%s: %s", what, error->message);
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_assert_null (strstr (error->message, "Marsh"));
  g_assert_cmpint (store_fixture_count (&room->hub, "SELECT count(*) FROM change"), ==, before);
}

static void
set_up (Room         *room,
        gconstpointer data)
{
  g_autoptr (GPtrArray) subjects = NULL;
  MashGroup *group;
  MashEdit *edit;
  g_autofree char *now = NULL;

  store_fixture_set_up (&room->hub, NULL);
  room->contact = store_fixture_contact (&room->hub, "Leo", "Marsh", "2018-03-04");
  room->other = store_fixture_contact (&room->hub, "Noah", "Sedge", "2016-05-06");
  store_fixture_sign_in (&room->hub, "manager");
  room->discussion = store_fixture_discuss (&room->hub, room->contact);
  room->other_discussion = store_fixture_discuss (&room->hub, room->other);
  subjects = mash_store_list (room->hub.store, "contact-subject", "contact", room->other);
  room->other_subject = g_strdup (mash_record_get_id (g_ptr_array_index (subjects, 0)));

  now = mash_time_format (mash_store_get_now (room->hub.store));
  group = mash_group_new ("write-discussion", room->contact);
  edit = add (room, group, "sd-note");
  room->note = g_strdup (mash_edit_get_id (edit));
  mash_edit_set_text (edit, "discussion", room->discussion);
  mash_edit_set_text (edit, "agency", room->hub.agency);
  mash_edit_set_text (edit, "at", now);
  mash_edit_set_text (edit, "text", "What was said");
  edit = add (room, group, "sd-view");
  room->view = g_strdup (mash_edit_get_id (edit));
  mash_edit_set_text (edit, "discussion", room->discussion);
  mash_edit_set_text (edit, "agency", room->hub.agency);
  mash_edit_set_text (edit, "position", "AGREE");
  submit (room, group);
}

static void
tear_down (Room         *room,
           gconstpointer data)
{
  store_fixture_tear_down (&room->hub, NULL);
  g_free (room->contact);
  g_free (room->discussion);
  g_free (room->other);
  g_free (room->other_discussion);
  g_free (room->other_subject);
  g_free (room->note);
  g_free (room->view);
}

static void
test_parts (Room         *room,
            gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      MashGroup *group = mash_group_new ("write-discussion", room->contact);
      MashEdit *edit = add (room, group, parts[i].kind);

      if (mash_kind_find_field (mash_kind_lookup (parts[i].kind), "discussion") != MASH_NO_FIELD)
        mash_edit_set_text (edit, "discussion", room->discussion);
      for (guint k = 0; k < G_N_ELEMENTS (parts[i].pairs) && parts[i].pairs[k] != NULL; k += 2)
        {
          g_autofree char *value = dup_value (room, parts[i].kind, parts[i].pairs[k + 1]);

          force (edit, parts[i].pairs[k], NULL, value);
        }
      assert_refused (room, group, parts[i].what);
    }
}

static void
test_alterations (Room         *room,
                  gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (alterations); i++)
    {
      const char *kind = alterations[i].kind;
      const char *id = strcmp (kind, "sd-note") == 0 ? room->note
                       : strcmp (kind, "sd-view") == 0 ? room->view : room->discussion;
      g_autoptr (MashRecord) record = mash_store_lookup (room->hub.store, kind, id);
      g_autofree char *value = dup_value (room, kind, alterations[i].value);
      MashGroup *group = mash_group_new ("write-discussion", room->contact);
      MashEdit *edit = mash_edit_new_for (record);

      force (edit, alterations[i].field,
             mash_record_get_value (record, mash_kind_find_field (mash_kind_lookup (kind),
                                                                  alterations[i].field)), value);
      mash_group_take_edit (group, edit);
      assert_refused (room, group, alterations[i].what);
    }
}

/* What the chair takes stands afterwards, word for word; a version of nothing is not taken. */
static void
test_taken (Room         *room,
            gconstpointer data)
{
  const struct
  {
    const char *what;
    const char *kind;
    const char *record;
    const char *field;
    const char *written;   /* into the field, with the choice; NULL: nothing */
  } cases[] = {
    { "taken and written nowhere", "strategy-discussion", room->discussion, "place", NULL },
    { "taken and written otherwise", "strategy-discussion", room->discussion, "place", "Else" },
    { "of a record that nobody knows", "sd-plan", UNKNOWN, "scene", NULL },
    { "of a kind that nobody knows", "sd-gossip", room->note, "text", NULL },
    { "of a field that nobody knows", "sd-note", room->note, "whisper", NULL },
    { "of what is the rules’", "strategy-discussion", room->discussion, "state", "Room 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MashGroup *group = mash_group_new ("write-discussion", room->contact);
      MashEdit *edit = add (room, group, "sd-version");
      g_autofree char *id = g_strdup (mash_edit_get_id (edit));
      g_autoptr (MashRecord) version = NULL;

      mash_edit_set_text (edit, "discussion", room->discussion);
      mash_edit_set_text (edit, "of-kind", cases[i].kind);
      mash_edit_set_text (edit, "of-record", cases[i].record);
      mash_edit_set_text (edit, "of-field", cases[i].field);
      mash_edit_set_text (edit, "text", "Room 2");
      submit (room, group);

      version = mash_store_lookup (room->hub.store, "sd-version", id);
      group = mash_group_new ("settle-version", room->contact);
      edit = mash_edit_new_for (version);
      mash_edit_set_text (edit, "choice", "TAKEN");
      mash_group_take_edit (group, edit);
      if (cases[i].written != NULL)
        {
          g_autoptr (MashRecord) of = mash_store_lookup (room->hub.store, cases[i].kind,
                                                         cases[i].record);

          edit = mash_edit_new_for (of);
          force (edit, cases[i].field,
                 mash_record_get_value (of, mash_kind_find_field (mash_kind_lookup (cases[i].kind),
                                                                  cases[i].field)),
                 cases[i].written);
          mash_group_take_edit (group, edit);
        }
      assert_refused (room, group, cases[i].what);
    }
}

static MashGroup *
make_notes (Room  *room,
            guint  n)
{
  g_autofree char *now = mash_time_format (mash_store_get_now (room->hub.store));
  MashGroup *group = mash_group_new ("write-discussion", room->contact);

  for (guint i = 0; i < n; i++)
    {
      MashEdit *edit = add (room, group, "sd-note");

      mash_edit_set_text (edit, "discussion", room->discussion);
      mash_edit_set_text (edit, "agency", room->hub.agency);
      mash_edit_set_text (edit, "at", now);
      mash_edit_set_text (edit, "text", "What was said");
    }

  return group;
}

static MashGroup *
make_paragraphs (Room  *room,
                 guint  n)
{
  MashGroup *group = mash_group_new ("write-discussion", room->contact);

  for (guint i = 0; i < n; i++)
    store_fixture_add (room->hub.store, group, &mash_sd_paragraph_kind, "discussion",
                       room->discussion, "agency", room->hub.agency, "text", "Known", "basis",
                       "FACT", NULL);

  return group;
}

/* One step takes no more than it may, counted as it travels: the words of a paragraph are a change
 * of their own. Many steps make a discussion that opens like any other. */
static void
test_many (Room         *room,
           gconstpointer data)
{
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (MashDiscussionReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  assert_refused (room, make_notes (room, MASH_GROUP_MAX_CHANGES + 1), "too much for one step");
  assert_refused (room, make_paragraphs (room, MASH_GROUP_MAX_CHANGES / 2 + 1),
                  "too much for one step as it travels");
  submit (room, make_paragraphs (room, MASH_GROUP_MAX_CHANGES / 2));
  for (guint i = 0; i < N_NOTES; i += N_AT_ONCE)
    submit (room, make_notes (room, N_AT_ONCE));

  bundle = mash_store_open_contact (room->hub.store, room->contact, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < bundle->records->len; i++)
    n += strcmp (mash_record_get_kind (g_ptr_array_index (bundle->records, i))->name,
                 "sd-note") == 0;
  g_assert_cmpuint (n, ==, N_NOTES + 1);
  reading = mash_store_read_discussion (room->hub.store, room->discussion, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (reading->hash), ==, 64);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/hostile-discussion/parts", Room, NULL, set_up, test_parts, tear_down);
  g_test_add ("/hostile-discussion/alterations", Room, NULL, set_up, test_alterations, tear_down);
  g_test_add ("/hostile-discussion/taken", Room, NULL, set_up, test_taken, tear_down);
  g_test_add ("/hostile-discussion/many", Room, NULL, set_up, test_many, tear_down);

  return g_test_run ();
}
