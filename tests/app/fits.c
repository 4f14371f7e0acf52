/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fits.h"

/**
 * fits_count_cut:
 * @widget: a widget on the screen
 * @window: its window
 *
 * What a table cuts can be read in it by scrolling.
 *
 * Returns: how many widgets stand out of @window, and how many labels have their words cut, @widget
 *   and all that it contains; each is said in a message of the test
 */
guint
fits_count_cut (GtkWidget *widget,
                GtkWidget *window)
{
  graphene_rect_t bounds;
  guint n_cut = 0;

  /* Scroll bars slide in and out. */
  if (!gtk_widget_get_mapped (widget) || GTK_IS_SCROLLBAR (widget))
    return 0;
  if (!gtk_widget_compute_bounds (widget, window, &bounds))
    return 0;

  if (bounds.origin.x < -1 ||
      bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (window) + 1)
    {
      g_test_message ("%s of %s stands out of the window: %.0f to %.0f",
                      G_OBJECT_TYPE_NAME (widget),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)),
                      bounds.origin.x, bounds.origin.x + bounds.size.width);
      return 1;
    }
  if (GTK_IS_LABEL (widget) &&
      pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))) &&
      gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN) == NULL)
    {
      g_test_message ("“%s” is cut", gtk_label_get_text (GTK_LABEL (widget)));
      return 1;
    }
  if (GTK_IS_COLUMN_VIEW (widget))
    return 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_cut += fits_count_cut (child, window);

  return n_cut;
}
