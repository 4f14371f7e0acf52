/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Desks with encrypted databases of their own, and the hub's own functions in a real PostgreSQL:
 * what one desk does appears on the other, what waits lies on top, and who was too late keeps what
 * was written. */

#include "config.h"

#include <string.h>

#include "mash-policy-reader.h"
#include "mash-time.h"
#include "sync-pair.h"

static void
edit_contact (SyncDesk   *desk,
              const char *contact,
              const char *field,
              const char *value)
{
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);

  store_fixture_edit (desk->store, group, &mash_contact_kind, contact, field, value, NULL);
  sync_desk_submit (desk, group);
}

static void
screen (SyncDesk   *desk,
        const char *contact)
{
  g_autoptr (MashGroup) group = mash_group_new ("screen", contact);

  store_fixture_edit (desk->store, group, &mash_contact_kind, contact, "assigned-to",
                      desk->store->person, "history-searched", "All; nothing found", NULL);
  sync_desk_submit (desk, group);
}

static void
take (SyncDesk   *desk,
      const char *contact)
{
  g_autoptr (MashGroup) group = mash_group_new ("take", contact);

  store_fixture_edit (desk->store, group, &mash_contact_kind, contact, "assigned-to",
                      desk->store->person, NULL);
  sync_desk_submit (desk, group);
}

static void
check_same (SyncPair *pair)
{
  g_autofree char *chain = NULL;
  g_autofree char *other = NULL;

  for (guint i = 0; i < 2; i++)
    {
      sync_desk_sync (pair->worker);
      sync_desk_sync (pair->manager);
    }
  sync_desk_verify (pair->worker);
  sync_desk_verify (pair->manager);
  chain = sync_desk_ask (pair->worker, "SELECT hex (head_chain) FROM meta");
  other = sync_desk_ask (pair->manager, "SELECT hex (head_chain) FROM meta");
  g_assert_cmpstr (chain, ==, other);
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "0");
  sync_desk_assert (pair->worker, "SELECT count (*) FROM aside", "0");
  sync_desk_assert (pair->manager, "SELECT count (*) FROM aside", "0");
}

static void
test_appears (SyncPair      *pair,
              gconstpointer  data)
{
  sync_desk_assert (pair->manager, "SELECT count (*) FROM contact", "1");
  sync_desk_write_note (pair->worker, pair->contact, "The school rang");
  sync_desk_assert (pair->worker, "SELECT count (*) FROM note", "1");
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "1");
  sync_desk_assert (pair->manager, "SELECT count (*) FROM note", "0");
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "0");
  sync_desk_sync (pair->manager);
  sync_desk_assert (pair->manager, "SELECT text FROM note", "The school rang");
  take (pair->worker, pair->contact);
  sync_desk_sync (pair->worker);
  sync_desk_sync (pair->manager);
  sync_desk_assert (pair->manager, "SELECT assigned_to FROM contact", pair->worker->store->own);
  check_same (pair);
}

/* What waits stays on top of what comes, and goes into the timeline behind it. */
static void
test_waits_on_top (SyncPair      *pair,
                   gconstpointer  data)
{
  sync_desk_write_note (pair->manager, pair->contact, "First");
  edit_contact (pair->manager, pair->contact, "ward", "North");
  sync_desk_write_note (pair->worker, pair->contact, "Second");
  edit_contact (pair->worker, pair->contact, "presenting-concern", "A burn");
  sync_desk_sync (pair->manager);
  sync_desk_verify (pair->worker);
  sync_desk_restart (pair->worker, TRUE);
  sync_desk_verify (pair->worker);
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker,
                    "SELECT group_concat (text) FROM (SELECT text FROM note ORDER BY n)",
                    "First,Second");
  sync_desk_assert (pair->worker, "SELECT ward || presenting_concern FROM contact", "NorthA burn");
  check_same (pair);
}

static void
check_values (SyncDesk   *desk,
              const char *held,
              SyncDesk   *held_by,
              const char *other,
              SyncDesk   *other_by)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = mash_store_list_conflicts (desk->store, &error);
  const MashConflict *conflict;

  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (conflict->field, ==, "ward");
  g_assert_cmpstr (g_variant_get_string (conflict->held, NULL), ==, held);
  g_assert_cmpstr (conflict->held_by, ==, held_by->store->own);
  g_assert_cmpstr (g_variant_get_string (conflict->other, NULL), ==, other);
  g_assert_cmpstr (conflict->other_by, ==, other_by->store->own);
}

/* Two values of one field: the hub's stays, the other is kept beside it. */
static void
test_two_values (SyncPair      *pair,
                 gconstpointer  data)
{
  edit_contact (pair->manager, pair->contact, "ward", "North");
  edit_contact (pair->worker, pair->contact, "ward", "South");
  sync_desk_assert (pair->worker, "SELECT ward FROM contact", "South");
  sync_desk_sync (pair->manager);
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT ward FROM contact", "North");
  sync_desk_assert (pair->worker, "SELECT field FROM conflict", "ward");
  check_same (pair);
  sync_desk_assert (pair->manager, "SELECT field FROM conflict", "ward");
  check_values (pair->manager, "North", pair->manager, "South", pair->worker);
  check_values (pair->worker, "North", pair->manager, "South", pair->worker);

  /* Whoever chooses, chooses for all. */
  edit_contact (pair->manager, pair->contact, "ward", "South");
  check_same (pair);
  sync_desk_assert (pair->worker, "SELECT count (*) FROM conflict WHERE settled_at IS NULL", "0");
  sync_desk_assert (pair->manager, "SELECT count (*) FROM conflict WHERE settled_at IS NULL", "0");
}

/* What was written is kept and can be shown, until its author has seen to it. */
static void
check_refusal (SyncPair *pair)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = mash_store_list_refusals (pair->worker->store, &error);
  const MashRefusal *refusal;
  MashUnsent unsent;

  g_assert_no_error (error);
  g_assert_cmpuint (refusals->len, ==, 1);
  refusal = g_ptr_array_index (refusals, 0);
  g_assert_cmpstr (refusal->deed, ==, "screen");
  g_assert_cmpstr (refusal->contact, ==, pair->contact);
  g_assert_cmpstr (mash_edit_get_text (g_ptr_array_index (refusal->edits, 0), "history-searched"),
                   ==, "All; nothing found");
  g_assert_true (mash_store_settle_refusal (pair->worker->store, refusal->group, NULL));
  g_assert_true (mash_store_count_unsent (pair->worker->store, &unsent, NULL));
  g_assert_cmpuint (unsent.n_refused, ==, 0);
}

/* One step that two took: the second is told by whom it was decided, and keeps what was written. */
static void
test_decided (SyncPair      *pair,
              gconstpointer  data)
{
  g_autofree char *says = NULL;

  screen (pair->manager, pair->contact);
  screen (pair->worker, pair->contact);
  sync_desk_write_note (pair->worker, pair->contact, "Behind it");
  sync_desk_assert (pair->worker, "SELECT state FROM contact", "C20");
  sync_desk_sync (pair->manager);
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT count (DISTINCT group_id) || code FROM refusal",
                    "1decided");
  says = sync_desk_ask (pair->worker, "SELECT says FROM refusal");
  g_assert_true (g_str_has_prefix (says, pair->manager->store->own));
  sync_desk_assert (pair->worker, "SELECT text FROM note", "Behind it");
  check_same (pair);
  check_refusal (pair);
}

/* What nobody can have said is set aside, and the rest goes on. */
static void
test_false_signature (SyncPair      *pair,
                      gconstpointer  data)
{
  g_autoptr (GPtrArray) asides = NULL;

  g_hash_table_replace (pair->worker->store->keys, g_strdup (pair->worker->store->own),
                        mash_secret_new_random (64));
  sync_desk_write_note (pair->worker, pair->contact, "By nobody");
  sync_desk_sync (pair->worker);
  sync_desk_restart (pair->worker, FALSE);
  sync_desk_write_note (pair->worker, pair->contact, "By the worker");
  sync_desk_sync (pair->worker);
  sync_desk_sync (pair->manager);
  sync_desk_assert (pair->manager, "SELECT group_concat (text) FROM note", "By the worker");
  sync_desk_assert (pair->manager, "SELECT why FROM aside", "The signature does not hold");
  asides = mash_store_list_asides (pair->manager->store, NULL);
  g_assert_cmpuint (asides->len, ==, 1);
  g_assert_cmpstr (((MashAside *) g_ptr_array_index (asides, 0))->why, ==,
                   "The signature does not hold");
  sync_desk_verify (pair->manager);
  sync_desk_verify (pair->worker);
}

/* What the hub cannot read is kept here as not accepted, and what was said after it goes on. */
static void
test_unread (SyncPair      *pair,
             gconstpointer  data)
{
  cluster_run (pair->cluster, pair->database,
               "ALTER FUNCTION mash.read_statement (bytea) RENAME TO read_any;"
               "CREATE FUNCTION mash.read_statement (statement bytea) RETURNS mash.saying"
               " LANGUAGE sql STABLE AS 'SELECT (mash.read_any ($1)).*"
               " WHERE position (''Unreadable''::bytea IN $1) = 0';"
               "GRANT EXECUTE ON FUNCTION mash.read_any (bytea), mash.read_statement (bytea)"
               " TO PUBLIC");
  sync_desk_write_note (pair->worker, pair->contact, "Before");
  sync_desk_write_note (pair->worker, pair->contact, "Unreadable");
  sync_desk_write_note (pair->worker, pair->contact, "After");
  for (guint i = 0; i < 8; i++)
    {
      pair->worker->now += 2 * 60 * G_USEC_PER_SEC;
      sync_desk_sync (pair->worker);
    }
  sync_desk_sync (pair->manager);
  sync_desk_assert (pair->manager, "SELECT group_concat (text, ', ') FROM (SELECT text FROM note"
                    " ORDER BY n)", "Before, After");
  sync_desk_assert (pair->worker, "SELECT code FROM refusal WHERE settled_at IS NULL", "malformed");
  check_same (pair);
}

/* The shipped policy under another version, by which nobody adds a note. */
static MashPolicy *
make_stricter (void)
{
  g_autoptr (GBytes) builtin =
    g_resources_lookup_data ("/uk/mash/Desk/policy/mash-policy.xml", 0, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (builtin, NULL),
                                     g_bytes_get_size (builtin));
  g_autoptr (GString) whole = g_string_new (text);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  MashPolicy *policy;

  g_assert_cmpuint (g_string_replace (whole, "<mash-policy version=\"2026-11\"",
                                      "<mash-policy version=\"stricter\"", 0), ==, 1);
  g_assert_cmpuint (g_string_replace (whole, "done=\"Note added\" permission=\"4\" from=\"* C90\"",
                                      "done=\"Note added\" permission=\"4\" from=\"C90\"", 0), ==,
                    1);
  bytes = g_bytes_new (whole->str, whole->len);
  policy = mash_policy_reader_load (bytes, "stricter.xml", &error);
  g_assert_no_error (error);

  return policy;
}

/* The worker adds a note, and the manager, who would judge more strictly, hears of it. */
static void
hear_note (SyncPair   *pair,
           const char *meta)
{
  cluster_run (pair->cluster, pair->database, meta);
  sync_desk_write_note (pair->worker, pair->contact, "By the hub's policy");
  sync_desk_sync (pair->worker);
  /* A desk is told at its next greeting. */
  sync_desk_restart (pair->manager, FALSE);
}

/* What the hub judges by another policy than the desk, or did before it had this one, is followed;
 * what it judges by the same is judged again. */
static void
test_other_policy (SyncPair      *pair,
                   gconstpointer  data)
{
  g_autoptr (MashPolicy) stricter = make_stricter ();
  static const struct
  {
    const char *meta;
    gboolean    other;
    const char *n_notes;
    const char *n_aside;
  } rows[] = {
    { "SELECT 1", TRUE, "1", "0" },
    { "UPDATE mash.meta SET policy = 'stricter', policy_after = head_seq + 1", FALSE, "2", "0" },
    { "UPDATE mash.meta SET policy = 'stricter', policy_after = head_seq", FALSE, "2", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      hear_note (pair, rows[i].meta);
      g_assert_true (mash_store_set_policy (pair->manager->store, stricter, NULL));
      sync_desk_sync (pair->manager);
      g_assert_cmpint (mash_store_is_policy_other (pair->manager->store), ==, rows[i].other);
      sync_desk_assert (pair->manager, "SELECT count (*) FROM note", rows[i].n_notes);
      sync_desk_assert (pair->manager, "SELECT count (*) FROM aside", rows[i].n_aside);
    }
}

static void
set_person (SyncPair   *pair,
            const char *table,
            const char *set)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE mash.%s SET %s WHERE id = '%s'", table, set,
                                          strcmp (table, "seat") == 0 ? pair->worker->seat
                                                                      : pair->worker->store->own);

  cluster_run (pair->cluster, pair->database, sql);
}

/* Who may not come any more is told which of the reasons it is; what they had not sent is handed in
 * first, stays where it is, and is sent when they may come again. */
static void
test_may_not_come (SyncPair      *pair,
                   gconstpointer  data)
{
  static const struct
  {
    const char *table;
    const char *set;
    const char *undo;
    MashSyncEnd end;
    const char *kept;
  } reasons[] = {
    { "seat", "state = 'frozen'", "state = 'active'", MASH_SYNC_END_FROZEN, "0" },
    { "person", "state = 'invited'", "state = 'active'", MASH_SYNC_END_INVITED, "0" },
    { "entity", "state = state || '{\"suspended\": true}'", "state = state - 'suspended'",
      MASH_SYNC_END_SUSPENDED, "1" },
    { "person", "state = 'revoked'", "state = 'active'", MASH_SYNC_END_REVOKED, "1" },
  };

  sync_desk_write_note (pair->worker, pair->contact, "Not sent");
  sync_desk_look (pair->worker, pair->contact);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *kept = NULL;

      set_person (pair, reasons[i].table, reasons[i].set);
      mash_sync_core_wake (pair->worker->core);
      while (sync_desk_step (pair->worker))
        ;
      g_assert_cmpint (mash_sync_core_get_end (pair->worker->core), ==, reasons[i].end);
      kept = cluster_ask (pair->cluster, pair->database, "SELECT count (*) FROM mash.quarantine");
      g_assert_cmpstr (kept, ==, reasons[i].kept);
      if (strcmp (kept, "0") != 0)
        sync_desk_assert_looks (pair->worker);
      set_person (pair, reasons[i].table, reasons[i].undo);
      sync_desk_restart (pair->worker, FALSE);
    }
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "1");
  sync_desk_sync (pair->worker);
  sync_desk_assert (pair->worker, "SELECT count (*) FROM outbox", "0");
  check_same (pair);
}

static void
assert_kept_looks (SyncPair   *pair,
                   const char *n)
{
  g_autofree char *kept = cluster_ask (pair->cluster, pair->database,
                                       "SELECT count (*) FROM mash.access");

  g_assert_cmpstr (kept, ==, n);
}

/* Who looked is at the hub as soon as the desk has been there, once, whatever the line does. */
static void
test_looks (SyncPair      *pair,
            gconstpointer  data)
{
  const MashSyncRequest *request;

  sync_desk_look (pair->manager, pair->contact);
  sync_desk_sync (pair->manager);
  sync_desk_assert_looks (pair->manager);

  sync_desk_look (pair->worker, pair->contact);
  sync_desk_look (pair->worker, pair->contact);
  mash_sync_core_wake (pair->worker->core);
  request = mash_sync_core_get_next (pair->worker->core, pair->worker->now);
  g_assert_cmpint (request->deed, ==, MASH_SYNC_LOOK);
  sync_desk_carry_unheard (pair->worker, request);
  sync_desk_connect (pair->worker);
  sync_desk_look (pair->worker, pair->contact);
  sync_desk_sync (pair->worker);
  sync_desk_assert_looks (pair->worker);
  check_same (pair);
}

/* Looks that the hub cannot read stay at the desk, and hold up no work. */
static void
test_unread_looks (SyncPair      *pair,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;

  before = cluster_ask (pair->cluster, pair->database, "SELECT count (*) FROM mash.access");
  sync_desk_look (pair->worker, pair->contact);
  mash_database_execute (pair->worker->store->database,
                         "UPDATE access SET desk = 'nowhere' WHERE position ="
                         " (SELECT max (position) FROM access)", &error);
  g_assert_no_error (error);
  sync_desk_write_note (pair->worker, pair->contact, "Said all the same");
  sync_desk_sync (pair->worker);
  sync_desk_sync (pair->manager);
  sync_desk_assert (pair->manager, "SELECT count (*) FROM note", "1");
  assert_kept_looks (pair, before);
  sync_desk_assert (pair->worker, "SELECT view_position - looks_handed FROM meta", "1");
}

int
main (int   argc,
      char *argv[])
{
  static const SyncPairTest tests[] = {
    { "/sync/desk/appears", test_appears },
    { "/sync/desk/waits-on-top", test_waits_on_top },
    { "/sync/desk/two-values", test_two_values },
    { "/sync/desk/decided", test_decided },
    { "/sync/desk/false-signature", test_false_signature },
    { "/sync/desk/unread", test_unread },
    { "/sync/desk/other-policy", test_other_policy },
    { "/sync/desk/may-not-come", test_may_not_come },
    { "/sync/desk/looks", test_looks },
    { "/sync/desk/unread-looks", test_unread_looks },
  };

  g_test_init (&argc, &argv, NULL);

  return sync_pair_run_tests (tests, G_N_ELEMENTS (tests));
}
