/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One quiet line under the header for a state that lasts: read-only, unsent work, a hub that
 * disagrees.
 *
 * The floor has no AdwBanner. It shows text as it is, never as markup.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_BANNER (mash_banner_get_type ())

G_DECLARE_FINAL_TYPE (MashBanner, mash_banner, MASH, BANNER, GtkWidget)

GtkWidget *mash_banner_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
