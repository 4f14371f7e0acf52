/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A deed that needs a word or two first, asked for in place under the head of the page: who, why,
 * what.
 *
 * What each deed asks for stands in one table; the words come from the policy. The rulings of the
 * judge are shown while it is filled in. Signal `done` (string: the deed’s id).
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_DEED_BAR (mash_deed_bar_get_type ())

G_DECLARE_FINAL_TYPE (MashDeedBar, mash_deed_bar, MASH, DEED_BAR, MashContactPart)

gboolean mash_deed_bar_is_open  (MashDeedBar *self);
void     mash_deed_bar_open     (MashDeedBar *self,
                                 const char  *deed,
                                 const char  *record);
void     mash_deed_bar_close    (MashDeedBar *self);
void     mash_deed_bar_give_up  (MashDeedBar *self);
void     mash_deed_bar_confirm  (MashDeedBar *self);

G_END_DECLS
