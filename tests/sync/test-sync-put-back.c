/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that is killed and started from a backup, and a desk whose disk goes back to a copy:
 * what anybody was told is saved comes back, nobody follows a forked history in silence, and of two
 * copies of one desk's database only one goes on. */

#include "config.h"

#include <string.h>

#include "mash-time.h"
#include "sync-desk.h"

static Cluster *cluster;
static SyncHub hub;
static SyncDesk *worker;
static SyncDesk *manager;
static char *contact;

/* Whoever writes has looked. */
static void
write_note (SyncDesk   *desk,
            const char *text)
{
  sync_desk_write_note (desk, contact, text);
  sync_desk_look (desk, contact);
}

static void
edit_ward (SyncDesk   *desk,
           const char *ward)
{
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);

  store_fixture_edit (desk->store, group, &mash_contact_kind, contact, "ward", ward, NULL);
  sync_desk_submit (desk, group);
}

static void
assert_hub (const char *sql,
            const char *expected)
{
  g_autofree char *answer = cluster_ask (cluster, "origin", sql);

  g_assert_cmpstr (answer, ==, expected);
}

static void
sync_both (void)
{
  for (guint i = 0; i < 2; i++)
    {
      sync_desk_sync (worker);
      sync_desk_sync (manager);
    }
}

static void
connect_both (void)
{
  sync_desk_connect (worker);
  sync_desk_connect (manager);
}

/* Everybody has all of it, the tables are what the history says, and nothing waits. */
static void
assert_whole (const char *n_notes)
{
  SyncDesk *const desks[] = { worker, manager };
  g_autofree char *chain = cluster_ask (cluster, "origin",
                                        "SELECT upper (encode (head_chain, 'hex'))"
                                        " FROM mash.meta");

  assert_hub ("SELECT count (*) FROM mash.quarantine q WHERE settled_seq IS NULL AND"
              " NOT EXISTS (SELECT FROM mash.verdict v WHERE v.id = q.id)", "0");
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      sync_desk_assert (desks[i], "SELECT hex (head_chain) FROM meta", chain);
      sync_desk_assert (desks[i], "SELECT count (*) FROM outbox", "0");
      sync_desk_assert (desks[i], "SELECT count (*) FROM aside", "0");
      sync_desk_assert (desks[i], "SELECT count (*) FROM refusal", "0");
      sync_desk_assert (desks[i], "SELECT count (*) FROM note", n_notes);
      sync_desk_assert_looks (desks[i]);
      sync_desk_verify (desks[i]);
    }
}

static void
run (SyncDesk   *desk,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  mash_database_execute (desk->store->database, sql, &error);
  g_assert_no_error (error);
}

/* A disk that does not take what the hub gives is tried again, and the log has why in numbers: not
 * in words, which may be about somebody. */
static void
test_disk_refuses (void)
{
  write_note (worker, "Before the backup");
  sync_desk_sync (worker);
  run (manager, "CREATE TEMP TRIGGER refuses BEFORE INSERT ON main.change BEGIN"
       " SELECT raise (ABORT, 'Tam Oakley'); END");
  g_test_expect_message ("mash-sync", G_LOG_LEVEL_MESSAGE,
                         "The disk did not do what was asked in phase *:"
                         " MashStoreError 28, from 1811");
  mash_sync_core_wake (manager->core);
  while (mash_sync_core_get_end (manager->core) == MASH_SYNC_END_NONE)
    sync_desk_step (manager);
  g_test_assert_expected_messages ();
  g_assert_cmpint (mash_sync_core_get_end (manager->core), ==, MASH_SYNC_END_DISK);

  run (manager, "DROP TRIGGER temp.refuses");
  manager->now += 60 * G_USEC_PER_SEC;
  sync_both ();
  g_assert_cmpint (mash_sync_core_get_end (manager->core), ==, MASH_SYNC_END_NONE);
  sync_desk_assert (manager, "SELECT count (*) FROM note", "1");
}

static void
test_hub_put_back (void)
{
  cluster_back_up (cluster);
  connect_both ();

  write_note (worker, "Everybody has it");
  sync_both ();
  write_note (manager, "And this");
  edit_ward (manager, "East");
  sync_both ();
  write_note (worker, "The hub has it, and nobody else");
  sync_desk_sync (worker);
  write_note (worker, "Not sent yet");
  cluster_put_back (cluster);
  connect_both ();
  assert_hub ("SELECT count (*) FROM mash.entity WHERE kind = 'note'", "1");

  /* What was one's own comes again by itself; what was others' waits at the hub for them. */
  g_assert_false (mash_sync_core_get_put_back (worker->core));
  sync_desk_sync (worker);
  g_assert_true (mash_sync_core_get_put_back (worker->core));
  sync_desk_assert (worker, "SELECT count (*) FROM note", "4");
  sync_desk_assert (worker, "SELECT count (*) FROM lost WHERE handed = 1", "2");
  assert_hub ("SELECT count (*) FROM mash.quarantine WHERE reason = 'reoffered'", "2");
  sync_desk_verify (worker);

  sync_both ();
  assert_whole ("5");
  sync_desk_assert (worker, "SELECT ward FROM contact", "East");
}

static void
test_desk_put_back (void)
{
  g_autofree char *seat = g_strdup (mash_store_get_seat (worker->store));
  char *copy;

  write_note (worker, "Waits when the copy is made");
  copy = sync_desk_copy (worker);
  sync_both ();
  write_note (worker, "Sent after the copy");
  sync_both ();

  sync_desk_put_back (worker, copy);
  sync_desk_assert (worker, "SELECT count (*) FROM outbox", "1");
  write_note (worker, "Written at the desk that was put back");
  sync_both ();
  g_assert_false (mash_sync_core_get_put_back (worker->core));
  assert_whole ("8");
  g_assert_cmpstr (mash_store_get_seat (worker->store), !=, seat);
  assert_hub ("SELECT count (*) FROM mash.seat WHERE state = 'replaced'", "1");

  /* And goes on so after the next start. */
  sync_desk_restart (worker, FALSE);
  write_note (worker, "The day after");
  sync_both ();
  assert_whole ("9");
}

static void
fall_back_by (SyncDesk *desk,
              guint64   n_changes)
{
  g_autoptr (GError) error = NULL;
  MashSyncPlace place;

  mash_store_get_place (desk->store, &place);
  g_assert_true (mash_store_find_place (desk->store, place.seq - n_changes, &place, &error));
  mash_store_fall_back (desk->store, &place, 1, &error);
  g_assert_no_error (error);
}

/* A desk that falls back a second time before the hub has again what it took back the first time:
 * what was taken back from the feed then stands among what waited, by whatever numbers the two
 * have, and all of it keeps its order. */
static void
test_twice (void)
{
  static const char order[] = "SELECT group_concat (text, ' ') FROM (SELECT n.text FROM change c"
                              " JOIN note n ON n.id = c.record WHERE c.state = 'pending'"
                              " ORDER BY c.position)";
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < 45; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      if (i == 40)
        sync_both ();
      write_note (worker, text);
      if (i >= 5)
        g_string_append_printf (expected, "%s%u", i > 5 ? " " : "", i);
    }
  fall_back_by (worker, 30);
  sync_desk_assert (worker, "SELECT count (*) > 0 FROM outbox a JOIN outbox b"
                    " ON b.position = a.position + (1 << 40)", "1");
  fall_back_by (worker, 5);
  sync_desk_assert (worker, order, expected->str);
  sync_desk_assert (worker, "SELECT count (*) FROM outbox", "40");
  sync_both ();
  assert_whole ("54");
}

/* Two copies of one database: the one that was not there when the other took a new seat stops, and
 * keeps what it has. */
static void
test_two_copies (void)
{
  char *copy = sync_desk_copy (worker);
  char *newer;

  write_note (worker, "At the one");
  sync_both ();
  newer = sync_desk_copy (worker);
  sync_desk_put_back (worker, copy);
  write_note (worker, "At the other");
  sync_both ();
  assert_whole ("56");

  sync_desk_put_back (worker, newer);
  write_note (worker, "At the one again");
  mash_sync_core_wake (worker->core);
  while (sync_desk_step (worker))
    ;
  g_assert_cmpint (mash_sync_core_get_end (worker->core), ==, MASH_SYNC_END_REPLACED);
  sync_desk_assert (worker, "SELECT count (*) FROM outbox WHERE answered = 0", "1");
}

/* Another hub that calls itself by the same name: nothing is sent, fetched or thrown away. */
static void
test_nothing_in_common (void)
{
  g_autofree char *place = sync_desk_ask (manager, "SELECT hex (head_chain) FROM meta");

  cluster_run (cluster, "origin",
               "SET session_replication_role = replica;"
               "UPDATE mash.head SET chain = sha256 (chain);"
               "UPDATE mash.meta SET head_chain = sha256 (head_chain)");
  sync_desk_connect (manager);
  write_note (manager, "Stays here");
  mash_sync_core_wake (manager->core);
  while (sync_desk_step (manager))
    ;
  g_assert_cmpint (mash_sync_core_get_end (manager->core), ==, MASH_SYNC_END_DIVERGED);
  sync_desk_assert (manager, "SELECT hex (head_chain) FROM meta", place);
  sync_desk_assert (manager, "SELECT count (*) FROM outbox", "1");
  sync_desk_assert (manager, "SELECT count (*) FROM note", "57");
  sync_desk_verify (manager);
}

static void
set_up (void)
{
  g_autoptr (MashGroup) group = NULL;

  cluster = cluster_new ();
  sync_hub_set_up (&hub, cluster, "origin");
  worker = sync_desk_new (&hub, "origin", "worker", 1);
  manager = sync_desk_new (&hub, "origin", "manager", 2);
  sync_both ();
  group = store_fixture_new_contact (worker->store, "Tam", "Oakley", "2016-05-04");
  sync_desk_submit (worker, group);
  contact = g_strdup (mash_group_get_contact (group));
  sync_both ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  set_up ();
  g_test_add_func ("/sync/put-back/disk-refuses", test_disk_refuses);
  g_test_add_func ("/sync/put-back/hub", test_hub_put_back);
  g_test_add_func ("/sync/put-back/desk", test_desk_put_back);
  g_test_add_func ("/sync/put-back/twice", test_twice);
  g_test_add_func ("/sync/put-back/two-copies", test_two_copies);
  g_test_add_func ("/sync/put-back/nothing-in-common", test_nothing_in_common);

  status = g_test_run ();
  sync_desk_free (worker);
  sync_desk_free (manager);
  g_free (contact);
  sync_hub_tear_down (&hub);
  cluster_free (cluster);

  return status;
}
