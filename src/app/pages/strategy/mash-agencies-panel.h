/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The sections of the agencies that are asked to a discussion, one below the other, in the order of
 * the attendance.
 */

#include "mash-strategy-part.h"
#include "mash-writing.h"

G_BEGIN_DECLS

#define MASH_TYPE_AGENCIES_PANEL (mash_agencies_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashAgenciesPanel, mash_agencies_panel, MASH, AGENCIES_PANEL,
                      MashStrategyPart)

void mash_agencies_panel_lead         (MashAgenciesPanel *self,
                                       guint              speaker,
                                       gboolean           to_view);
void mash_agencies_panel_show_writing (MashAgenciesPanel *self,
                                       MashWriting       *writing);

G_END_DECLS
