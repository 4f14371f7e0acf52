/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "hub-seat.h"
#include "mash-rules.h"
#include "mash-sentences.h"
#include "mash-service-keys.h"
#include "mash-service.h"
#include "mash-service-timeline.h"
#include "mash-store-error.h"
#include "mash-time.h"

static void
test_sign_in (HubSeat      *desk,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *other = NULL;

  mash_service_sign_in_async (desk->seat.service, "worker", "wrong", NULL, seat_on_done_cb,
                              seat_call (&desk->seat));
  g_assert_false (mash_service_sign_in_finish (desk->seat.service,
                                               seat_wait (&desk->seat), &error));
  mash_service_sign_in_async (desk->seat.service, "nobody", "wrong", NULL, seat_on_done_cb,
                              seat_call (&desk->seat));
  g_assert_false (mash_service_sign_in_finish (desk->seat.service,
                                               seat_wait (&desk->seat), &unknown));
  sentence = mash_sentence_for_error (error);
  other = mash_sentence_for_error (unknown);
  g_assert_cmpstr (sentence, ==, other);
  g_assert_false (mash_service_get_signed_in (desk->seat.service));

  hub_seat_sign_in (desk, "worker");
  g_assert_cmpstr (mash_service_get_person_name (desk->seat.service), ==, "Aled Sorrel");
  g_assert_cmpstr (mash_service_get_actor (desk->seat.service)->role, ==, "SW");

  mash_service_sign_in_async (desk->seat.service, "manager", "wrong", NULL, seat_on_done_cb,
                              seat_call (&desk->seat));
  g_assert_false (mash_service_sign_in_finish (desk->seat.service, seat_wait (&desk->seat), NULL));
  g_assert_false (mash_service_get_signed_in (desk->seat.service));
  g_assert_null (mash_service_get_actor (desk->seat.service)->person);
}

static void
test_new_contact (HubSeat      *desk,
                  gconstpointer data)
{
  g_autofree char *contact = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashContactFile) again = NULL;
  g_autoptr (MashItem) item = NULL;
  g_autofree char *family = NULL;

  hub_seat_sign_in (desk, "worker");
  seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  g_assert_cmpuint (g_list_model_get_n_items (mash_service_get_tray (desk->seat.service,
                                                                     MASH_TRAY_FRONT_DOOR)), ==, 0);
  contact = hub_seat_create (desk);
  seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  g_assert_cmpuint (mash_service_get_tray_count (desk->seat.service, MASH_TRAY_FRONT_DOOR), ==, 1);
  item = g_list_model_get_item (mash_service_get_tray (desk->seat.service, MASH_TRAY_FRONT_DOOR),
                                0);
  g_object_get (item, "family", &family, NULL);

  file = seat_open_contact (&desk->seat, contact);
  g_assert_cmpstr (mash_contact_file_get_family (file), ==, family);
  g_assert_cmpstr (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                                         "state"), ==, "C10");
  g_assert_cmpuint (g_list_model_get_n_items (mash_contact_file_get_list (file, "clock")), >=, 3);
  again = seat_open_contact (&desk->seat, contact);
  g_assert_true (again == file);
}

/* What comes while a tray is looked at is counted and waits at its end. */
static void
test_tray_keeps_order (HubSeat      *desk,
                       gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  GListModel *tray;
  g_autoptr (MashItem) item = NULL;
  g_autofree char *at_top = NULL;
  guint n = 0;

  hub_seat_sign_in (desk, "worker");
  first = hub_seat_create (desk);
  seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  tray = mash_service_get_tray (desk->seat.service, MASH_TRAY_FRONT_DOOR);
  second = hub_seat_create (desk);
  while ((n = g_list_model_get_n_items (tray)) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (mash_service_get_tray_new (desk->seat.service, MASH_TRAY_FRONT_DOOR), ==, 1);
  item = g_list_model_get_item (tray, 0);
  g_object_get (item, "contact", &at_top, NULL);
  g_assert_cmpstr (at_top, ==, first);

  seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  g_assert_cmpuint (mash_service_get_tray_new (desk->seat.service, MASH_TRAY_FRONT_DOOR), ==, 0);
}

static char *
hash_in_store (HubSeat    *desk,
               const char *contact)
{
  g_autofree char *hash = NULL;

  store_fixture_sign_in (&desk->hub, "worker");
  hash = mash_rules_hash_content (MASH_FACTS (desk->hub.store), contact);
  store_fixture_close (&desk->hub);

  return g_steal_pointer (&hash);
}

/* What a page shows and what the store judges by have one fingerprint, which turns with everything
 * that a manager is shown and with nothing that the program keeps about itself. */
static void
test_fingerprint (HubSeat      *desk,
                  gconstpointer data)
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

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  for (guint i = 0; i < G_N_ELEMENTS (news); i++)
    {
      MashContactFile *file = seat_open_contact (&desk->seat, contact);
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
      seat_submit (&desk->seat, group);
      shown = mash_contact_file_hash_content (file);
      g_clear_object (&desk->seat.result);
      seat_let_go (file);
      seat_lock (&desk->seat);
      stored = hash_in_store (desk, contact);
      hub_seat_sign_in (desk, "worker");

      g_test_message ("%s.%s", kind, news[i].field);
      g_assert_cmpstr (shown, ==, stored);
      g_assert_true ((g_strcmp0 (before, stored) != 0) == news[i].turns);
      g_free (before);
      before = g_steal_pointer (&stored);
    }
}

/* A refusal is the rule's own sentence; nothing is altered and nothing typed is lost. */
static void
test_refusal (HubSeat      *desk,
              gconstpointer data)
{
  g_autofree char *contact = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (MashVerdict) verdict = NULL;
  MashEntity *entity;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  file = seat_open_contact (&desk->seat, contact);
  entity = MASH_ENTITY (mash_contact_file_get_contact (file));
  mash_entity_set_text (entity, "history-searched", "Own register: nothing");
  group = mash_contact_file_dup_group (file, "screen");
  mash_service_submit_async (desk->seat.service, group, NULL, seat_on_done_cb,
                             seat_call (&desk->seat));
  g_assert_false (mash_service_submit_finish (desk->seat.service, seat_wait (&desk->seat), &error));
  sentence = mash_sentence_for_error (error);
  g_assert_cmpstr (sentence, ==, "Assign it to somebody who is on duty.");
  g_assert_cmpstr (mash_entity_get_text (entity, "state"), ==, "C10");
  g_assert_cmpstr (mash_entity_get_text (entity, "history-searched"), ==, "Own register: nothing");

  mash_service_examine_async (desk->seat.service, group, NULL, seat_on_done_cb,
                              seat_call (&desk->seat));
  verdict = mash_service_examine_finish (desk->seat.service, seat_wait (&desk->seat), NULL);
  g_assert_cmpstr (mash_verdict_get_refusal (verdict), ==, sentence);
}

static void
test_search_and_access (HubSeat      *desk,
                        gconstpointer data)
{
  g_autofree char *contact = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people = NULL;
  g_autoptr (GListModel) looks = NULL;
  g_autoptr (GListModel) timeline = NULL;
  g_autoptr (MashTimelineView) view = NULL;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  g_object_unref (seat_open_contact (&desk->seat, contact));
  mash_service_search_people_async (desk->seat.service, "zoe marsh", TRUE, NULL,
                                    seat_on_done_cb, seat_call (&desk->seat));
  people = mash_service_search_people_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 1);

  view = mash_timeline_view_new (contact);
  mash_service_open_timeline_async (desk->seat.service, view, NULL, seat_on_done_cb,
                                    seat_call (&desk->seat));
  timeline = G_LIST_MODEL (mash_service_open_timeline_finish (desk->seat.service,
                                                              seat_wait (&desk->seat), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (timeline), >=, 1);

  hub_seat_sign_in (desk, "auditor");
  mash_service_list_access_async (desk->seat.service, contact, NULL, seat_on_done_cb,
                                  seat_call (&desk->seat));
  looks = mash_service_list_access_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (looks), ==, 1);
}

static void
test_verify (HubSeat      *desk,
             gconstpointer data)
{
  g_autofree char *contact = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  hub_seat_sign_in (desk, "worker");
  contact = hub_seat_create (desk);
  mash_service_verify_async (desk->seat.service, NULL, NULL, NULL, seat_on_done_cb,
                             seat_call (&desk->seat));
  words = mash_service_verify_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
  g_assert_nonnull (words);
}

/* A save that is asked for as soon as the proof has begun. */
typedef struct
{
  Seat       proof;
  Seat       saving;
  MashGroup *group;
  gboolean   asked;
} Meanwhile;

static void
save_cb (double   fraction,
         gpointer data)
{
  Meanwhile *self = data;

  if (!self->asked)
    mash_service_submit_async (self->saving.service, self->group, NULL, seat_on_done_cb,
                               seat_call (&self->saving));
  self->asked = TRUE;
}

/* A save whose group is made, to be asked for by save_cb(). */
static MashContactFile *
prepare_save (HubSeat   *desk,
              Meanwhile *self)
{
  MashContactFile *file = mash_service_new_contact (desk->seat.service);

  hub_seat_type_referral (desk, file);
  self->proof.service = self->saving.service = desk->seat.service;
  self->group = mash_contact_file_dup_group (file, "create");

  return file;
}

/* Whoever saves while the records are checked has their answer before the check has its own. */
static void
test_verify_lets_save (HubSeat      *desk,
                       gconstpointer data)
{
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactFile) file = NULL;
  Meanwhile self = { .asked = FALSE };

  hub_seat_sign_in (desk, "worker");
  file = prepare_save (desk, &self);
  mash_service_verify_async (desk->seat.service, save_cb, &self, NULL, seat_on_done_cb,
                             seat_call (&self.proof));
  mash_service_verify_async (desk->seat.service, NULL, NULL, NULL, seat_on_done_cb,
                             seat_call (&desk->seat));
  g_assert_null (mash_service_verify_finish (desk->seat.service, seat_wait (&desk->seat), &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);

  while (!self.asked)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (mash_service_submit_finish (desk->seat.service, seat_wait (&self.saving), &error));
  g_assert_null (self.proof.result);
  words = mash_service_verify_finish (desk->seat.service, seat_wait (&self.proof), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (words, "Everything holds"));
  g_clear_object (&self.proof.result);
  g_clear_object (&self.saving.result);
  mash_group_unref (self.group);
}

static gboolean
holds_drill (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "drill-"))
      return TRUE;

  return FALSE;
}

/* Nobody waits either while a backup is tried, which leaves nothing behind. */
static void
test_drill_lets_save (HubSeat      *desk,
                      gconstpointer data)
{
  g_autofree char *target = g_dir_make_tmp ("mash-backup-XXXXXX", NULL);
  g_autofree char *made = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactFile) file = NULL;
  Meanwhile self = { .asked = FALSE };

  hub_seat_sign_in (desk, "manager");
  mash_service_backup_async (desk->seat.service, target, NULL, NULL, NULL, seat_on_done_cb,
                             seat_call (&desk->seat));
  made = mash_service_backup_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);

  file = prepare_save (desk, &self);
  mash_service_restore_async (desk->seat.service, target, NULL, FIXTURE_PASSPHRASE, TRUE, NULL,
                              NULL, NULL, seat_on_done_cb, seat_call (&self.proof));
  save_cb (0, &self);
  g_assert_true (mash_service_is_at_work (desk->seat.service));
  g_assert_true (mash_service_submit_finish (desk->seat.service, seat_wait (&self.saving), &error));
  words = mash_service_restore_finish (desk->seat.service, seat_wait (&self.proof), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (words, "is good"));
  g_clear_object (&self.proof.result);
  g_clear_object (&self.saving.result);
  mash_group_unref (self.group);
  g_assert_false (holds_drill (desk->hub.folder));
  store_fixture_remove_all (target);
}

/* What a desk of a central hub has is fetched from the hub: nothing there is backed up, put back or
 * given another key. */
static void
test_central (HubSeat      *desk,
              gconstpointer data)
{
  MashService *service = desk->seat.service;
  g_autofree char *file = g_build_filename (desk->hub.folder, "enrolment", NULL);
  g_autofree char *target = g_dir_make_tmp ("mash-backup-XXXXXX", NULL);
  GError *errors[4] = { NULL };

  hub_seat_sign_in (desk, "manager");
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  mash_service_change_key_async (service, FIXTURE_PASSPHRASE, NULL, NULL, NULL, seat_on_done_cb,
                                 seat_call (&desk->seat));
  g_assert_false (mash_service_change_key_finish (service, seat_wait (&desk->seat), &errors[0]));
  mash_service_backup_async (service, target, NULL, NULL, NULL, seat_on_done_cb,
                             seat_call (&desk->seat));
  g_assert_null (mash_service_backup_finish (service, seat_wait (&desk->seat), &errors[1]));
  for (guint drill = 0; drill < 2; drill++)
    {
      mash_service_restore_async (service, target, NULL, FIXTURE_PASSPHRASE, drill == 1, NULL, NULL,
                                  NULL, seat_on_done_cb, seat_call (&desk->seat));
      g_assert_null (mash_service_restore_finish (service, seat_wait (&desk->seat),
                                                  &errors[2 + drill]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autofree char *sentence = mash_sentence_for_error (errors[i]);

      g_assert_nonnull (strstr (sentence, "belongs to a central hub"));
      g_clear_error (&errors[i]);
    }
  g_unlink (file);
  g_assert_true (mash_service_get_signed_in (service));
  store_fixture_remove_all (target);
}

static void
stop_cb (double   fraction,
         gpointer cancellable)
{
  g_assert_cmpfloat (fraction, >=, 0);
  g_cancellable_cancel (cancellable);
}

static void
test_verify_stops (HubSeat      *desk,
                   gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  hub_seat_sign_in (desk, "worker");
  mash_service_verify_async (desk->seat.service, stop_cb, cancellable, cancellable,
                             seat_on_done_cb, seat_call (&desk->seat));
  g_assert_null (mash_service_verify_finish (desk->seat.service, seat_wait (&desk->seat), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (mash_service_is_at_work (desk->seat.service));
  g_free (hub_seat_create (desk));
}

/* Nobody waits at a lock for the proof, which takes long in a large register. */
static void
test_verify_gives_way (HubSeat      *desk,
                       gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Seat proof = { NULL, NULL };

  hub_seat_sign_in (desk, "worker");
  proof.service = desk->seat.service;
  mash_service_verify_async (proof.service, NULL, NULL, cancellable, seat_on_done_cb,
                             seat_call (&proof));
  g_assert_true (mash_service_is_at_work (proof.service));
  seat_lock (&desk->seat);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_null (mash_service_verify_finish (proof.service, seat_wait (&proof), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&proof.result);
  g_assert_false (mash_service_is_at_work (desk->seat.service));
}

/* Nor for the check of a new key, which is as long; the key stays then. */
static void
test_rekey_gives_way (HubSeat      *desk,
                      gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Seat rekey = { NULL, NULL };
  Seat proof = { NULL, NULL };

  hub_seat_sign_in (desk, "manager");
  rekey.service = proof.service = desk->seat.service;
  mash_service_change_key_async (rekey.service, FIXTURE_PASSPHRASE, NULL, NULL, cancellable,
                                 seat_on_done_cb, seat_call (&rekey));
  mash_service_verify_async (proof.service, NULL, NULL, NULL, seat_on_done_cb, seat_call (&proof));
  g_assert_null (mash_service_verify_finish (proof.service, seat_wait (&proof), &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_clear_object (&proof.result);
  seat_lock (&desk->seat);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_false (mash_service_change_key_finish (rekey.service, seat_wait (&rekey), &error));
  g_assert_nonnull (error);
  g_clear_object (&rekey.result);
  g_assert_false (mash_service_is_at_work (desk->seat.service));
  hub_seat_sign_in (desk, "manager");
}

/* Writes the program's own policy, with one piece of it replaced, to a file. */
static GFile *
write_policy (HubSeat    *desk,
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
apply_policy (HubSeat *desk,
              GFile   *file,
              GError **error)
{
  mash_service_apply_policy_async (desk->seat.service, file, FIXTURE_PASSPHRASE, NULL,
                                   seat_on_done_cb, seat_call (&desk->seat));

  return mash_service_apply_policy_finish (desk->seat.service, seat_wait (&desk->seat), error);
}

/* What a contact that has just arrived is called by the policy in force. */
static const char *
get_label (HubSeat *desk)
{
  return mash_policy_get_label (mash_service_get_policy (desk->seat.service), "CST", "C10");
}

/* A policy is put in force by a manager and stays so after signing in again; a broken one is
 * refused with its line, and the one in force stays. */
static void
test_policy (HubSeat      *desk,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) not_allowed = NULL;
  g_autoptr (GError) broken = NULL;
  g_autoptr (GFile) other = NULL;
  g_autoptr (GFile) wrong = NULL;

  hub_seat_sign_in (desk, "worker");
  g_assert_cmpstr (get_label (desk), ==, "Received");
  other = write_policy (desk, "label=\"Received\"", "label=\"Come in\"");
  g_assert_false (apply_policy (desk, other, &not_allowed));
  g_assert_cmpstr (get_label (desk), ==, "Received");

  hub_seat_sign_in (desk, "manager");
  g_assert_true (apply_policy (desk, other, &error));
  g_assert_no_error (error);
  hub_seat_sign_in (desk, "worker");
  g_assert_cmpstr (get_label (desk), ==, "Come in");

  hub_seat_sign_in (desk, "manager");
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

  for (int code = MASH_STORE_ERROR_FAILED + 1; code <= MASH_STORE_ERROR_NO_LOCKED_MEMORY; code++)
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
  g_test_add ("/service/" path, HubSeat, NULL, hub_seat_set_up, function, hub_seat_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sign-in", test_sign_in);
  ADD ("new-contact", test_new_contact);
  ADD ("tray-keeps-order", test_tray_keeps_order);
  ADD ("fingerprint", test_fingerprint);
  ADD ("refusal", test_refusal);
  ADD ("search-and-access", test_search_and_access);
  ADD ("policy", test_policy);
  ADD ("verify", test_verify);
  ADD ("verify-lets-save", test_verify_lets_save);
  ADD ("central", test_central);
  ADD ("drill-lets-save", test_drill_lets_save);
  ADD ("verify-stops", test_verify_stops);
  ADD ("verify-gives-way", test_verify_gives_way);
  ADD ("rekey-gives-way", test_rekey_gives_way);
  g_test_add_func ("/service/sentences", test_sentences);

  return g_test_run ();
}
