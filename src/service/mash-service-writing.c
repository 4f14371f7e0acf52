/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-hub.h"

#include "mash-hub-kept.h"
#include "mash-service-private.h"

/* Where somebody is, as the hub is told. */
typedef struct
{
  char *discussion;
  char *place;
} Where;

static void
where_free (Where *self)
{
  g_free (self->discussion);
  g_free (self->place);
  g_free (self);
}

/* On the thread of the sync. */
static gpointer
ask_writing (MashHubLine *line,
             const char  *seat,
             gpointer     data,
             GError     **error)
{
  const Where *where = data;

  return mash_hub_call_writing (line, seat, where->discussion, where->place, error);
}

static void
on_writing_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *writers = g_task_propagate_pointer (G_TASK (result), &error);

  if (writers != NULL)
    {
      g_task_return_pointer (task, writers, (GDestroyNotify) g_ptr_array_unref);
      return;
    }

  if (!g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE) &&
      !g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_BUSY))
    {
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                   "The hub does not say who else is there");
    }
  g_task_return_error (task, error);
}

/**
 * mash_service_tell_writing_async:
 * @self: a service, signed in at a desk of a hub
 * @discussion: (nullable): id of the strategy discussion that is shown; %NULL for none any more
 * @place: (nullable): the part of it in which somebody writes; %NULL for none
 * @callback: called with the others who are there
 * @user_data: for @callback
 *
 * Tells the hub, beside the sync and never the history, and asks who else is there. To be told
 * again every few seconds: whoever is not heard of is not there. Nothing waits for it.
 */
void
mash_service_tell_writing_async (MashService         *self,
                                 const char          *discussion,
                                 const char          *place,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  Where *where;

  g_return_if_fail (MASH_IS_SERVICE (self));

  where = g_new0 (Where, 1);
  where->discussion = g_strdup (discussion != NULL ? discussion : "");
  where->place = g_strdup (place != NULL ? place : "");
  mash_service_inquire (self,
                        mash_service_begin (self, mash_service_tell_writing_async, NULL, callback,
                                            user_data),
                        where, (GDestroyNotify) where_free, ask_writing,
                        (GDestroyNotify) g_ptr_array_unref, on_writing_cb);
}

/**
 * mash_service_tell_writing_finish:
 * @self: a service
 * @result: the result
 * @error: %G_IO_ERROR_NOT_SUPPORTED at a hub that refuses, such as one of an older program; any
 *   other away from the hub, which may answer another time
 *
 * Returns: (transfer full) (nullable) (element-type MashWriter): the others who are there, or were
 *   and have not been heard of since
 */
GPtrArray *
mash_service_tell_writing_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
