/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One line of a list of people who may be the same person. */

#include <adwaita.h>

#include "mash-policy.h"
#include "mash-service-people.h"

G_BEGIN_DECLS

#define MASH_TYPE_MATCH_LINE (mash_match_line_get_type ())

G_DECLARE_FINAL_TYPE (MashMatchLine, mash_match_line, MASH, MATCH_LINE, GtkListBoxRow)

GtkWidget     *mash_match_line_new      (MashMatchItem *item,
                                        MashPolicy    *policy,
                                        gboolean       both) G_GNUC_WARN_UNUSED_RESULT;
MashMatchItem *mash_match_line_get_item (MashMatchLine  *self);

G_END_DECLS
