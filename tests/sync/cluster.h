/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A PostgreSQL server of a test's own: in a folder that goes with it, on a socket there, run by an
 * account without rights where the test is run by root, and ended when the test ends in any way.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char        *folder;
  guint16      port;   /* 0 for the usual one, on the socket alone */
  GSubprocess *server;
} Cluster;

Cluster *cluster_new          (void);
Cluster *cluster_new_on_network (const char *authority);
void     cluster_put_file     (Cluster    *self,
                               const char *name,
                               const char *text);
Cluster *cluster_join         (const char *folder);
void     cluster_back_up     (Cluster *self);
void     cluster_back_up_live (Cluster *self);
void     cluster_restart     (Cluster *self);
void     cluster_put_back    (Cluster *self);
void     cluster_free         (Cluster    *self);
char    *cluster_dup_settings (Cluster    *self,
                               const char *database,
                               const char *role);
void     cluster_run          (Cluster    *self,
                               const char *database,
                               const char *sql);
char    *cluster_ask          (Cluster    *self,
                               const char *database,
                               const char *sql);
void     cluster_copy_hub     (Cluster    *self,
                               const char *from,
                               const char *database);
void     cluster_make_hub     (Cluster    *self,
                               const char *database,
                               char      **hub);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cluster, cluster_free)

G_END_DECLS
