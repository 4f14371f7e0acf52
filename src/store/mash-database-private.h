/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the files of the database share, and what its tests reach for; nobody else includes it. */

#include "mash-database.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define MASH_DATABASE_PAGE_SIZE 8192

/* Bytes of what mash_database_derive() gives, an HMAC-SHA-256. */
#define MASH_DATABASE_DERIVED_LENGTH 32

/* Where a session was when the note was last written. */
typedef enum
{
  MASH_NOTE_CLOSED,
  MASH_NOTE_OPENING,
  MASH_NOTE_OPEN,
  MASH_NOTE_CLOSING,
} MashNoteState;

/* The note beside the database: how it was left, so that an old copy, a lost log or a cut file
 * is told from the real one. */
typedef struct
{
  MashNoteState state;
  guint64       generation;
  guint64       size;
  gboolean      same_boot;  /* read only: the machine has not been started anew since */
} MashDatabaseNote;

/* Whether a note was there, and whether the key that was given wrote it. */
typedef enum
{
  MASH_NOTE_ABSENT,
  MASH_NOTE_OTHER_KEY,
  MASH_NOTE_READ,
} MashNoteFinding;

struct _MashDatabase
{
  sqlite3      *handle;
  GThread      *thread;
  GHashTable   *statements;

  char         *folder;
  char         *hub;
  char        **steps;
  MashSecret   *key;
  GCancellable *cancellable;
  const MashStoreWatch *watch;  /* borrowed while it is opened, or NULL */

  MashDatabaseNote      note;
  int           folder_fd;
  guint         depth;
  guint         version;
  guint32       application_id;

  guint         in_memory : 1;  /* or in a file that has no name: nobody opens it again */
  guint         noted : 1;
  guint         recovered : 1;
  guint         checked : 1;  /* all of it, because a log alone does not vouch for a disk */
  guint         vouched : 1;  /* every page of the file was checked just now */
};

MashDatabase    *mash_database_create_with   (const char        *folder,
                                              MashSecret        *key,
                                              guint32            application_id,
                                              const char        *hub,
                                              const char *const *steps,
                                              GError           **error) G_GNUC_WARN_UNUSED_RESULT;
MashDatabase    *mash_database_open_with     (const char        *folder,
                                              MashSecret        *key,
                                              guint32            application_id,
                                              const char        *hub,
                                              const char *const *steps,
                                              const MashStoreWatch *watch,
                                              GError           **error) G_GNUC_WARN_UNUSED_RESULT;

char           **mash_schema_list_steps      (void);
gboolean         mash_schema_upgrade         (MashDatabase      *database,
                                              const char *const *steps,
                                              GError           **error);
gboolean         mash_schema_make            (MashDatabase      *database,
                                              GError           **error);

gboolean         mash_database_set_error     (MashDatabase      *self,
                                              int                rc,
                                              GError           **error);
MashDatabase    *mash_database_new_on        (sqlite3           *handle) G_GNUC_WARN_UNUSED_RESULT;
void             mash_database_sweep         (int                folder_fd);
void             mash_database_watch         (MashDatabase      *self);
gboolean         mash_database_set_pragmas   (MashDatabase      *self,
                                              GError           **error);
gboolean         mash_database_open_file     (MashDatabase      *self,
                                              GError           **error);
gboolean         mash_database_end_session   (MashDatabase      *self,
                                              GError           **error);
int              mash_database_set_format    (sqlite3           *handle);
gboolean         mash_database_give_key      (sqlite3           *handle,
                                              MashSecret        *key,
                                              int               *rc,
                                              GError           **error);
void             mash_database_close_handle  (MashDatabase      *self);
gint64           mash_database_read_number   (MashDatabase      *self,
                                              const char        *sql);

gboolean         mash_database_file_lock     (const char        *folder,
                                              int               *folder_fd,
                                              GError           **error);
gboolean         mash_database_file_check    (int                folder_fd,
                                              MashNoteFinding    finding,
                                              const MashDatabaseNote    *note,
                                              GError           **error);
gboolean         mash_database_file_has_salt (int                folder_fd,
                                              const char        *name,
                                              MashSecret        *key);
gboolean         mash_database_log_check     (int                folder_fd,
                                              GError           **error);
gboolean         mash_database_blame_disk    (MashDatabase      *self,
                                              MashNoteFinding    finding,
                                              GError           **error);
gboolean         mash_database_log_fold      (int                log_fd,
                                              int                file_fd,
                                              guint32           *n_pages);

void             mash_database_derive        (MashSecret        *key,
                                              const char        *purpose,
                                              guint8             out[MASH_DATABASE_DERIVED_LENGTH]);

MashNoteFinding  mash_note_read              (int                folder_fd,
                                              MashSecret        *key,
                                              MashDatabaseNote          *note);
gboolean         mash_note_write             (int                folder_fd,
                                              MashSecret        *key,
                                              const MashDatabaseNote    *note,
                                              GError           **error);

G_END_DECLS
