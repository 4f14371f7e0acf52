/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Narrows a tray to one stage, urgency, team, locality or colleague, each value with how many
 * contacts have it. A button with a panel behind it; the button says how many filters are on.
 *
 * Signal: `changed`.
 */

#include <gtk/gtk.h>

#include "mash-policy.h"
#include "mash-tray.h"

G_BEGIN_DECLS

#define MASH_TYPE_TRAY_NARROW (mash_tray_narrow_get_type ())

G_DECLARE_FINAL_TYPE (MashTrayNarrow, mash_tray_narrow, MASH, TRAY_NARROW, GtkWidget)

void  mash_tray_narrow_set_facets (MashTrayNarrow *self,
                                   MashPolicy     *policy,
                                   GListModel     *facets);
void  mash_tray_narrow_apply      (MashTrayNarrow *self,
                                   MashTrayQuery  *query);
guint mash_tray_narrow_get_n      (MashTrayNarrow *self);
void  mash_tray_narrow_clear      (MashTrayNarrow *self);
void  mash_tray_narrow_pop_up     (MashTrayNarrow *self);

G_END_DECLS
