/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-board-columns.h"

/* Widths at a text scale of one; those that are 0 take the rest. */
static const int widths[] = {
  196,  /* due */
  0,    /* action */
  230,  /* who does it */
  0,    /* action, and who does it */
};

#define DUE   0
#define WHOLE 3

/* How much larger than usual the desktop asks text to be. */
static double
get_text_scale (GtkColumnView *view)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (view)), "gtk-xft-dpi", &dpi, NULL);

  return dpi > 0 ? dpi / (96.0 * 1024.0) : 1.0;
}

/**
 * mash_board_columns_lay_out:
 * @view: the table of the board
 * @compact: how narrow the window is: 0, 1 or 2
 *
 * Where there is little room one column says everything but the time.
 */
void
mash_board_columns_lay_out (GtkColumnView *view,
                            guint          compact)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  double scale = get_text_scale (view);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      gboolean visible = i == DUE || (i == WHOLE) == (compact == 2);

      /* The toolkit counts the fixed width of a column that is not there. */
      gtk_column_view_column_set_visible (column, visible);
      gtk_column_view_column_set_expand (column, visible && widths[i] == 0);
      gtk_column_view_column_set_fixed_width (column, visible && widths[i] > 0
                                              ? (int) (widths[i] * scale) : -1);
    }
}
