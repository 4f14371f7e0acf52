/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One figure of a report, large, with its name and its weekly average. */

#include <gtk/gtk.h>

#include "mash-weekly.h"

G_BEGIN_DECLS

#define MASH_TYPE_REPORT_FIGURE (mash_report_figure_get_type ())

G_DECLARE_FINAL_TYPE (MashReportFigure, mash_report_figure, MASH, REPORT_FIGURE, GtkWidget)

void mash_report_figure_show (MashReportFigure *self,
                              const MashWeekly *weekly,
                              MashFigure        figure);

G_END_DECLS
