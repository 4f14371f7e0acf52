/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One connection to a hub's PostgreSQL.
 *
 * The only place that knows libpq. A line belongs to one thread, which waits for it; on a thread
 * that attends to a bell the wait ends as soon as the bell is stopped. What the server says
 * in words is never passed on: an error has a code, and the state that PostgreSQL names.
 */

#include <glib.h>

#include "mash-secret.h"
#include "mash-sync-bell.h"
#include "mash-sync-error.h"

G_BEGIN_DECLS

typedef struct _MashHubLine MashHubLine;
typedef struct _MashHubRows MashHubRows;

/**
 * MashHubAddress:
 * @hosts: names of servers, with commas between; the first that takes changes is used
 * @port: their port
 * @database: the hub's database
 * @login: the person's role
 * @secret: what the passphrase derives to, never the passphrase
 * @authority: file with the certificate of the hub's own authority
 * @certificate: file with the desk's certificate
 * @key: file with its key
 *
 * Where a desk finds its hub and how it says who it is. All of it is borrowed.
 */
typedef struct
{
  const char *hosts;
  const char *port;
  const char *database;
  const char *login;
  const char *secret;
  const char *authority;
  const char *certificate;
  const char *key;
} MashHubAddress;

void         mash_hub_line_clean_environment (void);
void         mash_hub_line_attend     (MashSyncBell         *bell);
MashHubLine *mash_hub_line_open       (const MashHubAddress *address,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
MashHubLine *mash_hub_line_open_admin (const char           *settings,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void         mash_hub_line_close      (MashHubLine          *self);
int          mash_hub_line_get_server (MashHubLine          *self);
gboolean     mash_hub_line_run        (MashHubLine          *self,
                                       const char           *sql,
                                       GError              **error);
gboolean     mash_hub_line_wait       (MashHubLine          *self,
                                       MashSyncBell         *bell,
                                       gint64                longest);
MashHubRows *mash_hub_line_ask        (MashHubLine          *self,
                                       GError              **error,
                                       const char           *sql,
                                       ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
MashHubRows *mash_hub_line_ask_binary (MashHubLine          *self,
                                       GError              **error,
                                       const char           *sql,
                                       ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
gboolean     mash_hub_line_copy       (MashHubLine          *self,
                                       const char           *sql,
                                       GString              *rows,
                                       GError              **error);
char        *mash_hub_line_quote      (MashHubLine          *self,
                                       const char           *name) G_GNUC_WARN_UNUSED_RESULT;

char        *mash_hub_line_make_verifier (MashHubLine       *self,
                                          const char        *login,
                                          MashSecret        *secret) G_GNUC_WARN_UNUSED_RESULT;
char        *mash_hub_write_bytes     (GBytes               *bytes) G_GNUC_WARN_UNUSED_RESULT;

void         mash_hub_rows_free       (MashHubRows          *self);
guint        mash_hub_rows_get_n      (MashHubRows          *self);
gboolean     mash_hub_rows_is_null    (MashHubRows          *self,
                                       guint                 row,
                                       guint                 column);
const char  *mash_hub_rows_get_text   (MashHubRows          *self,
                                       guint                 row,
                                       guint                 column);
gint64       mash_hub_rows_get_number (MashHubRows          *self,
                                       guint                 row,
                                       guint                 column);
gboolean     mash_hub_rows_get_flag   (MashHubRows          *self,
                                       guint                 row,
                                       guint                 column);
char       **mash_hub_rows_dup_list   (MashHubRows          *self,
                                       guint                 row,
                                       guint                 column) G_GNUC_WARN_UNUSED_RESULT;
GBytes      *mash_hub_rows_dup_bytes  (MashHubRows          *self,
                                       guint                 row,
                                       guint                 column) G_GNUC_WARN_UNUSED_RESULT;

void         mash_hub_copy_add        (GString              *rows,
                                       const char           *value);
void         mash_hub_copy_add_flag   (GString              *rows,
                                       gboolean              value);
void         mash_hub_copy_add_number (GString              *rows,
                                       gint64                value);
void         mash_hub_copy_end        (GString              *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashHubLine, mash_hub_line_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashHubRows, mash_hub_rows_free)

G_END_DECLS
