/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"
#include "mash-store-hub.h"
#include "mash-sync-error.h"

/* A question on its way from thread to thread. */
typedef struct
{
  GTask          *inner;       /* has what it is about */
  MashInquiry     ask;
  GDestroyNotify  free_answer;
  char           *seat;
  gpointer        answer;
  GError         *error;
} Inquiry;

static void
inquiry_free (Inquiry *self)
{
  g_object_unref (self->inner);
  g_clear_error (&self->error);
  g_free (self->seat);
  g_free (self);
}

static gpointer
seat_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return mash_service_need_store (store, error) != NULL
         ? g_strdup (mash_store_get_seat (*store)) : NULL;
}

static gboolean
answered_cb (gpointer data)
{
  Inquiry *self = data;
  MashService *service = g_task_get_source_object (self->inner);

  if (self->error == NULL && !service->signed_in)
    {
      self->error = g_error_new_literal (MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Left");
      g_clear_pointer (&self->answer, self->free_answer);
    }
  if (self->error != NULL)
    {
      /* It may have another seat by now. */
      g_clear_pointer (&service->hub_seat, g_free);
      g_task_return_error (self->inner, g_steal_pointer (&self->error));
    }
  else
    g_task_return_pointer (self->inner, self->answer, self->free_answer);
  inquiry_free (self);

  return G_SOURCE_REMOVE;
}

/* On the thread of the sync. */
static void
ask_cb (gpointer line,
        gpointer data)
{
  Inquiry *self = data;

  if (line == NULL)
    g_set_error_literal (&self->error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE,
                         "There is no line to the hub");
  else
    self->answer = self->ask (line, self->seat, g_task_get_task_data (self->inner),
                              &self->error);
  g_idle_add (answered_cb, self);
}

static void
on_seat_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  MashService *service = MASH_SERVICE (object);
  Inquiry *self = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  self->seat = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->seat == NULL)
    {
      g_task_return_error (self->inner, error);
      inquiry_free (self);
      return;
    }
  if (service->hub_link != NULL && service->hub_seat == NULL)
    service->hub_seat = g_strdup (self->seat);
  mash_service_ask_hub (service, ask_cb, self);
}

/* Asks the hub something for @task, beside the sync and on its thread, and calls @done with @task
 * on the main one; @data is handed to @ask and is the task data of what @done gets. What @ask gives
 * is let go of where nobody is signed in any more. */
void
mash_service_inquire (MashService         *self,
                      GTask               *task,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      MashInquiry          ask,
                      GDestroyNotify       free_answer,
                      GAsyncReadyCallback  done)
{
  Inquiry *inquiry = g_new0 (Inquiry, 1);

  inquiry->inner = g_task_new (self, NULL, done, task);
  g_task_set_source_tag (inquiry->inner, mash_service_inquire);
  g_task_set_task_data (inquiry->inner, data, free_data);
  inquiry->ask = ask;
  inquiry->free_answer = free_answer;
  inquiry->seat = g_strdup (self->hub_seat);
  if (inquiry->seat != NULL)
    mash_service_ask_hub (self, ask_cb, inquiry);
  else
    mash_service_run (self, inquiry->inner, inquiry, NULL, seat_job, g_free, on_seat_cb);
}
