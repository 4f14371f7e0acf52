/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The one encrypted database file of a desk, and the statements that run on it.
 *
 * It opens `desk.db` by a checklist and refuses everything that is not the whole, encrypted file
 * that this hub last closed; it never makes a file except at enrolment. It knows no table but its
 * own row of identity. One thread uses it, the one that made it; everything asserts that.
 */

#include <gio/gio.h>

#include "mash-secret.h"
#include "mash-store-watch.h"

G_BEGIN_DECLS

#define MASH_DATABASE_NAME           "desk.db"
#define MASH_DATABASE_COPY_NAME      "desk.db.key"
#define MASH_DATABASE_PROOF_NAME     "desk.db.proof"
#define MASH_DATABASE_MADE_NAME      "desk.db.made"
#define MASH_DATABASE_APPLICATION_ID 0x4d415348
#define MASH_DATABASE_KEY_LENGTH     48

/* How much of the file stays deciphered in memory, in KiB: what a front door reads in an hour. */
#define MASH_DATABASE_CACHE_SQL      "PRAGMA cache_size = -16384"
/* How long the log beside the file grows before it goes into the file, in pages: 4 MiB, which is
 * read after an unclean end and must fit on a disk that is nearly full. */
#define MASH_DATABASE_LOG_SQL        "PRAGMA wal_autocheckpoint = 500"

typedef struct _MashDatabase    MashDatabase;
typedef struct _MashStatement   MashStatement;
typedef struct _MashTransaction MashTransaction;

typedef enum
{
  MASH_STEP_ERROR = -1,
  MASH_STEP_DONE = 0,
  MASH_STEP_ROW = 1,
} MashStep;

MashDatabase    *mash_database_create             (const char       *folder,
                                                   MashSecret       *key,
                                                   guint32           application_id,
                                                   const char       *hub,
                                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
MashDatabase    *mash_database_open               (const char       *folder,
                                                   MashSecret       *key,
                                                   guint32           application_id,
                                                   const char       *hub,
                                                   const MashStoreWatch *watch,
                                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
MashDatabase    *mash_database_new_in_memory      (GError          **error) G_GNUC_WARN_UNUSED_RESULT;
MashDatabase    *mash_database_new_fleeting       (const char       *folder,
                                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         mash_database_close              (MashDatabase     *self,
                                                   GError          **error);
void             mash_database_free               (MashDatabase     *self);

gboolean         mash_database_is_open            (MashDatabase     *self);
const char      *mash_database_get_hub            (MashDatabase     *self);
guint            mash_database_get_version        (MashDatabase     *self);
gboolean         mash_database_get_recovered      (MashDatabase     *self);
gboolean         mash_database_get_checked        (MashDatabase     *self);
gint64           mash_database_get_last_id        (MashDatabase     *self);
guint            mash_database_get_n_changed      (MashDatabase     *self);
void             mash_database_set_cancellable    (MashDatabase     *self,
                                                   GCancellable     *cancellable);
gboolean         mash_database_confirm_slots      (MashDatabase     *self,
                                                   guint64           counter,
                                                   GError          **error);
gboolean         mash_database_swap               (MashDatabase     *self,
                                                   const char       *name,
                                                   MashSecret       *key,
                                                   GError          **error);
gboolean         mash_database_check              (MashDatabase     *self,
                                                   const MashStoreWatch *watch,
                                                   GError          **error);

gboolean         mash_database_execute            (MashDatabase     *self,
                                                   const char       *sql,
                                                   GError          **error);
gboolean         mash_database_compact            (MashDatabase     *self,
                                                   GError          **error);
MashStatement   *mash_database_prepare            (MashDatabase     *self,
                                                   const char       *sql,
                                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         mash_database_run                (MashDatabase     *self,
                                                   GError          **error,
                                                   const char       *sql,
                                                   const char       *form,
                                                   ...);

MashTransaction *mash_transaction_begin           (MashDatabase     *database,
                                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         mash_transaction_commit          (MashTransaction  *self,
                                                   GError          **error);
void             mash_transaction_free            (MashTransaction  *self);

void             mash_statement_bind              (MashStatement    *self,
                                                   const char       *form,
                                                   ...);
void             mash_statement_bind_text         (MashStatement    *self,
                                                   int               index,
                                                   const char       *value);
void             mash_statement_bind_int          (MashStatement    *self,
                                                   int               index,
                                                   gint64            value);
void             mash_statement_bind_data         (MashStatement    *self,
                                                   int               index,
                                                   const void       *data,
                                                   gsize             length);
void             mash_statement_bind_bytes        (MashStatement    *self,
                                                   int               index,
                                                   GBytes           *value);
void             mash_statement_bind_null         (MashStatement    *self,
                                                   int               index);
MashStep         mash_statement_step              (MashStatement    *self,
                                                   GError          **error);
gboolean         mash_statement_run               (MashStatement    *self,
                                                   GError          **error);
/* Makes a row of what a statement stands on. */
typedef gpointer (*MashStatementRead) (MashStatement *row,
                                       gpointer       data);

GPtrArray       *mash_statement_list_rows         (MashStatement    *self,
                                                   const gint64     *keys,
                                                   guint             n_keys,
                                                   MashStatementRead read,
                                                   gpointer          data,
                                                   GDestroyNotify    free_row,
                                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
GArray          *mash_statement_list_numbers      (MashStatement    *self,
                                                  GCancellable     *cancellable,
                                                  GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void             mash_statement_reset             (MashStatement    *self);
int              mash_statement_get_n_columns     (MashStatement    *self);
const char      *mash_statement_get_column_name   (MashStatement    *self,
                                                   int               column);
gboolean         mash_statement_is_null           (MashStatement    *self,
                                                   int               column);
const char      *mash_statement_get_text          (MashStatement    *self,
                                                   int               column);
char            *mash_statement_dup_text          (MashStatement    *self,
                                                   int               column);
gint64           mash_statement_get_int           (MashStatement    *self,
                                                   int               column);
gint64           mash_statement_get_time          (MashStatement    *self,
                                                   int               column);
const void      *mash_statement_get_data          (MashStatement    *self,
                                                   int               column,
                                                   gsize            *length);
GBytes          *mash_statement_dup_bytes         (MashStatement    *self,
                                                   int               column);
void             mash_statement_free              (MashStatement    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashDatabase, mash_database_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashStatement, mash_statement_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTransaction, mash_transaction_free)

G_END_DECLS
