/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How serious it is and what is known of it: analysis, the history of the urgency, flags, notes,
 * and the clocks that run on a contact. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_RISK_ANALYSIS (mash_risk_analysis_get_type ())
MASH_DECLARE_ENTITY (MashRiskAnalysis, mash_risk_analysis, RISK_ANALYSIS)

#define MASH_TYPE_BRAG_HISTORY (mash_brag_history_get_type ())
MASH_DECLARE_ENTITY (MashBragHistory, mash_brag_history, BRAG_HISTORY)

#define MASH_TYPE_FLAG (mash_flag_get_type ())
MASH_DECLARE_ENTITY (MashFlag, mash_flag, FLAG)

#define MASH_TYPE_NOTE (mash_note_get_type ())
MASH_DECLARE_ENTITY (MashNote, mash_note, NOTE)

#define MASH_TYPE_CLOCK (mash_clock_get_type ())
MASH_DECLARE_ENTITY (MashClock, mash_clock, CLOCK)

G_END_DECLS
