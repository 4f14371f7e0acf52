/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who is at the desk during the tour: choosing a person of the training hub, signing in, locking.
 */

#include "mash-tour.h"

G_BEGIN_DECLS

gboolean  mash_tour_sign_in_is_shown     (MashTour *tour);
void      mash_tour_choose_social_worker (MashTour *tour);
void      mash_tour_choose_manager       (MashTour *tour);
void      mash_tour_press_sign_in        (MashTour *tour);
char     *mash_tour_dup_passphrase       (MashTour *tour) G_GNUC_WARN_UNUSED_RESULT;
gboolean  mash_tour_tray_is_filled       (MashTour *tour);
void      mash_tour_lock                 (MashTour *tour);
gboolean  mash_tour_nobody_is_signed_in  (MashTour *tour);

G_END_DECLS
