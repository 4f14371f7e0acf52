/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The page of two records that may be one person, during the tour. */

#include "mash-tour.h"

G_BEGIN_DECLS

void     mash_tour_same_show        (MashTour *tour);
gboolean mash_tour_same_is_compared (MashTour *tour);

G_END_DECLS
