/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sync-pair.h"

static Cluster *cluster;
static SyncHub hub;
static guint n_seats;

static void
set_up (SyncPair      *pair,
        gconstpointer  data)
{
  g_autoptr (MashGroup) group = NULL;

  pair->cluster = cluster;
  pair->database = g_strdup_printf ("pair%u", n_seats);
  cluster_copy_hub (cluster, "origin", pair->database);
  pair->worker = sync_desk_new (&hub, pair->database, "worker", n_seats++);
  pair->manager = sync_desk_new (&hub, pair->database, "manager", n_seats++);
  sync_desk_sync (pair->worker);
  sync_desk_sync (pair->manager);
  group = store_fixture_new_contact (pair->worker->store, "Tam", "Oakley", "2016-05-04");
  sync_desk_submit (pair->worker, group);
  pair->contact = g_strdup (mash_group_get_contact (group));
  sync_desk_sync (pair->worker);
  sync_desk_sync (pair->manager);
}

static void
tear_down (SyncPair      *pair,
           gconstpointer  data)
{
  sync_desk_free (pair->worker);
  sync_desk_free (pair->manager);
  g_free (pair->contact);
  g_free (pair->database);
}

/* Runs tests, each with a pair of desks of its own, at a server that is started for them. */
int
sync_pair_run_tests (const SyncPairTest *tests,
                     guint               n_tests)
{
  int status;

  cluster = cluster_new ();
  sync_hub_set_up (&hub, cluster, "origin");
  for (guint i = 0; i < n_tests; i++)
    g_test_add (tests[i].path, SyncPair, NULL, set_up, tests[i].test, tear_down);

  status = g_test_run ();
  sync_hub_tear_down (&hub);
  cluster_free (cluster);

  return status;
}
