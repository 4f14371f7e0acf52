/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What comes after a strategy discussion: who is asked to sign which revision and what they answer,
 * a disagreement that goes up, the section 47 enquiry of each child, and who got which copy
 * (domain 3.6, 3.7). The signature itself is a sign-off of type SO04. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_SD_REQUEST (mash_sd_request_get_type ())
MASH_DECLARE_ENTITY (MashSdRequest, mash_sd_request, SD_REQUEST)

#define MASH_TYPE_SD_ESCALATION (mash_sd_escalation_get_type ())
MASH_DECLARE_ENTITY (MashSdEscalation, mash_sd_escalation, SD_ESCALATION)

#define MASH_TYPE_SD_ENQUIRY (mash_sd_enquiry_get_type ())
MASH_DECLARE_ENTITY (MashSdEnquiry, mash_sd_enquiry, SD_ENQUIRY)

#define MASH_TYPE_SD_RELEASE (mash_sd_release_get_type ())
MASH_DECLARE_ENTITY (MashSdRelease, mash_sd_release, SD_RELEASE)

#define MASH_TYPE_SD_CIRCULATION (mash_sd_circulation_get_type ())
MASH_DECLARE_ENTITY (MashSdCirculation, mash_sd_circulation, SD_CIRCULATION)

G_END_DECLS
