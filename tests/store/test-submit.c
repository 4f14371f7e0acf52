/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "mash-time.h"
#include "mash-uuid.h"

static void
test_from_door_to_decision (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) approve = mash_group_new ("approve", contact);
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashSecret) wrong = store_fixture_passphrase ("not it");
  g_autoptr (MashReceipt) receipt = NULL;
  g_autoptr (MashVerifyReport) report = NULL;
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) recommendations = NULL;
  MashRecord *recommendation;

  store_fixture_check_state (fixture, contact, "C10");
  store_fixture_recommend (fixture, contact);

  recommendations = mash_store_list (fixture->store, "recommendation", "contact", contact);
  recommendation = g_ptr_array_index (recommendations, 0);
  g_assert_cmpstr (mash_record_get_text (recommendation, "by"), ==, fixture->worker);
  store_fixture_add (fixture->store, approve, &mash_decision_kind,
                     "recommendation", mash_record_get_id (recommendation),
                     "recommendation-hash", mash_record_get_text (recommendation, "content-hash"),
                     "result", "APPROVED", "outcome", "O05", "level", "3",
                     "rationale", "I agree", NULL);

  /* Not oneself, even with the passphrase. */
  g_assert_true (mash_store_check_passphrase (fixture->store, passphrase, &error));
  g_assert_false (mash_store_submit (fixture->store, approve, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);

  store_fixture_sign_in (fixture, "manager");
  g_assert_false (mash_store_submit (fixture->store, approve, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "passphrase"));
  g_clear_error (&error);
  g_assert_false (mash_store_check_passphrase (fixture->store, wrong, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY);
  g_clear_error (&error);
  g_assert_false (mash_store_submit (fixture->store, approve, NULL, NULL));

  bundle = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_no_error (error);
  g_assert_true (mash_store_check_passphrase (fixture->store, passphrase, &error));
  mash_store_submit (fixture->store, approve, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->contact, ==, contact);
  g_assert_cmpint (receipt->position, ==,
                   store_fixture_count (fixture, "SELECT max (position) FROM change"));
  g_assert_true (mash_uuid_check (receipt->group));
  store_fixture_check_state (fixture, contact, "C70");

  report = store_fixture_verify (fixture);
  g_assert_true (report->holds);
}

static void
test_refused_leaves_nothing (StoreFixture  *fixture,
                             gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);
  g_autoptr (GError) error = NULL;
  gint64 before = store_fixture_count (fixture, "SELECT count(*) FROM change");
  guint n_edits;

  /* A state is set by deeds only. */
  store_fixture_edit (fixture->store, group, &mash_contact_kind, contact, "state", "C70", NULL);
  n_edits = mash_group_get_n_edits (group);
  g_assert_false (mash_store_submit (fixture->store, group, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_assert_cmpuint (mash_group_get_n_edits (group), ==, n_edits);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM change"), ==, before);
  store_fixture_check_state (fixture, contact, "C10");

  /* The next one stands on the same chain as if nothing had been. */
  store_fixture_do (fixture, "edit", contact, "ward", "Pleck", NULL);
  {
    g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

    g_assert_true (report->holds);
  }
}

static void
test_conflict (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) same = mash_group_new ("edit", contact);
  g_autoptr (MashGroup) other = mash_group_new ("edit", contact);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashRecord) record = NULL;

  store_fixture_edit (fixture->store, same, &mash_contact_kind, contact, "ward", "Bentley", NULL);
  store_fixture_edit (fixture->store, other, &mash_contact_kind, contact, "locality", "North",
                      NULL);
  store_fixture_do (fixture, "edit", contact, "ward", "Pleck", NULL);

  /* Of the same field the first stands; the message names the field and not what is in it. */
  g_assert_false (mash_store_submit (fixture->store, same, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "ward"));
  g_assert_null (strstr (error->message, "Pleck"));
  g_assert_null (strstr (error->message, "Bentley"));
  g_clear_error (&error);

  /* Another field merges. */
  store_fixture_submit (fixture, other);
  record = mash_store_lookup (fixture->store, "contact", contact);
  g_assert_cmpstr (mash_record_get_text (record, "ward"), ==, "Pleck");
  g_assert_cmpstr (mash_record_get_text (record, "locality"), ==, "North");
}

static void
test_stamps_and_void (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *child = store_fixture_find_child (fixture->store, contact);
  g_autoptr (MashGroup) add = mash_group_new ("edit", contact);
  g_autoptr (MashGroup) drop = mash_group_new ("edit", contact);
  g_autoptr (MashRecord) made = NULL;
  g_autoptr (MashRecord) record = NULL;
  g_autoptr (GPtrArray) left = NULL;
  MashEdit *edit;

  edit = store_fixture_add (fixture->store, add, &mash_identifier_kind, "person", child,
                            "type", "UPN", "value", "T850728973744", NULL);
  store_fixture_submit (fixture, add);
  made = mash_store_lookup (fixture->store, "identifier", mash_edit_get_id (edit));
  g_assert_cmpint (mash_record_get_revision (made), ==, 1);
  g_assert_cmpstr (mash_record_get_stamps (made)->created_by, ==, fixture->worker);

  edit = mash_edit_new_for (made);
  mash_edit_void (edit, "Entered twice");
  mash_group_take_edit (drop, edit);
  store_fixture_submit (fixture, drop);

  record = mash_store_lookup (fixture->store, "identifier", mash_record_get_id (made));
  g_assert_cmpint (mash_record_get_revision (record), ==, 2);
  g_assert_cmpstr (mash_record_get_stamps (record)->voided_reason, ==, "Entered twice");
  g_assert_cmpstr (mash_record_get_text (record, "value"), ==, "T850728973744");
  left = mash_store_list (fixture->store, "identifier", "person", child);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_examine (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);
  g_autoptr (MashVerdict) may = NULL;
  g_autoptr (MashVerdict) may_not = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = store_fixture_count (fixture, "SELECT count(*) FROM change");

  store_fixture_edit (fixture->store, group, &mash_contact_kind, contact, "ward", "Pleck", NULL);
  may = mash_store_examine (fixture->store, group, &error);
  g_assert_no_error (error);
  g_assert_true (mash_verdict_get_allowed (may));

  may_not = mash_store_examine_deed (fixture->store, "approve", contact, &error);
  g_assert_no_error (error);
  g_assert_false (mash_verdict_get_allowed (may_not));
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM change"), ==, before);
}

/* Where one database has every contact, a seal would keep nobody out: that is said, and nothing is
 * written. */
static void
test_seals_nothing (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) group = mash_group_new ("propose-seal", contact);
  g_autoptr (MashVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = store_fixture_count (fixture, "SELECT count(*) FROM change");

  verdict = mash_store_examine_deed (fixture->store, "propose-seal", contact, &error);
  g_assert_no_error (error);
  g_assert_false (mash_verdict_get_allowed (verdict));

  g_assert_false (mash_store_submit (fixture->store, group, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_assert_true (g_str_has_prefix (error->message, "This hub stands alone"));
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM change"), ==, before);
}

static void
test_documents (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) group = mash_group_new ("add-document", contact);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) found = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autofree char *sum = NULL;
  guint8 *bytes = g_malloc (600000);

  for (guint i = 0; i < 600000; i++)
    bytes[i] = (guint8) (i * 7 + i / 256);
  content = g_bytes_new_take (bytes, 600000);
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

  store_fixture_add (fixture->store, group, &mash_source_document_kind, "title", "Letter",
                     "sha256", sum, "size", "600000", NULL);
  mash_group_attach (group, sum, content);
  store_fixture_submit (fixture, group);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM document_part"), ==, 3);

  found = mash_store_get_document (fixture->store, sum, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (found, content));
  g_assert_null (mash_store_get_document (fixture->store, "none", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND);
}

/* Ids are those of the seed; salts, keys and so signatures are not. */
static void
test_seed (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_store_begin_bulk (fixture->store, &error));
  mash_store_set_bulk_time (fixture->store, G_GINT64_CONSTANT (1760000000000000));
  mash_store_set_seed (fixture->store, 7);
  first = mash_store_make_id (fixture->store);
  mash_store_set_seed (fixture->store, 7);
  again = mash_store_make_id (fixture->store);
  other = mash_store_make_id (fixture->store);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
  g_assert_true (mash_uuid_check (first));
  g_assert_true (mash_store_end_bulk (fixture->store, &error));
}

static void
test_bulk (StoreFixture  *fixture,
           gconstpointer  data)
{
  gint64 now = mash_store_get_now (fixture->store) - 30 * MASH_TIME_DAY;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashVerifyReport) report = NULL;
  g_autofree char *key = NULL;
  gint64 started;

  g_assert_true (mash_store_begin_bulk (fixture->store, &error));
  started = g_get_monotonic_time ();
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *surname = g_strdup_printf ("Marsh%c%c", 'a' + i % 26, 'a' + i / 26);
      g_autofree char *contact = NULL;

      mash_store_set_bulk_time (fixture->store, now + i * MASH_TIME_HOUR);
      contact = store_fixture_contact (fixture, "Ellie", surname, "2019-03-04");
      store_fixture_do (fixture, "edit", contact, "ward", "Pleck", NULL);
    }
  g_test_message ("600 groups in %.2f s",
                  (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC);
  g_assert_true (mash_store_end_bulk (fixture->store, &error));

  store_fixture_sign_in (fixture, "worker");
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM contact"), ==, 300);
  report = store_fixture_verify (fixture);
  g_assert_true (report->holds);
}

static void
test_training_only (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mash_store_set_clock_offset (fixture->store, MASH_TIME_DAY, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mash_store_begin_bulk (fixture->store, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
}

/* Whose vetting has lapsed opens nothing, from the next day on. */
static void
test_vetting (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autofree char *today = mash_time_dup_local_date (mash_store_get_now (fixture->store));
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (fixture, "admin");
  store_fixture_edit (fixture->store, group, &mash_staff_kind, fixture->worker,
                      "vetting-expires-on", today, NULL);
  store_fixture_submit (fixture, group);
  store_fixture_sign_in (fixture, "worker");
  g_assert_true (mash_store_set_clock_offset (fixture->store, MASH_TIME_DAY, &error));
  store_fixture_close (fixture);

  fixture->store = mash_store_open (fixture->folder, fixture->policy, "worker", passphrase, &error);
  g_assert_null (fixture->store);
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_test_message ("%s", error->message);
  store_fixture_sign_in (fixture, "admin");
}

static void
test_moved_clock (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_store_set_clock_offset (fixture->store, 3 * MASH_TIME_DAY, &error));
  store_fixture_sign_in (fixture, "worker");
  g_assert_cmpint (mash_store_get_now (fixture->store), >, g_get_real_time () + 2 * MASH_TIME_DAY);
}

/* Nobody gets in whose vetting has lapsed or who is suspended, from the day on. */
static void
test_not_admitted (StoreFixture  *fixture,
                   gconstpointer  data)
{
  static const char *const reasons[][3] = {
    { "vetting-expires-on", "2020-01-31", "Your vetting has lapsed; ask your administrator." },
    { "suspended", "true", "You hold no post in this hub today." },
  };
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
      g_autoptr (GError) error = NULL;

      store_fixture_sign_in (fixture, "admin");
      store_fixture_edit (fixture->store, group, &mash_staff_kind,
                          i == 0 ? fixture->worker : fixture->officer, reasons[i][0],
                          reasons[i][1], NULL);
      store_fixture_submit (fixture, group);
      store_fixture_close (fixture);

      g_assert_null (mash_store_open (fixture->folder, fixture->policy,
                                      i == 0 ? "worker" : "officer", passphrase, &error));
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, reasons[i][2]);
    }
  store_fixture_sign_in (fixture, "manager");
}

/* An administrator whose own vetting has lapsed gets in, because somebody enters the new one. */
static void
test_administrator (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (GPtrArray) posts = NULL;

  store_fixture_sign_in (fixture, "admin");
  posts = mash_store_list (fixture->store, "post", "staff", fixture->officer);
  g_assert_cmpuint (posts->len, ==, 1);
  store_fixture_edit (fixture->store, group, &mash_staff_kind, fixture->officer,
                      "vetting-expires-on", "2020-01-31", NULL);
  store_fixture_edit (fixture->store, group, &mash_post_kind,
                      mash_record_get_id (posts->pdata[0]), "role", "AD", NULL);
  store_fixture_submit (fixture, group);
  store_fixture_sign_in (fixture, "officer");
}

#define ADD(path, data, func) \
  g_test_add (path, StoreFixture, data, store_fixture_set_up, func, store_fixture_tear_down)

static void
must_not (StoreFixture *fixture,
          MashGroup    *group,
          const char   *sentence)
{
  g_autoptr (GError) error = NULL;
  gint64 before = store_fixture_count (fixture, "SELECT count(*) FROM change");

  g_assert_false (mash_store_submit (fixture->store, group, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, sentence);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM change"), ==, before);
}

/* What is no step, has no record of the right form, or was not looked at first. */
static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *one = store_fixture_contact (fixture, "Ada", "Rowe", "2019-05-06");
  g_autofree char *other = store_fixture_contact (fixture, "Ada", "Rowe", "2019-05-06");
  g_autoptr (MashGroup) no_deed = mash_group_new ("conjure", one);
  g_autoptr (MashGroup) no_id = mash_group_new ("note", one);
  g_autoptr (MashGroup) attach = mash_group_new ("attach", one);
  g_autoptr (MashGroup) nowhere = mash_group_new ("approve", NULL);
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  MashEdit *note;

  must_not (fixture, no_deed, "This hub’s policy knows no such step.");
  note = mash_edit_new (&mash_note_kind, "note-1", 0);
  mash_edit_set_text (note, "contact", one);
  mash_edit_set_text (note, "text", "Seen at school.");
  mash_group_take_edit (no_id, note);
  must_not (fixture, no_id, "A record’s number does not have the right form.");
  store_fixture_do (fixture, "screen", one, "assigned-to", fixture->worker,
                    "history-searched", "All; one contact before", NULL);
  store_fixture_edit (fixture->store, attach, &mash_contact_kind, one, "duplicate-of", other,
                      NULL);
  must_not (fixture, attach, "Open the other contact first, to see that it is the same family.");

  g_assert_true (mash_store_check_passphrase (fixture->store, words, NULL));
  g_assert_false (mash_store_submit (fixture->store, nowhere, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
}

/* What a signature is held against is a key, whole and in hex; and nobody signs without theirs. */
static void
test_signatures (StoreFixture  *fixture,
                 gconstpointer  data)
{
  static const char *const keys[] = { NULL, "", "00", "no hex", "00112233445566778899aabbccdd" };
  g_autofree char *body = g_strdup ("{\".deed\":\"edit\"}");
  const guint8 salt[MASH_CHANGE_SALT_SIZE] = { 0 };
  const MashSaying saying = {
    .hub = "hub-1", .group = "group-1", .desk = "desk-1", .person = "nobody",
    .compartment = "default", .said_at = "2026-11-21T23:00:00.000Z",
  };
  g_autoptr (MashChange) change = mash_change_new (&saying, "id", 0, 1, "person", "record", 0,
                                                   salt, g_steal_pointer (&body));
  guint8 digest[MASH_CHANGE_DIGEST_SIZE];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_false (mash_store_check_signature (change, MASH_CHANGE_PURPOSE, keys[i], digest));
  g_assert_false (mash_store_sign (fixture->store, change, MASH_CHANGE_PURPOSE, digest, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/submit/from-door-to-decision", NULL, test_from_door_to_decision);
  ADD ("/submit/refused-leaves-nothing", NULL, test_refused_leaves_nothing);
  ADD ("/submit/refused", NULL, test_refused);
  ADD ("/submit/signatures", NULL, test_signatures);
  ADD ("/submit/conflict", NULL, test_conflict);
  ADD ("/submit/stamps-and-void", NULL, test_stamps_and_void);
  ADD ("/submit/examine", NULL, test_examine);
  ADD ("/submit/seals-nothing", NULL, test_seals_nothing);
  ADD ("/submit/documents", NULL, test_documents);
  ADD ("/submit/seed", NULL, test_seed);
  ADD ("/submit/bulk", NULL, test_bulk);
  ADD ("/submit/vetting", NULL, test_vetting);
  ADD ("/submit/administrator", NULL, test_administrator);
  ADD ("/submit/moved-clock", NULL, test_moved_clock);
  ADD ("/submit/not-admitted", NULL, test_not_admitted);
  ADD ("/submit/training-only", "live", test_training_only);

  return g_test_run ();
}
