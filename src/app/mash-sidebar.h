/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The trays with their counts, at the left of the window: in full, or folded to a rail of icons.
 *
 * It shows what the service counts and says which tray was chosen; it holds no list of contacts.
 */

#include <gtk/gtk.h>

#include "mash-service.h"

G_BEGIN_DECLS

/* The rows below the trays. */
#define MASH_SIDEBAR_ACTIONS MASH_N_TRAYS
#define MASH_SIDEBAR_REPORTS (MASH_N_TRAYS + 1)

#define MASH_TYPE_SIDEBAR (mash_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (MashSidebar, mash_sidebar, MASH, SIDEBAR, GtkWidget)

GtkWidget *mash_sidebar_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void       mash_sidebar_select (MashSidebar *self,
                                int          tray);

G_END_DECLS
