/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two desks as the window drives them, each with its own thread to a real PostgreSQL: what is saved
 * on one appears on the other by itself, a desk works on while its hub is away, and signing out
 * ends the line at once. */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "../service/seat.h"
#include "../service/typed-contact.h"
#include "hub-desk.h"
#include "mash-service-hub.h"
#include "mash-service-line.h"
#include "sync-desk.h"

typedef struct
{
  Seat  seat;
  char *settings;
  char *folder;
} Window;

static Cluster *cluster;
static SyncHub hub;

/* The line of a window; away while the test says so. */
static gint away;

/* What holds a line up that is opened by open_held_cb(), and how far it came. */
typedef enum
{
  HELD_BY_NETWORK,
  HELD_BY_SERVER,
} HeldBy;

static HeldBy held_by;
static gint held;
static gint let_go;
static gint line_ended;
static gint backend;

static MashHubLine *
open_cb (gpointer   data,
         GError   **error)
{
  if (g_atomic_int_get (&away))
    {
      g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Away");
      return NULL;
    }

  return mash_hub_line_open_admin (data, error);
}

/* A name that is not resolved, or a server that falls silent as soon as it has let somebody in. */
static MashHubLine *
open_held_cb (gpointer   data,
              GError   **error)
{
  MashHubLine *line = NULL;

  if (held_by == HELD_BY_SERVER)
    {
      g_autoptr (MashHubRows) rows = NULL;

      line = mash_hub_line_open_admin (data, error);
      rows = mash_hub_line_ask (line, error, "SELECT pg_backend_pid ()", NULL);
      backend = atoi (mash_hub_rows_get_text (rows, 0, 0));
      g_assert_cmpint (kill (backend, SIGSTOP), ==, 0);
      g_atomic_int_set (&held, TRUE);
      return line;
    }

  g_atomic_int_set (&held, TRUE);
  while (!g_atomic_int_get (&let_go))
    g_usleep (1000);
  g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Away");

  return NULL;
}

static void
on_line_ended_cb (gpointer data)
{
  g_free (data);
  g_atomic_int_set (&line_ended, TRUE);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;

  mash_service_submit_finish (MASH_SERVICE (source), result, &error);
  g_assert_no_error (error);
}

/* Opens a window on a seat that was made by sync_desk_new() and closed again. */
static void
window_open (Window     *window,
             const char *database,
             const char *sign_in,
             guint       number)
{
  SyncDesk *desk = sync_desk_new (&hub, database, sign_in, number);

  window->settings = cluster_dup_settings (cluster, database, desk->login);
  window->folder = sync_desk_leave (desk);
  seat_open (&window->seat, window->folder);
  seat_sign_in (&window->seat, sign_in, FIXTURE_PASSPHRASE);
  mash_service_join_hub (window->seat.service, open_cb, g_strdup (window->settings), g_free);
}

static void
window_close (Window *window)
{
  seat_close (&window->seat);
  store_fixture_remove_all (window->folder);
  g_free (window->folder);
  g_free (window->settings);
}

static const MashHubReading *
get_reading (Seat *seat)
{
  return mash_service_get_hub_reading (seat->service);
}

static gboolean
has_sent (Seat *seat)
{
  return get_reading (seat)->state == MASH_HUB_NEAR &&
         get_reading (seat)->unsent.n_changes == 0;
}

static gboolean
is_held (Seat *seat)
{
  return g_atomic_int_get (&held);
}

static gboolean
has_ended (Seat *seat)
{
  return g_atomic_int_get (&line_ended);
}

static gboolean
is_away (Seat *seat)
{
  return get_reading (seat)->state == MASH_HUB_AWAY;
}

static gboolean
has_contact (Seat *seat)
{
  return mash_service_get_tray_count (seat->service, MASH_TRAY_FRONT_DOOR) > 0;
}

static void
create (Window *window)
{
  g_autoptr (MashGroup) group = typed_contact_new (window->seat.service);

  seat_submit (&window->seat, group);
}

static void
test_two_windows (void)
{
  Window worker = { 0 };
  Window manager = { 0 };

  cluster_copy_hub (cluster, "origin", "windows");
  window_open (&worker, "windows", "worker", 1);
  window_open (&manager, "windows", "manager", 2);
  seat_wait_until (&worker.seat, seat_is_known);
  seat_wait_until (&manager.seat, seat_is_known);
  g_assert_cmpstr (mash_service_get_person_name (worker.seat.service), ==, "Aled Sorrel");

  create (&worker);
  seat_wait_until (&worker.seat, has_sent);
  seat_wait_until (&manager.seat, has_contact);

  window_close (&worker);
  window_close (&manager);
}

static gboolean
has_sent_originals (Seat *seat)
{
  return has_sent (seat) && get_reading (seat)->unsent.n_originals == 0;
}

static GBytes *
get_document (Window       *window,
              const char   *sha256,
              GCancellable *cancellable,
              GError      **error)
{
  mash_service_get_document_async (window->seat.service, sha256, cancellable, seat_on_done_cb,
                                   seat_call (&window->seat));

  return mash_service_get_document_finish (window->seat.service, seat_wait (&window->seat), error);
}

static void
assert_refused (Window     *window,
                const char *sha256,
                const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (get_document (window, sha256, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” was said and not “%s”", error->message, says);
}

/* A contact with a document of a few parts; gives its fingerprint. */
static char *
create_with_document (Window *window)
{
  g_autoptr (MashGroup) group = typed_contact_new (window->seat.service);
  g_autofree char *id = hub_make_id ();
  MashEdit *edit = mash_edit_new (mash_kind_lookup ("source-document"), id, 0);
  g_autoptr (GBytes) content = g_bytes_new_take (g_strnfill (600000, 'a'), 600000);
  char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

  mash_edit_set_text (edit, "contact", mash_group_get_contact (group));
  mash_edit_set_text (edit, "sha256", sha256);
  mash_group_take_edit (group, edit);
  mash_group_attach (group, sha256, content);
  seat_submit (&window->seat, group);

  return sha256;
}

/* The original of a document is fetched from the hub when it is opened elsewhere, and is there from
 * then on. */
static void
test_original (void)
{
  Window worker = { 0 };
  Window manager = { 0 };
  g_autofree char *sha256 = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  cluster_copy_hub (cluster, "origin", "originals");
  window_open (&worker, "originals", "worker", 21);
  window_open (&manager, "originals", "manager", 22);
  seat_wait_until (&worker.seat, seat_is_known);
  seat_wait_until (&manager.seat, seat_is_known);
  sha256 = create_with_document (&worker);
  seat_wait_until (&manager.seat, has_contact);
  seat_wait_until (&worker.seat, has_sent_originals);

  g_cancellable_cancel (cancellable);
  g_assert_null (get_document (&manager, sha256, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  cluster_run (cluster, "originals", "UPDATE mash.blob SET seat = 'nobody'");
  assert_refused (&manager, sha256, "still at the desk");
  cluster_run (cluster, "originals", "UPDATE mash.blob b SET seat = p.seat FROM mash.blob_part p");
  assert_refused (&manager, "0000000000000000000000000000000000000000000000000000000000000000",
                  "does not give you");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) content = NULL;

      g_clear_error (&error);
      content = get_document (&manager, sha256, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (content), ==, 600000);
      cluster_run (cluster, "originals", "UPDATE mash.blob SET seat = 'nobody'");
    }

  window_close (&worker);
  window_close (&manager);
}

static void
on_told_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mash_service_tell_writing_finish (MASH_SERVICE (source), result, &error));
  g_assert_nonnull (error);
  *(gboolean *) data = TRUE;
}

/* Somebody leaves, whether or not they hear of it. */
static void
on_left_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GPtrArray *writers = mash_service_tell_writing_finish (MASH_SERVICE (source), result, NULL);

  g_clear_pointer (&writers, g_ptr_array_unref);
  *(gboolean *) data = TRUE;
}

static GPtrArray *
tell (Window      *window,
      const char  *discussion,
      const char  *place,
      GError     **error)
{
  mash_service_tell_writing_async (window->seat.service, discussion, place, seat_on_done_cb,
                                   seat_call (&window->seat));

  return mash_service_tell_writing_finish (window->seat.service, seat_wait (&window->seat), error);
}

/* Says where somebody is, and looks at whose place they are told; NULL for nobody's. */
static void
assert_told (Window     *window,
             const char *discussion,
             const char *place,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) writers = tell (window, discussion, place, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (writers->len, ==, expected != NULL ? 1 : 0);
  if (expected != NULL)
    g_assert_cmpstr (((MashWriter *) g_ptr_array_index (writers, 0))->place, ==, expected);
}

/* Two who have the same discussion open are told where the other writes; a desk that is away from
 * its hub, or at an older one, is told why not, and nothing waits for an answer. */
static void
test_writing (void)
{
  Window worker = { 0 };
  Window manager = { 0 };
  g_autofree char *contact = hub_make_id ();
  g_autofree char *discussion = hub_make_id ();
  g_autoptr (GError) error = NULL;
  gboolean told = FALSE;

  cluster_copy_hub (cluster, "origin", "writing");
  hub_put (cluster, "writing", "contact", contact, "{\"state\": \"C30\"}");
  hub_put_form (cluster, "writing", "strategy-discussion", discussion,
                "{\"contact\": \"%s\", \"state\": \"PROGRESS\"}", contact);
  window_open (&worker, "writing", "worker", 6);
  window_open (&manager, "writing", "manager", 7);
  seat_wait_until (&worker.seat, has_sent);
  seat_wait_until (&manager.seat, has_sent);

  assert_told (&worker, discussion, "plan", NULL);
  assert_told (&manager, discussion, NULL, "plan");
  assert_told (&worker, discussion, "notes", "");
  assert_told (&worker, NULL, NULL, NULL);
  assert_told (&manager, discussion, "plan", NULL);

  cluster_run (cluster, "writing", "DROP FUNCTION api1.writing");
  g_assert_null (tell (&manager, discussion, "plan", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  /* The line goes on. */
  create (&manager);
  seat_wait_until (&worker.seat, has_contact);

  mash_service_leave_hub (manager.seat.service);
  g_assert_null (tell (&manager, discussion, "plan", &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE);

  mash_service_tell_writing_async (worker.seat.service, discussion, "plan", on_told_cb, &told);
  seat_lock (&worker.seat);
  while (!told)
    g_main_context_iteration (NULL, TRUE);
  window_close (&worker);
  window_close (&manager);
}

/* Whoever locks says that they leave, and waits for nobody: they are gone, and not out of touch. */
static void
test_farewell (void)
{
  Window worker = { 0 };
  Window manager = { 0 };
  g_autofree char *contact = hub_make_id ();
  g_autofree char *discussion = hub_make_id ();
  g_autoptr (GPtrArray) writers = NULL;
  gboolean told = FALSE;

  cluster_copy_hub (cluster, "origin", "farewell");
  hub_put (cluster, "farewell", "contact", contact, "{\"state\": \"C30\"}");
  hub_put_form (cluster, "farewell", "strategy-discussion", discussion,
                "{\"contact\": \"%s\", \"state\": \"PROGRESS\"}", contact);
  window_open (&worker, "farewell", "worker", 8);
  window_open (&manager, "farewell", "manager", 9);
  seat_wait_until (&worker.seat, has_sent);
  seat_wait_until (&manager.seat, has_sent);
  assert_told (&worker, discussion, "plan", NULL);
  assert_told (&manager, discussion, NULL, "plan");

  mash_service_tell_writing_async (worker.seat.service, NULL, NULL, on_left_cb, &told);
  seat_lock (&worker.seat);
  do
    {
      g_clear_pointer (&writers, g_ptr_array_unref);
      writers = tell (&manager, discussion, NULL, NULL);
    }
  while (writers != NULL && writers->len > 0);
  g_assert_nonnull (writers);
  while (!told)
    g_main_context_iteration (NULL, TRUE);
  window_close (&worker);
  window_close (&manager);
}

static void
test_away (void)
{
  Window worker = { 0 };
  g_autoptr (MashGroup) group = NULL;
  gint64 begun;

  cluster_copy_hub (cluster, "origin", "away");
  window_open (&worker, "away", "worker", 3);
  seat_wait_until (&worker.seat, seat_is_known);
  g_atomic_int_set (&away, TRUE);
  cluster_run (cluster, "postgres", "SELECT pg_terminate_backend (pid) FROM pg_stat_activity"
               " WHERE datname = 'away'");
  seat_wait_until (&worker.seat, is_away);
  create (&worker);
  seat_wait_until (&worker.seat, is_away);
  seat_wait_until (&worker.seat, has_contact);
  assert_refused (&worker, "0000000000000000000000000000000000000000000000000000000000000000",
                  "does not answer");
  g_atomic_int_set (&away, FALSE);
  seat_wait_until (&worker.seat, has_sent);

  /* Whatever the line waits for, the end comes at once; what was being saved is saved. */
  group = typed_contact_new (worker.seat.service);
  mash_service_submit_async (worker.seat.service, group, NULL, on_saved_cb, NULL);
  begun = g_get_monotonic_time ();
  seat_lock (&worker.seat);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);
  window_close (&worker);
}

/* Locking waits for nothing on the network, not even for what nobody can break off; and the line
 * ends as soon as that is over. */
static void
test_held (gconstpointer by)
{
  Window worker = { 0 };
  gint64 begun;

  held_by = GPOINTER_TO_INT (by);
  g_atomic_int_set (&held, FALSE);
  g_atomic_int_set (&let_go, FALSE);
  g_atomic_int_set (&line_ended, FALSE);
  cluster_copy_hub (cluster, "origin", held_by == HELD_BY_SERVER ? "silent" : "unresolved");
  window_open (&worker, held_by == HELD_BY_SERVER ? "silent" : "unresolved", "worker",
               4 + held_by);
  mash_service_join_hub (worker.seat.service, open_held_cb, g_strdup (worker.settings),
                         on_line_ended_cb);
  seat_wait_until (&worker.seat, is_held);

  begun = g_get_monotonic_time ();
  seat_lock (&worker.seat);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);
  g_assert_true (held_by == HELD_BY_SERVER || !has_ended (&worker.seat));
  g_atomic_int_set (&let_go, TRUE);
  seat_wait_until (&worker.seat, has_ended);
  if (held_by == HELD_BY_SERVER)
    g_assert_cmpint (kill (backend, SIGCONT), ==, 0);
  window_close (&worker);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  sync_hub_set_up (&hub, cluster, "origin");
  g_test_add_func ("/sync/thread/two-windows", test_two_windows);
  g_test_add_func ("/sync/thread/writing", test_writing);
  g_test_add_func ("/sync/thread/farewell", test_farewell);
  g_test_add_func ("/sync/thread/original", test_original);
  g_test_add_func ("/sync/thread/away", test_away);
  g_test_add_data_func ("/sync/thread/held/network", GINT_TO_POINTER (HELD_BY_NETWORK),
                        test_held);
  g_test_add_data_func ("/sync/thread/held/server", GINT_TO_POINTER (HELD_BY_SERVER), test_held);

  status = g_test_run ();
  sync_hub_tear_down (&hub);
  cluster_free (cluster);

  return status;
}
