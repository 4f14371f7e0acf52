/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-timeline-list-private.h"

/* How many pages of rows are kept: more than a window of any height shows at once. */
#define PAGES_MAX 12

#define PAGE MASH_TIMELINE_LIST_PAGE

typedef struct
{
  guint      number;
  GPtrArray *items;
  gboolean   read;
} Page;

struct _MashTimelineList
{
  GObject           parent_instance;

  MashTimelineView *view;
  GArray           *keys;
  GPtrArray        *lanes;
  GPtrArray        *agencies;
  GQueue            pages;   /* of Page, the one that was used last first */
  MashTimelineRead  read;
  GObject          *source;  /* weak */
};

enum
{
  PROP_0,
  PROP_ITEM_TYPE,
  PROP_N_ITEMS,
  N_PROPS
};

static void mash_timeline_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashTimelineList, mash_timeline_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mash_timeline_list_model_init))

static void
page_free (Page *page)
{
  g_ptr_array_unref (page->items);
  g_free (page);
}

static const MashTimelineKey *
get_key (MashTimelineList *self,
         guint             position)
{
  return &g_array_index (self->keys, MashTimelineKey, position);
}

/* Until a line has been read only its time is known. */
static MashItem *
make_item (MashTimelineList *self,
           guint             position)
{
  MashItem *item = g_object_new (MASH_TYPE_TIMELINE_ITEM, NULL);
  MashTimelineRow *row = g_new0 (MashTimelineRow, 1);

  row->at = get_key (self, position)->at;
  mash_item_take_row (item, row);

  return item;
}

static Page *
find_page (MashTimelineList *self,
           guint             number)
{
  for (GList *link = self->pages.head; link != NULL; link = link->next)
    {
      Page *page = link->data;

      if (page->number != number)
        continue;
      if (link != self->pages.head)
        {
          g_queue_unlink (&self->pages, link);
          g_queue_push_head_link (&self->pages, link);
        }
      return page;
    }

  return NULL;
}

static Page *
add_page (MashTimelineList *self,
          guint             number)
{
  Page *page = g_new0 (Page, 1);
  guint first = number * PAGE;

  page->number = number;
  page->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i < self->keys->len && i < first + PAGE; i++)
    g_ptr_array_add (page->items, make_item (self, i));
  g_queue_push_head (&self->pages, page);
  if (self->pages.length > PAGES_MAX)
    page_free (g_queue_pop_tail (&self->pages));

  return page;
}

static Page *
need_page (MashTimelineList *self,
           guint             number)
{
  Page *page = find_page (self, number);

  if (page != NULL)
    return page;

  page = add_page (self, number);
  if (self->source != NULL)
    self->read (self, number * PAGE, get_key (self, number * PAGE), page->items->len,
                self->source);

  return page;
}

/* Overrides */

static GType
mash_timeline_list_get_item_type (GListModel *model)
{
  return MASH_TYPE_TIMELINE_ITEM;
}

static guint
mash_timeline_list_get_n_items (GListModel *model)
{
  return MASH_TIMELINE_LIST (model)->keys->len;
}

static gpointer
mash_timeline_list_get_item (GListModel *model,
                             guint       position)
{
  MashTimelineList *self = MASH_TIMELINE_LIST (model);

  if (position >= self->keys->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (need_page (self, position / PAGE)->items,
                                          position % PAGE));
}

static void
mash_timeline_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mash_timeline_list_get_item_type;
  iface->get_n_items = mash_timeline_list_get_n_items;
  iface->get_item = mash_timeline_list_get_item;
}

static void
mash_timeline_list_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM_TYPE:
      g_value_set_gtype (value, MASH_TYPE_TIMELINE_ITEM);
      break;

    case PROP_N_ITEMS:
      g_value_set_uint (value, MASH_TIMELINE_LIST (object)->keys->len);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_timeline_list_finalize (GObject *object)
{
  MashTimelineList *self = MASH_TIMELINE_LIST (object);

  g_clear_weak_pointer (&self->source);
  g_queue_clear_full (&self->pages, (GDestroyNotify) page_free);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->agencies, g_ptr_array_unref);
  g_clear_pointer (&self->view, mash_timeline_view_free);

  G_OBJECT_CLASS (mash_timeline_list_parent_class)->finalize (object);
}

static void
mash_timeline_list_class_init (MashTimelineListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_timeline_list_get_property;
  object_class->finalize = mash_timeline_list_finalize;

  g_object_class_install_property (object_class, PROP_ITEM_TYPE,
                                   g_param_spec_gtype ("item-type", NULL, NULL, G_TYPE_OBJECT,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_N_ITEMS,
                                   g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
mash_timeline_list_init (MashTimelineList *self)
{
  g_queue_init (&self->pages);
}

/**
 * mash_timeline_list_new: (skip)
 * @view: what was asked for
 * @reading: (transfer full): what was read of it
 * @read: called for the rows of a page that is looked at
 * @source: handed to @read; not kept alive
 *
 * Returns: (transfer full): the list
 */
MashTimelineList *
mash_timeline_list_new (const MashTimelineView *view,
                        MashTimelineReading    *reading,
                        MashTimelineRead        read,
                        GObject                *source)
{
  MashTimelineList *self = g_object_new (MASH_TYPE_TIMELINE_LIST, NULL);
  g_autoptr (GPtrArray) first = g_ptr_array_ref (reading->rows);

  self->view = mash_timeline_view_copy (view);
  self->keys = g_array_ref (reading->keys);
  self->lanes = g_ptr_array_ref (reading->lanes);
  self->agencies = g_ptr_array_ref (reading->agencies);
  self->read = read;
  g_set_weak_pointer (&self->source, source);
  mash_timeline_reading_free (reading);

  for (guint number = 0; number * PAGE < first->len; number++)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new ();
      guint n = MIN (PAGE, first->len - number * PAGE);

      add_page (self, number);
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (rows, mash_timeline_row_copy (g_ptr_array_index (first,
                                                                          number * PAGE + i)));
      mash_timeline_list_take_rows (self, number * PAGE, rows);
    }

  return self;
}

/**
 * mash_timeline_list_take_rows: (skip)
 * @self: a list
 * @first: the position of the first row
 * @rows: (element-type MashTimelineRow): the rows of a page; the rows are taken, the array is not
 *
 * Rows that are not as many as the page has lines are of another time and stay unread.
 */
void
mash_timeline_list_take_rows (MashTimelineList *self,
                              guint             first,
                              GPtrArray        *rows)
{
  Page *page = NULL;

  g_return_if_fail (MASH_IS_TIMELINE_LIST (self));

  for (GList *link = self->pages.head; link != NULL; link = link->next)
    if (((Page *) link->data)->number == first / PAGE)
      page = link->data;

  for (guint i = 0; i < rows->len; i++)
    {
      if (page != NULL && rows->len == page->items->len)
        mash_item_take_row (g_ptr_array_index (page->items, i), g_ptr_array_index (rows, i));
      else
        mash_timeline_row_free (g_ptr_array_index (rows, i));
    }
  if (page != NULL)
    page->read = TRUE;
}

/**
 * mash_timeline_list_get_view:
 * @self: a list
 *
 * Returns: (transfer none): what was asked for
 */
const MashTimelineView *
mash_timeline_list_get_view (MashTimelineList *self)
{
  g_return_val_if_fail (MASH_IS_TIMELINE_LIST (self), NULL);

  return self->view;
}

/**
 * mash_timeline_list_get_lanes:
 * @self: a list
 *
 * Returns: (transfer none) (element-type MashTimelineLane): what the strip shows of it
 */
GPtrArray *
mash_timeline_list_get_lanes (MashTimelineList *self)
{
  g_return_val_if_fail (MASH_IS_TIMELINE_LIST (self), NULL);

  return self->lanes;
}

/**
 * mash_timeline_list_get_agencies:
 * @self: a list
 *
 * Returns: (transfer none) (element-type MashTimelineAgency): the agencies that have a line in the
 *   view, whatever it is filtered by
 */
GPtrArray *
mash_timeline_list_get_agencies (MashTimelineList *self)
{
  g_return_val_if_fail (MASH_IS_TIMELINE_LIST (self), NULL);

  return self->agencies;
}

/**
 * mash_timeline_list_get_at:
 * @self: a list
 * @position: less than its length
 *
 * Returns: when the line there happened, in microseconds since 1970
 */
gint64
mash_timeline_list_get_at (MashTimelineList *self,
                           guint             position)
{
  g_return_val_if_fail (MASH_IS_TIMELINE_LIST (self) && position < self->keys->len, 0);

  return get_key (self, position)->at;
}

/**
 * mash_timeline_list_find_time:
 * @self: a list
 * @at: a time, in microseconds since 1970
 *
 * Returns: the position of the first line at @at or beyond it in the order of the list; that of the
 *   last where all lie before
 */
guint
mash_timeline_list_find_time (MashTimelineList *self,
                              gint64            at)
{
  guint from = 0, to;

  g_return_val_if_fail (MASH_IS_TIMELINE_LIST (self), 0);

  to = self->keys->len;
  while (from < to)
    {
      guint middle = from + (to - from) / 2;
      gint64 there = get_key (self, middle)->at;

      if (self->view->oldest_first ? there >= at : there <= at)
        to = middle;
      else
        from = middle + 1;
    }

  return self->keys->len > 0 ? MIN (from, self->keys->len - 1) : 0;
}

/**
 * mash_timeline_list_is_read:
 * @self: a list
 * @position: less than its length
 *
 * Returns: %TRUE when the row there has been read and is still at hand
 */
gboolean
mash_timeline_list_is_read (MashTimelineList *self,
                            guint             position)
{
  g_return_val_if_fail (MASH_IS_TIMELINE_LIST (self), FALSE);

  for (GList *link = self->pages.head; link != NULL; link = link->next)
    {
      const Page *page = link->data;

      if (page->number == position / PAGE)
        return page->read;
    }

  return FALSE;
}
