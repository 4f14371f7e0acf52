/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Keys of a drop-down that is closed: what is typed picks the first choice that begins so, as
 * people know it from lists elsewhere.
 *
 * Without it each choice costs an Enter, an arrow for each line above it, and another Enter, which
 * is too slow while people talk.
 */

#include <gtk/gtk.h>

#include "mash-choice.h"

G_BEGIN_DECLS

guint mash_choices_find_typed (GListModel  *choices,
                               const char  *typed);
void  mash_choice_keys_install (GtkDropDown *drop_down);

G_END_DECLS
