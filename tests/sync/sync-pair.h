/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Two desks of one hub, a worker's and a manager's, and a contact that both have. Each test has a
 * hub of its own.
 */

#include "sync-desk.h"

typedef struct
{
  Cluster  *cluster;
  SyncDesk *worker;
  SyncDesk *manager;
  char     *contact;
  char     *database;
} SyncPair;

typedef struct
{
  const char *path;
  void      (*test) (SyncPair *pair, gconstpointer data);
} SyncPairTest;

int sync_pair_run_tests (const SyncPairTest *tests,
                         guint               n_tests);
