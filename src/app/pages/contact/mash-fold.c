/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-fold.h"

#include "mash-page.h"

static GtkWidget *
find_page (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, MASH_TYPE_PAGE);
}

/**
 * mash_fold_follow:
 * @widget: a widget that has just been rooted
 * @fold: (scope forever): a function of @widget
 *
 * Calls @fold now, and whenever the page of @widget gets more or less room. To be called each
 * time that @widget is rooted.
 */
void
mash_fold_follow (GtkWidget *widget,
                  GCallback  fold)
{
  GtkWidget *page = find_page (widget);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (page == NULL)
    return;

  g_signal_handlers_disconnect_by_func (page, (gpointer) fold, widget);
  g_signal_connect_object (page, "notify::compact", fold, widget, G_CONNECT_SWAPPED);
  ((void (*) (GtkWidget *)) fold) (widget);
}

/**
 * mash_fold_get:
 * @widget: a widget of a page
 *
 * Returns: how little room its page has: 0 wide, 1 about 1024 pixels, 2 where all must stand in
 *   one column; 0 outside of a page
 */
guint
mash_fold_get (GtkWidget *widget)
{
  GtkWidget *page = find_page (widget);
  guint compact = 0;

  if (page != NULL)
    g_object_get (page, "compact", &compact, NULL);

  return compact;
}

/**
 * mash_fold_scale_columns:
 * @view: a table
 * @widths: the width of each column where text is as large as usual, 0 for the rest
 *
 * Gives the columns these widths, larger where text is.
 */
void
mash_fold_scale_columns (GtkColumnView *view,
                         const int     *widths)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  int dpi = -1;
  double scale;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (view)), "gtk-xft-dpi", &dpi, NULL);
  scale = dpi > 0 ? dpi / (96.0 * 1024.0) : 1.0;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      gtk_column_view_column_set_fixed_width (column,
                                              widths[i] > 0 ? (int) (widths[i] * scale) : -1);
    }
}
