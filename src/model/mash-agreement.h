/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Three things that are often mixed up and never may be: agreement to a referral or service, the
 * lawful basis for sharing, and whether the family was told. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_AGREEMENT (mash_agreement_get_type ())
MASH_DECLARE_ENTITY (MashAgreement, mash_agreement, AGREEMENT)

#define MASH_TYPE_LAWFUL_BASIS (mash_lawful_basis_get_type ())
MASH_DECLARE_ENTITY (MashLawfulBasis, mash_lawful_basis, LAWFUL_BASIS)

#define MASH_TYPE_INFORMING (mash_informing_get_type ())
MASH_DECLARE_ENTITY (MashInforming, mash_informing, INFORMING)

#define MASH_TYPE_OVERRIDE (mash_override_get_type ())
MASH_DECLARE_ENTITY (MashOverride, mash_override, OVERRIDE)

G_END_DECLS
