/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-search-page.h"
#include "mash-tour-contact.h"
#include "mash-tour-copies.h"
#include "mash-tour-course.h"
#include "mash-tour-keys.h"
#include "mash-tour-people.h"
#include "mash-tour-reports.h"
#include "mash-tour-same.h"
#include "mash-tour-strategy.h"
#include "mash-tour-timeline.h"
#include "mash-tour-work.h"
#include "mash-tour.h"
#include "mash-tray-page.h"

/* Trays */

static void
show_front_door (MashTour *tour)
{
  mash_tour_activate (tour, "win.tray", "front-door");
}

static void
show_to_sign (MashTour *tour)
{
  mash_tour_activate (tour, "win.tray", "to-sign");
}

static void
show_requests (MashTour *tour)
{
  mash_tour_activate (tour, "win.tray", "requests");
}

static void
take_first (MashTour *tour)
{
  gtk_widget_activate_action (mash_tour_find (tour, MASH_TYPE_TRAY_PAGE, NULL), "tray.take", NULL);
}

static gboolean
is_taken (MashTour *tour)
{
  return mash_tour_find (tour, GTK_TYPE_LABEL, "It is with you now") != NULL;
}

static void
search_for_child (MashTour *tour)
{
  mash_tour_activate (tour, "win.search", "marsh");
}

static gboolean
people_are_found (MashTour *tour)
{
  return mash_tour_find (tour, GTK_TYPE_COLUMN_VIEW, NULL) != NULL &&
         mash_tour_find (tour, MASH_TYPE_SEARCH_PAGE, NULL) != NULL;
}

/* Looks: light, dark, high contrast, little room, large text */

static void
take_usual_room (MashTour *tour)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  mash_tour_set_room (tour, 1440, 900, 1.0);
}

static void
turn_dark (MashTour *tour)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
}

static void
take_little_room (MashTour *tour)
{
  take_usual_room (tour);
  mash_tour_set_room (tour, 1024, 768, 1.0);
}

static void
take_little_room_for_large_text (MashTour *tour)
{
  mash_tour_set_room (tour, 1024, 768, 2.0);
}

static void
take_wide_room_for_large_text (MashTour *tour)
{
  mash_tour_set_room (tour, 1600, 1000, 2.0);
}

static void
cover (MashTour *tour)
{
  mash_tour_activate (tour, "win.cover", NULL);
}

static const MashTourStep steps[] = {
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { NULL, mash_tour_choose_social_worker, mash_tour_sign_in_is_shown },
  { "sign-in", NULL, mash_tour_sign_in_is_shown },
  { "front-door", mash_tour_press_sign_in, mash_tour_tray_is_filled },
  { "referral", mash_tour_contact_take_in, mash_tour_contact_is_open },
  { "referral-dark", turn_dark, NULL },
  { "referral-1024", take_little_room, mash_tour_room_is_taken },
  { "referral-1024-large-text", take_little_room_for_large_text, mash_tour_room_is_taken },
  { "referral-1600-large-text", take_wide_room_for_large_text, mash_tour_room_is_taken },
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { "missing", mash_tour_contact_go_to_missing, mash_tour_contact_keyboard_is_in_field },
  { "completed", mash_tour_contact_complete, mash_tour_contact_is_completed },
  { "family", mash_tour_contact_show_family, NULL },
  { "screening", mash_tour_contact_begin_screening, mash_tour_contact_may_be_confirmed },
  { NULL, mash_tour_contact_confirm, mash_tour_contact_is_screened },
  { NULL, mash_tour_contact_mark_harm, mash_tour_contact_keyboard_is_in_field },
  { "harm", mash_tour_contact_say_what_harm, mash_tour_contact_harm_may_be_marked },
  { NULL, mash_tour_contact_confirm, mash_tour_contact_harm_is_marked },
  { "triage", mash_tour_contact_triage, mash_tour_contact_is_considered },
  { "triage-considered", mash_tour_contact_fill_triage, mash_tour_contact_may_be_triaged },
  { "analysis", mash_tour_contact_do_main, mash_tour_contact_is_triaged },
  { "analysis-written", mash_tour_contact_analyse, mash_tour_contact_may_be_analysed },
  { "recommendation", mash_tour_contact_do_main, mash_tour_contact_is_analysed },
  { "recommendation-written", mash_tour_contact_recommend, mash_tour_contact_may_be_recommended },
  { "child-groups", mash_tour_course_split_children, mash_tour_course_are_split },
  { "own-recommendation-refused", mash_tour_contact_do_main, mash_tour_contact_is_refused },
  { NULL, mash_tour_lock, mash_tour_nobody_is_signed_in },
  { "manager-signs-in", mash_tour_choose_manager, mash_tour_sign_in_is_shown },
  { NULL, mash_tour_press_sign_in, mash_tour_tray_is_filled },
  { "to-sign", show_to_sign, mash_tour_contact_is_listed },
  { NULL, mash_tour_contact_open_from_tray, mash_tour_contact_is_open },
  { "decision", mash_tour_contact_show_decision, mash_tour_contact_may_be_approved },
  { "approved", mash_tour_contact_sign, mash_tour_contact_is_approved },
  { NULL, mash_tour_course_raise_adult, mash_tour_work_may_be_confirmed },
  { NULL, mash_tour_work_confirm, mash_tour_course_adult_is_raised },
  { "adult-test", mash_tour_course_test_adult, mash_tour_work_may_be_confirmed },
  { "adult", mash_tour_work_confirm, mash_tour_course_adult_is_tested },
  { "hand-over", mash_tour_course_hand_over, mash_tour_work_may_be_confirmed },
  { "handed-over", mash_tour_work_confirm, mash_tour_course_is_sent },
  { "timeline", mash_tour_contact_show_timeline, mash_tour_contact_timeline_is_filled },
  { "event", mash_tour_timeline_begin_event, mash_tour_work_may_be_confirmed },
  { NULL, mash_tour_work_confirm, mash_tour_timeline_event_is_told },
  { "timeline-notable", mash_tour_timeline_narrow, mash_tour_timeline_is_narrowed },
  { "timeline-1024", take_little_room, mash_tour_room_is_taken },
  { "timeline-1024-large-text", take_little_room_for_large_text, mash_tour_room_is_taken },
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { NULL, mash_tour_timeline_make_copy, mash_tour_timeline_copy_is_made },
  { NULL, mash_tour_timeline_write_copy, NULL },
  { "access", mash_tour_contact_show_access, mash_tour_contact_access_is_filled },
  { NULL, mash_tour_work_show, mash_tour_work_is_shown },
  { NULL, mash_tour_work_write_note, mash_tour_work_note_is_added },
  { "task", mash_tour_work_begin_task, mash_tour_work_may_be_confirmed },
  { NULL, mash_tour_work_confirm, mash_tour_work_task_is_set },
  { NULL, mash_tour_work_begin_flag, mash_tour_work_may_be_confirmed },
  { "notes-and-tasks", mash_tour_work_confirm, mash_tour_work_flag_is_raised },
  { "reports", mash_tour_reports_show, mash_tour_reports_are_read },
  { NULL, mash_tour_reports_write, NULL },
  { "report-rows", mash_tour_reports_open_rest, mash_tour_reports_rows_are_read },
  { NULL, mash_tour_course_find_early_help, mash_tour_course_early_help_is_found },
  { NULL, mash_tour_course_open_early_help, mash_tour_contact_is_open },
  { "early-help", mash_tour_contact_show_decision, mash_tour_course_early_help_is_shown },
  { "strategy-drift", mash_tour_strategy_show_drift, mash_tour_strategy_drift_is_read },
  { "actions", mash_tour_strategy_show_board, mash_tour_strategy_board_is_read },
  { "action-finished", mash_tour_strategy_finish, mash_tour_strategy_is_asked },
  { "strategy-record", mash_tour_strategy_open, mash_tour_strategy_is_open },
  { "strategy-record-dark", turn_dark, NULL },
  { "strategy-record-1024", take_little_room, mash_tour_room_is_taken },
  { "strategy-record-1024-large-text", take_little_room_for_large_text, mash_tour_room_is_taken },
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { "strategy-copies", mash_tour_copies_show, NULL },
  { NULL, mash_tour_copies_write, NULL },
  { "same-person", mash_tour_same_show, mash_tour_same_is_compared },
  { NULL, mash_tour_lock, mash_tour_nobody_is_signed_in },
  { NULL, mash_tour_choose_social_worker, mash_tour_sign_in_is_shown },
  { NULL, mash_tour_press_sign_in, mash_tour_tray_is_filled },
  { "found", search_for_child, people_are_found },
  { "requests", show_requests, NULL },
  { NULL, show_front_door, mash_tour_tray_is_filled },
  { "front-door-dark", turn_dark, NULL },
  { "front-door-1024", take_little_room, mash_tour_room_is_taken },
  { "front-door-1024-large-text", take_little_room_for_large_text, mash_tour_room_is_taken },
  { "front-door-1600-large-text", take_wide_room_for_large_text, mash_tour_room_is_taken },
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { "chosen", mash_tour_work_choose_several, mash_tour_work_are_chosen },
  { "taken-together", mash_tour_work_take_them, mash_tour_work_are_taken },
  { NULL, mash_tour_work_undo, mash_tour_work_are_back },
  { NULL, mash_tour_work_choose_first, NULL },
  { "taken", take_first, is_taken, TRUE },
  { "keys", mash_tour_keys_show, mash_tour_keys_are_shown },
  { "covered", cover, NULL },
  { NULL, cover, NULL },
  { "locked", mash_tour_lock, mash_tour_nobody_is_signed_in },
};

static const MashTourStep contrast_steps[] = {
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { NULL, mash_tour_choose_social_worker, mash_tour_sign_in_is_shown },
  { "front-door-high-contrast", mash_tour_press_sign_in, mash_tour_tray_is_filled },
  { "front-door-high-contrast-dark", turn_dark, NULL },
  { "front-door-high-contrast-1024", take_little_room, mash_tour_room_is_taken },
};

/**
 * mash_tour_list_steps:
 * @contrast: those of the part in high contrast
 * @n_steps: (out): how many there are
 *
 * Returns: (array length=n_steps): the steps, in their order
 */
const MashTourStep *
mash_tour_list_steps (gboolean  contrast,
                      guint    *n_steps)
{
  *n_steps = contrast ? G_N_ELEMENTS (contrast_steps) : G_N_ELEMENTS (steps);

  return contrast ? contrast_steps : steps;
}
