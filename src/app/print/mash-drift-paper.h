/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The drift of strategy discussions, for paper. */

#include "mash-drift.h"
#include "mash-paper.h"
#include "mash-policy.h"

MashPaper *mash_drift_paper_new (const MashDrift *drift,
                                 MashPolicy      *policy,
                                 const char      *hub) G_GNUC_WARN_UNUSED_RESULT;
