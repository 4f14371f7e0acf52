/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-people.h"

#include <string.h>

#include "mash-sign-in-page.h"
#include "mash-tray-page.h"

gboolean
mash_tour_sign_in_is_shown (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_SIGN_IN_PAGE, NULL) != NULL;
}

/* Finds the first person of a training hub whose post is called so. */
static MashItem *
find_person (MashTour   *tour,
             const char *title,
             guint      *position)
{
  GListModel *people = mash_service_get_people (mash_tour_get_service (tour));
  guint n_people = g_list_model_get_n_items (people);

  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr (MashItem) person = g_list_model_get_item (people, i);
      g_autofree char *post = NULL;

      g_object_get (person, "title", &post, NULL);
      if (post == NULL || g_ascii_strncasecmp (post, title, strlen (title)) != 0)
        continue;

      *position = i;
      return g_steal_pointer (&person);
    }

  mash_tour_give_up (tour, "Nobody has that post");
}

/* Chooses that person, and types the passphrase that the page says. */
static void
choose_person (MashTour   *tour,
               const char *title)
{
  guint position;
  g_autoptr (MashItem) person = find_person (tour, title, &position);
  g_autofree char *passphrase = NULL;

  g_object_get (person, "passphrase", &passphrase, NULL);
  mash_window_choose_person (mash_tour_get_window (tour), position);
  gtk_editable_set_text (GTK_EDITABLE (mash_tour_find (tour, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)),
                         passphrase != NULL ? passphrase : "");
}

void
mash_tour_choose_social_worker (MashTour *tour)
{
  choose_person (tour, "Social worker");
}

void
mash_tour_choose_manager (MashTour *tour)
{
  choose_person (tour, "MASH manager");
}

void
mash_tour_press_sign_in (MashTour *tour)
{
  mash_tour_press (tour, "Sign in");
}

/**
 * mash_tour_dup_passphrase:
 * @tour: a tour
 *
 * Returns: (transfer full): the passphrase of whoever is signed in, for signing
 */
char *
mash_tour_dup_passphrase (MashTour *tour)
{
  guint position;
  g_autoptr (MashItem) person =
    find_person (tour, mash_service_get_post_title (mash_tour_get_service (tour)), &position);
  char *passphrase = NULL;

  g_object_get (person, "passphrase", &passphrase, NULL);

  return passphrase;
}

gboolean
mash_tour_tray_is_filled (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_TRAY_PAGE, NULL) != NULL &&
         mash_tour_find (tour, GTK_TYPE_LABEL, "In the order of") != NULL;
}

void
mash_tour_lock (MashTour *tour)
{
  mash_tour_activate (tour, "win.lock", NULL);
}

/**
 * mash_tour_nobody_is_signed_in:
 * @tour: a tour
 *
 * Returns: whether the next person may sign in to the same database
 */
gboolean
mash_tour_nobody_is_signed_in (MashTour *tour)
{
  return mash_tour_sign_in_is_shown (tour) &&
         !mash_service_get_signed_in (mash_tour_get_service (tour));
}
