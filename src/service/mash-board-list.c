/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-board-list.h"

#include "mash-discussion-reading.h"
#include "mash-service-board.h"

typedef struct
{
  GPtrArray   *items;  /* of MashActionItem; NULL while the page is not held */
  MashBoardKey last;   /* behind which the next page begins */
  guint64      used;
  gboolean     known;  /* whether @last is */
} Page;

struct _MashBoardList
{
  GObject        parent_instance;

  GArray        *pages;
  GListModel    *facets;
  MashBoardFetch fetch;
  gpointer       data;
  GDestroyNotify free_data;
  guint64        n_uses;
  guint          n_items;
  guint          n_all;
  guint          n_late;
  guint          n_mine;
};

static void mash_board_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashBoardList, mash_board_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mash_board_list_model_init))

static void
page_clear (gpointer data)
{
  g_clear_pointer (&((Page *) data)->items, g_ptr_array_unref);
}

static Page *
get_page (MashBoardList *self,
          guint          i)
{
  return &g_array_index (self->pages, Page, i);
}

static guint
get_size (MashBoardList *self,
          guint          page)
{
  return MIN (MASH_BOARD_PAGE_SIZE, self->n_items - page * MASH_BOARD_PAGE_SIZE);
}

/* From the nearest page before it whose end is known, so that reading on goes by the key alone. */
static void
ask (MashBoardList *self,
     guint          wanted)
{
  for (guint i = wanted; i > 0; i--)
    {
      Page *page = get_page (self, i - 1);

      if (!page->known)
        continue;
      self->fetch (self, wanted, &page->last, (wanted - i) * MASH_BOARD_PAGE_SIZE,
                   get_size (self, wanted), self->data);
      return;
    }
  self->fetch (self, wanted, NULL, wanted * MASH_BOARD_PAGE_SIZE, get_size (self, wanted),
               self->data);
}

/* Lets the page go that was looked at longest ago, once too many are held. */
static void
trim (MashBoardList *self)
{
  Page *oldest = NULL;
  guint n_held = 0;

  for (guint i = 0; i < self->pages->len; i++)
    {
      Page *page = get_page (self, i);

      if (page->items == NULL)
        continue;
      n_held++;
      if (oldest == NULL || page->used < oldest->used)
        oldest = page;
    }
  if (n_held > MASH_BOARD_MAX_PAGES)
    page_clear (oldest);
}

static void
hold (MashBoardList *self,
      guint          i)
{
  Page *page = get_page (self, i);

  page->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint n = get_size (self, i); n > 0; n--)
    g_ptr_array_add (page->items, g_object_new (MASH_TYPE_ACTION_ITEM, NULL));
  page->used = ++self->n_uses;
  trim (self);
}

static GType
mash_board_list_get_item_type (GListModel *model)
{
  return MASH_TYPE_ACTION_ITEM;
}

static guint
mash_board_list_get_n_items (GListModel *model)
{
  return MASH_BOARD_LIST (model)->n_items;
}

static gpointer
mash_board_list_get_item (GListModel *model,
                          guint       position)
{
  MashBoardList *self = MASH_BOARD_LIST (model);
  guint i = position / MASH_BOARD_PAGE_SIZE;
  Page *page;

  if (position >= self->n_items)
    return NULL;

  page = get_page (self, i);
  if (page->items == NULL)
    {
      hold (self, i);
      ask (self, i);
    }
  page->used = ++self->n_uses;

  return g_object_ref (g_ptr_array_index (page->items, position % MASH_BOARD_PAGE_SIZE));
}

static void
mash_board_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mash_board_list_get_item_type;
  iface->get_n_items = mash_board_list_get_n_items;
  iface->get_item = mash_board_list_get_item;
}

static void
mash_board_list_finalize (GObject *object)
{
  MashBoardList *self = MASH_BOARD_LIST (object);

  g_array_unref (self->pages);
  g_clear_object (&self->facets);
  if (self->free_data != NULL)
    self->free_data (self->data);

  G_OBJECT_CLASS (mash_board_list_parent_class)->finalize (object);
}

static void
mash_board_list_class_init (MashBoardListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mash_board_list_finalize;
}

static void
mash_board_list_init (MashBoardList *self)
{
  self->pages = g_array_new (FALSE, TRUE, sizeof (Page));
  g_array_set_clear_func (self->pages, page_clear);
}

/**
 * mash_board_list_new:
 * @fetch: asked for pages; may answer later
 * @data: for @fetch
 * @free_data: (nullable): frees @data with the list
 *
 * Returns: (transfer full): an empty list
 */
MashBoardList *
mash_board_list_new (MashBoardFetch fetch,
                     gpointer       data,
                     GDestroyNotify free_data)
{
  MashBoardList *self = g_object_new (MASH_TYPE_BOARD_LIST, NULL);

  self->fetch = fetch;
  self->data = data;
  self->free_data = free_data;

  return self;
}

/**
 * mash_board_list_fill:
 * @self: an empty list
 * @n_items: how many actions were asked for
 * @n_all: how many are open in all
 * @n_late: how many of all are overdue
 * @n_mine: how many of all are those of whoever looks
 * @facets: (transfer full): what can be filtered by, MashFacetItem
 */
void
mash_board_list_fill (MashBoardList *self,
                      guint          n_items,
                      guint          n_all,
                      guint          n_late,
                      guint          n_mine,
                      GListModel    *facets)
{
  g_return_if_fail (MASH_IS_BOARD_LIST (self));
  g_return_if_fail (self->n_items == 0 && self->facets == NULL);

  self->n_items = n_items;
  self->n_all = n_all;
  self->n_late = n_late;
  self->n_mine = n_mine;
  self->facets = facets;
  g_array_set_size (self->pages, (n_items + MASH_BOARD_PAGE_SIZE - 1) / MASH_BOARD_PAGE_SIZE);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n_items);
}

/**
 * mash_board_list_begin:
 * @self: a list that has just been filled
 * @rows: (element-type MashActionRow): its first actions, which are taken out
 */
void
mash_board_list_begin (MashBoardList *self,
                       GPtrArray     *rows)
{
  g_return_if_fail (MASH_IS_BOARD_LIST (self));

  if (self->n_items == 0)
    return;

  hold (self, 0);
  mash_board_list_take_page (self, 0, rows);
}

/**
 * mash_board_list_take_page:
 * @self: a list
 * @page: which page was asked for
 * @rows: (element-type MashActionRow): its actions, which are taken out; fewer than were asked for
 *   where some have ended
 *
 * Fills in a page, unless nobody looks at it any more.
 */
void
mash_board_list_take_page (MashBoardList *self,
                           guint          page,
                           GPtrArray     *rows)
{
  Page *held;

  g_return_if_fail (MASH_IS_BOARD_LIST (self));
  g_return_if_fail (page < self->pages->len);

  held = get_page (self, page);
  if (rows->len > 0)
    {
      const MashActionRow *last = g_ptr_array_index (rows, rows->len - 1);

      held->last.due = last->due;
      g_strlcpy (held->last.action, last->action, sizeof held->last.action);
      held->known = TRUE;
    }
  if (held->items == NULL)
    return;

  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      if (i < held->items->len)
        mash_item_take_row (g_ptr_array_index (held->items, i), g_ptr_array_index (rows, i));
      else
        mash_action_row_free (g_ptr_array_index (rows, i));
    }
  g_ptr_array_set_size (rows, 0);
}

/**
 * mash_board_list_get_n_held:
 * @self: a list
 *
 * Returns: how many actions it has in memory
 */
guint
mash_board_list_get_n_held (MashBoardList *self)
{
  guint n = 0;

  g_return_val_if_fail (MASH_IS_BOARD_LIST (self), 0);

  for (guint i = 0; i < self->pages->len; i++)
    n += get_page (self, i)->items != NULL ? get_page (self, i)->items->len : 0;

  return n;
}

guint
mash_board_list_get_n_all (MashBoardList *self)
{
  g_return_val_if_fail (MASH_IS_BOARD_LIST (self), 0);

  return self->n_all;
}

guint
mash_board_list_get_n_late (MashBoardList *self)
{
  g_return_val_if_fail (MASH_IS_BOARD_LIST (self), 0);

  return self->n_late;
}

guint
mash_board_list_get_n_mine (MashBoardList *self)
{
  g_return_val_if_fail (MASH_IS_BOARD_LIST (self), 0);

  return self->n_mine;
}

GListModel *
mash_board_list_get_facets (MashBoardList *self)
{
  g_return_val_if_fail (MASH_IS_BOARD_LIST (self), NULL);

  return self->facets;
}
