/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the tour does with many contacts at once, and with the notes, tasks and flags of one. */

#include "mash-tour.h"

G_BEGIN_DECLS

void     mash_tour_work_begin            (MashTour   *tour,
                                          const char *deed);
guint    mash_tour_work_count            (MashTour   *tour,
                                          const char *kind);

void     mash_tour_work_choose_several   (MashTour *tour);
gboolean mash_tour_work_are_chosen       (MashTour *tour);
void     mash_tour_work_take_them        (MashTour *tour);
gboolean mash_tour_work_are_taken        (MashTour *tour);
void     mash_tour_work_undo             (MashTour *tour);
gboolean mash_tour_work_are_back         (MashTour *tour);
void     mash_tour_work_choose_first     (MashTour *tour);

void     mash_tour_work_show             (MashTour *tour);
gboolean mash_tour_work_is_shown         (MashTour *tour);
void     mash_tour_work_write_note       (MashTour *tour);
gboolean mash_tour_work_note_is_added    (MashTour *tour);
void     mash_tour_work_begin_task       (MashTour *tour);
void     mash_tour_work_begin_flag       (MashTour *tour);
gboolean mash_tour_work_may_be_confirmed (MashTour *tour);
void     mash_tour_work_confirm          (MashTour *tour);
gboolean mash_tour_work_task_is_set      (MashTour *tour);
gboolean mash_tour_work_flag_is_raised   (MashTour *tour);

G_END_DECLS
