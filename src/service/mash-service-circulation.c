/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-circulation.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "mash-paper-check.h"
#include "mash-service-private.h"
#include "mash-store-circulation.h"
#include "mash-time.h"

/* A copy on its way. */
typedef struct
{
  char        *discussion;
  char        *variant;
  char        *agency;
  GBytes      *pdf;
  GPtrArray   *withheld;      /* MashWithheld */
  char        *expected;      /* the fingerprint of what was looked at, or NULL */
  char        *fingerprint;
  MashGroup   *group;         /* that it goes */
  char        *path;          /* where to, or NULL */
  char        *beside;        /* the file that becomes it, where there is one */
} Copy;

static void
copy_free (Copy *copy)
{
  /* What was not let go is not left behind. */
  if (copy->beside != NULL)
    g_unlink (copy->beside);
  g_free (copy->discussion);
  g_free (copy->variant);
  g_free (copy->agency);
  g_clear_pointer (&copy->pdf, g_bytes_unref);
  g_clear_pointer (&copy->withheld, g_ptr_array_unref);
  g_free (copy->expected);
  g_free (copy->fingerprint);
  g_clear_pointer (&copy->group, mash_group_unref);
  g_free (copy->path);
  g_free (copy->beside);
  g_free (copy);
}

/* Looking through it */

static gpointer
list_withheld_job (MashStore   **store,
                   gpointer      data,
                   GCancellable *cancellable,
                   GError      **error)
{
  const Copy *copy = data;
  const MashCopyFor which = { copy->variant, copy->agency };

  return mash_service_need_store (store, error) != NULL
         ? mash_store_list_withheld (*store, copy->discussion, &which, error) : NULL;
}

static gboolean
write_all (int          fd,
           const char  *data,
           gsize        length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          data += n;
          length -= (gsize) n;
        }
    }

  return fsync (fd) == 0;
}

/* The file that becomes the copy lies beside it, under a name of its own, and is its owner’s alone:
 * only what has been looked through gets so far. */
static gboolean
write_beside (Copy    *copy,
              GError **error)
{
  g_autofree char *folder = g_path_get_dirname (copy->path);
  gsize length;
  const char *data = g_bytes_get_data (copy->pdf, &length);
  gboolean written;
  int fd;

  copy->beside = g_build_filename (folder, ".mash-copy-XXXXXX", NULL);
  fd = g_mkstemp_full (copy->beside, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    g_clear_pointer (&copy->beside, g_free);
  written = fd >= 0 && write_all (fd, data, length);
  if (fd >= 0 && close (fd) != 0)
    written = FALSE;
  if (!written)
    g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_COPY,
                         _("The copy could not be written there. Nothing was sent; choose another "
                           "folder."));

  return written;
}

static void
look_through_thread (GTask        *task,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  Copy *copy = data;
  GError *error = NULL;

  copy->fingerprint = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, copy->pdf);
  if (copy->expected != NULL && strcmp (copy->expected, copy->fingerprint) != 0)
    g_set_error_literal (&error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_COPY,
                         _("This is not what was looked at and signed. Preview the copy again."));
  else if (mash_paper_check (copy->pdf, copy->withheld, cancellable, &error) && copy->path != NULL)
    write_beside (copy, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Hands on what was done aside. */
static void
on_done_aside_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_withheld_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Copy *copy = g_task_get_task_data (task);
  GError *error = NULL;

  copy->withheld = g_task_propagate_pointer (G_TASK (result), &error);
  if (copy->withheld != NULL)
    mash_service_run_aside (g_steal_pointer (&task), copy, look_through_thread, on_done_aside_cb);
  else
    g_task_return_error (task, error);
}

/* The inner task answers when the paper has been looked through. */
static void
look_through (MashService        *self,
              Copy               *copy,
              GCancellable       *cancellable,
              GAsyncReadyCallback callback,
              gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, look_through);
  g_task_set_task_data (task, copy, (GDestroyNotify) copy_free);
  mash_service_run (self, task, copy, NULL, list_withheld_job,
                    (GDestroyNotify) g_ptr_array_unref, on_withheld_cb);
}

static Copy *
copy_new (const char        *discussion,
          const MashCopyFor *which,
          GBytes            *pdf)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->discussion = g_strdup (discussion);
  copy->variant = g_strdup (which->variant);
  copy->agency = g_strdup (which->agency);
  copy->pdf = g_bytes_ref (pdf);

  return copy;
}

static void
on_checked_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Copy *copy = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_strdup (copy->fingerprint), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * mash_service_check_copy_async:
 * @self: a service, signed in
 * @discussion: the id of a discussion of a contact that is open
 * @copy: for whom it is
 * @pdf: the finished paper
 * @cancellable: (nullable): ends it
 * @callback: called with its fingerprint, or with what kind of thing is in it and where
 * @user_data: for @callback
 */
void
mash_service_check_copy_async (MashService        *self,
                               const char         *discussion,
                               const MashCopyFor  *copy,
                               GBytes             *pdf,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (discussion != NULL && copy != NULL && pdf != NULL);

  look_through (self, copy_new (discussion, copy, pdf), cancellable, on_checked_cb,
                mash_service_begin (self, mash_service_check_copy_async, cancellable, callback,
                                    user_data));
}

char *
mash_service_check_copy_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Letting it go */

static void
let_go_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Copy *copy = data;

  if (copy->path == NULL || g_rename (copy->beside, copy->path) == 0)
    {
      g_clear_pointer (&copy->beside, g_free);
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_task_return_new_error (task, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_COPY, "%s",
                           _("The log has the copy, and its file could not be put in its place. "
                             "Preview it again and save it elsewhere."));
}

static void
on_logged_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Copy *copy = g_task_get_task_data (task);
  GError *error = NULL;

  if (mash_service_submit_finish (MASH_SERVICE (object), result, &error))
    mash_service_run_aside (g_steal_pointer (&task), copy, let_go_thread, on_done_aside_cb);
  else
    g_task_return_error (task, error);
}

static void
on_sent_checked_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GTask *task = user_data;
  Copy *copy = g_task_get_task_data (G_TASK (result));
  Copy *kept;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  kept = g_memdup2 (copy, sizeof *copy);
  memset (copy, 0, sizeof *copy);
  g_task_set_task_data (task, kept, (GDestroyNotify) copy_free);
  mash_service_submit_async (MASH_SERVICE (object), kept->group, g_task_get_cancellable (task),
                             on_logged_cb, task);
}

static MashGroup *
make_group (MashService     *self,
            MashContactFile *file,
            MashEntity      *circulation,
            const char      *how)
{
  MashGroup *group = mash_group_new ("circulate-discussion", mash_entity_get_id (
                                       MASH_ENTITY (mash_contact_file_get_contact (file))));
  MashEdit *edit = mash_edit_new_for (mash_entity_get_record (circulation));
  g_autofree char *now = mash_time_format (mash_service_get_now (self));

  mash_edit_set_text (edit, "sent-at", now);
  mash_edit_set_text (edit, "how", how);
  mash_group_take_edit (group, edit);

  return group;
}

/**
 * mash_service_send_copy_async:
 * @self: a service, signed in
 * @file: an open contact
 * @circulation: a copy that was looked at
 * @pdf: the finished paper, the very one that was looked at
 * @destination: (nullable): the file that it becomes; %NULL on paper
 * @how: how it goes, in words
 * @cancellable: (nullable): ends it before the log has it
 * @callback: called when the log has it and the file is there, or why not
 * @user_data: for @callback
 *
 * A copy that is refused is on no disk at any moment. The file is its owner’s alone, and there
 * whole or not at all.
 */
void
mash_service_send_copy_async (MashService        *self,
                              MashContactFile    *file,
                              MashEntity         *circulation,
                              GBytes             *pdf,
                              GFile              *destination,
                              const char         *how,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  const MashCopyFor which = { mash_entity_get_text (circulation, "variant"),
                              mash_entity_get_text (circulation, "recipient-agency") };
  GTask *task;
  Copy *copy;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (MASH_IS_CONTACT_FILE (file) && MASH_IS_ENTITY (circulation));
  g_return_if_fail (pdf != NULL && how != NULL);

  task = mash_service_begin (self, mash_service_send_copy_async, cancellable, callback, user_data);
  if (destination != NULL && g_file_peek_path (destination) == NULL)
    {
      g_task_return_new_error (task, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_COPY, "%s",
                               _("Choose a folder on this computer."));
      g_object_unref (task);
      return;
    }

  copy = copy_new (mash_entity_get_text (circulation, "discussion"), &which, pdf);
  copy->expected = g_strdup (mash_entity_get_text (circulation, "document"));
  copy->group = make_group (self, file, circulation, how);
  copy->path = destination != NULL ? g_file_get_path (destination) : NULL;
  look_through (self, copy, cancellable, on_sent_checked_cb, task);
}

/**
 * mash_service_send_copy_finish:
 * @self: a service
 * @result: the result
 * @error: return location
 *
 * Returns: %TRUE when the copy has gone
 */
gboolean
mash_service_send_copy_finish (MashService  *self,
                               GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
