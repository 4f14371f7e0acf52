/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which outcome stands for which child: a recommendation, or a decision, has one for most children
 * and may have others for some of them (the records outcome-group). Pure functions of the facts.
 */

#include "mash-facts.h"

G_BEGIN_DECLS

/* A part of a recommendation or a decision: what it says, and of which children. */
typedef struct
{
  MashRecord *record;  /* a recommendation, a decision or an outcome-group */
  gboolean    whole;   /* it covers every child, whatever it lists */
} MashOutcome;

GPtrArray  *mash_outcomes_list_recommended (MashFacts   *facts,
                                            MashRecord  *recommendation);
GPtrArray  *mash_outcomes_list_decided     (MashFacts   *facts,
                                            MashRecord  *decision);
guint       mash_outcomes_count_covering   (GPtrArray   *outcomes,
                                            const char  *subject);
char      **mash_outcomes_dup_codes        (GPtrArray   *outcomes) G_GNUC_WARN_UNUSED_RESULT;
gboolean    mash_outcomes_say              (GPtrArray   *outcomes,
                                            const char  *subject,
                                            const char  *outcome);
MashRecord *mash_outcomes_find_decision    (MashFacts   *facts,
                                            const char  *contact);

G_END_DECLS
