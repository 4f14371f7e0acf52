/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-rules.h"
#include "mash-sentences.h"
#include "mash-service.h"
#include "mash-service-timeline.h"
#include "mash-store-error.h"
#include "mash-time.h"
#include "store-fixture.h"

/* A service on the store fixture's hub. */
typedef struct
{
  StoreFixture   hub;
  MashService   *service;
  GAsyncResult  *result;
} Desk;

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Desk *desk = data;

  g_set_object (&desk->result, result);
}

static GAsyncResult *
wait_for (Desk *desk)
{
  while (desk->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return desk->result;
}

/* Before each call, so that a result is never taken for the next one's. */
static Desk *
call (Desk *desk)
{
  g_clear_object (&desk->result);

  return desk;
}

static void
sign_in (Desk       *desk,
         const char *who)
{
  g_autoptr (GError) error = NULL;

  mash_service_sign_in_async (desk->service, who, FIXTURE_PASSPHRASE, NULL,
                              on_done_cb, call (desk));
  mash_service_sign_in_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, data);
  store_fixture_close (&desk->hub);
  desk->result = NULL;
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, on_done_cb, call (desk));
  mash_service_open_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

/* Lets go of an object and waits until every task that held it has come back; a leak hangs. */
static void
end (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  while (object != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_clear_object (&desk->result);
  end (desk->service);
  store_fixture_tear_down (&desk->hub, data);
}

static void
submit (Desk      *desk,
        MashGroup *group)
{
  g_autoptr (GError) error = NULL;

  mash_service_submit_async (desk->service, group, NULL, on_done_cb, call (desk));
  mash_service_submit_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

static void
refresh (Desk       *desk,
         MashTrayId  tray)
{
  g_autoptr (GError) error = NULL;

  mash_service_refresh_tray_async (desk->service, tray, NULL, on_done_cb, call (desk));
  mash_service_refresh_tray_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

static MashContactFile *
open_contact (Desk       *desk,
              const char *contact)
{
  g_autoptr (GError) error = NULL;
  MashContactFile *file;

  mash_service_open_contact_async (desk->service, contact, NULL, on_done_cb, call (desk));
  file = mash_service_open_contact_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);

  return file;
}

/* Types a referral about one child into an empty form, as the page does. */
static void
type_referral (Desk            *desk,
               MashContactFile *file)
{
  g_autofree char *now = mash_time_format (mash_service_get_now (desk->service));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  MashEntity *person = mash_contact_file_add (file, "person");
  MashEntity *subject = mash_contact_file_add (file, "contact-subject");

  g_object_set (contact, "kind", "REF", "channel", "PHONE", "source", "2A", "received-at", now,
                "presenting-concern", "A bruise on the upper arm.", NULL);
  g_object_set (person, "kind", "CHILD", "legal-forenames", "Zoë", "legal-surname", "Marsh",
                "birth", "2019-03-04", NULL);
  g_object_set (subject, "person", mash_entity_get_id (person), "role", "CHILD", NULL);
}

static char *
create (Desk *desk)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (desk->service);
  g_autoptr (MashGroup) group = NULL;

  type_referral (desk, file);
  group = mash_contact_file_dup_group (file, "create");
  submit (desk, group);
  g_assert_false (mash_contact_file_get_changed (file));

  return g_strdup (mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))));
}

static void
test_sign_in (Desk          *desk,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *other = NULL;

  mash_service_sign_in_async (desk->service, "worker", "wrong", NULL, on_done_cb, call (desk));
  g_assert_false (mash_service_sign_in_finish (desk->service, wait_for (desk), &error));
  mash_service_sign_in_async (desk->service, "nobody", "wrong", NULL, on_done_cb, call (desk));
  g_assert_false (mash_service_sign_in_finish (desk->service, wait_for (desk), &unknown));
  sentence = mash_sentence_for_error (error);
  other = mash_sentence_for_error (unknown);
  g_assert_cmpstr (sentence, ==, other);
  g_assert_false (mash_service_get_signed_in (desk->service));

  sign_in (desk, "worker");
  g_assert_cmpstr (mash_service_get_person_name (desk->service), ==, "Aled Sorrel");
  g_assert_cmpstr (mash_service_get_actor (desk->service)->role, ==, "SW");

  mash_service_sign_in_async (desk->service, "manager", "wrong", NULL, on_done_cb, call (desk));
  g_assert_false (mash_service_sign_in_finish (desk->service, wait_for (desk), NULL));
  g_assert_false (mash_service_get_signed_in (desk->service));
  g_assert_null (mash_service_get_actor (desk->service)->person);
}

static void
test_new_contact (Desk          *desk,
                  gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashContactFile) again = NULL;
  g_autoptr (MashItem) item = NULL;
  g_autofree char *family = NULL;

  sign_in (desk, "worker");
  refresh (desk, MASH_TRAY_FRONT_DOOR);
  g_assert_cmpuint (g_list_model_get_n_items (mash_service_get_tray (desk->service,
                                                                     MASH_TRAY_FRONT_DOOR)), ==, 0);
  contact = create (desk);
  refresh (desk, MASH_TRAY_FRONT_DOOR);
  g_assert_cmpuint (mash_service_get_tray_count (desk->service, MASH_TRAY_FRONT_DOOR), ==, 1);
  item = g_list_model_get_item (mash_service_get_tray (desk->service, MASH_TRAY_FRONT_DOOR), 0);
  g_object_get (item, "family", &family, NULL);

  file = open_contact (desk, contact);
  g_assert_cmpstr (mash_contact_file_get_family (file), ==, family);
  g_assert_cmpstr (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                                         "state"), ==, "C10");
  g_assert_cmpuint (g_list_model_get_n_items (mash_contact_file_get_list (file, "clock")), >=, 3);
  again = open_contact (desk, contact);
  g_assert_true (again == file);
}

/* What comes while a tray is looked at is counted and waits at its end. */
static void
test_tray_keeps_order (Desk          *desk,
                       gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  GListModel *tray;
  g_autoptr (MashItem) item = NULL;
  g_autofree char *at_top = NULL;
  guint n = 0;

  sign_in (desk, "worker");
  first = create (desk);
  refresh (desk, MASH_TRAY_FRONT_DOOR);
  tray = mash_service_get_tray (desk->service, MASH_TRAY_FRONT_DOOR);
  second = create (desk);
  while ((n = g_list_model_get_n_items (tray)) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (mash_service_get_tray_new (desk->service, MASH_TRAY_FRONT_DOOR), ==, 1);
  item = g_list_model_get_item (tray, 0);
  g_object_get (item, "contact", &at_top, NULL);
  g_assert_cmpstr (at_top, ==, first);

  refresh (desk, MASH_TRAY_FRONT_DOOR);
  g_assert_cmpuint (mash_service_get_tray_new (desk->service, MASH_TRAY_FRONT_DOOR), ==, 0);
}

/* A draft comes back to the one who typed it, into the same fields, and is gone once it is
 * saved. */
static void
test_draft (Desk          *desk,
            gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  MashContactFile *file;
  MashEntity *child;
  g_autoptr (MashGroup) group = NULL;

  sign_in (desk, "worker");
  contact = create (desk);
  file = open_contact (desk, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "parents-view",
                        "Mother says it was a fall.");
  child = mash_contact_file_add (file, "person");
  g_object_set (child, "kind", "CHILD", "known-as", "Brother", NULL);
  mash_service_save_draft_async (desk->service, file, on_done_cb, call (desk));
  mash_service_save_draft_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_clear_object (&desk->result);
  end (file);

  file = open_contact (desk, contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (file), >, 0);
  g_assert_true (mash_contact_file_get_changed (file));
  g_assert_cmpstr (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                                         "parents-view"), ==, "Mother says it was a fall.");
  group = mash_contact_file_dup_group (file, "edit");
  g_assert_cmpuint (mash_group_get_n_edits (group), ==, 2);
  submit (desk, group);
  g_assert_false (mash_contact_file_get_changed (file));
  g_clear_object (&desk->result);
  g_object_unref (file);

  file = open_contact (desk, contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (file), ==, 0);
  g_object_unref (file);
}

/* What one person typed is not shown to another. */
static void
test_draft_is_private (Desk          *desk,
                       gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashContactFile) other = NULL;

  sign_in (desk, "worker");
  contact = create (desk);
  file = open_contact (desk, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "parents-view", "Mine");
  mash_service_save_draft_async (desk->service, file, on_done_cb, call (desk));
  mash_service_save_draft_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_clear_object (&desk->result);
  g_clear_object (&file);

  sign_in (desk, "manager");
  other = open_contact (desk, contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (other), ==, 0);
  g_assert_null (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (other)),
                                       "parents-view"));
}

/* A page may let go of a contact after the window let go of the service. */
static void
test_file_outlives_service (Desk          *desk,
                            gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  MashService *other = mash_service_new (desk->hub.folder);
  MashContactFile *file;

  sign_in (desk, "worker");
  contact = create (desk);
  file = mash_service_new_contact (other);
  g_object_unref (other);
  g_assert_nonnull (mash_contact_file_add (file, "note"));
  end (file);
}

/* A contact that one person had open is read anew for the next, without what was typed into it. */
static void
test_file_is_private (Desk          *desk,
                      gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashContactFile) other = NULL;

  sign_in (desk, "worker");
  contact = create (desk);
  file = open_contact (desk, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "parents-view", "Mine");
  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);

  sign_in (desk, "manager");
  other = open_contact (desk, contact);
  g_assert_true (other != file);
  g_assert_false (mash_contact_file_get_changed (other));
}

/* A step that takes up a part of what was typed leaves the rest kept as a draft. */
static void
test_draft_of_the_rest (Desk          *desk,
                        gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashGroup) group = NULL;
  g_autofree char *id = NULL;
  MashContactFile *file;
  MashEdit *note;

  sign_in (desk, "worker");
  contact = create (desk);
  file = open_contact (desk, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "parents-view",
                        "Mother says it was a fall.");
  mash_service_save_draft_async (desk->service, file, on_done_cb, call (desk));
  mash_service_save_draft_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);

  group = mash_group_new ("note", contact);
  id = mash_service_make_id (desk->service);
  note = mash_edit_new (&mash_note_kind, id, 0);
  mash_edit_set_text (note, "contact", contact);
  mash_edit_set_text (note, "text", "Rang the school.");
  mash_group_take_edit (group, note);
  submit (desk, group);
  g_assert_true (mash_contact_file_get_changed (file));
  g_clear_object (&desk->result);
  end (file);

  file = open_contact (desk, contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (file), >, 0);
  g_assert_cmpstr (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                                         "parents-view"), ==, "Mother says it was a fall.");
  g_object_unref (file);
}

/* What was typed over something that has changed since is neither saved in silence nor lost. */
static void
test_draft_of_old (Desk          *desk,
                   gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashGroup) mine = NULL;
  g_autoptr (MashGroup) again = NULL;
  MashContactFile *file;
  MashEntity *entity;

  sign_in (desk, "worker");
  contact = create (desk);
  file = open_contact (desk, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "ward", "Bentley");
  mash_service_save_draft_async (desk->service, file, on_done_cb, call (desk));
  mash_service_save_draft_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_clear_object (&desk->result);
  end (file);

  sign_in (desk, "manager");
  file = open_contact (desk, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "ward", "Pleck");
  {
    g_autoptr (MashGroup) theirs = mash_contact_file_dup_group (file, "edit");

    submit (desk, theirs);
  }
  g_clear_object (&desk->result);
  end (file);

  sign_in (desk, "worker");
  file = open_contact (desk, contact);
  entity = MASH_ENTITY (mash_contact_file_get_contact (file));
  g_assert_cmpstr (mash_entity_get_text (entity, "ward"), ==, "Bentley");
  mine = mash_contact_file_dup_group (file, "edit");
  mash_service_submit_async (desk->service, mine, NULL, on_done_cb, call (desk));
  g_assert_false (mash_service_submit_finish (desk->service, wait_for (desk), &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT);

  /* However often it is tried, it is not saved before the person has chosen. */
  {
    g_autoptr (MashGroup) once_more = mash_contact_file_dup_group (file, "edit");

    g_clear_error (&error);
    mash_service_submit_async (desk->service, once_more, NULL, on_done_cb, call (desk));
    g_assert_false (mash_service_submit_finish (desk->service, wait_for (desk), &error));
    g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT);
  }

  /* Having been told, the person may keep their own words. */
  {
    g_autoptr (GPtrArray) conflicts = mash_contact_file_list_conflicts (file);

    g_assert_cmpuint (conflicts->len, ==, 1);
    g_assert_true (g_ptr_array_index (conflicts, 0) == entity);
    mash_entity_settle_field (entity, mash_kind_find_field (mash_kind_lookup ("contact"), "ward"),
                              TRUE);
  }
  g_assert_cmpstr (mash_entity_get_text (entity, "ward"), ==, "Bentley");
  again = mash_contact_file_dup_group (file, "edit");
  submit (desk, again);
  g_object_unref (file);
}

static char *
hash_in_store (Desk       *desk,
               const char *contact)
{
  g_autofree char *hash = NULL;

  store_fixture_sign_in (&desk->hub, "worker");
  hash = mash_rules_hash_content (MASH_FACTS (desk->hub.store), contact);
  store_fixture_close (&desk->hub);

  return g_steal_pointer (&hash);
}

static void
lock (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

/* What a page shows and what the store judges by have one fingerprint, which turns with everything
 * that a manager is shown and with nothing that the program keeps about itself. */
static void
test_fingerprint (Desk          *desk,
                  gconstpointer  data)
{
  static const struct
  {
    const char *kind;
    const char *field;
    const char *value;
    gboolean    turns;
  } news[] = {
    { "contact", "ward", "Pleck", TRUE },
    { "person", "known-as", "Zo", TRUE },
    { "contact-subject", "concern-for-this-person", "Bruised", TRUE },
    { "person-name", "surname", "Sedge", TRUE },
    { "household", "label", "With her aunt", TRUE },
    { "address", "postcode", "WS1 4AB", TRUE },
    { "note", "text", "Rang the school.", FALSE },
  };
  g_autofree char *contact = NULL;
  g_autofree char *before = NULL;

  sign_in (desk, "worker");
  contact = create (desk);
  for (guint i = 0; i < G_N_ELEMENTS (news); i++)
    {
      MashContactFile *file = open_contact (desk, contact);
      GListModel *people = mash_contact_file_get_list (file, "person");
      g_autoptr (MashEntity) child = g_list_model_get_item (people, 0);
      const char *kind = news[i].kind;
      g_autoptr (MashEntity) old = g_list_model_get_item (mash_contact_file_get_list (file, kind),
                                                          0);
      MashEntity *entity = strcmp (kind, "contact") == 0
                           ? MASH_ENTITY (mash_contact_file_get_contact (file))
                           : old != NULL ? old : mash_contact_file_add (file, kind);
      g_autoptr (MashGroup) group = NULL;
      g_autofree char *shown = NULL;
      g_autofree char *stored = NULL;

      mash_entity_set_text (entity, news[i].field, news[i].value);
      if (strcmp (kind, "person-name") == 0)
        g_object_set (entity, "person", mash_entity_get_id (child), "use", "ALIAS", NULL);
      if (strcmp (kind, "household") == 0)
        {
          MashEntity *member = mash_contact_file_add (file, "household-member");
          MashEntity *address = mash_contact_file_add (file, "address");

          g_object_set (address, "line1", "1 Bridge Street", NULL);
          g_object_set (entity, "address", mash_entity_get_id (address), NULL);
          g_object_set (member, "household", mash_entity_get_id (entity),
                        "person", mash_entity_get_id (child), NULL);
        }
      group = mash_contact_file_dup_group (file, strcmp (kind, "note") == 0 ? "note" : "edit");
      submit (desk, group);
      shown = mash_contact_file_hash_content (file);
      g_clear_object (&desk->result);
      end (file);
      lock (desk);
      stored = hash_in_store (desk, contact);
      sign_in (desk, "worker");

      g_test_message ("%s.%s", kind, news[i].field);
      g_assert_cmpstr (shown, ==, stored);
      g_assert_true ((g_strcmp0 (before, stored) != 0) == news[i].turns);
      g_free (before);
      before = g_steal_pointer (&stored);
    }
}

/* A refusal is the rule's own sentence; nothing is altered and nothing typed is lost. */
static void
test_refusal (Desk          *desk,
              gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (MashVerdict) verdict = NULL;
  MashEntity *entity;

  sign_in (desk, "worker");
  contact = create (desk);
  file = open_contact (desk, contact);
  entity = MASH_ENTITY (mash_contact_file_get_contact (file));
  mash_entity_set_text (entity, "history-searched", "Own register: nothing");
  group = mash_contact_file_dup_group (file, "screen");
  mash_service_submit_async (desk->service, group, NULL, on_done_cb, call (desk));
  g_assert_false (mash_service_submit_finish (desk->service, wait_for (desk), &error));
  sentence = mash_sentence_for_error (error);
  g_assert_cmpstr (sentence, ==, "Assign it to somebody who is on duty.");
  g_assert_cmpstr (mash_entity_get_text (entity, "state"), ==, "C10");
  g_assert_cmpstr (mash_entity_get_text (entity, "history-searched"), ==, "Own register: nothing");

  mash_service_examine_async (desk->service, group, NULL, on_done_cb, call (desk));
  verdict = mash_service_examine_finish (desk->service, wait_for (desk), NULL);
  g_assert_cmpstr (mash_verdict_get_refusal (verdict), ==, sentence);
}

static void
test_search_and_access (Desk          *desk,
                        gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people = NULL;
  g_autoptr (GListModel) looks = NULL;
  g_autoptr (GListModel) timeline = NULL;
  g_autoptr (MashTimelineView) view = NULL;

  sign_in (desk, "worker");
  contact = create (desk);
  g_object_unref (open_contact (desk, contact));
  mash_service_search_people_async (desk->service, "zoe marsh", TRUE, NULL,
                                    on_done_cb, call (desk));
  people = mash_service_search_people_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 1);

  view = mash_timeline_view_new (contact);
  mash_service_open_timeline_async (desk->service, view, NULL, on_done_cb, call (desk));
  timeline = G_LIST_MODEL (mash_service_open_timeline_finish (desk->service, wait_for (desk),
                                                              &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (timeline), >=, 1);

  sign_in (desk, "auditor");
  mash_service_list_access_async (desk->service, contact, NULL, on_done_cb, call (desk));
  looks = mash_service_list_access_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (looks), ==, 1);
}

static void
test_verify (Desk          *desk,
             gconstpointer  data)
{
  g_autofree char *contact = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (desk, "worker");
  contact = create (desk);
  mash_service_verify_async (desk->service, NULL, on_done_cb, call (desk));
  words = mash_service_verify_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_assert_nonnull (words);
}

/* Writes the program's own policy, with one piece of it replaced, to a file. */
static GFile *
write_policy (Desk       *desk,
              const char *piece,
              const char *by)
{
  g_autoptr (GBytes) own = g_resources_lookup_data ("/uk/mash/Desk/policy/mash-policy.xml",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (own, NULL), g_bytes_get_size (own));
  g_autoptr (GString) altered = g_string_new (text);
  g_autofree char *path = g_build_filename (desk->hub.folder, "policy.xml", NULL);

  g_assert_cmpuint (g_string_replace (altered, piece, by, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, altered->str, (gssize) altered->len, NULL));

  return g_file_new_for_path (path);
}

static gboolean
apply_policy (Desk        *desk,
              GFile       *file,
              GError     **error)
{
  mash_service_apply_policy_async (desk->service, file, FIXTURE_PASSPHRASE, NULL, on_done_cb,
                                   call (desk));

  return mash_service_apply_policy_finish (desk->service, wait_for (desk), error);
}

/* What a contact that has just arrived is called by the policy in force. */
static const char *
get_label (Desk *desk)
{
  return mash_policy_get_label (mash_service_get_policy (desk->service), "CST", "C10");
}

/* A policy is put in force by a manager and stays so after signing in again; a broken one is
 * refused with its line, and the one in force stays. */
static void
test_policy (Desk          *desk,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) not_allowed = NULL;
  g_autoptr (GError) broken = NULL;
  g_autoptr (GFile) other = NULL;
  g_autoptr (GFile) wrong = NULL;

  sign_in (desk, "worker");
  g_assert_cmpstr (get_label (desk), ==, "Received");
  other = write_policy (desk, "label=\"Received\"", "label=\"Come in\"");
  g_assert_false (apply_policy (desk, other, &not_allowed));
  g_assert_cmpstr (get_label (desk), ==, "Received");

  sign_in (desk, "manager");
  g_assert_true (apply_policy (desk, other, &error));
  g_assert_no_error (error);
  sign_in (desk, "worker");
  g_assert_cmpstr (get_label (desk), ==, "Come in");

  sign_in (desk, "manager");
  wrong = write_policy (desk, "from=\"C60\" to=\"C70\"", "from=\"C60\" to=\"C71\"");
  g_assert_false (apply_policy (desk, wrong, &broken));
  g_assert_nonnull (strstr (broken->message, "Line "));
  g_assert_cmpstr (get_label (desk), ==, "Come in");
}

/* Every code of the store has a sentence of its own, and none tells what went wrong inside. */
static void
test_sentences (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = MASH_STORE_ERROR_FAILED + 1; code <= MASH_STORE_ERROR_NOT_FOUND; code++)
    {
      g_autoptr (GError) error = g_error_new (MASH_STORE_ERROR, code, "inside %d", code);
      char *sentence = mash_sentence_for_error (error);

      if (code != MASH_STORE_ERROR_REFUSED)
        g_assert_null (strstr (sentence, "inside"));
      g_test_message ("%d: %s", code, sentence);
      g_assert_true (g_hash_table_add (seen, sentence));
    }
}

#define ADD(path, function) \
  g_test_add ("/service/" path, Desk, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sign-in", test_sign_in);
  ADD ("new-contact", test_new_contact);
  ADD ("tray-keeps-order", test_tray_keeps_order);
  ADD ("draft", test_draft);
  ADD ("draft-is-private", test_draft_is_private);
  ADD ("draft-of-the-rest", test_draft_of_the_rest);
  ADD ("draft-of-old", test_draft_of_old);
  ADD ("file-outlives-service", test_file_outlives_service);
  ADD ("file-is-private", test_file_is_private);
  ADD ("fingerprint", test_fingerprint);
  ADD ("refusal", test_refusal);
  ADD ("search-and-access", test_search_and_access);
  ADD ("policy", test_policy);
  ADD ("verify", test_verify);
  g_test_add_func ("/service/sentences", test_sentences);

  return g_test_run ();
}
