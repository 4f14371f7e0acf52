/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-service-import.h"
#include "mash-wait.h"

static gboolean
is_table (const char *name)
{
  return g_str_has_suffix (name, ".csv") || g_str_has_suffix (name, ".CSV");
}

static MashExit
import_rows (MashService     *service,
             GFile           *file,
             MashImportFlags  flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashImportReport) report = NULL;
  g_autofree char *words = NULL;
  g_auto (MashWait) wait;

  mash_wait_init (&wait);
  mash_service_import_rows_async (service, file, flags, NULL, NULL, NULL, mash_wait_cb, &wait);
  report = mash_service_import_rows_finish (service, mash_wait_for (&wait), &error);
  if (report == NULL)
    return mash_command_fail (error);

  for (guint i = 0; i < report->sentences->len; i++)
    g_printerr ("%s\n", (const char *) g_ptr_array_index (report->sentences, i));
  words = mash_import_report_dup_words (report);
  g_print ("%s\n", words);

  return report->bad > 0 ? MASH_EXIT_REFUSED : MASH_EXIT_DONE;
}

static MashExit
import_referral (MashService *service,
                 GFile       *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contact = NULL;
  g_auto (MashWait) wait;
  gboolean known = FALSE;

  mash_wait_init (&wait);
  mash_service_import_async (service, file, NULL, mash_wait_cb, &wait);
  contact = mash_service_import_finish (service, mash_wait_for (&wait), &known, &error);
  if (contact == NULL)
    return mash_command_fail (error);

  g_print ("%s %s\n", contact, known ? _("already taken in") : _("taken in"));

  return MASH_EXIT_DONE;
}

/* Takes the options off the front. */
static MashImportFlags
take_flags (int    *argc,
            char ***argv)
{
  MashImportFlags flags = MASH_IMPORT_GOOD_ROWS;

  for (; *argc > 0; (*argc)--, (*argv)++)
    {
      if (strcmp (**argv, "--dry-run") == 0)
        flags |= MASH_IMPORT_DRY_RUN;
      else if (strcmp (**argv, "--strict") == 0)
        flags |= MASH_IMPORT_STRICT;
      else
        break;
    }

  return flags;
}

/**
 * mash_command_import:
 * @globals: what stood before the command
 * @argc: how many words follow
 * @argv: options and files
 *
 * Takes in each file: a referral, or people, episodes or counts of teams as comma-separated values.
 * The ones after a refused file, and the rows after a bad row, are taken in all the same.
 *
 * Returns: the exit status
 */
MashExit
mash_command_import (const MashGlobals *globals,
                     int                argc,
                     char             **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = NULL;
  MashImportFlags flags = take_flags (&argc, &argv);
  MashExit status = MASH_EXIT_DONE;

  if (argc == 0)
    return mash_command_misuse (globals, _("Say which files to take in."));
  for (int i = 0; i < argc; i++)
    {
      if (g_str_has_prefix (argv[i], "--"))
        return mash_command_misuse (globals, _("This option is not known."));
      if (flags != MASH_IMPORT_GOOD_ROWS && !is_table (argv[i]))
        return mash_command_misuse (globals, _("These options are for CSV files."));
    }

  service = mash_command_sign_in (globals, &error);
  if (service == NULL)
    return mash_command_fail (error);

  for (int i = 0; i < argc; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[i]);
      MashExit one = is_table (argv[i]) ? import_rows (service, file, flags)
                                        : import_referral (service, file);

      if (one != MASH_EXIT_DONE)
        status = one;
    }

  return status;
}

/**
 * mash_command_verify:
 * @globals: what stood before the command
 * @argc: 0
 * @argv: unused
 *
 * Rebuilds every table from the changes and compares; checks digests, chain and signatures.
 *
 * Returns: the exit status
 */
MashExit
mash_command_verify (const MashGlobals *globals,
                     int                argc,
                     char             **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = NULL;
  g_autofree char *words = NULL;
  g_auto (MashWait) wait;

  mash_wait_init (&wait);
  if (argc > 0)
    return mash_command_misuse (globals, _("This command takes no arguments."));

  service = mash_command_sign_in (globals, &error);
  if (service == NULL)
    return mash_command_fail (error);

  mash_service_verify_async (service, mash_wait_show_progress, &wait, mash_wait_stop (&wait),
                             mash_wait_cb, &wait);
  words = mash_service_verify_finish (service, mash_wait_for (&wait), &error);
  if (words == NULL)
    return mash_command_fail (error);

  g_print ("%s\n", words);

  return MASH_EXIT_DONE;
}
