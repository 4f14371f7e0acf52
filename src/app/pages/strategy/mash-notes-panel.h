/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is said, as it is said: a line that is typed while people talk, and the notes above each
 * other, newest first. One key for each agency says who speaks.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_NOTES_PANEL (mash_notes_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashNotesPanel, mash_notes_panel, MASH, NOTES_PANEL, MashStrategyPart)

#define MASH_N_SPEAKER_KEYS 7

guint mash_notes_panel_get_key (guint           speaker);
void  mash_notes_panel_speak   (MashNotesPanel *self,
                                guint           speaker);

G_END_DECLS
