/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A backup of a stand-alone hub: made while people work, checked before it replaces the last one,
 * and put back.
 *
 * A backup is a folder with a copy of the database under a key of its own, the key slots, the file
 * that names the hub, and a manifest in which the key is sealed to the database key: whoever could
 * sign in when it was made can put it back. Pages are copied on the store's thread, a few at a
 * time; the check needs no store and may run on any thread.
 */

#include "mash-store.h"

G_BEGIN_DECLS

/* How the name of the folder of a drill begins, in the folder of the desk. */
#define MASH_RESTORE_DRILL "drill-"

typedef struct _MashBackup MashBackup;

/* What the manifest of a backup says. It is believed only once the backup was opened. */
typedef struct
{
  char       *place;      /* the folder of the backup itself */
  char       *hub;
  char       *hub_name;
  char       *desk;
  char       *made_at;
  gint64      position;   /* of the last change in it */
  gint64      views;      /* of the last entry of the access chain in it */
  gint64      bytes;
} MashBackupInfo;

/* What came of putting a backup back. */
typedef struct
{
  char       *made_at;    /* when the backup was made */
  char       *kept;       /* the folder in which what stood before lies, or NULL */
  gint64      position;   /* the last change of the backup */
  gint64      missing;    /* changes made after it that could not be taken over */
  char      **lost;       /* references of the contacts that those were about, as far as known */
  gint64      taken;      /* changes made after it that were read from what stood before */
  gint64      drafts;     /* drafts read from what stood before */
  gboolean    unreadable; /* whether parts of what stood before could not be read */
  char       *rescued;    /* without a backup: the folder for what is not whole, or NULL */
  char       *backup;     /* a good backup after all, to be put back instead, or NULL */
  MashVerifyReport *report;
} MashRestoreReport;

/* Called with the opened copy before it is verified: sets the policy by which it works. */
typedef gboolean (*MashStorePrepare) (MashStore  *store,
                                      gpointer    data,
                                      GError    **error);

/* Whether a backup that the damaged hub made last can be put back. */
typedef gboolean (*MashBackupTry)    (const char *place,
                                      gpointer    data);

typedef struct
{
  const char        *source;      /* the backup, or the folder in which it lies; NULL for none */
  const char        *folder;      /* the desk's; for a drill an empty folder */
  const char        *desk;        /* for a drill the desk's folder, or NULL where there is none */
  const char        *sign_in;
  MashSecret        *passphrase;
  MashPolicy        *policy;
  gboolean           keeper_only; /* whether it is refused to who keeps no keys of the hub */
  MashStorePrepare   prepare;     /* may be NULL */
  gpointer           prepare_data;
  MashBackupTry      try_backup;  /* without a backup; may be NULL */
  gpointer           try_data;
  MashStoreProgress  progress;    /* may be NULL */
  gpointer           progress_data;
  GCancellable      *cancellable; /* may be NULL */
} MashRestore;

/* In steps, while people work */
MashBackup        *mash_backup_begin        (MashStore          *store,
                                             const char         *target,
                                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           mash_backup_step         (MashBackup         *self,
                                             guint               pages,
                                             double             *fraction,
                                             gboolean           *done,
                                             GError            **error);
gboolean           mash_backup_check        (MashBackup         *self,
                                             GCancellable       *cancellable,
                                             GError            **error);
gboolean           mash_backup_keep         (MashBackup         *self,
                                             MashBackupInfo    **info,
                                             GError            **error);
void               mash_backup_free         (MashBackup         *self);

/* All of it at once, and what the hub knows of its last one */
gboolean           mash_store_backup        (MashStore          *self,
                                             const char         *target,
                                             MashStoreProgress   progress,
                                             gpointer            data,
                                             GCancellable       *cancellable,
                                             MashBackupInfo    **info,
                                             GError            **error);
gboolean           mash_store_note_backup   (MashStore          *self,
                                             const MashBackupInfo *info,
                                             GError            **error);
MashBackupInfo    *mash_store_get_backup    (MashStore          *self,
                                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* Putting back. No store may be open on the folder. */
gboolean           mash_restore_run         (const MashRestore  *request,
                                             MashRestoreReport **report,
                                             GError            **error);
gboolean           mash_restore_drill       (const MashRestore  *request,
                                             MashRestoreReport **report,
                                             GError            **error);
gboolean           mash_restore_alone       (const MashRestore  *request,
                                             MashRestoreReport **report,
                                             GError            **error);
gboolean           mash_restore_finish      (const char         *folder,
                                             GError            **error);
void               mash_restore_sweep       (const char         *folder);

void               mash_backup_info_free    (MashBackupInfo     *info);
void               mash_restore_report_free (MashRestoreReport  *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashBackup, mash_backup_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashBackupInfo, mash_backup_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashRestoreReport, mash_restore_report_free)

G_END_DECLS
