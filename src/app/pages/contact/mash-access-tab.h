/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tab “Access”: who looked at this contact, when, and from which agency. It is read when it
 * is looked at, and only those with permission 44 have it.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_ACCESS_TAB (mash_access_tab_get_type ())

G_DECLARE_FINAL_TYPE (MashAccessTab, mash_access_tab, MASH, ACCESS_TAB, MashContactPart)

void mash_access_tab_load (MashAccessTab *self);

G_END_DECLS
