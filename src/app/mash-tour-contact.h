/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the tour does with a contact, from the file that comes in to the decision that is signed,
 * and what it waits for on the screen.
 */

#include "mash-contact-page.h"
#include "mash-tour.h"

G_BEGIN_DECLS

MashContactPage *
         mash_tour_contact_get_page             (MashTour *tour);
void     mash_tour_contact_take_in              (MashTour *tour);
gboolean mash_tour_contact_is_open              (MashTour *tour);
void     mash_tour_contact_go_to_missing        (MashTour *tour);
gboolean mash_tour_contact_keyboard_is_in_field (MashTour *tour);
void     mash_tour_contact_complete             (MashTour *tour);
gboolean mash_tour_contact_is_completed         (MashTour *tour);
void     mash_tour_contact_show_family          (MashTour *tour);
void     mash_tour_contact_begin_screening      (MashTour *tour);
gboolean mash_tour_contact_may_be_confirmed     (MashTour *tour);
void     mash_tour_contact_confirm              (MashTour *tour);
gboolean mash_tour_contact_is_screened          (MashTour *tour);
void     mash_tour_contact_mark_harm            (MashTour *tour);
void     mash_tour_contact_say_what_harm        (MashTour *tour);
gboolean mash_tour_contact_harm_may_be_marked   (MashTour *tour);
gboolean mash_tour_contact_harm_is_marked       (MashTour *tour);
void     mash_tour_contact_triage               (MashTour *tour);
gboolean mash_tour_contact_is_considered        (MashTour *tour);
void     mash_tour_contact_fill_triage          (MashTour *tour);
gboolean mash_tour_contact_may_be_triaged       (MashTour *tour);
void     mash_tour_contact_do_main              (MashTour *tour);
gboolean mash_tour_contact_is_triaged           (MashTour *tour);
void     mash_tour_contact_analyse              (MashTour *tour);
gboolean mash_tour_contact_may_be_analysed      (MashTour *tour);
gboolean mash_tour_contact_is_analysed          (MashTour *tour);
void     mash_tour_contact_recommend            (MashTour *tour);
gboolean mash_tour_contact_may_be_recommended   (MashTour *tour);
gboolean mash_tour_contact_is_refused           (MashTour *tour);
gboolean mash_tour_contact_is_listed            (MashTour *tour);
void     mash_tour_contact_open_from_tray       (MashTour *tour);
void     mash_tour_contact_show_decision        (MashTour *tour);
gboolean mash_tour_contact_may_be_approved      (MashTour *tour);
void     mash_tour_contact_sign                 (MashTour *tour);
gboolean mash_tour_contact_is_approved          (MashTour *tour);
void     mash_tour_contact_show_timeline        (MashTour *tour);
gboolean mash_tour_contact_timeline_is_filled   (MashTour *tour);
void     mash_tour_contact_show_access          (MashTour *tour);
gboolean mash_tour_contact_access_is_filled     (MashTour *tour);

G_END_DECLS
