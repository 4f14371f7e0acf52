/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-hub-adopt.h"
#include "mash-hub-installer.h"
#include "mash-hub-people.h"
#include "mash-hub-sentence.h"

#define WATCH_SECONDS 2

/* What stands after the word that says what to do. */
typedef struct
{
  char    *name;
  char    *policy;
  char    *authority;
  char    *hosts;
  char    *port;
  gboolean training;
  gboolean once;
  char   **rest;

  const MashGlobals *globals;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->name);
  g_free (self->policy);
  g_free (self->authority);
  g_free (self->hosts);
  g_free (self->port);
  g_strfreev (self->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Where the server is: a connection string, or what the environment says. */
static const char *
get_server (const Options *options)
{
  return options->rest != NULL ? options->rest[0] : NULL;
}

static MashPolicy *
read_policy (const Options *options,
             GError       **error)
{
  g_autoptr (GFile) file = options->policy != NULL
                           ? g_file_new_for_commandline_arg (options->policy) : NULL;

  return mash_service_read_policy (file, error);
}

/* What a hub has beside its database, and who signs for it. */
static MashHubRoot *
make_folder (const Options  *options,
             GError        **error)
{
  if (!mash_hub_folder_create (options->authority, options->name != NULL ? options->name : _("Hub"),
                               options->hosts != NULL ? options->hosts : "localhost",
                               options->port != NULL ? options->port : "5432", error))
    return NULL;

  return mash_hub_root_load (options->authority, error);
}

/* A folder only where one is asked for. */
static gboolean
begin_authority (MashHubLine    *line,
                 const Options  *options,
                 GError        **error)
{
  g_autoptr (MashHubRoot) root = NULL;

  if (options->authority == NULL)
    return TRUE;
  root = make_folder (options, error);

  return root != NULL && mash_hub_people_set_root (line, root, error);
}

static MashExit
init (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = read_policy (options, &error);
  g_autoptr (MashHubLine) line = NULL;
  g_autofree char *hub = NULL;
  g_autofree char *epoch = NULL;

  if (policy != NULL)
    line = mash_hub_line_open_admin (get_server (options), &error);
  if (line != NULL)
    hub = mash_hub_make_id (line, &error);
  if (hub != NULL)
    epoch = mash_hub_make_id (line, &error);
  if (epoch == NULL ||
      !mash_hub_install (line, hub, epoch, options->name != NULL ? options->name : _("Hub"),
                         options->training, policy, &error) ||
      !begin_authority (line, options, &error))
    return mash_command_fail (error);

  g_print (_("This database is a hub now, with the policy %s. Its id is %s.\n"),
           mash_policy_get_version (policy), hub);

  return MASH_EXIT_DONE;
}

/* What a hub took over was begun by somebody else, whose key is kept nowhere. */
static gboolean
take_over (MashHubLine    *line,
           const Options  *options,
           MashPolicy     *policy,
           const char     *sign_in,
           MashSecret     *passphrase,
           GError        **error)
{
  const char *folder = mash_command_get_folder (options->globals);
  g_autoptr (MashHubRoot) root = NULL;

  if (!mash_hub_adopt (line, folder, sign_in, passphrase, policy, error))
    return FALSE;
  if (options->authority == NULL)
    return TRUE;
  root = make_folder (options, error);

  return root != NULL &&
         mash_hub_appoint (line, folder, sign_in, passphrase, policy, root, error);
}

/* The central hub takes over from the stand-alone one that --data and --as name. */
static MashExit
adopt (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = read_policy (options, &error);
  g_autoptr (MashService) service = NULL;
  g_autoptr (MashSecret) passphrase = NULL;
  g_autoptr (MashHubLine) line = NULL;
  g_autofree char *sign_in = NULL;
  char *page = mash_command_lock_page ();

  if (policy != NULL)
    service = mash_command_prepare (options->globals, page, &sign_in, &error);
  if (service != NULL)
    passphrase = mash_secret_new_from_text (page, -1, &error);
  mash_command_wipe_page (page);
  if (passphrase != NULL)
    line = mash_hub_line_open_admin (get_server (options), &error);
  if (line == NULL || !take_over (line, options, policy, sign_in, passphrase, &error))
    return mash_command_fail (error);

  g_print ("%s\n", _("The central hub has it all. Nobody should work at the stand-alone hub any "
                     "more."));

  return MASH_EXIT_DONE;
}

static MashExit
upgrade (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (get_server (options), &error);
  guint n_steps;

  if (line == NULL || !mash_hub_upgrade (line, &n_steps, &error))
    return mash_command_fail (error);

  if (n_steps == 0)
    g_print ("%s\n", _("The hub is up to date."));
  else
    g_print (ngettext ("The hub is up to date; %u step was taken.\n",
                       "The hub is up to date; %u steps were taken.\n", n_steps), n_steps);

  return MASH_EXIT_DONE;
}

/**
 * mash_command_push_policy:
 * @file: a policy file
 * @server: (nullable): where the hub is, as in every tool of PostgreSQL
 *
 * Returns: the exit status, done when the policy is in force at a central hub
 */
MashExit
mash_command_push_policy (const char *file,
                          const char *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) source = g_file_new_for_commandline_arg (file);
  g_autoptr (MashPolicy) policy = mash_service_read_policy (source, &error);
  g_autoptr (MashHubLine) line = NULL;

  if (policy != NULL)
    line = mash_hub_line_open_admin (server, &error);
  if (line == NULL || !mash_hub_set_policy (line, policy, &error))
    return mash_command_fail (error);

  g_print (_("The policy %s is in force.\n"), mash_policy_get_version (policy));

  return MASH_EXIT_DONE;
}

/* A line a desk, with tabs between: its id is what “desk revoke” asks for. */
static void
print_desks (GPtrArray *desks)
{
  if (desks->len == 0)
    return;

  g_print ("%s\n", _("Desk\tState\tPeople\tPosition\tWaiting\tLast seen\tVersion\tId"));
  for (guint i = 0; i < desks->len; i++)
    {
      const MashDeskState *desk = g_ptr_array_index (desks, i);
      g_autofree char *unsent = NULL;

      unsent = mash_hub_sentence_for_unsent (desk->unsent, desk->unsent_since,
                                             g_get_real_time ());
      g_print ("%s\t%s\t%u\t%" G_GUINT64_FORMAT "\t%s\t%s\t%s\t%s\n",
               desk->name, desk->state, desk->seats, desk->position, unsent,
               *desk->seen_at != '\0' ? desk->seen_at : "-", *desk->app != '\0' ? desk->app : "-",
               desk->id);
    }
}

static MashExit
status (const Options *options)
{
  g_autoptr (GPtrArray) desks = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (get_server (options), &error);
  g_autoptr (MashHubStatus) found = NULL;
  g_autofree char *size = NULL;

  if (line != NULL)
    found = mash_hub_read_status (line, &error);
  if (found != NULL)
    desks = mash_hub_people_list_desks (line, &error);
  if (desks == NULL)
    return mash_command_fail (error);

  size = g_format_size (found->size);
  g_print ("%s (%s)\n", found->name, found->hub);
  if (found->training)
    g_print ("%s\n", _("Training: all in it is invented"));
  g_print (_("Policy: %s\n"), found->policy);
  g_print (_("Schema: step %u\n"), found->schema);
  g_print (_("Position: %" G_GUINT64_FORMAT "\n"), found->head);
  g_print (_("Not accepted: %" G_GUINT64_FORMAT "\n"), found->refused);
  g_print (_("Waiting for a manager: %" G_GUINT64_FORMAT "\n"), found->waiting);
  g_print (_("Waiting on desks: %" G_GUINT64_FORMAT "\n"), found->unsent);
  g_print (_("People: %u\n"), found->people);
  g_print (_("Desks: %u\n"), found->desks);
  g_print (_("Stopped: %u\n"), found->stopped);
  g_print (_("Size: %s\n"), size);
  print_desks (desks);

  return MASH_EXIT_DONE;
}

/* Every two seconds, until the service is stopped; a line that is down is no end of it. */
static MashExit
watch (const Options *options)
{
  g_autoptr (GError) error = NULL;
  guint n_ended;

  do
    {
      g_autoptr (MashHubLine) line = NULL;

      g_clear_error (&error);
      line = mash_hub_line_open_admin (get_server (options), &error);
      while (line != NULL && mash_hub_people_watch (line, &n_ended, &error))
        {
          if (n_ended > 0)
            g_print (ngettext ("%u line was ended.\n", "%u lines were ended.\n", n_ended), n_ended);
          if (options->once)
            return MASH_EXIT_DONE;
          g_usleep (WATCH_SECONDS * G_USEC_PER_SEC);
        }
      if (!options->once)
        g_usleep (WATCH_SECONDS * G_USEC_PER_SEC);
    }
  while (!options->once && !g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_FAILED) &&
         !g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OLDER));

  return mash_command_fail (error);
}

/**
 * mash_command_hub:
 * @globals: what stood before the command
 * @argc: how many arguments
 * @argv: `init`, `adopt`, `upgrade`, `status` or `watch`, options, and where the server is
 *
 * Sets up and looks after a central hub. The server is named as in every tool of PostgreSQL: by a
 * connection string, or by the environment.
 *
 * Returns: the exit status
 */
MashExit
mash_command_hub (const MashGlobals *globals,
                  int                argc,
                  char             **argv)
{
  static const struct
  {
    const char *word;
    MashExit  (*run) (const Options *options);
  } words[] = {
    { "adopt", adopt },
    { "init", init },
    { "status", status },
    { "upgrade", upgrade },
    { "watch", watch },
  };
  g_auto (Options) options = { .globals = globals };
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, NULL, NULL },
    { "policy", 0, 0, G_OPTION_ARG_FILENAME, &options.policy, NULL, NULL },
    { "authority", 0, 0, G_OPTION_ARG_FILENAME, &options.authority, NULL, NULL },
    { "hosts", 0, 0, G_OPTION_ARG_STRING, &options.hosts, NULL, NULL },
    { "port", 0, 0, G_OPTION_ARG_STRING, &options.port, NULL, NULL },
    { "training", 0, 0, G_OPTION_ARG_NONE, &options.training, NULL, NULL },
    { "once", 0, 0, G_OPTION_ARG_NONE, &options.once, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.rest, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  for (guint i = 0; argc > 0 && i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (argv[0], words[i].word) != 0)
        continue;
      if (!g_option_context_parse (context, &argc, &argv, NULL) ||
          (options.rest != NULL && options.rest[1] != NULL))
        return mash_command_misuse (globals, _("This option is not known."));
      return words[i].run (&options);
    }

  return mash_command_misuse (globals, _("Say “init”, “adopt”, “upgrade”, “status” or “watch”."));
}
