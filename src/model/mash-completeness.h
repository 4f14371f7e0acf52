/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How complete a referral is, and what is missing, item by item and person by person.
 *
 * It measures the referrer’s form, for the chase list and for reporting to agencies. It holds up
 * nothing: no intake waits for it. Reads facts, alters nothing.
 */

#include "mash-facts.h"
#include "mash-policy.h"

G_BEGIN_DECLS

/**
 * MashMissing:
 * @item: a code of the list ITEM
 * @kind: the kind of record in which the answer belongs
 * @record: (nullable): the record; %NULL where there is none yet
 * @person: (nullable): whom it is about; %NULL for the whole contact
 * @field: the field that is empty
 * @needed_for: what it is needed for
 *
 * One gap, precise enough for a form to go to it.
 */
typedef struct
{
  const char *item;
  const char *kind;
  char       *record;
  char       *person;
  const char *field;
  MashNeeds   needed_for;
} MashMissing;

GPtrArray  *mash_completeness_list_missing (MashFacts   *facts,
                                            const char  *contact) G_GNUC_WARN_UNUSED_RESULT;
guint       mash_completeness_score        (MashPolicy  *policy,
                                            MashFacts   *facts,
                                            const char  *contact,
                                            char      ***missing);

void        mash_missing_free              (MashMissing *missing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashMissing, mash_missing_free)

G_END_DECLS
