/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What stands where nothing is: an icon, what is not there, what would come, and at most one deed.
 *
 * Unlike AdwStatusPage of the floor it shows text as it is, never as markup.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_EMPTY_PAGE (mash_empty_page_get_type ())

G_DECLARE_FINAL_TYPE (MashEmptyPage, mash_empty_page, MASH, EMPTY_PAGE, GtkWidget)

GtkWidget *mash_empty_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
