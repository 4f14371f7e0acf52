/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One quiet line over a tray: a referral that this person had begun to type and that exists only as
 * a draft, to go on with or to give up.
 *
 * Signal `open` (MashContactFile): it is gone on with. The banner then lets go of it.
 */

#include <gtk/gtk.h>

#include "mash-service.h"

G_BEGIN_DECLS

#define MASH_TYPE_UNFINISHED_BANNER (mash_unfinished_banner_get_type ())

G_DECLARE_FINAL_TYPE (MashUnfinishedBanner, mash_unfinished_banner, MASH, UNFINISHED_BANNER,
                      GtkWidget)

void mash_unfinished_banner_look   (MashUnfinishedBanner *self,
                                    MashService          *service);
void mash_unfinished_banner_forget (MashUnfinishedBanner *self);

G_END_DECLS
