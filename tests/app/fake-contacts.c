/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fake-answers.h"
#include "mash-contact-file-private.h"
#include "mash-service-cases.h"
#include "mash-service-copies.h"
#include "mash-service-decision.h"
#include "mash-service-strategy.h"
#include "mash-service-timeline.h"

/* One contact, as a service without a store has it: empty, and nothing of it is kept. */

static char *
make_id (gpointer data)
{
  static guint n_ids;

  return g_strdup_printf ("10000000-0000-7000-8000-%012u", ++n_ids);
}

void
mash_service_open_contact_async (MashService        *self,
                                 const char         *contact,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_return_pointer (task, mash_contact_file_new (contact, "2026-10-13", make_id, NULL),
                         g_object_unref);
}

MashContactFile *
mash_service_open_contact_finish (MashService  *self,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
mash_service_make_id (MashService *self)
{
  return make_id (NULL);
}

MashContactFile *
mash_service_new_contact (MashService *self)
{
  g_autofree char *id = make_id (NULL);

  return mash_contact_file_new (id, "2026-10-13", make_id, NULL);
}

void
mash_service_find_unfinished_async (MashService        *self,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

MashContactFile *
mash_service_find_unfinished_finish (MashService  *self,
                                     GAsyncResult *result,
                                     GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_submit_async (MashService        *self,
                           MashGroup          *group,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  fake_answer (self, callback, user_data);
}

gboolean
mash_service_submit_finish (MashService  *self,
                            GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mash_service_sign_async (MashService        *self,
                         MashGroup          *group,
                         const char         *passphrase,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

gboolean
mash_service_sign_finish (MashService  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mash_service_examine_async (MashService        *self,
                            MashGroup          *group,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

MashVerdict *
mash_service_examine_finish (MashService  *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_import_async (MashService        *self,
                           GFile              *file,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

char *
mash_service_import_finish (MashService  *self,
                            GAsyncResult *result,
                            gboolean     *known,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_verify_async (MashService        *self,
                           MashServiceProgress progress,
                           gpointer            progress_data,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

char *
mash_service_verify_finish (MashService  *self,
                            GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_open_timeline_async (MashService            *self,
                                  const MashTimelineView *view,
                                  GCancellable           *cancellable,
                                  GAsyncReadyCallback     callback,
                                  gpointer                user_data)
{
  fake_stop (self, callback, user_data);
}

MashTimelineList *
mash_service_open_timeline_finish (MashService   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_list_access_async (MashService        *self,
                                const char         *contact,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_list_access_finish (MashService  *self,
                                 GAsyncResult *result,
                                 GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_get_document_async (MashService        *self,
                                 const char         *sha256,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

GBytes *
mash_service_get_document_finish (MashService  *self,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_find_cases_async (MashService        *self,
                               const char         *contact,
                               const char         *text,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

void
mash_service_read_case_async (MashService        *self,
                              const char         *contact,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_list_cases_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_save_draft_async (MashService        *self,
                               MashContactFile    *file,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  fake_answer (self, callback, user_data);
}

gboolean
mash_service_save_draft_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mash_service_list_earlier_async (MashService         *self,
                                 const char          *contact,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_list_earlier_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_list_altered_async (MashService         *self,
                                 const char          *contact,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  fake_stop (self, callback, user_data);
}

GListModel *
mash_service_list_altered_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  gint64        *opened_at,
                                  GError       **error)
{
  *opened_at = 0;

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_make_copy_async (MashService            *self,
                              const MashTimelineView *view,
                              const char             *what,
                              const char             *form,
                              const char             *recipient,
                              const char             *purpose,
                              GCancellable           *cancellable,
                              GAsyncReadyCallback     callback,
                              gpointer                user_data)
{
  fake_stop (self, callback, user_data);
}

MashChronology *
mash_service_make_copy_finish (MashService   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_prepare_discussion_async (MashService        *self,
                                       MashEntity         *discussion,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

MashGroup *
mash_service_prepare_discussion_finish (MashService  *self,
                                        GAsyncResult *result,
                                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
