/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a contact's course brings beside the decision itself: outcomes of groups of children, early
 * help, an adult's concern, a strategy discussion held elsewhere, a link to an open case, and why a
 * contact was opened again. Which of it must be there, and when, is policy. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_OUTCOME_GROUP (mash_outcome_group_get_type ())
MASH_DECLARE_ENTITY (MashOutcomeGroup, mash_outcome_group, OUTCOME_GROUP)

#define MASH_TYPE_EARLY_HELP (mash_early_help_get_type ())
MASH_DECLARE_ENTITY (MashEarlyHelp, mash_early_help, EARLY_HELP)

#define MASH_TYPE_ADULT_CONCERN (mash_adult_concern_get_type ())
MASH_DECLARE_ENTITY (MashAdultConcern, mash_adult_concern, ADULT_CONCERN)

#define MASH_TYPE_OUTSIDE_DISCUSSION (mash_outside_discussion_get_type ())
MASH_DECLARE_ENTITY (MashOutsideDiscussion, mash_outside_discussion, OUTSIDE_DISCUSSION)

#define MASH_TYPE_CASE_LINK (mash_case_link_get_type ())
MASH_DECLARE_ENTITY (MashCaseLink, mash_case_link, CASE_LINK)

#define MASH_TYPE_REOPENING (mash_reopening_get_type ())
MASH_DECLARE_ENTITY (MashReopening, mash_reopening, REOPENING)

G_END_DECLS
