/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-same.h"

#include "mash-same-page.h"

void
mash_tour_same_show (MashTour *tour)
{
  mash_tour_activate (tour, "win.link-proposals", NULL);
}

/* The training hub has a link that waits; the two are compared once both are read. */
gboolean
mash_tour_same_is_compared (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_SAME_PAGE, NULL) != NULL &&
         mash_tour_find (tour, GTK_TYPE_LABEL, "Proposed as the same person by") != NULL;
}
