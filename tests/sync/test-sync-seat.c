/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody signs in at an enrolled desk, by TLS and with a bound proof, and sits down at another:
 * each desk fills a database of their own from the hub. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../service/seat.h"
#include "../service/typed-contact.h"
#include "hub-town.h"
#include "mash-policy-reader.h"
#include "mash-sentences.h"
#include "mash-service-hub.h"
#include "mash-service-keys.h"
#include "mash-store-private.h"

#define PASSPHRASE "a horse and two carts"

static HubTown *town;

static void
bring_in (const char *sign_in,
          const char *role)
{
  g_autofree char *staff = hub_town_add (town, sign_in, role);
  g_autofree char *seat = mash_hub_people_make_id ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) code = mash_hub_people_invite (town->line, staff, sign_in, NULL, &error);
  g_autoptr (MashSecret) passphrase = hub_town_secret (PASSPHRASE);
  g_autoptr (MashAdmission) admission = NULL;

  g_assert_no_error (error);
  admission = mash_hub_enrol (town->desks[0], sign_in, code, passphrase, NULL, seat, &error);
  g_assert_no_error (error);
}

/* A desk’s folder, with what the server told us of itself only now. */
static char *
prepare_desk (guint desk)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_path_get_dirname (town->desks[desk]->key);

  mash_enrolment_save (town->desks[desk], folder, &error);
  g_assert_no_error (error);

  return folder;
}

static void
sit (guint       desk,
     const char *sign_in)
{
  g_autofree char *folder = prepare_desk (desk);
  Seat seat = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      seat_open (&seat, folder);
      seat_sign_in (&seat, sign_in, PASSPHRASE);
      seat_wait_until (&seat, seat_is_known);
      g_assert_cmpstr (mash_service_get_person_name (seat.service), ==, "Somebody");
      seat_close (&seat);
    }
}

static void
test_sit_down (void)
{
  bring_in ("anna", "SW");
  sit (0, "anna");
  sit (1, "Anna");
  /* However the name is typed, it is the same person’s. */
  sit (1, "anna");
  sit (0, "ANNA");
}

static void
assert_stays_out (Seat       *seat,
                  const char *sign_in,
                  const char *words,
                  const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  mash_service_sign_in_async (seat->service, sign_in, words, NULL, seat_on_done_cb,
                              seat_call (seat));
  g_assert_false (mash_service_sign_in_finish (seat->service, seat_wait (seat), &error));
  sentence = mash_sentence_for_error (error);
  if (strstr (sentence, says) == NULL)
    g_error ("“%s” was said and not “%s”", sentence, says);
}

static char *
do_key (Seat        *seat,
        MashKeyAct   act,
        const char  *sign_in,
        const char  *passphrase,
        const char  *new_words,
        GError     **error)
{
  mash_service_do_key_async (seat->service, act, sign_in, passphrase, new_words, seat_on_done_cb,
                             seat_call (seat));

  return mash_service_do_key_finish (seat->service, seat_wait (seat), error);
}

static char *
invite (const char *sign_in,
        MashSecret *recovery)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM mash.entity WHERE kind = 'staff' AND"
                                          " state ->> 'sign-in' = '%s'", sign_in);
  g_autofree char *known = hub_town_ask (town, sql);
  g_autofree char *staff = known != NULL ? g_strdup (known) : hub_town_add (town, sign_in, "SW");
  g_autoptr (MashSecret) code = mash_hub_people_invite (town->line, staff, sign_in, recovery,
                                                        &error);
  gsize length;
  const char *text;

  g_assert_no_error (error);
  text = (const char *) mash_secret_get_data (code, &length);

  return g_strndup (text, length);
}

/* Somebody who has nothing but a code sets a passphrase with it at any desk, however it is typed,
 * and signs in; the code opens no more. */
static void
test_enrol (void)
{
  g_autofree char *folder = prepare_desk (1);
  g_autofree char *code = invite ("bea", NULL);
  g_autofree char *typed = g_ascii_strdown (code, -1);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  Seat seat = { 0 };

  seat_open (&seat, folder);
  assert_stays_out (&seat, "bea", code, "Set a passphrase with it first");
  said = do_key (&seat, MASH_KEY_RECOVER, "bea", typed, PASSPHRASE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, "");
  g_assert_null (do_key (&seat, MASH_KEY_RECOVER, "bea", code, PASSPHRASE, &error));
  g_assert_nonnull (strstr (error->message, "A code opens only once"));
  seat_sign_in (&seat, "bea", PASSPHRASE);
  seat_wait_until (&seat, seat_is_known);
  seat_close (&seat);
}

/* A passphrase that was changed at one desk opens at every other, where the old one does not open
 * the hub any more, and the line goes on with it. */
static void
test_change (void)
{
  g_autofree char *first = prepare_desk (0);
  g_autofree char *second = prepare_desk (1);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  Seat seat = { 0 };

  bring_in ("cleo", "SW");
  sit (0, "cleo");
  sit (1, "cleo");
  seat_open (&seat, second);
  seat_sign_in (&seat, "cleo", PASSPHRASE);
  g_assert_null (do_key (&seat, MASH_KEY_CHANGE_PASSPHRASE, NULL, "wrong", "never", &error));
  g_clear_error (&error);
  g_assert_null (do_key (&seat, MASH_KEY_MAKE_RECOVERY, NULL, PASSPHRASE, NULL, &error));
  g_clear_error (&error);
  said = do_key (&seat, MASH_KEY_CHANGE_PASSPHRASE, NULL, PASSPHRASE, "nine grey mice", &error);
  g_assert_no_error (error);
  seat_wait_until (&seat, seat_is_known);
  seat_close (&seat);

  seat_open (&seat, first);
  assert_stays_out (&seat, "cleo", "seven grey mice", "not right");
  seat_sign_in (&seat, "cleo", "nine grey mice");
  seat_wait_until (&seat, seat_is_known);
  seat_lock (&seat);
  assert_stays_out (&seat, "cleo", PASSPHRASE, "not right");
  seat_sign_in (&seat, "cleo", "nine grey mice");
  seat_close (&seat);
  seat_open (&seat, second);
  seat_sign_in (&seat, "cleo", "nine grey mice");
  seat_close (&seat);
}

/* After a reset, what somebody has at a desk goes on. */
static void
test_reset (void)
{
  g_autofree char *folder = prepare_desk (0);
  g_autofree char *half = g_build_filename (town->authority, "recovery-half-1", NULL);
  g_autofree char *other = g_build_filename (town->authority, "recovery-half-2", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) recovery = mash_hub_folder_join (half, other, &error);
  g_autofree char *code = NULL;
  g_autofree char *said = NULL;
  Seat seat = { 0 };

  g_assert_no_error (error);
  bring_in ("dov", "SW");
  sit (0, "dov");
  code = invite ("dov", recovery);
  seat_open (&seat, folder);
  said = do_key (&seat, MASH_KEY_RECOVER, "dov", code, "ten brown owls", &error);
  g_assert_no_error (error);
  seat_sign_in (&seat, "dov", "ten brown owls");
  seat_wait_until (&seat, seat_is_known);
  seat_close (&seat);
}

/* A first time that was cut off is begun again. */
static void
test_cut_off (void)
{
  g_autofree char *folder = prepare_desk (0);
  g_autofree char *login = mash_person_dup_login (town->desks[0]->hub, "enid");
  g_autofree char *path = g_build_filename (folder, login, NULL);
  g_autofree char *database = g_build_filename (path, "desk.db", NULL);

  bring_in ("enid", "SW");
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (database, "half of it", -1, NULL));
  sit (0, "enid");
}

/* Work that waits, because the hub does not hear this person or this desk any more. */
static void
write_contact (Seat *seat)
{
  g_autoptr (MashGroup) group = typed_contact_new (seat->service);

  seat_submit (seat, group);
}

static gboolean
is_signed_out (Seat *seat)
{
  return !mash_service_get_signed_in (seat->service);
}

static gboolean
is_away (Seat *seat)
{
  return mash_service_get_hub_reading (seat->service)->state == MASH_HUB_AWAY;
}

static gboolean
has_contact (Seat *seat)
{
  return mash_service_get_tray_count (seat->service, MASH_TRAY_FRONT_DOOR) > 0;
}

static void
run_at_hub (const char *sql)
{
  g_autofree char *nothing = hub_town_ask (town, sql);
}

/* What the hub does for itself, of somebody and a contact, and then tells all desks. */
static void
alter_at_hub (const char *sign_in,
              const char *contact,
              const char *steps)
{
  g_autofree char *sql = g_strdup_printf (
    "DO $$ DECLARE who text; what text := '%s'; BEGIN"
    " PERFORM set_config ('search_path', 'mash, pg_temp', true);"
    " SELECT id INTO who FROM entity WHERE kind = 'staff' AND state ->> 'sign-in' = '%s'; %s"
    " PERFORM pg_notify ('mash', head_seq::text) FROM meta; END $$", contact, sign_in, steps);

  run_at_hub (sql);
}

static void
assert_in_quarantine (const char *sign_in)
{
  g_autofree char *sql = g_strdup_printf ("SELECT (count (*) > 0)::text FROM mash.quarantine q"
                                          " JOIN mash.entity e ON e.id = q.person WHERE"
                                          " e.kind = 'staff' AND e.state ->> 'sign-in' = '%s'",
                                          sign_in);
  g_autofree char *answer = hub_town_ask (town, sql);

  g_assert_cmpstr (answer, ==, "true");
}

/* To whom the hub is closed for good, or whose desk is to be emptied, that has their unsent work
 * handed in, and then their database leaves the desk: not before the hub has it. */
static void
check_leaves (const char *sign_in,
              const char *close_sql,
              const char *open_sql)
{
  g_autofree char *folder = prepare_desk (1);
  g_autofree char *login = mash_person_dup_login (town->desks[1]->hub, sign_in);
  g_autofree char *path = g_build_filename (folder, login, NULL);
  Seat seat = { 0 };

  bring_in (sign_in, "SW");
  seat_open (&seat, folder);
  seat_sign_in (&seat, sign_in, PASSPHRASE);
  seat_wait_until (&seat, seat_is_known);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  run_at_hub ("ALTER FUNCTION api1.quarantine (text, bytea[], bytea[]) RENAME TO quarantine_gone");
  run_at_hub (close_sql);
  write_contact (&seat);
  seat_wait_until (&seat, is_away);
  g_assert_false (is_signed_out (&seat));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  seat_close (&seat);

  run_at_hub ("ALTER FUNCTION api1.quarantine_gone (text, bytea[], bytea[]) RENAME TO quarantine");
  seat_open (&seat, folder);
  seat_sign_in (&seat, sign_in, PASSPHRASE);
  seat_wait_until (&seat, is_signed_out);
  g_assert_true (mash_service_get_removed (seat.service));
  assert_in_quarantine (sign_in);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_stays_out (&seat, sign_in, PASSPHRASE, "was taken back");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  seat_close (&seat);
  run_at_hub (open_sql);
}

static void
test_emptied (void)
{
  check_leaves ("gwen", "UPDATE mash.desk SET state = 'wipe'"
                " WHERE id IN (SELECT s.desk FROM mash.seat s JOIN mash.entity e ON e.id = s.person"
                " WHERE e.state ->> 'sign-in' = 'gwen')",
                "UPDATE mash.desk SET state = 'active'");
}

static void
test_unvetted (void)
{
  check_leaves ("hal", "UPDATE mash.entity SET state = state || '{\"vetting-expires-on\":"
                " \"2020-01-01\"}' WHERE kind = 'staff' AND state ->> 'sign-in' = 'hal'",
                "SELECT 1");
}

static void
test_revoked (void)
{
  check_leaves ("rhea", "SELECT mash.revoke_person (e.id, '2099-01-01T00:00:00.000Z')"
                " FROM mash.entity e WHERE e.kind = 'staff' AND e.state ->> 'sign-in' = 'rhea'",
                "SELECT 1");
}

/* Alters what somebody's database at a desk knows, while nobody has it open. */
static void
alter_here (const char *path,
            const char *sign_in,
            const char *sql)
{
  g_autoptr (MashSecret) passphrase = hub_town_secret (PASSPHRASE);
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (NULL);
  g_autoptr (GError) error = NULL;
  MashStore *store = mash_store_open (path, policy, sign_in, passphrase, &error);

  g_assert_no_error (error);
  mash_database_run (store->database, &error, sql, NULL);
  g_assert_no_error (error);
  mash_store_close (store, NULL);
  g_object_unref (store);
}

static void
forget_hub (const char *path,
            const char *sign_in)
{
  alter_here (path, sign_in, "UPDATE meta SET met_at = '2026-01-05T00:00:00.000Z', met_ahead = 0");
}

/* Takes the line of a desk away, or gives it back. */
static void
set_port (guint       desk,
          const char *port)
{
  g_free (town->desks[desk]->port);
  town->desks[desk]->port = g_strdup (port);
  g_free (prepare_desk (desk));
}

/* Somebody writes while the hub is away, and locks. */
static void
write_alone (const char *folder,
             const char *sign_in)
{
  g_autofree char *port = g_strdup (town->desks[1]->port);
  Seat seat = { 0 };

  set_port (1, "1");
  seat_open (&seat, folder);
  seat_sign_in (&seat, sign_in, PASSPHRASE);
  write_contact (&seat);
  seat_close (&seat);
  set_port (1, port);
}

static void
assert_left (const char *folder,
             const char *path,
             const char *sign_in)
{
  Seat seat = { 0 };

  seat_open (&seat, folder);
  assert_stays_out (&seat, sign_in, PASSPHRASE, "Your access has ended");
  seat_close (&seat);
  assert_in_quarantine (sign_in);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Whose vetting was over on a day that their desk knew of: nobody gets in there while the hub is
 * away. Once it answers it has the last word: they come in where it was renewed, with what they had
 * not sent; where it was not, the hub gets that, and their database leaves the desk. */
static void
test_known_lapse (void)
{
  static const char lapse[] = "UPDATE staff SET vetting_expires_on = '2020-01-31'"
                              " WHERE sign_in = 'nia'";
  g_autofree char *folder = prepare_desk (1);
  g_autofree char *login = mash_person_dup_login (town->desks[1]->hub, "nia");
  g_autofree char *path = g_build_filename (folder, login, NULL);
  g_autofree char *port = g_strdup (town->desks[1]->port);
  g_autofree char *staff = NULL;
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (GError) error = NULL;
  Seat seat = { 0 };

  bring_in ("nia", "SW");
  sit (1, "nia");
  write_alone (folder, "nia");
  alter_here (path, "nia", lapse);
  set_port (1, "1");
  seat_open (&seat, folder);
  assert_stays_out (&seat, "nia", PASSPHRASE, "Your vetting has lapsed");
  seat_close (&seat);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  set_port (1, port);

  staff = mash_hub_people_find (town->line, "staff", "sign-in", "nia", &error);
  g_assert_no_error (error);
  mash_group_take_edit (group, mash_hub_people_set_vetting (town->line, staff, "2099-12-31",
                                                            &error));
  mash_hub_people_say (town->line, town->root, group, &error);
  g_assert_no_error (error);
  seat_open (&seat, folder);
  seat_sign_in (&seat, "nia", PASSPHRASE);
  seat_wait_until (&seat, seat_is_known);
  seat_wait_until (&seat, has_contact);
  seat_close (&seat);

  write_alone (folder, "nia");
  alter_here (path, "nia", lapse);
  run_at_hub ("UPDATE mash.entity SET state = state || '{\"vetting-expires-on\":"
              " \"2020-01-31\"}' WHERE kind = 'staff' AND state ->> 'sign-in' = 'nia'");
  assert_left (folder, path, "nia");
}

/* The same for whoever was away from the hub for too long, where it is closed to them by now. */
static void
test_closed_meanwhile (void)
{
  g_autofree char *folder = prepare_desk (1);
  g_autofree char *login = mash_person_dup_login (town->desks[1]->hub, "olu");
  g_autofree char *path = g_build_filename (folder, login, NULL);

  bring_in ("olu", "SW");
  sit (1, "olu");
  write_alone (folder, "olu");
  forget_hub (path, "olu");
  alter_at_hub ("olu", "", "UPDATE entity SET state = state || '{\"to\": \"2020-01-31\"}'"
                " WHERE kind = 'post' AND state ->> 'staff' = who; PERFORM follow_posts ();");
  assert_left (folder, path, "olu");
}

/* Whoever was away from the hub for too long comes in when it knows them again, and not before;
 * what they have here stays. */
static void
test_lease (void)
{
  g_autofree char *folder = prepare_desk (0);
  g_autofree char *login = mash_person_dup_login (town->desks[0]->hub, "kay");
  g_autofree char *path = g_build_filename (folder, login, NULL);
  g_autofree char *port = g_strdup (town->desks[0]->port);
  Seat seat = { 0 };

  bring_in ("kay", "SW");
  sit (0, "kay");
  forget_hub (path, "kay");

  set_port (0, "1");
  seat_open (&seat, folder);
  assert_stays_out (&seat, "kay", PASSPHRASE, "has not met its hub since 2026-01-05");
  assert_stays_out (&seat, "kay", "another", "not right");
  seat_close (&seat);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  set_port (0, port);
  sit (0, "kay");
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return G_SOURCE_REMOVE;
}

/* Whoever mistyped while the network swallows everything need not wait for it: nobody is in then,
 * and what they have here opens as before. */
static void
test_cancelled (void)
{
  g_autofree char *folder = prepare_desk (0);
  g_autofree char *port = g_strdup (town->desks[0]->port);
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  static const char *const typed[] = { "mistyped", PASSPHRASE };
  guint16 silent_port;
  Seat seat = { 0 };

  bring_in ("lou", "SW");
  sit (0, "lou");
  silent_port = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_free (town->desks[0]->port);
  town->desks[0]->port = g_strdup_printf ("%u", silent_port);
  g_free (prepare_desk (0));
  seat_open (&seat, folder);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      gint64 begun = g_get_monotonic_time ();
      gboolean in;

      mash_service_sign_in_async (seat.service, "lou", typed[i], cancellable, seat_on_done_cb,
                                  seat_call (&seat));
      if (i == 0)
        g_timeout_add (1500, cancel_cb, cancellable);
      in = mash_service_sign_in_finish (seat.service, seat_wait (&seat), &error);
      g_assert_cmpint (in, ==, i > 0);
      if (i == 0)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, 30 * G_USEC_PER_SEC);
    }
  seat_close (&seat);

  g_free (town->desks[0]->port);
  town->desks[0]->port = g_steal_pointer (&port);
  sit (0, "lou");
}

static guint n_gone;
static const char *gone_from; /* whose desk it is */

static void
on_gone_cb (MashService *service)
{
  n_gone++;
}

static gboolean
has_gone (Seat *seat)
{
  return n_gone > 0;
}

static char *
find_contact_of (const char *sign_in)
{
  g_autofree char *sql = g_strdup_printf ("SELECT c.id FROM mash.entity c JOIN mash.entity s"
                                          " ON s.id = c.created_by WHERE c.kind = 'contact' AND"
                                          " s.state ->> 'sign-in' = '%s'", sign_in);

  return hub_town_ask (town, sql);
}

static gboolean
is_at_hub (Seat *seat)
{
  g_autofree char *contact = find_contact_of (gone_from);

  return contact != NULL &&
         mash_service_get_hub_reading (seat->service)->unsent.n_changes == 0;
}

/* Whoever shows lists is told when contacts have gone from the desk, and only then: not of what
 * comes. An open contact says so itself. */
static void
check_gone (const char *sign_in,
            const char *steps)
{
  g_autofree char *folder = prepare_desk (1);
  g_autofree char *contact = NULL;
  g_autoptr (MashContactFile) file = NULL;
  Seat seat = { 0 };

  n_gone = 0;
  gone_from = sign_in;
  bring_in (sign_in, "SW");
  seat_open (&seat, folder);
  g_signal_connect (seat.service, "contacts-gone", G_CALLBACK (on_gone_cb), NULL);
  seat_sign_in (&seat, sign_in, PASSPHRASE);
  seat_wait_until (&seat, seat_is_known);
  write_contact (&seat);
  seat_wait_until (&seat, is_at_hub);
  contact = find_contact_of (sign_in);
  file = seat_open_contact (&seat, contact);
  g_assert_false (mash_contact_file_get_gone (file));
  g_assert_cmpuint (n_gone, ==, 0);

  alter_at_hub (sign_in, contact, steps);
  seat_wait_until (&seat, has_gone);
  while (!mash_contact_file_get_gone (file))
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&file);
  seat_close (&seat);
}

static void
test_gone (void)
{
  check_gone ("pia", "INSERT INTO entity (kind, id, born, revision, compartment, contact,"
              " created_at, created_by, created_post, updated_at, updated_by, last_seq, state)"
              " VALUES ('seal', 'seal-' || who, 0, 1, 'default', what, '', '', '', '', '', 0,"
              " jsonb_build_object ('contact', what, 'excluded', who, 'state', 'SEALED'));"
              " PERFORM close_and_open (who, head_seq + 1, now_text ()) FROM meta;");
  check_gone ("quin", "UPDATE entity SET state = state || '{\"role\": \"LM\"}'"
              " WHERE kind = 'post' AND state ->> 'staff' = who; PERFORM follow_posts ();");
}

/* A removal that was cut off goes on when the program starts again. */
static void
test_goes_on (void)
{
  g_autofree char *folder = prepare_desk (0);
  g_autofree char *login = mash_person_dup_login (town->desks[0]->hub, "ida");
  g_autofree char *path = g_build_filename (folder, login, NULL);
  g_autofree char *mark = g_build_filename (path, "leaving", NULL);
  Seat seat = { 0 };

  bring_in ("ida", "SW");
  sit (0, "ida");
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  seat_open (&seat, folder);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  seat_close (&seat);
}

static void
run_admin (const char *const *argv)
{
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "PGOPTIONS", "-c no.such", TRUE);
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                               NULL, NULL, NULL, &status, NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

/* What the administrator reads when they recover a desk. */
static void
assert_recovers (const char *folder,
                 const char *sign_in,
                 const char *half,
                 gboolean    does,
                 const char *says)
{
  g_autofree char *first = g_build_filename (town->authority, half, NULL);
  g_autofree char *second = g_build_filename (town->authority, "recovery-half-2", NULL);
  g_autofree char *server = cluster_dup_settings (town->cluster, "town", NULL);
  const char *const argv[] = {
    g_getenv ("MASH_ADMIN"), "desk", "recover", folder, sign_in, "--authority", town->authority,
    "--half", first, "--half", second, server, NULL,
  };
  g_autofree char *out = NULL;
  g_autofree char *fault = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out,
                               &fault, &status, NULL));
  if (g_spawn_check_wait_status (status, NULL) != does || strstr (does ? out : fault, says) == NULL)
    g_error ("“%s%s” was said and not “%s”", out, fault, says);
}

/* Somebody is revoked at once and can do nothing any more: two who hold the recovery key together
 * save what had not been sent, and nothing else of it is touched; once is enough. */
static void
test_recover (void)
{
  g_autofree char *folder = prepare_desk (1);
  g_autofree char *login = mash_person_dup_login (town->desks[1]->hub, "jon");
  g_autofree char *path = g_build_filename (folder, login, NULL);
  g_autofree char *left = g_build_filename (folder, "recover-left0", NULL);
  g_autofree char *mark = g_build_filename (left, "leaving", NULL);
  g_autofree char *staff = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) files = NULL;
  const char *name;
  Seat seat = { 0 };

  bring_in ("jon", "SW");
  seat_open (&seat, folder);
  seat_sign_in (&seat, "jon", PASSPHRASE);
  seat_wait_until (&seat, seat_is_known);
  staff = hub_town_ask (town, "SELECT id FROM mash.entity WHERE kind = 'staff' AND"
                        " state ->> 'sign-in' = 'jon'");
  g_assert_true (mash_hub_people_revoke (town->line, staff, TRUE, &error));
  write_contact (&seat);
  seat_wait_until (&seat, is_away);
  assert_recovers (folder, "jon", "recovery-half-1", FALSE, "already open");
  seat_close (&seat);

  /* What an attempt left that was cut off goes with the next. */
  g_assert_cmpint (g_mkdir (left, 0700), ==, 0);
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  assert_recovers (folder, "jon", "recovery-half-2", FALSE, "do not open");
  assert_recovers (folder, "nobody", "recovery-half-1", FALSE, "no member of staff");
  assert_recovers (folder, "anna", "recovery-half-1", TRUE, "has everything");
  assert_recovers (folder, "jon", "recovery-half-1", TRUE, "not been sent wait");
  assert_in_quarantine ("jon");
  assert_recovers (folder, "jon", "recovery-half-1", TRUE, "has everything");

  files = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (files)) != NULL)
    g_assert_false (g_str_has_prefix (name, "recover-"));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  seat_open (&seat, folder);
  seat_sign_in (&seat, "jon", PASSPHRASE);
  seat_wait_until (&seat, has_contact);
  seat_close (&seat);
}

/* Without a window; and what the environment says of servers is nothing to a desk. */
static void
test_command_line (void)
{
  g_autofree char *folder = prepare_desk (0);
  g_autofree char *words = g_build_filename (town->folder, "words", NULL);
  g_autofree char *typed = g_build_filename (town->folder, "code", NULL);
  g_autofree char *code = invite ("fay", NULL);
  const char *admin = g_getenv ("MASH_ADMIN");
  const char *const enrol[] = {
    admin, "--data", folder, "--passphrase-file", typed, "staff", "enrol", "fay",
    "--new-passphrase-file", words, NULL,
  };
  const char *const verify[] = {
    admin, "--data", folder, "--as", "fay", "--passphrase-file", words, "verify", NULL,
  };

  g_assert_true (g_file_set_contents (typed, code, -1, NULL));
  g_assert_true (g_file_set_contents (words, PASSPHRASE "\n", -1, NULL));
  run_admin (enrol);
  run_admin (verify);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town = hub_town_new ();
  g_test_add_func ("/sync/seat/sit-down", test_sit_down);
  g_test_add_func ("/sync/seat/enrol", test_enrol);
  g_test_add_func ("/sync/seat/change", test_change);
  g_test_add_func ("/sync/seat/reset", test_reset);
  g_test_add_func ("/sync/seat/cut-off", test_cut_off);
  g_test_add_func ("/sync/seat/emptied", test_emptied);
  g_test_add_func ("/sync/seat/unvetted", test_unvetted);
  g_test_add_func ("/sync/seat/revoked", test_revoked);
  g_test_add_func ("/sync/seat/lease", test_lease);
  g_test_add_func ("/sync/seat/known-lapse", test_known_lapse);
  g_test_add_func ("/sync/seat/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/sync/seat/cancelled", test_cancelled);
  g_test_add_func ("/sync/seat/gone", test_gone);
  g_test_add_func ("/sync/seat/goes-on", test_goes_on);
  g_test_add_func ("/sync/seat/recover", test_recover);
  g_test_add_func ("/sync/seat/command-line", test_command_line);

  status = g_test_run ();
  hub_town_free (town);

  return status;
}
