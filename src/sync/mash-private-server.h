/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A PostgreSQL server in a folder of its own, for trying a hub: on a port and a socket of its own,
 * under an account without rights where it is started by root. It is no part of the system, and
 * stays until it is stopped.
 */

#include <glib.h>

#include "mash-sync-error.h"

G_BEGIN_DECLS

guint16  mash_private_server_find_port    (void);
gboolean mash_private_server_create       (const char  *folder,
                                           const char  *authority,
                                           guint16      port,
                                           GError     **error);
gboolean mash_private_server_start        (const char  *folder,
                                           GError     **error);
gboolean mash_private_server_stop         (const char  *folder,
                                           GError     **error);
char    *mash_private_server_dup_settings (const char  *folder,
                                           guint16      port,
                                           const char  *database) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
