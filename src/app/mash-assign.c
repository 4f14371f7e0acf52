/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-assign.h"

typedef struct
{
  char *deed;
  char *person;
} Assign;

static void
assign_free (gpointer data)
{
  Assign *assign = data;

  g_free (assign->deed);
  g_free (assign->person);
  g_free (assign);
}

static void
on_submitted_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (mash_service_submit_finish (MASH_SERVICE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashGroup) group = NULL;
  Assign *assign = g_task_get_task_data (task);
  GError *error = NULL;

  file = mash_service_open_contact_finish (MASH_SERVICE (source), result, &error);
  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                        "assigned-to", assign->person);
  group = mash_contact_file_dup_group (file, assign->deed);
  mash_service_submit_async (MASH_SERVICE (source), group, NULL, on_submitted_cb,
                             g_steal_pointer (&task));
}

/**
 * mash_assign_async:
 * @service: the service
 * @contact: the id of a contact
 * @deed: `take`, `assign` or `release`
 * @person: (nullable): the id of the member of staff; %NULL to leave it with no one
 * @callback: called when it is done
 * @user_data: passed to @callback
 */
void
mash_assign_async (MashService         *service,
                   const char          *contact,
                   const char          *deed,
                   const char          *person,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GTask *task = g_task_new (service, NULL, callback, user_data);
  Assign *assign = g_new0 (Assign, 1);

  assign->deed = g_strdup (deed);
  assign->person = g_strdup (person);
  g_task_set_source_tag (task, mash_assign_async);
  g_task_set_task_data (task, assign, assign_free);
  mash_service_open_contact_async (service, contact, NULL, on_opened_cb, task);
}

/**
 * mash_assign_finish:
 * @result: what the callback was given
 * @error: return location for the service's error
 *
 * Returns: whether the contact is where it was to go
 */
gboolean
mash_assign_finish (GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
