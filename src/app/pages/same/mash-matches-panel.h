/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The possible matches of everybody in a contact, on its Family tab. */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_MATCHES_PANEL (mash_matches_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashMatchesPanel, mash_matches_panel, MASH, MATCHES_PANEL, MashContactPart)

G_END_DECLS
