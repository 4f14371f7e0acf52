/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two desks as the window drives them, each with its own thread to a real PostgreSQL: what is saved
 * on one appears on the other by itself, a desk works on while its hub is away, and signing out
 * ends the line at once. */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "../service/seat.h"
#include "mash-service-hub.h"
#include "mash-service-line.h"
#include "mash-time.h"
#include "sync-desk.h"

typedef struct
{
  Seat  seat;
  char *settings;
  char *folder;
} Window;

typedef gboolean (*Condition) (Window *window);

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

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until (Window    *window,
            Condition  holds)
{
  guint timer = g_timeout_add (20, wake_cb, NULL);
  gint64 patience = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!holds (window))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, patience);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (timer);
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
get_reading (Window *window)
{
  return mash_service_get_hub_reading (window->seat.service);
}

static gboolean
is_ready (Window *window)
{
  return get_reading (window)->state == MASH_HUB_NEAR &&
         *mash_service_get_actor (window->seat.service)->role != '\0';
}

static gboolean
has_sent (Window *window)
{
  return get_reading (window)->state == MASH_HUB_NEAR &&
         get_reading (window)->unsent.n_changes == 0;
}

static gboolean
is_held (Window *window)
{
  return g_atomic_int_get (&held);
}

static gboolean
has_ended (Window *window)
{
  return g_atomic_int_get (&line_ended);
}

static gboolean
is_away (Window *window)
{
  return get_reading (window)->state == MASH_HUB_AWAY;
}

static gboolean
has_contact (Window *window)
{
  return mash_service_get_tray_count (window->seat.service, MASH_TRAY_FRONT_DOOR) > 0;
}

static MashGroup *
type_contact (Window *window)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (window->seat.service);
  g_autofree char *now = mash_time_format (mash_service_get_now (window->seat.service));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  MashEntity *person = mash_contact_file_add (file, "person");
  MashEntity *subject = mash_contact_file_add (file, "contact-subject");

  g_object_set (contact, "kind", "REF", "channel", "PHONE", "source", "2A", "received-at", now,
                "presenting-concern", "A bruise on the upper arm.", NULL);
  g_object_set (person, "kind", "CHILD", "legal-forenames", "Zoë", "legal-surname", "Marsh",
                "birth", "2019-03-04", NULL);
  g_object_set (subject, "person", mash_entity_get_id (person), "role", "CHILD", NULL);

  return mash_contact_file_dup_group (file, "create");
}

static void
create (Window *window)
{
  g_autoptr (MashGroup) group = type_contact (window);

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
  wait_until (&worker, is_ready);
  wait_until (&manager, is_ready);
  g_assert_cmpstr (mash_service_get_person_name (worker.seat.service), ==, "Aled Sorrel");

  create (&worker);
  wait_until (&worker, has_sent);
  wait_until (&manager, has_contact);

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
  wait_until (&worker, is_ready);
  g_atomic_int_set (&away, TRUE);
  cluster_run (cluster, "postgres", "SELECT pg_terminate_backend (pid) FROM pg_stat_activity"
               " WHERE datname = 'away'");
  wait_until (&worker, is_away);
  create (&worker);
  wait_until (&worker, is_away);
  wait_until (&worker, has_contact);
  g_atomic_int_set (&away, FALSE);
  wait_until (&worker, has_sent);

  /* Whatever the line waits for, the end comes at once; what was being saved is saved. */
  group = type_contact (&worker);
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
  wait_until (&worker, is_held);

  begun = g_get_monotonic_time ();
  seat_lock (&worker.seat);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);
  g_assert_true (held_by == HELD_BY_SERVER || !has_ended (&worker));
  g_atomic_int_set (&let_go, TRUE);
  wait_until (&worker, has_ended);
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
  g_test_add_func ("/sync/thread/away", test_away);
  g_test_add_data_func ("/sync/thread/held/network", GINT_TO_POINTER (HELD_BY_NETWORK),
                        test_held);
  g_test_add_data_func ("/sync/thread/held/server", GINT_TO_POINTER (HELD_BY_SERVER), test_held);

  status = g_test_run ();
  sync_hub_tear_down (&hub);
  cluster_free (cluster);

  return status;
}
