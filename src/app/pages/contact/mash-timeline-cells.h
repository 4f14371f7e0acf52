/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the cells of a timeline show: pure formatters of the properties of a MashTimelineItem. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mash_timeline_cells_bind (GtkWidgetClass *widget_class);

G_END_DECLS
