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

/* What is asked, and where the answer ends. */
typedef struct
{
  char *contact;
  char *before;
  char *next;
} Question;

static void
question_free (Question *self)
{
  g_free (self->contact);
  g_free (self->before);
  g_free (self->next);
  g_free (self);
}

/* On the thread of the sync */

static gpointer
ask_looks (MashHubLine *line,
           const char  *seat,
           gpointer     data,
           GError     **error)
{
  Question *question = data;

  return mash_hub_call_looks (line, seat, question->contact, question->before, PAGE,
                              &question->next, error);
}

/* On the store's thread */

static gpointer
name_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return mash_service_need_store (store, error) != NULL
         ? mash_store_name_looks (*store, data, error) : NULL;
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

static void
on_looks_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  GPtrArray *looks = g_task_propagate_pointer (G_TASK (result), &error);

  if (looks != NULL)
    {
      g_task_set_task_data (task, g_steal_pointer (&question->next), g_free);
      mash_service_run (MASH_SERVICE (object), task, looks, (GDestroyNotify) g_ptr_array_unref,
                        name_job, (GDestroyNotify) g_ptr_array_unref, on_named_cb);
      return;
    }

  /* Who may not know of it comes in all the same. */
  if (g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REVOKED))
    g_task_return_new_error (task, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED, "%s",
                             _("The hub does not tell your role who looked."));
  else
    g_task_return_error (task, g_steal_pointer (&error));
  g_object_unref (task);
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

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (contact != NULL);

  question = g_new0 (Question, 1);
  question->contact = g_strdup (contact);
  question->before = g_strdup (before);
  mash_service_inquire (self,
                        mash_service_begin (self, mash_service_list_hub_looks_async, NULL,
                                            callback, user_data),
                        question, (GDestroyNotify) question_free, ask_looks,
                        (GDestroyNotify) g_ptr_array_unref, on_looks_cb);
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
