/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A bare connection to the PostgreSQL of a stock, by the same TLS, certificate and SCRAM as a
 * desk's, of a role that may do anything: for what ours is held against. */

#include <libpq-fe.h>

#include "hub-stock.h"

G_BEGIN_DECLS

typedef void (*BareLineRow) (const char *data,
                             int         length,
                             gpointer    user_data);

PGconn  *bare_line_open           (HubStock    *stock);
gboolean bare_line_run            (PGconn      *line,
                                   const char  *sql);
gboolean bare_line_copy           (PGconn      *line,
                                   const char  *sql,
                                   BareLineRow  row,
                                   gpointer     data);
guint64  bare_line_count_received (const char  *port);

G_END_DECLS
