/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tour’s way through the reports. */

#include "mash-tour.h"

G_BEGIN_DECLS

void     mash_tour_reports_show          (MashTour *tour);
gboolean mash_tour_reports_are_read      (MashTour *tour);
void     mash_tour_reports_open_rest     (MashTour *tour);
gboolean mash_tour_reports_rows_are_read (MashTour *tour);
void     mash_tour_reports_write         (MashTour *tour);

G_END_DECLS
