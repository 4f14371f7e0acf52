/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

#include "contact-scene.h"
#include "mash-service-keys.h"
#include "mash-sign-in-page.h"
#include "mash-unfinished-banner.h"

/* A desk on a bus of its own, with a logind that does what the test says. */

#define SESSION_PATH "/org/freedesktop/login1/session/c1"
#define CONCERN "A girl of nine who is fetched by nobody."

static const char introspection[] =
  "<node><interface name='org.freedesktop.login1.Manager'>"
  "<method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='h' direction='out'/></method>"
  "<method name='GetSessionByPID'><arg type='u' direction='in'/>"
  "<arg type='o' direction='out'/></method>"
  "</interface></node>";

typedef struct
{
  Desk             desk;
  GDBusConnection *logind;
  GDBusConnection *stranger;
  GDBusNodeInfo   *node;
  guint            object;
  guint            name;
  int              waits;       /* ends when the desk lets the computer sleep, or -1 */
  gboolean         named;
  gboolean         found;       /* the desk has asked for its session */
} Leave;

static char *bus_address;

static void
answer_inhibit (Leave                 *leave,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  const char *what, *mode;
  int ends[2];

  g_variant_get (parameters, "(&s&s&s&s)", &what, NULL, NULL, &mode);
  g_assert_cmpstr (what, ==, "sleep");
  g_assert_cmpstr (mode, ==, "delay");
  g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
  g_assert_true (g_unix_set_fd_nonblocking (ends[0], TRUE, NULL));
  g_assert_cmpint (g_unix_fd_list_append (fds, ends[1], NULL), ==, 0);
  close (ends[1]);
  if (leave->waits >= 0)
    close (leave->waits);
  leave->waits = ends[0];
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0),
                                                           fds);
}

static void
on_call_cb (GDBusConnection       *connection,
            const char            *sender,
            const char            *path,
            const char            *interface,
            const char            *method,
            GVariant              *parameters,
            GDBusMethodInvocation *invocation,
            gpointer               data)
{
  Leave *leave = data;

  if (g_str_equal (method, "Inhibit"))
    {
      answer_inhibit (leave, parameters, invocation);
      return;
    }

  leave->found = TRUE;
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", SESSION_PATH));
}

static void
on_named_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         data)
{
  ((Leave *) data)->named = TRUE;
}

static GDBusConnection *
connect_to_bus (void)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
    bus_address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
    G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static void
set_up (Leave         *leave,
        gconstpointer  who)
{
  static const GDBusInterfaceVTable calls = { .method_call = on_call_cb };
  g_autoptr (GError) error = NULL;

  leave->waits = -1;
  leave->logind = connect_to_bus ();
  leave->stranger = connect_to_bus ();
  leave->node = g_dbus_node_info_new_for_xml (introspection, &error);
  g_assert_no_error (error);
  leave->object = g_dbus_connection_register_object (leave->logind, "/org/freedesktop/login1",
                                                     leave->node->interfaces[0], &calls, leave,
                                                     NULL, &error);
  g_assert_no_error (error);
  leave->name = g_bus_own_name_on_connection (leave->logind, "org.freedesktop.login1",
                                              G_BUS_NAME_OWNER_FLAGS_NONE, on_named_cb, NULL,
                                              leave, NULL);
  until (leave->named);
  desk_set_up (&leave->desk, who);
  until (leave->found && leave->waits >= 0);
  settle (leave->desk.service);
}

static void
tear_down (Leave         *leave,
           gconstpointer  who)
{
  desk_tear_down (&leave->desk, who);
  g_bus_unown_name (leave->name);
  g_dbus_connection_unregister_object (leave->logind, leave->object);
  g_dbus_node_info_unref (leave->node);
  g_dbus_connection_close_sync (leave->logind, NULL, NULL);
  g_dbus_connection_close_sync (leave->stranger, NULL, NULL);
  g_clear_object (&leave->logind);
  g_clear_object (&leave->stranger);
  if (leave->waits >= 0)
    close (leave->waits);
}

static void
tell (GDBusConnection *from,
      const char      *path,
      const char      *interface,
      const char      *signal,
      GVariant        *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (from, NULL, path, interface, signal, parameters, &error);
  g_assert_no_error (error);
  g_dbus_connection_flush_sync (from, NULL, &error);
  g_assert_no_error (error);
}

static void
tell_sleep (GDBusConnection *from,
            gboolean         begins)
{
  tell (from, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
        g_variant_new ("(b)", begins));
}

static void
tell_session (GDBusConnection *from,
              const char      *property,
              gboolean         value)
{
  GVariantBuilder changed;

  g_variant_builder_init (&changed, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&changed, "{sv}", property, g_variant_new_boolean (value));
  tell (from, SESSION_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new ("(s@a{sv}as)", "org.freedesktop.login1.Session",
                       g_variant_builder_end (&changed), NULL));
}

static gboolean
may_sleep (Leave *leave)
{
  char byte;
  gssize n = read (leave->waits, &byte, 1);

  g_assert_true (n == 0 || (n < 0 && errno == EAGAIN));

  return n == 0;
}

static gboolean
is_open (Leave *leave)
{
  return mash_service_get_signed_in (leave->desk.service);
}

/* What the sign-in page says to whoever comes to it. */
static const char *
get_notice (Leave *leave)
{
  return gtk_label_get_label (desk_part (leave->desk.window->sign_in_page, MASH_TYPE_SIGN_IN_PAGE,
                                         "error_label"));
}

/* A14: the computer goes to sleep. It waits until the desk is locked, what was typed is kept, and
 * it waits again the next time. */
static void
test_sleep (Leave *leave)
{
  Desk *desk = &leave->desk;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.new-contact", NULL));
  until (MASH_IS_CONTACT_PAGE (desk->window->page));
  desk->page = MASH_CONTACT_PAGE (desk->window->page);
  scene_type_in (desk, "presenting-concern", CONCERN);
  g_assert_false (may_sleep (leave));

  tell_sleep (leave->logind, TRUE);
  until (may_sleep (leave));
  g_assert_false (is_open (leave));
  g_assert_true (g_str_has_prefix (get_notice (leave), "This desk was left: "));

  tell_sleep (leave->logind, FALSE);
  until (!may_sleep (leave));
  desk_sign_in (desk, "worker");
  mash_unfinished_banner_look (desk->window->unfinished, desk->service);
  g_assert_true (gtk_widget_activate_action (desk_await (desk->window,
                                                         MASH_TYPE_UNFINISHED_BANNER, NULL, NULL),
                                             "unfinished.open", NULL));
  until (MASH_IS_CONTACT_PAGE (desk->window->page));
  g_assert_cmpstr (mash_entity_get_text (
                     MASH_ENTITY (mash_contact_file_get_contact (mash_contact_page_get_file (
                                                                   MASH_CONTACT_PAGE (
                                                                     desk->window->page)))),
                     "presenting-concern"), ==, CONCERN);
}

/* A14: the lid, the screen lock and the switch of users. */
static void
test_left (Leave *leave)
{
  static const char saver[] = "org.freedesktop.ScreenSaver";

  for (guint way = 0; way < 4; way++)
    {
      if (way > 0)
        desk_sign_in (&leave->desk, "worker");
      g_assert_true (is_open (leave));
      if (way == 0)
        tell (leave->logind, SESSION_PATH, "org.freedesktop.login1.Session", "Lock", NULL);
      else if (way == 1)
        tell_session (leave->logind, "LockedHint", TRUE);
      else if (way == 2)
        tell_session (leave->logind, "Active", FALSE);
      else
        {
          guint name = g_bus_own_name_on_connection (leave->stranger, saver,
                                                     G_BUS_NAME_OWNER_FLAGS_NONE, on_named_cb,
                                                     NULL, leave, NULL);

          leave->named = FALSE;
          until (leave->named);
          tell (leave->stranger, "/ScreenSaver", saver, "ActiveChanged",
                g_variant_new ("(b)", TRUE));
          until (!is_open (leave));
          g_bus_unown_name (name);
        }
      until (!is_open (leave));
      until (g_str_has_prefix (get_notice (leave), "This desk was left: "));
    }
}

/* Who locks the desk themselves knows why it is locked. */
static void
test_locked (Leave *leave)
{
  g_signal_emit_by_name (leave->desk.window->sign_in_page, "signed-in");
  mash_sign_in_page_tell (MASH_SIGN_IN_PAGE (leave->desk.window->sign_in_page), "");
  mash_window_lock (leave->desk.window);
  until (!is_open (leave) && !leave->desk.window->locking);
  g_assert_cmpstr (get_notice (leave), ==, "");
  g_assert_false (mash_window_get_left (leave->desk.window));
}

/* Nobody leaves: what comes to the front, wakes up, or is said by somebody else’s name. */
static void
test_stays (Leave *leave)
{
  tell_session (leave->logind, "Active", TRUE);
  tell_session (leave->logind, "LockedHint", FALSE);
  tell (leave->logind, "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
        "PrepareForSleep", g_variant_new ("(s)", "no"));
  tell_sleep (leave->stranger, TRUE);
  tell (leave->stranger, SESSION_PATH, "org.freedesktop.login1.Session", "Lock", NULL);
  tell (leave->stranger, "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged",
        g_variant_new ("(b)", TRUE));
  /* The answer to this comes after all that was said before it. */
  close (leave->waits);
  leave->waits = -1;
  tell_sleep (leave->logind, FALSE);
  until (leave->waits >= 0);
  settle (leave->desk.service);
  g_assert_true (is_open (leave));
}

static void
on_backed_up_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autofree char *words = mash_service_backup_finish (MASH_SERVICE (source), result, NULL);

  *(gboolean *) data = TRUE;
}

/* A backup counts as work until it is answered. */
static void
test_at_work (Leave *leave)
{
  MashService *service = leave->desk.service;
  g_autofree char *target = g_dir_make_tmp ("mash-leave-XXXXXX", NULL);
  gboolean done = FALSE;

  g_assert_false (mash_service_is_at_work (service));
  mash_service_backup_async (service, target, NULL, NULL, NULL, on_backed_up_cb, &done);
  g_assert_true (mash_service_is_at_work (service));
  until (done);
  until (!mash_service_is_at_work (service));
  store_fixture_remove_all (target);
}

/* One desk after the other on one bus would all have the same name there. */
static void
test_day (Leave         *leave,
          gconstpointer  data)
{
  test_sleep (leave);
  test_left (leave);
  desk_sign_in (&leave->desk, "worker");
  test_locked (leave);
  desk_sign_in (&leave->desk, "worker");
  test_stays (leave);
  test_at_work (leave);
}

/* A program of its own, which ends with this one. GTestDBus would copy this process, with the
 * toolkit's threads in it, to watch over the bus; such a copy can hang when it ends. */
static GSubprocess *
start_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rules = g_test_build_filename (G_TEST_DIST, "data", "bus.conf", NULL);
  g_autofree char *obey = g_strconcat ("--config-file=", rules, NULL);
  g_autoptr (GSubprocess) bus = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "setpriv", "--pdeathsig=KILL", "dbus-daemon", obey,
    "--nofork", "--print-address", NULL);
  g_autoptr (GDataInputStream) words = NULL;

  g_assert_no_error (error);
  words = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus));
  bus_address = g_data_input_stream_read_line_utf8 (words, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (bus_address);

  return g_steal_pointer (&bus);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GSubprocess) bus = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  bus = start_bus ();
  if (!gtk_init_check ())
    return 77;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus_address, TRUE);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", bus_address, TRUE);
  g_unsetenv ("XDG_SESSION_ID");
  adw_init ();

  g_test_add ("/leave/day", Leave, "worker", set_up, test_day, tear_down);
  result = g_test_run ();
  g_subprocess_send_signal (bus, SIGTERM);
  g_subprocess_wait (bus, NULL, NULL);
  g_free (bus_address);

  return result;
}
