/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-board.h"

#include "mash-items.h"
#include "mash-service-private.h"
#include "mash-store-board.h"

/* What a job on the store's thread is asked for, and what it gives. */
typedef struct
{
  MashBoardQuery *query;
  char           *me;
  MashBoardKey    after;
  gboolean        known;
  guint           skip;
  guint           limit;
  guint           page;
} Asked;

typedef struct
{
  GPtrArray *rows;
  GPtrArray *facets;
  guint      n_items;
  guint      n_all;
  guint      n_late;
  guint      n_mine;
} Board;

static void
free_asked (Asked *asked)
{
  mash_board_query_free (asked->query);
  g_free (asked->me);
  g_free (asked);
}

static void
free_board (Board *board)
{
  g_clear_pointer (&board->rows, g_ptr_array_unref);
  g_clear_pointer (&board->facets, g_ptr_array_unref);
  g_free (board);
}

static Asked *
asked_new (const MashBoardQuery *query,
           guint                 limit)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->query = mash_board_query_copy (query);
  asked->limit = limit;

  return asked;
}

/* How many there are in all, how many of them are overdue, and how many are one’s own. */
static gboolean
count_all (MashStore   *store,
           const Asked *asked,
           Board       *board,
           GError     **error)
{
  g_autoptr (MashBoardQuery) all = mash_board_query_new ();
  g_autoptr (MashBoardQuery) late = mash_board_query_new ();
  g_autoptr (MashBoardQuery) mine = mash_board_query_new ();

  late->late = TRUE;
  mine->owner = g_strdup (asked->me);

  return mash_store_count_board (store, all, &board->n_all, error) &&
         mash_store_count_board (store, late, &board->n_late, error) &&
         mash_store_count_board (store, mine, &board->n_mine, error);
}

static gpointer
open_board_job (MashStore   **store,
                gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  const Asked *asked = data;
  Board *board = g_new0 (Board, 1);

  if (mash_service_need_store (store, error) != NULL &&
      mash_store_count_board (*store, asked->query, &board->n_items, error) &&
      count_all (*store, asked, board, error))
    {
      board->facets = mash_store_list_board_facets (*store, error);
      board->rows = board->facets != NULL
                    ? mash_store_list_board (*store, asked->query, NULL, 0, asked->limit, error)
                    : NULL;
    }
  if (board->rows != NULL)
    return board;

  free_board (board);

  return NULL;
}

static gpointer
read_page_job (MashStore   **store,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  const Asked *asked = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_list_board (*store, asked->query, asked->known ? &asked->after : NULL,
                                  asked->skip, asked->limit, error) : NULL;
}

/* A page of a list that somebody shows. */

typedef struct
{
  GWeakRef        service;
  MashBoardQuery *query;
} Source;

static void
free_source (gpointer data)
{
  Source *source = data;

  g_weak_ref_clear (&source->service);
  mash_board_query_free (source->query);
  g_free (source);
}

static void
on_page_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Asked *asked = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) rows = g_task_propagate_pointer (G_TASK (result), NULL);

  if (rows != NULL)
    mash_board_list_take_page (g_task_get_task_data (task), asked->page, rows);
  g_task_return_boolean (task, rows != NULL);
}

static void
fetch_page (MashBoardList      *list,
            guint               page,
            const MashBoardKey *after,
            guint               skip,
            guint               limit,
            gpointer            data)
{
  Source *source = data;
  g_autoptr (MashService) self = g_weak_ref_get (&source->service);
  Asked *asked;
  GTask *task;

  if (self == NULL || !self->signed_in)
    return;

  task = mash_service_begin (self, fetch_page, NULL, NULL, NULL);
  g_task_set_task_data (task, g_object_ref (list), g_object_unref);
  asked = asked_new (source->query, limit);
  asked->known = after != NULL;
  if (after != NULL)
    asked->after = *after;
  asked->skip = skip;
  asked->page = page;
  mash_service_run (self, task, asked, (GDestroyNotify) free_asked, read_page_job,
                    (GDestroyNotify) g_ptr_array_unref, on_page_read_cb);
}

static void
on_board_read_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Asked *asked = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  Board *board = g_task_propagate_pointer (G_TASK (result), &error);
  MashBoardList *list;
  Source *source;

  if (board == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  source = g_new0 (Source, 1);
  g_weak_ref_init (&source->service, object);
  source->query = mash_board_query_copy (asked->query);
  list = mash_board_list_new (fetch_page, source, free_source);
  mash_board_list_fill (list, board->n_items, board->n_all, board->n_late, board->n_mine,
                        mash_items_new_list (MASH_TYPE_FACET_ITEM,
                                             g_steal_pointer (&board->facets)));
  mash_board_list_begin (list, board->rows);
  free_board (board);
  g_task_return_pointer (task, list, g_object_unref);
}

/**
 * mash_service_open_board_async:
 * @self: a service, signed in
 * @query: which actions
 * @cancellable: (nullable): to stop it
 * @callback: called with a #MashBoardList, what is due first in front
 * @user_data: for @callback
 *
 * Reads the first page and the counts; the rest is read when it is looked at.
 */
void
mash_service_open_board_async (MashService          *self,
                               const MashBoardQuery *query,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  Asked *asked;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (query != NULL);

  asked = asked_new (query, MASH_BOARD_PAGE_SIZE);
  asked->me = g_strdup (self->actor.person);
  mash_service_run (self,
                    mash_service_begin (self, mash_service_open_board_async, cancellable, callback,
                                        user_data),
                    asked, (GDestroyNotify) free_asked, open_board_job,
                    (GDestroyNotify) free_board, on_board_read_cb);
}

MashBoardList *
mash_service_open_board_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mash_service_get_n_actions:
 * @self: a service
 *
 * Returns: how many actions of discussions are open, as far as the person may see them; and
 *   “counts-changed” says when it differs
 */
guint
mash_service_get_n_actions (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), 0);

  return self->n_actions;
}
