/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a strategy discussion decides: for each child, the plan, each agency's own view, and the
 * actions (domain 3.6). */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_SD_CHILD (mash_sd_child_get_type ())
MASH_DECLARE_ENTITY (MashSdChild, mash_sd_child, SD_CHILD)

#define MASH_TYPE_SD_PLAN (mash_sd_plan_get_type ())
MASH_DECLARE_ENTITY (MashSdPlan, mash_sd_plan, SD_PLAN)

#define MASH_TYPE_SD_VIEW (mash_sd_view_get_type ())
MASH_DECLARE_ENTITY (MashSdView, mash_sd_view, SD_VIEW)

#define MASH_TYPE_SD_ACTION (mash_sd_action_get_type ())
MASH_DECLARE_ENTITY (MashSdAction, mash_sd_action, SD_ACTION)

G_END_DECLS
