/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The plan of a discussion: medical, interview, evidence, safety, what the parents are told. Each
 * part of it is a field of its own, so that several people can write at once.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_PLAN_PANEL (mash_plan_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashPlanPanel, mash_plan_panel, MASH, PLAN_PANEL, MashStrategyPart)

G_END_DECLS
