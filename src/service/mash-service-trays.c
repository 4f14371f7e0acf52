/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"
#include "mash-store-board.h"
#include "mash-store-error.h"

/* How many rows are read when a tray is put in order: more than a window shows. */
#define FIRST_ROWS (2 * MASH_TRAY_PAGE_SIZE)

/* A tray as it is read: put in order, or the rows of those contacts that have changed. */
typedef struct
{
  MashTrayQuery *query;
  char         **contacts; /* NULL: the first rows of the tray, in order */
  GPtrArray     *rows;     /* of MashTrayRow; one for each of @contacts, NULL where it is gone */
  GPtrArray     *facets;
  guint          count;
} Reading;

typedef struct
{
  GPtrArray *readings;
  guint      counts[MASH_N_TRAYS];
  guint      n_actions;
} Trays;

typedef struct
{
  MashTrayQuery *query;
  MashTrayKey    after;
  gboolean       known;
  guint          skip;
  guint          limit;
  guint          ticket;
} PageJob;

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  mash_tray_query_free (reading->query);
  g_strfreev (reading->contacts);
  g_clear_pointer (&reading->rows, g_ptr_array_unref);
  g_clear_pointer (&reading->facets, g_ptr_array_unref);
  g_free (reading);
}

static void
free_trays (Trays *trays)
{
  g_ptr_array_unref (trays->readings);
  g_free (trays);
}

static Trays *
trays_new (void)
{
  Trays *trays = g_new0 (Trays, 1);

  trays->readings = g_ptr_array_new_with_free_func (free_reading);

  return trays;
}

static void
add_reading (Trays               *trays,
             const MashTrayQuery *query,
             char               **contacts)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->query = mash_tray_query_copy (query);
  reading->contacts = contacts;
  g_ptr_array_add (trays->readings, reading);
}

static void
free_row (gpointer row)
{
  mash_tray_row_free (row);
}

static gboolean
read_contacts (MashStore *store,
               Reading   *reading,
               GError   **error)
{
  reading->rows = g_ptr_array_new_with_free_func (free_row);
  for (guint i = 0; reading->contacts[i] != NULL; i++)
    {
      MashTrayRow *row;

      if (!mash_store_find_tray_row (store, reading->query, reading->contacts[i], &row, error))
        return FALSE;
      g_ptr_array_add (reading->rows, row);
    }

  return TRUE;
}

/* What is late of the whole tray changes with time and is not kept. */
static gboolean
count_late (MashStore *store,
            Reading   *reading,
            GError   **error)
{
  g_autoptr (MashTrayQuery) late = mash_tray_query_new (reading->query->tray);
  MashFacetRow *facet = g_new0 (MashFacetRow, 1);

  late->late = TRUE;
  facet->facet = g_strdup ("late");
  facet->value = g_strdup ("");
  g_ptr_array_add (reading->facets, facet);

  return mash_store_count_tray (store, late, &facet->n, error);
}

static gboolean
read_tray (MashStore *store,
           Reading   *reading,
           GError   **error)
{
  if (reading->contacts != NULL)
    {
      if (!read_contacts (store, reading, error))
        return FALSE;
    }
  else
    {
      reading->rows = mash_store_list_tray_page (store, reading->query, NULL, 0, FIRST_ROWS,
                                                 error);
      if (reading->rows == NULL)
        return FALSE;
    }

  reading->facets = mash_store_list_tray_facets (store, reading->query->tray, error);

  return reading->facets != NULL && count_late (store, reading, error) &&
         mash_store_count_tray (store, reading->query, &reading->count, error);
}

/* Whose role sees no lists across contacts has no board, and nothing on it. */
static gboolean
count_actions (MashStore *store,
               Trays     *trays,
               GError   **error)
{
  g_autoptr (MashBoardQuery) all = mash_board_query_new ();
  g_autoptr (GError) refused = NULL;

  if (mash_store_count_board (store, all, &trays->n_actions, &refused) ||
      g_error_matches (refused, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&refused));

  return FALSE;
}

/* Reads the trays that are asked for, and the counts of all. */
static gpointer
read_trays_job (MashStore   **store,
                gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  Trays *asked = data;
  Trays *trays = trays_new ();
  gboolean whole = mash_service_need_store (store, error) != NULL &&
                   mash_store_count_trays (*store, trays->counts, error) &&
                   count_actions (*store, trays, error);

  for (guint i = 0; whole && i < asked->readings->len; i++)
    {
      Reading *reading = g_ptr_array_index (asked->readings, i);

      add_reading (trays, reading->query, g_strdupv (reading->contacts));
      whole = read_tray (*store, g_ptr_array_index (trays->readings, i), error);
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
  self->n_actions = trays->n_actions;
  g_signal_emit_by_name (self, "counts-changed");
}

static void
take_facets (GListStore *facets,
             GPtrArray  *rows)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      MashItem *item = g_object_new (MASH_TYPE_FACET_ITEM, NULL);

      mash_item_take_row (item, mash_facet_row_copy (g_ptr_array_index (rows, i)));
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (facets, 0, g_list_model_get_n_items (G_LIST_MODEL (facets)),
                       items->pdata, items->len);
}

static void
take_reading (MashService *self,
              Reading     *reading)
{
  MashTrayId tray = reading->query->tray;

  /* Something else is shown by now, and is being read. */
  if (!mash_tray_query_equal (reading->query, self->queries[tray]))
    return;

  if (reading->contacts == NULL)
    mash_tray_list_fill (self->trays[tray], reading->rows, reading->count);
  for (guint i = 0; reading->contacts != NULL && i < reading->rows->len; i++)
    mash_tray_list_put (self->trays[tray], reading->contacts[i],
                        g_ptr_array_index (reading->rows, i), reading->count);
  take_facets (self->facets[tray], reading->facets);
}

static void
take_trays (MashService *self,
            Trays       *trays)
{
  for (guint i = 0; i < trays->readings->len; i++)
    take_reading (self, g_ptr_array_index (trays->readings, i));
  take_counts (self, trays);
  free_trays (trays);
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
  if (trays != NULL)
    take_trays (self, trays);
}

/* Brings the trays that have been looked at up to date, without putting them in another order:
 * the rows of @contacts, or where that is NULL all that are held. */
void
mash_service_reload_contacts (MashService       *self,
                              const char *const *contacts)
{
  GTask *task = mash_service_begin (self, mash_service_reload_contacts, NULL, NULL, NULL);
  Trays *trays = trays_new ();

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      if (self->shown & (1u << i))
        add_reading (trays, self->queries[i],
                     contacts != NULL ? g_strdupv ((char **) contacts)
                                      : mash_tray_list_dup_contacts (self->trays[i]));
    }
  mash_service_run (self, task, trays, (GDestroyNotify) free_trays, read_trays_job,
                    (GDestroyNotify) free_trays, on_reloaded_cb);
}

void
mash_service_reload (MashService *self)
{
  mash_service_reload_contacts (self, NULL);
}

/* Pages */

static void
free_page_job (PageJob *job)
{
  mash_tray_query_free (job->query);
  g_free (job);
}

static gpointer
read_page_job (MashStore   **store,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  PageJob *job = data;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  return mash_store_list_tray_page (*store, job->query, job->known ? &job->after : NULL, job->skip,
                                    job->limit, error);
}

static void
on_page_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  PageJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) rows = g_task_propagate_pointer (G_TASK (result), NULL);

  if (rows != NULL)
    mash_tray_list_take_page (self->trays[job->query->tray], job->ticket, rows);
  g_task_return_boolean (task, rows != NULL);
}

static void
fetch_page (MashTrayList      *list,
            guint              ticket,
            const MashTrayKey *after,
            guint              skip,
            guint              limit,
            gpointer           data)
{
  MashService *self = data;
  GTask *task = mash_service_begin (self, fetch_page, NULL, NULL, NULL);
  PageJob *job = g_new0 (PageJob, 1);

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      if (self->trays[i] == list)
        job->query = mash_tray_query_copy (self->queries[i]);
    }
  job->known = after != NULL;
  if (after != NULL)
    job->after = *after;
  job->skip = skip;
  job->limit = limit;
  job->ticket = ticket;
  mash_service_run (self, task, job, (GDestroyNotify) free_page_job, read_page_job,
                    (GDestroyNotify) g_ptr_array_unref, on_page_read_cb);
}

/* What the service holds of the trays */

void
mash_service_make_trays (MashService *self)
{
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      self->trays[i] = mash_tray_list_new (fetch_page, self);
      self->facets[i] = g_list_store_new (MASH_TYPE_FACET_ITEM);
      self->queries[i] = mash_tray_query_new (i);
    }
}

void
mash_service_free_trays (MashService *self)
{
  /* Who still shows a list must not ask for pages of a service that is gone. */
  mash_service_empty_trays (self);
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      g_clear_object (&self->trays[i]);
      g_clear_object (&self->facets[i]);
      g_clear_pointer (&self->queries[i], mash_tray_query_free);
    }
}

/* What one person saw is not there for the next. */
void
mash_service_empty_trays (MashService *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      mash_tray_list_fill (self->trays[i], none, 0);
      g_list_store_remove_all (self->facets[i]);
      mash_tray_query_free (self->queries[i]);
      self->queries[i] = mash_tray_query_new (i);
    }
}

/**
 * mash_service_get_tray:
 * @self: a service
 * @tray: which
 *
 * Returns: (transfer none): its contacts, MashTrayItem, read as they are looked at; empty until it
 *   is refreshed for the first time
 */
GListModel *
mash_service_get_tray (MashService *self,
                       MashTrayId   tray)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);
  g_return_val_if_fail (tray < MASH_N_TRAYS, NULL);

  return G_LIST_MODEL (self->trays[tray]);
}

/**
 * mash_service_find_in_tray:
 * @self: a service
 * @tray: which
 * @contact: (nullable): the id of a contact
 *
 * Returns: where it stands in the tray's list; %G_MAXUINT where it is not among the rows that are
 *   held
 */
guint
mash_service_find_in_tray (MashService *self,
                           MashTrayId   tray,
                           const char  *contact)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), G_MAXUINT);
  g_return_val_if_fail (tray < MASH_N_TRAYS, G_MAXUINT);

  return mash_tray_list_find (self->trays[tray], contact);
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

  return mash_tray_list_get_n_new (self->trays[tray]);
}

/**
 * mash_service_get_tray_facets:
 * @self: a service
 * @tray: which
 *
 * Returns: (transfer none): what the tray can be filtered by, MashFacetItem; kept up to date with
 *   the tray
 */
GListModel *
mash_service_get_tray_facets (MashService *self,
                              MashTrayId   tray)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);
  g_return_val_if_fail (tray < MASH_N_TRAYS, NULL);

  return G_LIST_MODEL (self->facets[tray]);
}

/**
 * mash_service_set_tray_query:
 * @self: a service
 * @query: which rows of which tray are wanted
 *
 * Takes effect when the tray is refreshed.
 */
void
mash_service_set_tray_query (MashService         *self,
                             const MashTrayQuery *query)
{
  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (query != NULL && query->tray < MASH_N_TRAYS);

  mash_tray_query_free (self->queries[query->tray]);
  self->queries[query->tray] = mash_tray_query_copy (query);
}

static void
on_refreshed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Trays *trays = g_task_propagate_pointer (G_TASK (result), &error);

  if (trays == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  take_trays (MASH_SERVICE (object), trays);
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
 * Puts a tray in order: most urgent first, then by what is left of the nearest clock. Reads its
 * first rows; the rest is read when it is looked at.
 */
void
mash_service_refresh_tray_async (MashService        *self,
                                 MashTrayId          tray,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  Trays *trays;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (tray < MASH_N_TRAYS);

  self->shown |= 1u << tray;
  trays = trays_new ();
  add_reading (trays, self->queries[tray], NULL);
  task = mash_service_begin (self, mash_service_refresh_tray_async, cancellable, callback,
                             user_data);
  mash_service_run (self, task, trays, (GDestroyNotify) free_trays, read_trays_job,
                    (GDestroyNotify) free_trays, on_refreshed_cb);
}

gboolean
mash_service_refresh_tray_finish (MashService  *self,
                                  GAsyncResult *result,
                                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
