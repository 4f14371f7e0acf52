/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Lays children out in a line, and in further lines where the width does not suffice: tags, tabs,
 * a row of buttons. Each has its natural width at most the whole line; what expands shares what a
 * line leaves over. It is not for what must stand in columns.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_WRAP_LAYOUT (mash_wrap_layout_get_type ())

G_DECLARE_FINAL_TYPE (MashWrapLayout, mash_wrap_layout, MASH, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
