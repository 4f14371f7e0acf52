/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A manager at a desk, and what a colleague could not send: the desk shows it with all that was
 * written, takes it over or refuses it by a signed word, and every desk follows, though the author
 * is suspended there. */

#include "config.h"

#include <string.h>

#include "../service/seat.h"
#include "mash-hub-sentence.h"
#include "mash-service-hub.h"
#include "mash-service-line.h"
#include "mash-service-unsettled.h"
#include "mash-time.h"
#include "sync-desk.h"

static Cluster *cluster;
static SyncHub hub;
static const char *database; /* of the scene */

typedef struct
{
  SyncDesk   *author;   /* a social worker */
  SyncDesk   *other;    /* the same person's, at another desk: only to look on */
  Seat        manager;
  char       *folder;
  char       *settings;
  char       *contact;
} Scene;

static MashHubLine *
open_cb (gpointer   data,
         GError   **error)
{
  return mash_hub_line_open_admin (data, error);
}

static gboolean
has_settled (Seat *seat)
{
  g_autofree char *waits = cluster_ask (cluster, database, "SELECT count (*) FROM mash.quarantine"
                                        " WHERE settled_seq IS NULL");

  return strcmp (waits, "0") == 0;
}

static gboolean
knows_of_waiting (Seat *seat)
{
  return mash_service_get_hub_reading (seat->service)->n_waiting == 1;
}

static void
suspend (Scene    *scene,
         gboolean  suspended)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE mash.entity SET state = %s WHERE id = '%s'",
                                          suspended ? "state || '{\"suspended\": true}'"
                                                    : "state - 'suspended'",
                                          scene->author->store->own);

  cluster_run (cluster, database, sql);
}

/* The author writes a note that is not sent any more, and the desk hands it in. */
static void
set_up (Scene      *scene,
        const char *name,
        guint       number)
{
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (GError) error = NULL;
  SyncDesk *desk;

  database = name;
  cluster_copy_hub (cluster, "origin", database);
  scene->author = sync_desk_new (&hub, database, "worker", number);
  scene->other = sync_desk_new (&hub, database, "manager", number + 1);
  desk = sync_desk_new (&hub, database, "manager", number + 2);
  scene->settings = cluster_dup_settings (cluster, database, desk->login);
  scene->folder = sync_desk_leave (desk);
  sync_desk_sync (scene->author);
  group = store_fixture_new_contact (scene->author->store, "Tam", "Oakley", "2016-05-04");
  mash_store_submit (scene->author->store, group, NULL, &error);
  g_assert_no_error (error);
  scene->contact = g_strdup (mash_group_get_contact (group));
  sync_desk_sync (scene->author);
  sync_desk_sync (scene->other);

  sync_desk_write_note (scene->author, scene->contact, "He sleeps at a friend's");
  suspend (scene, TRUE);
  mash_sync_core_wake (scene->author->core);
  while (sync_desk_step (scene->author))
    ;
  g_assert_cmpint (mash_sync_core_get_end (scene->author->core), ==, MASH_SYNC_END_SUSPENDED);

  seat_open (&scene->manager, scene->folder);
  seat_sign_in (&scene->manager, "manager", FIXTURE_PASSPHRASE);
  mash_service_join_hub (scene->manager.service, open_cb, g_strdup (scene->settings), g_free);
  seat_wait_until (&scene->manager, seat_is_known);
}

static void
tear_down (Scene *scene)
{
  seat_close (&scene->manager);
  store_fixture_remove_all (scene->folder);
  sync_desk_free (scene->author);
  sync_desk_free (scene->other);
  g_free (scene->folder);
  g_free (scene->settings);
  g_free (scene->contact);
}

static GPtrArray *
list_waiting (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list;

  mash_service_list_waiting_async (scene->manager.service, seat_on_done_cb,
                                   seat_call (&scene->manager));
  list = mash_service_list_waiting_finish (scene->manager.service, seat_wait (&scene->manager),
                                           &error);
  g_assert_no_error (error);

  return list;
}

static gboolean
settle (Scene       *scene,
        gboolean     take_over,
        const char  *reason,
        GError     **error)
{
  g_autoptr (GPtrArray) list = list_waiting (scene);

  g_assert_cmpuint (list->len, ==, 1);
  mash_service_settle_unsent_async (scene->manager.service, g_ptr_array_index (list, 0), take_over,
                                    reason, seat_on_done_cb, seat_call (&scene->manager));

  return mash_service_settle_unsent_finish (scene->manager.service, seat_wait (&scene->manager),
                                            error);
}

/* As if the desk had heard that the author was suspended. */
static void
believe_suspended (Scene    *scene,
                   gboolean  suspended)
{
  g_autoptr (GError) error = NULL;

  mash_database_run (scene->other->store->database, &error,
                     suspended ? "UPDATE staff SET suspended = 1 WHERE id = ?1"
                               : "UPDATE staff SET suspended = NULL WHERE id = ?1", "t",
                     scene->author->store->own);
  g_assert_no_error (error);
}

static void
test_shown (void)
{
  Scene scene = { 0 };
  g_autoptr (GPtrArray) list = NULL;
  const MashUnsettled *shown;
  MashHubGrade grade;
  g_autofree char *sentence = NULL;

  set_up (&scene, "shown", 100);
  g_assert_true (mash_service_may_settle_unsent (scene.manager.service));
  seat_wait_until (&scene.manager, knows_of_waiting);
  sentence = mash_hub_sentence (mash_service_get_hub_reading (scene.manager.service), 0, &grade);
  g_assert_cmpstr (sentence, ==, "1 step that a colleague could not send waits for a manager.");
  list = list_waiting (&scene);
  g_assert_cmpuint (list->len, ==, 1);
  shown = g_ptr_array_index (list, 0);
  g_assert_nonnull (strstr (shown->title, "Aled Sorrel"));
  g_assert_nonnull (strstr (shown->title, "Add note"));
  g_assert_nonnull (strstr (shown->reason, "may not come in any more"));
  g_assert_nonnull (strstr (shown->written, "He sleeps at a friend's"));
  g_assert_cmpstr (shown->contact, ==, scene.contact);
  g_assert_true (shown->is_whole);

  tear_down (&scene);
}

/* Every desk has it as its author wrote it, though the author is suspended there; without the
 * manager’s word it is not followed. */
static void
test_taken_over (void)
{
  Scene scene = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&scene, "taken", 110);
  g_assert_false (settle (&scene, TRUE, "", &error));
  g_assert_nonnull (strstr (error->message, "Write in a sentence why"));
  g_clear_error (&error);
  settle (&scene, TRUE, "She told me of it before she left", &error);
  g_assert_no_error (error);
  seat_wait_until (&scene.manager, has_settled);
  g_clear_pointer (&scene.manager.result, g_object_unref);
  {
    g_autoptr (GPtrArray) list = list_waiting (&scene);

    g_assert_cmpuint (list->len, ==, 0);
  }

  believe_suspended (&scene, TRUE);
  sync_desk_sync (scene.other);
  sync_desk_assert (scene.other, "SELECT count (*) FROM aside", "0");
  sync_desk_assert (scene.other, "SELECT text FROM note", "He sleeps at a friend's");
  sync_desk_assert (scene.other, "SELECT s.reason FROM settlement s JOIN note n ON n.created_by ="
                    " s.author WHERE s.taken = 1 AND s.created_by <> s.author",
                    "She told me of it before she left");

  suspend (&scene, FALSE);
  sync_desk_restart (scene.author, FALSE);
  sync_desk_sync (scene.author);
  sync_desk_assert (scene.author, "SELECT count (*) FROM outbox", "0");
  sync_desk_assert (scene.author, "SELECT count (*) FROM note", "1");
  sync_desk_write_note (scene.author, scene.contact, "Another");
  sync_desk_sync (scene.author);
  sync_desk_sync (scene.other);
  sync_desk_assert (scene.other, "SELECT count (*) FROM note", "1");
  sync_desk_assert (scene.other, "SELECT count (*) FROM aside", "1");
  believe_suspended (&scene, FALSE);
  sync_desk_verify (scene.other);

  tear_down (&scene);
}

static void
test_refused (void)
{
  Scene scene = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&scene, "refused", 120);
  settle (&scene, FALSE, "It is about another child", &error);
  g_assert_no_error (error);
  seat_wait_until (&scene.manager, has_settled);
  sync_desk_sync (scene.other);
  sync_desk_assert (scene.other, "SELECT count (*) FROM note", "0");
  sync_desk_assert (scene.other, "SELECT reason FROM settlement WHERE taken = 0",
                    "It is about another child");

  suspend (&scene, FALSE);
  sync_desk_restart (scene.author, FALSE);
  sync_desk_sync (scene.author);
  sync_desk_assert (scene.author, "SELECT count (*) FROM outbox", "0");
  sync_desk_assert (scene.author, "SELECT code FROM refusal", "settled");

  tear_down (&scene);
}

/* While the hub is away there is nothing to look at, and nothing to wait for. */
static void
test_away (void)
{
  Scene scene = { 0 };
  g_autoptr (GPtrArray) list = NULL;

  set_up (&scene, "gone", 130);
  mash_service_leave_hub (scene.manager.service);
  list = list_waiting (&scene);
  g_assert_cmpuint (list->len, ==, 0);

  tear_down (&scene);
}

static GListModel *
list_looks (Scene   *scene,
            GError **error)
{
  g_autofree char *next = NULL;
  GListModel *list;

  g_clear_pointer (&scene->manager.result, g_object_unref);
  mash_service_list_hub_looks_async (scene->manager.service, scene->contact, NULL, seat_on_done_cb,
                                     seat_call (&scene->manager));
  list = mash_service_list_hub_looks_finish (scene->manager.service, seat_wait (&scene->manager),
                                             &next, error);
  g_assert_null (next);

  return list;
}

/* Who looked at another desk, of which this one has not heard but by its hub; for those whose right
 * it is to know. */
static void
test_looks (void)
{
  Scene scene = { 0 };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GObject) look = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&scene, "looks", 140);
  sync_desk_look (scene.author, scene.contact);
  sync_desk_restart (scene.author, FALSE);
  while (sync_desk_step (scene.author))
    ;

  list = list_looks (&scene, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  look = g_list_model_get_item (list, 0);
  g_object_get (look, "person-name", &name, NULL);
  g_assert_cmpstr (name, ==, "Aled Sorrel");

  cluster_run (cluster, database, "UPDATE mash.entity SET state = state || '{\"role\": \"SW\"}'"
               " WHERE kind = 'post' AND state ->> 'role' = 'MM'");
  g_assert_null (list_looks (&scene, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);

  mash_service_leave_hub (scene.manager.service);
  g_assert_null (list_looks (&scene, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE);

  tear_down (&scene);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  sync_hub_set_up (&hub, cluster, "origin");
  g_test_add_func ("/sync/settle/shown", test_shown);
  g_test_add_func ("/sync/settle/taken-over", test_taken_over);
  g_test_add_func ("/sync/settle/refused", test_refused);
  g_test_add_func ("/sync/settle/away", test_away);
  g_test_add_func ("/sync/settle/looks", test_looks);

  status = g_test_run ();
  sync_hub_tear_down (&hub);
  cluster_free (cluster);

  return status;
}
