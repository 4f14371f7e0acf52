/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What came before this contact: the earlier contact, and whether this one is a re-referral.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_BEFORE_PANEL (mash_before_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashBeforePanel, mash_before_panel, MASH, BEFORE_PANEL, MashContactPart)

G_END_DECLS
