/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* For widgets made by a template straight on GtkWidget: on the floor, disposing of the template
 * lets go of the children that are bound to a field, and leaves the others hanging on the widget.
 */

#include <gtk/gtk.h>

static inline void
mash_dispose_template (GtkWidget *widget,
                       GType      type)
{
  GtkWidget *child;

  gtk_widget_dispose_template (widget, type);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}
