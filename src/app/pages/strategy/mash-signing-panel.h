/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who signs the record: who has to, who was asked, who has signed which revision, who refused and
 * why. Whoever may answer does so here; the passphrase is asked for beside what is signed.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_SIGNING_PANEL (mash_signing_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashSigningPanel, mash_signing_panel, MASH, SIGNING_PANEL, MashStrategyPart)

gboolean mash_signing_panel_lead (MashSigningPanel *self);

G_END_DECLS
