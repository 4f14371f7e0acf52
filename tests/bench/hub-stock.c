/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hub-stock.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "mash-hub-people.h"
#include "mash-policy-reader.h"
#include "mash-private-server.h"
#include "mash-store-hub.h"
#include "mash-sync-reply.h"

#define DATABASE "mash"

/* Ends the server and takes its files away as soon as this program has ended in any way. */
#define GUARD \
  "trap '' INT TERM; read -r line; \"$1\" training --stop \"$2/hub\"; rm -rf \"$2\""

static GSubprocess *guard;

static void
stop_with (GError *error)
{
  g_printerr ("%s\n", error != NULL ? error->message : "The hub cannot be made");
  exit (EXIT_FAILURE);
}

static void
watch_over (const char *folder)
{
  g_autoptr (GError) error = NULL;

  guard = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                            G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                            "sh", "-c", GUARD, "guard", ADMIN_PROGRAM, folder, NULL);
  if (guard == NULL)
    stop_with (error);
}

/* The hub as the program makes it, with its own server, authority, machines and people. */
static void
make (char *hub,
      guint n_contacts)
{
  g_autofree char *number = g_strdup_printf ("%u", n_contacts);
  g_autoptr (GError) error = NULL;
  char *arguments[] = {
    (char *) ADMIN_PROGRAM, (char *) "training", (char *) "--hub", hub, (char *) "--contacts",
    number, NULL,
  };
  gint64 began = g_get_monotonic_time ();
  int status;

  if (!g_spawn_sync (NULL, arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                     &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    stop_with (error);
  g_print ("  a hub of %u contacts made in %.0f s\n", n_contacts,
           (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
}

static void
open_line (HubStock *self)
{
  guint16 port = (guint16) g_ascii_strtoull (self->machine->port, NULL, 10);
  g_autofree char *settings = mash_private_server_dup_settings (self->server, port, DATABASE);
  g_autoptr (GError) error = NULL;

  self->line = mash_hub_line_open_admin (settings, &error);
  if (self->line == NULL)
    stop_with (error);
}

/* The folder after `--hub`: a hub that was made before, and stays. */
static const char *
find_kept (int    argc,
           char **argv)
{
  for (int i = 1; i + 1 < argc; i++)
    {
      if (strcmp (argv[i], "--hub") == 0)
        return argv[i + 1];
    }

  return NULL;
}

/* Stops the program where the hub cannot be made. */
HubStock *
hub_stock_new (int    argc,
               char **argv,
               guint  n_contacts)
{
  HubStock *self = g_new0 (HubStock, 1);
  const char *kept = find_kept (argc, argv);
  g_autoptr (GError) error = NULL;
  g_autofree char *hub = g_strdup (kept);
  g_autofree char *desk = NULL;
  g_autofree char *head = NULL;

  if (kept == NULL)
    {
      self->folder = g_dir_make_tmp ("mash-bench-XXXXXX", &error);
      if (self->folder == NULL || g_chmod (self->folder, 0755) != 0)
        stop_with (error);
      watch_over (self->folder);
      hub = g_build_filename (self->folder, "hub", NULL);
      make (hub, n_contacts);
    }
  self->server = g_build_filename (hub, "server", NULL);
  desk = g_build_filename (hub, "desk-1", NULL);
  self->policy = mash_policy_reader_load_builtin (&error);
  self->info = mash_hub_info_load (desk, error == NULL ? &error : NULL);
  self->machine = mash_enrolment_load (desk, error == NULL ? &error : NULL);
  if (error != NULL)
    stop_with (error);
  open_line (self);
  head = hub_stock_ask (self, "SELECT head_seq FROM mash.meta");
  self->head = g_ascii_strtoull (head, NULL, 10);

  return self;
}

void
hub_stock_free (HubStock *self)
{
  mash_hub_line_close (self->line);
  mash_enrolment_free (self->machine);
  mash_hub_info_free (self->info);
  mash_policy_unref (self->policy);
  if (guard != NULL)
    {
      g_output_stream_close (g_subprocess_get_stdin_pipe (guard), NULL, NULL);
      g_subprocess_wait (guard, NULL, NULL);
      g_clear_object (&guard);
    }
  g_free (self->server);
  g_free (self->folder);
  g_free (self);
}

/* The only value of the first row, as the administrator sees it. */
char *
hub_stock_ask (HubStock   *self,
               const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (self->line, &error, sql, NULL);

  if (rows == NULL)
    stop_with (error);

  return g_strdup (mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_get_text (rows, 0, 0) : "");
}

/* Starts the server again under other settings than it has, lines of postgresql.conf. */
gboolean
hub_stock_set (HubStock   *self,
               const char *settings)
{
  g_autofree char *path = g_build_filename (self->server, "data", "postgresql.conf", NULL);
  FILE *file = NULL;

  g_clear_pointer (&self->line, mash_hub_line_close);
  if (!mash_private_server_stop (self->server, NULL))
    return FALSE;
  /* Its owner stays as it is. */
  file = g_fopen (path, "a");
  if (file == NULL)
    return FALSE;
  fputs (settings, file);
  fclose (file);
  if (!mash_private_server_start (self->server, NULL))
    return FALSE;
  open_line (self);

  return TRUE;
}

/* As a desk comes in: by TLS, certificate and SCRAM. */
MashHubLine *
hub_stock_enter (HubStock       *self,
                 guint           person,
                 MashAdmission **admission)
{
  const MashSignIn *who = g_ptr_array_index (self->info->people, person);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) passphrase = mash_secret_new_from_text (who->passphrase, -1, &error);
  MashHubLine *line = NULL;

  *admission = mash_hub_enter (self->machine, who->sign_in, passphrase, &line, &error);
  if (*admission == NULL)
    stop_with (error);

  return line;
}

/* One more seat for somebody at the machine, beside those that they have. */
char *
hub_stock_add_seat (HubStock *self,
                    guint     person)
{
  const MashSignIn *who = g_ptr_array_index (self->info->people, person);
  g_autofree char *login = mash_person_dup_login (self->machine->hub, who->sign_in);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  char *seat = mash_hub_people_make_id ();

  sql = g_strdup_printf ("INSERT INTO mash.seat (id, person, desk)"
                         " SELECT '%s', id, '%s' FROM mash.person WHERE login = '%s'",
                         seat, self->machine->desk, login);
  if (!mash_hub_line_run (self->line, sql, &error))
    stop_with (error);

  return seat;
}

static guint32
draw_cb (gpointer data)
{
  return g_random_int ();
}

/* Somebody with an empty database and a line; nothing has been fetched yet. */
StockDesk *
stock_desk_new (HubStock *stock,
                guint     person)
{
  const MashSignIn *who = g_ptr_array_index (stock->info->people, person);
  StockDesk *self = g_new0 (StockDesk, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubInfo) info = NULL;
  g_autoptr (MashSecret) passphrase = mash_secret_new_from_text (who->passphrase, -1, NULL);
  MashSeatOwner owner;

  self->stock = stock;
  self->seat = hub_stock_add_seat (stock, person);
  self->line = hub_stock_enter (stock, person, &self->admission);
  self->folder = g_dir_make_tmp ("mash-bench-seat-XXXXXX", &error);
  info = mash_hub_info_new (stock->info->hub, stock->info->name, self->seat, "Desk", TRUE);
  owner = (MashSeatOwner) {
    self->admission->person, who->sign_in, self->admission->keys->seed,
    self->admission->root_person, self->admission->root_key,
  };
  self->store = mash_store_create_seat (self->folder, info, stock->policy, &owner, passphrase,
                                        &error);
  if (self->store == NULL)
    stop_with (error);
  self->core = mash_sync_core_new (&mash_store_disk, self->store, draw_cb, NULL);

  return self;
}

/* Closes the desk; gives its folder, and who they are, for others to open. */
char *
stock_desk_leave (StockDesk      *self,
                  MashAdmission **admission)
{
  char *folder = g_steal_pointer (&self->folder);

  mash_sync_core_free (self->core);
  mash_store_close (self->store, NULL);
  g_object_unref (self->store);
  mash_hub_line_close (self->line);
  *admission = g_steal_pointer (&self->admission);
  g_free (self->seat);
  g_free (self);

  return folder;
}

void
stock_desk_free (StockDesk *self)
{
  g_autoptr (MashAdmission) admission = NULL;
  g_autofree char *folder = stock_desk_leave (self, &admission);
  g_autofree char *command = g_strdup_printf ("rm -rf %s", folder);

  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

static void
carry (StockDesk             *self,
       const MashSyncRequest *request)
{
  g_auto (MashSyncReply) reply = { NULL };
  MashSyncDeed deed = request->deed;

  mash_sync_reply_ask (&reply, self->line, request);
  /* That there are turns to follow first is an answer. */
  if (reply.error != NULL &&
      !g_error_matches (reply.error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_TURN))
    stop_with (reply.error);
  mash_sync_reply_hand_over (&reply, self->core, deed, g_get_monotonic_time ());
}

/* Sends and fetches until there is nothing more to do, or until the limit is reached; whether it
 * came there. */
gboolean
stock_desk_sync (StockDesk *self)
{
  MashSyncPlace place;

  mash_sync_core_wake (self->core);
  for (;;)
    {
      const MashSyncRequest *request = mash_sync_core_get_next (self->core,
                                                                g_get_monotonic_time ());

      mash_store_get_place (self->store, &place);
      if (self->limit > 0 && place.seq >= self->limit)
        return TRUE;
      if (request->deed == MASH_SYNC_STOP)
        return FALSE;
      if (request->deed == MASH_SYNC_REST)
        return mash_sync_core_get_end (self->core) == MASH_SYNC_END_NONE;
      carry (self, request);
    }
}
