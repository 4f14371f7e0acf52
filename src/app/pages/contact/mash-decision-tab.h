/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tab “Analysis & decision”: what is done at each stage stands in its panel, and the panels
 * that the stage does not need yet, or needs no more, are not shown or only read.
 *
 * It collects the group of the stage’s deed; examining and submitting is the page’s. Signals:
 * `altered`, `deed` (string).
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_DECISION_TAB (mash_decision_tab_get_type ())

G_DECLARE_FINAL_TYPE (MashDecisionTab, mash_decision_tab, MASH, DECISION_TAB, MashContactPart)

MashGroup  *mash_decision_tab_dup_group      (MashDecisionTab *self,
                                              const char      *deed) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_decision_tab_get_passphrase (MashDecisionTab *self);
void        mash_decision_tab_show_verdict   (MashDecisionTab *self,
                                              const char      *deed,
                                              MashVerdict     *verdict);
void        mash_decision_tab_show_problem   (MashDecisionTab *self,
                                              const char      *sentence);
void        mash_decision_tab_clear          (MashDecisionTab *self);

G_END_DECLS
