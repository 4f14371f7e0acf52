/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-scroll-layout.h"

struct _MashScrollLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (MashScrollLayout, mash_scroll_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
mash_scroll_layout_measure (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  GtkWidget *window = gtk_widget_get_first_child (widget);
  GtkWidget *content = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (window));
  int whole = 0;

  gtk_widget_measure (window, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  gtk_widget_measure (content, orientation, for_size, NULL, &whole, NULL, NULL);
  *natural = MAX (*minimum, whole);
}

static void
mash_scroll_layout_allocate (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  GtkAllocation whole = { 0, 0, width, height };

  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &whole, -1);
}

static GtkSizeRequestMode
mash_scroll_layout_get_request_mode (GtkLayoutManager *manager,
                                     GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mash_scroll_layout_class_init (MashScrollLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = mash_scroll_layout_get_request_mode;
  layout_class->measure = mash_scroll_layout_measure;
  layout_class->allocate = mash_scroll_layout_allocate;
}

static void
mash_scroll_layout_init (MashScrollLayout *self)
{
}
