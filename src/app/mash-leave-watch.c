/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-leave-watch.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define LOGIND "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define LOGIND_MANAGER "org.freedesktop.login1.Manager"
#define LOGIND_SESSION "org.freedesktop.login1.Session"

/* The process that keeps the computer awake and the sessions of desktops say it in two ways. */
static const char *const savers[] = { "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver" };

/* What is subscribed to. */
typedef struct
{
  GDBusConnection *bus;
  guint            id;
} Heard;

struct _MashLeaveWatch
{
  GObject          parent_instance;

  GDBusConnection *system;
  GArray          *heard;      /* of Heard */
  GCancellable    *cancellable;

  int              inhibitor;  /* while it is open the computer waits before it sleeps, or -1 */
};

G_DEFINE_FINAL_TYPE (MashLeaveWatch, mash_leave_watch, G_TYPE_OBJECT)

enum
{
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
hear (MashLeaveWatch     *self,
      GDBusConnection    *bus,
      const char         *sender,
      const char         *path,
      const char         *interface,
      const char         *signal,
      GDBusSignalCallback callback)
{
  Heard heard = { g_object_ref (bus), 0 };

  heard.id = g_dbus_connection_signal_subscribe (bus, sender, interface, signal, path, NULL,
                                                 G_DBUS_SIGNAL_FLAGS_NONE, callback, self, NULL);
  g_array_append_val (self->heard, heard);
}

static void
hear_no_more (gpointer data)
{
  Heard *heard = data;

  g_dbus_connection_signal_unsubscribe (heard->bus, heard->id);
  g_object_unref (heard->bus);
}

/* The end of a bus is no end of the desk. */
static GDBusConnection *
take_bus (MashLeaveWatch *self,
          GAsyncResult   *result)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL || g_cancellable_is_cancelled (self->cancellable))
    return NULL;

  g_dbus_connection_set_exit_on_close (bus, FALSE);

  return g_steal_pointer (&bus);
}

static void
call (MashLeaveWatch     *self,
      const char         *method,
      GVariant           *parameters,
      const char         *answer,
      GAsyncReadyCallback callback)
{
  g_dbus_connection_call_with_unix_fd_list (self->system, LOGIND, LOGIND_PATH, LOGIND_MANAGER,
                                            method, parameters, G_VARIANT_TYPE (answer),
                                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                                            self->cancellable, callback, g_object_ref (self));
}

/* Going to sleep */

static void
on_inhibited_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashLeaveWatch) self = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_with_unix_fd_list_finish (
    G_DBUS_CONNECTION (source), &fds, result, NULL);
  int handle;

  if (answer == NULL || fds == NULL)
    return;

  mash_leave_watch_done (self);
  g_variant_get (answer, "(h)", &handle);
  if (handle >= 0 && handle < g_unix_fd_list_get_length (fds))
    self->inhibitor = g_unix_fd_list_get (fds, handle, NULL);
}

static void
ask_to_wait (MashLeaveWatch *self)
{
  call (self, "Inhibit",
        g_variant_new ("(ssss)", "sleep", "MASH Desk",
                       _("The desk is locked before the computer sleeps"), "delay"),
        "(h)", on_inhibited_cb);
}

static void
on_sleep_cb (GDBusConnection *connection,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *name,
             GVariant        *parameters,
             gpointer         user_data)
{
  MashLeaveWatch *self = user_data;
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (parameters, "(b)", &begins);
  if (begins)
    g_signal_emit (self, signals[LEFT], 0);
  else
    ask_to_wait (self);
}

/* The session */

static void
on_session_lock_cb (GDBusConnection *connection,
                    const char      *sender,
                    const char      *path,
                    const char      *interface,
                    const char      *name,
                    GVariant        *parameters,
                    gpointer         user_data)
{
  g_signal_emit (user_data, signals[LEFT], 0);
}

static void
on_session_changed_cb (GDBusConnection *connection,
                       const char      *sender,
                       const char      *path,
                       const char      *interface,
                       const char      *name,
                       GVariant        *parameters,
                       gpointer         user_data)
{
  g_autoptr (GVariant) changed = NULL;
  const char *of;
  gboolean active = TRUE;
  gboolean locked = FALSE;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;

  g_variant_get (parameters, "(&s@a{sv}as)", &of, &changed, NULL);
  if (strcmp (of, LOGIND_SESSION) != 0)
    return;

  g_variant_lookup (changed, "Active", "b", &active);
  g_variant_lookup (changed, "LockedHint", "b", &locked);
  if (!active || locked)
    g_signal_emit (user_data, signals[LEFT], 0);
}

static void
on_session_found_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (MashLeaveWatch) self = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_with_unix_fd_list_finish (
    G_DBUS_CONNECTION (source), NULL, result, NULL);
  const char *path;

  if (answer == NULL)
    return;

  g_variant_get (answer, "(&o)", &path);
  hear (self, self->system, LOGIND, path, LOGIND_SESSION, "Lock", on_session_lock_cb);
  hear (self, self->system, LOGIND, path, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        on_session_changed_cb);
}

static void
on_system_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashLeaveWatch) self = user_data;
  const char *session = g_getenv ("XDG_SESSION_ID");

  self->system = take_bus (self, result);
  if (self->system == NULL)
    return;

  hear (self, self->system, LOGIND, LOGIND_PATH, LOGIND_MANAGER, "PrepareForSleep", on_sleep_cb);
  ask_to_wait (self);
  if (session != NULL && *session != '\0')
    call (self, "GetSession", g_variant_new ("(s)", session), "(o)", on_session_found_cb);
  else
    call (self, "GetSessionByPID", g_variant_new ("(u)", (guint32) getpid ()), "(o)",
          on_session_found_cb);
}

/* The screen */

static void
on_screen_cb (GDBusConnection *connection,
              const char      *sender,
              const char      *path,
              const char      *interface,
              const char      *name,
              GVariant        *parameters,
              gpointer         user_data)
{
  gboolean active = FALSE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &active);
  if (active)
    g_signal_emit (user_data, signals[LEFT], 0);
}

static void
on_session_bus_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (MashLeaveWatch) self = user_data;
  g_autoptr (GDBusConnection) session = take_bus (self, result);

  for (guint i = 0; session != NULL && i < G_N_ELEMENTS (savers); i++)
    hear (self, session, savers[i], NULL, savers[i], "ActiveChanged", on_screen_cb);
}

/* Beginning and end */

/**
 * mash_leave_watch_stop:
 * @self: a watch
 *
 * Tells nothing from now on, and lets the computer sleep when it likes.
 */
void
mash_leave_watch_stop (MashLeaveWatch *self)
{
  g_return_if_fail (MASH_IS_LEAVE_WATCH (self));

  g_cancellable_cancel (self->cancellable);
  g_array_set_size (self->heard, 0);
  g_clear_object (&self->system);
  mash_leave_watch_done (self);
}

static void
mash_leave_watch_dispose (GObject *object)
{
  mash_leave_watch_stop (MASH_LEAVE_WATCH (object));

  G_OBJECT_CLASS (mash_leave_watch_parent_class)->dispose (object);
}

static void
mash_leave_watch_finalize (GObject *object)
{
  MashLeaveWatch *self = MASH_LEAVE_WATCH (object);

  g_clear_object (&self->cancellable);
  g_array_unref (self->heard);

  G_OBJECT_CLASS (mash_leave_watch_parent_class)->finalize (object);
}

static void
mash_leave_watch_class_init (MashLeaveWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mash_leave_watch_dispose;
  object_class->finalize = mash_leave_watch_finalize;

  /**
   * MashLeaveWatch::left:
   *
   * Somebody leaves. What has to be done is done at once; mash_leave_watch_done() says when it is.
   */
  signals[LEFT] = g_signal_new ("left", MASH_TYPE_LEAVE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
mash_leave_watch_init (MashLeaveWatch *self)
{
  self->heard = g_array_new (FALSE, FALSE, sizeof (Heard));
  g_array_set_clear_func (self->heard, hear_no_more);
  self->cancellable = g_cancellable_new ();
  self->inhibitor = -1;
}

/**
 * mash_leave_watch_new:
 *
 * Returns: (transfer full): a watch that begins to listen
 */
MashLeaveWatch *
mash_leave_watch_new (void)
{
  MashLeaveWatch *self = g_object_new (MASH_TYPE_LEAVE_WATCH, NULL);

  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_system_cb, g_object_ref (self));
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, on_session_bus_cb, g_object_ref (self));

  return self;
}

/**
 * mash_leave_watch_done:
 * @self: a watch
 *
 * The desk is locked, or there was nothing to lock: the computer may sleep. It asks to wait again
 * when it wakes up.
 */
void
mash_leave_watch_done (MashLeaveWatch *self)
{
  g_return_if_fail (MASH_IS_LEAVE_WATCH (self));

  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}
