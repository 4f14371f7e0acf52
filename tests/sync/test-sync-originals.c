/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The originals of documents: what was taken in at one desk is at the hub, part by part and behind
 * all changes, before the desk can lose it, and another desk gets it from there; nobody gets what
 * the record that names it does not reach. */

#include "config.h"

#include <string.h>

#include "desk-pages.h"
#include "mash-hub-blobs.h"
#include "mash-time.h"
#include "sync-pair.h"

#define SIZE 600000
#define N_PARTS 3

static guint n_auditors;

/* Puts a hub back to before it had any. */
static const char forget[] = "DELETE FROM mash.blob_by; DELETE FROM mash.blob_part;"
                             " DELETE FROM mash.blob";

/* What nobody else writes, at the end of the last part. */
static const char planted[] = "hollunder";

static GBytes *
make_content (guint seed)
{
  guint8 *bytes = g_malloc (SIZE);

  for (guint i = 0; i < SIZE; i++)
    bytes[i] = (guint8) (i * 7 + i / 256 + seed);
  memcpy (bytes + SIZE - strlen (planted), planted, strlen (planted));

  return g_bytes_new_take (bytes, SIZE);
}

static MashGroup *
name_document (SyncDesk   *desk,
               const char *contact,
               const char *sha256)
{
  MashGroup *group = mash_group_new ("add-document", contact);

  store_fixture_add (desk->store, group, &mash_source_document_kind, "title", "Letter", "sha256",
                     sha256, "size", "600000", NULL);

  return group;
}

/* Takes a document in; gives its fingerprint. */
static char *
take_in (SyncDesk   *desk,
         const char *contact,
         guint       seed)
{
  g_autoptr (GBytes) content = make_content (seed);
  char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autoptr (MashGroup) group = name_document (desk, contact, sha256);

  mash_group_attach (group, sha256, content);
  sync_desk_submit (desk, group);

  return sha256;
}

/* The same, where nobody asks for it by name. */
static void
take_in_any (SyncDesk   *desk,
             const char *contact,
             guint       seed)
{
  g_free (take_in (desk, contact, seed));
}

static void
assert_hub (SyncPair   *pair,
            const char *sql,
            const char *expected)
{
  g_autofree char *answer = cluster_ask (pair->cluster, pair->database, sql);

  g_assert_cmpstr (answer, ==, expected);
}

/* Goes on until the core asks for a deed; gives the request. */
static const MashSyncRequest *
step_to (SyncDesk     *desk,
         MashSyncDeed  deed)
{
  const MashSyncRequest *request;

  mash_sync_core_wake (desk->core);
  while ((request = mash_sync_core_get_next (desk->core, desk->now))->deed != deed)
    {
      g_assert_cmpint (request->deed, !=, MASH_SYNC_STOP);
      sync_desk_step (desk);
    }

  return request;
}

static GBytes *
fetch (SyncDesk    *desk,
       const char  *sha256,
       GError     **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint64 size = 1;

  for (int part = 0; all->len < size; part++)
    {
      g_autoptr (GBytes) data = mash_hub_call_blob_get (desk->line, desk->seat, sha256, part, &size,
                                                        error);
      gsize length;
      const guint8 *bytes;

      if (data == NULL)
        return NULL;
      bytes = g_bytes_get_data (data, &length);
      g_byte_array_append (all, bytes, (guint) length);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static void
assert_not_given (SyncDesk   *desk,
                  const char *sha256)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fetch (desk, sha256, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_UNNAMED);
}

/* Another desk has it from the hub, and has it from then on. */
static void
test_travels (SyncPair      *pair,
              gconstpointer  data)
{
  g_autoptr (GBytes) content = make_content (0);
  g_autofree char *sha256 = take_in (pair->worker, pair->contact, 0);
  g_autoptr (GBytes) given = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) other = make_content (1);
  g_autoptr (GError) error = NULL;
  MashUnsent unsent;

  assert_not_given (pair->manager, sha256);
  g_assert_true (mash_store_count_unsent (pair->worker->store, &unsent, NULL));
  g_assert_cmpuint (unsent.n_originals, ==, 1);
  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  sync_desk_sync (pair->manager);
  g_assert_null (fetch (pair->manager, sha256, &error));
  g_assert_no_error (error);

  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT at_hub FROM document", "1");
  assert_hub (pair, "SELECT concat (count (*), ' ', sum (length (data))) FROM mash.blob_part",
              "3 600000");
  given = fetch (pair->manager, sha256, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (given, content));

  g_assert_false (mash_store_keep_original (pair->manager->store, sha256, other, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED);
  g_clear_error (&error);
  mash_store_keep_original (pair->manager->store, sha256, given, &error);
  g_assert_no_error (error);
  kept = mash_store_get_document (pair->manager->store, sha256, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, content));
  g_assert_true (mash_store_count_unsent (pair->manager->store, &unsent, NULL));
  g_assert_cmpuint (unsent.n_originals, ==, 0);
  g_assert_false (mash_store_keep_original (pair->manager->store, "none", given, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND);
  sync_desk_verify (pair->manager);
}

/* What is written while an original is on its way does not wait for more than one part of it. */
static void
test_behind (SyncPair      *pair,
             gconstpointer  data)
{
  MashSyncDeed deed;

  take_in_any (pair->worker, pair->contact, 0);
  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  sync_desk_write_note (pair->worker, pair->contact, "Meanwhile");
  sync_desk_step (pair->worker);
  deed = mash_sync_core_get_next (pair->worker->core, pair->worker->now)->deed;
  g_assert_cmpint (deed, ==, MASH_SYNC_PUSH);
  sync_desk_sync (pair->worker);
  assert_hub (pair, "SELECT count (*) FROM mash.blob", "1");
}

/* Whatever is cut off goes on where it was. */
static void
test_cut (SyncPair      *pair,
          gconstpointer  data)
{
  const MashSyncRequest *request;
  int wanted = 0;

  take_in_any (pair->worker, pair->contact, 0);
  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  for (guint i = 0; i < N_PARTS; i++)
    {
      sync_desk_step (pair->worker);
      request = step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
      g_assert_cmpint (request->part, ==, wanted);
      sync_desk_carry_unheard (pair->worker, request);
      if (i % 2 == 0)
        sync_desk_restart (pair->worker, TRUE);
      sync_desk_connect (pair->worker);
      request = step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
      g_assert_null (request->data);
      wanted++;
    }
  assert_hub (pair, "SELECT count (*) FROM mash.blob", "1");
  sync_desk_assert (pair->worker, "SELECT at_hub FROM document", "0");
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT at_hub FROM document", "1");
}

/* The database of whoever is out does not end before the hub has every original: of what was
 * accepted, of what waits for a manager, and of what is saved while they are on their way. */
static void
test_revoked (SyncPair      *pair,
              gconstpointer  data)
{
  g_autofree char *unsent = NULL;
  g_autofree char *sql = NULL;

  take_in_any (pair->worker, pair->contact, 0);
  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  unsent = take_in (pair->worker, pair->contact, 1);
  sql = g_strdup_printf ("UPDATE mash.person SET state = 'revoked' WHERE id = '%s'",
                         pair->worker->store->own);
  cluster_run (pair->cluster, pair->database, sql);
  sync_desk_connect (pair->worker);
  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  take_in_any (pair->worker, pair->contact, 2);
  while (sync_desk_step (pair->worker))
    ;
  g_assert_cmpint (mash_sync_core_get_end (pair->worker->core), ==, MASH_SYNC_END_REVOKED);
  assert_hub (pair, "SELECT count (*) FROM mash.blob", "3");
  assert_hub (pair, "SELECT count (*) FROM mash.quarantine", "2");
  sync_desk_assert (pair->worker, "SELECT count (*) FROM document WHERE at_hub = 0", "0");
  assert_not_given (pair->manager, unsent);
}

static void
test_line_gone (SyncPair      *pair,
                gconstpointer  data)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE mash.person SET state = 'revoked' WHERE id ="
                                          " '%s'", pair->worker->store->own);

  take_in_any (pair->worker, pair->contact, 0);
  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  cluster_run (pair->cluster, pair->database, sql);
  for (guint i = 0; i < 3; i++)
    {
      sync_desk_connect (pair->worker);
      step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
      g_assert_cmpint (mash_sync_core_get_end (pair->worker->core), ==, MASH_SYNC_END_NONE);
    }
}

/* Whoever is let in again before everything that was theirs is at the hub stays. */
static void
test_let_in_again (SyncPair      *pair,
                   gconstpointer  data)
{
  const char *person = pair->worker->store->own;
  g_autofree char *out = g_strdup_printf ("UPDATE mash.person SET state = 'revoked' WHERE id ="
                                          " '%s'", person);
  g_autofree char *in = g_strdup_printf ("UPDATE mash.person SET state = 'active' WHERE id ="
                                         " '%s'", person);

  take_in_any (pair->worker, pair->contact, 0);
  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  cluster_run (pair->cluster, pair->database, out);
  sync_desk_connect (pair->worker);
  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  cluster_run (pair->cluster, pair->database, in);
  sync_desk_connect (pair->worker);
  sync_desk_write_note (pair->worker, pair->contact, "Here again");
  sync_desk_sync (pair->worker);
  g_assert_cmpint (mash_sync_core_get_end (pair->worker->core), ==, MASH_SYNC_END_NONE);
  assert_hub (pair, "SELECT count (*) FROM mash.blob", "1");
  assert_hub (pair, "SELECT count (*) FROM mash.entity WHERE kind = 'note'", "1");
}

static void
seal (SyncPair *pair,
      SyncDesk *auditor)
{
  g_autoptr (MashGroup) group = mash_group_new ("propose-seal", pair->contact);
  g_autoptr (MashGroup) answer = mash_group_new ("confirm-seal", pair->contact);
  g_autofree char *now = mash_time_format (mash_store_get_now (auditor->store));
  g_autofree char *id = NULL;

  store_fixture_add (pair->manager->store, group, &mash_seal_kind, "excluded",
                     pair->worker->hub->origin.worker, "reason", "RELATIVE", NULL);
  sync_desk_submit (pair->manager, group);
  sync_desk_sync (pair->manager);
  sync_desk_sync (auditor);
  id = sync_desk_ask (auditor, "SELECT id FROM seal ORDER BY n DESC");
  store_fixture_edit (auditor->store, answer, &mash_seal_kind, id, "answered-at", now, NULL);
  mash_group_set_reason (answer, "As it was looked at");
  sync_desk_submit (auditor, answer);
  sync_desk_sync (auditor);
}

/* The worker names what they have not got. */
static void
claim (SyncPair   *pair,
       const char *contact,
       const char *sha256)
{
  g_autofree char *insert = g_strdup_printf ("INSERT INTO document (sha256, size, at)"
                                             " VALUES ('%s', 600000, '')", sha256);
  g_autoptr (MashGroup) group = name_document (pair->worker, contact, sha256);
  g_autoptr (GError) error = NULL;

  mash_database_execute (pair->worker->store->database, insert, &error);
  g_assert_no_error (error);
  sync_desk_submit (pair->worker, group);
  sync_desk_sync (pair->worker);
}

/* Whom a seal names has not a byte of it, does not get it by naming it elsewhere, and what only
 * their desk had is at the hub first: of what was refused for the seal, too. */
static void
test_sealed (SyncPair      *pair,
             gconstpointer  data)
{
  SyncDesk *auditor = sync_desk_new (pair->worker->hub, pair->database, "auditor",
                                     5000 + n_auditors++);
  g_autofree char *first = take_in (pair->worker, pair->contact, 0);
  g_autofree char *second = NULL;
  g_autoptr (GBytes) given = NULL;
  g_autoptr (MashGroup) contact = NULL;
  g_autoptr (GError) error = NULL;

  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  second = take_in (pair->worker, pair->contact, 1);
  g_assert_cmpuint (desk_pages_count (pair->worker, planted), >, 0);
  seal (pair, auditor);
  sync_desk_sync (pair->worker);
  assert_hub (pair, "SELECT count (*) FROM mash.blob", "2");
  sync_desk_assert (pair->worker, "SELECT count (*) FROM document", "0");
  g_assert_cmpuint (desk_pages_count (pair->worker, planted), ==, 0);
  assert_not_given (pair->worker, first);
  assert_not_given (pair->worker, second);

  contact = store_fixture_new_contact (pair->manager->store, "Ivy", "Marsh", "2016-05-04");
  sync_desk_submit (pair->manager, contact);
  given = make_content (2);
  g_free (second);
  second = take_in (pair->manager, pair->contact, 2);
  sync_desk_sync (pair->manager);
  sync_desk_sync (pair->worker);
  claim (pair, mash_group_get_contact (contact), second);
  g_assert_null (fetch (pair->worker, second, &error));
  g_assert_no_error (error);
  sync_desk_assert (pair->worker, "SELECT at_hub FROM document", "2");
  g_clear_pointer (&given, g_bytes_unref);
  given = fetch (auditor, second, &error);
  g_assert_no_error (error);
  g_assert_nonnull (given);
  sync_desk_free (auditor);
}

/* Whoever names what is sealed from them elsewhere, before it is at the hub, does not get it when
 * who has it hands it in, nor when somebody does whom it was given to. */
static void
test_bluffed (SyncPair      *pair,
              gconstpointer  data)
{
  static const char given_by[] = "SELECT count (*) FROM mash.blob_by WHERE person = '%s'";
  SyncDesk *auditor = sync_desk_new (pair->worker->hub, pair->database, "auditor",
                                     5000 + n_auditors++);
  g_autofree char *of_worker = g_strdup_printf (given_by, pair->worker->store->own);
  g_autofree char *of_manager = g_strdup_printf (given_by, pair->manager->store->own);
  g_autofree char *sha256 = NULL;
  g_autoptr (GBytes) given = NULL;
  g_autoptr (MashGroup) contact = NULL;
  g_autoptr (GError) error = NULL;

  seal (pair, auditor);
  contact = store_fixture_new_contact (pair->manager->store, "Ivy", "Marsh", "2016-05-04");
  sync_desk_submit (pair->manager, contact);
  sha256 = take_in (pair->manager, pair->contact, 2);
  step_to (pair->manager, MASH_SYNC_SEND_ORIGINAL);
  sync_desk_sync (pair->worker);
  claim (pair, mash_group_get_contact (contact), sha256);
  sync_desk_sync (pair->manager);
  sync_desk_sync (auditor);
  assert_hub (pair, of_worker, "0");
  assert_hub (pair, of_manager, "1");
  g_assert_null (fetch (pair->worker, sha256, &error));
  g_assert_no_error (error);
  given = fetch (auditor, sha256, &error);
  g_assert_no_error (error);

  mash_store_keep_original (auditor->store, sha256, given, &error);
  g_assert_no_error (error);
  cluster_run (pair->cluster, pair->database, forget);
  sync_desk_connect (auditor);
  sync_desk_sync (auditor);
  assert_hub (pair, of_worker, "0");
  assert_hub (pair, of_manager, "1");
  assert_hub (pair, "SELECT count (*) FROM mash.blob", "1");
  sync_desk_free (auditor);
}

/* A hub that was put back to before it had an original is given it again, also by whoever only had
 * it from the hub. */
static void
test_put_back (SyncPair      *pair,
               gconstpointer  data)
{
  g_autofree char *sha256 = take_in (pair->worker, pair->contact, 0);
  g_autoptr (GBytes) given = NULL;
  g_autoptr (GError) error = NULL;

  sync_desk_sync (pair->worker);
  sync_desk_sync (pair->manager);
  given = fetch (pair->manager, sha256, &error);
  mash_store_keep_original (pair->manager->store, sha256, given, &error);
  g_assert_no_error (error);

  cluster_run (pair->cluster, pair->database, forget);
  sync_desk_connect (pair->manager);
  sync_desk_sync (pair->manager);
  assert_hub (pair, "SELECT string_agg (person, '' ORDER BY person) <> '' AND count (*) = 2"
              " FROM mash.blob_by", "t");
  g_clear_pointer (&given, g_bytes_unref);
  given = fetch (pair->worker, sha256, &error);
  g_assert_no_error (error);
  g_assert_nonnull (given);

  cluster_run (pair->cluster, pair->database, forget);
  sync_desk_connect (pair->worker);
  sync_desk_sync (pair->worker);
  assert_hub (pair, "SELECT count (*) FROM mash.blob", "1");
}

/* What is not what it is called is thrown away, and said so; nobody spoils what another sends. */
static void
test_wrong (SyncPair      *pair,
            gconstpointer  data)
{
  g_autofree char *sha256 = take_in (pair->worker, pair->contact, 0);
  g_autoptr (GBytes) wrong = make_content (1);
  g_autoptr (GError) error = NULL;
  MashOriginal original = { "", SIZE };
  int wanted = 0;

  step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
  sync_desk_sync (pair->manager);
  g_strlcpy (original.sha256, sha256, sizeof original.sha256);
  for (int part = 0; part < N_PARTS; part++)
    {
      gsize from = (gsize) part * MASH_HUB_PART_BYTES;
      g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (wrong, from,
                                                         MIN (MASH_HUB_PART_BYTES, SIZE - from));

      mash_hub_call_blob_put (pair->manager->line, pair->manager->seat, &original, part, bytes,
                              &wanted, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wanted, ==, part + 1 < N_PARTS ? part + 1 : -2);
      if (part == 0)
        {
          sync_desk_step (pair->worker);
          step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
          sync_desk_step (pair->worker);
        }
    }
  assert_hub (pair, "SELECT concat (count (*), (SELECT count (*) FROM mash.blob))"
              " FROM mash.blob_part", "10");
  sync_desk_sync (pair->worker);
  assert_hub (pair, "SELECT count (*) FROM mash.blob", "1");
}

/* Where no part comes over, three are tried, and for a while the work goes on without. */
static void
test_thin_line (SyncPair      *pair,
                gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new_literal (MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Cut");

  take_in_any (pair->worker, pair->contact, 0);
  for (guint i = 0; i < 3; i++)
    {
      step_to (pair->worker, MASH_SYNC_SEND_ORIGINAL);
      mash_sync_core_failed (pair->worker->core, error, pair->worker->now);
      pair->worker->now += MASH_TIME_MINUTE;
    }
  sync_desk_write_note (pair->worker, pair->contact, "All the same");
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "0");
  sync_desk_assert (pair->worker, "SELECT at_hub FROM document", "0");
  pair->worker->now += 6 * MASH_TIME_MINUTE;
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT at_hub FROM document", "1");
}

/* A hub that does not take them yet is not asked for more than that, and the work goes on. */
static void
test_older_hub (SyncPair      *pair,
                gconstpointer  data)
{
  take_in_any (pair->worker, pair->contact, 0);
  cluster_run (pair->cluster, pair->database,
               "ALTER FUNCTION api1.blob_put (text, text, bigint, integer, bytea)"
               " RENAME TO not_yet");
  sync_desk_sync (pair->worker);
  sync_desk_write_note (pair->worker, pair->contact, "All the same");
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "0");
  sync_desk_assert (pair->worker, "SELECT at_hub FROM document", "0");
  cluster_run (pair->cluster, pair->database,
               "ALTER FUNCTION api1.not_yet (text, text, bigint, integer, bytea)"
               " RENAME TO blob_put");
  sync_desk_connect (pair->worker);
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT at_hub FROM document", "1");
}

int
main (int   argc,
      char *argv[])
{
  static const SyncPairTest tests[] = {
    { "/sync-originals/travels", test_travels },
    { "/sync-originals/behind", test_behind },
    { "/sync-originals/cut", test_cut },
    { "/sync-originals/revoked", test_revoked },
    { "/sync-originals/line-gone", test_line_gone },
    { "/sync-originals/let-in-again", test_let_in_again },
    { "/sync-originals/sealed", test_sealed },
    { "/sync-originals/thin-line", test_thin_line },
    { "/sync-originals/bluffed", test_bluffed },
    { "/sync-originals/put-back", test_put_back },
    { "/sync-originals/wrong", test_wrong },
    { "/sync-originals/older-hub", test_older_hub },
  };

  g_test_init (&argc, &argv, NULL);

  return sync_pair_run_tests (tests, G_N_ELEMENTS (tests));
}
