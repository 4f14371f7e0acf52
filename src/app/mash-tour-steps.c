/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include <string.h>

#include "mash-contact-page.h"
#include "mash-deed-bar.h"
#include "mash-search-page.h"
#include "mash-sign-in-page.h"
#include "mash-tour.h"
#include "mash-tray-page.h"

/* Signing in */

static gboolean
sign_in_is_shown (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_SIGN_IN_PAGE, NULL) != NULL;
}

/* Chooses the first person whose post is called so, and types the passphrase that the page says. */
static void
choose_person (MashTour   *tour,
               const char *title)
{
  GListModel *people = mash_service_get_people (mash_tour_get_service (tour));
  GtkWidget *field = mash_tour_find (tour, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  guint n_people = g_list_model_get_n_items (people);

  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr (MashItem) person = g_list_model_get_item (people, i);
      g_autofree char *post = NULL;
      g_autofree char *passphrase = NULL;

      g_object_get (person, "title", &post, "passphrase", &passphrase, NULL);
      if (post == NULL || g_ascii_strncasecmp (post, title, strlen (title)) != 0)
        continue;

      mash_window_choose_person (mash_tour_get_window (tour), i);
      gtk_editable_set_text (GTK_EDITABLE (field), passphrase != NULL ? passphrase : "");
      return;
    }
}

static void
choose_social_worker (MashTour *tour)
{
  choose_person (tour, "Social worker");
}

static void
press_sign_in (MashTour *tour)
{
  mash_tour_press (tour, "Sign in");
}

static gboolean
tray_is_filled (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_TRAY_PAGE, NULL) != NULL &&
         mash_tour_find (tour, GTK_TYPE_LABEL, "In the order of") != NULL;
}

static void
lock (MashTour *tour)
{
  mash_tour_activate (tour, "win.lock", NULL);
}

/* Trays */

static void
show_front_door (MashTour *tour)
{
  mash_tour_activate (tour, "win.tray", "front-door");
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

/* A referral comes in */

static void
take_in_referral (MashTour *tour)
{
  g_autofree char *path = mash_tour_write_out (tour,
                                               "/uk/mash/Desk/examples/school-referral.xml");

  mash_tour_activate (tour, "win.import", path);
}

static gboolean
contact_is_shown (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_CONTACT_PAGE, NULL) != NULL;
}

static MashContactPage *
get_contact_page (MashTour *tour)
{
  return MASH_CONTACT_PAGE (mash_tour_find (tour, MASH_TYPE_CONTACT_PAGE, NULL));
}

static void
show_family (MashTour *tour)
{
  mash_contact_page_set_tab (get_contact_page (tour), "family");
}

static void
show_timeline (MashTour *tour)
{
  mash_contact_page_set_tab (get_contact_page (tour), "timeline");
}

static void
show_decision (MashTour *tour)
{
  mash_contact_page_set_tab (get_contact_page (tour), "decision");
}

static void
show_referral (MashTour *tour)
{
  mash_contact_page_set_tab (get_contact_page (tour), "referral");
}

static gboolean
is_in_state (MashTour   *tour,
             const char *state)
{
  MashContactFile *file = mash_contact_page_get_file (get_contact_page (tour));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));

  return g_strcmp0 (mash_entity_get_text (contact, "state"), state) == 0;
}

/* Screening: who has it, and what was found in the records. */

static void
begin_screening (MashTour *tour)
{
  mash_tour_activate (tour, "win.main", NULL);
  mash_tour_fill (tour, "history-searched",
                  "Own records, by name and address: one contact in June 2025, advice given.");
  mash_tour_fill (tour, "assigned-to",
                  mash_service_get_actor (mash_tour_get_service (tour))->person);
}

static void
confirm_deed (MashTour *tour)
{
  gtk_widget_activate_action (mash_tour_find (tour, MASH_TYPE_DEED_BAR, NULL),
                              "deed-bar.confirm", NULL);
}

static gboolean
is_screened (MashTour *tour)
{
  return is_in_state (tour, "C20");
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

/* Between parts nobody may be signed in: the next part opens the same database. */
static gboolean
nobody_is_signed_in (MashTour *tour)
{
  return sign_in_is_shown (tour) && !mash_service_get_signed_in (mash_tour_get_service (tour));
}

static const MashTourStep steps[] = {
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { NULL, choose_social_worker, sign_in_is_shown },
  { "sign-in", NULL, sign_in_is_shown },
  { "front-door", press_sign_in, tray_is_filled },
  { "referral", take_in_referral, contact_is_shown },
  { "referral-dark", turn_dark, NULL },
  { "referral-1024", take_little_room, mash_tour_room_is_taken },
  { "referral-1024-large-text", take_little_room_for_large_text, mash_tour_room_is_taken },
  { "referral-1600-large-text", take_wide_room_for_large_text, mash_tour_room_is_taken },
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { "family", show_family, NULL },
  { "screening", begin_screening, NULL },
  { NULL, confirm_deed, is_screened },
  { "triage", show_decision, NULL },
  { "timeline", show_timeline, NULL },
  { NULL, show_referral, NULL },
  { "found", search_for_child, people_are_found },
  { "requests", show_requests, NULL },
  { NULL, show_front_door, tray_is_filled },
  { "front-door-dark", turn_dark, NULL },
  { "front-door-1024", take_little_room, mash_tour_room_is_taken },
  { "front-door-1024-large-text", take_little_room_for_large_text, mash_tour_room_is_taken },
  { "front-door-1600-large-text", take_wide_room_for_large_text, mash_tour_room_is_taken },
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { "taken", take_first, is_taken },
  { "covered", cover, NULL },
  { NULL, cover, NULL },
  { "locked", lock, nobody_is_signed_in },
};

static const MashTourStep contrast_steps[] = {
  { NULL, take_usual_room, mash_tour_room_is_taken },
  { NULL, choose_social_worker, sign_in_is_shown },
  { "front-door-high-contrast", press_sign_in, tray_is_filled },
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
