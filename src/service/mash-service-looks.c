/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-hub.h"

#include <glib/gi18n-lib.h>

#include "mash-hub-kept.h"
#include "mash-item.h"
#include "mash-service-private.h"
#include "mash-store-hub.h"

/* The desk has the looks of those who sat at it; the hub has everybody's, and is asked for them a
 * page at a time when somebody wants to see them. */

#define PAGE 200u

/* A question on its way from thread to thread. */
typedef struct
{
  GTask     *task;    /* the caller's */
  char      *seat;
  char      *contact;
  char      *before;
  GPtrArray *looks;   /* of MashChange */
  char      *next;
  GError    *error;
} Question;

static void
question_free (Question *self)
{
  g_clear_object (&self->task);
  g_clear_pointer (&self->looks, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->seat);
  g_free (self->contact);
  g_free (self->before);
  g_free (self->next);
  g_free (self);
}

/* On the store's thread */

static gpointer
seat_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return mash_service_need_store (store, error) != NULL
         ? g_strdup (mash_store_get_seat (*store)) : NULL;
}

static gpointer
name_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Question *question = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_name_looks (*store, question->looks, error) : NULL;
}

/* On the main thread */

static void
on_named_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *rows = g_task_propagate_pointer (G_TASK (result), &error);

  if (rows == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, mash_items_new_list (MASH_TYPE_ACCESS_ITEM, rows),
                           g_object_unref);
}

static gboolean
answered_cb (gpointer data)
{
  Question *question = data;
  g_autoptr (GTask) task = g_steal_pointer (&question->task);
  MashService *self = g_task_get_source_object (task);

  if (question->error == NULL && !self->signed_in)
    question->error = g_error_new_literal (MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Left");
  /* Who may not know of it comes in all the same. */
  if (g_error_matches (question->error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REVOKED))
    {
      g_clear_error (&question->error);
      question->error = g_error_new_literal (MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED,
                                             _("The hub does not tell your role who looked."));
    }
  if (question->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&question->error));
      question_free (question);
      return G_SOURCE_REMOVE;
    }

  g_task_set_task_data (task, g_steal_pointer (&question->next), g_free);
  mash_service_run (self, g_steal_pointer (&task), question, (GDestroyNotify) question_free,
                    name_job, (GDestroyNotify) g_ptr_array_unref, on_named_cb);

  return G_SOURCE_REMOVE;
}

/* On the thread of the sync. */
static void
ask_cb (gpointer line,
        gpointer data)
{
  Question *question = data;

  if (line == NULL)
    g_set_error_literal (&question->error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE,
                         "There is no line to the hub");
  else
    question->looks = mash_hub_call_looks (line, question->seat, question->contact,
                                           question->before, PAGE, &question->next,
                                           &question->error);
  g_idle_add (answered_cb, question);
}

static void
on_seat_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;

  question->seat = g_task_propagate_pointer (G_TASK (result), &error);
  if (question->seat == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  question->task = task;
  g_task_set_task_data (task, NULL, NULL);
  mash_service_ask_hub (MASH_SERVICE (object), ask_cb, question);
}

/**
 * mash_service_list_hub_looks_async:
 * @self: a service, signed in at a desk of a hub
 * @contact: the id of a contact
 * @before: (nullable): where the last page ended; %NULL for the newest
 * @callback: called with a page of those who looked, at whatever desk
 * @user_data: for @callback
 *
 * Asks the hub, beside the sync; what this desk has not sent yet is not among them.
 */
void
mash_service_list_hub_looks_async (MashService         *self,
                                   const char          *contact,
                                   const char          *before,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  Question *question;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (contact != NULL);

  task = mash_service_begin (self, mash_service_list_hub_looks_async, NULL, callback, user_data);
  question = g_new0 (Question, 1);
  question->contact = g_strdup (contact);
  question->before = g_strdup (before);
  g_task_set_task_data (task, question, NULL);
  mash_service_run (self, task, NULL, NULL, seat_job, g_free, on_seat_cb);
}

/**
 * mash_service_list_hub_looks_finish:
 * @self: a service
 * @result: the result
 * @next: (out) (transfer full) (nullable): where this page ends; %NULL when there is no other
 * @error: %MASH_SYNC_ERROR_OFFLINE away from the hub; %MASH_STORE_ERROR_REFUSED where the person's
 *   role may not know who looked
 *
 * Returns: (transfer full) (nullable): MashAccessItem, the newest first
 */
GListModel *
mash_service_list_hub_looks_finish (MashService   *self,
                                    GAsyncResult  *result,
                                    char         **next,
                                    GError       **error)
{
  GListModel *list;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  list = g_task_propagate_pointer (G_TASK (result), error);
  *next = list != NULL ? g_strdup (g_task_get_task_data (G_TASK (result))) : NULL;

  return list;
}
