/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How people and desks come in and go, over the line that a hub really has: TLS 1.3 with
 * certificates on both sides, SCRAM bound to the channel.
 */

#include "config.h"

#include <string.h>

#include "hub-town.h"
#include "mash-hub-calls.h"
#include "mash-hub-installer.h"
#include "mash-kinds.h"
#include "mash-time.h"

#define PASSPHRASE "a lantern by the gate"

static HubTown *town;

static void
assert_answer (const char *sql,
               const char *expected)
{
  g_autofree char *answer = hub_town_ask (town, sql);

  g_assert_cmpstr (answer, ==, expected);
}

/* Somebody who is let in and has enrolled at the first desk. */
static MashAdmission *
bring_in (const char  *sign_in,
          const char  *role,
          char       **seat)
{
  g_autofree char *staff = hub_town_add (town, sign_in, role);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) code = mash_hub_people_invite (town->line, staff, sign_in, NULL, &error);
  g_autoptr (MashSecret) passphrase = hub_town_secret (PASSPHRASE);
  MashAdmission *admission;

  g_assert_no_error (error);
  *seat = mash_hub_people_make_id ();
  admission = mash_hub_enrol (town->desks[0], sign_in, code, passphrase, NULL, *seat, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (admission->person, ==, staff);

  return admission;
}

static MashHubLine *
enter (guint            desk,
       const char      *sign_in,
       const char      *passphrase,
       MashAdmission  **admission)
{
  g_autoptr (MashSecret) secret = hub_town_secret (passphrase);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashAdmission) own = NULL;
  MashHubLine *line = NULL;

  own = mash_hub_enter (town->desks[desk], sign_in, secret, &line, &error);
  g_assert_no_error (error);
  if (admission != NULL)
    *admission = g_steal_pointer (&own);

  return line;
}

static void
assert_refused (guint         desk,
                const char   *sign_in,
                const char   *passphrase,
                MashSyncError code)
{
  g_autoptr (MashSecret) secret = hub_town_secret (passphrase);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashAdmission) admission = mash_hub_enter (town->desks[desk], sign_in, secret, NULL,
                                                        &error);

  g_assert_error (error, MASH_SYNC_ERROR, (int) code);
  g_assert_null (admission);
}

static void
assert_state (MashHubLine   *line,
              MashSyncError  code,
              const char    *sql)
{
  g_autoptr (GError) error = NULL;

  if (mash_hub_line_run (line, sql, &error))
    g_error ("This was allowed: %s", sql);
  g_assert_error (error, MASH_SYNC_ERROR, (int) code);
}

static char *
say (const char *format,
     const char *one,
     const char *other)
{
  g_auto (GStrv) first = g_strsplit (format, "ONE", -1);
  g_autofree char *half = g_strjoinv (one, first);
  g_auto (GStrv) second = g_strsplit (half, "OTHER", -1);

  return g_strjoinv (other, second);
}

/* With a code in, with a passphrase from then on, at any desk, always to the same keys. */
static void
test_enrol (void)
{
  g_autofree char *seat = NULL;
  g_autofree char *other_seat = mash_hub_people_make_id ();
  g_autoptr (MashAdmission) first = bring_in ("anna", "SW", &seat);
  g_autoptr (MashAdmission) second = NULL;
  g_autoptr (MashHubLine) line = enter (1, "Anna", PASSPHRASE, &second);
  g_autofree char *key = mash_person_keys_dup_public (second->keys);
  g_autoptr (MashHello) hello = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_secret_equal (first->keys->person_key, second->keys->person_key));
  g_assert_true (mash_secret_equal (first->keys->seed, second->keys->seed));
  g_assert_cmpstr (second->person, ==, first->person);
  sql = say ("SELECT state ->> 'public-key' FROM mash.entity WHERE id = 'ONE'", first->person, "");
  assert_answer (sql, key);

  mash_hub_sit (line, town->desks[1], other_seat, &error);
  g_assert_no_error (error);
  hello = mash_hub_call_hello (line, other_seat, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hello->verdict, ==, "ok");
  /* A seat is at one machine. */
  mash_hello_free (hello);
  hello = mash_hub_call_hello (line, seat, 0, NULL, &error);
  g_assert_cmpstr (hello->verdict, ==, "unknown_desk");
  assert_refused (0, "anna", "another lantern", MASH_SYNC_ERROR_DENIED);
  assert_refused (0, "nobody", PASSPHRASE, MASH_SYNC_ERROR_DENIED);
}

/* Who is invited may do one thing; the code opens once. */
static void
test_invited (void)
{
  g_autofree char *staff = hub_town_add (town, "ben", "MM");
  g_autofree char *seat = mash_hub_people_make_id ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) code = mash_hub_people_invite (town->line, staff, "ben", NULL, &error);
  g_autoptr (MashSecret) passphrase = hub_town_secret (PASSPHRASE);
  g_autoptr (MashAdmission) admission = NULL;
  g_autoptr (MashHubLine) line = NULL;
  g_autofree char *login = mash_person_dup_login (town->desks[0]->hub, "ben");
  g_autoptr (MashPersonDoor) door = NULL;
  MashHubAddress address;
  static const char *const calls[] = {
    "SELECT api1.sit ('ONE', 'OTHER')",
    "SELECT api1.bundle ('ONE')",
  };

  g_assert_no_error (error);
  door = mash_person_door_derive (town->desks[0]->hub, login, code, &town->desks[0]->cost, NULL);
  mash_enrolment_get_address (town->desks[0], login,
                              (const char *) mash_secret_get_data (door->word, NULL), &address);
  line = mash_hub_line_open (&address, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *sql = say (calls[i], town->desks[0]->desk, seat);

      assert_state (line, MASH_SYNC_ERROR_INVITED, sql);
    }
  /* Without a key of their own, or with one that somebody else says, nobody gets in. */
  assert_state (line, MASH_SYNC_ERROR_UNKNOWN_DESK,
                "SELECT api1.enrol ('another', NULL, NULL, NULL, NULL, NULL, NULL)");
  assert_state (line, MASH_SYNC_ERROR_UNKNOWN_DESK, "SELECT api1.pull ('x', 0, '', 1, 1)");

  admission = mash_hub_enrol (town->desks[0], "ben", code, passphrase, NULL, seat, &error);
  g_assert_no_error (error);
  g_clear_pointer (&admission, mash_admission_free);
  admission = mash_hub_enrol (town->desks[0], "ben", code, passphrase, NULL, seat, &error);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_DENIED);
}

/* How a key is said falsely. */
typedef struct
{
  const char *person;     /* NULL for the right one */
  const char *public_key; /* NULL for one that is well formed */
  gint64      revision;
  gboolean    qualified;  /* says more than the key */
} FalseKey;

static char *
write_false_enrolment (const FalseKey *row,
                       const char     *staff,
                       const char     *seat)
{
  static const guint8 salt[MASH_CHANGE_SALT_SIZE] = { 1 };
  g_autoptr (MashPersonKeys) keys = mash_person_keys_new (NULL);
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autofree char *key = mash_person_keys_dup_public (keys);
  g_autofree char *id = mash_hub_people_make_id ();
  const char *person = row->person != NULL ? row->person : staff;
  const MashSaying saying = {
    .hub = town->desks[0]->hub, .group = id, .desk = seat, .person = person, .post = "",
    .compartment = "default", .said_at = "2026-03-02T10:00:00.000Z",
  };
  MashEdit *edit = mash_edit_new (mash_kind_lookup ("staff"), person, row->revision);
  g_autoptr (MashChange) change = NULL;
  g_autoptr (GBytes) statement = NULL;
  g_autofree char *text = NULL;

  mash_edit_set_text (edit, "public-key", row->public_key != NULL ? row->public_key : key);
  if (row->qualified)
    mash_edit_set_flag (edit, "qualified", TRUE);
  mash_group_take_edit (group, edit);
  change = mash_change_new_for_edit (group, 0, &saying, id, salt, NULL);
  statement = mash_change_to_statement (change);
  text = mash_hub_write_bytes (statement);

  return g_strdup_printf ("SELECT api1.enrol ('%s', '%s', 'SCRAM-SHA-256$4096:' || repeat ('A', 22)"
                          " || '==$' || repeat ('A', 43) || '=:' || repeat ('A', 43) || '=',"
                          " decode (repeat ('00', 64), 'hex'), NULL, '%s',"
                          " decode (repeat ('00', 64), 'hex'))", town->desks[0]->desk, seat, text);
}

/* The one change that the hub takes before it knows a key says that key, of its owner, no more. */
static void
test_false_keys (void)
{
  g_autofree char *staff = hub_town_add (town, "kim", "SW");
  g_autofree char *victim = hub_town_add (town, "lou", "MM");
  g_autofree char *login = mash_person_dup_login (town->desks[0]->hub, "kim");
  g_autoptr (MashSecret) code = mash_hub_people_invite (town->line, staff, "kim", NULL, NULL);
  g_autoptr (MashPersonDoor) door = NULL;
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (GError) error = NULL;
  MashHubAddress address;
  const FalseKey rows[] = {
    { .person = victim, .revision = 1 },
    { .revision = 1, .public_key = "not a key" },
    { .revision = 7 },
    { .revision = 1, .qualified = TRUE },
  };

  door = mash_person_door_derive (town->desks[0]->hub, login, code, &town->desks[0]->cost, NULL);
  mash_enrolment_get_address (town->desks[0], login,
                              (const char *) mash_secret_get_data (door->word, NULL), &address);
  line = mash_hub_line_open (&address, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *seat = mash_hub_people_make_id ();
      g_autofree char *sql = write_false_enrolment (&rows[i], staff, seat);

      assert_state (line, MASH_SYNC_ERROR_MALFORMED, sql);
    }
  assert_answer ("SELECT count (*) FROM mash.person p JOIN mash.entity e ON e.id = p.id"
                 " WHERE p.state = 'invited' AND e.state ->> 'sign-in' = 'kim' AND"
                 " NOT e.state ? 'public-key'", "1");
  assert_answer ("SELECT count (*) FROM mash.seat s JOIN mash.entity e ON e.id = s.person"
                 " WHERE e.state ->> 'sign-in' = 'kim'", "0");
}

static void
test_passphrase (void)
{
  g_autofree char *seat = NULL;
  g_autoptr (MashAdmission) admission = bring_in ("carol", "SW", &seat);
  g_autoptr (MashHubLine) line = enter (0, "carol", PASSPHRASE, NULL);
  g_autoptr (MashSecret) fresh = hub_town_secret ("three boats at noon");
  g_autoptr (MashAdmission) after = NULL;
  g_autoptr (MashHubLine) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *plain = say ("SELECT api1.change_secret ('ONE', 'plain words',"
                                " decode (repeat ('00', 64), 'hex'), NULL)", seat, "");

  mash_hub_change_passphrase (line, town->desks[0], seat, admission, fresh, &error);
  g_assert_no_error (error);
  assert_refused (1, "carol", PASSPHRASE, MASH_SYNC_ERROR_DENIED);
  again = enter (1, "carol", "three boats at noon", &after);
  g_assert_true (mash_secret_equal (admission->keys->person_key, after->keys->person_key));
  assert_state (line, MASH_SYNC_ERROR_MALFORMED, plain);
}

/* A forgotten passphrase costs two supervisors a visit, and nobody their keys. */
static void
test_reset (void)
{
  g_autofree char *seat = NULL;
  g_autofree char *new_seat = mash_hub_people_make_id ();
  g_autoptr (MashAdmission) before = bring_in ("dora", "SW", &seat);
  g_autofree char *half = g_build_filename (town->authority, "recovery-half-1", NULL);
  g_autofree char *other = g_build_filename (town->authority, "recovery-half-2", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) recovery = mash_hub_folder_join (half, other, &error);
  g_autoptr (MashSecret) wrong = mash_hub_folder_join (half, half, NULL);
  g_autoptr (MashSecret) code = NULL;
  g_autoptr (MashSecret) fresh = hub_town_secret ("nine geese");
  g_autoptr (MashAdmission) after = NULL;

  g_assert_no_error (error);
  code = mash_hub_people_invite (town->line, before->person, "dora", wrong, &error);
  g_assert_null (code);
  g_clear_error (&error);
  code = mash_hub_people_invite (town->line, before->person, "dora", recovery, &error);
  g_assert_no_error (error);
  assert_refused (0, "dora", PASSPHRASE, MASH_SYNC_ERROR_DENIED);
  after = mash_hub_enrol (town->desks[1], "dora", code, fresh, NULL, new_seat, &error);
  g_assert_no_error (error);
  g_assert_true (mash_secret_equal (before->keys->person_key, after->keys->person_key));
  g_assert_true (mash_secret_equal (before->keys->seed, after->keys->seed));
}

/* A seat that was taken again is at its end; two copies of one database are never both believed. */
static void
test_seats (void)
{
  g_autofree char *seat = NULL;
  g_autofree char *next = mash_hub_people_make_id ();
  g_autoptr (MashAdmission) admission = bring_in ("edda", "SW", &seat);
  g_autoptr (MashHubLine) line = enter (0, "edda", PASSPHRASE, NULL);
  g_autoptr (MashHello) hello = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *taken = say ("SELECT api1.sit ('ONE', 'OTHER')", town->desks[0]->desk, seat);
  g_autofree char *elsewhere = say ("SELECT api1.sit ('ONE', 'OTHER')", town->desks[1]->desk, next);

  g_assert_nonnull (admission);
  mash_hub_sit (line, town->desks[0], next, &error);
  g_assert_no_error (error);
  hello = mash_hub_call_hello (line, seat, 0, NULL, &error);
  g_assert_cmpstr (hello->verdict, ==, "replaced");
  assert_state (line, MASH_SYNC_ERROR_STOPPED, taken);
  assert_state (line, MASH_SYNC_ERROR_UNKNOWN_DESK, elsewhere);
}

/* Revoking at once is one act: the open line ends, no new one begins. */
static void
test_revoke_person (void)
{
  g_autofree char *seat = NULL;
  g_autoptr (MashAdmission) admission = bring_in ("finn", "SW", &seat);
  g_autoptr (MashHubLine) line = enter (0, "finn", PASSPHRASE, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;

  mash_hub_people_revoke (town->line, admission->person, TRUE, &error);
  g_assert_no_error (error);
  assert_state (line, MASH_SYNC_ERROR_OFFLINE, "SELECT 1");
  assert_refused (0, "finn", PASSPHRASE, MASH_SYNC_ERROR_DENIED);
  sql = say ("SELECT count (*) FROM mash.member WHERE person = 'ONE' AND until IS NULL",
             admission->person, "");
  assert_answer (sql, "0");
  g_assert_false (mash_hub_people_revoke (town->line, "nobody", TRUE, NULL));
  g_assert_false (mash_hub_people_revoke (town->line, "nobody", FALSE, NULL));
}

static MashHubLine *
open_line (MashAdmission *admission)
{
  g_autoptr (GError) error = NULL;
  MashHubAddress address;
  MashHubLine *line;

  mash_enrolment_get_address (town->desks[0], admission->login,
                              (const char *) mash_secret_get_data (admission->door->word, NULL),
                              &address);
  line = mash_hub_line_open (&address, &error);
  g_assert_no_error (error);

  return line;
}

/* Otherwise their desk is told, and hands in what it has, for a time: it comes through no other
 * door, and a second time shuts them out whole. */
static void
test_hand_in (void)
{
  static const char *const closed[] = {
    "SELECT api1.pull ('ONE', 0, '', 200, 1000)",
    "SELECT api1.turn ('ONE', 0, 0, '', '{}')",
    "SELECT api1.push ('ONE', 1, '{}', '{}', '{}')",
    "SELECT api1.snapshot ('ONE', 'staff', '', 10)",
    "SELECT api1.history ('ONE', 'x', NULL, 10)",
    "SELECT api1.looks ('ONE', 'x', NULL, NULL, NULL, 10)",
    "SELECT api1.waiting ('ONE', 10)",
    "SELECT api1.reoffer ('ONE', '{}', '{}')",
    "SELECT api1.ack ('ONE', 0, '', 0)",
    "SELECT api1.change_secret ('ONE', '', '', NULL)",
    "SELECT api1.sit ('OTHER', 'ONE')",
    "SELECT api1.bundle ('OTHER')",
    "SELECT api1.renew ('ONE', 'ONE')",
    "SELECT api1.enrol ('OTHER', 'ONE', NULL, NULL, NULL, NULL, NULL)",
  };
  g_autofree char *seat = NULL;
  g_autoptr (MashAdmission) admission = bring_in ("nora", "SW", &seat);
  g_autoptr (MashHubLine) before = enter (0, "nora", PASSPHRASE, NULL);
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (MashHello) hello = NULL;
  g_autoptr (GError) error = NULL;

  mash_hub_people_revoke (town->line, admission->person, FALSE, &error);
  g_assert_no_error (error);
  assert_state (before, MASH_SYNC_ERROR_OFFLINE, "SELECT 1");
  assert_refused (0, "nora", PASSPHRASE, MASH_SYNC_ERROR_REVOKED);
  line = open_line (admission);
  hello = mash_hub_call_hello (line, seat, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hello->verdict, ==, "revoked");
  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      g_autofree char *sql = say (closed[i], seat, town->desks[0]->desk);

      assert_state (line, MASH_SYNC_ERROR_REVOKED, sql);
    }
  assert_answer ("SELECT (r.rolvaliduntil BETWEEN now () + interval '13 days' AND"
                 " now () + interval '15 days')::text FROM pg_roles r JOIN mash.person p"
                 " ON p.login = r.rolname JOIN mash.entity e ON e.id = p.id"
                 " WHERE e.state ->> 'sign-in' = 'nora'", "true");

  mash_hub_people_revoke (town->line, admission->person, FALSE, &error);
  g_assert_no_error (error);
  assert_refused (0, "nora", PASSPHRASE, MASH_SYNC_ERROR_DENIED);
}

static void
alter (const char *person,
       const char *field,
       const char *value)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (GError) error = NULL;
  MashEdit *edit = mash_hub_people_alter (town->line, "staff", person, field, value, &error);

  g_assert_no_error (error);
  mash_group_take_edit (group, edit);
  mash_hub_people_say (town->line, town->root, group, &error);
  g_assert_no_error (error);
}

static void
assert_hello (MashHubLine *line,
              const char  *seat,
              const char  *verdict)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHello) hello = mash_hub_call_hello (line, seat, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hello->verdict, ==, verdict);
}

/* Whoever has come in keeps their keys, whatever the administrator types. */
static void
test_invite_again (void)
{
  g_autofree char *seat = NULL;
  g_autoptr (MashAdmission) before = bring_in ("jane", "SW", &seat);
  g_autoptr (MashAdmission) after = NULL;
  g_autoptr (MashSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = NULL;

  code = mash_hub_people_invite (town->line, before->person, "jane", NULL, &error);
  g_assert_null (code);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_ENROLLED);
  line = enter (0, "jane", PASSPHRASE, &after);
  g_assert_true (mash_secret_equal (before->keys->person_key, after->keys->person_key));
  assert_answer ("SELECT count (*) FROM pg_roles r, unnest (r.rolconfig) AS setting"
                 " WHERE r.rolconnlimit = 8 AND setting = 'temp_file_limit=256MB' AND r.rolname ="
                 " (SELECT p.login FROM mash.person p JOIN mash.entity e ON e.id = p.id"
                 "  WHERE e.state ->> 'sign-in' = 'jane')", "1");
}

static gpointer
acknowledge (gpointer data)
{
  gpointer *call = data;

  return GINT_TO_POINTER (mash_hub_line_run (call[0], call[1], NULL));
}

/* Who holds a transaction open is ended, and not who waits for it. */
static void
test_held_up (void)
{
  g_autofree char *seat = NULL;
  g_autoptr (MashAdmission) admission = bring_in ("ines", "SW", &seat);
  g_autoptr (MashHubLine) holder = enter (0, "ines", PASSPHRASE, NULL);
  g_autoptr (MashHubLine) victim = enter (0, "ines", PASSPHRASE, NULL);
  g_autofree char *sql = say ("SELECT api1.ack ('ONE', 0, '', 0)", seat, "");
  g_autofree char *desks = mash_hub_dup_role (town->desks[0]->hub, "desks");
  g_autofree char *watch = say ("SELECT mash.watch ('ONE', interval '10 ms')", desks, "");
  g_autofree char *waiting = NULL;
  gpointer call[] = { victim, sql };
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_assert_nonnull (admission);
  mash_hub_line_run (holder, "BEGIN", &error);
  mash_hub_line_run (holder, sql, &error);
  g_assert_no_error (error);
  thread = g_thread_new ("victim", acknowledge, call);
  while (g_strcmp0 (waiting, "1") != 0)
    {
      g_free (waiting);
      waiting = hub_town_ask (town, "SELECT count (*) FROM pg_stat_activity"
                              " WHERE wait_event_type = 'Lock' AND state = 'active' AND"
                              " query_start < clock_timestamp () - interval '200 ms'");
    }
  g_free (hub_town_ask (town, watch));
  g_assert_true (GPOINTER_TO_INT (g_thread_join (thread)));
  g_assert_false (mash_hub_line_run (holder, "COMMIT", NULL));
}

static void
assert_unsent (MashHubLine *line,
               const char  *sql,
               const char  *seat,
               guint64      unsent,
               const char  *since)
{
  g_autofree char *said = say (sql, seat, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) desks = NULL;
  gint64 expected = since != NULL ? mash_time_parse_or (since, -1) : 0;
  guint64 n = 0;
  gint64 oldest = 0;

  mash_hub_line_run (line, said, &error);
  g_assert_no_error (error);
  desks = mash_hub_people_list_desks (town->line, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < desks->len; i++)
    {
      const MashDeskState *desk = g_ptr_array_index (desks, i);

      n += desk->unsent;
      oldest = MAX (oldest, desk->unsent_since);
    }
  g_assert_cmpuint (n, ==, unsent);
  g_assert_cmpint (oldest, ==, expected);
}

/* What a desk says of what it has not sent, a desk of before without saying since when. */
static void
test_unsent (void)
{
  g_autofree char *seat = NULL;
  g_autoptr (MashAdmission) admission = bring_in ("uma", "SW", &seat);
  g_autoptr (MashHubLine) line = enter (0, "uma", PASSPHRASE, NULL);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;
  const char *since = "2026-03-02T09:14:00.000Z";

  mash_hub_call_ack (line, seat, 0, none, 12, mash_time_parse_or (since, -1), &error);
  g_assert_no_error (error);
  assert_unsent (line, "SELECT 1", seat, 12, since);
  assert_unsent (line, "SELECT api1.ack ('ONE', 0, '', 3)", seat, 3, NULL);
  assert_unsent (line, "SELECT api1.ack ('ONE', 0, '', 2, '2026-03-02T09:15:00.000Z')", seat, 2,
                 "2026-03-02T09:15:00.000Z");
  assert_unsent (line, "SELECT api1.ack ('ONE', 0, '', 2, 'a while ago')", seat, 2, NULL);
  g_free (hub_town_ask (town, "UPDATE mash.meta SET clock = '2026-03-02 10:00Z' RETURNING 1"));
  assert_unsent (line, "SELECT api1.ack ('ONE', 0, '', 2, '2026-03-02T10:00:00.001Z')", seat, 2,
                 "2026-03-02T10:00:00.000Z");
  g_free (hub_town_ask (town, "UPDATE mash.meta SET clock = NULL RETURNING 1"));
  assert_unsent (line, "SELECT api1.ack ('ONE', 0, '', 0, '2026-03-02T09:14:00.000Z')", seat, 0,
                 NULL);
  mash_hub_call_ack (line, seat, 0, none, 2, 0, &error);
  g_assert_no_error (error);
  assert_unsent (line, "SELECT 1", seat, 2, NULL);
  mash_hub_call_ack (line, seat, 0, none, 0, 0, &error);
  g_assert_no_error (error);
}

/* Two lines are as many as a desk needs. */
static void
test_watch (void)
{
  g_autofree char *seat = NULL;
  g_autoptr (MashAdmission) admission = bring_in ("iris", "SW", &seat);
  MashHubLine *lines[3];
  guint n_ended = 0;
  guint n_left = 0;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (admission);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    lines[i] = enter (0, "iris", PASSPHRASE, NULL);
  mash_hub_people_watch (town->line, &n_ended, &error);
  g_assert_no_error (error);
  /* What the enrolment came by may still be there too. */
  g_assert_cmpuint (n_ended, >=, 1);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      n_left += mash_hub_line_run (lines[i], "SELECT 1", NULL) ? 1 : 0;
      mash_hub_line_close (lines[i]);
    }
  g_assert_cmpuint (n_left, ==, 2);
}

/* Suspended, or with vetting that has lapsed, somebody reads and says nothing; what they had not
 * sent goes where a manager finds it. */
static void
test_standing (void)
{
  g_autofree char *seat = NULL;
  g_autoptr (MashAdmission) admission = bring_in ("gwen", "SW", &seat);
  g_autoptr (MashHubLine) line = enter (0, "gwen", PASSPHRASE, NULL);
  g_autofree char *pull = say ("SELECT api1.pull ('ONE', 0, '', 200, 1000)", seat, "");

  assert_hello (line, seat, "ok");
  alter (admission->person, "suspended", "true");
  assert_hello (line, seat, "suspended");
  assert_state (line, MASH_SYNC_ERROR_REVOKED, pull);
  alter (admission->person, "suspended", "false");
  assert_hello (line, seat, "ok");
  alter (admission->person, "vetting-expires-on", "2020-01-31");
  assert_hello (line, seat, "unvetted");
  alter (admission->person, "vetting-expires-on", "2099-01-31");
  assert_hello (line, seat, "ok");
}

/* A desk that was revoked comes in no more, by the hub's doors and by the server's list. */
static void
test_revoke_desk (void)
{
  g_autofree char *seat = NULL;
  g_autoptr (MashAdmission) admission = bring_in ("hana", "SW", &seat);
  g_autofree char *folder = g_build_filename (town->folder, "lost", NULL);
  g_autofree char *list = g_build_filename (town->authority, "revoked.crl", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashEnrolment) lost = NULL;
  g_autoptr (MashSecret) secret = hub_town_secret (PASSPHRASE);
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (MashAdmission) there = NULL;

  mash_hub_people_enrol_desk (town->line, town->authority, "lost", folder, &error);
  g_assert_no_error (error);
  lost = mash_enrolment_load (folder, &error);
  g_assert_no_error (error);
  g_free (lost->port);
  lost->port = g_strdup (town->desks[0]->port);
  there = mash_hub_enter (lost, "hana", secret, &line, &error);
  g_assert_no_error (error);

  mash_hub_people_revoke_desk (town->line, town->authority, lost->desk, FALSE, &error);
  g_assert_no_error (error);
  assert_state (line, MASH_SYNC_ERROR_OFFLINE, "SELECT 1");
  g_clear_pointer (&there, mash_admission_free);
  there = mash_hub_enter (lost, "hana", secret, NULL, &error);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REVOKED);
  g_clear_error (&error);

  /* Once the server has the list, there is no line at all. */
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  cluster_put_file (town->cluster, "revoked.crl", text);
  assert_answer ("SELECT pg_reload_conf ()", "t");
  for (guint tries = 0; tries < 200; tries++)
    {
      g_clear_error (&error);
      there = mash_hub_enter (lost, "hana", secret, NULL, &error);
      g_assert_null (there);
      if (strstr (error->message, "no line") != NULL)
        break;
      g_usleep (50000);
    }
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REVOKED);
  g_clear_pointer (&line, mash_hub_line_close);
  line = enter (0, "hana", PASSPHRASE, NULL);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town = hub_town_new ();
  g_test_add_func ("/hub-people/enrol", test_enrol);
  g_test_add_func ("/hub-people/invited", test_invited);
  g_test_add_func ("/hub-people/false-keys", test_false_keys);
  g_test_add_func ("/hub-people/passphrase", test_passphrase);
  g_test_add_func ("/hub-people/reset", test_reset);
  g_test_add_func ("/hub-people/seats", test_seats);
  g_test_add_func ("/hub-people/revoke-person", test_revoke_person);
  g_test_add_func ("/hub-people/hand-in", test_hand_in);
  g_test_add_func ("/hub-people/standing", test_standing);
  g_test_add_func ("/hub-people/watch", test_watch);
  g_test_add_func ("/hub-people/held-up", test_held_up);
  g_test_add_func ("/hub-people/unsent", test_unsent);
  g_test_add_func ("/hub-people/invite-again", test_invite_again);
  g_test_add_func ("/hub-people/revoke-desk", test_revoke_desk);
  status = g_test_run ();
  hub_town_free (town);

  return status;
}
