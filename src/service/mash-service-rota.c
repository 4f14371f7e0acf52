/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-rota.h"

#include "mash-service-private.h"
#include "mash-store-rota.h"
#include "mash-time.h"

/* Row of the matrix: approve leave, set rota, duty cover. */
#define PERMISSION_ROTA 37

static GType string_type (void) { return G_TYPE_STRING; }
static GType uint_type (void) { return G_TYPE_UINT; }

#define ROW(member) G_STRUCT_OFFSET (MashRotaRow, member)

static const MashItemMember rota_members[] = {
  { "staff", string_type, ROW (staff) },
  { "name", string_type, ROW (name) },
  { "title", string_type, ROW (title) },
  { "team", string_type, ROW (team) },
  { "morning", string_type, ROW (morning) },
  { "afternoon", string_type, ROW (afternoon) },
  { "load", uint_type, ROW (load) },
};

#undef ROW

struct _MashRotaItem
{
  MashItem parent_instance;
};

G_DEFINE_FINAL_TYPE (MashRotaItem, mash_rota_item, MASH_TYPE_ITEM)

typedef struct
{
  char    *date;
  char    *half;
  char    *staff;
  gboolean on_duty;
} Slot;

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  g_free (slot->date);
  g_free (slot->half);
  g_free (slot->staff);
  g_free (slot);
}

static void
mash_rota_item_class_init (MashRotaItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), rota_members,
                                   G_N_ELEMENTS (rota_members),
                                   (GDestroyNotify) mash_rota_row_free);
}

static void
mash_rota_item_init (MashRotaItem *self)
{
}

static gpointer
list_rota_job (MashStore    **store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return mash_service_need_store (store, error) != NULL
         ? mash_store_list_rota (*store, data, error) : NULL;
}

static gpointer
set_on_duty_job (MashStore    **store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const Slot *slot = data;

  return mash_service_need_store (store, error) != NULL &&
         mash_store_set_on_duty (*store, slot->date, slot->half, slot->staff, slot->on_duty,
                                 error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static gpointer
list_staff_job (MashStore    **store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return mash_service_need_store (store, error) != NULL ? mash_store_list_staff (*store, error)
                                                        : NULL;
}

static void
on_duty_set_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  mash_service_refresh_staff (MASH_SERVICE (object));
  g_task_return_boolean (task, TRUE);
}

static void
on_staff_listed_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  GPtrArray *rows = g_task_propagate_pointer (G_TASK (result), NULL);

  g_task_return_boolean (task, rows != NULL);
  if (rows != NULL && self->signed_in)
    mash_service_take_staff (self, rows);
  else
    g_clear_pointer (&rows, g_ptr_array_unref);
}

/**
 * mash_service_may_set_rota:
 * @self: a service
 *
 * Returns: %TRUE when the role of whoever is signed in sets the rota
 */
gboolean
mash_service_may_set_rota (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), FALSE);

  return self->signed_in &&
         mash_policy_get_grant (self->policy, self->actor.role, PERMISSION_ROTA,
                                NULL) == MASH_GRANT_YES;
}

/**
 * mash_service_list_rota_async:
 * @self: a service, signed in
 * @day: a day, as mash_time_get_local_day() counts
 * @cancellable: (nullable): to stop it
 * @callback: called with everybody who holds a post, MashRotaItem, by team and name
 * @user_data: for @callback
 */
void
mash_service_list_rota_async (MashService         *self,
                              int                  day,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (MASH_IS_SERVICE (self));

  mash_service_run_list (self,
                         mash_service_begin (self, mash_service_list_rota_async, cancellable,
                                             callback, user_data),
                         MASH_TYPE_ROTA_ITEM, mash_date_format (day), g_free, list_rota_job);
}

GListModel *
mash_service_list_rota_finish (MashService   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mash_service_set_on_duty_async:
 * @self: a service, signed in by somebody who sets the rota
 * @day: a day
 * @half: which half of it, a code of the list HALF
 * @staff: the id of a member of staff
 * @on_duty: whether they are
 * @callback: called when it stands so, or is refused
 * @user_data: for @callback
 *
 * Lists of staff show it at once.
 */
void
mash_service_set_on_duty_async (MashService         *self,
                                int                  day,
                                const char          *half,
                                const char          *staff,
                                gboolean             on_duty,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Slot *slot;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (half != NULL && staff != NULL);

  slot = g_new0 (Slot, 1);
  slot->date = mash_date_format (day);
  slot->half = g_strdup (half);
  slot->staff = g_strdup (staff);
  slot->on_duty = on_duty;
  mash_service_run (self,
                    mash_service_begin (self, mash_service_set_on_duty_async, NULL, callback,
                                        user_data),
                    slot, slot_free, set_on_duty_job, NULL, on_duty_set_cb);
}

gboolean
mash_service_set_on_duty_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mash_service_refresh_staff:
 * @self: a service, signed in
 *
 * Has the list of staff read again: who is on duty by now, and how much each of them has.
 */
void
mash_service_refresh_staff (MashService *self)
{
  g_return_if_fail (MASH_IS_SERVICE (self));

  mash_service_run (self, mash_service_begin (self, mash_service_refresh_staff, NULL, NULL, NULL),
                    NULL, NULL, list_staff_job, (GDestroyNotify) g_ptr_array_unref,
                    on_staff_listed_cb);
}
