/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cluster.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mash-hub-installer.h"
#include "mash-policy-reader.h"

#define ADMINISTRATOR "administrator"

/* How long a server may take to be there, on the slowest machine. */
#define PATIENCE_SECONDS 60

static char *
find_program (const char *name)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_command_line_sync ("pg_config --bindir", &folder, NULL, NULL, &error);
  g_assert_no_error (error);

  return g_build_filename (g_strstrip (folder), name, NULL);
}

/* PostgreSQL does not run as root; nobody has an account that owns nothing. */
static GPtrArray *
begin_command (const char *program)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup ("setpriv"));
  g_ptr_array_add (words, g_strdup ("--pdeathsig=INT"));
  if (geteuid () == 0)
    {
      g_ptr_array_add (words, g_strdup ("--reuid=nobody"));
      g_ptr_array_add (words, g_strdup ("--regid=nogroup"));
      g_ptr_array_add (words, g_strdup ("--clear-groups"));
    }
  g_ptr_array_add (words, find_program (program));

  return words;
}

static GSubprocess *
start (Cluster    *self,
       const char *program,
       ...)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) words = begin_command (program);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  va_list list;

  va_start (list, program);
  for (const char *word = va_arg (list, const char *); word != NULL;
       word = va_arg (list, const char *))
    g_ptr_array_add (words, g_strdup (word));
  va_end (list);
  g_ptr_array_add (words, NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  /* What watches the test's own memory is not for the server. */
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_CHECK_");
  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  g_subprocess_launcher_set_cwd (launcher, self->folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);

  return process;
}

static void
hand_over (const char *folder)
{
  g_autofree char *command = g_strdup_printf ("chown nobody:nogroup %s", folder);
  int status = -1;

  if (geteuid () != 0)
    return;
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
wait_until_there (Cluster *self)
{
  g_autofree char *settings = cluster_dup_settings (self, "postgres", ADMINISTRATOR);

  for (guint tries = 0; tries < PATIENCE_SECONDS * 20; tries++)
    {
      g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, NULL);

      if (line != NULL)
        return;
      g_usleep (G_USEC_PER_SEC / 20);
    }

  g_error ("PostgreSQL did not start");
}

/* The server that another process of the same test started, and will end. */
Cluster *
cluster_join (const char *folder)
{
  Cluster *self = g_new0 (Cluster, 1);

  self->folder = g_strdup (folder);

  return self;
}

static void
make_data (Cluster *self)
{
  g_autoptr (GSubprocess) maker = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;

  self->folder = g_dir_make_tmp ("mash-hub-XXXXXX", &error);
  g_assert_no_error (error);
  hand_over (self->folder);
  data = g_build_filename (self->folder, "data", NULL);
  maker = start (self, "initdb", "-D", data, "-U", ADMINISTRATOR, "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync", NULL);
  g_assert_true (g_subprocess_wait_check (maker, NULL, &error));
  g_assert_no_error (error);
}

static void
start_server (Cluster    *self,
              const char *addresses)
{
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);
  g_autofree char *listen = g_strconcat ("listen_addresses=", addresses, NULL);
  g_autofree char *port = g_strdup_printf ("port=%u", self->port != 0 ? self->port : 5432);

  self->server = start (self, "postgres", "-D", data, "-k", self->folder, "-c", listen, "-c", port,
                        "-c", "fsync=off", "-c", "full_page_writes=off",
                        "-c", "unix_socket_permissions=0777", "-c", "shared_buffers=32MB",
                        "-c", "max_connections=30", "-c", "autovacuum=off", "-c", "jit=off", NULL);
  wait_until_there (self);
}

Cluster *
cluster_new (void)
{
  Cluster *self = g_new0 (Cluster, 1);

  make_data (self);
  start_server (self, "");

  return self;
}

/* A port that nobody has just now. */
static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);

  return port;
}

/* Writes a file that the server reads, and nobody else. */
void
cluster_put_file (Cluster    *self,
                  const char *name,
                  const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, "data", name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
  hand_over (path);
}

/* A server that also listens on the network of this machine, where it asks for TLS 1.3, SCRAM and a
 * certificate of the authority in the folder, as the README says a hub should. */
Cluster *
cluster_new_on_network (const char *authority)
{
  static const char *const files[] = { "server.crt", "server.key", "authority.crt", "revoked.crl" };
  Cluster *self = g_new0 (Cluster, 1);

  make_data (self);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (authority, files[i], NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      cluster_put_file (self, files[i], text);
    }
  cluster_put_file (self, "postgresql.auto.conf",
                    "ssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\n"
                    "ssl_ca_file = 'authority.crt'\nssl_crl_file = 'revoked.crl'\n"
                    "ssl_min_protocol_version = 'TLSv1.3'\n"
                    "password_encryption = 'scram-sha-256'\n");
  cluster_put_file (self, "pg_hba.conf",
                    "local all all trust\n"
                    "hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca\n");
  self->port = find_port ();
  start_server (self, "127.0.0.1");

  return self;
}

/* Kills every process of the server that there still is; whether there was one. */
static gboolean
kill_backends (Cluster *self)
{
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);
  g_autoptr (GDir) all = g_dir_open ("/proc", 0, NULL);
  const char *name;
  gboolean any = FALSE;

  g_assert_nonnull (all);
  while ((name = g_dir_read_name (all)) != NULL)
    {
      g_autofree char *link = g_build_filename ("/proc", name, "cwd", NULL);
      g_autofree char *folder = NULL;

      if (g_ascii_isdigit (*name))
        folder = g_file_read_link (link, NULL);
      if (g_strcmp0 (folder, data) != 0)
        continue;
      kill (atoi (name), SIGKILL);
      any = TRUE;
    }

  return any;
}

/* The power goes: nothing of the server goes on. */
static void
kill_server (Cluster *self)
{
  g_subprocess_force_exit (self->server);
  g_subprocess_wait (self->server, NULL, NULL);
  g_clear_object (&self->server);
  while (kill_backends (self))
    g_usleep (1000);
}

static void
copy_folder (Cluster    *self,
             const char *from,
             const char *to)
{
  g_autofree char *command = g_strdup_printf ("sh -c 'rm -rf %s/%s && cp -a %s/%s %s/%s'",
                                              self->folder, to, self->folder, from, self->folder,
                                              to);
  int status = -1;

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

/* Ends the server as a power cut would, keeps what is on its disk as a backup, and starts it. */
void
cluster_back_up (Cluster *self)
{
  kill_server (self);
  copy_folder (self, "data", "backup");
  start_server (self, "");
}

/* Ends the server as a power cut would, and starts it. */
void
cluster_restart (Cluster *self)
{
  kill_server (self);
  start_server (self, "");
}

/* Keeps a backup while the server works. */
void
cluster_back_up_live (Cluster *self)
{
  g_autofree char *backup = g_build_filename (self->folder, "backup", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf %s", backup);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  process = start (self, "pg_basebackup", "-D", backup, "-h", self->folder, "-U", ADMINISTRATOR,
                   "-c", "fast", "-X", "stream", "--no-sync", NULL);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* Ends the server as a power cut would, and starts it from the backup. */
void
cluster_put_back (Cluster *self)
{
  kill_server (self);
  copy_folder (self, "backup", "data");
  start_server (self, "");
}

void
cluster_free (Cluster *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", self->folder);

  if (self->server != NULL)
    {
      /* At once: what it holds is thrown away. */
      g_subprocess_send_signal (self->server, SIGQUIT);
      g_subprocess_wait (self->server, NULL, NULL);
      g_object_unref (self->server);
      g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
    }
  g_free (self->folder);
  g_free (self);
}

/* How to connect, as an administrator or as the role named. */
char *
cluster_dup_settings (Cluster    *self,
                      const char *database,
                      const char *role)
{
  return g_strdup_printf ("host=%s port=%u dbname=%s user=%s sslmode=disable gssencmode=disable",
                          self->folder, self->port != 0 ? self->port : 5432, database,
                          role != NULL ? role : ADMINISTRATOR);
}

/* Runs statements as the administrator. */
void
cluster_run (Cluster    *self,
             const char *database,
             const char *sql)
{
  g_autofree char *settings = cluster_dup_settings (self, database, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);

  g_assert_no_error (error);
  mash_hub_line_run (line, sql, &error);
  g_assert_no_error (error);
}

/* What the administrator is answered: the first row's first column, as text. */
char *
cluster_ask (Cluster    *self,
             const char *database,
             const char *sql)
{
  g_autofree char *settings = cluster_dup_settings (self, database, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);
  g_autoptr (MashHubRows) rows = NULL;

  g_assert_no_error (error);
  rows = mash_hub_line_ask (line, &error, sql, NULL);
  g_assert_no_error (error);

  return g_strdup (mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_get_text (rows, 0, 0) : "");
}

/* Copies a hub that nobody is connected to. The copy has the same roles and the same id. */
void
cluster_copy_hub (Cluster    *self,
                  const char *from,
                  const char *database)
{
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s TEMPLATE %s", database, from);

  cluster_run (self, "postgres", sql);
}

/* Makes a database and in it a hub for training with the shipped policy. */
void
cluster_make_hub (Cluster    *self,
                  const char *database,
                  char      **hub)
{
  g_autofree char *create = g_strdup_printf ("CREATE DATABASE %s", database);
  g_autofree char *settings = cluster_dup_settings (self, database, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (&error);
  g_autoptr (MashHubLine) line = NULL;
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  cluster_run (self, "postgres", create);
  line = mash_hub_line_open_admin (settings, &error);
  g_assert_no_error (error);
  id = mash_hub_make_id (line, &error);
  g_assert_no_error (error);
  mash_hub_install (line, id, id, "Hub", TRUE, policy, &error);
  g_assert_no_error (error);
  if (hub != NULL)
    *hub = g_steal_pointer (&id);
}
