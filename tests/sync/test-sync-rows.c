/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of the protocol's table of faults that no other test holds alone, and invariants that ask
 * for a test of their own: against a real PostgreSQL, with desks that have encrypted databases. */

#include "config.h"

#include <string.h>

#include "mash-time.h"
#include "sync-pair.h"

static void
run (SyncPair   *pair,
     const char *sql)
{
  cluster_run (pair->cluster, pair->database, sql);
}

static void
assert_hub (SyncPair   *pair,
            const char *sql,
            const char *expected)
{
  g_autofree char *answer = cluster_ask (pair->cluster, pair->database, sql);

  g_assert_cmpstr (answer, ==, expected);
}

/* Goes on until there is nothing to do, whatever comes of it. */
static void
let_go_on (SyncDesk *desk)
{
  mash_sync_core_wake (desk->core);
  for (guint i = 0; i < 50 && sync_desk_step (desk); i++)
    ;
}

/* The server fails in what it does at every entry: a disk that is full, too many at once. */
static void
fail_at_server (SyncPair   *pair,
                const char *code,
                const char *when)
{
  g_autofree char *sql = g_strdup_printf (
    "CREATE FUNCTION mash.fail () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION 'failed' USING ERRCODE = '%s'; END $$;"
    " CREATE TRIGGER fail BEFORE INSERT ON mash.change FOR EACH ROW WHEN (%s)"
    " EXECUTE FUNCTION mash.fail ()", code, when);

  run (pair, sql);
}

/* What passes by itself is tried again, later and later, until it is done; nothing is lost or said
 * twice, and the desk is told that the server is what fails. */
static void
check_passes (SyncPair   *pair,
              const char *code)
{
  fail_at_server (pair, code, "true");
  sync_desk_write_note (pair->worker, pair->contact, "Waits");
  let_go_on (pair->worker);
  g_assert_cmpint (mash_sync_core_get_end (pair->worker->core), ==, MASH_SYNC_END_NONE);
  g_assert_cmpint (mash_sync_core_get_failure (pair->worker->core), ==, MASH_SYNC_ERROR_BUSY);
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "1");
  assert_hub (pair, "SELECT count (*) FROM mash.attempt", "0");

  run (pair, "DROP TRIGGER fail ON mash.change");
  pair->worker->now += 2 * MASH_TIME_MINUTE;
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "0");
  assert_hub (pair, "SELECT count (*) FROM mash.entity WHERE kind = 'note'", "1");
}

static void
test_server_full (SyncPair      *pair,
                  gconstpointer  data)
{
  check_passes (pair, "53100");
}

static void
test_overloaded (SyncPair      *pair,
                 gconstpointer  data)
{
  check_passes (pair, "53300");
}

/* A step at which the hub fails each time is not accepted, is kept, and holds nothing up. */
static void
test_poison (SyncPair      *pair,
             gconstpointer  data)
{
  fail_at_server (pair, "XX000", "position ('Poison'::bytea IN NEW.statement) > 0");
  sync_desk_write_note (pair->worker, pair->contact, "Poison");
  sync_desk_write_note (pair->worker, pair->contact, "After it");
  sync_desk_sync (pair->worker);
  assert_hub (pair, "SELECT state ->> 'text' FROM mash.entity WHERE kind = 'note'", "After it");
  assert_hub (pair, "SELECT string_agg (v.code, ' ') FROM mash.attempt a JOIN mash.verdict v ON"
              " v.id = a.id", "internal");
  sync_desk_assert (pair->worker, "SELECT code FROM refusal WHERE settled_at IS NULL", "internal");
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "0");
}

static guint
get_page (SyncDesk *desk)
{
  const MashSyncRequest *request;

  mash_sync_core_wake (desk->core);
  while ((request = mash_sync_core_get_next (desk->core, desk->now))->deed != MASH_SYNC_PULL)
    {
      if (request->deed == MASH_SYNC_REST)
        desk->now = request->until;
      else
        sync_desk_carry (desk, request);
    }

  return request->max_bytes;
}

/* A line that breaks before a page is over is asked for shorter ones, down to what any line brings
 * over; once it holds, for longer ones again. */
static void
test_breaking_line (SyncPair      *pair,
                    gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new_literal (MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Cut");
  guint before, after;

  for (guint i = 0; i < 100; i++)
    sync_desk_write_note (pair->worker, pair->contact, "One of many");
  sync_desk_sync (pair->worker);
  before = get_page (pair->manager);
  g_assert_cmpuint (before, ==, MASH_SYNC_PAGE_BYTES);
  for (guint i = 0; i < 6; i++)
    {
      mash_sync_core_failed (pair->manager->core, error, pair->manager->now);
      after = get_page (pair->manager);
      g_assert_cmpuint (after, <=, before);
      before = after;
    }
  g_assert_cmpuint (before, <, 64 * 1024);

  sync_desk_carry (pair->manager, mash_sync_core_get_next (pair->manager->core,
                                                           pair->manager->now));
  sync_desk_assert (pair->manager, "SELECT count (*) BETWEEN 1 AND 99 FROM note", "1");
  g_assert_cmpuint (get_page (pair->manager), ==, 2 * before);
  sync_desk_sync (pair->manager);
  sync_desk_assert (pair->manager, "SELECT count (*) FROM note", "100");
}

/* Whoever has much to send hears of the others before all of it is sent. */
static void
test_much_to_send (SyncPair      *pair,
                   gconstpointer  data)
{
  for (guint i = 0; i < 600; i++)
    sync_desk_write_note (pair->worker, pair->contact, "One of many");
  sync_desk_write_note (pair->manager, pair->contact, "From the other desk");
  sync_desk_sync (pair->manager);

  mash_sync_core_wake (pair->worker->core);
  while (mash_sync_core_get_next (pair->worker->core, pair->worker->now)->deed != MASH_SYNC_PULL)
    sync_desk_step (pair->worker);
  sync_desk_step (pair->worker);
  sync_desk_assert (pair->worker,
                    "SELECT count (*) FROM note WHERE text = 'From the other desk'", "1");
  sync_desk_assert (pair->worker, "SELECT count (*) > 0 FROM outbox WHERE answered = 0", "1");

  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "0");
  sync_desk_sync (pair->manager);
  sync_desk_assert (pair->manager, "SELECT count (*) FROM note", "601");
}

static void
write_notes (SyncPair *pair,
             guint     n)
{
  g_autoptr (MashGroup) group = mash_group_new ("note", pair->contact);

  for (guint i = 0; i < n; i++)
    store_fixture_add (pair->worker->store, group, &mash_note_kind, "text", "One of many", NULL);
  sync_desk_submit (pair->worker, group);
}

/* Whoever has much to fetch is heard by the others before all of it is there; and what they write
 * of something else lies where it lay while others' work goes by. */
static void
test_much_to_fetch (SyncPair      *pair,
                    gconstpointer  data)
{
  for (guint i = 0; i < 25; i++)
    write_notes (pair, 100);
  sync_desk_sync (pair->worker);

  mash_sync_core_wake (pair->manager->core);
  while (mash_sync_core_get_next (pair->manager->core, pair->manager->now)->deed !=
         MASH_SYNC_PULL)
    sync_desk_step (pair->manager);
  sync_desk_step (pair->manager);
  sync_desk_write_note (pair->manager, pair->contact, "Meanwhile");
  while (mash_sync_core_get_next (pair->manager->core, pair->manager->now)->deed !=
         MASH_SYNC_PUSH)
    sync_desk_step (pair->manager);
  sync_desk_assert (pair->manager, "SELECT count (*) BETWEEN 1 AND 2499 FROM note"
                    " WHERE text = 'One of many'", "1");
  sync_desk_assert (pair->manager, "SELECT count (*) FROM note WHERE text = 'Meanwhile'", "1");

  sync_desk_sync (pair->manager);
  sync_desk_assert (pair->manager, "SELECT count (*) FROM note", "2501");
  sync_desk_assert (pair->manager, "SELECT count (*) FROM outbox", "0");
  sync_desk_verify (pair->manager);
}

/* A page with a hole in it is not taken, is asked for again once, and then nothing more is. */
static void
test_hole (SyncPair      *pair,
           gconstpointer  data)
{
  g_autofree char *before = sync_desk_ask (pair->manager, "SELECT head_position FROM meta");

  for (guint i = 0; i < 3; i++)
    sync_desk_write_note (pair->worker, pair->contact, "One of three");
  sync_desk_sync (pair->worker);
  run (pair, "DO $$ BEGIN EXECUTE format ('ALTER POLICY reader ON mash.head USING (seq <> %s)',"
       " (SELECT max (seq) - 1 FROM mash.head)); END $$");
  let_go_on (pair->manager);
  g_assert_cmpint (mash_sync_core_get_end (pair->manager->core), ==, MASH_SYNC_END_FALSE);
  sync_desk_assert (pair->manager, "SELECT head_position FROM meta", before);
  sync_desk_assert (pair->manager, "SELECT count (*) FROM note", "0");
}

/* A hub that needs another format ends the sync, and neither the work here nor what waits. */
static void
test_newer_hub (SyncPair      *pair,
                gconstpointer  data)
{
  run (pair, "UPDATE mash.meta SET format_min = 2, format_max = 2");
  sync_desk_write_note (pair->worker, pair->contact, "Before");
  sync_desk_restart (pair->worker, FALSE);
  let_go_on (pair->worker);
  g_assert_cmpint (mash_sync_core_get_end (pair->worker->core), ==, MASH_SYNC_END_UPGRADE);
  sync_desk_write_note (pair->worker, pair->contact, "After");
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "2");

  run (pair, "UPDATE mash.meta SET format_min = 1, format_max = 1");
  sync_desk_restart (pair->worker, FALSE);
  sync_desk_sync (pair->worker);
  assert_hub (pair, "SELECT count (*) FROM mash.entity WHERE kind = 'note'", "2");
}

/* Nobody wakes the desk: it looks by itself before a minute is over. */
static void
test_no_word (SyncPair      *pair,
              gconstpointer  data)
{
  gint64 rested = pair->manager->now;

  let_go_on (pair->manager);
  sync_desk_write_note (pair->worker, pair->contact, "Nobody says so");
  sync_desk_sync (pair->worker);
  while (sync_desk_step (pair->manager))
    ;
  for (guint i = 0; i < 3 && pair->manager->now < rested + MASH_TIME_MINUTE; i++)
    {
      while (sync_desk_step (pair->manager))
        ;
    }
  while (sync_desk_step (pair->manager))
    ;
  sync_desk_assert (pair->manager, "SELECT text FROM note", "Nobody says so");
}

/* The desk's clock is compared with the hub's; the lease goes by the hub's, however the desk's own
 * is wrong, and order goes by neither. */
static void
test_clock (SyncPair      *pair,
            gconstpointer  data)
{
  gint64 now, met, server;

  run (pair, "UPDATE mash.meta SET clock = now () + interval '20 days'");
  sync_desk_write_note (pair->worker, pair->contact, "By a clock that is behind");
  sync_desk_restart (pair->worker, FALSE);
  sync_desk_sync (pair->worker);
  now = mash_store_get_now (pair->worker->store);
  g_assert_cmpint (mash_store_get_hub_ahead (pair->worker->store), >, 19 * MASH_TIME_DAY);
  g_assert_false (mash_store_is_lease_over (pair->worker->store, now, &met));
  server = now + mash_store_get_hub_ahead (pair->worker->store);
  g_assert_cmpint (ABS (met - server), <, MASH_TIME_HOUR);
  g_assert_false (mash_store_is_lease_over (pair->worker->store, now + 4 * MASH_TIME_DAY, &met));
  g_assert_true (mash_store_is_lease_over (pair->worker->store, now + 6 * MASH_TIME_DAY, &met));
  /* A clock that is put back gives no more time than the last thing said. */
  g_assert_false (mash_store_is_lease_over (pair->worker->store, now - 300 * MASH_TIME_DAY, &met));
  pair->worker->store->latest = now + 6 * MASH_TIME_DAY;
  g_assert_true (mash_store_is_lease_over (pair->worker->store, now - 300 * MASH_TIME_DAY, &met));
  pair->worker->store->latest = now;

  /* Without the hub it is known from the time before. */
  sync_desk_restart (pair->worker, TRUE);
  g_assert_cmpint (mash_store_get_hub_ahead (pair->worker->store), ==, 0);
  g_assert_false (mash_store_is_lease_over (pair->worker->store, now + 4 * MASH_TIME_DAY, &met));
  g_assert_true (mash_store_is_lease_over (pair->worker->store, now + 6 * MASH_TIME_DAY, &met));
}

/* Invariant 15: what stands comes from as many changes as it has revisions, each by somebody, at a
 * desk, with both times; who looked stands in a chain that holds. */
static void
test_audit (SyncPair      *pair,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autofree char *before = sync_desk_ask (pair->manager, "SELECT view_position FROM meta");
  g_autofree char *looks = NULL;

  sync_desk_write_note (pair->worker, pair->contact, "One");
  sync_desk_sync (pair->worker);
  sync_desk_sync (pair->manager);
  sync_desk_write_note (pair->manager, pair->contact, "Two");
  sync_desk_sync (pair->manager);
  assert_hub (pair, "SELECT count (*) FROM mash.entity e WHERE e.revision <>"
              " (SELECT count (*) FROM mash.change c WHERE c.kind = e.kind AND c.record = e.id)",
              "0");
  assert_hub (pair, "SELECT count (*) FROM mash.entity e LEFT JOIN mash.change c ON"
              " c.seq = e.last_seq AND c.record = e.id WHERE c.seq IS NULL", "0");
  assert_hub (pair, "SELECT count (*) FROM mash.head h LEFT JOIN mash.change c ON c.seq = h.seq"
              " WHERE c.seq IS NULL OR c.person = '' OR c.seat = '' OR c.said_at = '' OR"
              " h.took_at = ''", "0");
  assert_hub (pair, "SELECT count (*) FROM mash.change c LEFT JOIN mash.verdict v ON v.id = c.id"
              " WHERE v.seq IS DISTINCT FROM c.seq", "0");

  bundle = mash_store_open_contact (pair->manager->store, pair->contact, &error);
  g_assert_no_error (error);
  looks = sync_desk_ask (pair->manager, "SELECT view_position FROM meta");
  g_assert_cmpint (atoi (looks), >, atoi (before));
  sync_desk_verify (pair->manager);
  sync_desk_verify (pair->worker);
}

/* Invariant 18: what this program does not know alters no table, is kept byte for byte, so that the
 * chain holds, and holds nothing up. */
static void
test_unknown_kind (SyncPair      *pair,
                   gconstpointer  data)
{
  g_autofree char *hex = NULL;
  g_autofree char *kept = NULL;

  run (pair, "INSERT INTO mash.kind (name, signed, append_only, kept) VALUES ('omen', false, false,"
       " false);"
       " INSERT INTO mash.field (kind, n, name, type, needed, by_rules, fixed, past) VALUES"
       " ('omen', 0, 'text', 'rich', false, false, false, false);"
       " UPDATE mash.deed SET touches = touches || ' omen' WHERE id = 'note'");
  sync_desk_write_note (pair->worker, pair->contact, "Before it");
  sync_desk_sync (pair->worker);
  /* A later program says it, at a seat of the same person. */
  run (pair, "SET search_path = mash; DO $$"
       " DECLARE it saying; s bytea; parts bytea[]; c change; w bytea := ''; p bytea; at bigint;"
       " BEGIN PERFORM FROM meta FOR UPDATE;"
       " SELECT * INTO c FROM change WHERE kind = 'note' ORDER BY seq DESC LIMIT 1;"
       " parts := split_statement (c.statement);"
       " parts[2] := convert_to ('0190a1b2-0000-7000-8000-00000000aaaa', 'UTF8');"
       " parts[3] := convert_to ('0190a1b2-0000-7000-8000-00000000bbbb', 'UTF8');"
       " parts[9] := convert_to ('omen', 'UTF8');"
       " parts[10] := convert_to ('0190a1b2-0000-7000-8000-00000000cccc', 'UTF8');"
       " FOREACH p IN ARRAY parts LOOP w := w || int4send (length (p)) || p; END LOOP;"
       " it := read_statement (w);"
       " at := put_change (it, w, c.signature, c.seat, 999, now_text (), true, c.contact, '{}');"
       " END $$");
  sync_desk_write_note (pair->worker, pair->contact, "After it");
  sync_desk_sync (pair->worker);
  sync_desk_sync (pair->manager);
  sync_desk_assert (pair->manager, "SELECT group_concat (text, ', ') FROM (SELECT text FROM note"
                    " ORDER BY n)", "Before it, After it");
  sync_desk_assert (pair->manager, "SELECT count (*) FROM aside", "1");
  hex = cluster_ask (pair->cluster, pair->database,
                     "SELECT encode (h.chain, 'hex') FROM mash.head h"
                     " ORDER BY seq DESC LIMIT 1");
  kept = sync_desk_ask (pair->manager, "SELECT lower (hex (head_chain)) FROM meta");
  g_assert_cmpstr (kept, ==, hex);
  sync_desk_verify (pair->manager);
}

/* A desk that says more to its hub than that can take works with it all the same; what it cannot do
 * without it asks for seldom, and it is said why. */
static void
test_older_hub (SyncPair      *pair,
                gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new_literal (MASH_SYNC_ERROR, MASH_SYNC_ERROR_OLDER, "Older");

  run (pair, "ALTER FUNCTION api1.ack (text, bigint, bytea, bigint, text) RENAME TO not_yet");
  pair->worker->now += 10 * MASH_TIME_MINUTE;
  sync_desk_write_note (pair->worker, pair->contact, "All the same");
  sync_desk_sync (pair->worker);
  g_assert_true (mash_sync_core_get_on_line (pair->worker->core));
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "0");

  get_page (pair->worker);
  mash_sync_core_failed (pair->worker->core, error, pair->worker->now);
  g_assert_cmpint (mash_sync_core_get_failure (pair->worker->core), ==, MASH_SYNC_ERROR_OLDER);
  g_assert_false (mash_sync_core_get_on_line (pair->worker->core));
}

int
main (int   argc,
      char *argv[])
{
  static const SyncPairTest tests[] = {
    { "/sync/rows/server-full", test_server_full },
    { "/sync/rows/overloaded", test_overloaded },
    { "/sync/rows/poison", test_poison },
    { "/sync/rows/hole", test_hole },
    { "/sync/rows/breaking-line", test_breaking_line },
    { "/sync/rows/much-to-send", test_much_to_send },
    { "/sync/rows/much-to-fetch", test_much_to_fetch },
    { "/sync/rows/newer-hub", test_newer_hub },
    { "/sync/rows/older-hub", test_older_hub },
    { "/sync/rows/no-word", test_no_word },
    { "/sync/rows/clock", test_clock },
    { "/sync/rows/audit", test_audit },
    { "/sync/rows/unknown-kind", test_unknown_kind },
  };

  g_test_init (&argc, &argv, NULL);

  return sync_pair_run_tests (tests, G_N_ELEMENTS (tests));
}
