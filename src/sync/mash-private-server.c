/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-private-server.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define ADMINISTRATOR "administrator"
#define DISTRIBUTION "/usr/lib/postgresql"
#define N_FILES 4

/* What the server needs of the authority's folder. */
static const char *const files[N_FILES] = {
  "server.crt", "server.key", "authority.crt", "revoked.crl",
};

/* The newest PostgreSQL of the distribution. */
static char *
find_in_distribution (const char *name)
{
  g_autoptr (GDir) folder = g_dir_open (DISTRIBUTION, 0, NULL);
  const char *version;
  char *found = NULL;
  guint64 best = 0;

  while (folder != NULL && (version = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (DISTRIBUTION, version, "bin", name, NULL);
      guint64 number = g_ascii_strtoull (version, NULL, 10);

      if (number > best && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        {
          g_free (found);
          found = g_steal_pointer (&path);
          best = number;
        }
    }

  return found;
}

static char *
find_program (const char *name)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (g_spawn_command_line_sync ("pg_config --bindir", &folder, NULL, NULL, NULL))
    path = g_build_filename (g_strstrip (folder), name, NULL);
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&path);

  return find_in_distribution (name);
}

/* PostgreSQL does not run as root. Its own account is used where there is one. */
static const struct passwd *
find_account (void)
{
  const struct passwd *account = getpwnam ("postgres");

  return account != NULL ? account : getpwnam ("nobody");
}

static gboolean
hand_over (const char *path)
{
  const struct passwd *account = geteuid () == 0 ? find_account () : NULL;

  return account == NULL || chown (path, account->pw_uid, account->pw_gid) == 0;
}

/* Runs one of PostgreSQL's programs in the server's folder and waits for it. */
static gboolean
run (const char *folder,
     const char *program,
     ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = find_program (program);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  va_list list;

  if (path == NULL)
    return FALSE;
  if (geteuid () == 0)
    {
      const struct passwd *account = find_account ();

      g_ptr_array_add (words, g_strdup ("setpriv"));
      g_ptr_array_add (words, g_strdup_printf ("--reuid=%u", account->pw_uid));
      g_ptr_array_add (words, g_strdup_printf ("--regid=%u", account->pw_gid));
      g_ptr_array_add (words, g_strdup ("--clear-groups"));
    }
  g_ptr_array_add (words, g_steal_pointer (&path));
  va_start (list, program);
  for (const char *word = va_arg (list, const char *); word != NULL;
       word = va_arg (list, const char *))
    g_ptr_array_add (words, g_strdup (word));
  va_end (list);
  g_ptr_array_add (words, NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, NULL);

  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

/**
 * mash_private_server_find_port:
 *
 * Returns: a port of this machine that nobody has just now
 */
guint16
mash_private_server_find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);

  return port;
}

static gboolean
put_file (const char *folder,
          const char *name,
          const char *text)
{
  g_autofree char *path = g_build_filename (folder, "data", name, NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL) &&
         hand_over (path);
}

static gboolean
put_settings (const char *folder,
              guint16     port)
{
  g_autofree char *settings = g_strdup_printf (
    "port = %u\nlisten_addresses = 'localhost'\nunix_socket_directories = '%s'\n"
    "unix_socket_permissions = 0700\nssl = on\nssl_cert_file = 'server.crt'\n"
    "ssl_key_file = 'server.key'\nssl_ca_file = 'authority.crt'\nssl_crl_file = 'revoked.crl'\n"
    "ssl_min_protocol_version = 'TLSv1.3'\npassword_encryption = 'scram-sha-256'\n"
    "log_parameter_max_length_on_error = 0\nlog_min_error_statement = panic\n"
    "log_error_verbosity = terse\n", port, folder);

  return put_file (folder, "postgresql.auto.conf", settings) &&
         put_file (folder, "pg_hba.conf",
                   "local all all trust\n"
                   "hostssl all all samehost scram-sha-256 clientcert=verify-ca\n");
}

/**
 * mash_private_server_create:
 * @folder: an absolute path, where nothing is yet
 * @authority: the folder of the hub's authority
 * @port: where it is to listen on this machine
 * @error: %MASH_SYNC_ERROR_REFUSED with a whole sentence
 *
 * Makes a server that asks for what the README says a hub's server should ask for.
 *
 * Returns: whether it can be started
 */
gboolean
mash_private_server_create (const char  *folder,
                            const char  *authority,
                            guint16      port,
                            GError     **error)
{
  g_autofree char *initdb = find_program ("initdb");

  if (initdb == NULL)
    return mash_sync_refuse (error, _("PostgreSQL is not installed here. Install the package "
                                      "postgresql; no service of it has to run."));
  if (g_mkdir_with_parents (folder, 0700) != 0 || !hand_over (folder) ||
      !run (folder, "initdb", "-D", "data", "-U", ADMINISTRATOR, "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", NULL))
    return mash_sync_refuse (error, _("PostgreSQL cannot make its files in this folder. Choose "
                                      "one that every account of this machine may enter, such "
                                      "as one below /var/tmp."));

  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = g_build_filename (authority, files[i], NULL);
      g_autofree char *text = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL) || !put_file (folder, files[i], text))
        return mash_sync_refuse (error, _("There is no authority in this folder."));
    }

  return put_settings (folder, port) ||
         mash_sync_refuse (error, _("PostgreSQL’s settings cannot be written."));
}

/**
 * mash_private_server_start:
 * @folder: where mash_private_server_create() made it
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Returns: whether it answers
 */
gboolean
mash_private_server_start (const char  *folder,
                           GError     **error)
{
  return run (folder, "pg_ctl", "-D", "data", "-l", "log", "-w", "-t", "120", "start", NULL) ||
         mash_sync_refuse (error, _("PostgreSQL did not start. Its folder has a log."));
}

/**
 * mash_private_server_stop:
 * @folder: where mash_private_server_create() made it
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Returns: whether nothing of it runs any more
 */
gboolean
mash_private_server_stop (const char  *folder,
                          GError     **error)
{
  g_autofree char *lock = g_build_filename (folder, "data", "postmaster.pid", NULL);

  if (!g_file_test (lock, G_FILE_TEST_EXISTS))
    return mash_sync_refuse (error, _("No hub runs in this folder."));

  return run (folder, "pg_ctl", "-D", "data", "-m", "fast", "-w", "stop", NULL) ||
         mash_sync_refuse (error, _("The hub’s server could not be stopped."));
}

/**
 * mash_private_server_dup_settings:
 * @folder: where the server is
 * @port: its port
 * @database: which database
 *
 * Returns: (transfer full): how its administrator reaches it
 */
char *
mash_private_server_dup_settings (const char *folder,
                                  guint16     port,
                                  const char *database)
{
  return g_strdup_printf ("host='%s' port=%u dbname=%s user=" ADMINISTRATOR " sslmode=disable"
                          " gssencmode=disable", folder, port, database);
}
