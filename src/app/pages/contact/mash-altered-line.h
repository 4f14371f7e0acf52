/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One thing that was altered: its name, what it was and what it is now, by whom and when. */

#include "mash-form-host.h"
#include "mash-item.h"

G_BEGIN_DECLS

#define MASH_TYPE_ALTERED_LINE (mash_altered_line_get_type ())

G_DECLARE_FINAL_TYPE (MashAlteredLine, mash_altered_line, MASH, ALTERED_LINE, GtkListBoxRow)

GtkWidget *mash_altered_line_new (MashAlteredItem *item,
                                 MashFormHost    *host) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
