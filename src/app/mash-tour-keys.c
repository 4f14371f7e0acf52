/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-keys.h"

#include <glib/gi18n.h>

#include "mash-keys-page.h"

void
mash_tour_keys_show (MashTour *tour)
{
  mash_tour_activate (tour, "win.keys", NULL);
}

/* The page stands at once; what it says of the last backup comes from the store. */
gboolean
mash_tour_keys_are_shown (MashTour *tour)
{
  return mash_tour_find (tour, GTK_TYPE_LABEL, _("No backup has been made of this hub.")) != NULL;
}
