/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-wait.h"

/**
 * mash_command_import:
 * @globals: what stood before the command
 * @argc: how many files
 * @argv: the files
 *
 * Takes in each file; the ones after a refused file are taken in all the same.
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
  MashExit status = MASH_EXIT_DONE;

  if (argc == 0)
    return mash_command_misuse (globals, _("Say which files to take in."));

  service = mash_command_sign_in (globals, &error);
  if (service == NULL)
    return mash_command_fail (error);

  for (int i = 0; i < argc; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[i]);
      g_autoptr (GError) refusal = NULL;
      g_autofree char *contact = NULL;
      g_auto (MashWait) wait;
      gboolean known = FALSE;

      mash_wait_init (&wait);
      mash_service_import_async (service, file, NULL, mash_wait_cb, &wait);
      contact = mash_service_import_finish (service, mash_wait_for (&wait), &known, &refusal);
      if (contact == NULL)
        status = mash_command_fail (refusal);
      else
        g_print ("%s %s\n", contact, known ? _("already taken in") : _("taken in"));
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

  mash_service_verify_async (service, NULL, mash_wait_cb, &wait);
  words = mash_service_verify_finish (service, mash_wait_for (&wait), &error);
  if (words == NULL)
    return mash_command_fail (error);

  g_print ("%s\n", words);

  return MASH_EXIT_DONE;
}
