/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "mash-time.h"

/* Somebody who is signed in and means harm, or whose program is faulty, hands in groups that their
 * role allows by name: each must be refused whole, by a sentence, and leave nothing behind. */

typedef struct
{
  StoreFixture *fixture;
  char         *own;        /* the contact that the group is done on */
  char         *other;      /* another contact, of another family */
  char         *other_subject;
  char         *other_child;
  char         *note;       /* a note that the social worker wrote on the first */
  char         *flag;       /* a flag on the first */
  char         *dropped;    /* a household that is void */
} Scene;

typedef struct
{
  const char *what;
  const char *sign_in;
  MashGroup *(*make) (Scene *scene);
} Attack;

static MashStore *
store (Scene *scene)
{
  return scene->fixture->store;
}

static char *
first_subject (Scene      *scene,
               const char *contact)
{
  g_autoptr (GPtrArray) subjects = mash_store_list (store (scene), "contact-subject", "contact",
                                                    contact);

  return g_strdup (mash_record_get_id (g_ptr_array_index (subjects, 0)));
}

static void
add_note_and_flag (Scene *scene)
{
  g_autoptr (MashGroup) note = mash_group_new ("note", scene->own);
  g_autoptr (MashGroup) flag = mash_group_new ("flag", scene->own);

  scene->note = g_strdup (mash_edit_get_id (store_fixture_add (store (scene), note,
                                                               &mash_note_kind, "text",
                                                               "Seen at school.", NULL)));
  store_fixture_submit (scene->fixture, note);
  scene->flag = g_strdup (mash_edit_get_id (store_fixture_add (store (scene), flag,
                                                               &mash_flag_kind, "type", "DOG",
                                                               "reason", "Large dog",
                                                               "review-by", "2030-01-01", NULL)));
  store_fixture_submit (scene->fixture, flag);
}

static void
drop_household (Scene *scene)
{
  g_autofree char *child = store_fixture_find_child (store (scene), scene->own);
  g_autoptr (MashGroup) make = mash_group_new ("edit", scene->own);
  g_autoptr (MashGroup) drop = mash_group_new ("edit", scene->own);
  g_autoptr (MashRecord) household = NULL;
  MashEdit *edit = store_fixture_add (store (scene), make, &mash_household_kind,
                                      "label", "Home", NULL);

  scene->dropped = g_strdup (mash_edit_get_id (edit));
  store_fixture_add (store (scene), make, &mash_household_member_kind, "household",
                     scene->dropped, "person", child, NULL);
  store_fixture_submit (scene->fixture, make);
  household = mash_store_lookup (store (scene), "household", scene->dropped);
  edit = mash_edit_new_for (household);
  mash_edit_void (edit, "Entered twice");
  mash_group_take_edit (drop, edit);
  store_fixture_submit (scene->fixture, drop);
}

static void
set_scene (Scene        *scene,
           StoreFixture *fixture)
{
  scene->fixture = fixture;
  scene->own = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  scene->other = store_fixture_contact (fixture, "Noah", "Sedge", "2016-05-06");
  scene->other_subject = first_subject (scene, scene->other);
  scene->other_child = store_fixture_find_child (fixture->store, scene->other);
  add_note_and_flag (scene);
  drop_household (scene);
}

static void
clear_scene (Scene *scene)
{
  g_free (scene->own);
  g_free (scene->other);
  g_free (scene->other_subject);
  g_free (scene->other_child);
  g_free (scene->note);
  g_free (scene->flag);
  g_free (scene->dropped);
}

static MashGroup *
void_record (Scene      *scene,
             const char *deed,
             const char *kind,
             const char *id,
             const char *reason)
{
  MashGroup *group = mash_group_new (deed, scene->own);
  g_autoptr (MashRecord) record = mash_store_lookup (store (scene), kind, id);
  MashEdit *edit = mash_edit_new_for (record);

  mash_edit_void (edit, reason);
  mash_group_take_edit (group, edit);

  return group;
}

static MashGroup *
edit_other_subject (Scene *scene)
{
  MashGroup *group = mash_group_new ("edit", scene->own);

  store_fixture_edit (store (scene), group, &mash_contact_subject_kind, scene->other_subject,
                      "role", "ADULT", NULL);

  return group;
}

static MashGroup *
edit_other_contact (Scene *scene)
{
  MashGroup *group = mash_group_new ("edit", scene->own);

  store_fixture_edit (store (scene), group, &mash_contact_kind, scene->other, "ward", "Pleck",
                      NULL);

  return group;
}

static MashGroup *
give_other_contact_away (Scene *scene)
{
  MashGroup *group = mash_group_new ("assign", scene->own);

  store_fixture_edit (store (scene), group, &mash_contact_kind, scene->own, "assigned-to",
                      scene->fixture->worker, NULL);
  store_fixture_edit (store (scene), group, &mash_contact_kind, scene->other, "assigned-to",
                      scene->fixture->worker, NULL);

  return group;
}

static MashGroup *
edit_other_child (Scene *scene)
{
  MashGroup *group = mash_group_new ("edit", scene->own);

  store_fixture_edit (store (scene), group, &mash_person_kind, scene->other_child,
                      "legal-surname", "Marsh", NULL);

  return group;
}

static MashGroup *
name_other_child (Scene *scene)
{
  MashGroup *group = mash_group_new ("edit", scene->own);

  store_fixture_add (store (scene), group, &mash_person_name_kind, "person", scene->other_child,
                     "use", "ALIAS", "surname", "Marsh", NULL);

  return group;
}

static MashGroup *
flag_other_child (Scene *scene)
{
  MashGroup *group = mash_group_new ("flag", scene->own);

  store_fixture_add (store (scene), group, &mash_flag_kind, "person", scene->other_child,
                     "type", "DOG", "reason", "Large dog", "review-by", "2030-01-01", NULL);

  return group;
}

static MashGroup *
void_contact (Scene *scene)
{
  return void_record (scene, "edit", "contact", scene->own, "Not wanted");
}

static MashGroup *
void_person (Scene *scene)
{
  g_autofree char *child = store_fixture_find_child (store (scene), scene->own);

  return void_record (scene, "edit", "person", child, "Not wanted");
}

static MashGroup *
void_note (Scene *scene)
{
  return void_record (scene, "note", "note", scene->note, "Not wanted");
}

static MashGroup *
void_flag (Scene *scene)
{
  return void_record (scene, "flag", "flag", scene->flag, "Not wanted");
}

static MashGroup *
void_without_words (Scene *scene)
{
  g_autofree char *subject = first_subject (scene, scene->own);

  return void_record (scene, "edit", "contact-subject", subject, "  ");
}

static MashGroup *
turn_flag (Scene *scene)
{
  MashGroup *group = mash_group_new ("flag", scene->own);

  store_fixture_edit (store (scene), group, &mash_flag_kind, scene->flag, "type", "VIOL", NULL);

  return group;
}

/* The judge sees the first, the table would keep the second. */
static MashGroup *
edit_twice (Scene *scene)
{
  MashGroup *group = mash_group_new ("raise-brag", scene->own);
  MashEdit *second = mash_edit_new (&mash_contact_kind, scene->own, 1);
  guint brag = mash_kind_find_field (&mash_contact_kind, "brag");

  mash_group_set_reason (group, "It is worse than it looked");
  store_fixture_edit (store (scene), group, &mash_contact_kind, scene->own, "brag", "A", NULL);
  mash_edit_set (second, brag, g_variant_new_string ("A"), g_variant_new_string ("B"));
  mash_group_take_edit (group, second);

  return group;
}

static MashGroup *
name_id (Scene *scene)
{
  MashGroup *group = mash_group_new ("note", scene->own);
  MashEdit *edit = mash_edit_new (&mash_note_kind, "drop-table", 0);

  mash_edit_set_text (edit, "contact", scene->own);
  mash_edit_set_text (edit, "text", "Seen at school.");
  mash_group_take_edit (group, edit);

  return group;
}

static MashGroup *
refer_to_void (Scene *scene)
{
  g_autofree char *child = store_fixture_find_child (store (scene), scene->own);
  MashGroup *group = mash_group_new ("edit", scene->own);

  store_fixture_add (store (scene), group, &mash_household_member_kind, "household",
                     scene->dropped, "person", child, NULL);

  return group;
}

static MashGroup *
receive_tomorrow (Scene *scene)
{
  MashGroup *group = store_fixture_new_contact (store (scene), "Ellie", "Marsh", "2019-03-04");
  g_autofree char *tomorrow = mash_time_format (mash_store_get_now (store (scene)) +
                                                MASH_TIME_DAY);
  MashEdit *contact = mash_group_find_edit (group, "contact", NULL);

  mash_edit_set_text (contact, "received-at", tomorrow);

  return group;
}

static MashGroup *
born_in_time_to_come (Scene *scene)
{
  return store_fixture_new_contact (store (scene), "Ellie", "Marsh", "2189-03-04");
}

static MashGroup *
bring_two (Scene *scene)
{
  MashGroup *group = store_fixture_new_contact (store (scene), "Ellie", "Marsh", "2019-03-04");
  MashEdit *contact = store_fixture_add (store (scene), group, &mash_contact_kind, "channel",
                                         "PHONE", "source", "2A", "presenting-concern", "As well",
                                         NULL);

  mash_edit_set_text (contact, "received-at", "2026-01-01T09:00:00.000Z");

  return group;
}

static MashGroup *
long_reason (Scene *scene)
{
  MashGroup *group = mash_group_new ("note", scene->own);
  g_autofree char *reason = g_strnfill (100 * 1024, 'a');

  store_fixture_add (store (scene), group, &mash_note_kind, "text", "Seen at school.", NULL);
  mash_group_set_reason (group, reason);

  return group;
}

static MashGroup *
retired_code (Scene *scene)
{
  MashGroup *group = mash_group_new ("edit", scene->own);

  store_fixture_add (store (scene), group, &mash_concern_kind, "factor", "18A",
                     "what-happened", "A bruise", NULL);

  return group;
}

static MashGroup *
document_without_content (Scene *scene)
{
  MashGroup *group = mash_group_new ("add-document", scene->own);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "none", -1);

  store_fixture_add (store (scene), group, &mash_source_document_kind, "title", "Letter",
                     "sha256", sha256, NULL);

  return group;
}

static MashGroup *
staff_on_no_contact (Scene *scene)
{
  MashGroup *group = mash_group_new ("seed-staff", scene->note);

  store_fixture_add (store (scene), group, &mash_agency_kind, "type", "CSC", "name", "Another",
                     NULL);

  return group;
}

static MashGroup *
staff_by_worker (Scene *scene)
{
  MashGroup *group = mash_group_new ("seed-staff", NULL);

  store_fixture_add (store (scene), group, &mash_agency_kind, "type", "CSC", "name", "Another",
                     NULL);

  return group;
}

static MashGroup *
another_key (Scene *scene)
{
  MashGroup *group = mash_group_new ("seed-staff", NULL);
  g_autofree char *key = g_strnfill (64, 'a');

  store_fixture_edit (store (scene), group, &mash_staff_kind, scene->fixture->manager,
                      "public-key", key, NULL);

  return group;
}

static MashGroup *
nothing (Scene *scene)
{
  return mash_group_new ("note", scene->own);
}

static MashGroup *
too_much (Scene *scene)
{
  MashGroup *group = mash_group_new ("note", scene->own);

  for (guint i = 0; i <= MASH_GROUP_MAX_CHANGES; i++)
    store_fixture_add (store (scene), group, &mash_note_kind, "text", "Seen at school.", NULL);

  return group;
}

static const Attack attacks[] = {
  { "a person in another contact", "worker", edit_other_subject },
  { "another contact", "worker", edit_other_contact },
  { "another contact’s worker", "worker", give_other_contact_away },
  { "a child of another family", "worker", edit_other_child },
  { "a name for a child of another family", "worker", name_other_child },
  { "a flag on a child of another family", "worker", flag_other_child },
  { "a contact made void", "worker", void_contact },
  { "a person made void", "worker", void_person },
  { "somebody else’s note made void", "manager", void_note },
  { "a flag made void instead of cleared", "worker", void_flag },
  { "a record made void without a reason", "worker", void_without_words },
  { "a flag turned into another", "worker", turn_flag },
  { "two edits of one record", "worker", edit_twice },
  { "an id of another form", "worker", name_id },
  { "a household that is void", "worker", refer_to_void },
  { "a referral from tomorrow", "worker", receive_tomorrow },
  { "a child not yet born, with a date of birth", "worker", born_in_time_to_come },
  { "two contacts at once", "worker", bring_two },
  { "a reason without end", "worker", long_reason },
  { "a code no longer offered", "worker", retired_code },
  { "a document without its content", "worker", document_without_content },
  { "staff by a social worker", "worker", staff_by_worker },
  { "staff on a contact that is none", "admin", staff_on_no_contact },
  { "another signing key for a manager", "admin", another_key },
  { "nothing", "worker", nothing },
  { "too much", "worker", too_much },
};

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  Scene scene = { 0 };
  const char *signed_in = "worker";
  guint n_taken = 0;

  set_scene (&scene, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (MashGroup) group = NULL;
      g_autoptr (GError) error = NULL;
      gint64 before;

      if (strcmp (attacks[i].sign_in, signed_in) != 0)
        store_fixture_sign_in (fixture, attacks[i].sign_in);
      signed_in = attacks[i].sign_in;
      before = store_fixture_count (fixture, "SELECT count(*) FROM change");
      group = attacks[i].make (&scene);
      if (mash_store_submit (fixture->store, group, NULL, &error))
        {
          g_test_message ("taken: %s", attacks[i].what);
          n_taken++;
          continue;
        }

      g_test_message ("%s: %s", attacks[i].what, error->message);
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
      g_assert_null (strstr (error->message, "Marsh"));
      g_assert_null (strstr (error->message, "Sedge"));
      g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM change"), ==, before);
    }
  g_assert_cmpuint (n_taken, ==, 0);
  clear_scene (&scene);
}

static MashGroup *
make_decision (StoreFixture *fixture,
               const char   *deed,
               const char   *contact,
               const char   *recommended_in,
               const char   *result)
{
  g_autoptr (GPtrArray) made = mash_store_list (fixture->store, "recommendation", "contact",
                                                recommended_in);
  MashRecord *recommendation = g_ptr_array_index (made, made->len - 1);
  MashGroup *group = mash_group_new (deed, contact);

  mash_group_set_reason (group, "More is needed");
  store_fixture_add (fixture->store, group, &mash_decision_kind,
                     "recommendation", mash_record_get_id (recommendation),
                     "recommendation-hash", mash_record_get_text (recommendation, "content-hash"),
                     "result", result, "outcome", "O05", "level", "3", NULL);

  return group;
}

static void
check_refused (StoreFixture *fixture,
               MashGroup    *group)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mash_store_submit (fixture->store, group, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_test_message ("%s", error->message);
}

static void
confirm (StoreFixture *fixture)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  mash_store_check_passphrase (fixture->store, passphrase, &error);
  g_assert_no_error (error);
}

/* What a manager can get wrong, or do wrong, when a recommendation lies before them. */
static void
test_decisions (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *own = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *other = store_fixture_contact (fixture, "Noah", "Sedge", "2016-05-06");
  g_autoptr (MashGroup) foreign = NULL;
  g_autoptr (MashGroup) unread = NULL;
  g_autoptr (MashGroup) twice = NULL;
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_recommend (fixture, own);
  store_fixture_recommend (fixture, other);
  store_fixture_sign_in (fixture, "manager");

  foreign = make_decision (fixture, "return", own, other, "RETURNED");
  check_refused (fixture, foreign);

  unread = make_decision (fixture, "approve", own, own, "APPROVED");
  confirm (fixture);
  check_refused (fixture, unread);

  bundle = mash_store_open_contact (fixture->store, own, &error);
  g_assert_no_error (error);
  twice = make_decision (fixture, "approve", own, own, "APPROVED");
  store_fixture_add (fixture->store, twice, &mash_decision_kind, "recommendation",
                     mash_edit_get_text (mash_group_get_edit (twice, 0), "recommendation"),
                     "recommendation-hash", "none", "result", "CHANGED", "outcome", "O12", NULL);
  confirm (fixture);
  check_refused (fixture, twice);

  confirm (fixture);
  store_fixture_submit (fixture, unread);
  store_fixture_check_state (fixture, own, "C70");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/hostile/refused", StoreFixture, NULL, store_fixture_set_up, test_refused,
              store_fixture_tear_down);
  g_test_add ("/hostile/decisions", StoreFixture, NULL, store_fixture_set_up, test_decisions,
              store_fixture_tear_down);

  return g_test_run ();
}
