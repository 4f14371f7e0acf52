/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-wait.h"

static MashExit
check (GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *version = NULL;

  if (!mash_service_check_policy (file, &version, NULL, &error))
    return mash_command_fail (error);

  g_print (_("This is a policy that a hub can work by, version %s.\n"), version);

  return MASH_EXIT_DONE;
}

static MashExit
apply (const MashGlobals *globals,
       GFile             *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = NULL;
  g_auto (MashWait) wait;
  gboolean applied;
  char *passphrase;

  mash_wait_init (&wait);
  passphrase = mash_command_lock_page ();
  service = mash_command_sign_in_with (globals, passphrase, &error);
  if (service != NULL)
    mash_service_apply_policy_async (service, file, passphrase, NULL, mash_wait_cb, &wait);
  mash_command_wipe_page (passphrase);
  applied = service != NULL &&
            mash_service_apply_policy_finish (service, mash_wait_for (&wait), &error);
  if (!applied)
    return mash_command_fail (error);

  g_print ("%s\n", _("The policy is in force."));

  return MASH_EXIT_DONE;
}

/**
 * mash_command_policy:
 * @globals: what stood before the command
 * @argc: 2 or 3
 * @argv: `check`, `apply` or `push`, and a file; with `push` also where the server is
 *
 * Checks a policy file, or puts one in force: at a stand-alone hub in a manager's session, at a
 * central hub by its administrator.
 *
 * Returns: the exit status
 */
MashExit
mash_command_policy (const MashGlobals *globals,
                     int                argc,
                     char             **argv)
{
  g_autoptr (GFile) file = argc == 2 ? g_file_new_for_commandline_arg (argv[1]) : NULL;

  if (file != NULL && strcmp (argv[0], "check") == 0)
    return check (file);
  if (file != NULL && strcmp (argv[0], "apply") == 0)
    return apply (globals, file);

  if (argc >= 2 && argc <= 3 && strcmp (argv[0], "push") == 0)
    return mash_command_push_policy (argv[1], argc == 3 ? argv[2] : NULL);

  return mash_command_misuse (globals, _("Say “check”, “apply” or “push”, and which file."));
}
