/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Lays out one scrolled window that is as high as its content where there is room, and scrolls
 * where there is not. A scrolled window by itself asks for the height that its content would have
 * if it were as narrow as it can be, and leaves the rest empty.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_SCROLL_LAYOUT (mash_scroll_layout_get_type ())

G_DECLARE_FINAL_TYPE (MashScrollLayout, mash_scroll_layout, MASH, SCROLL_LAYOUT, GtkLayoutManager)

G_END_DECLS
