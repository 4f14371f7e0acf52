/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What one column of the timeline says of an entry, in one line or two.
 *
 * A timeline has thousands of rows, and each turn of the wheel fills some of them anew. The text is
 * therefore drawn by the cell itself: it needs no labels, no bindings of their own, and no new size
 * where a text changes.
 */

#include "mash-cell.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_TIMELINE_CELL_DATE,
  MASH_TIMELINE_CELL_SIGNIFICANCE,
  MASH_TIMELINE_CELL_WHAT,
  MASH_TIMELINE_CELL_WHO,
  MASH_TIMELINE_CELL_AGENCY
} MashTimelineCellPart;

#define MASH_TYPE_TIMELINE_CELL_PART (mash_timeline_cell_part_get_type ())
#define MASH_TYPE_TIMELINE_CELL (mash_timeline_cell_get_type ())

GType mash_timeline_cell_part_get_type (void);

G_DECLARE_FINAL_TYPE (MashTimelineCell, mash_timeline_cell, MASH, TIMELINE_CELL, MashCell)

G_END_DECLS
