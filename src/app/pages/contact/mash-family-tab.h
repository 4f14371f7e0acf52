/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tab “Family”: the people of the contact on the left; on the right everything known of the
 * one who is chosen: the person, what they are to each child, addresses, numbers, other names.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_FAMILY_TAB (mash_family_tab_get_type ())

G_DECLARE_FINAL_TYPE (MashFamilyTab, mash_family_tab, MASH, FAMILY_TAB, MashContactPart)

G_END_DECLS
