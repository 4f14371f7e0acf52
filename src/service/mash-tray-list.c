/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-tray-list.h"

#include <string.h>

#include "mash-items.h"

/* Rows that stood together when the tray was put in order. */
typedef struct
{
  GPtrArray  *items;     /* of MashItem; NULL while the page is not held */
  MashTrayKey last;      /* behind which the next page begins */
  guint       n;
  guint       ticket;    /* under which it was asked for; 0 when it was not */
  guint64     used;
  gboolean    known;     /* whether @last is */
} Page;

struct _MashTrayList
{
  GObject       parent_instance;

  GPtrArray    *pages;
  GPtrArray    *fresh;        /* of MashItem: come since, at the end */
  GHashTable   *by_contact;   /* id → MashItem, held by its page */
  MashTrayFetch fetch;
  gpointer      data;
  guint         n_items;
  guint         n_asked;
  guint64       n_uses;
};

static void mash_tray_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashTrayList, mash_tray_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mash_tray_list_model_init))

static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->items, g_ptr_array_unref);
  g_free (page);
}

static Page *
get_page (MashTrayList *self,
          guint         i)
{
  return g_ptr_array_index (self->pages, i);
}

static const char *
get_contact (MashItem *item)
{
  const MashTrayRow *row = mash_item_get_row (item);

  return row != NULL ? row->contact : NULL;
}

/* The page of a position, and where it begins. */
static Page *
find_page (MashTrayList *self,
           guint         position,
           guint        *start)
{
  *start = 0;
  for (guint i = 0; i < self->pages->len; i++)
    {
      Page *page = get_page (self, i);

      if (position < *start + page->n)
        return page;
      *start += page->n;
    }

  return NULL;
}

/* From the nearest page before it whose end is known, so that reading on goes by the key alone. */
static void
ask (MashTrayList *self,
     Page         *wanted)
{
  MashTrayKey after;
  gboolean known = FALSE;
  guint skip = 0;

  for (guint i = 0; i < self->pages->len; i++)
    {
      Page *page = get_page (self, i);

      if (page == wanted)
        break;
      if (page->known)
        {
          after = page->last;
          known = TRUE;
          skip = 0;
        }
      else
        {
          skip += page->n;
        }
    }

  wanted->ticket = ++self->n_asked;
  if (self->fetch != NULL)
    self->fetch (self, wanted->ticket, known ? &after : NULL, skip, wanted->n, self->data);
}

static void
let_go (MashTrayList *self,
        Page         *page)
{
  for (guint i = 0; i < page->items->len; i++)
    {
      const char *contact = get_contact (g_ptr_array_index (page->items, i));

      if (contact != NULL)
        g_hash_table_remove (self->by_contact, contact);
    }
  g_clear_pointer (&page->items, g_ptr_array_unref);
  page->ticket = 0;
}

/* Lets the page go that was looked at longest ago, once too many are held. */
static void
trim (MashTrayList *self)
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
  if (n_held > MASH_TRAY_MAX_PAGES)
    let_go (self, oldest);
}

static void
hold (MashTrayList *self,
      Page         *page)
{
  page->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < page->n; i++)
    g_ptr_array_add (page->items, g_object_new (MASH_TYPE_TRAY_ITEM, NULL));
  page->used = ++self->n_uses;
  trim (self);
}

static GType
mash_tray_list_get_item_type (GListModel *model)
{
  return MASH_TYPE_TRAY_ITEM;
}

static guint
mash_tray_list_get_n_items (GListModel *model)
{
  return MASH_TRAY_LIST (model)->n_items;
}

static gpointer
mash_tray_list_get_item (GListModel *model,
                         guint       position)
{
  MashTrayList *self = MASH_TRAY_LIST (model);
  Page *page;
  guint start;

  if (position >= self->n_items)
    return NULL;

  page = find_page (self, position, &start);
  if (page == NULL)
    return g_object_ref (g_ptr_array_index (self->fresh, position - start));
  if (page->items == NULL)
    {
      hold (self, page);
      ask (self, page);
    }
  page->used = ++self->n_uses;

  return g_object_ref (g_ptr_array_index (page->items, position - start));
}

static void
mash_tray_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mash_tray_list_get_item_type;
  iface->get_n_items = mash_tray_list_get_n_items;
  iface->get_item = mash_tray_list_get_item;
}

static void
mash_tray_list_finalize (GObject *object)
{
  MashTrayList *self = MASH_TRAY_LIST (object);

  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->fresh);
  g_hash_table_unref (self->by_contact);

  G_OBJECT_CLASS (mash_tray_list_parent_class)->finalize (object);
}

static void
mash_tray_list_class_init (MashTrayListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mash_tray_list_finalize;
}

static void
mash_tray_list_init (MashTrayList *self)
{
  self->pages = g_ptr_array_new_with_free_func (page_free);
  self->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_contact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * mash_tray_list_new:
 * @fetch: (nullable): asked for pages; may answer later
 * @data: for @fetch
 *
 * Returns: (transfer full): an empty list
 */
MashTrayList *
mash_tray_list_new (MashTrayFetch fetch,
                    gpointer      data)
{
  MashTrayList *self = g_object_new (MASH_TYPE_TRAY_LIST, NULL);

  self->fetch = fetch;
  self->data = data;

  return self;
}

static void
add_page (MashTrayList *self,
          guint         n)
{
  Page *page = g_new0 (Page, 1);

  page->n = n;
  g_ptr_array_add (self->pages, page);
}

/* The items that were held, so that a contact keeps its own when the order changes. */
static GHashTable *
steal_items (MashTrayList *self)
{
  GHashTable *items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  GHashTableIter iter;
  gpointer contact, item;

  g_hash_table_iter_init (&iter, self->by_contact);
  while (g_hash_table_iter_next (&iter, &contact, &item))
    g_hash_table_insert (items, g_strdup (contact), g_object_ref (item));

  g_hash_table_remove_all (self->by_contact);
  g_ptr_array_set_size (self->pages, 0);
  g_ptr_array_set_size (self->fresh, 0);

  return items;
}

/* Begins a page of which the rows are there already. */
static void
add_rows (MashTrayList *self,
          GPtrArray    *rows,
          guint         first,
          guint         n,
          GHashTable   *kept)
{
  Page *page;

  add_page (self, n);
  page = get_page (self, self->pages->len - 1);
  page->items = g_ptr_array_new_with_free_func (g_object_unref);
  page->used = ++self->n_uses;
  page->known = TRUE;
  for (guint i = first; i < first + n; i++)
    {
      const MashTrayRow *row = g_ptr_array_index (rows, i);
      MashItem *item = g_hash_table_lookup (kept, row->contact);

      item = item != NULL ? g_object_ref (item) : g_object_new (MASH_TYPE_TRAY_ITEM, NULL);
      mash_items_take_tray_row (item, row, FALSE);
      g_ptr_array_add (page->items, item);
      g_hash_table_replace (self->by_contact, g_strdup (row->contact), item);
      page->last = row->key;
    }
}

/**
 * mash_tray_list_fill:
 * @self: a list
 * @rows: (element-type MashTrayRow): its first rows, most urgent first
 * @count: how many rows there are in all
 *
 * Puts the tray in order.
 */
void
mash_tray_list_fill (MashTrayList *self,
                     GPtrArray    *rows,
                     guint         count)
{
  g_autoptr (GHashTable) kept = NULL;
  guint before;

  g_return_if_fail (MASH_IS_TRAY_LIST (self));
  g_return_if_fail (rows != NULL);

  before = self->n_items;
  kept = steal_items (self);
  for (guint i = 0; i < rows->len; i += MASH_TRAY_PAGE_SIZE)
    add_rows (self, rows, i, MIN (MASH_TRAY_PAGE_SIZE, rows->len - i), kept);
  for (guint i = rows->len; i < count; i += MASH_TRAY_PAGE_SIZE)
    add_page (self, MIN (MASH_TRAY_PAGE_SIZE, count - i));

  self->n_items = MAX (count, rows->len);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n_items);
}

static void
cut (MashTrayList *self,
     guint         position,
     guint         n)
{
  if (n == 0)
    return;

  self->n_items -= n;
  g_list_model_items_changed (G_LIST_MODEL (self), position, n, 0);
}

/* Fills the items of a page. A contact that stands elsewhere already, because it has moved since,
 * is not shown twice. */
static guint
fill_page (MashTrayList *self,
           Page         *page,
           GPtrArray    *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len && n < page->n; i++)
    {
      const MashTrayRow *row = g_ptr_array_index (rows, i);
      MashItem *item = g_ptr_array_index (page->items, n);

      page->last = row->key;
      page->known = TRUE;
      if (g_hash_table_contains (self->by_contact, row->contact))
        continue;
      g_hash_table_insert (self->by_contact, g_strdup (row->contact), item);
      mash_items_take_tray_row (item, row, FALSE);
      n++;
    }

  return n;
}

/**
 * mash_tray_list_take_page:
 * @self: a list
 * @ticket: under which the page was asked for
 * @rows: (element-type MashTrayRow): its rows; fewer than were asked for where some have gone
 *
 * Fills in a page, unless the tray was put in order since or nobody looks at the page any more.
 */
void
mash_tray_list_take_page (MashTrayList *self,
                          guint         ticket,
                          GPtrArray    *rows)
{
  guint start = 0;

  g_return_if_fail (MASH_IS_TRAY_LIST (self));
  g_return_if_fail (rows != NULL);

  for (guint i = 0; i < self->pages->len; i++)
    {
      Page *page = get_page (self, i);
      guint n, gone;

      if (page->ticket != ticket || page->items == NULL)
        {
          start += page->n;
          continue;
        }

      page->ticket = 0;
      n = fill_page (self, page, rows);
      gone = page->n - n;
      g_ptr_array_set_size (page->items, (int) n);
      page->n = n;
      cut (self, start + n, gone);
      return;
    }
}

static void
append (MashTrayList      *self,
        const MashTrayRow *row)
{
  MashItem *item = g_object_new (MASH_TYPE_TRAY_ITEM, NULL);

  mash_items_take_tray_row (item, row, TRUE);
  g_ptr_array_add (self->fresh, item);
  g_hash_table_insert (self->by_contact, g_strdup (row->contact), item);
  self->n_items++;
  g_list_model_items_changed (G_LIST_MODEL (self), self->n_items - 1, 0, 1);
}

static void
take_out (MashTrayList *self,
          const char   *contact,
          MashItem     *item)
{
  guint position = mash_tray_list_find (self, contact);
  guint start, at;
  Page *page;

  g_return_if_fail (position != G_MAXUINT);

  page = find_page (self, position, &start);
  g_hash_table_remove (self->by_contact, contact);
  if (page != NULL && g_ptr_array_find (page->items, item, &at))
    {
      g_ptr_array_remove_index (page->items, at);
      page->n--;
    }
  else
    {
      g_ptr_array_remove (self->fresh, item);
    }
  cut (self, position, 1);
}

/* Something has gone from a part of the tray that nobody looks at: which place it had does not
 * show. */
static void
take_out_unseen (MashTrayList *self)
{
  guint start = self->n_items - self->fresh->len;

  for (guint i = self->pages->len; i > 0; i--)
    {
      Page *page = get_page (self, i - 1);

      start -= page->n;
      if (page->items != NULL || page->n == 0)
        continue;
      page->n--;
      cut (self, start + page->n, 1);
      return;
    }
}

/**
 * mash_tray_list_put:
 * @self: a list
 * @contact: the id of a contact that has changed
 * @row: (nullable) (type MashTrayRow): its row as it now is; %NULL where it is not in the tray
 * @count: how many rows the tray now has
 *
 * Alters the row in place, takes it out, or puts it at the end, marked as new: nothing else moves
 * under the hand.
 */
void
mash_tray_list_put (MashTrayList *self,
                    const char   *contact,
                    gconstpointer row,
                    guint         count)
{
  MashItem *item;

  g_return_if_fail (MASH_IS_TRAY_LIST (self));
  g_return_if_fail (contact != NULL);

  item = g_hash_table_lookup (self->by_contact, contact);
  if (item != NULL && row != NULL)
    mash_items_take_tray_row (item, row, g_ptr_array_find (self->fresh, item, NULL));
  else if (item != NULL)
    take_out (self, contact, item);
  else if (row != NULL && count > self->n_items)
    append (self, row);
  else if (row == NULL && count < self->n_items)
    take_out_unseen (self);
}

/**
 * mash_tray_list_find:
 * @self: a list
 * @contact: (nullable): the id of a contact
 *
 * Looks only among the rows that are held.
 *
 * Returns: where it stands; %G_MAXUINT where it is not held
 */
guint
mash_tray_list_find (MashTrayList *self,
                     const char   *contact)
{
  MashItem *item;
  guint start = 0;
  guint at;

  g_return_val_if_fail (MASH_IS_TRAY_LIST (self), G_MAXUINT);

  item = contact != NULL ? g_hash_table_lookup (self->by_contact, contact) : NULL;
  if (item == NULL)
    return G_MAXUINT;

  for (guint i = 0; i < self->pages->len; i++)
    {
      Page *page = get_page (self, i);

      if (page->items != NULL && g_ptr_array_find (page->items, item, &at))
        return start + at;
      start += page->n;
    }

  return g_ptr_array_find (self->fresh, item, &at) ? start + at : G_MAXUINT;
}

/**
 * mash_tray_list_dup_contacts:
 * @self: a list
 *
 * Returns: (transfer full): the ids of the contacts that are held
 */
char **
mash_tray_list_dup_contacts (MashTrayList *self)
{
  GHashTableIter iter;
  gpointer contact;
  GStrv contacts;
  guint n = 0;

  g_return_val_if_fail (MASH_IS_TRAY_LIST (self), NULL);

  contacts = g_new0 (char *, g_hash_table_size (self->by_contact) + 1);
  g_hash_table_iter_init (&iter, self->by_contact);
  while (g_hash_table_iter_next (&iter, &contact, NULL))
    contacts[n++] = g_strdup (contact);

  return contacts;
}

/**
 * mash_tray_list_get_n_new:
 * @self: a list
 *
 * Returns: how many rows have come since the tray was put in order
 */
guint
mash_tray_list_get_n_new (MashTrayList *self)
{
  g_return_val_if_fail (MASH_IS_TRAY_LIST (self), 0);

  return self->fresh->len;
}

/**
 * mash_tray_list_get_n_held:
 * @self: a list
 *
 * Returns: how many rows it has in memory
 */
guint
mash_tray_list_get_n_held (MashTrayList *self)
{
  guint n = 0;

  g_return_val_if_fail (MASH_IS_TRAY_LIST (self), 0);

  for (guint i = 0; i < self->pages->len; i++)
    {
      Page *page = get_page (self, i);

      n += page->items != NULL ? page->items->len : 0;
    }

  return n + self->fresh->len;
}
