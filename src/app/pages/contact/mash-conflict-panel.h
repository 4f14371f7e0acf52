/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What was typed over something that somebody else has altered since: what it was, what it is now
 * and what was typed, with the choice between the two. Hidden while there is nothing of the kind.
 *
 * With `beside` it leaves the open contact to the page's own panel, and shows what it watches only.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_CONFLICT_PANEL (mash_conflict_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashConflictPanel, mash_conflict_panel, MASH, CONFLICT_PANEL,
                      MashContactPart)

void mash_conflict_panel_watch (MashConflictPanel *self,
                                MashEntity        *entity);

G_END_DECLS
