/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-service-keys.h"
#include "mash-wait.h"

/* A new passphrase is typed twice at a terminal, and read once from a file. */
static gboolean
read_new_words (const char  *file,
                char        *page,
                GError     **error)
{
  char *again = NULL;
  gboolean same;

  if (!mash_command_read_words (file, _("New passphrase: "), page))
    {
      g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                           _("Give the new passphrase at the terminal or with "
                             "--new-passphrase-file."));
      return FALSE;
    }
  if (file != NULL || !mash_command_at_terminal ())
    return TRUE;

  again = mash_command_lock_page ();
  same = again != NULL && mash_command_read_words (NULL, _("The same again: "), again) &&
         strcmp (page, again) == 0;
  mash_command_wipe_page (again);
  if (!same)
    g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                         _("The two were not the same. Nothing was changed."));

  return same;
}

/* Does one act and prints what it gives. */
static gboolean
do_act (MashService *service,
        MashKeyAct   act,
        const char  *sign_in,
        const char  *passphrase,
        const char  *new_words,
        const char  *done,
        GError     **error)
{
  g_auto (MashWait) wait;
  char *given;

  mash_wait_init (&wait);
  mash_service_do_key_async (service, act, sign_in, passphrase, new_words, mash_wait_cb, &wait);
  given = mash_service_do_key_finish (service, mash_wait_for (&wait), error);
  if (given == NULL)
    return FALSE;

  if (*given != '\0')
    g_print ("%s\n%s\n", given,
             _("Write this code down and keep it under lock; it is not shown again."));
  g_print ("%s\n", done);
  explicit_bzero (given, strlen (given));
  g_free (given);

  return TRUE;
}

static MashExit
change_own (const MashGlobals *globals,
            MashKeyAct         act,
            const char        *file,
            const char        *done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = NULL;
  char *passphrase = mash_command_lock_page ();
  char *new_words = act == MASH_KEY_CHANGE_PASSPHRASE ? mash_command_lock_page () : NULL;
  gboolean changed;

  service = mash_command_sign_in_with (globals, passphrase, &error);
  changed = service != NULL &&
            (act != MASH_KEY_CHANGE_PASSPHRASE ||
             (new_words != NULL && read_new_words (file, new_words, &error))) &&
            do_act (service, act, NULL, passphrase, new_words, done, &error);
  mash_command_wipe_page (passphrase);
  mash_command_wipe_page (new_words);

  return changed ? MASH_EXIT_DONE : mash_command_fail (error);
}

static MashExit
change_key (const MashGlobals *globals)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = NULL;
  g_auto (MashWait) wait;
  char *passphrase = mash_command_lock_page ();
  gboolean changed = FALSE;

  mash_wait_init (&wait);
  service = mash_command_sign_in_with (globals, passphrase, &error);
  if (service != NULL)
    mash_service_change_key_async (service, passphrase, mash_wait_show_progress, &wait,
                                   mash_wait_stop (&wait), mash_wait_cb, &wait);
  mash_command_wipe_page (passphrase);
  if (service != NULL)
    changed = mash_service_change_key_finish (service, mash_wait_for (&wait), &error);
  if (!changed)
    return mash_command_fail (error);

  g_print ("%s\n", _("The database has a new key. Make a backup now."));

  return MASH_EXIT_DONE;
}

static MashExit
recover (const MashGlobals *globals,
         const char        *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = mash_command_new_service (globals);
  char *code = mash_command_lock_page ();
  char *new_words = mash_command_lock_page ();
  gboolean done = FALSE;

  if (globals->as == NULL)
    g_set_error_literal (&error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                         _("Say who you are with --as."));
  else if (code == NULL || new_words == NULL ||
           !mash_command_read_words (globals->passphrase_file, _("Code: "), code))
    g_set_error_literal (&error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                         _("Give the code."));
  else
    done = read_new_words (file, new_words, &error) &&
           do_act (service, MASH_KEY_RECOVER, globals->as, code, new_words,
                   _("The new passphrase opens, and the code is used up."), &error);
  mash_command_wipe_page (code);
  mash_command_wipe_page (new_words);

  return done ? MASH_EXIT_DONE : mash_command_fail (error);
}

/**
 * mash_command_key:
 * @globals: what stood before the command
 * @argc: 1 to 3
 * @argv: `passphrase`, `code`, `recover` or `change`, and where the new passphrase is read
 *
 * Returns: the exit status
 */
MashExit
mash_command_key (const MashGlobals *globals,
                  int                argc,
                  char             **argv)
{
  const char *file = argc == 3 && strcmp (argv[1], "--new-passphrase-file") == 0 ? argv[2] : NULL;

  if (argc == 1 || file != NULL)
    {
      if (strcmp (argv[0], "passphrase") == 0)
        return change_own (globals, MASH_KEY_CHANGE_PASSPHRASE, file,
                           _("The new passphrase opens, and it alone."));
      if (strcmp (argv[0], "recover") == 0)
        return recover (globals, file);
    }
  if (argc == 1 && strcmp (argv[0], "code") == 0)
    return change_own (globals, MASH_KEY_MAKE_RECOVERY, NULL,
                       _("The code opens once, if you forget your passphrase."));
  if (argc == 1 && strcmp (argv[0], "change") == 0)
    return change_key (globals);

  return mash_command_misuse (globals, _("Say “passphrase”, “code”, “recover” or “change”."));
}

static MashExit
release (const MashGlobals *globals,
         const char        *sign_in)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = mash_command_sign_in (globals, &error);

  return service != NULL && do_act (service, MASH_KEY_RELEASE, sign_in, NULL, NULL,
                                    _("They may try again."), &error)
         ? MASH_EXIT_DONE : mash_command_fail (error);
}

/* A first sign-in at a desk of a central hub, without a window. */
static MashExit
enrol (const MashGlobals *globals,
       const char        *sign_in,
       const char        *file)
{
  MashGlobals own = *globals;

  own.as = sign_in;

  return recover (&own, file);
}

/**
 * mash_command_staff:
 * @globals: what stood before the command
 * @argc: how many arguments
 * @argv: `release` and a sign-in name, at a stand-alone hub; `enrol` and one, at a desk of a
 *   central hub; anything else is about the hub itself
 *
 * Returns: the exit status
 */
MashExit
mash_command_staff (const MashGlobals *globals,
                    int                argc,
                    char             **argv)
{
  if (argc == 2 && strcmp (argv[0], "release") == 0)
    return release (globals, argv[1]);
  if (argc == 2 && strcmp (argv[0], "enrol") == 0)
    return enrol (globals, argv[1], NULL);
  if (argc == 4 && strcmp (argv[0], "enrol") == 0 &&
      strcmp (argv[2], "--new-passphrase-file") == 0)
    return enrol (globals, argv[1], argv[3]);

  return mash_command_hub_staff (globals, argc, argv);
}

/* Backups */

static MashExit
back_up (const MashGlobals *globals,
         const char        *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = mash_command_sign_in (globals, &error);
  g_autofree char *words = NULL;
  g_auto (MashWait) wait;

  mash_wait_init (&wait);
  if (service == NULL)
    return mash_command_fail (error);

  mash_service_backup_async (service, target, mash_wait_show_progress, &wait,
                             mash_wait_stop (&wait), mash_wait_cb, &wait);
  words = mash_service_backup_finish (service, mash_wait_for (&wait), &error);
  if (words == NULL)
    return mash_command_fail (error);

  g_print ("%s\n", words);

  return MASH_EXIT_DONE;
}

/* @source is NULL where there is no backup. */
static MashExit
put_back (const MashGlobals *globals,
          const char        *source,
          gboolean           drill)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = NULL;
  g_autofree char *words = NULL;
  g_auto (MashWait) wait;
  g_autofree char *sign_in = NULL;
  char *passphrase = mash_command_lock_page ();

  mash_wait_init (&wait);
  service = mash_command_prepare (globals, passphrase, &sign_in, &error);
  if (service != NULL)
    mash_service_restore_async (service, source, sign_in, passphrase, drill,
                                mash_wait_show_progress, &wait, mash_wait_stop (&wait),
                                mash_wait_cb, &wait);
  mash_command_wipe_page (passphrase);
  if (service != NULL)
    words = mash_service_restore_finish (service, mash_wait_for (&wait), &error);
  if (words == NULL)
    return mash_command_fail (error);

  g_print ("%s\n", words);

  return MASH_EXIT_DONE;
}

/**
 * mash_command_backup:
 * @globals: what stood before the command
 * @argc: 1 or 2
 * @argv: a folder, or `drill` and a backup
 *
 * Returns: the exit status
 */
MashExit
mash_command_backup (const MashGlobals *globals,
                     int                argc,
                     char             **argv)
{
  if (argc == 2 && strcmp (argv[0], "drill") == 0)
    return put_back (globals, argv[1], TRUE);
  if (argc == 1 && strcmp (argv[0], "drill") != 0)
    return back_up (globals, argv[0]);

  return mash_command_misuse (globals, _("Say in which folder the backup is to lie, or “drill” and "
                                         "which backup."));
}

/**
 * mash_command_restore:
 * @globals: what stood before the command
 * @argc: 1
 * @argv: a backup, or the folder in which it lies; or `--without-backup`, for a damaged database of
 *   which there is none
 *
 * Returns: the exit status
 */
MashExit
mash_command_restore (const MashGlobals *globals,
                      int                argc,
                      char             **argv)
{
  gboolean alone = argc == 1 && strcmp (argv[0], "--without-backup") == 0;

  if (argc != 1 || (!alone && g_str_has_prefix (argv[0], "--")))
    return mash_command_misuse (globals, _("Say which backup to restore, or “--without-backup”."));

  return put_back (globals, alone ? NULL : argv[0], FALSE);
}
