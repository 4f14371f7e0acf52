/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Triage: the urgency with its reason, and each child of the contact considered. The level is
 * chosen beside it. Nothing is set beforehand, and nothing is done before “Triage” is confirmed.
 *
 * What is chosen stands in an entity beside the open contact (mash_triage_panel_get_contact()).
 * Signal `altered`.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_TRIAGE_PANEL (mash_triage_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashTriagePanel, mash_triage_panel, MASH, TRIAGE_PANEL, MashContactPart)

MashEntity *mash_triage_panel_get_contact  (MashTriagePanel *self);
MashGroup  *mash_triage_panel_dup_group    (MashTriagePanel *self) G_GNUC_WARN_UNUSED_RESULT;
void        mash_triage_panel_show_verdict (MashTriagePanel *self,
                                            MashVerdict     *verdict);

G_END_DECLS
