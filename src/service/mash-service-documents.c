/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"

#include <glib/gi18n-lib.h>

#include "mash-hub-blobs.h"
#include "mash-store-hub.h"
#include "mash-sync-error.h"

/* The originals of documents, as they were taken in: from the database here, and where it has them
 * not from the hub, part by part, so that the sync goes on between two of them. */

#define MAX_BYTES (50 * 1024 * 1024)

/* What is being fetched, and how far it has come. */
typedef struct
{
  char       *sha256;
  GByteArray *bytes;
  guint64     size;
} Fetch;

typedef struct
{
  char   *sha256;
  int     part;
  guint64 size;
} Part;

typedef struct
{
  char   *sha256;
  GBytes *content;
} Keeping;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_free (fetch->sha256);
  g_clear_pointer (&fetch->bytes, g_byte_array_unref);
  g_free (fetch);
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->sha256);
  g_free (part);
}

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_free (keeping->sha256);
  g_bytes_unref (keeping->content);
  g_free (keeping);
}

/* On the store's thread */

static gpointer
get_document_job (MashStore    **store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  return mash_store_get_document (*store, data, error);
}

static gpointer
keep_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Keeping *keeping = data;

  if (mash_service_need_store (store, error) == NULL ||
      !mash_store_keep_original (*store, keeping->sha256, keeping->content, error))
    return NULL;

  return g_bytes_ref (keeping->content);
}

/* On the thread of the sync */

static gpointer
ask_part (MashHubLine  *line,
          const char   *seat,
          gpointer      data,
          GError      **error)
{
  Part *part = data;

  return mash_hub_call_blob_get (line, seat, part->sha256, part->part, &part->size, error);
}

/* On the main thread */

static void
return_refusal (GTask      *task,
                const char *sentence)
{
  g_task_return_new_error (task, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED, "%s", sentence);
  g_object_unref (task);
}

static void
on_kept_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *content = g_task_propagate_pointer (G_TASK (result), &error);

  if (content != NULL)
    g_task_return_pointer (task, content, (GDestroyNotify) g_bytes_unref);
  else if (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED))
    g_task_return_new_error (task, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED, "%s",
                             _("What the hub gave is not the original that was taken in. Tell your "
                               "administrator."));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
keep (MashService *self,
      GTask       *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->sha256 = g_strdup (fetch->sha256);
  keeping->content = g_byte_array_free_to_bytes (g_steal_pointer (&fetch->bytes));
  mash_service_run (self, task, keeping, keeping_free, keep_job,
                    (GDestroyNotify) g_bytes_unref, on_kept_cb);
}

static void
say_why_not (GTask        *task,
             const GError *error)
{
  if (error == NULL)
    return_refusal (task, _("The original is still at the desk where it was taken in. It can be "
                            "opened here as soon as that desk has sent it."));
  else if (g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE))
    return_refusal (task, _("The original is not on this computer, and the hub does not answer. "
                            "Try again when it does."));
  else if (g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_UNNAMED))
    return_refusal (task, _("The hub does not give you the original of this document."));
  else
    {
      g_task_return_error (task, g_error_copy (error));
      g_object_unref (task);
    }
}

static void on_part_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data);

static void
ask_next (MashService *self,
          GTask       *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  Part *part = g_new0 (Part, 1);

  part->sha256 = g_strdup (fetch->sha256);
  part->part = (int) (fetch->bytes->len / MASH_HUB_PART_BYTES);
  mash_service_inquire (self, task, part, part_free, ask_part, (GDestroyNotify) g_bytes_unref,
                        on_part_cb);
}

static void
on_part_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  Part *part = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = g_task_propagate_pointer (G_TASK (result), &error);
  gsize length = data != NULL ? g_bytes_get_size (data) : 0;

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  if (data == NULL)
    {
      say_why_not (task, error);
      return;
    }

  fetch->size = MIN (part->size, MAX_BYTES);
  g_byte_array_append (fetch->bytes, g_bytes_get_data (data, NULL), (guint) length);
  if (fetch->bytes->len < fetch->size && length == MASH_HUB_PART_BYTES)
    ask_next (MASH_SERVICE (object), task);
  else
    keep (MASH_SERVICE (object), task);
}

static void
on_document_read_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GTask *task = user_data;
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GError) error = NULL;
  GBytes *document = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND) &&
      self->hub_link != NULL)
    {
      ask_next (self, task);
      return;
    }
  if (document != NULL)
    g_task_return_pointer (task, document, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  g_object_unref (task);
}

/**
 * mash_service_get_document_async:
 * @self: a service, signed in
 * @sha256: which, as its record says
 * @cancellable: (nullable): to stop it; what was fetched so far is not kept
 * @callback: called with the bytes
 * @user_data: for @callback
 *
 * Gives a document as it was taken in. What is not in the person's database on this desk is fetched
 * from the hub, and is there from then on.
 */
void
mash_service_get_document_async (MashService         *self,
                                 const char          *sha256,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;
  Fetch *fetch;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (sha256 != NULL);

  task = mash_service_begin (self, mash_service_get_document_async, cancellable, callback,
                             user_data);
  fetch = g_new0 (Fetch, 1);
  fetch->sha256 = g_strdup (sha256);
  fetch->bytes = g_byte_array_new ();
  g_task_set_task_data (task, fetch, fetch_free);
  mash_service_run (self, task, g_strdup (sha256), g_free, get_document_job,
                    (GDestroyNotify) g_bytes_unref, on_document_read_cb);
}

/**
 * mash_service_get_document_finish:
 * @self: a service
 * @result: a result
 * @error: %MASH_STORE_ERROR_REFUSED with a sentence where the hub has not got it, does not answer
 *   or does not give it
 *
 * Returns: (transfer full) (nullable): the bytes of the document
 */
GBytes *
mash_service_get_document_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
