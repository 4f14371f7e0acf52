/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "mash-service-board.h"
#include "mash-service-strategy.h"
#include "mash-signing.h"
#include "mash-time.h"
#include "mash-training.h"
#include "seat.h"
#include "store-fixture.h"

/* A strategy discussion through the service, in a small training hub: a manager, a detective
 * sergeant and a health representative one after the other at one desk. */

#define CHAIR  "moira.tennant"
#define POLICE "petra.hallam"
#define HEALTH "joy.adeyemi"
#define EDUCATION "ruth.pell"

typedef struct
{
  Seat  seat;
  char *folder;
  char *contact;
  char *discussion;
} Desk;

static void
sign_in (Desk       *desk,
         const char *who)
{
  seat_open (&desk->seat, desk->folder);
  seat_sign_in (&desk->seat, who, "training");
}

static void
set_up (Desk         *desk,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MashTrainingPlan plan;
  gint64 until;

  *desk = (Desk) { .folder = g_dir_make_tmp ("mash-strategy-XXXXXX", &error) };
  g_assert_no_error (error);
  g_assert_true (mash_time_parse ("2026-10-13T14:31:00.000Z", &until));
  mash_training_plan_init (&plan, 3, 1, 12, until);
  plan.moves_clock = TRUE;
  mash_training_make_async (desk->folder, &plan, NULL, NULL, NULL, seat_on_done_cb,
                            seat_call (&desk->seat));
  mash_training_make_finish (seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
}

static void
tear_down (Desk         *desk,
           gconstpointer data)
{
  g_clear_object (&desk->seat.result);
  store_fixture_remove_all (desk->folder);
  g_free (desk->folder);
  g_free (desk->contact);
  g_free (desk->discussion);
}

static void
submit (Desk      *desk,
        MashGroup *group)
{
  g_autoptr (MashGroup) owned = group;
  g_autoptr (GError) error = NULL;

  mash_service_submit_async (desk->seat.service, owned, NULL, seat_on_done_cb,
                             seat_call (&desk->seat));
  mash_service_submit_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
}

static void
save (Desk            *desk,
      MashContactFile *file)
{
  submit (desk, mash_strategy_dup_written (file, desk->discussion));
}

/* Any contact of the front door with a child in it. */
static void
choose_contact (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  GListModel *tray;

  mash_service_refresh_tray_async (desk->seat.service, MASH_TRAY_FRONT_DOOR, NULL, seat_on_done_cb,
                                   seat_call (&desk->seat));
  mash_service_refresh_tray_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
  tray = mash_service_get_tray (desk->seat.service, MASH_TRAY_FRONT_DOOR);
  for (guint i = 0; i < g_list_model_get_n_items (tray) && desk->contact == NULL; i++)
    {
      g_autoptr (GObject) row = g_list_model_get_item (tray, i);
      g_autofree char *children = NULL;
      g_autofree char *state = NULL;

      g_object_get (row, "contact", &desk->contact, "children", &children, "state", &state, NULL);
      if (children == NULL || children[0] == '\0' || strcmp (state, "C00") == 0)
        g_clear_pointer (&desk->contact, g_free);
    }
  g_assert_nonnull (desk->contact);
}

static void
start (Desk *desk)
{
  gint64 now = mash_service_get_now (desk->seat.service);
  const MashDiscussionStart how = {
    .trigger = "DISCLOSURE", .mode = "MIXED", .need = now - MASH_TIME_HOUR, .started = now,
  };
  g_autoptr (GError) error = NULL;

  mash_service_start_discussion_async (desk->seat.service, desk->contact, &how, NULL,
                                       seat_on_done_cb, seat_call (&desk->seat));
  desk->discussion = mash_service_start_discussion_finish (desk->seat.service,
                                                           seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
}

static MashEntity *
add (Desk            *desk,
     MashContactFile *file,
     const char      *kind,
     const char      *agency)
{
  MashEntity *entity = mash_contact_file_add (file, kind);

  mash_entity_set_text (entity, "discussion", desk->discussion);
  if (agency != NULL)
    mash_entity_set_text (entity, "agency", agency);

  return entity;
}

static MashEntity *
first (MashContactFile *file,
       const char      *kind)
{
  GListModel *list = mash_contact_file_get_list (file, kind);
  g_autoptr (MashEntity) entity = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (list), >, 0);
  entity = g_list_model_get_item (list, 0);

  return entity;
}

static MashDiscussionReading *
read_it (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  MashDiscussionReading *reading;

  mash_service_read_discussion_async (desk->seat.service, desk->discussion, NULL, seat_on_done_cb,
                                      seat_call (&desk->seat));
  reading = mash_service_read_discussion_finish (desk->seat.service, seat_wait (&desk->seat),
                                                 &error);
  g_assert_no_error (error);

  return reading;
}

/* Who is invited is there; decisions, views and attendance are left to people. */
static void
test_start (Desk         *desk,
            gconstpointer data)
{
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashDiscussionReading) reading = NULL;
  GListModel *participants, *children;

  sign_in (desk, CHAIR);
  choose_contact (desk);
  start (desk);
  file = seat_open_contact (&desk->seat, desk->contact);
  participants = mash_contact_file_get_list (file, "sd-participant");
  children = mash_contact_file_get_list (file, "sd-child");
  g_assert_cmpuint (g_list_model_get_n_items (participants), >=, 3);
  for (guint i = 0; i < g_list_model_get_n_items (participants); i++)
    {
      g_autoptr (MashEntity) participant = g_list_model_get_item (participants, i);

      g_assert_null (mash_entity_get_text (participant, "attended"));
    }
  g_assert_cmpuint (g_list_model_get_n_items (children), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (MashEntity) child = g_list_model_get_item (children, i);

      g_assert_null (mash_entity_get_text (child, "decision"));
      g_assert_null (mash_entity_get_text (child, "threshold-met"));
    }
  g_assert_cmpuint (g_list_model_get_n_items (mash_contact_file_get_list (file, "sd-view")), ==,
                    0);
  reading = read_it (desk);
  g_assert_cmpstr (reading->state, ==, "PROGRESS");
  g_assert_cmpstr (reading->compliance, ==, "NOT");
  g_assert_cmpstr (reading->quorum[0], ==, "Social care not present");
  g_assert_nonnull (reading->to_finish);
  g_clear_object (&file);
  seat_close (&desk->seat);
}

/* Somebody else altered the field meanwhile: what is typed becomes another version, what stands
 * comes into the page, and the rest is saved. */
static void
test_versions (Desk         *desk,
               gconstpointer data)
{
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashGroup) other = NULL;
  MashEntity *plan, *version;
  MashEdit *edit;

  sign_in (desk, CHAIR);
  choose_contact (desk);
  start (desk);
  file = seat_open_contact (&desk->seat, desk->contact);
  plan = first (file, "sd-plan");
  mash_entity_set_text (plan, "scene", "Mine");
  mash_entity_set_text (plan, "arrest", "Voluntary");

  other = mash_group_new ("write-discussion", desk->contact);
  edit = mash_edit_new_for (mash_entity_get_record (plan));
  mash_edit_set_text (edit, "scene", "Theirs");
  mash_group_take_edit (other, edit);
  submit (desk, mash_group_ref (other));
  save (desk, file);

  g_assert_cmpstr (mash_entity_get_text (plan, "scene"), ==, "Theirs");
  g_assert_cmpstr (mash_entity_get_text (plan, "arrest"), ==, "Voluntary");
  g_assert_false (mash_entity_get_changed (plan));
  version = first (file, "sd-version");
  g_assert_cmpstr (mash_entity_get_text (version, "text"), ==, "Mine");
  g_assert_cmpstr (mash_entity_get_text (version, "of-field"), ==, "scene");

  submit (desk, mash_strategy_dup_settlement (file, version, "TAKEN"));
  g_assert_cmpstr (mash_entity_get_text (plan, "scene"), ==, "Mine");
  g_assert_cmpstr (mash_entity_get_text (version, "choice"), ==, "TAKEN");
  g_clear_object (&file);
  seat_close (&desk->seat);
}

/* Everybody of social care, police and health is there. */
static void
attend (Desk            *desk,
        MashContactFile *file)
{
  GListModel *participants = mash_contact_file_get_list (file, "sd-participant");

  for (guint i = 0; i < g_list_model_get_n_items (participants); i++)
    {
      g_autoptr (MashEntity) participant = g_list_model_get_item (participants, i);
      gboolean seated = mash_entity_get_text (participant, "staff") != NULL;
      MashEntity *view;

      mash_entity_set_text (participant, "attended", seated ? "PRESENT" : "REPORT");
      if (!seated)
        continue;
      view = add (desk, file, "sd-view", mash_entity_get_text (participant, "agency"));
      mash_entity_set_text (view, "position", "AGREE");
    }
}

static void
decide (Desk            *desk,
        MashContactFile *file)
{
  GListModel *children = mash_contact_file_get_list (file, "sd-child");
  g_autofree char *due = mash_time_format (mash_service_get_now (desk->seat.service) -
                                           MASH_TIME_HOUR);
  MashEntity *action;

  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (MashEntity) child = g_list_model_get_item (children, i);

      mash_entity_set_text (child, "threshold-met", "Y");
      mash_entity_set_text (child, "decision", "S47J");
      mash_entity_set_text (child, "rationale", "Because of what was said");
    }
  action = add (desk, file, "sd-action", NULL);
  mash_entity_set_text (action, "what", "See the child alone");
  mash_entity_set_text (action, "owner", "A worker");
  mash_entity_set_text (action, "owner-agency",
                        mash_service_get_actor (desk->seat.service)->agency);
  mash_entity_set_text (action, "due-at", due);
}

static void
sign (Desk       *desk,
      const char *capacity)
{
  g_autoptr (MashContactFile) file = seat_open_contact (&desk->seat, desk->contact);
  GListModel *requests = mash_contact_file_get_list (file, "sd-request");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (MashEntity) request = g_list_model_get_item (requests, i);
      g_autoptr (MashGroup) group = NULL;

      if (g_strcmp0 (mash_entity_get_text (request, "capacity"), capacity) != 0)
        continue;
      group = mash_strategy_dup_signature (file, request);
      mash_service_sign_async (desk->seat.service, group, "training", NULL, seat_on_done_cb,
                               seat_call (&desk->seat));
      mash_service_sign_finish (desk->seat.service, seat_wait (&desk->seat), &error);
      g_assert_no_error (error);
      return;
    }
  g_assert_not_reached ();
}

static MashBoardList *
open_board (Desk                 *desk,
            const MashBoardQuery *query)
{
  g_autoptr (GError) error = NULL;
  MashBoardList *list;

  mash_service_open_board_async (desk->seat.service, query, NULL, seat_on_done_cb,
                                 seat_call (&desk->seat));
  list = mash_service_open_board_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);

  return list;
}

/* What is due first leads, what is asked for is what is given, and chasing and finishing an action
 * shows at once. */
static void
check_board (Desk *desk)
{
  static const char *const deeds[] = { "chase-action", "finish-action" };
  g_autoptr (MashBoardQuery) all = mash_board_query_new ();
  g_autoptr (MashBoardQuery) late = mash_board_query_new ();
  g_autoptr (MashBoardList) board = open_board (desk, all);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (board));
  g_autoptr (GObject) action = NULL;
  g_autoptr (GError) error = NULL;
  guint chased;

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, ==, mash_board_list_get_n_all (board));
  g_assert_cmpuint (n, ==, mash_service_get_n_actions (desk->seat.service));
  for (guint i = 1; i < n; i++)
    {
      g_autoptr (GObject) before = g_list_model_get_item (G_LIST_MODEL (board), i - 1);
      g_autoptr (GObject) after = g_list_model_get_item (G_LIST_MODEL (board), i);
      gint64 one, other;

      g_object_get (before, "due", &one, NULL);
      g_object_get (after, "due", &other, NULL);
      g_assert_cmpint (one, <=, other);
    }

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autoptr (MashGroup) group = NULL;

      g_clear_object (&action);
      action = g_list_model_get_item (G_LIST_MODEL (board), 0);
      group = mash_action_item_dup_group (MASH_ACTION_ITEM (action), deeds[i], "Seen at school",
                                          mash_service_get_now (desk->seat.service));
      mash_service_submit_async (desk->seat.service, group, NULL, seat_on_done_cb,
                                 seat_call (&desk->seat));
      mash_service_submit_finish (desk->seat.service, seat_wait (&desk->seat), &error);
      g_assert_no_error (error);
      g_clear_object (&board);
      late->late = TRUE;
      board = open_board (desk, i == 0 ? late : all);
      if (i == 0)
        g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (board)), ==,
                          mash_board_list_get_n_late (board));
      g_clear_object (&action);
      action = g_list_model_get_item (G_LIST_MODEL (board), 0);
      if (i == 0)
        {
          g_object_get (action, "chased", &chased, NULL);
          g_assert_cmpuint (chased, ==, 1);
        }
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (board)), ==, n - 1);
}

/* What waits for the signature of whoever is signed in; the count is kept, the row says what. */
static void
check_to_sign (Desk       *desk,
               const char *capacity)
{
  GListModel *tray = mash_service_get_tray (desk->seat.service, MASH_TRAY_TO_SIGN);
  g_autoptr (GError) error = NULL;
  guint found = 0;

  mash_service_refresh_tray_async (desk->seat.service, MASH_TRAY_TO_SIGN, NULL, seat_on_done_cb,
                                   seat_call (&desk->seat));
  mash_service_refresh_tray_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mash_service_get_tray_count (desk->seat.service, MASH_TRAY_TO_SIGN), ==,
                    g_list_model_get_n_items (tray));

  for (guint i = 0; i < g_list_model_get_n_items (tray); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (tray, i);
      g_autofree char *why = NULL;
      g_autofree char *asked = NULL;
      g_autofree char *discussion = NULL;

      g_object_get (item, "why", &why, "asked", &asked, "discussion", &discussion, NULL);
      if (g_strcmp0 (discussion, desk->discussion) != 0)
        continue;
      g_assert_cmpstr (why, ==, "sign");
      g_assert_cmpstr (asked, ==, capacity);
      found++;
    }
  g_assert_cmpuint (found, ==, capacity != NULL);
}

static void
check_drift (Desk *desk)
{
  int today = mash_time_get_local_day (mash_service_get_now (desk->seat.service));
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDrift) drift = NULL;
  g_autofree char *csv = NULL;

  mash_service_read_drift_async (desk->seat.service, today - 6, today, NULL, NULL, NULL,
                                 seat_on_done_cb, seat_call (&desk->seat));
  drift = mash_service_read_drift_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drift->weeks->len, ==, 1);
  g_assert_cmpuint (drift->all.compliant, >=, 1);
  g_assert_cmpuint (drift->all.counted[MASH_DRIFT_TO_SIGNED], >=, 1);
  csv = mash_service_dup_drift_csv (drift);
  g_assert_nonnull (strstr (csv, "\"SIGNED\""));
  g_assert_nonnull (strstr (csv, "\"Follow-up due\",\"Follow-up held\""));
  g_assert_null (strstr (csv, "Tennant"));
}

/* Invites an agency, and writes a paragraph that it is not to have. */
static char *
withhold_from (Desk       *desk,
               const char *agency)
{
  g_autoptr (MashContactFile) file = seat_open_contact (&desk->seat, desk->contact);
  MashEntity *there = add (desk, file, "sd-participant", agency);
  MashEntity *paragraph = add (desk, file, "sd-paragraph",
                               mash_service_get_actor (desk->seat.service)->agency);

  mash_entity_set_text (there, "attended", "PRESENT");
  mash_entity_set_text (paragraph, "text", "Where the grandmother lives");
  mash_entity_set_text (paragraph, "condition", "P");
  mash_entity_set_set (paragraph, "not-for", (const char *[]) { agency, NULL });
  save (desk, file);

  return mash_signing_hash_content (MASH_FACTS (file), desk->discussion);
}

/* What an agency keeps from another is there, without its words; both see the same fingerprint of
 * the record (scenario 13). */
static void
test_withheld (Desk         *desk,
               gconstpointer data)
{
  g_autoptr (MashContactFile) file = NULL;
  g_autofree char *education = NULL;
  g_autofree char *chairs = NULL;
  g_autofree char *theirs = NULL;
  MashEntity *paragraph;

  sign_in (desk, EDUCATION);
  education = g_strdup (mash_service_get_actor (desk->seat.service)->agency);
  seat_close (&desk->seat);
  sign_in (desk, CHAIR);
  choose_contact (desk);
  start (desk);
  chairs = withhold_from (desk, education);
  seat_close (&desk->seat);

  sign_in (desk, EDUCATION);
  file = seat_open_contact (&desk->seat, desk->contact);
  paragraph = first (file, "sd-paragraph");
  g_assert_null (mash_entity_get_text (paragraph, "text"));
  g_assert_nonnull (mash_entity_get_text (paragraph, "agency"));
  theirs = mash_signing_hash_content (MASH_FACTS (file), desk->discussion);
  g_assert_cmpstr (theirs, ==, chairs);
  g_clear_object (&file);
  seat_close (&desk->seat);
}

/* A correction of the signed record begins with what was done under that, and not anew. */
static void
check_correction (Desk *desk)
{
  gint64 now = mash_service_get_now (desk->seat.service);
  const MashDiscussionStart how = {
    .trigger = "DISCLOSURE", .mode = "MIXED", .need = now, .started = now,
    .supersedes = desk->discussion, .why = "The age was wrong",
  };
  g_autofree char *correction = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (GPtrArray) actions = NULL;

  mash_service_start_discussion_async (desk->seat.service, desk->contact, &how, NULL,
                                       seat_on_done_cb, seat_call (&desk->seat));
  correction = mash_service_start_discussion_finish (desk->seat.service, seat_wait (&desk->seat),
                                                     &error);
  g_assert_no_error (error);
  file = seat_open_contact (&desk->seat, desk->contact);
  actions = mash_facts_list (MASH_FACTS (file), "sd-action", "discussion", correction);
  g_assert_cmpuint (actions->len, ==, 1);
  g_assert_cmpstr (mash_record_get_text (g_ptr_array_index (actions, 0), "status"), ==, "DONE");
  g_assert_cmpstr (mash_record_get_text (g_ptr_array_index (actions, 0), "outcome"), ==,
                   "Seen at school");
  g_assert_cmpint (mash_record_get_int (g_ptr_array_index (actions, 0), "chased"), ==, 1);
}

/* Held and signed by three people, and everything that is derived can be derived again. */
static void
test_whole (Desk         *desk,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashDiscussionReading) reading = NULL;
  g_autofree char *words = NULL;
  gint64 now;

  sign_in (desk, CHAIR);
  choose_contact (desk);
  start (desk);
  file = seat_open_contact (&desk->seat, desk->contact);
  attend (desk, file);
  decide (desk, file);
  save (desk, file);
  now = mash_service_get_now (desk->seat.service);
  submit (desk, mash_strategy_dup_finish (file, desk->discussion, now));
  submit (desk, mash_strategy_dup_ask (file, desk->discussion, now));
  g_clear_object (&file);
  check_to_sign (desk, "CHAIR");
  sign (desk, "CHAIR");
  check_to_sign (desk, NULL);
  check_board (desk);
  seat_close (&desk->seat);

  sign_in (desk, HEALTH);
  check_to_sign (desk, "HEALTH");
  sign (desk, "HEALTH");
  seat_close (&desk->seat);
  sign_in (desk, POLICE);
  check_to_sign (desk, "POLICE");
  sign (desk, "POLICE");
  check_to_sign (desk, NULL);
  seat_close (&desk->seat);

  sign_in (desk, CHAIR);
  reading = read_it (desk);
  g_assert_cmpstr (reading->state, ==, "SIGNED");
  g_assert_cmpstr (reading->compliance, ==, "COMPLIANT");
  g_assert_cmpuint (reading->given, ==, 3);
  check_drift (desk);
  check_correction (desk);
  mash_service_verify_async (desk->seat.service, NULL, NULL, NULL, seat_on_done_cb,
                           seat_call (&desk->seat));
  words = mash_service_verify_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);
  seat_close (&desk->seat);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/service-strategy/start", Desk, NULL, set_up, test_start, tear_down);
  g_test_add ("/service-strategy/versions", Desk, NULL, set_up, test_versions, tear_down);
  g_test_add ("/service-strategy/withheld", Desk, NULL, set_up, test_withheld, tear_down);
  g_test_add ("/service-strategy/whole", Desk, NULL, set_up, test_whole, tear_down);

  return g_test_run ();
}
