/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Keys, backups and the condition of the hub, for the window and for mash-admin. Main thread; all
 * of it is asynchronous. Passphrases are borrowed for the call and kept only in wiped memory.
 */

#include "mash-service.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_KEY_CHANGE_PASSPHRASE, /* passphrase → new words */
  MASH_KEY_MAKE_RECOVERY,     /* passphrase; gives the code */
  MASH_KEY_RECOVER,           /* sign-in, code as passphrase → new words; nobody signed in;
                               * gives the next code, where one could be made */
  MASH_KEY_RELEASE,           /* sign-in */
} MashKeyAct;

/* What the page about keys shows. */
typedef struct
{
  char     *notice;        /* what is wrong with disk or clock, or NULL */
  char     *ended;         /* that the last session had no end, and what was found; or NULL */
  char     *draft;         /* then, the contact to which the newest draft belongs; or NULL */
  gboolean  only_reading;
  gboolean  has_recovery;
  gboolean  is_keeper;     /* a manager or the administrator */
  char     *backup_words;  /* when and where the last backup was made and checked */
  char     *backup_place;  /* the folder in which it lies, or NULL */
} MashCondition;

void           mash_service_do_key_async   (MashService         *self,
                                            MashKeyAct           act,
                                            const char          *sign_in,
                                            const char          *passphrase,
                                            const char          *new_words,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
char          *mash_service_do_key_finish  (MashService         *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           mash_service_change_key_async (MashService        *self,
                                              const char         *passphrase,
                                              MashServiceProgress progress,
                                              gpointer            progress_data,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean       mash_service_change_key_finish (MashService       *self,
                                               GAsyncResult      *result,
                                               GError           **error);
void           mash_service_backup_async   (MashService         *self,
                                            const char          *target,
                                            MashServiceProgress  progress,
                                            gpointer             progress_data,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
char          *mash_service_backup_finish  (MashService         *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           mash_service_restore_async  (MashService         *self,
                                            const char          *source,
                                            const char          *sign_in,
                                            const char          *passphrase,
                                            gboolean             drill,
                                            MashServiceProgress  progress,
                                            gpointer             progress_data,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
char          *mash_service_restore_finish (MashService         *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           mash_service_look_async     (MashService         *self,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
MashCondition *mash_service_look_finish    (MashService         *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           mash_condition_free         (MashCondition       *condition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashCondition, mash_condition_free)

G_END_DECLS
