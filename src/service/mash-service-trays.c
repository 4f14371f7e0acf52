/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"

/* How many rows of a tray are read at most: more than anybody can work through, and bounded. */
#define TRAY_LIMIT 500

typedef struct
{
  GPtrArray *rows[MASH_N_TRAYS];
  guint      counts[MASH_N_TRAYS];
} Trays;

static void
free_trays (Trays *trays)
{
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    g_clear_pointer (&trays->rows[i], g_ptr_array_unref);
  g_free (trays);
}

/* Reads the trays of a mask of bits, and the counts of all. */
static gpointer
read_trays_job (MashStore    **store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  guint mask = GPOINTER_TO_UINT (data);
  Trays *trays = g_new0 (Trays, 1);
  gboolean whole = mash_service_need_store (store, error) != NULL &&
                   mash_store_count_trays (*store, trays->counts, error);

  for (guint i = 0; whole && i < MASH_N_TRAYS; i++)
    {
      if (mask & (1u << i))
        whole = (trays->rows[i] = mash_store_list_tray (*store, i, TRAY_LIMIT, error)) != NULL;
    }
  if (whole)
    return trays;

  free_trays (trays);

  return NULL;
}

static void
take_counts (MashService *self,
             Trays       *trays)
{
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    self->counts[i] = trays->counts[i];
  g_signal_emit_by_name (self, "counts-changed");
}

static void
on_reloaded_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  Trays *trays = g_task_propagate_pointer (G_TASK (result), NULL);

  g_task_return_boolean (task, trays != NULL);
  if (trays == NULL)
    return;

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      if (trays->rows[i] != NULL)
        self->n_new[i] = mash_items_merge_tray (self->trays[i], trays->rows[i]);
    }
  take_counts (self, trays);
  free_trays (trays);
}

/* Brings the trays that have been looked at up to date, without putting them in another order. */
void
mash_service_reload (MashService *self)
{
  GTask *task = mash_service_begin (self, mash_service_reload, NULL, NULL, NULL);

  mash_service_run (self, task, GUINT_TO_POINTER (self->shown), NULL, read_trays_job,
                    (GDestroyNotify) free_trays, on_reloaded_cb);
}

/**
 * mash_service_get_tray:
 * @self: a service
 * @tray: which
 *
 * Returns: (transfer none): its contacts, MashTrayItem; empty until it is refreshed for the first
 *   time
 */
GListModel *
mash_service_get_tray (MashService *self,
                       MashTrayId   tray)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);
  g_return_val_if_fail (tray < MASH_N_TRAYS, NULL);

  return G_LIST_MODEL (self->trays[tray]);
}

guint
mash_service_get_tray_count (MashService *self,
                             MashTrayId   tray)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), 0);
  g_return_val_if_fail (tray < MASH_N_TRAYS, 0);

  return self->counts[tray];
}

/**
 * mash_service_get_tray_new:
 * @self: a service
 * @tray: which
 *
 * Returns: how many contacts have come since the tray was last put in order
 */
guint
mash_service_get_tray_new (MashService *self,
                           MashTrayId   tray)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), 0);
  g_return_val_if_fail (tray < MASH_N_TRAYS, 0);

  return self->n_new[tray];
}

static void
on_refreshed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Trays *trays = g_task_propagate_pointer (G_TASK (result), &error);

  if (trays == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      if (trays->rows[i] == NULL)
        continue;
      mash_items_fill_tray (self->trays[i], trays->rows[i]);
      self->n_new[i] = 0;
    }
  take_counts (self, trays);
  free_trays (trays);
  g_task_return_boolean (task, TRUE);
}

/**
 * mash_service_refresh_tray_async:
 * @self: a service, signed in
 * @tray: which
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads a tray and puts it in order: most urgent first, then by what is left of the nearest clock.
 */
void
mash_service_refresh_tray_async (MashService         *self,
                                 MashTrayId           tray,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (tray < MASH_N_TRAYS);

  self->shown |= 1u << tray;
  task = mash_service_begin (self, mash_service_refresh_tray_async, cancellable, callback,
                             user_data);
  mash_service_run (self, task, GUINT_TO_POINTER (1u << tray), NULL, read_trays_job,
                    (GDestroyNotify) free_trays, on_refreshed_cb);
}

gboolean
mash_service_refresh_tray_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
