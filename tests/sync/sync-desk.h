/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Desks of a hub in a test, each with an encrypted database of its own, a line and the real core;
 * and a hub that has adopted what a stand-alone hub had: staff, posts and agencies.
 */

#include "../store/store-fixture.h"
#include "cluster.h"
#include "mash-hub-calls.h"
#include "mash-store-disk.h"

typedef struct
{
  StoreFixture origin;
  Cluster     *cluster;
} SyncHub;

typedef struct
{
  SyncHub      *hub;
  char         *database;
  char         *folder;
  char         *login;
  char         *sign_in;
  char         *seat;
  MashStore    *store;
  MashHubLine  *line;
  MashSyncCore *core;
  gint64        now;
} SyncDesk;

void      sync_hub_set_up    (SyncHub      *hub,
                              Cluster      *cluster,
                              const char   *database);
void      sync_hub_tear_down (SyncHub      *hub);
SyncDesk *sync_desk_new      (SyncHub      *hub,
                              const char   *database,
                              const char   *sign_in,
                              guint         number);
void      sync_desk_free     (SyncDesk     *self);
char     *sync_desk_leave    (SyncDesk     *self);
void      sync_desk_restart  (SyncDesk     *self,
                              gboolean      killed);
char     *sync_desk_copy     (SyncDesk     *self);
void      sync_desk_put_back (SyncDesk     *self,
                              char         *copy);
void      sync_desk_connect  (SyncDesk     *self);
void      sync_desk_carry    (SyncDesk     *self,
                              const MashSyncRequest *request);
void      sync_desk_carry_unheard (SyncDesk *self,
                              const MashSyncRequest *request);
gboolean  sync_desk_step     (SyncDesk     *self);
void      sync_desk_sync     (SyncDesk     *self);
void      sync_desk_verify   (SyncDesk     *self);
void      sync_desk_look     (SyncDesk     *self,
                              const char   *contact);
void      sync_desk_assert_looks (SyncDesk *self);
void      sync_desk_submit   (SyncDesk     *self,
                              MashGroup    *group);
void      sync_desk_write_note (SyncDesk   *self,
                              const char   *contact,
                              const char   *text);
void      sync_desk_assert   (SyncDesk     *self,
                              const char   *sql,
                              const char   *expected);
char     *sync_desk_ask      (SyncDesk     *self,
                              const char   *sql);
