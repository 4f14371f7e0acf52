/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is decided for each child: the children across, the questions down. Nothing is filled in
 * beforehand; the record of a child begins with the first answer.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_CHILDREN_PANEL (mash_children_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashChildrenPanel, mash_children_panel, MASH, CHILDREN_PANEL,
                      MashStrategyPart)

G_END_DECLS
