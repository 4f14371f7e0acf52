/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The actions of a discussion, numbered, each with its owner, agency and time; and one line that
 * adds another by Enter.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_ACTIONS_PANEL (mash_actions_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashActionsPanel, mash_actions_panel, MASH, ACTIONS_PANEL, MashStrategyPart)

G_END_DECLS
