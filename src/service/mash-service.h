/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The only door of the window and of the administrator's command line: one asynchronous function a
 * use case.
 *
 * The service owns the thread on which the store lives and turns plain rows into entities and
 * items. It runs on the main thread, never waits, and shows nothing: errors carry sentences from
 * one table (mash-sentences.h). It draws nothing and knows no widget.
 */

#include <gio/gio.h>

#include "mash-actor.h"
#include "mash-contact-file.h"
#include "mash-item.h"
#include "mash-judge.h"
#include "mash-policy.h"
#include "mash-tray.h"

G_BEGIN_DECLS

/* How far it has come, from 0 to 1. Main thread. */
typedef void (*MashServiceProgress) (double    fraction,
                                     gpointer  data);

#define MASH_TYPE_SERVICE (mash_service_get_type ())

G_DECLARE_FINAL_TYPE (MashService, mash_service, MASH, SERVICE, GObject)

#define MASH_SERVICE_ERROR (mash_service_error_quark ())

/**
 * MashServiceError:
 * @MASH_SERVICE_ERROR_NOBODY: nobody is signed in, or nobody was named
 * @MASH_SERVICE_ERROR_NOT_EMPTY: a new hub cannot be made in the folder that was named
 * @MASH_SERVICE_ERROR_COPY: a copy of a record was not made, or not put where it should be
 *
 * The message is the sentence to show.
 */
typedef enum
{
  MASH_SERVICE_ERROR_NOBODY,
  MASH_SERVICE_ERROR_NOT_EMPTY,
  MASH_SERVICE_ERROR_COPY,
} MashServiceError;

GQuark           mash_service_error_quark          (void);

/* Properties, read-only: signed-in (gboolean), training (gboolean), hub-name, desk-name,
 * person-name, post-title, role (strings), saved-at (gint64). Signals: `counts-changed`;
 * `contact-changed` (string: the contact's id); `signed-out`; `checking` (double: how far the check
 * of the database is while somebody signs in); `preparing` (double: the same of making ready a
 * database of an earlier version).
 */

MashService     *mash_service_new                  (const char          *folder) G_GNUC_WARN_UNUSED_RESULT;

/* What main() does before anything else, and how a lock ends the address space */
gboolean         mash_service_guard_process        (GError             **error);
void             mash_service_clean_environment    (const char          *folder);
void             mash_service_restart_process      (const char          *opaque_id) G_GNUC_NORETURN;

/* Opening, signing in, locking */
void             mash_service_open_async           (MashService         *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         mash_service_open_finish          (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
GListModel      *mash_service_get_people           (MashService         *self);
void             mash_service_sign_in_async        (MashService         *self,
                                                    const char          *sign_in,
                                                    const char          *passphrase,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         mash_service_sign_in_finish       (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void             mash_service_lock_async           (MashService         *self,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         mash_service_lock_finish          (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
gboolean         mash_service_get_signed_in        (MashService         *self);
gboolean         mash_service_get_training         (MashService         *self);
const char      *mash_service_get_person_name      (MashService         *self);
const char      *mash_service_get_post_title       (MashService         *self);
const MashActor *mash_service_get_actor            (MashService         *self);
MashPolicy      *mash_service_get_policy           (MashService         *self);
gint64           mash_service_get_now              (MashService         *self);
gboolean         mash_service_is_at_work           (MashService         *self);
void             mash_service_set_clock_offset     (MashService         *self,
                                                    gint64               offset);
char            *mash_service_make_id              (MashService         *self) G_GNUC_WARN_UNUSED_RESULT;

/* Trays. A tray's list keeps its order until it is refreshed; what is new is counted. */
GListModel      *mash_service_get_tray             (MashService         *self,
                                                    MashTrayId           tray);
guint            mash_service_get_tray_count       (MashService         *self,
                                                    MashTrayId           tray);
guint            mash_service_get_tray_new         (MashService         *self,
                                                    MashTrayId           tray);
guint            mash_service_find_in_tray         (MashService         *self,
                                                    MashTrayId           tray,
                                                    const char          *contact);
GListModel      *mash_service_get_tray_facets      (MashService         *self,
                                                    MashTrayId           tray);
void             mash_service_set_tray_query       (MashService         *self,
                                                    const MashTrayQuery *query);
void             mash_service_refresh_tray_async   (MashService         *self,
                                                    MashTrayId           tray,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         mash_service_refresh_tray_finish  (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Contacts */
void             mash_service_open_contact_async   (MashService         *self,
                                                    const char          *contact,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
MashContactFile *mash_service_open_contact_finish  (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
MashContactFile *mash_service_new_contact          (MashService         *self) G_GNUC_WARN_UNUSED_RESULT;
void             mash_service_find_unfinished_async (MashService         *self,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
MashContactFile *mash_service_find_unfinished_finish (MashService        *self,
                                                      GAsyncResult       *result,
                                                      GError            **error);
void             mash_service_submit_async         (MashService         *self,
                                                    MashGroup           *group,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         mash_service_submit_finish        (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void             mash_service_sign_async           (MashService         *self,
                                                    MashGroup           *group,
                                                    const char          *passphrase,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         mash_service_sign_finish          (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void             mash_service_examine_async        (MashService         *self,
                                                    MashGroup           *group,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
MashVerdict     *mash_service_examine_finish       (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Drafts: what is typed and not saved, under the contact it belongs to */
void             mash_service_save_draft_async     (MashService         *self,
                                                    MashContactFile     *file,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         mash_service_save_draft_finish    (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Lists that are read when they are looked at */
void             mash_service_search_people_async  (MashService         *self,
                                                    const char          *text,
                                                    gboolean             settled,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GListModel      *mash_service_search_people_finish (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void             mash_service_list_access_async    (MashService         *self,
                                                    const char          *contact,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GListModel      *mash_service_list_access_finish   (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
GListModel      *mash_service_get_staff            (MashService         *self);
void             mash_service_get_document_async   (MashService         *self,
                                                    const char          *sha256,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GBytes          *mash_service_get_document_finish  (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Files in, and proof */
void             mash_service_import_async         (MashService         *self,
                                                    GFile               *file,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
char            *mash_service_import_finish        (MashService         *self,
                                                    GAsyncResult        *result,
                                                    gboolean            *known,
                                                    GError             **error);
gboolean         mash_service_check_policy         (GFile               *file,
                                                    char               **version,
                                                    GCancellable        *cancellable,
                                                    GError             **error);
MashPolicy      *mash_service_read_policy          (GFile               *file,
                                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void             mash_service_apply_policy_async   (MashService         *self,
                                                    GFile               *file,
                                                    const char          *passphrase,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean         mash_service_apply_policy_finish  (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void             mash_service_verify_async         (MashService         *self,
                                                    MashServiceProgress  progress,
                                                    gpointer             progress_data,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
char            *mash_service_verify_finish        (MashService         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
