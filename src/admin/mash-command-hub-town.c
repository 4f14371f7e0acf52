/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-hub-adopt.h"
#include "mash-hub-entry.h"
#include "mash-hub-info.h"
#include "mash-hub-installer.h"
#include "mash-hub-people.h"
#include "mash-private-server.h"
#include "mash-wait.h"

#define DATABASE "mash"
#define N_DESKS 2

/* The title of a manager of the training hub. */
#define MANAGER "MASH manager"

/* Whom the example of what an administrator does is about. */
#define SUSPENDED "dean.orrick"

/* Invented people on one machine: what would hold a thief up holds nobody else up. */
static const MashSlotCost training_cost = { .passes = 1, .memory_kib = 16 * 1024 };

/* A hub to try, while it is being made. */
typedef struct
{
  char          *folder;
  char          *authority;
  char          *server;
  char          *origin;    /* the stand-alone hub that it takes over from */
  guint16        port;
  gboolean       runs;      /* because of this command */
  MashHubInfo   *info;
  MashHubLine   *line;
  MashEnrolment *desk;
} Town;

static void
town_clear (Town *self)
{
  g_free (self->folder);
  g_free (self->authority);
  g_free (self->server);
  g_free (self->origin);
  mash_hub_info_free (self->info);
  mash_hub_line_close (self->line);
  mash_enrolment_free (self->desk);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Town, town_clear)

static void
town_init (Town       *self,
           const char *folder)
{
  self->folder = g_canonicalize_filename (folder, NULL);
  self->authority = g_build_filename (self->folder, "authority", NULL);
  self->server = g_build_filename (self->folder, "server", NULL);
  self->origin = g_build_filename (self->folder, "stand-alone", NULL);
}

static gboolean
make_server (Town    *self,
             GError **error)
{
  g_autofree char *port = NULL;
  g_autofree char *first = NULL;

  self->port = mash_private_server_find_port ();
  port = g_strdup_printf ("%u", self->port);
  if (!mash_hub_folder_create (self->authority, self->info->name, "localhost", port, error) ||
      !mash_private_server_create (self->server, self->authority, self->port, error) ||
      !mash_private_server_start (self->server, error))
    return FALSE;
  self->runs = TRUE;

  first = mash_private_server_dup_settings (self->server, self->port, "postgres");
  self->line = mash_hub_line_open_admin (first, error);
  if (self->line == NULL || !mash_hub_make_database (self->line, DATABASE, error))
    return FALSE;

  g_free (first);
  first = mash_private_server_dup_settings (self->server, self->port, DATABASE);
  mash_hub_line_close (self->line);
  self->line = mash_hub_line_open_admin (first, error);

  return self->line != NULL;
}

static const MashSignIn *
find_manager (Town *self)
{
  guint i = 0;

  while (i < self->info->people->len - 1 &&
         strcmp (((MashSignIn *) g_ptr_array_index (self->info->people, i))->title, MANAGER) != 0)
    i++;

  return g_ptr_array_index (self->info->people, i);
}

/* A manager of the training hub hands it over. */
static gboolean
take_over (Town    *self,
           GError **error)
{
  const MashSignIn *manager = find_manager (self);
  g_autoptr (MashPolicy) policy = mash_service_read_policy (NULL, error);
  g_autoptr (MashHubRoot) root = NULL;
  g_autoptr (MashSecret) passphrase = NULL;

  if (policy != NULL)
    root = mash_hub_root_load (self->authority, error);
  if (root != NULL)
    passphrase = mash_secret_new_from_text (manager->passphrase, -1, error);

  return passphrase != NULL &&
         mash_hub_adopt (self->line, self->origin, manager->sign_in, passphrase, policy, error) &&
         mash_hub_appoint (self->line, self->origin, manager->sign_in, passphrase, policy, root,
                           error) &&
         mash_hub_people_set_cost (self->line, &training_cost, error);
}

static gboolean
add_desks (Town    *self,
           GError **error)
{
  for (guint i = 0; i < N_DESKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("desk-%u", i + 1);
      g_autofree char *folder = g_build_filename (self->folder, name, NULL);
      g_autoptr (MashHubInfo) info = NULL;

      if (!mash_hub_people_enrol_desk (self->line, self->authority, name, folder, error))
        return FALSE;
      if (self->desk == NULL)
        self->desk = mash_enrolment_load (folder, error);
      if (self->desk == NULL)
        return FALSE;
      /* The sign-in page lists the invented people. */
      info = mash_hub_info_copy (self->info);
      g_free (info->desk_name);
      info->desk_name = g_strdup (name);
      if (!mash_hub_info_save (info, folder, error))
        return FALSE;
    }

  return TRUE;
}

/* Everybody comes in as people do, with a code, and brings the key that they sign with already. */
static gboolean
bring_in (Town              *self,
          MashSlots         *slots,
          const MashSignIn  *person,
          GError           **error)
{
  g_autoptr (MashSecret) passphrase = mash_secret_new_from_text (person->passphrase, -1, error);
  g_autoptr (MashSlotKey) slot = NULL;
  g_autoptr (MashSecret) code = NULL;
  g_autoptr (MashAdmission) admission = NULL;
  g_autofree char *seat = mash_hub_people_make_id ();

  if (passphrase != NULL)
    slot = mash_slots_open (slots, person->sign_in, passphrase, g_get_real_time (), error);
  if (slot != NULL)
    code = mash_hub_people_invite (self->line, slot->person, person->sign_in, NULL, error);
  if (code != NULL)
    admission = mash_hub_enrol (self->desk, person->sign_in, code, passphrase, slot->seed, seat,
                                error);

  return admission != NULL;
}

static gboolean
bring_everybody_in (Town    *self,
                    GError **error)
{
  g_autoptr (MashSlots) slots = mash_slots_load (self->origin, error);

  for (guint i = 0; slots != NULL && i < self->info->people->len; i++)
    {
      if (!bring_in (self, slots, g_ptr_array_index (self->info->people, i), error))
        return FALSE;
    }

  return slots != NULL;
}

/* How somebody tries what an administrator does, beside the desks. */
static void
tell_administrator (Town *self)
{
  g_autofree char *path = g_build_filename (self->authority, "server", NULL);
  g_autofree char *text = NULL;
  g_autofree char *settings = NULL;
  const char *port;

  /* Two lines: the hosts, and the port. */
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  port = strchr (text, '\n');
  if (port == NULL)
    return;

  settings = mash_private_server_dup_settings (self->server,
                                               (guint16) g_ascii_strtoull (port + 1, NULL, 10),
                                               DATABASE);
  g_print ("%s\n", _("Be its administrator beside them, for example with"));
  g_print ("  mash-admin staff suspend %s --authority %s \"%s\"\n", SUSPENDED, self->authority,
           settings);
}

static void
tell (Town *self)
{
  const MashSignIn *somebody = g_ptr_array_index (self->info->people, 0);

  g_print ("%s\n", _("The hub runs. Open its desks, each in a window of its own, with"));
  for (guint i = 0; i < N_DESKS; i++)
    g_print ("  mash-desk --data %s/desk-%u\n", self->folder, i + 1);
  /* Translators: a sign-in name, and a passphrase. */
  g_print (_("The sign-in page lists the invented people; %s signs in with “%s”.\n"),
           somebody->sign_in, somebody->passphrase);
  tell_administrator (self);
  g_print (_("End it with: mash-admin training --stop %s\n"), self->folder);
}

static gboolean
make_origin (Town                    *self,
             const MashTrainingPlan  *plan,
             MashTrainingProgress     progress,
             GError                 **error)
{
  g_auto (MashWait) wait;

  mash_wait_init (&wait);
  if (g_mkdir_with_parents (self->folder, 0755) != 0)
    {
      g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED,
                           _("This folder cannot be made."));
      return FALSE;
    }
  mash_training_make_async (self->origin, plan, progress, NULL, NULL, mash_wait_cb, &wait);
  if (!mash_training_make_finish (mash_wait_for (&wait), error))
    return FALSE;
  self->info = mash_hub_info_load (self->origin, error);

  return self->info != NULL;
}

/**
 * mash_command_make_town:
 * @folder: an empty folder, or none yet
 * @plan: what invented families there are to be
 * @progress: told how far that has come
 *
 * Makes a central hub of invented families, with a PostgreSQL of its own, two desks and the staff
 * that the stand-alone training hub has, and leaves it running.
 *
 * Returns: the exit status
 */
MashExit
mash_command_make_town (const char             *folder,
                        const MashTrainingPlan *plan,
                        MashTrainingProgress    progress)
{
  g_auto (Town) town = { NULL };
  g_autoptr (GError) error = NULL;

  town_init (&town, folder);
  if (make_origin (&town, plan, progress, &error) && make_server (&town, &error) &&
      take_over (&town, &error) && add_desks (&town, &error) &&
      bring_everybody_in (&town, &error))
    {
      tell (&town);
      return MASH_EXIT_DONE;
    }

  /* Nothing of what is not whole stays running. */
  g_clear_pointer (&town.line, mash_hub_line_close);
  if (town.runs)
    mash_private_server_stop (town.server, NULL);

  return mash_command_fail (error);
}

/**
 * mash_command_stop_town:
 * @folder: where mash_command_make_town() made it
 *
 * Returns: the exit status, done when nothing of it runs any more
 */
MashExit
mash_command_stop_town (const char *folder)
{
  g_auto (Town) town = { NULL };
  g_autoptr (GError) error = NULL;

  town_init (&town, folder);
  if (!mash_private_server_stop (town.server, &error))
    return mash_command_fail (error);

  g_print ("%s\n", _("The hub is stopped."));

  return MASH_EXIT_DONE;
}

/**
 * mash_command_start_town:
 * @folder: where mash_command_make_town() made it
 *
 * Returns: the exit status, done when the hub runs again
 */
MashExit
mash_command_start_town (const char *folder)
{
  g_auto (Town) town = { NULL };
  g_autoptr (GError) error = NULL;

  town_init (&town, folder);
  if (!mash_private_server_start (town.server, &error))
    return mash_command_fail (error);

  g_print ("%s\n", _("The hub runs."));
  tell_administrator (&town);

  return MASH_EXIT_DONE;
}
