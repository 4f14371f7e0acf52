/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What reports stand on beside the contacts: figures that the teams count themselves, and the
 * copies of case material that were made. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_ASSESSMENT_COUNT (mash_assessment_count_get_type ())
MASH_DECLARE_ENTITY (MashAssessmentCount, mash_assessment_count, ASSESSMENT_COUNT)

#define MASH_TYPE_COPY (mash_copy_get_type ())
MASH_DECLARE_ENTITY (MashCopy, mash_copy, COPY)

G_END_DECLS
