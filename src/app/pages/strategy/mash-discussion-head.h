/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The head of a discussion: its number and state, since when it was needed and how long it runs,
 * and what may be done with it next.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_DISCUSSION_HEAD (mash_discussion_head_get_type ())

G_DECLARE_FINAL_TYPE (MashDiscussionHead, mash_discussion_head, MASH, DISCUSSION_HEAD,
                      MashStrategyPart)

void mash_discussion_head_set_here (MashDiscussionHead *self,
                                    const char         *words);

G_END_DECLS
