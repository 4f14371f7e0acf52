/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-growing-list.h"

/* What fills a screen; how many more come with a frame, so that it is still in time; and how many
 * there are when the toolkit makes no widgets for those that follow. */
#define FIRST_ROWS 24
#define MORE_ROWS  4
#define MADE_ROWS  208

struct _MashGrowingList
{
  GObject     parent_instance;

  GListModel *rows;
  GtkWidget  *view;      /* weak */
  guint       n_shown;
  guint       limit;     /* of rows shown; G_MAXUINT when all may be */
  guint       tick;
  gboolean    drawn;     /* whether the first rows had a frame */
};

static void mash_growing_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashGrowingList, mash_growing_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mash_growing_list_model_init))

static void
stop (MashGrowingList *self)
{
  if (self->tick != 0 && self->view != NULL)
    gtk_widget_remove_tick_callback (self->view, self->tick);
  self->tick = 0;
}

static void
show_up_to (MashGrowingList *self,
            guint            limit)
{
  guint before = self->n_shown;

  self->limit = limit;
  self->n_shown = MIN (limit, g_list_model_get_n_items (self->rows));
  if (self->n_shown > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->n_shown - before);
}

/* A frame begins. Nothing is added to the first, which somebody waits for. */
static gboolean
on_tick_cb (GtkWidget     *view,
            GdkFrameClock *clock,
            gpointer       data)
{
  MashGrowingList *self = data;
  guint limit = self->limit + MORE_ROWS;

  if (!self->drawn)
    {
      self->drawn = TRUE;
      return G_SOURCE_CONTINUE;
    }
  if (limit < MADE_ROWS && limit < g_list_model_get_n_items (self->rows))
    {
      show_up_to (self, limit);
      return G_SOURCE_CONTINUE;
    }

  self->tick = 0;
  show_up_to (self, G_MAXUINT);

  return G_SOURCE_REMOVE;
}

static void
begin_or_stop (MashGrowingList *self)
{
  guint n_rows = g_list_model_get_n_items (self->rows);

  if (n_rows == 0)
    {
      stop (self);
      self->limit = FIRST_ROWS;
    }
  else if (self->limit != G_MAXUINT && self->limit < n_rows && self->tick == 0 &&
           self->view != NULL)
    {
      self->drawn = FALSE;
      self->tick = gtk_widget_add_tick_callback (self->view, on_tick_cb, self, NULL);
    }
}

/* While it grows, the rows behind a change move over the edge of what is shown. */
static void
on_items_changed_cb (MashGrowingList *self,
                     guint            position,
                     guint            removed,
                     guint            added)
{
  guint before = self->n_shown;

  begin_or_stop (self);
  self->n_shown = MIN (self->limit, g_list_model_get_n_items (self->rows));
  if (before + added - removed == self->n_shown && position + removed <= before)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  else if (position < before || self->n_shown > before)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (position, before),
                                before - MIN (position, before),
                                self->n_shown - MIN (position, before));
}

static GType
mash_growing_list_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (MASH_GROWING_LIST (model)->rows);
}

static guint
mash_growing_list_get_n_items (GListModel *model)
{
  return MASH_GROWING_LIST (model)->n_shown;
}

static gpointer
mash_growing_list_get_item (GListModel *model,
                            guint       position)
{
  MashGrowingList *self = MASH_GROWING_LIST (model);

  return position < self->n_shown ? g_list_model_get_item (self->rows, position) : NULL;
}

static void
mash_growing_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mash_growing_list_get_item_type;
  iface->get_n_items = mash_growing_list_get_n_items;
  iface->get_item = mash_growing_list_get_item;
}

static void
mash_growing_list_dispose (GObject *object)
{
  MashGrowingList *self = MASH_GROWING_LIST (object);

  stop (self);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->rows);
  self->n_shown = 0;

  G_OBJECT_CLASS (mash_growing_list_parent_class)->dispose (object);
}

static void
mash_growing_list_class_init (MashGrowingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mash_growing_list_dispose;
}

static void
mash_growing_list_init (MashGrowingList *self)
{
  self->limit = FIRST_ROWS;
}

/**
 * mash_growing_list_new:
 * @rows: (transfer full): all the rows
 * @view: where they are shown, by whose frames it grows
 *
 * Returns: (transfer full): the first of the rows; it grows anew whenever @rows fills after being
 *   empty
 */
MashGrowingList *
mash_growing_list_new (GListModel *rows,
                       GtkWidget  *view)
{
  MashGrowingList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (rows), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (view), NULL);

  self = g_object_new (MASH_TYPE_GROWING_LIST, NULL);
  self->rows = rows;
  g_set_weak_pointer (&self->view, view);
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (on_items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  begin_or_stop (self);
  self->n_shown = MIN (self->limit, g_list_model_get_n_items (rows));

  return self;
}

/**
 * mash_growing_list_finish:
 * @self: a list
 *
 * Shows every row at once, for whoever chooses among those that are not there yet.
 */
void
mash_growing_list_finish (MashGrowingList *self)
{
  g_return_if_fail (MASH_IS_GROWING_LIST (self));

  if (self->n_shown == g_list_model_get_n_items (self->rows))
    return;
  stop (self);
  show_up_to (self, G_MAXUINT);
}
