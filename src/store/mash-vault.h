/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* An encrypted file that is not the desk's own database: a backup, or what was rescued. Private to
 * the store. It has no session, no note and no schema of its own; any one thread at a time.
 */

#include <gio/gio.h>
#include <sqlite3.h>

#include "mash-secret.h"
#include "mash-store-watch.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_VAULT_CREATE, /* a new file, mode 0600, made durable by who made it */
  MASH_VAULT_READ,   /* as it lies there; nothing is written beside it */
  MASH_VAULT_WRITE,
} MashVaultMode;

sqlite3  *mash_vault_open        (const char    *path,
                                  MashSecret    *key,
                                  MashVaultMode  mode,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  mash_vault_set_error   (int            rc,
                                  GError       **error);
gboolean  mash_vault_set_copy_error
                                 (int            rc,
                                  const char    *no_room,
                                  GError       **error);
gboolean  mash_vault_pass_on     (GError        *fault,
                                  GError       **error);
gboolean  mash_vault_run         (sqlite3       *vault,
                                  const char    *sql,
                                  GError       **error);
gint64    mash_vault_read_number (sqlite3       *vault,
                                  const char    *sql);
char     *mash_vault_dup_text    (sqlite3       *vault,
                                  const char    *sql);
void      mash_vault_forget_pages
                                 (sqlite3       *vault);
gboolean  mash_vault_check       (sqlite3       *vault,
                                  const MashStoreWatch
                                                *watch,
                                  GError       **error);
gboolean  mash_vault_sync        (const char    *path,
                                  GError       **error);

G_END_DECLS
