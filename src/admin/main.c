/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <locale.h>
#include <string.h>

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-sentences.h"

static const MashCommand commands[] = {
  { "backup", N_("backup FOLDER | backup drill BACKUP"),
    N_("Make a checked backup, or try whether one is good"), mash_command_backup },
  { "desk", N_("desk add NAME FOLDER --authority DIR [SERVER] | desk revoke ID [--wipe] … | desk "
               "recover FOLDER SIGN-IN --half FILE --half FILE …"),
    N_("Let a desk in at a central hub, save what was not sent from it, or shut it out"),
    mash_command_desk },
  { "hub", N_("hub init|adopt|upgrade|status|watch [--name NAME] [--authority DIR --hosts HOSTS "
              "[--port PORT]] [--training] [--policy FILE] [--once] [SERVER]"),
    N_("Make a central hub of an empty PostgreSQL database, and look after it"), mash_command_hub },
  { "import", N_("import [--dry-run] [--strict] FILE…"),
    N_("Take in referral files, and people, episodes or counts as CSV"), mash_command_import },
  { "key", N_("key passphrase|code|recover|change [--new-passphrase-file FILE]"),
    N_("Change your passphrase, make or use a recovery code, or give the database a new key"),
    mash_command_key },
  { "policy", N_("policy check|apply FILE | policy push FILE [SERVER]"),
    N_("Check a policy file, or put it in force here or at a central hub"), mash_command_policy },
  { "report", N_("report weekly|strategy --from DATE --to DATE [--csv]"),
    N_("Count contacts and what became of them"), mash_command_report },
  { "restore", N_("restore BACKUP | restore --without-backup"),
    N_("Put a backup in the place of what is there, or what can be read of a damaged database; "
       "nothing is deleted"), mash_command_restore },
  { "staff", N_("staff release SIGN-IN | staff enrol SIGN-IN [--new-passphrase-file FILE] | "
                "staff add|post|vetting|suspend|revoke|reset SIGN-IN "
                "--authority DIR [--name NAME] [--agency NAME [--agency-type CODE]] [--role CODE] "
                "[--title TITLE] [--until DATE] [--end] [--at-once] [--half FILE --half FILE] "
                "[SERVER]"),
    N_("Let somebody try again after ten wrong tries; or make and alter the staff of a central "
       "hub"), mash_command_staff },
  { "training",
    N_("training DIR [--hub] [--seed N] [--weeks N] [--contacts N] [--until TIME] | "
       "training --stop|--start DIR"),
    N_("Make a hub of invented families in DIR, with --hub a central one with two desks"),
    mash_command_training },
  { "verify", N_("verify"), N_("Prove that no record was lost or rewritten"), mash_command_verify },
};

static void
print_help (const char *program)
{
  g_print (_("Usage: %s [--data DIR] [--as PERSON] [--passphrase-file FILE] COMMAND …\n\n"),
           program);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %s\n      %s\n", _(commands[i].usage), _(commands[i].summary));
  g_print ("\n%s\n%s\n",
           _("DIR is the folder of a desk or of a stand-alone hub; without it, the desk’s own."),
           _("Each command has --help. Exit status: 0 done, 1 refused or failed, 2 wrong usage."));
}

/* Takes a leading `--name VALUE` or `--name=VALUE` off the arguments. */
static gboolean
take_option (const char  *name,
             int         *argc,
             char      ***argv,
             const char **value)
{
  const char *word = **argv;
  gsize length = strlen (name);

  if (!g_str_has_prefix (word, "--") || strncmp (word + 2, name, length) != 0)
    return FALSE;

  if (word[2 + length] == '=')
    {
      *value = word + 3 + length;
    }
  else if (word[2 + length] == '\0' && *argc > 1)
    {
      (*argc)--;
      (*argv)++;
      *value = **argv;
    }
  else
    {
      return FALSE;
    }
  (*argc)--;
  (*argv)++;

  return TRUE;
}

static const MashCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strcmp (commands[i].name, name) == 0)
        return &commands[i];
    }

  return NULL;
}

/**
 * mash_command_fail:
 * @error: what went wrong
 *
 * Returns: the exit status after its sentence was printed
 */
MashExit
mash_command_fail (const GError *error)
{
  g_autofree char *sentence = mash_sentence_for_error (error);

  g_printerr ("%s\n", sentence);

  return MASH_EXIT_REFUSED;
}

/**
 * mash_command_misuse:
 * @globals: what stood before the command
 * @sentence: what is wrong with the command line
 *
 * Returns: the exit status after @sentence was printed
 */
MashExit
mash_command_misuse (const MashGlobals *globals,
                     const char        *sentence)
{
  g_printerr (_("%s See %s --help.\n"), sentence, globals->program);

  return MASH_EXIT_USAGE;
}

static MashExit
run_command (MashGlobals *globals,
             int          argc,
             char       **argv)
{
  const MashCommand *command;
  MashExit status;

  while (argc > 0 && g_str_has_prefix (*argv, "-"))
    {
      if (strcmp (*argv, "--help") == 0 || strcmp (*argv, "-h") == 0)
        {
          print_help (globals->program);
          return MASH_EXIT_DONE;
        }
      if (strcmp (*argv, "--version") == 0)
        {
          g_print ("mash-admin %s\n", PACKAGE_VERSION);
          return MASH_EXIT_DONE;
        }
      if (!take_option ("data", &argc, &argv, &globals->data) &&
          !take_option ("as", &argc, &argv, &globals->as) &&
          !take_option ("passphrase-file", &argc, &argv, &globals->passphrase_file))
        return mash_command_misuse (globals, _("This option is not known."));
    }
  if (argc == 0)
    return mash_command_misuse (globals, _("Say which command."));

  command = find_command (*argv);
  if (command == NULL)
    return mash_command_misuse (globals, _("This command is not known."));
  if (argc > 1 && strcmp (argv[1], "--help") == 0)
    {
      g_print (_("Usage: %s [--data DIR] [--as PERSON] %s\n\n%s.\n"), globals->program,
               _(command->usage), _(command->summary));
      return MASH_EXIT_DONE;
    }

  status = command->run (globals, argc - 1, argv + 1);
  mash_command_close ();

  return status;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  MashGlobals globals = { 0 };

  if (!mash_service_guard_process (&error))
    return mash_command_fail (error);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("mash-admin");
  globals.program = "mash-admin";

  return run_command (&globals, argc - 1, argv + 1);
}
