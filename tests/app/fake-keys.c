/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fake-answers.h"
#include "mash-service-keys.h"

/* Keys and backups of the service without a store: a manager's, and nothing can be done. */

void
mash_condition_free (MashCondition *condition)
{
  if (condition == NULL)
    return;

  g_free (condition->notice);
  g_free (condition->ended);
  g_free (condition->draft);
  g_free (condition->backup_words);
  g_free (condition->backup_place);
  g_free (condition);
}

void
mash_service_do_key_async (MashService         *self,
                           MashKeyAct           act,
                           const char          *sign_in,
                           const char          *passphrase,
                           const char          *new_words,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  fake_refuse (self, callback, user_data);
}

char *
mash_service_do_key_finish (MashService   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_change_key_async (MashService         *self,
                               const char          *passphrase,
                               MashServiceProgress  progress,
                               gpointer             progress_data,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  fake_refuse (self, callback, user_data);
}

gboolean
mash_service_change_key_finish (MashService   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mash_service_backup_async (MashService         *self,
                           const char          *target,
                           MashServiceProgress  progress,
                           gpointer             progress_data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  fake_refuse (self, callback, user_data);
}

char *
mash_service_backup_finish (MashService   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_restore_async (MashService         *self,
                            const char          *source,
                            const char          *sign_in,
                            const char          *passphrase,
                            gboolean             drill,
                            MashServiceProgress  progress,
                            gpointer             progress_data,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  fake_refuse (self, callback, user_data);
}

char *
mash_service_restore_finish (MashService   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_look_async (MashService         *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  MashCondition *condition = g_new0 (MashCondition, 1);

  g_task_set_source_tag (task, mash_service_look_async);
  condition->is_keeper = TRUE;
  condition->backup_words = g_strdup ("No backup has been made of this hub.");
  g_task_return_pointer (task, condition, (GDestroyNotify) mash_condition_free);
}

MashCondition *
mash_service_look_finish (MashService   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
