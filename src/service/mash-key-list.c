/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-key-list.h"

#include "mash-item.h"

#define PAGE MASH_KEY_LIST_PAGE

typedef struct
{
  guint      number;
  GPtrArray *items;
  gboolean   read;
} Page;

struct _MashKeyList
{
  GObject          parent_instance;

  GType            item_type;
  GArray          *keys;
  GQueue           pages;   /* of Page, the one that was used last first */
  MashKeyListMake  make;
  MashKeyListRead  read;
  gpointer         data;
  GDestroyNotify   free_data;
};

static void mash_key_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashKeyList, mash_key_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mash_key_list_model_init))

static void
page_free (Page *page)
{
  g_ptr_array_unref (page->items);
  g_free (page);
}

static gconstpointer
get_key (MashKeyList *self,
         guint        position)
{
  return self->keys->data + (gsize) position * g_array_get_element_size (self->keys);
}

static MashItem *
make_item (MashKeyList *self,
           guint        position)
{
  MashItem *item = g_object_new (self->item_type, NULL);

  if (self->make != NULL)
    mash_item_take_row (item, self->make (get_key (self, position)));

  return item;
}

static Page *
look_for_page (MashKeyList *self,
               guint        number)
{
  for (GList *link = self->pages.head; link != NULL; link = link->next)
    {
      if (((Page *) link->data)->number == number)
        return link->data;
    }

  return NULL;
}

static Page *
add_page (MashKeyList *self,
          guint        number)
{
  Page *page = g_new0 (Page, 1);
  guint first = number * PAGE;

  page->number = number;
  page->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i < self->keys->len && i < first + PAGE; i++)
    g_ptr_array_add (page->items, make_item (self, i));
  g_queue_push_head (&self->pages, page);
  if (self->pages.length > MASH_KEY_LIST_MAX_PAGES)
    page_free (g_queue_pop_tail (&self->pages));

  return page;
}

static Page *
need_page (MashKeyList *self,
           guint        number)
{
  Page *page = look_for_page (self, number);

  if (page != NULL)
    {
      if (page != self->pages.head->data)
        {
          g_queue_remove (&self->pages, page);
          g_queue_push_head (&self->pages, page);
        }
      return page;
    }

  page = add_page (self, number);
  self->read (self, number * PAGE, get_key (self, number * PAGE), page->items->len, self->data);

  return page;
}

/* Overrides */

static GType
mash_key_list_get_item_type (GListModel *model)
{
  return MASH_KEY_LIST (model)->item_type;
}

static guint
mash_key_list_get_n_items (GListModel *model)
{
  return MASH_KEY_LIST (model)->keys->len;
}

static gpointer
mash_key_list_get_item (GListModel *model,
                        guint       position)
{
  MashKeyList *self = MASH_KEY_LIST (model);

  if (position >= self->keys->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (need_page (self, position / PAGE)->items,
                                          position % PAGE));
}

static void
mash_key_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mash_key_list_get_item_type;
  iface->get_n_items = mash_key_list_get_n_items;
  iface->get_item = mash_key_list_get_item;
}

static void
mash_key_list_finalize (GObject *object)
{
  MashKeyList *self = MASH_KEY_LIST (object);

  g_queue_clear_full (&self->pages, (GDestroyNotify) page_free);
  g_array_unref (self->keys);
  if (self->free_data != NULL)
    self->free_data (self->data);

  G_OBJECT_CLASS (mash_key_list_parent_class)->finalize (object);
}

static void
mash_key_list_class_init (MashKeyListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mash_key_list_finalize;
}

static void
mash_key_list_init (MashKeyList *self)
{
  g_queue_init (&self->pages);
}

/**
 * mash_key_list_new:
 * @item_type: the type of its items, a #MashItem
 * @keys: (transfer full): their keys, in the order of the list
 * @make: (nullable): gives what a key alone tells of a row
 * @read: called for the rows of a page that is looked at
 * @data: for @read
 * @free_data: (nullable): frees @data with the list
 *
 * Returns: (transfer full): the list
 */
MashKeyList *
mash_key_list_new (GType            item_type,
                   GArray          *keys,
                   MashKeyListMake  make,
                   MashKeyListRead  read,
                   gpointer         data,
                   GDestroyNotify   free_data)
{
  MashKeyList *self = g_object_new (MASH_TYPE_KEY_LIST, NULL);

  self->item_type = item_type;
  self->keys = keys;
  self->make = make;
  self->read = read;
  self->data = data;
  self->free_data = free_data;

  return self;
}

/**
 * mash_key_list_begin:
 * @self: a list that nobody has looked at
 * @rows: its first rows, whole pages of them; they are taken out
 *
 * Fills in what was read together with the keys.
 */
void
mash_key_list_begin (MashKeyList *self,
                     GPtrArray   *rows)
{
  g_return_if_fail (MASH_IS_KEY_LIST (self) && rows->len <= self->keys->len);

  for (guint first = 0; first < rows->len; first += PAGE)
    {
      g_autoptr (GPtrArray) page = g_ptr_array_new ();

      add_page (self, first / PAGE);
      for (guint i = first; i < rows->len && i < first + PAGE; i++)
        g_ptr_array_add (page, g_steal_pointer (&g_ptr_array_index (rows, i)));
      mash_key_list_take_rows (self, first, page);
    }
  g_ptr_array_set_free_func (rows, NULL);
  g_ptr_array_set_size (rows, 0);
}

/**
 * mash_key_list_take_rows:
 * @self: a list
 * @first: the position of the first row
 * @rows: the rows of a page, %NULL where there is none any more; they are taken out
 *
 * Rows that are not as many as the page has lines are of another time and stay unread.
 */
void
mash_key_list_take_rows (MashKeyList *self,
                         guint        first,
                         GPtrArray   *rows)
{
  Page *page;
  MashItemClass *klass;

  g_return_if_fail (MASH_IS_KEY_LIST (self));

  page = look_for_page (self, first / PAGE);
  klass = g_type_class_ref (self->item_type);
  for (guint i = 0; i < rows->len; i++)
    {
      gpointer row = g_ptr_array_index (rows, i);

      if (row != NULL && page != NULL && rows->len == page->items->len)
        mash_item_take_row (g_ptr_array_index (page->items, i), row);
      else if (row != NULL)
        klass->free_row (row);
    }
  g_type_class_unref (klass);
  g_ptr_array_set_free_func (rows, NULL);
  g_ptr_array_set_size (rows, 0);
  if (page != NULL)
    page->read = TRUE;
}

/**
 * mash_key_list_get_key:
 * @self: a list
 * @position: less than its length
 *
 * Returns: (transfer none): the key of the row there
 */
gconstpointer
mash_key_list_get_key (MashKeyList *self,
                       guint        position)
{
  g_return_val_if_fail (MASH_IS_KEY_LIST (self) && position < self->keys->len, NULL);

  return get_key (self, position);
}

/**
 * mash_key_list_is_read:
 * @self: a list
 * @position: less than its length
 *
 * Returns: %TRUE when the row there has been read and is still at hand
 */
gboolean
mash_key_list_is_read (MashKeyList *self,
                       guint        position)
{
  Page *page;

  g_return_val_if_fail (MASH_IS_KEY_LIST (self), FALSE);

  page = look_for_page (self, position / PAGE);

  return page != NULL && page->read;
}

/**
 * mash_key_list_get_n_held:
 * @self: a list
 *
 * Returns: how many rows it has in memory
 */
guint
mash_key_list_get_n_held (MashKeyList *self)
{
  guint n = 0;

  g_return_val_if_fail (MASH_IS_KEY_LIST (self), 0);

  for (GList *link = self->pages.head; link != NULL; link = link->next)
    n += ((Page *) link->data)->items->len;

  return n;
}
