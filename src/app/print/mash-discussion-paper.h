/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A signed strategy record as a paper for one recipient, fit to be read aloud in court.
 *
 * What goes in is for the model's rules (mash-circulation.h): nothing that they leave out is ever
 * handed to the paper. The same record for the same recipient gives the same paper, byte for byte,
 * whenever it is made.
 */

#include "mash-circulation.h"
#include "mash-paper.h"
#include "mash-policy.h"

G_BEGIN_DECLS

typedef struct
{
  const char *discussion;
  MashCopyFor copy;
  const char *recipient;    /* in words */
  GListModel *staff;        /* items with `staff` and `name`, or NULL where the facts have them */
} MashDiscussionCopy;

MashPaper *mash_discussion_paper_new (MashPolicy               *policy,
                                      MashFacts                *facts,
                                      const MashDiscussionCopy *copy) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
