/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One field of which there are two versions: what stands and what somebody else wrote, each with
 * whoever wrote it and when, and what the chair may do about it. A refusal is said in the row.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_VERSION_ROW (mash_version_row_get_type ())

G_DECLARE_FINAL_TYPE (MashVersionRow, mash_version_row, MASH, VERSION_ROW, MashStrategyPart)

GtkWidget  *mash_version_row_new         (MashEntity     *version) G_GNUC_WARN_UNUSED_RESULT;
MashEntity *mash_version_row_get_version (MashVersionRow *self);

G_END_DECLS
