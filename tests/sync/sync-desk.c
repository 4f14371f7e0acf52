/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sync-desk.h"

#include <string.h>

#include "mash-hub-installer.h"
#include "mash-sync-reply.h"
#include "mash-time.h"

static guint32
draw_cb (gpointer data)
{
  return (guint32) g_test_rand_int ();
}

static void
adopt (SyncHub     *hub,
       MashHubLine *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = mash_store_list_history (hub->origin.store, 0, 1000, &error);
  const char *person, *key;

  g_assert_no_error (error);
  mash_store_get_root (hub->origin.store, &person, &key);
  mash_hub_call_adopt (line, person, key, entries, &error);
  g_assert_no_error (error);
}

/* Makes a stand-alone hub and then, in @database, a central hub with the same history. */
void
sync_hub_set_up (SyncHub    *hub,
                 Cluster    *cluster,
                 const char *database)
{
  g_autofree char *create = g_strdup_printf ("CREATE DATABASE %s", database);
  g_autofree char *settings = cluster_dup_settings (cluster, database, NULL);
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (GError) error = NULL;
  const MashHubInfo *info;

  hub->cluster = cluster;
  store_fixture_set_up (&hub->origin, "partners");
  info = mash_store_get_hub (hub->origin.store);
  cluster_run (cluster, "postgres", create);
  line = mash_hub_line_open_admin (settings, &error);
  g_assert_no_error (error);
  mash_hub_install (line, info->hub, info->hub, "Hub", TRUE, hub->origin.policy, &error);
  g_assert_no_error (error);
  adopt (hub, line);
}

void
sync_hub_tear_down (SyncHub *hub)
{
  store_fixture_tear_down (&hub->origin, NULL);
}

/* The key with which somebody signs at the stand-alone hub. */
static MashSecret *
dup_seed (SyncHub    *hub,
          const char *sign_in,
          char      **person)
{
  MashSecret *key;

  store_fixture_sign_in (&hub->origin, sign_in);
  *person = g_strdup (hub->origin.store->own);
  key = g_hash_table_lookup (hub->origin.store->keys, *person);

  return mash_secret_new_part (key, 0, MASH_SLOTS_SEED_SIZE);
}

static void
let_in (SyncDesk   *self,
        const char *person)
{
  g_autofree char *desks = mash_hub_dup_role (mash_store_get_hub (self->hub->origin.store)->hub,
                                              "desks");
  g_autofree char *sql = NULL;

  sql = g_strdup_printf (
    "DO $$ BEGIN CREATE ROLE %s LOGIN IN ROLE %s;"
    " EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
    " INSERT INTO mash.person (id, login) VALUES ('%s', '%s') ON CONFLICT DO NOTHING;"
    " INSERT INTO mash.desk (id) VALUES ('desk-%s');"
    " INSERT INTO mash.seat (id, person, desk) VALUES ('%s', '%s', 'desk-%s');"
    " INSERT INTO mash.member (person, compartment, since) VALUES ('%s', 'default', '')"
    " ON CONFLICT DO NOTHING",
    self->login, desks, person, self->login, self->seat, self->seat, person, self->seat, person);
  cluster_run (self->hub->cluster, self->database, sql);
}

static void
begin_again (SyncDesk *self)
{
  g_clear_pointer (&self->core, mash_sync_core_free);
  self->core = mash_sync_core_new (&mash_store_disk, self->store, draw_cb, NULL);
}

/* A new seat of somebody of the stand-alone hub, empty. */
SyncDesk *
sync_desk_new (SyncHub    *hub,
               const char *database,
               const char *sign_in,
               guint       number)
{
  SyncDesk *self = g_new0 (SyncDesk, 1);
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashSecret) seed = NULL;
  g_autoptr (MashHubInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *person = NULL;
  g_autofree char *settings = NULL;
  MashSeatOwner owner = { .sign_in = sign_in };

  self->hub = hub;
  self->database = g_strdup (database);
  self->sign_in = g_strdup (sign_in);
  self->seat = g_strdup_printf ("0190a1b2-0000-7000-9000-%012u", number);
  self->login = g_strdup_printf ("s_%s", sign_in);
  self->folder = g_dir_make_tmp ("mash-seat-XXXXXX", &error);
  g_assert_no_error (error);
  seed = dup_seed (hub, sign_in, &person);
  owner.person = person;
  owner.seed = seed;
  mash_store_get_root (hub->origin.store, &owner.root_person, &owner.root_key);
  info = mash_hub_info_new (mash_store_get_hub (hub->origin.store)->hub, "Hub", self->seat, "Desk",
                            TRUE);
  let_in (self, person);
  self->store = mash_store_create_seat (self->folder, info, hub->origin.policy, &owner, passphrase,
                                        &error);
  g_assert_no_error (error);
  settings = cluster_dup_settings (hub->cluster, database, self->login);
  self->line = mash_hub_line_open_admin (settings, &error);
  g_assert_no_error (error);
  begin_again (self);

  return self;
}

/* Closes the desk; gives its folder, for others to open. */
char *
sync_desk_leave (SyncDesk *self)
{
  char *folder = g_steal_pointer (&self->folder);

  mash_sync_core_free (self->core);
  mash_store_close (self->store, NULL);
  g_assert_finalize_object (self->store);
  mash_hub_line_close (self->line);
  g_free (self->database);
  g_free (self->login);
  g_free (self->sign_in);
  g_free (self->seat);
  g_free (self);

  return folder;
}

void
sync_desk_free (SyncDesk *self)
{
  g_autofree char *folder = sync_desk_leave (self);

  store_fixture_remove_all (folder);
}

/* What lies on the desk's disk now, whether it is open or not. */
char *
sync_desk_copy (SyncDesk *self)
{
  static guint n;
  g_autofree char *command = NULL;
  char *copy = g_strdup_printf ("%s-%u", self->folder, ++n);

  command = g_strdup_printf ("cp -a %s %s", self->folder, copy);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));

  return copy;
}

static void
open_again (SyncDesk *self)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  self->store = mash_store_open (self->folder, self->hub->origin.policy, self->sign_in, passphrase,
                                 &error);
  g_assert_no_error (error);
  begin_again (self);
}

/* Starts the desk from a copy of its disk, which it takes. */
void
sync_desk_put_back (SyncDesk *self,
                    char     *copy)
{
  mash_store_close (self->store, NULL);
  g_assert_finalize_object (self->store);
  store_fixture_remove_all (self->folder);
  g_free (self->folder);
  self->folder = copy;
  open_again (self);
}

/* Starts the desk again from what is on its disk; after a kill that is what lay there while it was
 * open, and nothing was closed. */
void
sync_desk_restart (SyncDesk *self,
                   gboolean  killed)
{
  if (killed)
    {
      sync_desk_put_back (self, sync_desk_copy (self));
      return;
    }
  mash_store_close (self->store, NULL);
  g_assert_finalize_object (self->store);
  open_again (self);
}

/* A new line, after the server was not there; what was on its way when it went is lost. */
void
sync_desk_connect (SyncDesk *self)
{
  g_autofree char *settings = cluster_dup_settings (self->hub->cluster, self->database,
                                                    self->login);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cut = g_error_new_literal (MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Cut");

  mash_hub_line_close (self->line);
  self->line = mash_hub_line_open_admin (settings, &error);
  g_assert_no_error (error);
  mash_sync_core_failed (self->core, cut, self->now);
  self->now += 2 * 60 * G_USEC_PER_SEC;
}

/* Carries a request to the hub; what it says is lost on the way back. */
void
sync_desk_carry_unheard (SyncDesk              *self,
                         const MashSyncRequest *request)
{
  g_auto (MashSyncReply) reply = { NULL };

  mash_sync_reply_ask (&reply, self->line, request);
}

/* Carries a request of the core to the hub and brings back what the hub says. */
void
sync_desk_carry (SyncDesk              *self,
                 const MashSyncRequest *request)
{
  g_auto (MashSyncReply) reply = { NULL };
  MashSyncDeed deed = request->deed;

  mash_sync_reply_ask (&reply, self->line, request);
  mash_sync_reply_hand_over (&reply, self->core, deed, self->now);
}

/* One request; whether there was anything to do but rest. */
gboolean
sync_desk_step (SyncDesk *self)
{
  const MashSyncRequest *request = mash_sync_core_get_next (self->core, self->now);

  mash_store_set_on_line (self->store, mash_sync_core_get_on_line (self->core));
  if (request->deed == MASH_SYNC_REST || request->deed == MASH_SYNC_STOP)
    {
      self->now = request->until;
      return FALSE;
    }
  sync_desk_carry (self, request);

  return TRUE;
}

/* Sends and fetches until there is nothing more to do. */
void
sync_desk_sync (SyncDesk *self)
{
  mash_sync_core_wake (self->core);
  while (sync_desk_step (self))
    ;
  g_assert_no_error (mash_sync_core_get_fault (self->core));
  g_assert_cmpint (mash_sync_core_get_end (self->core), ==, MASH_SYNC_END_NONE);
}

/* The tables are what the history says, and the history holds. */
void
sync_desk_verify (SyncDesk *self)
{
  g_autoptr (GError) error = NULL;
  MashVerifyReport *report = NULL;

  mash_store_verify (self->store, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  if (!report->holds)
    g_error ("%s %" G_GINT64_FORMAT " %s: %s", report->table, report->position, report->record,
             report->fault);
  mash_verify_report_free (report);
}

void
sync_desk_submit (SyncDesk  *self,
                  MashGroup *group)
{
  g_autoptr (GError) error = NULL;

  mash_store_submit (self->store, group, NULL, &error);
  g_assert_no_error (error);
}

void
sync_desk_write_note (SyncDesk   *self,
                      const char *contact,
                      const char *text)
{
  g_autoptr (MashGroup) group = mash_group_new ("note", contact);
  g_autofree char *at = mash_time_format (mash_store_get_now (self->store) - MASH_TIME_MINUTE);

  store_fixture_add (self->store, group, &mash_note_kind, "text", text, "significance", "routine",
                     "at", at, NULL);
  sync_desk_submit (self, group);
}

/* Somebody opens a contact at the desk. */
void
sync_desk_look (SyncDesk   *self,
                const char *contact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (self->store, contact, &error);

  g_assert_no_error (error);
}

/* The hub has every look of the desk, and those of each seat in a chain without a gap. */
void
sync_desk_assert_looks (SyncDesk *self)
{
  g_autofree char *digests = sync_desk_ask (self, "SELECT group_concat (hex (digest)) FROM access");
  g_autofree char *missing_sql = g_strdup_printf (
    "SELECT count (*) FROM string_to_table ('%s', ',') AS d WHERE decode (d, 'hex') NOT IN"
    " (SELECT sha256 (statement || signature) FROM mash.access)", digests);
  g_autofree char *missing = cluster_ask (self->hub->cluster, self->database, missing_sql);
  g_autofree char *gaps = cluster_ask (self->hub->cluster, self->database,
                                       "SELECT count (*) FROM (SELECT max (position) <> count (*)"
                                       " AS gap FROM mash.access GROUP BY seat) x WHERE gap");

  g_assert_cmpstr (digests, !=, "");
  g_assert_cmpstr (missing, ==, "0");
  g_assert_cmpstr (gaps, ==, "0");
}

char *
sync_desk_ask (SyncDesk   *self,
               const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, sql, &error);

  g_assert_no_error (error);
  if (mash_statement_step (row, &error) != MASH_STEP_ROW)
    {
      g_assert_no_error (error);
      return g_strdup ("");
    }

  return g_strdup (mash_statement_is_null (row, 0) ? "" : mash_statement_get_text (row, 0));
}

void
sync_desk_assert (SyncDesk   *self,
                  const char *sql,
                  const char *expected)
{
  g_autofree char *answer = sync_desk_ask (self, sql);

  g_assert_cmpstr (answer, ==, expected);
}
