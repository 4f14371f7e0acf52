/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A strategy discussion while it is held: the discussion itself, who took part, what was said and
 * what each agency put on record, and the police protection it may follow (domain 3.6). What it
 * decides and what comes after it is in mash-discussion-plan.h and mash-discussion-end.h; the rules
 * are in mash-quorum.h and mash-signing.h. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_STRATEGY_DISCUSSION (mash_strategy_discussion_get_type ())
MASH_DECLARE_ENTITY (MashStrategyDiscussion, mash_strategy_discussion, STRATEGY_DISCUSSION)

#define MASH_TYPE_SD_PARTICIPANT (mash_sd_participant_get_type ())
MASH_DECLARE_ENTITY (MashSdParticipant, mash_sd_participant, SD_PARTICIPANT)

#define MASH_TYPE_SD_NOTE (mash_sd_note_get_type ())
MASH_DECLARE_ENTITY (MashSdNote, mash_sd_note, SD_NOTE)

#define MASH_TYPE_SD_PARAGRAPH (mash_sd_paragraph_get_type ())
MASH_DECLARE_ENTITY (MashSdParagraph, mash_sd_paragraph, SD_PARAGRAPH)

#define MASH_TYPE_SD_VERSION (mash_sd_version_get_type ())
MASH_DECLARE_ENTITY (MashSdVersion, mash_sd_version, SD_VERSION)

#define MASH_TYPE_POLICE_PROTECTION (mash_police_protection_get_type ())
MASH_DECLARE_ENTITY (MashPoliceProtection, mash_police_protection, POLICE_PROTECTION)

G_END_DECLS
