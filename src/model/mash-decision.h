/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is to happen and who said so: recommendation, decision, disposal, sign-off. Signed rows
 * never change; what is wrong is superseded by a new one. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_RECOMMENDATION (mash_recommendation_get_type ())
MASH_DECLARE_ENTITY (MashRecommendation, mash_recommendation, RECOMMENDATION)

#define MASH_TYPE_DECISION (mash_decision_get_type ())
MASH_DECLARE_ENTITY (MashDecision, mash_decision, DECISION)

#define MASH_TYPE_DISPOSAL (mash_disposal_get_type ())
MASH_DECLARE_ENTITY (MashDisposal, mash_disposal, DISPOSAL)

#define MASH_TYPE_SIGN_OFF (mash_sign_off_get_type ())
MASH_DECLARE_ENTITY (MashSignOff, mash_sign_off, SIGN_OFF)

#define MASH_TYPE_THRESHOLD_REVIEW (mash_threshold_review_get_type ())
MASH_DECLARE_ENTITY (MashThresholdReview, mash_threshold_review, THRESHOLD_REVIEW)

G_END_DECLS
