/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-timeline-list-private.h"

#include "mash-key-list.h"

struct _MashTimelineList
{
  GObject           parent_instance;

  MashTimelineView *view;
  MashKeyList      *lines;
  GPtrArray        *lanes;
  GPtrArray        *agencies;
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

static guint
get_length (MashTimelineList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->lines));
}

static const MashTimelineKey *
get_key (MashTimelineList *self,
         guint             position)
{
  return mash_key_list_get_key (self->lines, position);
}

/* Until a line has been read only its time is known. */
static gpointer
make_row (gconstpointer key)
{
  MashTimelineRow *row = g_new0 (MashTimelineRow, 1);

  row->at = ((const MashTimelineKey *) key)->at;

  return row;
}

static void
read_lines (MashKeyList   *lines,
            guint          first,
            gconstpointer  keys,
            guint          n_keys,
            gpointer       data)
{
  MashTimelineList *self = data;

  if (self->source != NULL)
    self->read (self, first, keys, n_keys, self->source);
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
  return get_length (MASH_TIMELINE_LIST (model));
}

static gpointer
mash_timeline_list_get_item (GListModel *model,
                             guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (MASH_TIMELINE_LIST (model)->lines), position);
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
      g_value_set_uint (value, get_length (MASH_TIMELINE_LIST (object)));
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
  g_clear_object (&self->lines);
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
  g_autoptr (GPtrArray) first = g_ptr_array_new ();

  self->view = mash_timeline_view_copy (view);
  self->lines = mash_key_list_new (MASH_TYPE_TIMELINE_ITEM, g_array_ref (reading->keys), make_row,
                                   read_lines, self, NULL);
  self->lanes = g_ptr_array_ref (reading->lanes);
  self->agencies = g_ptr_array_ref (reading->agencies);
  self->read = read;
  g_set_weak_pointer (&self->source, source);
  for (guint i = 0; i < reading->rows->len; i++)
    g_ptr_array_add (first, mash_timeline_row_copy (g_ptr_array_index (reading->rows, i)));
  mash_key_list_begin (self->lines, first);
  mash_timeline_reading_free (reading);

  return self;
}

/**
 * mash_timeline_list_take_rows: (skip)
 * @self: a list
 * @first: the position of the first row
 * @rows: (element-type MashTimelineRow): the rows of a page; they are taken out
 *
 * Rows that are not as many as the page has lines are of another time and stay unread.
 */
void
mash_timeline_list_take_rows (MashTimelineList *self,
                              guint             first,
                              GPtrArray        *rows)
{
  g_return_if_fail (MASH_IS_TIMELINE_LIST (self));

  mash_key_list_take_rows (self->lines, first, rows);
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
  g_return_val_if_fail (MASH_IS_TIMELINE_LIST (self) && position < get_length (self), 0);

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

  to = get_length (self);
  while (from < to)
    {
      guint middle = from + (to - from) / 2;
      gint64 there = get_key (self, middle)->at;

      if (self->view->oldest_first ? there >= at : there <= at)
        to = middle;
      else
        from = middle + 1;
    }

  return get_length (self) > 0 ? MIN (from, get_length (self) - 1) : 0;
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

  return mash_key_list_is_read (self->lines, position);
}
