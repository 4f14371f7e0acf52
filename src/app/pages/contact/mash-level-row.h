/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One level of need as a choice, with its criteria under it. Signal `chosen`.
 */

#include <adwaita.h>

#include "mash-policy.h"

G_BEGIN_DECLS

#define MASH_TYPE_LEVEL_ROW (mash_level_row_get_type ())

G_DECLARE_FINAL_TYPE (MashLevelRow, mash_level_row, MASH, LEVEL_ROW, AdwBin)

GtkWidget  *mash_level_row_new        (const MashLevel *level) G_GNUC_WARN_UNUSED_RESULT;
void        mash_level_row_join       (MashLevelRow    *self,
                                       MashLevelRow    *group);
const char *mash_level_row_get_code   (MashLevelRow    *self);
gboolean    mash_level_row_get_chosen (MashLevelRow    *self);
void        mash_level_row_set_chosen (MashLevelRow    *self,
                                       gboolean         chosen);

G_END_DECLS
