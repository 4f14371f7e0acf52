/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hub-seat.h"
#include "mash-contact-file-private.h"
#include "mash-service-private.h"
#include "mash-store-error.h"

/* What is typed and not yet saved. */
static void
save_draft (HubSeat         *desk,
            MashContactFile *file)
{
  g_autoptr (GError) error = NULL;

  mash_service_save_draft_async (desk->seat.service, file, seat_on_done_cb,
                                 seat_call (&desk->seat));
  mash_service_save_draft_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
}

/* A draft comes back to the one who typed it, into the same fields, and is gone once it is
 * saved. */
static void
test_draft (HubSeat      *desk,
            gconstpointer data)
{
  g_autofree char *contact = NULL;
  MashContactFile *file;
  MashEntity *child;
  g_autoptr (MashGroup) group = NULL;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  file = seat_open_contact (&desk->seat, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "parents-view",
                        "Mother says it was a fall.");
  child = mash_contact_file_add (file, "person");
  g_object_set (child, "kind", "CHILD", "known-as", "Brother", NULL);
  save_draft (desk, file);
  g_clear_object (&desk->seat.result);
  seat_let_go (file);

  file = seat_open_contact (&desk->seat, contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (file), >, 0);
  g_assert_true (mash_contact_file_get_changed (file));
  g_assert_cmpstr (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                                         "parents-view"), ==, "Mother says it was a fall.");
  group = mash_contact_file_dup_group (file, "edit");
  g_assert_cmpuint (mash_group_get_n_edits (group), ==, 2);
  seat_submit (&desk->seat, group);
  g_assert_false (mash_contact_file_get_changed (file));
  g_clear_object (&desk->seat.result);
  g_object_unref (file);

  file = seat_open_contact (&desk->seat, contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (file), ==, 0);
  g_object_unref (file);
}

/* What one person typed is not shown to another. */
static void
test_draft_is_private (HubSeat      *desk,
                       gconstpointer data)
{
  g_autofree char *contact = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashContactFile) other = NULL;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  file = seat_open_contact (&desk->seat, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "parents-view", "Mine");
  save_draft (desk, file);
  g_clear_object (&desk->seat.result);
  g_clear_object (&file);

  hub_seat_sign_in (desk, "manager");
  other = seat_open_contact (&desk->seat, contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (other), ==, 0);
  g_assert_null (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (other)),
                                       "parents-view"));
}

/* A page may let go of a contact after the window let go of the service. */
static void
test_file_outlives_service (HubSeat      *desk,
                            gconstpointer data)
{
  g_autofree char *contact = NULL;
  MashService *other = mash_service_new (desk->hub.folder);
  MashContactFile *file;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  file = mash_service_new_contact (other);
  g_object_unref (other);
  g_assert_nonnull (mash_contact_file_add (file, "note"));
  seat_let_go (file);
}

/* A contact that one person had open is read anew for the next, without what was typed into it. */
static void
test_file_is_private (HubSeat      *desk,
                      gconstpointer data)
{
  g_autofree char *contact = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashContactFile) other = NULL;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  file = seat_open_contact (&desk->seat, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "parents-view", "Mine");
  seat_lock (&desk->seat);

  hub_seat_sign_in (desk, "manager");
  other = seat_open_contact (&desk->seat, contact);
  g_assert_true (other != file);
  g_assert_false (mash_contact_file_get_changed (other));
}

/* A step that takes up a part of what was typed leaves the rest kept as a draft. */
static void
test_draft_of_the_rest (HubSeat      *desk,
                        gconstpointer data)
{
  g_autofree char *contact = NULL;
  g_autoptr (MashGroup) group = NULL;
  g_autofree char *id = NULL;
  MashContactFile *file;
  MashEdit *note;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  file = seat_open_contact (&desk->seat, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "parents-view",
                        "Mother says it was a fall.");
  save_draft (desk, file);

  group = mash_group_new ("note", contact);
  id = mash_service_make_id (desk->seat.service);
  note = mash_edit_new (&mash_note_kind, id, 0);
  mash_edit_set_text (note, "contact", contact);
  mash_edit_set_text (note, "text", "Rang the school.");
  mash_group_take_edit (group, note);
  seat_submit (&desk->seat, group);
  g_assert_true (mash_contact_file_get_changed (file));
  g_clear_object (&desk->seat.result);
  seat_let_go (file);

  file = seat_open_contact (&desk->seat, contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (file), >, 0);
  g_assert_cmpstr (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                                         "parents-view"), ==, "Mother says it was a fall.");
  g_object_unref (file);
}

/* What was typed over something that has changed since is neither saved in silence nor lost. */
static void
test_draft_of_old (HubSeat      *desk,
                   gconstpointer data)
{
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashGroup) mine = NULL;
  g_autoptr (MashGroup) again = NULL;
  MashContactFile *file;
  MashEntity *entity;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  file = seat_open_contact (&desk->seat, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "ward", "Bentley");
  save_draft (desk, file);
  g_clear_object (&desk->seat.result);
  seat_let_go (file);

  hub_seat_sign_in (desk, "manager");
  file = seat_open_contact (&desk->seat, contact);
  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "ward", "Pleck");
  {
    g_autoptr (MashGroup) theirs = mash_contact_file_dup_group (file, "edit");

    seat_submit (&desk->seat, theirs);
  }
  g_clear_object (&desk->seat.result);
  seat_let_go (file);

  hub_seat_sign_in (desk, "worker");
  file = seat_open_contact (&desk->seat, contact);
  entity = MASH_ENTITY (mash_contact_file_get_contact (file));
  g_assert_cmpstr (mash_entity_get_text (entity, "ward"), ==, "Bentley");
  mine = mash_contact_file_dup_group (file, "edit");
  mash_service_submit_async (desk->seat.service, mine, NULL, seat_on_done_cb,
                             seat_call (&desk->seat));
  g_assert_false (mash_service_submit_finish (desk->seat.service, seat_wait (&desk->seat), &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT);

  /* However often it is tried, it is not saved before the person has chosen. */
  {
    g_autoptr (MashGroup) once_more = mash_contact_file_dup_group (file, "edit");

    g_clear_error (&error);
    mash_service_submit_async (desk->seat.service, once_more, NULL, seat_on_done_cb,
                               seat_call (&desk->seat));
    g_assert_false (mash_service_submit_finish (desk->seat.service,
                                                seat_wait (&desk->seat), &error));
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
  seat_submit (&desk->seat, again);
  g_object_unref (file);
}

/* What the store does not have any more is put away, and opened anew where it comes back. */
static void
test_gone (HubSeat      *desk,
           gconstpointer data)
{
  g_autofree char *contact = NULL;
  g_autoptr (MashContactFile) there = NULL;
  g_autoptr (MashContactFile) gone = NULL;
  MashService *service = desk->seat.service;
  const char *id;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  there = seat_open_contact (&desk->seat, contact);
  gone = mash_service_new_contact (service);
  id = mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (gone)));
  mash_service_keep_file (service, gone, id);
  mash_service_renew_contact (service, contact);
  mash_service_renew_contact (service, id);
  while (!mash_contact_file_get_gone (gone))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (mash_contact_file_get_gone (there));
  g_assert_cmpuint (g_hash_table_size (service->files), ==, 1);
}

#define ADD(path, function) \
  g_test_add ("/drafts/" path, HubSeat, NULL, hub_seat_set_up, function, hub_seat_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("kept", test_draft);
  ADD ("private", test_draft_is_private);
  ADD ("rest", test_draft_of_the_rest);
  ADD ("old", test_draft_of_old);
  ADD ("file-outlives-service", test_file_outlives_service);
  ADD ("file-is-private", test_file_is_private);
  ADD ("gone", test_gone);

  return g_test_run ();
}
