/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A central hub with years of history behind it, as `mash-admin training --hub` makes one: a
 * PostgreSQL of its own that asks for TLS 1.3, a certificate and SCRAM, and people who may come in;
 * or, with `--hub DIR`, one that was made there before and runs. And desks of it, each with an
 * encrypted database of its own and the real core.
 */

#include "mash-hub-entry.h"
#include "mash-hub-info.h"
#include "mash-store-disk.h"

G_BEGIN_DECLS

typedef struct
{
  char          *folder;   /* NULL where it was there before */
  char          *server;   /* of its PostgreSQL */
  MashPolicy    *policy;
  MashHubInfo   *info;     /* with the people in it */
  MashEnrolment *machine;
  MashHubLine   *line;     /* the administrator's, on the server itself */
  guint64        head;
} HubStock;

/* Somebody at the machine. */
typedef struct
{
  HubStock      *stock;
  char          *folder;
  char          *seat;
  MashAdmission *admission;
  MashStore     *store;
  MashHubLine   *line;
  MashSyncCore  *core;
  guint64        limit;    /* no entries beyond this position are applied; 0: all */
} StockDesk;

HubStock      *hub_stock_new        (int           argc,
                                     char        **argv,
                                     guint         n_contacts);
void           hub_stock_free       (HubStock     *self);
char          *hub_stock_ask        (HubStock     *self,
                                     const char   *sql);
gboolean       hub_stock_set        (HubStock     *self,
                                     const char   *settings);
MashHubLine   *hub_stock_enter      (HubStock     *self,
                                     guint         person,
                                     MashAdmission **admission);
char          *hub_stock_add_seat   (HubStock     *self,
                                     guint         person);

StockDesk     *stock_desk_new       (HubStock     *stock,
                                     guint         person);
char          *stock_desk_leave     (StockDesk    *self,
                                     MashAdmission **admission);
void           stock_desk_free      (StockDesk    *self);
gboolean       stock_desk_sync      (StockDesk    *self);

G_END_DECLS
