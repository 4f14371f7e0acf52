/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What two people wrote into the same field at once, side by side, until the chair says which of
 * them stands. It is not there while there is nothing to settle.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_VERSIONS_PANEL (mash_versions_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashVersionsPanel, mash_versions_panel, MASH, VERSIONS_PANEL,
                      MashStrategyPart)

G_END_DECLS
