/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The bar at the foot of a page: which keys do what here.
 *
 * A hint is `key|what it does`. The bar is for eyes only: the same keys stand in the shortcuts
 * window.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_KEY_HINTS (mash_key_hints_get_type ())

G_DECLARE_FINAL_TYPE (MashKeyHints, mash_key_hints, MASH, KEY_HINTS, GtkWidget)

GtkWidget *mash_key_hints_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
