/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the tour does with a timeline: an event of years ago is written in, the list is narrowed,
 * and a chronology is made of it.
 */

#include "mash-tour.h"

G_BEGIN_DECLS

void     mash_tour_timeline_begin_event   (MashTour *tour);
gboolean mash_tour_timeline_event_is_told (MashTour *tour);
void     mash_tour_timeline_narrow        (MashTour *tour);
gboolean mash_tour_timeline_is_narrowed   (MashTour *tour);
void     mash_tour_timeline_make_copy     (MashTour *tour);
gboolean mash_tour_timeline_copy_is_made  (MashTour *tour);
void     mash_tour_timeline_write_copy    (MashTour *tour);

G_END_DECLS
