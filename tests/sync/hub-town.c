/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hub-town.h"

#include "mash-hub-adopt.h"
#include "mash-hub-installer.h"
#include "mash-kinds.h"
#include "mash-policy-reader.h"

MashSecret *
hub_town_secret (const char *words)
{
  g_autoptr (GError) error = NULL;
  MashSecret *secret = mash_secret_new_from_text (words, -1, &error);

  g_assert_no_error (error);

  return secret;
}

static void
enrol_desk (HubTown *self,
            guint    n)
{
  g_autofree char *name = g_strdup_printf ("desk-%u", n + 1);
  g_autofree char *folder = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  mash_hub_people_enrol_desk (self->line, self->authority, name, folder, &error);
  g_assert_no_error (error);
  self->desks[n] = mash_enrolment_load (folder, &error);
  g_assert_no_error (error);
}

static void
add_agency (HubTown *self)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (GError) error = NULL;
  MashEdit *edit;

  self->agency = mash_hub_people_make_id ();
  edit = mash_edit_new (mash_kind_lookup ("agency"), self->agency, 0);
  mash_edit_set_text (edit, "type", "CSC");
  mash_edit_set_text (edit, "name", "Social care");
  mash_group_take_edit (group, edit);
  mash_hub_people_say (self->line, self->root, group, &error);
  g_assert_no_error (error);
}

static HubTown *
make_server (MashPolicy **policy)
{
  HubTown *self = g_new0 (HubTown, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *settings = NULL;

  self->folder = g_dir_make_tmp ("mash-town-XXXXXX", &error);
  g_assert_no_error (error);
  self->authority = g_build_filename (self->folder, "authority", NULL);
  mash_hub_folder_create (self->authority, "Town", "localhost", "0", &error);
  g_assert_no_error (error);
  self->cluster = cluster_new_on_network (self->authority);
  cluster_run (self->cluster, "postgres", "CREATE DATABASE town");
  settings = cluster_dup_settings (self->cluster, "town", NULL);
  self->line = mash_hub_line_open_admin (settings, &error);
  g_assert_no_error (error);
  self->root = mash_hub_root_load (self->authority, &error);
  g_assert_no_error (error);
  *policy = mash_policy_reader_load_builtin (&error);
  g_assert_no_error (error);

  return self;
}

static void
enrol_desks (HubTown *self)
{
  static const MashSlotCost cheap = { .passes = 1, .memory_kib = 8 };

  g_assert_true (mash_hub_people_set_cost (self->line, &cheap, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (self->desks); i++)
    {
      enrol_desk (self, i);
      /* The server found its port after the authority wrote down where it is. */
      g_free (self->desks[i]->port);
      self->desks[i]->port = g_strdup_printf ("%u", self->cluster->port);
    }
}

HubTown *
hub_town_new (void)
{
  g_autoptr (MashPolicy) policy = NULL;
  HubTown *self = make_server (&policy);
  g_autoptr (GError) error = NULL;
  g_autofree char *hub = mash_hub_make_id (self->line, &error);

  mash_hub_install (self->line, hub, hub, "Town", TRUE, policy, &error);
  g_assert_no_error (error);
  g_assert_true (mash_hub_people_set_root (self->line, self->root, NULL));
  add_agency (self);
  enrol_desks (self);

  return self;
}

/* The town of a stand-alone hub, which somebody hands over. */
HubTown *
hub_town_new_of (const char *folder,
                 const char *sign_in,
                 const char *words)
{
  g_autoptr (MashPolicy) policy = NULL;
  HubTown *self = make_server (&policy);
  g_autoptr (MashSecret) passphrase = hub_town_secret (words);
  g_autoptr (GError) error = NULL;

  mash_hub_adopt (self->line, folder, sign_in, passphrase, policy, &error);
  g_assert_no_error (error);
  mash_hub_appoint (self->line, folder, sign_in, passphrase, policy, self->root, &error);
  g_assert_no_error (error);
  self->agency = hub_town_ask (self, "SELECT id FROM mash.entity WHERE kind = 'agency'");
  enrol_desks (self);

  return self;
}

void
hub_town_free (HubTown *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", self->folder);

  mash_hub_line_close (self->line);
  cluster_free (self->cluster);
  mash_hub_root_free (self->root);
  for (guint i = 0; i < G_N_ELEMENTS (self->desks); i++)
    mash_enrolment_free (self->desks[i]);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (self->folder);
  g_free (self->authority);
  g_free (self->agency);
  g_free (self);
}

/* The only value of the first row, as the administrator sees it. */
char *
hub_town_ask (HubTown    *self,
              const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (self->line, &error, sql, NULL);

  g_assert_no_error (error);

  return g_strdup (mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_get_text (rows, 0, 0) : NULL);
}

/* Makes a member of staff with a post; gives their id. Nobody has let them in yet. */
char *
hub_town_add (HubTown    *self,
              const char *sign_in,
              const char *role)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autofree char *post = mash_hub_people_make_id ();
  g_autoptr (GError) error = NULL;
  char *staff = mash_hub_people_make_id ();
  MashEdit *edit = mash_edit_new (mash_kind_lookup ("staff"), staff, 0);

  mash_edit_set_text (edit, "name", "Somebody");
  mash_edit_set_text (edit, "sign-in", sign_in);
  mash_edit_set_text (edit, "agency", self->agency);
  mash_group_take_edit (group, edit);
  edit = mash_edit_new (mash_kind_lookup ("post"), post, 0);
  mash_edit_set_text (edit, "staff", staff);
  mash_edit_set_text (edit, "agency", self->agency);
  mash_edit_set_text (edit, "role", role);
  mash_edit_set_text (edit, "title", "Member of staff");
  mash_group_take_edit (group, edit);
  mash_hub_people_say (self->line, self->root, group, &error);
  g_assert_no_error (error);

  return staff;
}
