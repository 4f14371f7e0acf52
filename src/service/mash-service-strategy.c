/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-strategy.h"

#include "mash-service-private.h"
#include "mash-store-strategy.h"

/* What a job on the store's thread needs. */
typedef struct
{
  char               *id;
  char               *contact;   /* where the id is that of a discussion */
  MashDiscussionStart start;
} Asked;

static void
free_asked (Asked *asked)
{
  g_free (asked->id);
  g_free (asked->contact);
  g_free ((char *) asked->start.trigger);
  g_free ((char *) asked->start.mode);
  g_free ((char *) asked->start.place);
  g_free ((char *) asked->start.chair);
  g_free ((char *) asked->start.supersedes);
  g_free ((char *) asked->start.why);
  g_free (asked);
}

/* Starting */

static gpointer
prepare_job (MashStore   **store,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  const Asked *asked = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_prepare_discussion (*store, asked->contact, asked->id, asked->start.chair,
                                          asked->start.supersedes, error) : NULL;
}

static void
on_prepared_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  MashGroup *parts = g_task_propagate_pointer (G_TASK (result), &error);

  if (parts != NULL)
    g_task_return_pointer (task, parts, (GDestroyNotify) mash_group_unref);
  else
    g_task_return_error (task, error);
}

/**
 * mash_service_prepare_discussion_async:
 * @self: a service, signed in
 * @discussion: a discussion that is being convened or started; its contact, chair and what it
 *   corrects are read at once
 * @cancellable: (nullable): to stop it
 * @callback: called with the parts that it begins with
 * @user_data: for @callback
 *
 * Every child is listed, whoever is on duty for social care, police and health and whoever is
 * involved already is invited. Nothing is submitted.
 */
void
mash_service_prepare_discussion_async (MashService        *self,
                                       MashEntity         *discussion,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data)
{
  Asked *asked;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (MASH_IS_ENTITY (discussion));

  asked = g_new0 (Asked, 1);
  asked->id = g_strdup (mash_entity_get_id (discussion));
  asked->contact = g_strdup (mash_entity_get_text (discussion, "contact"));
  asked->start.chair = g_strdup (mash_entity_get_text (discussion, "chair"));
  asked->start.supersedes = g_strdup (mash_entity_get_text (discussion, "supersedes"));
  mash_service_run (self,
                    mash_service_begin (self, mash_service_prepare_discussion_async, cancellable,
                                        callback, user_data),
                    asked, (GDestroyNotify) free_asked, prepare_job,
                    (GDestroyNotify) mash_group_unref, on_prepared_cb);
}

/**
 * mash_service_prepare_discussion_finish:
 * @self: a service
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a group with the parts, and without the discussion
 */
MashGroup *
mash_service_prepare_discussion_finish (MashService  *self,
                                        GAsyncResult *result,
                                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
begin_job (MashStore   **store,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  const Asked *asked = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_begin_discussion (*store, asked->id, &asked->start, error) : NULL;
}

static void
on_started_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (mash_service_submit_finish (MASH_SERVICE (object), result, &error))
    g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
  else
    g_task_return_error (task, error);
}

static void
on_begun_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (MashGroup) group = g_task_propagate_pointer (G_TASK (result), &error);

  if (group == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, g_strdup (mash_edit_get_id (mash_group_get_edit (group, 0))),
                        g_free);
  mash_service_submit_async (MASH_SERVICE (object), group, g_task_get_cancellable (task),
                             on_started_cb, g_object_ref (task));
}

/**
 * mash_service_start_discussion_async:
 * @self: a service, signed in
 * @contact: the id of an open contact
 * @start: what it begins with; copied
 * @cancellable: (nullable): to stop it before it is begun
 * @callback: called when the discussion has started and is durable, or refused
 * @user_data: for @callback
 *
 * One action: every child of the contact is listed, whoever is on duty for social care, police and
 * health and the agency that told the hub are invited. Clocks T04 and T05 stop.
 */
void
mash_service_start_discussion_async (MashService               *self,
                                     const char                *contact,
                                     const MashDiscussionStart *start,
                                     GCancellable              *cancellable,
                                     GAsyncReadyCallback        callback,
                                     gpointer                   user_data)
{
  Asked *asked;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (contact != NULL && start != NULL);

  asked = g_new0 (Asked, 1);
  asked->id = g_strdup (contact);
  asked->start = (MashDiscussionStart) {
    .trigger = g_strdup (start->trigger),
    .mode = g_strdup (start->mode),
    .place = g_strdup (start->place),
    .chair = g_strdup (start->chair),
    .supersedes = g_strdup (start->supersedes),
    .why = g_strdup (start->why),
    .need = start->need,
    .started = start->started,
  };
  mash_service_run (self,
                    mash_service_begin (self, mash_service_start_discussion_async, cancellable,
                                        callback, user_data),
                    asked, (GDestroyNotify) free_asked, begin_job,
                    (GDestroyNotify) mash_group_unref, on_begun_cb);
}

/**
 * mash_service_start_discussion_finish:
 * @self: a service
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the id of the discussion
 */
char *
mash_service_start_discussion_finish (MashService  *self,
                                      GAsyncResult *result,
                                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reading */

static gpointer
read_discussion_job (MashStore   **store,
                     gpointer      data,
                     GCancellable *cancellable,
                     GError      **error)
{
  const Asked *asked = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_read_discussion (*store, asked->id, error) : NULL;
}

static void
on_reading_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  MashDiscussionReading *reading = g_task_propagate_pointer (G_TASK (result), &error);

  if (reading != NULL)
    g_task_return_pointer (task, reading, (GDestroyNotify) mash_discussion_reading_free);
  else
    g_task_return_error (task, error);
}

/**
 * mash_service_read_discussion_async:
 * @self: a service, signed in
 * @discussion: the id of a discussion of a contact that is open
 * @cancellable: (nullable): to stop it
 * @callback: called with how it stands
 * @user_data: for @callback
 */
void
mash_service_read_discussion_async (MashService        *self,
                                    const char         *discussion,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  Asked *asked;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (discussion != NULL);

  asked = g_new0 (Asked, 1);
  asked->id = g_strdup (discussion);
  mash_service_run (self,
                    mash_service_begin (self, mash_service_read_discussion_async, cancellable,
                                        callback, user_data),
                    asked, (GDestroyNotify) free_asked, read_discussion_job,
                    (GDestroyNotify) mash_discussion_reading_free, on_reading_cb);
}

MashDiscussionReading *
mash_service_read_discussion_finish (MashService  *self,
                                     GAsyncResult *result,
                                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
