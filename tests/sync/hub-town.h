/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A hub as it is deployed, but small: a server on the network of this machine with its own
 * authority, two enrolled desks, and people who come in as people do.
 */

#include "cluster.h"
#include "mash-hub-entry.h"
#include "mash-hub-people.h"

G_BEGIN_DECLS

typedef struct
{
  char          *folder;    /* with the authority in it, and a folder for each desk */
  char          *authority;
  Cluster       *cluster;
  MashHubLine   *line;      /* the administrator's */
  MashHubRoot   *root;
  char          *agency;
  MashEnrolment *desks[2];
} HubTown;

HubTown    *hub_town_new    (void);
HubTown    *hub_town_new_of (const char *folder,
                             const char *sign_in,
                             const char *words);
void        hub_town_free   (HubTown    *self);
char       *hub_town_ask    (HubTown    *self,
                             const char *sql);
char       *hub_town_add    (HubTown    *self,
                             const char *sign_in,
                             const char *role);
MashSecret *hub_town_secret (const char *words);

G_END_DECLS
