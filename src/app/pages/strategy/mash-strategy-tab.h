/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tab “Strategy”: the recorder of a strategy discussion, to be written in while it is held.
 *
 * It shows the newest discussion of the contact, or the one that is chosen. Its sections stand in
 * the order in which people talk, and save by themselves when they are left.
 */

#include "mash-strategy-part.h"
#include "mash-writing.h"

G_BEGIN_DECLS

#define MASH_TYPE_STRATEGY_TAB (mash_strategy_tab_get_type ())

G_DECLARE_FINAL_TYPE (MashStrategyTab, mash_strategy_tab, MASH, STRATEGY_TAB, MashStrategyPart)

#define MASH_N_STRATEGY_SECTIONS 8

/* Which of them, from 1, somebody is led to from a list across contacts. */
#define MASH_STRATEGY_ACTIONS 6
#define MASH_STRATEGY_SIGNING 7
#define MASH_STRATEGY_COPIES 8

void     mash_strategy_tab_go_section (MashStrategyTab *self,
                                       guint            section);
void     mash_strategy_tab_speak      (MashStrategyTab *self,
                                       guint            speaker);
void     mash_strategy_tab_hear       (MashStrategyTab *self,
                                       guint            speaker,
                                       gboolean         to_view);
gboolean mash_strategy_tab_go_on      (MashStrategyTab *self);
void     mash_strategy_tab_begin      (MashStrategyTab *self);
MashWriting *
         mash_strategy_tab_get_writing (MashStrategyTab *self);

G_END_DECLS
