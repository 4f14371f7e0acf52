/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stand-alone hub is handed over to a central one, whose authority looks after its staff from
 * then on: desks follow what it says, and prove it. */

#include "config.h"

#include <glib/gstdio.h>

#include "../hub/mash-small-hub.h"
#include "../service/seat.h"
#include "hub-town.h"
#include "mash-hub-adopt.h"
#include "mash-kinds.h"
#include "mash-policy-reader.h"
#include "mash-service-hub.h"
#include "mash-store-hub.h"

#define PASSPHRASE "a horse and two carts"

static HubTown *town;
static char *origin;

static void
assert_answer (const char *sql,
               const char *expected)
{
  g_autofree char *answer = hub_town_ask (town, sql);

  g_assert_cmpstr (answer, ==, expected);
}

static char *
find_staff (const char *sign_in)
{
  char *staff = mash_hub_people_find (town->line, "staff", "sign-in", sign_in, NULL);

  g_assert_nonnull (staff);

  return staff;
}

/* Only who acts for the hub hands it over. */
static void
test_who_hands_over (void)
{
  g_autoptr (MashSecret) passphrase = hub_town_secret (MASH_SMALL_HUB_PASSPHRASE);
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (mash_hub_adopt (town->line, origin, MASH_SMALL_HUB_WORKER, passphrase, policy,
                                  &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mash_hub_appoint (town->line, origin, MASH_SMALL_HUB_WORKER, passphrase, policy,
                                    town->root, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
}

static MashGroup *
make_agency (const char *name)
{
  MashGroup *group = mash_group_new ("seed-staff", NULL);
  g_autofree char *id = mash_hub_people_make_id ();
  MashEdit *edit = mash_edit_new (mash_kind_lookup ("agency"), id, 0);

  mash_edit_set_text (edit, "type", "POL");
  mash_edit_set_text (edit, "name", name);
  mash_group_take_edit (group, edit);

  return group;
}

/* Another hub’s authority is nobody here. */
static void
test_other_authority (void)
{
  g_autofree char *folder = g_build_filename (town->folder, "other", NULL);
  g_autoptr (MashHubRoot) other = NULL;
  g_autoptr (MashGroup) group = make_agency ("Police");
  g_autoptr (GError) error = NULL;

  mash_hub_folder_create (folder, "Other", "localhost", "0", &error);
  g_assert_no_error (error);
  other = mash_hub_root_load (folder, &error);
  g_assert_no_error (error);
  g_assert_false (mash_hub_people_say (town->line, other, group, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED);
}

/* What the hub says to a statement of somebody in a post, whoever signed it. */
static char *
administer_as (const char *person,
               const char *post)
{
  g_autoptr (MashGroup) group = make_agency ("Police");
  g_autoptr (MashPersonKeys) keys = mash_person_keys_new (NULL);
  g_autofree char *hub = hub_town_ask (town, "SELECT hub FROM mash.meta");
  g_autofree char *now = hub_town_ask (town, "SELECT now FROM mash.tell ()");
  g_autofree char *group_id = mash_hub_people_make_id ();
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GBytes) statement = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sql = NULL;
  const MashSaying saying = {
    .hub = hub, .group = group_id, .desk = "administrator", .person = person, .post = post,
    .compartment = "default", .said_at = now,
  };

  changes = mash_hub_people_seal (group, &saying, keys, NULL);
  statement = mash_change_to_statement (g_ptr_array_index (changes, 0));
  text = mash_hub_write_bytes (statement);
  sql = g_strdup_printf ("SELECT code FROM mash.administer (ARRAY['%s'::bytea],"
                         " ARRAY[decode (repeat ('00', 64), 'hex')])", text);

  return hub_town_ask (town, sql);
}

/* The hub takes an administrator’s word in their post, and nobody else’s. */
static void
test_who_administers (void)
{
  g_autofree char *manager = find_staff (MASH_SMALL_HUB_MANAGER);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM mash.entity WHERE kind = 'post' AND"
                                          " state ->> 'staff' = '%s'", manager);
  g_autofree char *post = hub_town_ask (town, sql);
  g_autofree char *root_sql = g_strdup_printf ("SELECT mash.find_office ('%s')",
                                               town->root->person);
  g_autofree char *office = hub_town_ask (town, root_sql);
  const char *const rows[][2] = {
    { manager, post },
    { manager, "" },
    { manager, office },
    { town->root->person, "" },
    { town->root->person, post },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *code = administer_as (rows[i][0], rows[i][1]);

      g_assert_cmpstr (code, ==, "post");
    }
}

static void
alter (const char *sign_in,
       const char *field,
       const char *value)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autofree char *staff = find_staff (sign_in);
  g_autoptr (GError) error = NULL;
  MashEdit *edit = mash_hub_people_alter (town->line, "staff", staff, field, value, &error);

  g_assert_no_error (error);
  mash_group_take_edit (group, edit);
  mash_hub_people_say (town->line, town->root, group, &error);
  g_assert_no_error (error);
}

/* Comes in with a code, and with the key that they sign with already where they have one. */
static void
bring_in (const char *sign_in,
          MashSecret *recovery)
{
  g_autofree char *staff = find_staff (sign_in);
  g_autofree char *seat = mash_hub_people_make_id ();
  g_autoptr (MashSecret) old = hub_town_secret (MASH_SMALL_HUB_PASSPHRASE);
  g_autoptr (MashSecret) passphrase = hub_town_secret (PASSPHRASE);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSlots) slots = mash_slots_load (origin, &error);
  g_autoptr (MashSlotKey) slot = NULL;
  g_autoptr (MashSecret) code = NULL;
  g_autoptr (MashAdmission) admission = NULL;

  g_assert_no_error (error);
  slot = mash_slots_open (slots, sign_in, old, g_get_real_time (), NULL);
  code = mash_hub_people_invite (town->line, staff, sign_in, recovery, &error);
  g_assert_no_error (error);
  admission = mash_hub_enrol (town->desks[0], sign_in, code, passphrase,
                              slot != NULL ? slot->seed : NULL, seat, &error);
  g_assert_no_error (error);
}

/* Vetting that had lapsed is renewed, and says from when on they get cases. */
static void
renew_vetting (const char *staff)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (GError) error = NULL;
  MashEdit *edit = mash_hub_people_set_vetting (town->line, staff, "2099-01-31", &error);

  g_assert_no_error (error);
  mash_group_take_edit (group, edit);
  mash_hub_people_say (town->line, town->root, group, &error);
  g_assert_no_error (error);
}

/* Whatever an administrator does about staff is done. */
static void
test_staff (void)
{
  g_autofree char *added = hub_town_add (town, "anna", "SW");
  g_autofree char *half = g_build_filename (town->authority, "recovery-half-1", NULL);
  g_autofree char *other = g_build_filename (town->authority, "recovery-half-2", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashSecret) recovery = mash_hub_folder_join (half, other, &error);
  g_autofree char *worker = find_staff (MASH_SMALL_HUB_WORKER);
  g_autofree char *sql = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (added);
  bring_in ("anna", NULL);
  bring_in (MASH_SMALL_HUB_WORKER, NULL);
  bring_in (MASH_SMALL_HUB_MANAGER, NULL);
  alter (MASH_SMALL_HUB_WORKER, "vetting-expires-on", "2020-01-31");
  renew_vetting (worker);
  sql = g_strdup_printf ("SELECT (p.cleared_after > 0 AND e.state ? 'cases-from')"
                         "::text || ' ' || p.scope FROM mash.person p"
                         " JOIN mash.entity e ON e.id = p.id WHERE p.id = '%s'", worker);
  assert_answer (sql, "true asked");
  alter (MASH_SMALL_HUB_WORKER, "suspended", "true");
  alter (MASH_SMALL_HUB_WORKER, "suspended", "false");
  bring_in (MASH_SMALL_HUB_WORKER, recovery);
  mash_hub_people_revoke (town->line, worker, FALSE, &error);
  g_assert_no_error (error);
  assert_answer ("SELECT count (*) FROM mash.person WHERE state = 'active'", "2");
}

/* Who administers gets no cases, has no log-in, and stands once. */
static void
test_no_cases (void)
{
  g_autofree char *sql = g_strdup_printf ("SELECT p.scope || ' ' || p.state || ' ' || count (r.oid)"
                                          " FROM mash.person p LEFT JOIN pg_roles r"
                                          " ON r.rolname = p.login WHERE p.id = '%s'"
                                          " GROUP BY p.id", town->root->person);

  assert_answer (sql, "none revoked 0");
}

static void
assert_proven (const char *path,
               const char *position)
{
  g_autoptr (MashSecret) passphrase = hub_town_secret (PASSPHRASE);
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStore) store = mash_store_open (path, policy, MASH_SMALL_HUB_MANAGER, passphrase,
                                                 &error);
  g_autoptr (GPtrArray) asides = NULL;
  g_autoptr (MashVerifyReport) report = NULL;
  g_autofree char *n = NULL;

  g_assert_no_error (error);
  asides = mash_store_list_asides (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (asides->len, ==, 0);
  mash_store_verify (store, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_true (report->holds);
  n = g_strdup_printf ("%" G_GINT64_FORMAT, report->n_changes);
  g_assert_cmpstr (n, ==, position);
  mash_store_close (store, NULL);
}

/* A desk sets nothing of it aside, and proves the whole chain: what the first root signed, who
 * handed the hub over, and what the authority signed since. */
static void
test_desk (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (town->desks[1]->key);
  g_autofree char *login = mash_person_dup_login (town->desks[1]->hub, MASH_SMALL_HUB_MANAGER);
  g_autofree char *path = g_build_filename (folder, login, NULL);
  g_autofree char *position = hub_town_ask (town, "SELECT head_seq FROM mash.meta");
  Seat seat = { 0 };

  mash_enrolment_save (town->desks[1], folder, &error);
  g_assert_no_error (error);
  seat_open (&seat, folder);
  seat_sign_in (&seat, MASH_SMALL_HUB_MANAGER, PASSPHRASE);
  seat_wait_until (&seat, seat_is_known);
  seat_close (&seat);
  assert_proven (path, position);
}

/* Nobody is appointed where desks are at work. */
static void
test_too_late (void)
{
  g_autoptr (MashSecret) passphrase = hub_town_secret (MASH_SMALL_HUB_PASSPHRASE);
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (NULL);
  g_autofree char *folder = g_build_filename (town->folder, "other", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRoot) other = mash_hub_root_load (folder, &error);

  g_assert_no_error (error);
  g_assert_false (mash_hub_appoint (town->line, origin, MASH_SMALL_HUB_MANAGER, passphrase, policy,
                                    other, &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  origin = g_dir_make_tmp ("mash-origin-XXXXXX", &error);
  g_assert_no_error (error);
  mash_small_hub_make (origin, &error);
  g_assert_no_error (error);
  town = hub_town_new_of (origin, MASH_SMALL_HUB_MANAGER, MASH_SMALL_HUB_PASSPHRASE);
  g_test_add_func ("/sync-adopt/who-hands-over", test_who_hands_over);
  g_test_add_func ("/sync-adopt/other-authority", test_other_authority);
  g_test_add_func ("/sync-adopt/who-administers", test_who_administers);
  g_test_add_func ("/sync-adopt/staff", test_staff);
  g_test_add_func ("/sync-adopt/no-cases", test_no_cases);
  g_test_add_func ("/sync-adopt/desk", test_desk);
  g_test_add_func ("/sync-adopt/too-late", test_too_late);
  status = g_test_run ();
  hub_town_free (town);
  mash_small_hub_remove (origin);
  g_free (origin);

  return status;
}
