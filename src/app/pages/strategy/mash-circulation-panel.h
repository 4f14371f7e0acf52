/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who may get a copy of a signed record, what each would get, and who has one: a section of the tab
 * “Strategy”. A copy is looked at, signed and made in a window of its own.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_CIRCULATION_PANEL (mash_circulation_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashCirculationPanel, mash_circulation_panel, MASH, CIRCULATION_PANEL,
                      MashStrategyPart)

G_END_DECLS
