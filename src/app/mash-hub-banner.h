/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One line over the page that says how the desk stands with its hub, while there is something to
 * say: that it does not answer and how much waits, that it is being fetched from, that a step was
 * not accepted. Where all is well, or there is no central hub, it is not there.
 *
 * Property `service` (MashService).
 */

#include <gtk/gtk.h>

#include "mash-service-hub.h"

G_BEGIN_DECLS

#define MASH_TYPE_HUB_BANNER (mash_hub_banner_get_type ())

G_DECLARE_FINAL_TYPE (MashHubBanner, mash_hub_banner, MASH, HUB_BANNER, GtkWidget)

void mash_hub_banner_show_reading (MashHubBanner        *self,
                                   const MashHubReading *reading,
                                   gint64                now);

G_END_DECLS
