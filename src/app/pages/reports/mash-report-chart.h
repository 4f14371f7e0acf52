/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The columns of the weekly report on the screen: a chart in the colours of the window. On paper it
 * is drawn in those of paper. */

#include <gtk/gtk.h>

#include "mash-weekly.h"

G_BEGIN_DECLS

void mash_report_chart_draw (GtkWidget        *widget,
                             const MashWeekly *weekly,
                             cairo_t          *cr,
                             int               width,
                             int               height);

G_END_DECLS
