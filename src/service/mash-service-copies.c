/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-copies.h"

#include "mash-kinds.h"
#include "mash-service-private.h"

/* What is asked for. */
typedef struct
{
  MashTimelineView *view;
  char             *what;
  char             *form;
  char             *recipient;
  char             *purpose;
} Wish;

/* What the store gave: rows until they are items. */
typedef struct
{
  MashChronology *chronology;
  GPtrArray      *rows;
} Found;

static void
wish_free (Wish *wish)
{
  mash_timeline_view_free (wish->view);
  g_free (wish->what);
  g_free (wish->form);
  g_free (wish->recipient);
  g_free (wish->purpose);
  g_free (wish);
}

static void
found_free (Found *found)
{
  mash_chronology_free (found->chronology);
  g_clear_pointer (&found->rows, g_ptr_array_unref);
  g_free (found);
}

static char *
dup_field (MashStore  *store,
           const char *kind,
           const char *id,
           const char *field)
{
  g_autoptr (MashRecord) record = id != NULL ? mash_store_lookup (store, kind, id) : NULL;

  return record != NULL ? g_strdup (mash_record_get_text (record, field)) : NULL;
}

/* What an agency puts in is its own and leaves the hub with its release (domain 0.4 and note C12);
 * none has been given as long as there is no way to give one. */
static gboolean
may_leave (const MashTimelineRow *row,
           MashChronology        *chronology)
{
  if (row->confidential)
    {
      chronology->confidential++;
      return FALSE;
    }
  if (row->owner != NULL && g_strcmp0 (row->owner, chronology->agency) != 0)
    {
      chronology->unreleased++;
      return FALSE;
    }

  return TRUE;
}

static void
leave_out (Found *found)
{
  GPtrArray *all = found->rows;

  found->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_timeline_row_free);
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      MashTimelineRow *row = g_ptr_array_index (all, i);

      if (may_leave (row, found->chronology))
        g_ptr_array_add (found->rows, row);
      else
        mash_timeline_row_free (row);
    }
  g_ptr_array_unref (all);
}

static MashGroup *
make_group (MashStore   *store,
            const Wish  *wish,
            const Found *found)
{
  const MashChronology *chronology = found->chronology;
  g_autofree char *id = mash_store_make_id (store);
  MashGroup *group = mash_group_new ("copy", wish->view->contact);
  MashEdit *edit = mash_edit_new (&mash_copy_kind, id, 0);

  mash_edit_set_text (edit, "contact", wish->view->contact);
  mash_edit_set_text (edit, "what", wish->what);
  mash_edit_set_text (edit, "form", wish->form);
  if (wish->recipient != NULL && *wish->recipient != '\0')
    mash_edit_set_text (edit, "recipient", wish->recipient);
  if (wish->purpose != NULL && *wish->purpose != '\0')
    mash_edit_set_text (edit, "purpose", wish->purpose);
  mash_edit_set_int (edit, "version", chronology->version);
  mash_edit_set_int (edit, "entries", found->rows->len);
  mash_edit_set_int (edit, "left-out", chronology->confidential + chronology->unreleased);
  mash_group_take_edit (group, edit);

  return group;
}

static gpointer
make_copy_job (MashStore    **store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Wish *wish = data;
  Found *found;
  MashChronology *chronology;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (MashGroup) group = NULL;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;
  rows = mash_store_list_chronology (*store, wish->view, cancellable, error);
  if (rows == NULL)
    return NULL;

  found = g_new0 (Found, 1);
  found->rows = g_steal_pointer (&rows);
  found->chronology = chronology = g_new0 (MashChronology, 1);
  chronology->at = mash_store_get_now (*store);
  chronology->reference = dup_field (*store, "contact", wish->view->contact, "reference");
  chronology->agency = dup_field (*store, "agency", mash_store_get_actor (*store)->agency, "name");
  copies = mash_store_list (*store, mash_copy_kind.name, "contact", wish->view->contact);
  chronology->version = copies->len + 1;
  leave_out (found);

  group = make_group (*store, wish, found);
  if (!mash_store_submit (*store, group, NULL, error))
    g_clear_pointer (&found, found_free);

  return found;
}

static void
on_copy_made_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Found *found = g_task_propagate_pointer (G_TASK (result), &error);

  if (found == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  found->chronology->entries = mash_items_new_list (MASH_TYPE_TIMELINE_ITEM,
                                                    g_steal_pointer (&found->rows));
  g_task_return_pointer (task, g_steal_pointer (&found->chronology),
                         (GDestroyNotify) mash_chronology_free);
  found_free (found);
}

/**
 * mash_service_make_copy_async:
 * @self: a service, signed in by somebody who may copy case material
 * @view: what is copied, of a contact that is open
 * @what: the same in words, for the record
 * @form: a code of the list COPY
 * @recipient: for whom it is
 * @purpose: what it is for
 * @cancellable: (nullable): to stop it before it is begun
 * @callback: called with the #MashChronology, or why there is none
 * @user_data: for @callback
 *
 * Leaves out what must not leave the hub and writes down who gets the rest. Only when that is
 * durable is anything given.
 */
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
  Wish *wish;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (view != NULL && what != NULL && form != NULL);

  wish = g_new0 (Wish, 1);
  wish->view = mash_timeline_view_copy (view);
  wish->what = g_strdup (what);
  wish->form = g_strdup (form);
  wish->recipient = g_strdup (recipient);
  wish->purpose = g_strdup (purpose);
  mash_service_run (self,
                    mash_service_begin (self, mash_service_make_copy_async, cancellable,
                                        callback, user_data),
                    wish, (GDestroyNotify) wish_free, make_copy_job, (GDestroyNotify) found_free,
                    on_copy_made_cb);
}

/**
 * mash_service_make_copy_finish:
 * @self: a service
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what may be copied
 */
MashChronology *
mash_service_make_copy_finish (MashService   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
