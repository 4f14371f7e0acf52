/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The frame of a section of the tab “Strategy”: its heading, a word beside it, and the prompt that
 * says what good looks like. What stands in the section is appended to it.
 *
 * Properties: title, note (strings, the note may be NULL), prompt (string), prompts (gboolean:
 * whether the prompt is shown).
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_STRATEGY_FRAME (mash_strategy_frame_get_type ())

G_DECLARE_FINAL_TYPE (MashStrategyFrame, mash_strategy_frame, MASH, STRATEGY_FRAME, GtkBox)

void mash_strategy_frame_set_note    (MashStrategyFrame *self,
                                      const char        *note);
void mash_strategy_frame_set_writing (MashStrategyFrame *self,
                                      const char        *words);

G_END_DECLS
