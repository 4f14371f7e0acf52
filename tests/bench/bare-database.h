/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A database of SQLCipher with nothing of ours about it but the file's format, the level of
 * durability and what it may keep in memory. */

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

sqlite3 *bare_database_open       (const char *folder,
                                   const char *schema) G_GNUC_WARN_UNUSED_RESULT;
sqlite3 *bare_database_open_file  (const char *path) G_GNUC_WARN_UNUSED_RESULT;
sqlite3 *bare_database_open_plain (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
