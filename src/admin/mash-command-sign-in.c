/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-wait.h"

#define PASSPHRASE_SIZE 1026

/**
 * mash_command_lock_page:
 *
 * Returns: (nullable): a page for a passphrase that is not swapped out; mash_command_wipe_page()
 *   gives it back
 */
char *
mash_command_lock_page (void)
{
  char *page = mmap (NULL, PASSPHRASE_SIZE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (page == MAP_FAILED)
    return NULL;
  if (mlock (page, PASSPHRASE_SIZE) < 0)
    {
      munmap (page, PASSPHRASE_SIZE);
      return NULL;
    }

  return page;
}

void
mash_command_wipe_page (char *page)
{
  if (page == NULL)
    return;

  explicit_bzero (page, PASSPHRASE_SIZE);
  munlock (page, PASSPHRASE_SIZE);
  munmap (page, PASSPHRASE_SIZE);
}

/* One line from @fd into @page, without its end. */
static gboolean
read_line (int   fd,
           char *page)
{
  gsize length = 0;
  gssize n;

  while (length < PASSPHRASE_SIZE - 1 && (n = read (fd, page + length, 1)) == 1)
    {
      if (page[length] == '\n')
        break;
      length++;
    }
  page[length] = '\0';

  return length > 0;
}

static gboolean
read_terminal (const char *prompt,
               char       *page)
{
  struct termios before, silent;
  gboolean is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  gboolean found;

  if (is_terminal)
    {
      g_printerr ("%s", prompt);
      silent = before;
      silent.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
    }
  found = read_line (STDIN_FILENO, page);
  if (is_terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }

  return found;
}

static gboolean
read_file (const char *name,
           char       *page)
{
  int fd = open (name, O_RDONLY | O_CLOEXEC);
  gboolean found = fd >= 0 && read_line (fd, page);

  if (fd >= 0)
    close (fd);

  return found;
}

/* Whom a training hub lists under @sign_in; its manager when that is not said. */
static MashItem *
find_person (MashService *service,
             const char  *sign_in)
{
  GListModel *people = mash_service_get_people (service);

  if (people == NULL)
    return NULL;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (MashItem) person = g_list_model_get_item (people, i);
      g_autofree char *name = NULL;
      g_autofree char *title = NULL;

      g_object_get (person, "sign-in", &name, "title", &title, NULL);
      if (sign_in != NULL ? g_strcmp0 (name, sign_in) == 0
                          : title != NULL && g_str_has_prefix (title, "MASH manager"))
        return g_steal_pointer (&person);
    }

  return NULL;
}

static gboolean
get_passphrase (const MashGlobals *globals,
                MashItem          *person,
                char              *page)
{
  g_autofree char *known = NULL;

  if (globals->passphrase_file != NULL)
    return read_file (globals->passphrase_file, page);
  if (person != NULL)
    g_object_get (person, "passphrase", &known, NULL);
  if (known == NULL)
    return read_terminal (_("Passphrase: "), page);

  return g_strlcpy (page, known, PASSPHRASE_SIZE) < PASSPHRASE_SIZE;
}

/**
 * mash_command_read_words:
 * @file: (nullable): the file in which they stand, %NULL for the terminal
 * @prompt: what the terminal asks
 * @page: a locked page
 *
 * Returns: whether there was a line
 */
gboolean
mash_command_read_words (const char *file,
                         const char *prompt,
                         char       *page)
{
  return file != NULL ? read_file (file, page) : read_terminal (prompt, page);
}

gboolean
mash_command_at_terminal (void)
{
  return isatty (STDIN_FILENO);
}

/* The desk's own folder, where --data names no other. */
const char *
mash_command_get_folder (const MashGlobals *globals)
{
  static char *own;

  if (own == NULL)
    own = g_build_filename (g_get_user_data_dir (), "mash-desk", NULL);

  return globals->data != NULL ? globals->data : own;
}

/**
 * mash_command_new_service:
 * @globals: which folder
 *
 * Returns: (transfer full): a service for that folder, of which nothing was opened yet
 */
MashService *
mash_command_new_service (const MashGlobals *globals)
{
  const char *folder = mash_command_get_folder (globals);

  mash_service_clean_environment (folder);

  return mash_service_new (folder);
}

/* Whom the command signed in, until the command is over. */
static MashService *signed_in;

/**
 * mash_command_close:
 *
 * Closes the hub that the command has opened, if it has: without it the next opener would find
 * what a power cut leaves.
 */
void
mash_command_close (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (MashWait) wait = { NULL };

  if (signed_in == NULL)
    return;

  mash_wait_init (&wait);
  /* Nothing stops this, and a key that interrupts does not break it off either. */
  mash_wait_stop (&wait);
  mash_service_lock_async (signed_in, mash_wait_cb, &wait);
  if (!mash_service_lock_finish (signed_in, mash_wait_for (&wait), &error))
    mash_command_fail (error);
  g_clear_object (&signed_in);
}

/* Who it is, and their passphrase into @page; the hub need not be there. */
static gboolean
find_out_who (const MashGlobals *globals,
              MashService       *service,
              char              *page,
              char             **sign_in,
              GError           **error)
{
  g_autoptr (MashItem) person = NULL;

  person = find_person (service, globals->as);
  if (globals->as != NULL)
    *sign_in = g_strdup (globals->as);
  else if (person != NULL)
    g_object_get (person, "sign-in", sign_in, NULL);
  if (*sign_in != NULL && get_passphrase (globals, person, page))
    return TRUE;

  g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                       _("Say who you are with --as, and give your passphrase."));

  return FALSE;
}

static void
show_checking (MashWait *wait,
               double    fraction)
{
  mash_wait_show_progress (fraction, wait);
}

static gboolean
open_and_sign_in (const MashGlobals *globals,
                  MashService       *service,
                  char              *page,
                  GError           **error)
{
  g_autofree char *sign_in = NULL;
  g_auto (MashWait) opening;
  g_auto (MashWait) signing_in;
  gulong checking, preparing;
  gboolean done;

  mash_wait_init (&opening);
  mash_wait_init (&signing_in);
  mash_service_open_async (service, NULL, mash_wait_cb, &opening);
  if (!mash_service_open_finish (service, mash_wait_for (&opening), error) ||
      !find_out_who (globals, service, page, &sign_in, error))
    return FALSE;

  /* Where the last session ended as after a power cut, all of the database is checked; one of an
   * earlier version is made ready. */
  checking = g_signal_connect_swapped (service, "checking", G_CALLBACK (show_checking),
                                       &signing_in);
  preparing = g_signal_connect_swapped (service, "preparing", G_CALLBACK (show_checking),
                                        &signing_in);
  mash_service_sign_in_async (service, sign_in, page, mash_wait_stop (&signing_in), mash_wait_cb,
                              &signing_in);
  done = mash_service_sign_in_finish (service, mash_wait_for (&signing_in), error);
  g_signal_handler_disconnect (service, checking);
  g_signal_handler_disconnect (service, preparing);

  return done;
}

/**
 * mash_command_prepare:
 * @globals: whose hub, and who
 * @page: (nullable): a locked page, in which the passphrase is left
 * @sign_in: (out): the name to sign in with
 * @error: return location
 *
 * Finds out who it is and signs nobody in: for what is done to a hub that nobody has open, or that
 * is damaged or gone.
 *
 * Returns: (transfer full) (nullable): the service
 */
MashService *
mash_command_prepare (const MashGlobals *globals,
                      char              *page,
                      char             **sign_in,
                      GError           **error)
{
  g_autoptr (MashService) service = NULL;
  g_auto (MashWait) opening;

  mash_wait_init (&opening);
  if (page == NULL)
    {
      g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                           _("This computer has no memory free for a passphrase."));
      return NULL;
    }

  service = mash_command_new_service (globals);
  mash_service_open_async (service, NULL, mash_wait_cb, &opening);
  mash_service_open_finish (service, mash_wait_for (&opening), NULL);

  return find_out_who (globals, service, page, sign_in, error) ? g_steal_pointer (&service) : NULL;
}

/**
 * mash_command_sign_in_with:
 * @globals: whose hub, and who
 * @page: (nullable): a locked page, in which the passphrase is left
 * @error: return location
 *
 * Opens the hub and signs in. The passphrase comes from the file that was named, from a training
 * hub's own list, or from the terminal; never from an argument.
 *
 * Returns: (transfer full) (nullable): the service, signed in
 */
MashService *
mash_command_sign_in_with (const MashGlobals *globals,
                           char              *page,
                           GError           **error)
{
  g_autoptr (MashService) service = mash_command_new_service (globals);

  if (page == NULL)
    {
      g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                           _("This computer has no memory free for a passphrase."));
      return NULL;
    }

  if (!open_and_sign_in (globals, service, page, error))
    return NULL;
  g_set_object (&signed_in, service);

  return g_steal_pointer (&service);
}

/**
 * mash_command_sign_in:
 * @globals: whose hub, and who
 * @error: return location
 *
 * As mash_command_sign_in_with(), for commands that need the passphrase no longer.
 *
 * Returns: (transfer full) (nullable): the service, signed in
 */
MashService *
mash_command_sign_in (const MashGlobals *globals,
                      GError           **error)
{
  char *page = mash_command_lock_page ();
  MashService *service = mash_command_sign_in_with (globals, page, error);

  mash_command_wipe_page (page);

  return service;
}
