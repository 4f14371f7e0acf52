/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A manager’s panel beside what is to be decided: what has changed, whether they may approve it,
 * their reasons, and the passphrase with which they sign.
 *
 * Nothing in it is filled in beforehand. A decision names the recommendation and carries the
 * fingerprint of what was shown. Signals `altered`; `deed` (string: `return` or
 * `change-outcome`).
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_YOUR_DECISION (mash_your_decision_get_type ())

G_DECLARE_FINAL_TYPE (MashYourDecision, mash_your_decision, MASH, YOUR_DECISION, MashContactPart)

MashGroup  *mash_your_decision_dup_group      (MashYourDecision *self,
                                               const char       *deed) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_your_decision_get_passphrase (MashYourDecision *self);
void        mash_your_decision_show_verdict   (MashYourDecision *self,
                                               MashVerdict      *verdict);
void        mash_your_decision_show_problem   (MashYourDecision *self,
                                               const char       *sentence);
void        mash_your_decision_clear          (MashYourDecision *self);

G_END_DECLS
