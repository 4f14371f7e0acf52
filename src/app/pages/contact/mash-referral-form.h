/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The referral form: sections 1 to 7 of the form of domain.md, on one long page.
 *
 * Everything in it is bound to the open contact; it saves nothing itself. Which input shows which
 * field of which record can be asked of it, so that a list of what is missing can lead there.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_REFERRAL_FORM (mash_referral_form_get_type ())

G_DECLARE_FINAL_TYPE (MashReferralForm, mash_referral_form, MASH, REFERRAL_FORM, MashContactPart)

#define MASH_N_REFERRAL_SECTIONS 7

GtkWidget  *mash_referral_form_get_section (MashReferralForm *self,
                                            guint             section);
guint       mash_referral_form_find        (const char       *kind,
                                            const char       *item);
GtkWidget  *mash_referral_form_find_input  (MashReferralForm *self,
                                            const char       *kind,
                                            const char       *record,
                                            const char       *field);
void        mash_referral_form_mark        (MashReferralForm *self,
                                            GPtrArray        *missing);

G_END_DECLS
