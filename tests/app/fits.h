/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Whether what a window shows fits in it: nothing is cut, nothing needs scrolling sideways. */

#include <gtk/gtk.h>

guint fits_count_cut (GtkWidget *widget,
                      GtkWidget *window);
