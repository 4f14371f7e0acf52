/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The steps of the tour about strategy discussions across contacts: how they drift, what they asked
 * somebody to do, and the record where it was agreed. */

#include "mash-tour.h"

G_BEGIN_DECLS

void     mash_tour_strategy_show_drift    (MashTour *tour);
gboolean mash_tour_strategy_drift_is_read (MashTour *tour);
void     mash_tour_strategy_show_board    (MashTour *tour);
gboolean mash_tour_strategy_board_is_read (MashTour *tour);
void     mash_tour_strategy_finish        (MashTour *tour);
gboolean mash_tour_strategy_is_asked      (MashTour *tour);
void     mash_tour_strategy_open          (MashTour *tour);
gboolean mash_tour_strategy_is_open       (MashTour *tour);

G_END_DECLS
