/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tab “Referral”: the sections and what is missing on the left, the form in the middle under
 * the question about danger, the original document on the right.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_REFERRAL_TAB (mash_referral_tab_get_type ())

G_DECLARE_FINAL_TYPE (MashReferralTab, mash_referral_tab, MASH, REFERRAL_TAB, MashContactPart)

void mash_referral_tab_typed           (MashReferralTab *self);
void mash_referral_tab_go_missing      (MashReferralTab *self);
void mash_referral_tab_go_section      (MashReferralTab *self,
                                        guint            section);
void mash_referral_tab_toggle_original (MashReferralTab *self);

G_END_DECLS
