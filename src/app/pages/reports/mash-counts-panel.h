/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the teams counted themselves, week by week, and the fields to enter another figure. */

#include <gtk/gtk.h>

#include "mash-service-reports.h"

G_BEGIN_DECLS

#define MASH_TYPE_COUNTS_PANEL (mash_counts_panel_get_type ())

/* Signals: `saved`; `failed` (GError): what is to be said. */
G_DECLARE_FINAL_TYPE (MashCountsPanel, mash_counts_panel, MASH, COUNTS_PANEL, GtkWidget)

void mash_counts_panel_show (MashCountsPanel *self,
                             MashService     *service,
                             MashWeekly      *weekly);

G_END_DECLS
