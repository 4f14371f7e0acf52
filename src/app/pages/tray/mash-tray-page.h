/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A tray: a table of contacts in the order of urgency and time left, which the reader may filter.
 *
 * The order belongs to the reader: it changes when asked to, and never under the hand. The page
 * decides nothing about contacts; it opens them, takes them and marks harm.
 */

#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_TRAY_PAGE (mash_tray_page_get_type ())

G_DECLARE_FINAL_TYPE (MashTrayPage, mash_tray_page, MASH, TRAY_PAGE, MashPage)

MashTrayId mash_tray_page_get_tray  (MashTrayPage *self);
void       mash_tray_page_choose    (MashTrayPage *self,
                                     MashTrayId    tray);
void       mash_tray_page_set_tray  (MashTrayPage *self,
                                     MashTrayId    tray);
void       mash_tray_page_set_scale (MashTrayPage *self,
                                     double        scale);

G_END_DECLS
