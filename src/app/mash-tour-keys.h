/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The page about keys and backup, during the tour. */

#include "mash-tour.h"

G_BEGIN_DECLS

void     mash_tour_keys_show      (MashTour *tour);
gboolean mash_tour_keys_are_shown (MashTour *tour);

G_END_DECLS
