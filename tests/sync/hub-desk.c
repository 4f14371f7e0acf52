/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hub-desk.h"

#include <string.h>

#include "mash-kinds.h"
#include "mash-sync-core.h"
#include "mash-uuid.h"

/* An id from the test's own source of numbers. */
char *
hub_make_id (void)
{
  static gint64 made;
  char id[MASH_UUID_SIZE];
  guint8 random[10];

  for (guint i = 0; i < sizeof random; i++)
    random[i] = (guint8) g_test_rand_int_range (0, 256);
  mash_uuid7_format (1764000000000 + made++, random, id);

  return g_strdup (id);
}

/* Puts a record into a hub as if it had always been there. */
void
hub_put (Cluster    *cluster,
         const char *database,
         const char *kind,
         const char *id,
         const char *state)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO mash.entity (kind, id, born, revision, compartment, contact, created_at,"
    " created_by, created_post, updated_at, updated_by, last_seq, state)"
    " SELECT k, i, 0, 1, 'default', CASE k WHEN 'contact' THEN i ELSE s ->> 'contact' END,"
    " '', '', '', '', '', 0, s"
    " FROM (SELECT '%s' AS k, '%s' AS i, '%s'::jsonb AS s) AS x", kind, id, state);

  cluster_run (cluster, database, sql);
}

/* The same, of a form with words in it. */
void
hub_put_form (Cluster    *cluster,
              const char *database,
              const char *kind,
              const char *id,
              const char *form,
              ...)
{
  g_autofree char *state = NULL;
  va_list parts;

  va_start (parts, form);
  state = g_strdup_vprintf (form, parts);
  va_end (parts);
  hub_put (cluster, database, kind, id, state);
}

/* A note on a contact; gives its id to whoever asks. */
MashGroup *
hub_make_note (const char  *contact,
               const char  *text,
               char       **id)
{
  MashGroup *group = mash_group_new ("note", contact);
  g_autofree char *made = hub_make_id ();
  MashEdit *edit = mash_edit_new (&mash_note_kind, made, 0);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "text", text);
  mash_edit_set_text (edit, "significance", "routine");
  mash_edit_set_text (edit, "at", "2026-03-02T09:59:00.000Z");
  mash_group_take_edit (group, edit);
  if (id != NULL)
    *id = g_steal_pointer (&made);

  return group;
}

/* Somebody of an agency, in a post with a role, at a desk of their own that reaches the server
 * without the network. */
HubDesk *
hub_desk_new (Cluster    *cluster,
              const char *database,
              const char *hub,
              const char *person,
              const char *role,
              const char *seat)
{
  HubDesk *self = g_new0 (HubDesk, 1);
  g_autofree char *desks = mash_hub_dup_role (hub, "desks");
  g_autofree char *login = g_strdup_printf ("s_%s_%s", database, person);
  g_autofree char *staff = g_strdup_printf ("{\"agency\": \"agency-csc\", \"qualified\": true}");
  g_autofree char *post = NULL;
  g_autofree char *settings = cluster_dup_settings (cluster, database, login);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  self->hub = g_strdup (hub);
  self->seat = g_strdup (seat);
  self->person = g_strdup (person);
  self->post = g_strdup_printf ("post-%s", person);
  self->next_seq = 1;
  post = g_strdup_printf ("{\"staff\": \"%s\", \"role\": \"%s\", \"agency\": \"agency-csc\","
                          " \"on-duty\": true}", person, role);
  sql = g_strdup_printf (
    "CREATE ROLE %s LOGIN IN ROLE %s;"
    " INSERT INTO mash.person (id, login) VALUES ('%s', '%s');"
    " INSERT INTO mash.desk (id) VALUES ('desk-%s');"
    " INSERT INTO mash.seat (id, person, desk) VALUES ('%s', '%s', 'desk-%s');"
    " INSERT INTO mash.member (person, compartment, since) VALUES ('%s', 'default', '')",
    login, desks, person, login, seat, seat, person, seat, person);
  hub_put (cluster, database, "staff", person, staff);
  hub_put (cluster, database, "post", self->post, post);
  cluster_run (cluster, database, sql);
  self->line = mash_hub_line_open_admin (settings, &error);
  g_assert_no_error (error);

  return self;
}

void
hub_desk_free (HubDesk *self)
{
  mash_hub_line_close (self->line);
  g_free (self->hub);
  g_free (self->seat);
  g_free (self->person);
  g_free (self->post);
  g_free (self);
}

/* The changes of a group as this desk would send them. Hubs do not look at signatures; desks do. */
GPtrArray *
hub_desk_seal (HubDesk    *self,
               MashGroup  *group,
               const char *said_at)
{
  g_autofree char *id = hub_make_id ();
  GPtrArray *sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);
  MashSaying saying = {
    .hub = self->hub, .group = id, .desk = self->seat, .person = self->person, .post = self->post,
    .compartment = "default", .said_at = said_at,
  };

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      g_autofree char *change_id = hub_make_id ();
      guint8 salt[MASH_CHANGE_SALT_SIZE] = { (guint8) i };
      g_autoptr (GError) error = NULL;
      g_autoptr (MashChange) change = mash_change_new_for_edit (group, i, &saying, change_id, salt,
                                                                &error);

      g_assert_no_error (error);
      memset (change->signature, 7, sizeof change->signature);
      g_ptr_array_add (sealed, mash_signed_new (change));
    }

  return sealed;
}

/* Sends one group under the seat's next numbers. */
GPtrArray *
hub_desk_send (HubDesk    *self,
               GPtrArray  *group,
               GError    **error)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  GPtrArray *answers;

  g_ptr_array_add (groups, group);
  answers = mash_hub_call_push (self->line, self->seat, self->next_seq, groups, error);
  if (answers != NULL)
    self->next_seq += group->len;

  return answers;
}

/* Seals and sends a group now; gives the answer to its first change. */
MashAnswer *
hub_desk_say (HubDesk   *self,
              MashGroup *group)
{
  g_autoptr (GPtrArray) sealed = hub_desk_seal (self, group, "2026-03-02T10:00:00.000Z");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = hub_desk_send (self, sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, sealed->len);

  return g_ptr_array_steal_index (answers, 0);
}

/* Says a group, which goes by it, and sees how it is answered; @code is empty where it is taken. */
void
hub_desk_tell (HubDesk    *self,
               MashGroup  *group,
               const char *code)
{
  MashAnswer *answer = hub_desk_say (self, group);

  g_assert_cmpstr (answer->code, ==, code);
  g_assert_cmpstr (answer->says, ==, "");
  mash_answer_free (answer);
  mash_group_unref (group);
}

/* What they are answered to a question of their own: the first cell, or the state with which it
 * ends. */
char *
hub_desk_ask (HubDesk    *self,
              const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (self->line, &error, sql, NULL);

  if (rows == NULL)
    return g_strdup (strrchr (error->message, ' ') + 1);

  return g_strdup (mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_get_text (rows, 0, 0) : "");
}

void
hub_desk_assert (HubDesk    *self,
                 const char *sql,
                 const char *expected)
{
  g_autofree char *answer = hub_desk_ask (self, sql);

  if (strcmp (answer, expected) != 0)
    g_error ("“%s” gives “%s”, not “%s”", sql, answer, expected);
}

GPtrArray *
hub_desk_pull (HubDesk *self,
               guint64  after,
               GBytes  *chain)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = mash_hub_call_pull (self->line, self->seat, after, chain,
                                           MASH_HUB_ANY_TURN, 5000, MASH_SYNC_PAGE_BYTES, NULL,
                                           &error);

  g_assert_no_error (error);

  return entries;
}
