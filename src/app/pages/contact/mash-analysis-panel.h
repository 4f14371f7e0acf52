/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The analysis: harm, effect on each child, what protects, what is not known, history; and why no
 * agency was asked. While it may not be written it is shown as it stands.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_ANALYSIS_PANEL (mash_analysis_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashAnalysisPanel, mash_analysis_panel, MASH, ANALYSIS_PANEL, MashContactPart)

void mash_analysis_panel_show_verdict (MashAnalysisPanel *self,
                                       MashVerdict       *verdict);

G_END_DECLS
