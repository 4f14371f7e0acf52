/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the files of the backup share; nobody else includes it. */

#include "mash-backup.h"
#include "mash-vault.h"

G_BEGIN_DECLS

#define MASH_BACKUP_DATABASE "backup.db"
#define MASH_BACKUP_MANIFEST "backup.ini"
#define MASH_BACKUP_SUFFIX   ".backup"

/* The manifest as it stands in the file. */
typedef struct
{
  MashBackupInfo *info;
  char           *chain;   /* hex, of the last change */
  char           *key;     /* hex, sealed to the database key */
  GHashTable     *rows;    /* table → how many rows, as text */
} MashManifest;

/* How the copy of a small file ended. */
typedef enum
{
  MASH_BACKUP_COPY_DONE,
  MASH_BACKUP_COPY_UNREAD,
  MASH_BACKUP_COPY_FULL,
  MASH_BACKUP_COPY_UNWRITTEN,
} MashBackupCopy;

MashManifest  *mash_manifest_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void           mash_manifest_free     (MashManifest  *self);
MashManifest  *mash_manifest_load     (const char    *place,
                                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       mash_manifest_save     (MashManifest  *self,
                                       const char    *place,
                                       GError       **error);
gboolean       mash_manifest_check    (MashManifest  *self,
                                       sqlite3       *vault,
                                       GError       **error);
GHashTable    *mash_manifest_count    (sqlite3       *vault,
                                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;
char          *mash_backup_seal_key   (MashSecret    *key,
                                       MashSecret    *database_key,
                                       const char    *hub) G_GNUC_WARN_UNUSED_RESULT;
MashSecret    *mash_backup_unseal_key (const char    *sealed,
                                       MashSecret    *database_key,
                                       const char    *hub) G_GNUC_WARN_UNUSED_RESULT;
char          *mash_backup_dup_name   (const char    *desk) G_GNUC_WARN_UNUSED_RESULT;
gboolean       mash_backup_is_of      (const MashBackupInfo *self,
                                       const MashHubInfo *own);
char          *mash_backup_find       (const char    *source,
                                       const MashHubInfo *own,
                                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void           mash_backup_clear      (const char    *place);
MashBackupCopy mash_backup_copy_file  (const char    *from,
                                       const char    *to,
                                       const char    *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashManifest, mash_manifest_free)

G_END_DECLS
