/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-focus-first.h"

/**
 * mash_focus_first:
 * @place: a part of the window
 *
 * A widget that has the focus passes it on to the next when it is asked to take it. One remembers
 * which child the focus was in last; where that one is hidden now, the toolkit would find nothing
 * beside it.
 *
 * Returns: whether anything in @place could take the focus
 */
gboolean
mash_focus_first (GtkWidget *place)
{
  GtkRoot *root;
  GtkWidget *child;

  g_return_val_if_fail (GTK_IS_WIDGET (place), FALSE);

  root = gtk_widget_get_root (place);
  if (root != NULL && gtk_root_get_focus (root) != NULL &&
      gtk_widget_is_ancestor (gtk_root_get_focus (root), place))
    gtk_root_set_focus (root, NULL);
  for (GtkWidget *widget = place; widget != NULL; widget = child)
    {
      child = gtk_widget_get_focus_child (widget);
      gtk_widget_set_focus_child (widget, NULL);
    }

  return gtk_widget_child_focus (place, GTK_DIR_TAB_FORWARD);
}
