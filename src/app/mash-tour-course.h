/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the tour does with a contact beside its one recommendation: another outcome for some of the
 * children, the concern for an adult, the hand-over, and early help of another family.
 */

#include "mash-tour.h"

G_BEGIN_DECLS

void     mash_tour_course_split_children  (MashTour *tour);
gboolean mash_tour_course_are_split       (MashTour *tour);
void     mash_tour_course_raise_adult     (MashTour *tour);
gboolean mash_tour_course_adult_is_raised (MashTour *tour);
void     mash_tour_course_test_adult      (MashTour *tour);
gboolean mash_tour_course_adult_is_tested (MashTour *tour);
void     mash_tour_course_hand_over       (MashTour *tour);
gboolean mash_tour_course_is_sent         (MashTour *tour);
void     mash_tour_course_find_early_help (MashTour *tour);
gboolean mash_tour_course_early_help_is_found (MashTour *tour);
void     mash_tour_course_open_early_help (MashTour *tour);
gboolean mash_tour_course_early_help_is_shown (MashTour *tour);

G_END_DECLS
