/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The copies of a strategy record as they go to each kind of recipient. */

#include "mash-tour.h"

G_BEGIN_DECLS

void mash_tour_copies_show  (MashTour *tour);
void mash_tour_copies_write (MashTour *tour);

G_END_DECLS
